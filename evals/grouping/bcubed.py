"""Two groupings of the same items → B³."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Sequence


def b_cubed(found: Sequence[Hashable], gold: Sequence[Hashable]) -> tuple[float, float]:
    """B³ precision and recall of one grouping against another, item by item."""
    by_found: dict[Hashable, set[int]] = defaultdict(set)
    by_gold: dict[Hashable, set[int]] = defaultdict(set)
    for i, (a, b) in enumerate(zip(found, gold, strict=True)):
        by_found[a].add(i)
        by_gold[b].add(i)
    shared = [len(by_found[a] & by_gold[b]) for a, b in zip(found, gold, strict=True)]
    precision = sum(s / len(by_found[a]) for s, a in zip(shared, found, strict=True)) / max(1, len(found))
    recall = sum(s / len(by_gold[b]) for s, b in zip(shared, gold, strict=True)) / max(1, len(gold))
    return precision, recall
