"""Scored pairs → groups: connected components, and average-link agglomeration with must and cannot."""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from copydesk.linking.candidates import ScoredPairs
from copydesk.linking.columns import IntColumn

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Constraints:
    """Pairs that must, and pairs that must not, end in one group. Where both bind, `must` holds."""

    must: Sequence[Pair] = ()
    cannot: Sequence[Pair] = ()


FREE = Constraints()


def connect(n: int, left: IntColumn, right: IntColumn) -> IntColumn:
    """The group number of each of n items when every pair joins; numbered by each group's first item."""
    if n == 0:
        return np.zeros(0, dtype=np.int64)
    graph = coo_array((np.ones(len(left), dtype=np.int8), (left, right)), shape=(n, n))
    _, found = connected_components(graph, directed=False)
    return number_groups(np.asarray(found, dtype=np.int64))


def number_groups(labels: IntColumn) -> IntColumn:
    """The same grouping, numbered from 0 in the order of each group's first item."""
    _, first, place = np.unique(labels, return_index=True, return_inverse=True)
    rank = np.empty(len(first), dtype=np.int64)
    rank[np.argsort(first, kind="stable")] = np.arange(len(first))
    return rank[place]


def members(labels: IntColumn) -> list[list[int]]:
    """The items of each group, in order."""
    groups: list[list[int]] = [[] for _ in range(int(labels.max()) + 1 if len(labels) else 0)]
    for item, label in enumerate(labels.tolist()):
        groups[label].append(item)
    return groups


def average_link(
    n: int, pairs: ScoredPairs, *, threshold: float, first: float = 0.0, constraints: Constraints = FREE
) -> IntColumn:
    """Groups by merging the two groups of the highest mean score, again and again, until it is below `threshold`.

    Two groups that have not grown yet merge from `first` on, where that is more.

    The mean is over all pairs across two groups; a pair without a score counts as 0, so scores should be ≥ 0 for
    alike. Of equal means the groups with the smallest items merge first: the order of the pairs does not matter.
    """
    merging = _Merging(n, pairs, constraints)
    merging.run(threshold, max(threshold, first))
    return number_groups(np.array([merging.root(i) for i in range(n)], dtype=np.int64))


class _Merging:
    """The state of one agglomeration: groups by their smallest item, sums of scores between groups."""

    def __init__(self, n: int, pairs: ScoredPairs, constraints: Constraints) -> None:
        self._parent = list(range(n))
        self._size = [1] * n
        self._sums: list[dict[int, float]] = [{} for _ in range(n)]
        self._barred: list[set[int]] = [set() for _ in range(n)]
        low, high = np.minimum(pairs.left, pairs.right), np.maximum(pairs.left, pairs.right)
        order = np.lexsort((pairs.score, high, low))
        for a, b, score in zip(low[order].tolist(), high[order].tolist(), pairs.score[order].tolist(), strict=True):
            if a != b:
                self._sums[a][b] = self._sums[b][a] = float(score)  # of repeats the highest
        for a, b in sorted(constraints.must):
            if self.root(a) != self.root(b):
                self._merge(*sorted((self.root(a), self.root(b))))
        for a, b in sorted(constraints.cannot):
            x, y = self.root(a), self.root(b)
            if x != y:
                self._barred[x].add(y)
                self._barred[y].add(x)

    def root(self, item: int) -> int:
        while self._parent[item] != item:
            self._parent[item] = self._parent[self._parent[item]]
            item = self._parent[item]
        return item

    def run(self, threshold: float, first: float) -> None:
        heap = [
            (-self._mean(a, b), a, b)
            for a in range(len(self._parent))
            for b in self._sums[a]
            if a < b and self._open(a, b)
        ]
        heap = [entry for entry in heap if -entry[0] >= first]
        heapq.heapify(heap)
        while heap:
            score, a, b = heapq.heappop(heap)
            if self._parent[a] != a or self._parent[b] != b or b not in self._sums[a] or not self._open(a, b):
                continue
            if -score != self._mean(a, b):
                continue  # an entry from before one of the two grew; a newer one is in the heap
            self._merge(a, b)
            for other in self._sums[a]:
                mean = self._mean(a, other)
                if mean >= threshold and self._open(a, other):
                    heapq.heappush(heap, (-mean, min(a, other), max(a, other)))

    def _open(self, a: int, b: int) -> bool:
        return b not in self._barred[a]

    def _mean(self, a: int, b: int) -> float:
        return self._sums[a][b] / (self._size[a] * self._size[b])

    def _merge(self, a: int, b: int) -> None:
        """Group b joins group a; a < b, so a group keeps the number of its smallest item."""
        self._parent[b] = a
        self._size[a] += self._size[b]
        self._sums[a].pop(b, None)
        for other, total in self._sums[b].items():
            if other != a:
                joint = self._sums[a].get(other, 0.0) + total
                self._sums[a][other] = self._sums[other][a] = joint
                self._sums[other].pop(b, None)
        self._sums[b] = {}
        for other in self._barred[b]:
            self._barred[other].discard(b)
            self._barred[other].add(a)
            self._barred[a].add(other)
        self._barred[b] = set()
