"""The likenesses found so far, a few bytes a pair."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from copydesk.clustering.keeping import WHOLE, KeptPairs, pack, slices, unpack
from copydesk.linking import ScoredPairs
from copydesk.linking.columns import FloatColumn

FEW = 64  # articles among which a look-up by dict is cheaper than a column as long as the pile
SCALE = 100_000  # likenesses have five digits: kept as whole numbers


class KnownPairs:
    """Pairs of articles that are alike; those alike by `strong` or more can hold a story together."""

    def __init__(self, strong: float) -> None:
        self._threshold = strong
        self._rows: dict[str, int] = {}
        self._next = 0  # a number is given once: what an old one stood for is never taken for another
        self._others: dict[str, NDArray[np.int32]] = {}
        self._scores: dict[str, NDArray[np.int32]] = {}
        self._strong: dict[str, set[str]] = {}

    @classmethod
    def resume(cls, strong: float, ids: Sequence[str], kept: KeptPairs) -> KnownPairs:
        """The pairs of these articles as they were kept."""
        found = cls(strong)
        found._rows, found._next = {article: row for row, article in enumerate(ids)}, len(ids)
        others, scores = unpack(kept.others, WHOLE), unpack(kept.scores, WHOLE)
        for article, inside in zip(ids, slices(unpack(kept.counts, WHOLE).tolist()), strict=True):
            found._others[article], found._scores[article] = others[inside], scores[inside]
            near = found._strong.setdefault(article, set())
            for place in others[inside][scores[inside] / SCALE >= strong].tolist():
                near.add(ids[place])
                found._strong.setdefault(ids[place], set()).add(article)
        return found

    def kept(self, ids: Sequence[str]) -> KeptPairs:
        """The pairs among these articles, each once, at the one to which it was added."""
        places = np.full(self._next, -1, dtype=np.int32)
        places[[self._row(a) for a in ids]] = np.arange(len(ids))
        counts, others, scores = [], [np.zeros(0, dtype=np.int32)], [np.zeros(0, dtype=np.int32)]
        for article in ids:
            found = places[self._others.get(article, others[0])]
            inside = found >= 0
            counts.append(int(np.count_nonzero(inside)))
            others.append(found[inside])
            scores.append(self._scores.get(article, scores[0])[inside])
        return KeptPairs(
            counts=pack(counts, WHOLE),
            others=pack(np.concatenate(others), WHOLE),
            scores=pack(np.concatenate(scores), WHOLE),
        )

    def add(self, article: str, near: Sequence[str], scores: FloatColumn) -> None:
        """The likeness of an article to others that were here before it, none of them below the floor; others had from
        before stay."""
        strong = self._strong.setdefault(article, set())
        for place in np.flatnonzero(scores >= self._threshold).tolist():
            strong.add(near[place])
            self._strong.setdefault(near[place], set()).add(article)
        others = np.array([self._row(o) for o in near], dtype=np.int32)
        values = np.rint(scores * SCALE).astype(np.int32)
        self._row(article)
        if article in self._others:
            others = np.concatenate([self._others[article], others])
            values = np.concatenate([self._scores[article], values])
        self._others[article], self._scores[article] = others, values

    def part(self, a: str, b: str) -> bool:
        """Forgets the likeness of a pair; whether there was one."""
        known = False
        for article, other in ((a, b), (b, a)):
            self._strong.get(article, set()).discard(other)
            if article in self._others:
                stays = self._others[article] != self._row(other)
                if not stays.all():
                    known = True
                    self._others[article], self._scores[article] = (
                        self._others[article][stays],
                        self._scores[article][stays],
                    )
        return known

    def drop(self, article: str) -> None:
        """Forgets an article; a later one of the same id is another."""
        for other in self._strong.pop(article, set()):
            self._strong[other].discard(article)
        self._others.pop(article, None)
        self._scores.pop(article, None)
        self._rows.pop(article, None)

    def strong(self, article: str) -> set[str]:
        """The articles near enough to one to hold a story together with it."""
        return self._strong.get(article, set())

    def columns(self, articles: Sequence[str]) -> ScoredPairs:
        """The pairs among these articles, by place in them."""
        near = {self._row(a): i for i, a in enumerate(articles)}
        places = np.full(self._next if len(articles) > FEW else 0, -1, dtype=np.int64)
        if len(places):
            places[list(near)] = list(near.values())
        lefts, rights, scores = [], [], []
        for i, article in enumerate(articles):
            others = self._others.get(article)
            if others is None or not len(others):
                continue
            found = (
                places[others] if len(places) else np.array([near.get(o, -1) for o in others.tolist()], dtype=np.int64)
            )
            inside = found >= 0
            lefts.append(np.full(int(inside.sum()), i, dtype=np.int64))
            rights.append(found[inside])
            scores.append(self._scores[article][inside] / SCALE)
        nothing = np.zeros(0, dtype=np.int64)
        left, right = np.concatenate([nothing, *lefts]), np.concatenate([nothing, *rights])
        return ScoredPairs(
            left=np.minimum(left, right),
            right=np.maximum(left, right),
            score=np.concatenate([nothing.astype(np.float64), *scores]),
        )

    def _row(self, article: str) -> int:
        if article not in self._rows:
            self._rows[article] = self._next
            self._next += 1
        return self._rows[article]
