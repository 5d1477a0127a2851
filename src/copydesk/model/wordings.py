"""The words of one body as copies are looked for in them: found once an article, whatever pile it comes to lie in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """One body's distinct folded words, a line each, in order of first appearance, and its words as columns.

    The columns are whole numbers of four bytes, the lowest first: `word` counts the lines of `words`, `start` and `end`
    say where each stands; `in_quote` and `small` are one byte a word, `small` one a line (whether the body writes it
    without a capital somewhere). `sentences` has start, end, first and last word of each sentence; `names` the words
    with a capital inside each sentence, `names_count` how many of them are each sentence's.
    """

    words: str
    word: bytes
    start: bytes
    end: bytes
    in_quote: bytes
    small: bytes
    sentences: bytes
    names: bytes
    names_count: bytes
