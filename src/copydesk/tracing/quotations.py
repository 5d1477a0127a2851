"""Matching sentences → those of them that are but quotations which both have.

Who spoke in public is quoted by everybody who was there: the same words in quotation marks say nothing of who took them
from whom. Between copied sentences, and in a text that was surely copied, they were copied along.
"""

from __future__ import annotations

import numpy as np

from copydesk.linking.columns import BoolColumn, FloatColumn, IntColumn
from copydesk.tracing.sentence_features import Grid

WRITTEN_SHARE = (
    0.3  # of the words of matching sentences in a row, outside quotation marks, from which they are no quotation
)
# So many matching words outside quotation marks say that a text was copied, and its quotations with it. Both tuned on the
# copies set and the dossiers: re-run `python -m evals copies dossiers` on a change.
SURELY_WRITTEN = 60.0


def find_said(matches: tuple[IntColumn, IntColumn], size: IntColumn, quoted: Grid) -> BoolColumn:
    """Which of the matching pairs of sentences both took from whoever said them, as far as one can tell (a mask).

    `size` has the words of each pair, `quoted` the share of quotation of every pair of sentences.
    """
    written: FloatColumn = size * (1.0 - quoted[matches])
    if float(written.sum()) >= SURELY_WRITTEN:
        return np.zeros(len(size), dtype=bool)
    row = _rows(matches)
    count = int(row.max(initial=-1)) + 1
    words, plain = np.bincount(row, weights=size, minlength=count), np.bincount(row, weights=written, minlength=count)
    said: BoolColumn = (plain < WRITTEN_SHARE * words)[row]
    return said


def _rows(matches: tuple[IntColumn, IntColumn]) -> IntColumn:
    """For each pair the number of the row it stands in: pairs that follow each other in both texts, or share a sentence."""
    number: dict[tuple[int, int], int] = {}
    row = np.zeros(len(matches[0]), dtype=np.int64)
    count = 0
    for k in np.lexsort((matches[1], matches[0])).tolist():
        i, j = int(matches[0][k]), int(matches[1][k])
        found = next((number[cell] for cell in ((i - 1, j - 1), (i - 1, j), (i, j - 1)) if cell in number), None)
        if found is None:
            found, count = count, count + 1
        number[i, j] = row[k] = found
    return row
