"""Chains, common runs → the further sentences that a linked pair has word for word, wherever they stand.

Once two articles are known to share text, a sentence that both have in the same words was copied too, though it moved,
was cut short or was joined to another: it needs no neighbours to say so.
"""

from __future__ import annotations

import numpy as np

from copydesk.linking.columns import BoolColumn, IntColumn
from copydesk.tracing.chains import Chain
from copydesk.tracing.compare import Comparison
from copydesk.tracing.sentence_features import RAW, Grid

SHARE = 0.75  # of the shorter sentence's words that must stand in common runs
WORDS = 4  # and how many at least
FLOOR = -3.0  # log-odds below which the words in common are idiom
FREE = 0.6  # share of these words that no better match has taken
LARGER = RAW.index("run, larger share")


def find_literal(comparison: Comparison, logit: Grid, chains: tuple[Chain, ...]) -> tuple[IntColumn, IntColumn]:
    """Pairs of sentences, besides the chains', whose words both texts have; each word answers to one pair only."""
    taken = (
        np.zeros(len(comparison.left.word), dtype=bool),
        np.zeros(len(comparison.right.word), dtype=bool),
    )
    chained = np.zeros(logit.shape, dtype=bool)
    for chain in chains:
        for i, j in zip(chain.left.tolist(), chain.right.tolist(), strict=True):
            chained[i, j] = True
            if comparison.grids[LARGER, i, j] >= SHARE:
                _take(comparison, (i, j), taken)
            else:
                taken[0][comparison.left.first[i] : comparison.left.last[i]] = True
                taken[1][comparison.right.first[j] : comparison.right.last[j]] = True
    wanted = (comparison.grids[LARGER] >= SHARE) & (comparison.run_words >= WORDS) & (logit > FLOOR) & ~chained
    rows, columns = np.nonzero(wanted)
    order = np.lexsort((columns, rows, -logit[rows, columns], -comparison.run_words[rows, columns]))
    found = []
    for k in order.tolist():
        cell = (int(rows[k]), int(columns[k]))
        if _take(comparison, cell, taken):
            found.append(cell)
    table = np.array(sorted(found), dtype=np.int64).reshape(-1, 2)
    return table[:, 0], table[:, 1]


def _take(comparison: Comparison, cell: tuple[int, int], taken: tuple[BoolColumn, BoolColumn]) -> bool:
    """Takes the words of the common runs of a pair of sentences, unless most are taken."""
    runs, (i, j) = comparison.runs, cell
    a = int(comparison.left.first[i]), int(comparison.left.last[i])
    b = int(comparison.right.first[j]), int(comparison.right.last[j])
    inside = np.flatnonzero(
        (runs.left < a[1]) & (runs.left + runs.length > a[0]) & (runs.right < b[1]) & (runs.right + runs.length > b[0])
    )
    places = []
    for k in inside.tolist():
        left, right, length = int(runs.left[k]), int(runs.right[k]), int(runs.length[k])
        start = max(a[0] - left, b[0] - right, 0)
        stop = min(a[1] - left, b[1] - right, length)
        if start < stop:
            places.append((left + start, right + start, stop - start))
    total = sum(n for _, _, n in places)
    free = sum(int((~taken[0][x : x + n] & ~taken[1][y : y + n]).sum()) for x, y, n in places)
    if not total or free < FREE * total:
        return False
    for x, y, n in places:
        taken[0][x : x + n] = True
        taken[1][y : y + n] = True
    return True
