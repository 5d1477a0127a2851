"""Names that the tagger cut in two or cut short → whole names: capitals side by side inside a sentence are one name."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from copydesk.model.markup import Markup, NameMention, NameType
from copydesk.reference.naming import ADDRESS, NUMBERED, OFFICES
from copydesk.reference.titles import ORGANIZATION_ENDS
from copydesk.resolving.repairs import Lexicon
from copydesk.text.normalise import Word, find_words

_OWNED = re.compile(r"['’]s ")
_LINK = re.compile(r" (?:of|for) ")
GROWN_MAX = 3  # words that a name is grown by on its right
REASON = "grown by the capitals beside it"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One article's words by place, with those that the tagger takes for proper nouns and that open a sentence."""

    text: str
    words: tuple[Word, ...]
    starts: tuple[int, ...]
    proper: frozenset[int]
    firsts: frozenset[int]
    body: int

    def at(self, place: int) -> int | None:
        """The number of the word that begins at a place."""
        i = bisect_left(self.starts, place)
        return i if i < len(self.starts) and self.starts[i] == place else None

    def capital(self, i: int) -> bool:
        """Whether word i is written as a proper noun where capitals say something."""
        w = self.words[i]
        return self.text[w.start].isupper() and w.start in self.proper and w.start >= self.body


def read_page(text: str, markup: Markup, body: int) -> Page:
    """The page of an article. `body` is the place where its headline ends."""
    words = tuple(find_words(text))
    proper = {s for s, pos in zip(markup.tokens.start, markup.tokens.pos, strict=True) if pos == "PROPN"}
    return Page(
        text=text,
        words=words,
        starts=tuple(w.start for w in words),
        proper=frozenset(proper),
        firsts=frozenset(s.start for s in markup.sentences),
        body=body,
    )


def grow_names(page: Page, names: Sequence[NameMention], lexicon: Lexicon) -> list[NameMention]:
    """The names, each joined with its other half and grown over the capitals behind and, after "of", before it."""
    joined: list[NameMention] = []
    for name in sorted(names, key=lambda n: (n.start, n.end)):
        last = joined[-1] if joined else None
        if last is not None and name.start < last.end:
            continue
        if last is not None and _halves(page.text, last, name):
            joined[-1] = _make(page, last.start, name.end, "organization")
        else:
            joined.append(name)
    grown: list[NameMention] = []
    for i, name in enumerate(joined):
        limit = joined[i + 1].start if i + 1 < len(joined) else len(page.text)
        floor = grown[-1].end if grown else 0
        grown.append(_grow_left(page, _grow_right(page, name, limit, lexicon), floor))
    return grown


def _halves(text: str, a: NameMention, b: NameMention) -> bool:
    """ "Lund Children" + "'s " + "Hospital", "Alliance" + " for " + "Lundia": organizations that the tagger cut in two."""
    if b.type == "place" and a.type in ("other", "organization", "work") and _LINK.fullmatch(text[a.end : b.start]):
        return " for " in text[a.end : b.start] or " " not in a.text
    if a.type != "organization" or b.type != "organization" or not _OWNED.fullmatch(text[a.end : b.start]):
        return False
    return any(w.key in ORGANIZATION_ENDS for w in find_words(b.text))


def _grow_right(page: Page, name: NameMention, limit: int, lexicon: Lexicon) -> NameMention:
    club = NUMBERED.match(page.text, name.end + 1) if page.text[name.end : name.end + 1] == " " else None
    if club and name.type in ("place", "person", "other") and club.end() <= limit:
        return _make(page, name.start, club.end(), "organization")
    last = next(
        (i for i in range(bisect_left(page.starts, name.start), len(page.words)) if page.words[i].end >= name.end), None
    )
    if (
        last is None
        or name.type not in ("person", "organization")
        or name.start < page.body
        or page.words[last].end != name.end
    ):
        return name
    end = last
    while end + 1 < len(page.words) and end - last < GROWN_MAX:
        w = page.words[end + 1]
        if w.end > limit or page.text[page.words[end].end : w.start] != " " or not page.capital(end + 1):
            break
        if w.key in lexicon.small and w.key not in ORGANIZATION_ENDS:
            break
        end += 1
    if end == last:
        return name
    stop = page.words[end].end
    if page.text[stop - 2 : stop] in ("'s", "’s"):
        stop -= 2
    return _make(page, name.start, stop, name.type)


def _grow_left(page: Page, name: NameMention, floor: int) -> NameMention:
    """ "Alliance for Lundia": a capitalised word inside a sentence, "of" or "for", and a place."""
    i = page.at(name.start)
    if name.type != "place" or i is None or i < 2:
        return name
    before = page.words[i - 2]
    linked = _LINK.fullmatch(page.text, before.end, name.start)
    if not linked or before.start < floor or not page.capital(i - 2) or before.start in page.firsts:
        return name
    if before.key in ADDRESS or before.key in OFFICES:
        return name
    first = i - 2
    while (
        first > 0 and page.capital(first - 1) and page.text[page.words[first - 1].end : page.words[first].start] == " "
    ):
        if page.words[first - 1].start < floor or page.words[first - 1].start in page.firsts:
            break
        first -= 1
    return _make(page, page.words[first].start, name.end, "organization")


def _make(page: Page, start: int, end: int, kind: NameType) -> NameMention:
    return NameMention(start=start, end=end, text=page.text[start:end], type=kind, reason=REASON)
