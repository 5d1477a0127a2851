"""Sentences → their unit vectors, each encoded when it is first asked for."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from copydesk.linking.columns import FloatMatrix, IntColumn
from copydesk.model.ports import SentenceEncoder


class Vectors:
    """The unit vectors of a corpus's distinct sentences by row.

    Encoding a sentence takes as long as tagging it, and most sentences of a pile are never held against another: so
    nothing is encoded before somebody asks.
    """

    def __init__(self, sentences: Sequence[str], encoder: SentenceEncoder[FloatMatrix]) -> None:
        self._sentences = sentences
        self._encoder = encoder
        self._place = np.full(len(sentences), -1, dtype=np.int64)
        self._held: FloatMatrix = np.zeros((0, encoder.dimensions), dtype=np.float32)
        self._count = 0

    @property
    def count(self) -> int:
        """How many sentences have been encoded."""
        return self._count

    def want(self, rows: IntColumn) -> None:
        """Encodes those of these rows that are not yet, in one call."""
        missing = np.unique(rows[self._place[rows] < 0])
        if not len(missing):
            return
        found = self._encoder.encode([self._sentences[row] for row in missing.tolist()])
        last = self._count + len(missing)
        if last > len(self._held):  # room for as many again, so that many small additions stay cheap
            grown = np.zeros((max(2 * len(self._held), last), self._held.shape[1]), dtype=np.float32)
            grown[: self._count] = self._held[: self._count]
            self._held = grown
        self._held[self._count : last] = found
        self._place[missing] = np.arange(self._count, last)
        self._count = last

    def of(self, rows: IntColumn) -> FloatMatrix:
        """The vectors of these rows, float32 of shape (len(rows), dimensions)."""
        self.want(rows)
        found: FloatMatrix = self._held[self._place[rows]]
        return found
