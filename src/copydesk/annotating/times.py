"""Text, sentences, tokens → time mentions with their TIMEX3 readings."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from copydesk.annotating.times_context import direction_at, is_other_word
from copydesk.annotating.times_events import Events
from copydesk.annotating.times_hits import NOT_A_TIME, Hit, Reading
from copydesk.annotating.times_lexer import Lexeme, drop_doubtful, lex, symbols_of
from copydesk.annotating.times_memory import Anchor, Memory
from copydesk.annotating.times_rules import RULES
from copydesk.model.markup import Sentence, TimeMention, Tokens
from copydesk.model.spans import Stretch
from copydesk.model.times import When
from copydesk.text.calendar import ground, needs_anchor
from copydesk.text.calendar_grounded import split_term
from copydesk.text.calendar_units import duration_value

_PREFIX = re.compile(r"(?:T?[Eer](?:F|-)?(?:I?T)?|T?E(?:O|I)?)$")
# "late on Monday", but "expected to close around then"
_BEFORE_ON = frozenset({"early", "late", "earlier", "later"})
_NARROW = {"early": "early", "late": "late", "mid": "mid", "-1": "early", "1": "late"}
_ABOUT = re.compile(
    r"\b(?:(?:a little |slightly |well |just |much )?(?:more|less|fewer) than|at (?:least|most)|up to|no (?:more|less|fewer|later) than"
    r"|about|around|nearly|almost|approximately|roughly|some|over|under|only|as (?:long|much|many) as)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_DAYS = frozenset({"date", "month-day", "weekday", "rel", "day", "holiday", "shift"})
_SIDES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(rf"\b(?:{words})\s+$", re.IGNORECASE))
    for name, words in (
        ("until", r"no later than|not later than|ending with|before or in"),
        ("before", r"before|prior to|in advance of|earlier than|sooner than"),
        ("since", r"after or equal to|starting from|starting on"),
        ("after", r"after|later than"),
    )
)
_SINCE = ("since", re.compile(r"\bsince\s+$", re.IGNORECASE))
_PHRASE_ENDS = re.compile(r"\s*(?:$|[.,;:!?)]|(?:and|or|but)\b)")
_DURING = re.compile(
    r"over\s+(?:the|several|many|some)\b", re.IGNORECASE
)  # in the course of; "over a week" is more than one
_OR_SO = re.compile(r"\s+or\s+so\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """A stretch of lexemes with its reading, before direction and anchor are put in."""

    first: int
    last: int
    reading: Reading


def find_times(text: str, sentences: Sequence[Sentence], tokens: Tokens, published: When) -> tuple[TimeMention, ...]:
    """The time expressions of a text in order of place, read as of its publication day where that is known."""
    lexemes = drop_doubtful(text, lex(text))
    found = _join_ranges(_join_clocks(_widen(_choose(lexemes), lexemes), lexemes), lexemes)
    mentions: list[TimeMention] = []
    memory, events = Memory(), Events(tokens)
    starts = [s.start for s in sentences]
    for item in found:
        start, end = lexemes[item.first].start, lexemes[item.last - 1].end
        if text[end - 1] == "." and not text[end : end + 2].strip():
            end -= 1  # the full stop of the sentence
        kind, expression = item.reading
        if is_other_word(text, (start, end), tokens, expression):
            continue
        at = bisect_right(starts, start) - 1
        direction = direction_at((start, end), sentences[at] if at >= 0 else None, tokens, text)
        if expression.startswith("ahead("):
            (kind, expression), start = _ahead(expression, direction, start, lexemes[item.first + 1].start)
        if expression == "soon(~)":  # where the clause tells of what was, it is no more than "shortly after"
            expression = "ref(FUTURE_REF)" if direction == "future" else NOT_A_TIME
        if direction in ("due", "closest") and "weekday(" not in expression:
            direction = "near"
        anchor: Anchor = "text"
        opened = starts[at] if at >= 0 else start
        if counted := events.counted_from(expression, end):
            kind, expression = "DATE", counted
            if mentions and mentions[-1].start >= opened and _is_open_clock(mentions[-1]):
                clock = mentions.pop()
                parts = split_term(clock.expression)
                kind, expression = "TIME", f"{parts[0]}({parts[1][0]},{counted})"
                if text[clock.end : start].strip():
                    mentions.append(
                        _mention(text, clock.start, clock.end, (kind, expression), "text", published.day, direction)
                    )
                    kind, expression = "DATE", counted
                else:
                    start = clock.start
        else:
            if expression.startswith("clock(") and expression.endswith(",@)") and not memory.has_day_since(opened):
                expression = expression.replace("@", events.day_of(start, end) or "@")
            expression, anchor = memory.fill(
                NOT_A_TIME if expression == "beside(day)" else expression.replace("~", direction), start
            )
        if expression == NOT_A_TIME:
            continue
        mention = _mention(text, start, end, (kind, expression), anchor, published.day, direction)
        mentions.append(
            replace(mention, ends=_ends(lexemes[item.first : item.last]))
            if expression.startswith("range(")
            else mention
        )
        if (
            not item.reading[1].startswith("in(@q,") and not counted
        ):  # what is compared or counted does not move the text there
            memory.keep(expression, start, published.day)
            events.note(expression, (start, end), mention)
    return tuple(_with_side(text, _with_about(text, m), published.day) for m in mentions)


def _is_open_clock(mention: TimeMention) -> bool:
    """Whether it is a clock time whose day the words beside it do not give."""
    return (
        mention.expression.startswith("clock(")
        and mention.anchor in ("text", "published")
        and mention.text[:1].isdigit()
        and len(mention.text) < 12
    )


def _ends(lexemes: list[Lexeme]) -> tuple[Stretch, ...]:
    """The words of a range's two ends: those before and those after what parts them."""
    symbols = symbols_of(lexemes)
    middle = next((at for mark in "2&-" if (at := symbols.find(mark, 1)) > 0), 0)
    left = [x for x in lexemes[:middle] if x.symbol not in "fB"]
    right = lexemes[middle + 1 :]
    if not middle or not left or not right:
        return ()
    return Stretch(start=left[0].start, end=left[-1].end), Stretch(start=right[0].start, end=right[-1].end)


def _ahead(expression: str, direction: str, start: int, after_in: int) -> tuple[Reading, int]:
    """ "In two weeks" as that day where the clause looks ahead, else as the length without its "in"; and its start."""
    count, unit = split_term(expression)[1]
    if direction == "future":
        return ("DATE", f"shift({count},{unit})"), start
    return ("DURATION", f"dur({duration_value(count, unit)})"), after_in


def _mention(
    text: str, start: int, end: int, reading: Reading, anchor: Anchor, day: date | None, direction: str
) -> TimeMention:  # fmt: skip
    kind, expression = reading
    known = ground(expression, day)
    if not needs_anchor(expression):
        anchor = "none" if anchor == "published" else anchor
    elif day is None:
        anchor = "unknown"
    reason = (
        "grammar"
        if anchor == "none"
        else f"grammar, {direction} by its clause"
        if f",{direction})" in expression
        else "grammar"
    )
    if text[start:end].lower().startswith("final "):
        reason += ', "final" read as "last"'
    return TimeMention(
        start=start, end=end, text=text[start:end], type=kind, expression=expression, value=known.value,
        earliest=known.interval.earliest, latest=known.interval.latest, precision=known.precision, anchor=anchor, reason=reason,
    )  # fmt: skip


def _choose(lexemes: list[Lexeme]) -> list[_Found]:
    """The longest readings that do not overlap, earlier rules first among equals."""
    symbols = symbols_of(lexemes)
    candidates = []
    for rank, (pattern, build) in enumerate(RULES):
        for match in pattern.finditer(symbols):
            reading = build(Hit(match=match, lexemes=lexemes))
            if reading is not None:
                candidates.append((match.start() - match.end(), rank, match.start(), match.end(), reading))
    taken = [False] * len(lexemes)
    found = []
    for _, _, first, last, reading in sorted(candidates, key=lambda c: c[:4]):
        if not any(taken[first:last]):
            taken[first:last] = [True] * (last - first)
            found.append(_Found(first=first, last=last, reading=reading))
    return sorted((f for f in found if f.reading[1] != NOT_A_TIME), key=lambda f: f.first)


def _widen(found: list[_Found], lexemes: list[Lexeme]) -> list[_Found]:
    """The readings with the words before them that narrow them: "early", "mid-", "the end of", "later"."""
    symbols = symbols_of(lexemes)
    widened: list[_Found] = []
    for item in found:
        floor = widened[-1].last if widened else 0
        kind, expression = item.reading
        match = _PREFIX.search(symbols[max(floor, item.first - 5) : item.first]) if kind in ("DATE", "TIME") else None
        if match is None or expression.startswith(("ref(", "range(")):
            widened.append(item)
            continue
        first = max(floor, item.first - 5) + match.start()
        word = next(x for x in lexemes[first : item.first] if x.symbol in "Eer")
        stray = symbols[item.first - 1] in "OI" and word.word not in _BEFORE_ON
        if word.word in ("before", "after") or stray or expression.startswith(("early(", "late(", "mid(")):
            widened.append(item)
            continue
        widened.append(_Found(first=first, last=item.last, reading=(kind, f"{_NARROW[word.value]}({expression})")))
    return widened


def _join_ranges(found: list[_Found], lexemes: list[Lexeme]) -> list[_Found]:
    """ "from A to B", "between A and B", "A - B": one range of two dates that stand side by side."""
    joined: list[_Found] = []
    for item in found:
        last = joined[-1] if joined else None
        if last and last.reading[0] == item.reading[0] == "DATE" and _rangeable(last) and _rangeable(item):
            middle = "".join(x.symbol for x in lexemes[last.last : item.first])
            opener = lexemes[last.first - 1] if last.first else None
            opened = opener is not None and opener.word in ("from", "between")
            if (middle in ("2", "-") and (opened or _alike(last, item))) or (
                opened and middle in ("&", "2T", "&T", "&2")
            ):
                first = last.first - 1 if opened else last.first
                joined[-1] = _Found(first=first, last=item.last, reading=("DATE", _range_of(last, item)))
                continue
        joined.append(item)
    return joined


def _alike(first: _Found, last: _Found) -> bool:
    """Whether two dates are of one make, so that "to" between them needs no "from" before."""
    names = {split_term(item.reading[1])[0] for item in (first, last)}
    return (
        len(names) == 1
        or names <= {"date", "month-day", "month", "day"}
        or all("day)" in i.reading[1] for i in (first, last))
    )


def _range_of(first: _Found, last: _Found) -> str:
    return f"range({first.reading[1]},{last.reading[1]})"


def _join_clocks(found: list[_Found], lexemes: list[Lexeme]) -> list[_Found]:
    """A clock time and the day beside it ("5 p.m. EST, Nov. 9") as one time."""
    joined: list[_Found] = []
    for item in found:
        last = joined[-1] if joined else None
        middle = "".join(x.symbol for x in lexemes[last.last : item.first]) if last else ""
        if (
            last
            and middle == "("
            and _is_bare_clock(last)
            and _is_bare_clock(item)
            and lexemes[item.last : item.last + 1]
            and lexemes[item.last].word == ")"
        ):
            joined[-1] = replace(last, last=item.last + 1)  # the same hour elsewhere: "7:30 p.m. (1830 GMT)"
            continue
        if last and middle in ("", ",", "O", ",O"):
            clock, day = (last, item) if last.reading[1].endswith(",@)") else (item, last)
            name = split_term(day.reading[1])[0]
            if _is_bare_clock(clock) and name in _DAYS and (middle or clock is last):
                expression = clock.reading[1].replace("@", day.reading[1])
                joined[-1] = _Found(first=last.first, last=item.last, reading=("TIME", expression))
                continue
        joined.append(item)
    return joined


def _is_bare_clock(item: _Found) -> bool:
    """Whether it is a clock time without its day."""
    return item.reading[1].startswith("clock(") and item.reading[1].endswith(",@)")


def _rangeable(item: _Found) -> bool:
    if item.reading[1] == "ref(PRESENT_REF)":
        return True
    return item.reading[1].split("(")[0] not in ("ref", "range", "shift", "early", "late", "mid")


def _with_side(text: str, mention: TimeMention, day: date | None) -> TimeMention:
    """A date or clock time that ends its phrase, with the words before it that say on which side of it: "after 2010"."""
    if split_term(mention.expression)[0] not in ("date", "clock", "rel", "shift") or mention.type not in (
        "DATE",
        "TIME",
    ):
        return mention
    if not _PHRASE_ENDS.match(text, mention.end) or (mention.anchor == "text" and mention.type == "DATE"):
        return mention
    since = (_SINCE,) if mention.type == "TIME" else ()
    for name, words in (*_SIDES, *since):
        found = words.search(text, max(0, mention.start - 24), mention.start)
        if found:
            expression = f"{name}({mention.expression})"
            known = ground(expression, day)
            return replace(
                mention, start=found.start(), text=text[found.start() : mention.end], expression=expression,
                earliest=known.interval.earliest, latest=known.interval.latest,
            )  # fmt: skip
    return mention


def _with_about(text: str, mention: TimeMention) -> TimeMention:
    """A duration with the words before and after it that say "about", which are part of it."""
    if mention.type != "DURATION" and not mention.expression.startswith("shift("):
        return mention
    start, end = mention.start, mention.end
    before = _ABOUT.search(text, max(0, start - 40), start)
    if before and not _DURING.match(text, before.start()):
        start = before.start()
    if after := _OR_SO.match(text, end):
        end = after.end()
    if (start, end) == (mention.start, mention.end):
        return mention
    return replace(mention, start=start, end=end, text=text[start:end], expression=f"about({mention.expression})")
