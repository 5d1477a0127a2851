"""Tagged names → names as the whole story shows them: cut and grown to the name, their types corrected.

What the tagger sees in one sentence is often too long, too short or of the wrong kind; the other sentences of a story
tell. Nothing here knows a name: only how often words stand together, and in capitals.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from copydesk.model.markup import NameMention
from copydesk.model.piles import Pile
from copydesk.reference import find_agency, find_outlet
from copydesk.reference.naming import ADDRESS, OFFICES, SMALL
from copydesk.text.normalise import Word, find_words

WORDS_MAX = 10  # words of a name; longer ones are the tagger's mistakes
_CUT = re.compile(r"[\[\](/\n\r|@#•…“”\"]|\s[-–—]\s")
_LINE = re.compile(r"[^\n\r]+")
_RANKS = frozenset(
    [
        "deputy",
        "vice",
        "former",
        "ex",
        "acting",
        "assistant",
        "chief",
        "senior",
        "junior",
        "first",
        "second",
        "top",
        "prime",
        "foreign",
    ]
)
_LONG = re.compile(r"\s{0,2}\(\s?(?:the\s)?([A-Z][^()\n]{5,90})\)")
_BRACKETS = re.compile(r"\s{0,2}\(\s?(?:the\s)?[“\"']?([A-Z][A-Za-z]{1,7})[”\"']?\s?\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """What the capitals of a story tell: which words are also written small, which pairs of capitalised words stand
    together inside sentences."""

    small: frozenset[str]
    pairs: Counter[tuple[str, str]]


def learn_lexicon(pile: Pile) -> Lexicon:
    """The capitals of a story's articles, headlines and first words of sentences left out."""
    small: set[str] = set()
    pairs: Counter[tuple[str, str]] = Counter()
    for article, markup in zip(pile.articles, pile.markups, strict=True):
        firsts = {s.start for s in markup.sentences}
        words = list(find_words(article.text))
        small.update(w.key for w in words if article.text[w.start].islower())
        body = [w for w in words if w.start >= len(article.headline)]
        for a, b in itertools.pairwise(body):
            if a.start not in firsts and _joined(article.text, a, b):
                pairs[a.key, bare_key(article.text, b)] += 1
    return Lexicon(small=frozenset(small), pairs=pairs)


def _joined(text: str, a: Word, b: Word) -> bool:
    """Whether two words are capitalised and only a space apart."""
    return text[a.start].isupper() and text[b.start].isupper() and text[a.end : b.start] in (" ", "\u00a0")


def bare_key(text: str, word: Word) -> str:
    """A word's folded form without the 's of possession."""
    return word.key.removesuffix("s") if text[word.start : word.end][-2:] in ("'s", "’s") else word.key


def repair_names(
    text: str, names: Sequence[NameMention], sentences: Sequence[int], lexicon: Lexicon
) -> Iterator[NameMention]:
    """The names of one article, each cut or grown, and the acronyms that stand in brackets behind them."""
    words = list(find_words(text))
    starts = [w.start for w in words]
    firsts = frozenset(sentences)
    taken = [(n.start, n.end) for n in names]
    for name in (piece for whole in names for piece in _lines(text, whole)):
        mended = _cut(text, name)
        if mended is None:
            continue
        mended = _drop_titles(text, _drop_credit(text, mended))
        mended = _grow(text, mended, (words, starts, firsts, taken), lexicon)
        yield mended


def bracketed(text: str, names: Sequence[NameMention]) -> Iterator[NameMention]:
    """The acronyms in brackets behind names, and the long forms in brackets behind acronyms."""
    taken = [(n.start, n.end) for n in names]
    for name in names:
        yield from _explained(text, name)
        told = _BRACKETS.match(text, name.end)
        if (
            told
            and not any(a < told.end(1) and told.start(1) < b for a, b in taken)
            and _stands_for(told.group(1), name.text)
        ):
            yield replace(
                name,
                start=told.start(1),
                end=told.end(1),
                text=told.group(1),
                reason="in brackets behind its long form",
            )


def _explained(text: str, name: NameMention) -> Iterator[NameMention]:
    """ "BTA (Bureau of Tidal Affairs)": the long form in brackets behind its acronym."""
    told = _LONG.match(text, name.end)
    if told and " " not in name.text and name.text.isupper() and _stands_for(name.text, told.group(1)):
        yield NameMention(
            start=told.start(1),
            end=told.end(1),
            text=told.group(1),
            type=name.type,
            reason="in brackets behind its acronym",
        )


def _lines(text: str, name: NameMention) -> Iterator[NameMention]:
    """The name, or its parts where it runs over the end of a line."""
    for line in _LINE.finditer(text, name.start, name.end):
        yield replace(name, start=line.start(), end=line.end(), text=line.group())


def _cut(text: str, name: NameMention) -> NameMention | None:
    """The name up to the first mark that no name holds; None when nothing is left."""
    start, end = name.start, name.end
    found = _CUT.search(text, start, end)
    if found:
        left, right = (start, found.start()), (found.end(), end)
        keeps_left = found.group() not in "/" and left[1] - left[0] >= 2
        start, end = left if keeps_left else right
        again = _CUT.search(text, start, end)
        end = again.start() if again else end
    words = list(find_words(text[start:end]))
    while words and words[-1].key in SMALL:
        words.pop()
    while words and words[0].key in SMALL:
        words.pop(0)
    if not words or len(words) > WORDS_MAX:
        return None
    tail = end if words[-1].end + start + 1 >= end else words[-1].end + start
    begin = words[0].start + start
    return NameMention(start=begin, end=tail, text=text[begin:tail], type=name.type, reason=name.reason)


def _drop_credit(text: str, name: NameMention) -> NameMention:
    """The person's name without the agency, outlet or capitals of a caption before it: "CNN Ada Lund" → "Ada Lund"."""
    words = list(find_words(text[name.start : name.end]))
    if name.type != "person" or len(words) < 2:
        return name
    for count in range(min(3, len(words) - 1), 0, -1):
        before = text[name.start + words[0].start : name.start + words[count - 1].end]
        after = text[name.start + words[count].start : name.end]
        shouted = count == 1 and len(before) >= 3 and before.isupper() and not after.isupper()
        if shouted or words[count - 1].key == words[count].key or find_agency(before) or find_outlet(before):
            return replace(
                name, start=name.start + words[count].start, text=after, reason="without the credit before it"
            )
    return name


def _drop_titles(text: str, name: NameMention) -> NameMention:
    """The name without the office before it, when two words or more remain: "Model Ada Lund" → "Ada Lund"."""
    words = list(find_words(text[name.start : name.end]))
    titles = 0
    while titles < len(words) and (
        words[titles].key in ADDRESS or words[titles].key in OFFICES or words[titles].key in _RANKS
    ):
        titles += 1
    if titles and titles + 3 < len(words) and words[titles].key == "of":
        titles += 2  # "Mayor of Port Vessel" is cut after "Port", and then no name of two or three words is left
    if not titles or not 2 <= len(words) - titles <= 3 or words[titles].key in SMALL:
        return name
    if name.type != "person" and not (words[titles - 1].key in OFFICES or words[titles - 1].key in ADDRESS):
        return name
    begin = name.start + words[titles].start
    return NameMention(
        start=begin, end=name.end, text=text[begin : name.end], type="person", reason="stands behind an office"
    )


def _grow(
    text: str,
    name: NameMention,
    around: tuple[list[Word], list[int], frozenset[int], list[tuple[int, int]]],
    lexicon: Lexicon,
) -> NameMention:
    """A name of one word with the capitalised word before it, when the two stand together elsewhere, too."""
    words, starts, firsts, taken = around
    if name.start not in starts or len(name.text.split()) > 1 or name.type == "other":
        return name
    i = starts.index(name.start)
    if i == 0 or not _joined(text, words[i - 1], words[i]):
        return name
    before = words[i - 1]
    if before.key in ADDRESS or before.key in OFFICES or before.key in lexicon.small or len(before.key) < 2:
        return name
    if any(a <= before.start < b for a, b in taken):
        return name
    seen = lexicon.pairs[before.key, bare_key(text, words[i])]
    if seen < (2 if before.start not in firsts else 1):
        return name
    return NameMention(
        start=before.start,
        end=name.end,
        text=text[before.start : name.end],
        type="person" if name.type == "place" else name.type,
        reason="grown by the word that stands before it throughout the story",
    )


def _stands_for(short: str, long: str) -> bool:
    """Whether the letters of a bracketed word are first letters of the long name, in order."""
    first = [w.key[0] for w in find_words(long)]
    rest = iter(first)
    capitals = [c.lower() for c in short if c.isupper()]
    return len(capitals) >= 2 and len(first) >= 2 and capitals[0] == first[0] and all(c in rest for c in capitals)
