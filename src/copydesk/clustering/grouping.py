"""Scored pairs → stories: average link that tight groups resist when what lies between is loose, cut where it has a seam."""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from itertools import pairwise
from math import inf

import numpy as np

from copydesk.clustering.dividing import divide, divisible
from copydesk.linking import Constraints, ScoredPairs, members, number_groups
from copydesk.linking.columns import FloatColumn, IntColumn


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """When two groups become one: their mean likeness is at least `threshold`, and at least `contrast` times the mean
    likeness inside the looser of the two, if each has `tight` lines or more, or `lone` times that inside the one that
    has. What has become one is cut where it has a `seam`. What `must` joins is one line and counts once: copies add
    articles to a story, not reports."""

    threshold: float
    contrast: float
    lone: float
    tight: int
    seam: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouping:
    """The group number of each item before groups are cut at their seams (`whole`) and after, each numbered by the first
    item of a group; of each whole group the lowest mean at which two of its parts became one (`least`, infinite where
    none did); and how much of a line each item is (`part`)."""

    whole: IntColumn
    cut: IntColumn
    least: FloatColumn
    part: FloatColumn


def group_pairs(n: int, pairs: ScoredPairs, rules: Rules, constraints: Constraints) -> Grouping:
    """The groups of n items.

    The two groups of the highest mean merge first; of equal means those with the smallest items. A pair without a score
    counts as 0. Where both bind, `must` holds. Items of two `whole` groups have no say in each other's: grouped without
    the ones, the others are grouped as they are with them.
    """
    merging = _Merging(n, pairs, rules)
    merging.bind(constraints)
    merging.run()
    whole = number_groups(np.array([merging.root(i) for i in range(n)], dtype=np.int64))
    least = np.array([merging.least[merging.root(group[0])] for group in members(whole)], dtype=np.float64)
    return Grouping(whole=whole, cut=number_groups(merging.cut(whole)), least=least, part=merging.part())


class _Merging:
    """The state of one agglomeration: groups by their smallest item, sums of scores between and inside groups."""

    def __init__(self, n: int, pairs: ScoredPairs, rules: Rules) -> None:
        self._rules = rules
        self._parent = list(range(n))
        self._size = [1] * n
        self._inside = [0.0] * n  # sum of the scores inside a group
        self._barred: list[set[int]] = [set() for _ in range(n)]
        self.least = [inf] * n  # mean at which a group's loosest merge was made
        self._line = list(range(n))  # of each item the smallest that it is bound to
        low, high = np.minimum(pairs.left, pairs.right), np.maximum(pairs.left, pairs.right)
        order = np.lexsort((pairs.score, high, low))
        low, high, score = low[order], high[order], pairs.score[order]
        last = np.append((low[1:] != low[:-1]) | (high[1:] != high[:-1]), True)[: len(low)] & (low != high)
        # of two lines each how alike they are in the mean, before any merge; of repeats the highest
        self._alike = ScoredPairs(left=low[last], right=high[last], score=score[last])
        self._sums = _by_item(n, self._alike)  # between two groups

    def bind(self, constraints: Constraints) -> None:
        for a, b in sorted(constraints.must):
            if self.root(a) != self.root(b):
                self._merge(*sorted((self.root(a), self.root(b))))
        self._count_lines()
        for a, b in sorted(constraints.cannot):
            x, y = self.root(a), self.root(b)
            if x != y:
                self._barred[x].add(y)
                self._barred[y].add(x)

    def _count_lines(self) -> None:
        """What is bound so far counts as one item from now on, as alike to another as their articles are in the mean."""
        bound = {a for a, size in enumerate(self._size) if size > 1}
        if bound:
            for a in sorted(bound):
                for b, total in self._sums[a].items():
                    if b not in bound or a < b:
                        self._sums[a][b] = self._sums[b][a] = total / (self._size[a] * self._size[b])
            self._alike = _all_pairs(self._sums)
        self._size = [1] * len(self._size)
        self._inside = [0.0] * len(self._inside)
        self._line = [self.root(i) for i in range(len(self._parent))]

    def root(self, item: int) -> int:
        while self._parent[item] != item:
            self._parent[item] = self._parent[self._parent[item]]
            item = self._parent[item]
        return item

    def run(self) -> None:
        size, threshold = self._size, self._rules.threshold
        near = self._alike.score >= threshold
        columns = -self._alike.score[near], self._alike.left[near], self._alike.right[near]
        heap: list[tuple[float, int, int]] = list(zip(*(column.tolist() for column in columns), strict=True))
        heapq.heapify(heap)
        while heap:
            score, a, b = heapq.heappop(heap)
            if self._parent[a] != a or self._parent[b] != b or b not in self._sums[a] or b in self._barred[a]:
                continue
            if -score != self._mean(a, b):
                continue  # an entry from before one of the two grew; a newer one is in the heap
            if self._apart(a, b):
                continue  # until one of the two grows
            self.least[a] = min(-score, self.least[a], self.least[b])
            self._merge(a, b)
            own = size[a]
            for other, total in self._sums[a].items():
                if (mean := total / (own * size[other])) >= threshold:
                    heapq.heappush(heap, (-mean, a, other) if a < other else (-mean, other, a))

    def _mean(self, a: int, b: int) -> float:
        return self._sums[a][b] / (self._size[a] * self._size[b])

    def _apart(self, a: int, b: int) -> bool:
        """Whether one is or both are tight groups, and what lies between is loose beside what lies inside."""
        groups = [x for x in (a, b) if self._size[x] >= max(2, self._rules.tight)]
        if not groups:
            return False
        looser = min(2.0 * self._inside[x] / (self._size[x] * (self._size[x] - 1)) for x in groups)
        return self._mean(a, b) < (self._rules.contrast if len(groups) > 1 else self._rules.lone) * looser

    def part(self) -> FloatColumn:
        """One over the number of items in the line of each."""
        sizes = np.bincount(self._line, minlength=len(self._line))
        found: FloatColumn = 1.0 / sizes[self._line]
        return found

    def cut(self, whole: IntColumn) -> IntColumn:
        """A number for each item: of its line, its group being cut where it has a seam."""
        found = np.arange(len(whole), dtype=np.int64)
        place = np.zeros(len(whole), dtype=np.int64)
        group_of: list[list[int]] = []
        for group in members(whole):
            lines = sorted({self._line[i] for i in group})
            place[lines] = np.arange(len(lines))
            group_of.append(lines)
        left, right = self._alike.left, self._alike.right
        inside = np.flatnonzero(whole[left] == whole[right])
        inside = inside[np.argsort(whole[left[inside]], kind="stable")]
        bounds = np.searchsorted(whole[left[inside]], np.arange(len(group_of) + 1)).tolist()
        for number, lines in enumerate(group_of):
            if not divisible(len(lines)):
                found[lines] = lines[0]
                continue
            alike = np.zeros((len(lines), len(lines)), dtype=np.float64)
            own = inside[bounds[number] : bounds[number + 1]]
            rows, columns = place[left[own]], place[right[own]]
            alike[rows, columns] = alike[columns, rows] = self._alike.score[own]
            for part in divide(alike, self._rules.seam):
                found[[lines[i] for i in part.tolist()]] = lines[int(part[0])]
        return found[self._line]

    def _merge(self, a: int, b: int) -> None:
        """Group b joins group a; a < b, so a group keeps the number of its smallest item."""
        self._parent[b] = a
        self._size[a] += self._size[b]
        ours, get = self._sums[a], self._sums[a].get
        self._inside[a] += self._inside[b] + ours.pop(b, 0.0)
        for other, total in self._sums[b].items():
            if other != a:
                theirs = self._sums[other]
                ours[other] = theirs[a] = get(other, 0.0) + total
                del theirs[b]
        self._sums[b] = {}
        for other in self._barred[b]:
            self._barred[other].discard(b)
            self._barred[other].add(a)
            self._barred[a].add(other)
        self._barred[b] = set()


def _by_item(n: int, pairs: ScoredPairs) -> list[dict[int, float]]:
    """Of each item the others that it has a score with; the pairs each once."""
    found: list[dict[int, float]] = []
    one = np.concatenate([pairs.left, pairs.right])
    order = np.argsort(one, kind="stable")
    bounds = np.searchsorted(one[order], np.arange(n + 1)).tolist()
    other = np.concatenate([pairs.right, pairs.left])[order].tolist()
    score = np.concatenate([pairs.score, pairs.score])[order].tolist()
    for first, last in pairwise(bounds):
        found.append(dict(zip(other[first:last], score[first:last], strict=True)))
    return found


def _all_pairs(sums: list[dict[int, float]]) -> ScoredPairs:
    found = [(a, b, mean) for a, held in enumerate(sums) for b, mean in held.items() if a < b]
    left, right, score = zip(*found, strict=True) if found else ((), (), ())
    return ScoredPairs(
        left=np.array(left, dtype=np.int64),
        right=np.array(right, dtype=np.int64),
        score=np.array(score, dtype=np.float64),
    )
