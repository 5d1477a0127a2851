"""The words of one article as copies, and as stories, are looked for in them: found once, whatever pile it comes to lie in."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """One article's distinct terms, a line each, and how often each stands in the views that stories are found by.

    `words` has three parts, apart by an empty line: the terms of the first view, those that only the second has beside
    them, those that only the third has. `places` counts the terms from 0, `counts` says how often each stands, both whole numbers of
    four bytes, the lowest first, the views behind each other, `lengths` of them a view.
    """

    words: str
    places: bytes
    counts: bytes
    lengths: tuple[int, int, int]
