"""Rows of a corpus's sparse matrices → the products of one article's sentences with another's."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from copydesk.linking.columns import FloatColumn, IntColumn
from copydesk.tracing.sentence_features import Grid


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The rows of one article's sentences in a matrix of the corpus, and each row's sum of squares.

    `columns` are those of the corpus that the rows use, in order; `turned` has a row for each of these and for no other:
    as wide as the corpus it would take the memory of its vocabulary for every article.
    """

    rows: csr_array
    columns: IntColumn
    turned: csr_array
    total: FloatColumn


def tabulate(rows: csr_array) -> Table:
    """The table of these rows."""
    columns, place = np.unique(rows.indices, return_inverse=True)
    narrow = csr_array((rows.data, place, rows.indptr), shape=(rows.shape[0], max(1, len(columns))))
    total = np.asarray(rows.power(2).sum(axis=1), dtype=np.float64).ravel()
    return Table(rows=rows, columns=columns.astype(np.int64), turned=narrow.T.tocsr(), total=total)


def multiply(left: csr_array, right: Table) -> Grid:
    """The products of each row of a matrix with each row of a table, to the last bit those of the wide matrices."""
    if not len(right.columns):
        return np.zeros((left.shape[0], right.rows.shape[0]))
    place = np.minimum(np.searchsorted(right.columns, left.indices), len(right.columns) - 1)
    both = right.columns[place] == left.indices
    starts = np.concatenate([[0], np.cumsum(both)])[left.indptr]
    narrow = csr_array((left.data[both], place[both], starts), shape=(left.shape[0], len(right.columns)))
    grid: Grid = (narrow @ right.turned).toarray()
    return grid
