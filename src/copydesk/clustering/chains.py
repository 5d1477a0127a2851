"""Stories → which one goes on with which earlier one."""

from __future__ import annotations

import numpy as np

from copydesk.clustering.options import ClusteringOptions
from copydesk.linking import ScoredPairs, members
from copydesk.linking.columns import FloatColumn, IntColumn


def follow_ups(
    latest: FloatColumn, pairs: ScoredPairs, labels: IntColumn, options: ClusteringOptions
) -> dict[int, int]:
    """For each story that goes on with an earlier one, the number of that one; `latest` is the day of each article.

    The earlier story is the most alike, by the mean over their articles, of those that began at least a day and at
    most `follow_up_days` before. A story without any dated article is never part of a chain.
    """
    groups = members(labels)
    starts = [_first_day(latest, g) for g in groups]
    found: dict[int, tuple[float, int]] = {}
    for (a, b), mean in _means(pairs, labels, options.follow_up).items():
        begin, other = starts[a], starts[b]
        if begin is None or other is None:
            continue
        early, late = (a, b) if begin < other else (b, a)
        if 1 <= abs(begin - other) <= options.follow_up_days:
            found[late] = max(found.get(late, (0.0, -1)), (mean, early))
    return {late: early for late, (_, early) in sorted(found.items())}


def _means(pairs: ScoredPairs, labels: IntColumn, least: float) -> dict[tuple[int, int], float]:
    """The mean likeness of every two stories where it is so much at least."""
    sizes = np.bincount(labels)
    left, right = labels[pairs.left], labels[pairs.right]
    apart = left != right
    low, high = np.minimum(left, right)[apart], np.maximum(left, right)[apart]
    keys, place = np.unique(low * len(sizes) + high, return_inverse=True)
    totals = np.bincount(place, weights=pairs.score[apart], minlength=len(keys))
    a, b = keys // max(1, len(sizes)), keys % max(1, len(sizes))
    means = totals / (sizes[a] * sizes[b])
    enough = means >= least
    stories = zip(a[enough].tolist(), b[enough].tolist(), strict=True)
    return dict(zip(stories, means[enough].tolist(), strict=True))


def _first_day(latest: FloatColumn, g: list[int]) -> float | None:
    """The median of a story's publication days: one wrong date does not move it."""
    days = latest[g]
    days = days[~np.isnan(days)]
    return float(np.sort(days)[(len(days) - 1) // 2]) if len(days) else None
