"""Pairs of articles that share keys → those that the sentences' words, then their vectors, leave worth judging."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from copydesk.linking.columns import FloatColumn, IntColumn
from copydesk.tracing.corpus import Body, Corpus
from copydesk.tracing.options import TracingOptions
from copydesk.tracing.sentence_features import Grid
from copydesk.tracing.tables import multiply, tabulate
from copydesk.tracing.vectors import Vectors

Pair = tuple[int, int]

# Likeness of two sentences' words (cosine of stems weighted by rarity) from which they may be one sentence reworded, and
# what the likenesses above it of the shorter body's BEST_MAX best sentences must come to. The links of the copies set that
# fingerprints or rare words find have .92 or more, the faintest of examples/ (two copies of one wire, one of them spun)
# .46; of 4,648 pairs of scale/ found so 1,423 have .4. `python -m evals copies` and tests/whole tell when a link is lost.
TIED, TIED_SUM = 0.3, 0.4
SAME = 0.8  # one sentence so much alike is enough: it may be long, and taken word for word
BEST_MAX = 8
PARTNERS_A_PASS = 16  # articles whose sentences are multiplied with those of one at once


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tied:
    """A pair of articles with the rows of those sentences that have words in common."""

    pair: Pair
    left: IntColumn
    right: IntColumn
    least: int  # sentences that must be alike in meaning


def screen(corpus: Corpus, vectors: Vectors, pairs: Iterable[Pair], options: TracingOptions) -> Iterator[Pair]:
    """The pairs with several sentences alike in words and in meaning; only sentences alike in words are encoded for it."""
    tied = list(_tied(corpus, sorted(pairs), options))
    vectors.want(np.concatenate([*(rows for t in tied for rows in (t.left, t.right)), np.zeros(0, dtype=np.int64)]))
    for t in tied:
        alike = vectors.of(t.left) @ vectors.of(t.right).T >= options.cosine_floor
        if np.count_nonzero(alike) >= t.least:
            yield t.pair


def _tied(corpus: Corpus, pairs: Sequence[Pair], options: TracingOptions) -> Iterator[_Tied]:
    for article, group in groupby(pairs, key=lambda pair: pair[0]):
        body = corpus.bodies[article]
        others = [other for _, other in group]
        if not len(body):
            continue
        table = tabulate(corpus.content[body.row])
        for first in range(0, len(others), PARTNERS_A_PASS):
            partners = others[first : first + PARTNERS_A_PASS]
            bodies = [corpus.bodies[other] for other in partners]
            rows = corpus.content[np.concatenate([b.row for b in bodies])]
            grids = np.split(multiply(rows, table), np.cumsum([len(b) for b in bodies])[:-1])
            for other, theirs, grid in zip(partners, bodies, grids, strict=True):
                found = _tie((article, other), (body, theirs), grid.T, options)
                if found is not None:
                    yield found


def _tie(pair: Pair, bodies: tuple[Body, Body], grid: Grid, options: TracingOptions) -> _Tied | None:
    """The sentences of two bodies that have words in common, None where they come to too little."""
    if not grid.size:
        return None
    best: tuple[FloatColumn, FloatColumn] = (grid.max(axis=1), grid.max(axis=0))
    shorter = np.sort(min(best, key=len))[::-1][:BEST_MAX]
    least = 1 if shorter[0] >= SAME else options.sentences_min
    several = np.count_nonzero(shorter >= TIED) >= least and float(np.maximum(0.0, shorter - TIED).sum()) >= TIED_SUM
    if least > 1 and not several:
        return None
    left, right = (body.row[likeness >= TIED] for body, likeness in zip(bodies, best, strict=True))
    return _Tied(pair=pair, left=np.unique(left), right=np.unique(right), least=least)
