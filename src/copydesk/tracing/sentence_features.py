"""Raw grids of one comparison → what the sentence judge reads: bends, products, and how the neighbours fare.

Context carries most: a pair of sentences whose neighbours match too was copied with them, one alone may be a shared fact.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Grid: TypeAlias = NDArray[np.float64]
Grids: TypeAlias = NDArray[np.float64]

RAW = (
    "cosine",
    "cosine margin",
    "words in common",
    "words in common, margin",
    "run, larger share",
    "run, smaller share",
    "run words",
    "names in common",
    "numbers in common",
    "numbers that differ",
    "length ratio",
    "shorter length",
    "quoted",
)
BENDS = {
    "cosine": (0.5, 0.65, 0.8, 0.9),
    "words in common": (0.2, 0.4, 0.6, 0.8),
    "run, larger share": (0.3, 0.6, 0.9),
    "run, smaller share": (0.3, 0.6),
    "run words": (2.0, 2.8),
    "cosine margin": (0.0, 0.2),
    "words in common, margin": (0.0, 0.3),
}
PRODUCTS = (
    ("cosine", "words in common"),
    ("run, larger share", "cosine"),
    ("run, larger share", "length ratio"),
    ("run, larger share", "cosine margin"),
    ("run, larger share", "words in common, margin"),
    ("cosine margin", "words in common, margin"),
    ("cosine margin", "cosine"),
    ("run words", "quoted"),
    ("run, larger share", "quoted"),
)
CONTEXT = ("better neighbour", "worse neighbour", "better second neighbour")
CONTEXT_BENDS = {"better neighbour": (0.4, 0.6), "worse neighbour": (0.3,)}
SENTENCE_FEATURES = (
    *RAW,
    *(f"{name} above {bend}" for name, bends in BENDS.items() for bend in bends),
    *(f"{a} × {b}" for a, b in PRODUCTS),
    *CONTEXT,
    *(f"{name} above {bend}" for name, bends in CONTEXT_BENDS.items() for bend in bends),
)


def expand(raw: Grids) -> Grids:
    """The judge's features (first axis, as `SENTENCE_FEATURES`) from the raw ones (as `RAW`)."""
    at = {name: raw[i] for i, name in enumerate(RAW)}
    alike = np.maximum(0.0, (at["cosine"] + at["words in common"]) / 2)
    before, after = _shift(alike, -1), _shift(alike, 1)
    context = {
        "better neighbour": np.maximum(before, after),
        "worse neighbour": np.minimum(before, after),
        "better second neighbour": np.maximum(_shift(alike, -2), _shift(alike, 2)),
    }
    return np.stack(
        [
            *raw,
            *(np.maximum(0.0, at[name] - bend) for name, bends in BENDS.items() for bend in bends),
            *(at[a] * at[b] for a, b in PRODUCTS),
            *context.values(),
            *(np.maximum(0.0, context[name] - bend) for name, bends in CONTEXT_BENDS.items() for bend in bends),
        ]
    )


def _shift(grid: Grid, by: int) -> Grid:
    """For each cell the one `by` sentences further in both texts; 0 beyond the edge."""
    out = np.zeros_like(grid)
    n, m = max(0, grid.shape[0] - abs(by)), max(0, grid.shape[1] - abs(by))
    if by > 0:
        out[:n, :m] = grid[by:, by:]
    else:
        out[grid.shape[0] - n :, grid.shape[1] - m :] = grid[:n, :m]
    return out
