"""Markup of a story, its clock → the timeline: what the articles date, merged where several date the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from rapidfuzz import fuzz

from copydesk.model.articles import Article
from copydesk.model.markup import Markup, Sentence, TimeMention
from copydesk.model.piles import Pile
from copydesk.model.spans import Span, Stretch
from copydesk.model.stories import Moment, Story
from copydesk.model.times import Precision, When
from copydesk.resolving.clock_events import is_when_said
from copydesk.resolving.clock_evidence import bare_term
from copydesk.text.calendar import ground
from copydesk.text.calendar_grounded import split_term
from copydesk.text.normalise import find_words

TEXT_MAX = 420  # code points of a timeline entry; a longer sentence is cut to the clause that holds its time
CLAUSE_MIN = 25
SIMILAR = 68.0  # of 100: two entries of one day say the same; read off the dossiers' timelines
COMPARED_MAX = 6  # members of a group that a new entry is compared with
SIMILAR_CLOSE = 85.0  # the same where one gives the month and the other the day
CLOCKS_MAX = 3  # a sentence with more clock times is a schedule
FINER: dict[Precision, int] = {
    "time": 0,
    "day": 0,
    "week": 1,
    "range": 1,
    "month": 2,
    "quarter": 3,
    "season": 3,
    "year": 4,
    "decade": 5,
}
_CUT = re.compile(
    r"[;:—–]\s|,?\s(?:and|but|while|after|before|when|which|who|that|although|though|because|since|where)\s|,\s|[.!?]\s"
)
_NOWHERE = frozenset({"ref", "dur", "set", "last", "next", "rest"})
_OPEN = ("before(", "after(", "until(")
_AHEAD = re.compile(
    r"\b(?:will|shall|to be held|scheduled|planned|due|expected|plans?|set to|is to|are to|would|deadline)\b",
    re.IGNORECASE,
)

_SAYS_DAY = re.compile(r"today|tonight|this|yesterday|tomorrow|last|next", re.IGNORECASE)
_NOTICE = re.compile(
    r"\S@\S|https?:|www\.|\.com/|©|\(c\) ?\d{4}|all rights reserved|\bopening hours\b|\bsubscri", re.IGNORECASE
)

Modality = Literal["happened", "planned"]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """One dated stretch of one article."""

    when: When
    modality: Modality
    text: str
    words: str
    said: bool
    spans: tuple[Span, ...]


def find_moments(pile: Pile, story: Story, published: dict[str, When]) -> tuple[Moment, ...]:
    """What the story's articles date, in order of time; the same moment of several articles is one entry.

    `published` is the story's clock: an entry of an article that it knows only as an interval is as wide as that.
    """
    entries = [
        entry
        for article, markup in zip(pile.articles, pile.markups, strict=True)
        for entry in _entries(article, markup, published.get(article.id, article.published))
    ]
    merged = [_merge(group) for group in _groups(entries) if not _only_said(group)]
    return tuple(sorted(merged, key=_order))


def _only_said(group: list[_Entry]) -> bool:
    """Whether all that one article dates here is when somebody spoke; several articles make that an event, too."""
    return all(e.said for e in group) and len({e.spans[0].article for e in group}) == 1


def _order(moment: Moment) -> tuple[date, date, str]:
    return moment.when.earliest or date.min, moment.when.latest or date.max, moment.text


def _entries(article: Article, markup: Markup, published: When) -> Iterator[_Entry]:
    times = [t for t in markup.times if t.type in ("DATE", "TIME")]
    at = 0
    for sentence in markup.sentences:
        while at < len(times) and times[at].start < sentence.start:
            at += 1
        inside = []
        while at < len(times) and times[at].start < sentence.end:
            inside.append(times[at])
            at += 1
        if inside and _tells(article.text, markup, sentence, inside):
            yield from _of_sentence(article, markup, sentence, inside, published)


def _tells(text: str, markup: Markup, sentence: Sentence, times: list[TimeMention]) -> bool:
    """Whether a sentence says that something happened: it has a verb, and is no list of hours and no notice."""
    if _NOTICE.search(text, sentence.start, sentence.end):
        return False
    if sum(t.type == "TIME" and ":" in t.expression for t in times) > CLOCKS_MAX:
        return False
    tags = markup.tokens.pos[sentence.first : sentence.last]
    return len(tags) > 4 and ("VERB" in tags or "AUX" in tags or "X" in tags)


def _of_sentence(
    article: Article, markup: Markup, sentence: Sentence, times: list[TimeMention], published: When
) -> Iterator[_Entry]:
    dated: list[tuple[TimeMention, When]] = []
    for mention in times:
        when = place_in_time(mention, published, article.id)
        if when is None:
            continue
        known = next((i for i, (_, other) in enumerate(dated) if other.interval == when.interval), None)
        if known is None:
            dated.append((mention, when))
    for mention, when in dated:
        stretch = Stretch(start=sentence.start, end=sentence.end)
        if len(dated) > 1 or len(stretch) > TEXT_MAX:
            stretch = _clause(article.text, markup, sentence, mention)
        text = article.text[stretch.start : stretch.end]
        yield _Entry(
            when=when,
            modality=_modality(text, mention, when, published),
            text=" ".join(text.split()),
            words=" ".join(w.key for w in find_words(text)),
            said=is_when_said(markup, mention),
            spans=(Span(article=article.id, start=stretch.start, end=stretch.end),),
        )


def place_in_time(mention: TimeMention, published: When, article: str) -> When | None:
    """When a mention means, read by the article's clock; None where it names no place in the calendar."""
    if split_term(bare_term(mention.expression))[0] in _NOWHERE or mention.expression.startswith(_OPEN):
        return None
    if mention.type == "TIME" and mention.expression.endswith(",rel(0,day))") and not _SAYS_DAY.search(mention.text):
        return None  # a clock time of a day that nobody named
    days: list[date | None] = [d for d in (published.earliest, published.latest) if d is not None]
    read = [ground(mention.expression, d) for d in days or [None]]
    bounds = [r.bounds for r in read if r.bounds is not None]
    if not bounds or read[0].precision == "unknown":
        return None
    first, last = min(b[0] for b in bounds), max(b[1] for b in bounds)
    same = all(b == bounds[0] for b in bounds)
    return When(
        value=read[0].value if same else None, earliest=first, latest=last, precision=read[0].precision if same else "range",
        method="stated" if mention.anchor == "none" else "anchored" if published.day else published.method,
        evidence=(Span(article=article, start=mention.start, end=mention.end),),
    )  # fmt: skip


def _clause(text: str, markup: Markup, sentence: Sentence, mention: TimeMention) -> Stretch:
    """The part of a sentence that holds the time and a verb of its own, between marks and conjunctions."""
    cuts = list(_CUT.finditer(text, sentence.start, sentence.end))
    starts = [sentence.start, *(c.end() for c in cuts if c.end() <= mention.start)]
    ends = [*(c.start() for c in cuts if c.start() >= mention.end), sentence.end]
    for start in reversed(starts):
        for end in ends:
            if end - start > TEXT_MAX:
                break
            if end - start >= CLAUSE_MIN and _has_verb(markup, sentence, start, end):
                return Stretch(start=start, end=end)
    start = max(sentence.start, mention.start - TEXT_MAX // 2)
    return Stretch(start=start, end=min(sentence.end, start + TEXT_MAX))


def _has_verb(markup: Markup, sentence: Sentence, start: int, end: int) -> bool:
    """Whether a finite verb, or any word of an untagged text, stands between two places of a sentence."""
    tokens = markup.tokens
    return any(
        start <= tokens.start[i] < end and (tokens.tag[i] in ("VBD", "VBZ", "VBP", "MD") or tokens.pos[i] == "X")
        for i in range(sentence.first, sentence.last)
    )


def _modality(text: str, mention: TimeMention, when: When, published: When) -> Modality:
    """Planned is what lies wholly after publication, or is told as still to come."""
    if when.earliest is not None and published.latest is not None and when.earliest > published.latest:
        return "planned"
    ahead = ",future" in mention.expression and _AHEAD.search(text) is not None
    behind = when.latest is not None and published.earliest is not None and when.latest < published.earliest
    return "planned" if ahead and not behind else "happened"


def _groups(entries: list[_Entry]) -> list[list[_Entry]]:
    """Entries that date the same: equal days and like words, or nearly equal words and days that hold each other."""
    groups: list[list[_Entry]] = []
    home_of: dict[tuple[object, ...], int] = {}
    for entry in sorted(entries, key=lambda e: (FINER.get(e.when.precision, 9), e.when.earliest or date.min, e.spans)):
        key = (entry.words, entry.when.interval, entry.modality)
        if key not in home_of:  # copies of one sentence are compared once
            found = next(
                (i for i, g in enumerate(groups) if any(_same(entry, other) for other in g[:COMPARED_MAX])), None
            )
            home_of[key] = len(groups) if found is None else found
            if found is None:
                groups.append([])
        groups[home_of[key]].append(entry)
    return groups


def _same(one: _Entry, other: _Entry) -> bool:
    if one.modality != other.modality or not one.when.interval.meets(other.when.interval):
        return False
    least = SIMILAR if one.when.interval == other.when.interval else SIMILAR_CLOSE
    return fuzz.token_set_ratio(one.words, other.words) >= least


def _merge(group: list[_Entry]) -> Moment:
    """One entry for a group: the finest time, the words most like all the others', every span."""
    finest = group[0].when
    worded = list({e.words: e for e in group}.values())[:COMPARED_MAX]
    best = max(
        worded, key=lambda e: (sum(fuzz.token_set_ratio(e.words, o.words) for o in worded), -len(e.text), e.text)
    )
    spans = tuple(sorted({s for e in group for s in e.spans}))
    evidence = tuple(sorted({s for e in group if e.when.interval == finest.interval for s in e.when.evidence}))
    when = When(
        value=finest.value, earliest=finest.earliest, latest=finest.latest, precision=finest.precision, method=finest.method,
        evidence=evidence,
    )  # fmt: skip
    return Moment(when=when, modality=group[0].modality, text=best.text, support=spans)
