"""One line of a page → the credits it states, by its form and by the names in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from copydesk.cleaning.credit_names import accept_name, is_name, is_person_like, same_source, split_names
from copydesk.cleaning.credit_rules import RULES, Rule
from copydesk.model.articles import CreditKind
from copydesk.reference.sources import Source, may_name_agency, read_credited

LINE_MAX = 1200  # a longer line is a paragraph: only its ends are read for datelines, tails and cues
WHOLE_MAX = 160  # a longer line is more than a credit alone
LINES_AT_HAND = 4096  # a page's lines are read twice: to say what each is, and for the credits of what is kept

_COPYRIGHT = re.compile(
    r"(?:(?:©|\(c\)|\(C\)|[Cc]opyright|COPYRIGHT)\s*){1,3}(?:(?:19|20)\d\d(?:\s?[-–]\s?(?:19|20)?\d\d)?)?,?\s*(?:[Bb]y\s+)?"
    r"(?P<names>(?:[Tt]he\s+)?[^\W\d_][^.,|©()\n]{1,60}?)\s*(?=[.,|]|\s[Aa]ll\s+[Rr]ights|$)"
)
_PROPERTY = re.compile(r"\bintellectual\s+property\s+of\s+(?:the\s+)?(?P<names>[A-Z][^.,;|©()\n]{1,60}?)\s+(?:or|and)\s+its\b|"
                       r"\bbelongs\s+to\s+(?:the\s+)?(?P<other>[A-Z][^.,;|©()\n]{1,60}?)\.")  # fmt: skip
_NOTICE_CUES = ("©", "(c)", "copyright", "intellectual", "belongs")
_WIRE_NOTICE = re.compile(r"may not be published, broadcast, rewritten|content is the intellectual property of")
_DESK = re.compile(
    r"(?:^|[.!?”\"’]\s*)\(?\s*(?P<names>[A-Z][\w.]*(?:\s[A-Z][\w.]*){0,3})\s+[Rr]eporting\b[^\n]{0,300}?"
    r"\b(?:[Ww]riting|[Ee]diting)\s+by\b[^\n]{0,200}$"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LineCredit:
    """A credit in one line: the name, its kind, the place of the words that say so, and why.

    `inside` and `above` are its kinds where the line stands in the middle of an article or above its first paragraph:
    a bare name in the middle credits a photo, a bracketed one at a paragraph's end relays that paragraph's fact.
    """

    name: str
    kind: CreditKind
    start: int
    end: int
    reason: str
    inside: CreditKind | None = None
    above: CreditKind | None = None


def read_credit_line(line: str, own: str | None = None) -> tuple[LineCredit, ...]:
    """The credits that one line of a page states, in order of place. `own` is the page's own outlet."""
    return _read_short(line, own) if len(line) <= LINE_MAX else _read(line, own)


@lru_cache(maxsize=LINES_AT_HAND)
def _read_short(line: str, own: str | None) -> tuple[LineCredit, ...]:
    return _read(line, own)


def _read(line: str, own: str | None) -> tuple[LineCredit, ...]:
    if not line.strip():
        return ()
    lowered = line.lower()
    taken: list[LineCredit] = [*_copyright(line, lowered, own), *_desk(line, lowered)]
    head, tail = line[:LINE_MAX], max(0, len(line) - LINE_MAX)
    for rule in _rules_for(tuple([cue for cue in _CUES if cue in lowered]), len(line) <= WHOLE_MAX):
        if rule.strictness == "agency" and not may_name_agency(line):
            continue
        for shift, part in ((0, head), (tail, line[tail:])) if tail else ((0, line),):
            match = rule.pattern.search(part)
            if match is None or not _place_fits(match):
                continue
            start, end = match.start("names") + shift, match.end("names") + shift
            if any(start < c.end and c.start < end for c in taken):
                continue
            taken.extend(_read_names(line, (start, end), rule, own))
    return tuple(sorted(taken, key=lambda c: (c.start, c.end, c.name)))


_CUES = tuple(sorted({cue for rule in RULES for cue in rule.cues}))


@lru_cache(maxsize=LINES_AT_HAND)
def _rules_for(cues: tuple[str, ...], short: bool) -> tuple[Rule, ...]:
    """The rules that can match a line with these cues, in their order."""
    return tuple(r for r in RULES if (short or not r.whole) and (not r.cues or any(cue in cues for cue in r.cues)))


def _place_fits(match: re.Match[str]) -> bool:
    """Whether what stands before a dateline's agency can be a place and a date: few words, the first a capital."""
    place = match.groupdict().get("place")
    if place is None or not place.strip():
        return True
    words = place.replace(",", " ").replace("/", " ").split()
    lower = sum(w[0].islower() for w in words)
    return (
        len(words) <= 9
        and words[0][0].isupper()
        and lower * 2 <= len(words)
        and not re.search(r"[.!?]\s+[A-Z]\w+\s+[a-z]", place)
    )


def _read_names(line: str, place: tuple[int, int], rule: Rule, own: str | None) -> list[LineCredit]:
    """The names in one stretch that the rule may accept; all of them or none."""
    pieces = split_names(line, place, rule)
    if len(pieces) > 1 and rule.kind != "photo":
        pieces = [p for p in pieces if not (same_source(line[p[0] : p[1]], own) and "/" in line[place[0] : place[1]])]
    strokes = re.search(r"[/|]|\bvia\b", line[place[0] : place[1]]) is not None
    picture = rule.kind == "text" and strokes and is_person_like(line[pieces[0][0] : pieces[0][1]]) if pieces else False
    found = []
    for start, end in pieces:
        source = accept_name(line[start:end], rule, own)
        if source is not None:
            reason = f"{rule.reason}; {source.by}"
            found.append(LineCredit(name=source.name, kind="photo" if picture else rule.kind, start=start, end=end,
                                    reason=reason, inside=rule.inside, above=rule.above))  # fmt: skip
    return found


def _copyright(line: str, lowered: str, own: str | None) -> list[LineCredit]:
    """Agencies in copyright notices. An outlet's notice is about its page, not about this text's origin."""
    if not any(cue in lowered for cue in _NOTICE_CUES):
        return []
    found = []
    wire = _WIRE_NOTICE.search(line) is not None
    photo = re.search(r"(?i)\b(?:photo|image|picture)s?\b[^©]{0,20}$", line.split("©")[0]) is not None
    for pattern in (_COPYRIGHT, _PROPERTY):
        for match in pattern.finditer(line[:LINE_MAX]):
            group = "names" if match["names"] else "other"
            name = match[group].strip()
            source = read_credited(name) if is_name(name) or read_credited(name) else None
            own_notice = same_source(name, own)
            agency = source is not None and source.kind == "agency"
            if photo or own_notice or not (agency or (wire and is_name(name))):
                continue
            source = source or Source(name=name, kind="unknown", by="a name in a wire's notice")
            found.append(LineCredit(name=source.name, kind="text", start=match.start(group), end=match.start(group) + len(name),
                                    reason=f"a copyright notice; {source.by}"))  # fmt: skip
    return found


def _desk(line: str, lowered: str) -> list[LineCredit]:
    """The agency that a desk line names. A desk line without a name says nothing: many desks sign in the same form."""
    if "reporting" not in lowered:
        return []
    tail = max(0, len(line) - LINE_MAX)
    match = _DESK.search(line[tail:])
    if match is None:
        return []
    start, end = match.start() + tail, match.end() + tail
    source = read_credited(match["names"])
    if source is None or source.kind != "agency":
        return []
    return [LineCredit(name=source.name, kind="text", start=start, end=end, reason=f"a desk line; {source.by}")]
