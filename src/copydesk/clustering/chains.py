"""Stories → which one goes on with which earlier one."""

from __future__ import annotations

import numpy as np

from copydesk.clustering.likeness import Views, likeness
from copydesk.clustering.options import ClusteringOptions


def follow_ups(views: Views, groups: list[list[int]], options: ClusteringOptions) -> dict[int, int]:
    """For each story that goes on with an earlier one, the number of that one.

    The earlier story is the most alike of those that began at least a day and at most `follow_up_days` before.
    A story without any dated article is never part of a chain.
    """
    starts = [_first_day(views, g) for g in groups]
    found: dict[int, int] = {}
    for number, g in enumerate(groups):
        begin = starts[number]
        before = [
            n for n, start in enumerate(starts)
            if start is not None and begin is not None and 1 <= begin - start <= options.follow_up_days
        ]
        if not before:
            continue
        rows = likeness(views, np.array(g, dtype=np.int64))
        means = {n: float(np.mean(rows[:, groups[n]])) for n in before}
        best = max(before, key=lambda n: (means[n], -n))
        if means[best] >= options.follow_up:
            found[number] = best
    return found


def _first_day(views: Views, g: list[int]) -> float | None:
    """The median of a story's publication days: one wrong date does not move it."""
    days = views.latest[g]
    days = days[~np.isnan(days)]
    return float(np.sort(days)[(len(days) - 1) // 2]) if len(days) else None
