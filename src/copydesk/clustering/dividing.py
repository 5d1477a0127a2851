"""A story's lines and how alike they are → the stories it falls into where it has a seam.

Average link never looks back: a report of two things can draw both into one story. A seam shows afterwards, as two
halves that are each much more alike inside than across.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from copydesk.linking.columns import FloatColumn, IntColumn

Table = NDArray[np.float64]
Half = NDArray[np.bool_]

LEAST = 2  # lines of a half: one line alone has no likeness inside to hold against
LINES_MAX = 1_000  # lines of a story that is looked at; the work grows with their cube


def divisible(lines: int) -> bool:
    """Whether so many lines can be looked at for a seam."""
    return 2 * LEAST <= lines <= LINES_MAX


def divide(likeness: Table, seam: float) -> list[IntColumn]:
    """The places of each part, the largest likeness across two halves being at least `seam` times the mean likeness
    inside the looser of them, or the story is cut there and each half looked at again. `likeness` has zeros on its
    diagonal."""
    whole = np.arange(len(likeness), dtype=np.int64)
    waiting, parts = [whole], []
    while waiting:
        part = waiting.pop()
        cut = _best_cut(likeness[np.ix_(part, part)]) if divisible(len(part)) else None
        if cut is None or cut[0] >= seam:
            parts.append(part)
        else:
            waiting += [part[~cut[1]], part[cut[1]]]
    return sorted(parts, key=lambda p: int(p[0]))


def _best_cut(likeness: Table) -> tuple[float, Half] | None:
    """The lowest ratio of likeness across to likeness inside that is found, and the half of the first line.

    The first guess is the best cut along the second eigenvector; then single lines change sides while that helps.
    """
    ratio, half = _along(likeness)
    while True:
        moved = _moves(likeness, half)
        best = int(np.argmin(moved))
        if not moved[best] < ratio - 1e-9:
            break
        ratio, half = float(moved[best]), half ^ (np.arange(len(half)) == best)
    return (ratio, half if half[0] else ~half) if np.isfinite(ratio) else None


def _along(likeness: Table) -> tuple[float, Half]:
    degree = likeness.sum(axis=1) + 1e-9
    scaled = likeness / np.sqrt(np.outer(degree, degree))
    _, vectors = np.linalg.eigh(scaled)
    order = np.argsort(np.round(vectors[:, -2] / np.sqrt(degree), 9), kind="stable")
    inside = np.cumsum(np.cumsum(likeness[np.ix_(order, order)], axis=0), axis=1)
    count = np.arange(LEAST, len(order) - LEAST + 1, dtype=np.int64)
    first = inside[count - 1, count - 1]
    across = inside[count - 1, -1] - first
    sizes = count.astype(np.float64)
    ratios = _ratio((first, inside[-1, -1] - first - 2 * across, across), (sizes, len(order) - sizes))
    best = int(np.argmin(ratios))
    half = np.zeros(len(order), dtype=bool)
    half[order[: count[best]]] = True
    return float(ratios[best]), half


def _moves(likeness: Table, half: np.ndarray) -> FloatColumn:
    """The ratio after each line has changed sides, infinite where that leaves a half too small."""
    to_first, to_second = likeness[:, half].sum(axis=1), likeness[:, ~half].sum(axis=1)
    first, second, across = to_first[half].sum(), to_second[~half].sum(), to_second[half].sum()
    sign = np.where(half, -1.0, 1.0)  # of the lines of the first half: leaves it, of the others: joins it
    size = half.sum() + sign
    sums = (first + sign * 2 * to_first, second - sign * 2 * to_second, across + sign * (to_second - to_first))
    return np.where(np.minimum(size, len(half) - size) < LEAST, np.inf, _ratio(sums, (size, len(half) - size)))


def _ratio(sums: tuple[FloatColumn, FloatColumn, FloatColumn], sizes: tuple[FloatColumn, FloatColumn]) -> FloatColumn:
    """The mean across over the mean inside the looser half; sums inside count every pair twice."""
    first, second, across = sums
    one, other = sizes
    with np.errstate(divide="ignore", invalid="ignore"):
        looser = np.minimum(first / (one * (one - 1)), second / (other * (other - 1)))
        found: FloatColumn = (across / (one * other)) / looser
    return np.where(looser > 0, found, np.inf)
