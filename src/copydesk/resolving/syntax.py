"""Tokens of an article by place, and the few questions about them that resolving asks."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from copydesk.model.markup import Markup, Sentence, Tokens

DEPTH_MAX = 40  # steps up a tree before it is taken for broken


@dataclass(frozen=True, slots=True)
class Syntax:
    """One article's text with its tokens."""

    text: str
    markup: Markup

    @property
    def tokens(self) -> Tokens:
        return self.markup.tokens

    def within(self, start: int, end: int) -> range:
        """The tokens that begin inside a stretch."""
        return range(bisect_left(self.tokens.start, start), bisect_left(self.tokens.start, end))

    def head_of(self, start: int, end: int) -> int | None:
        """The token of a stretch whose head lies outside of it, None for a stretch without tokens."""
        inside = self.within(start, end)
        for i in inside:
            if self.tokens.head[i] not in inside or self.tokens.head[i] == i:
                return i
        return inside[0] if inside else None

    def children(self, i: int, sentence: Sentence) -> Iterator[int]:
        """The tokens of a sentence that hang on token i, in order."""
        for j in range(sentence.first, sentence.last):
            if self.tokens.head[j] == i and j != i:
                yield j

    def subtree(self, i: int, sentence: Sentence) -> list[int]:
        """Token i and all that hangs on it, in order."""
        found = []
        for j in range(sentence.first, sentence.last):
            k = j
            for _ in range(DEPTH_MAX):
                if k == i:
                    found.append(j)
                    break
                if self.tokens.head[k] == k:
                    break
                k = self.tokens.head[k]
        return found

    def sentence_at(self, place: int) -> int:
        """The number of the sentence that holds a place, or the last one before it."""
        starts = [s.start for s in self.markup.sentences]
        return max(0, bisect_left(starts, place + 1) - 1)

    def words(self, first: int, last: int) -> str:
        """The text of tokens first ≤ i < last, on one line."""
        return " ".join(self.text[self.tokens.start[first] : self.tokens.end[last - 1]].split())
