"""Analysed paragraphs → the token columns and sentences of one article."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from copydesk.model.markup import Sentence, Tokens
from copydesk.text.sentences import find_sentences

_WORD = re.compile(r"\w+(?:['’\-]\w+)*|[^\w\s]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One token of a paragraph; `start`, `end` and `head` count from the paragraph's first character and token."""

    start: int
    end: int
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """The tokens of one paragraph and where its sentences stand: (start, end, first token, last token)."""

    rows: tuple[Row, ...]
    sentences: tuple[tuple[int, int, int, int], ...]


def grid_of(doc: Doc, text: str) -> Grid:
    """The grid of an analysed paragraph. White space is no token; no head lies in another sentence."""
    kept = [token for token in doc if not token.is_space]
    place = {token.i: i for i, token in enumerate(kept)}
    spans = _token_spans(text, [(t.idx, t.idx + len(t)) for t in kept])
    sentence_of = [number for number, (_, _, first, last) in enumerate(spans) for _ in range(first, last)]
    rows = []
    for i, token in enumerate(kept):
        head = place.get(token.head.i, i)
        if sentence_of[head] != sentence_of[i]:
            head = i
        rows.append(
            Row(
                start=token.idx,
                end=token.idx + len(token),
                lemma=token.lemma_.lower(),
                pos=token.pos_,
                tag=token.tag_,
                dep="ROOT" if head == i else token.dep_,
                head=head,
            )
        )
    return Grid(rows=tuple(rows), sentences=spans)


def plain_grid(text: str) -> Grid:
    """The grid of a paragraph that no tagger has read: words and marks without syntax, part of speech "X"."""
    places = [m.span() for m in _WORD.finditer(text)]
    rows = tuple(
        Row(start=a, end=b, lemma=text[a:b].lower(), pos="X", tag="", dep="", head=i) for i, (a, b) in enumerate(places)
    )
    return Grid(rows=rows, sentences=_token_spans(text, places))


def _token_spans(text: str, places: Sequence[tuple[int, int]]) -> tuple[tuple[int, int, int, int], ...]:
    """Sentences with their tokens. A token that a boundary runs through goes to the sentence it starts in."""
    spans = []
    first = 0
    for _, end in find_sentences(text):
        last = first
        while last < len(places) and places[last][0] < end:
            last += 1
        if last > first:
            spans.append((places[first][0], places[last - 1][1], first, last))
            first = last
    return tuple(spans)


def join_grids(grids: Sequence[tuple[int, Grid]], headline_end: int) -> tuple[tuple[Sentence, ...], Tokens]:
    """The article's sentences and tokens from its paragraphs, each given with where it starts in the text."""
    sentences: list[Sentence] = []
    rows: list[tuple[int, int, str, str, str, str, int]] = []
    for at, grid in grids:
        shift = len(rows)
        for start, end, first, last in grid.sentences:
            headline = at + end <= headline_end
            sentences.append(
                Sentence(start=at + start, end=at + end, first=shift + first, last=shift + last, is_headline=headline)
            )
        rows.extend((at + r.start, at + r.end, r.lemma, r.pos, r.tag, r.dep, shift + r.head) for r in grid.rows)
    tokens = Tokens(
        start=tuple(r[0] for r in rows),
        end=tuple(r[1] for r in rows),
        lemma=tuple(r[2] for r in rows),
        pos=tuple(r[3] for r in rows),
        tag=tuple(r[4] for r in rows),
        dep=tuple(r[5] for r in rows),
        head=tuple(r[6] for r in rows),
    )
    return tuple(sentences), tokens
