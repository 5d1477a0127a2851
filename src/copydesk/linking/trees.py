"""A shipped ensemble of small decision trees: rows of numbers → probabilities, in NumPy alone."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]
CHUNK = 4096  # rows at a time: bounds memory where there are very many


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Trees:
    """All trees' nodes in one row of arrays; a leaf points at itself. `roots` has one node a tree."""

    columns: tuple[str, ...]
    feature: Ints
    threshold: Floats
    left: Ints
    right: Ints
    value: Floats
    roots: Ints
    depth: int
    start: float

    def probabilities(self, rows: Floats) -> Floats:
        """The probability of each row, its numbers in the order of `columns`."""
        scores = [self._scores(rows[i : i + CHUNK]) for i in range(0, len(rows), CHUNK)]
        if not scores:
            return np.zeros(0)
        return np.asarray(1.0 / (1.0 + np.exp(-np.concatenate(scores))), dtype=np.float64)

    def _scores(self, rows: Floats) -> Floats:
        flat = np.ascontiguousarray(rows, dtype=np.float64).ravel()
        base = (np.arange(len(rows), dtype=np.int64) * rows.shape[1])[:, None]
        node = np.repeat(self.roots[None, :], len(rows), axis=0)
        for _ in range(self.depth):
            goes_left = flat[base + self.feature[node]] <= self.threshold[node]
            node = np.where(goes_left, self.left[node], self.right[node])
        return np.asarray(self.value[node].sum(axis=1) + self.start, dtype=np.float64)


def read_trees(content: bytes) -> Trees:
    """The trees that a .npz holds; arrays alone are read from it, never objects."""
    with np.load(BytesIO(content), allow_pickle=False) as held:
        return Trees(
            columns=tuple(str(c) for c in held["columns"]),
            feature=held["feature"].astype(np.int32),
            threshold=held["threshold"].astype(np.float64),
            left=held["left"].astype(np.int32),
            right=held["right"].astype(np.int32),
            value=held["value"].astype(np.float64),
            roots=held["roots"].astype(np.int32),
            depth=int(held["depth"]),
            start=float(held["start"]),
        )
