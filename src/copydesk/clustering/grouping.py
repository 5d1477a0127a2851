"""Scored pairs → stories: average link that tight groups resist when what lies between is loose, cut where it has a seam."""

from __future__ import annotations

import heapq
from dataclasses import dataclass
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
        self._sums: list[dict[int, float]] = [{} for _ in range(n)]
        self._barred: list[set[int]] = [set() for _ in range(n)]
        self.least = [inf] * n  # mean at which a group's loosest merge was made
        self._line = list(range(n))  # of each item the smallest that it is bound to
        self._alike: dict[tuple[int, int], float] = {}  # mean likeness of two lines, before any merge
        low, high = np.minimum(pairs.left, pairs.right), np.maximum(pairs.left, pairs.right)
        order = np.lexsort((pairs.score, high, low))
        for a, b, score in zip(low[order].tolist(), high[order].tolist(), pairs.score[order].tolist(), strict=True):
            if a != b:
                self._sums[a][b] = self._sums[b][a] = float(score)  # of repeats the highest

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
        for a, sums in enumerate(self._sums):
            for b in sums:
                if a < b:
                    sums[b] = self._sums[b][a] = sums[b] / (self._size[a] * self._size[b])
        self._size = [1] * len(self._size)
        self._inside = [0.0] * len(self._inside)
        self._line = [self.root(i) for i in range(len(self._parent))]
        self._alike = {(a, b): mean for a, sums in enumerate(self._sums) for b, mean in sums.items() if a < b}

    def root(self, item: int) -> int:
        while self._parent[item] != item:
            self._parent[item] = self._parent[self._parent[item]]
            item = self._parent[item]
        return item

    def run(self) -> None:
        heap: list[tuple[float, int, int]] = []
        size, threshold = self._size, self._rules.threshold
        for a, sums in enumerate(self._sums):
            own = size[a]
            heap += [(-m, a, b) for b, s in sums.items() if a < b and (m := s / (own * size[b])) >= threshold]
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
                mean = total / (own * size[other])
                if mean >= threshold:
                    heapq.heappush(heap, (-mean, min(a, other), max(a, other)))

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
        sides: list[list[tuple[int, int, float]]] = [[] for _ in group_of]
        for (a, b), mean in self._alike.items():
            if whole[a] == whole[b]:
                sides[whole[a]].append((a, b, mean))
        for lines, pairs in zip(group_of, sides, strict=True):
            if not divisible(len(lines)):
                found[lines] = lines[0]
                continue
            alike = np.zeros((len(lines), len(lines)), dtype=np.float64)
            for a, b, mean in pairs:
                alike[place[a], place[b]] = alike[place[b], place[a]] = mean
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
