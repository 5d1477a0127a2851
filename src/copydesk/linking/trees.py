"""A shipped ensemble of small decision trees: rows of numbers → probabilities, in NumPy alone."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.intp]
Floats = NDArray[np.float64]
CHUNK = 4096  # rows at a time: bounds memory where there are very many


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Trees:
    """All trees' nodes in one row of arrays, `roots` with one node a tree.

    The left child of a node stands at twice its place in `children`, the right one behind it; a leaf points at itself.
    """

    columns: tuple[str, ...]
    feature: Ints
    threshold: Floats
    children: Ints
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
        base = (np.arange(len(rows), dtype=np.intp) * rows.shape[1])[:, None]
        node = np.repeat(self.roots[None, :], len(rows), axis=0)
        for _ in range(self.depth):
            goes_right = flat.take(base + self.feature.take(node)) > self.threshold.take(node)
            node = self.children.take(2 * node + goes_right)
        return np.asarray(self.value.take(node).sum(axis=1) + self.start, dtype=np.float64)


def read_trees(content: bytes) -> Trees:
    """The trees that a .npz holds; arrays alone are read from it, never objects."""
    with np.load(BytesIO(content), allow_pickle=False) as held:
        return Trees(
            columns=tuple(str(c) for c in held["columns"]),
            feature=held["feature"].astype(np.intp),
            threshold=held["threshold"].astype(np.float64),
            children=np.column_stack([held["left"], held["right"]]).ravel().astype(np.intp),
            value=held["value"].astype(np.float64),
            roots=held["roots"].astype(np.intp),
            depth=int(held["depth"]),
            start=float(held["start"]),
        )
