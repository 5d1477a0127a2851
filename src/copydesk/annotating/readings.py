"""One article's columns → the same with its tree, quotation marks, names, and what the network marks at every token."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from copydesk.annotating.marking import Marks, load_marker, no_marks
from copydesk.annotating.quotations import Quotation, find_quotations
from copydesk.model.markup import NameMention, Sentence, Tokens
from copydesk.text.sentences import find_paragraphs

_DEEPEST = 60  # heads followed upwards at most; a tagger's tree is far flatter


class Placed(Protocol):
    """Anything with a start and an end in the text."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What the rules for quotes look at, all of it by token number.

    `children` in order of place; `sentence_of` the number of the sentence; `quotation_of` the number of the quotation
    whose marks enclose the token, its marks too, -1 outside; `name_of` the number of the name, -1 outside.
    `paragraph_starts` counts code points. `reach` holds the first and last token that hang from each one; `worded`
    tells which tokens are more than a mark.
    """

    text: str
    sentences: tuple[Sentence, ...]
    tokens: Tokens
    quotations: tuple[Quotation, ...]
    names: tuple[NameMention, ...]
    words: tuple[str, ...]
    children: tuple[tuple[int, ...], ...]
    sentence_of: tuple[int, ...]
    quotation_of: tuple[int, ...]
    name_of: tuple[int, ...]
    paragraph_starts: tuple[int, ...]
    reach: tuple[tuple[int, int], ...]
    worded: tuple[bool, ...]
    marks: Marks

    def up(self, i: int) -> list[int]:
        """The token and its heads up to the root."""
        head = self.tokens.head
        path = [i]
        while head[path[-1]] != path[-1] and len(path) < _DEEPEST:
            path.append(head[path[-1]])
        return path

    def is_word(self, i: int) -> bool:
        """Whether a token is more than a mark."""
        return self.worded[i]

    def paragraph_of(self, i: int) -> int:
        """The number of the paragraph that a token stands in."""
        return bisect_right(self.paragraph_starts, self.tokens.start[i]) - 1

    def token_range(self, place: Placed) -> tuple[int, int]:
        """The tokens `first` ≤ i < `last` that start in a place."""
        return bisect_left(self.tokens.start, place.start), bisect_left(self.tokens.start, place.end)

    def subtree(self, top: int) -> tuple[int, int]:
        """The first and last token that hang from a token, itself included."""
        return self.reach[top]


def read(text: str, sentences: Sequence[Sentence], tokens: Tokens, names: Sequence[NameMention]) -> Reading:
    """The reading of one article."""
    marks = load_marker().mark(text, sentences, tokens)
    return replace(read_unmarked(text, sentences, tokens, names), marks=marks)


def read_unmarked(text: str, sentences: Sequence[Sentence], tokens: Tokens, names: Sequence[NameMention]) -> Reading:
    """The same before the network has marked anything."""
    children: list[list[int]] = [[] for _ in range(len(tokens))]
    for i, head in enumerate(tokens.head):
        if head != i:
            children[head].append(i)
    sentence_of = [-1] * len(tokens)
    for number, s in enumerate(sentences):
        sentence_of[s.first : s.last] = [number] * (s.last - s.first)
    quotations = find_quotations(text)
    words = tuple(text[a:b].lower() for a, b in zip(tokens.start, tokens.end, strict=True))
    return Reading(
        text=text,
        sentences=tuple(sentences),
        tokens=tokens,
        quotations=quotations,
        names=tuple(names),
        words=words,
        children=tuple(tuple(c) for c in children),
        sentence_of=tuple(sentence_of),
        quotation_of=_cover(tokens, [(q.start, q.end) for q in quotations]),
        name_of=_cover(tokens, [(n.start, n.end) for n in names]),
        paragraph_starts=tuple(start for start, _ in find_paragraphs(text)),
        reach=_reach(tokens.head),
        worded=tuple(any(c.isalnum() for c in word) for word in words),
        marks=no_marks(len(tokens)),
    )


def _reach(heads: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """For every token the first and last one that hang from it, itself included."""
    firsts, lasts = list(range(len(heads))), list(range(len(heads)))
    for i in range(len(heads)):
        at = heads[i]
        for _ in range(_DEEPEST):
            if firsts[at] <= i <= lasts[at]:
                break  # and so do all that it hangs from
            firsts[at], lasts[at] = min(firsts[at], i), max(lasts[at], i)
            at = heads[at]
    return tuple(zip(firsts, lasts, strict=True))


def _cover(tokens: Tokens, places: Sequence[tuple[int, int]]) -> tuple[int, ...]:
    """For every token the number of the place that holds its start, -1 for none; the first of several."""
    numbers = [-1] * len(tokens)
    for number, (start, end) in enumerate(places):
        for i in range(bisect_right(tokens.end, start), bisect_left(tokens.start, end)):
            if numbers[i] < 0:
                numbers[i] = number
    return tuple(numbers)
