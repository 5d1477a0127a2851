"""Rows of a corpus's sparse matrices → the products of one article's sentences with another's.

The matrices are small and many: to make one of scipy's takes longer than to multiply it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from copydesk.linking.columns import FloatColumn, IntColumn
from copydesk.tracing.sentence_features import Grid


@dataclass(frozen=True, slots=True, kw_only=True)
class Sparse:
    """Sparse rows: row i has its entries from `starts[i]` to `starts[i + 1]`, each a column and a value."""

    starts: IntColumn
    columns: IntColumn
    values: FloatColumn

    def __len__(self) -> int:
        return len(self.starts) - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The rows of one article's sentences in a matrix of the corpus, and each row's sum of squares.

    `columns` are those of the corpus that the rows use, in order; `turned` has a row for each of these and for no other:
    as wide as the corpus it would take the memory of its vocabulary for every article.
    """

    rows: Sparse
    columns: IntColumn
    turned: Sparse
    total: FloatColumn


def tabulate(rows: Sparse) -> Table:
    """The table of these rows."""
    order = np.argsort(rows.columns, kind="stable")
    columns = rows.columns[order]
    first = np.flatnonzero(np.diff(columns, prepend=-1))
    counts = np.diff(rows.starts)
    owner = np.repeat(np.arange(len(rows)), counts)
    total = np.zeros(len(rows))
    filled = counts > 0
    if len(columns):
        total[filled] = np.add.reduceat(np.square(rows.values), rows.starts[:-1][filled])
    turned = Sparse(starts=np.append(first, len(columns)), columns=owner[order], values=rows.values[order])
    return Table(rows=rows, columns=columns[first], turned=turned, total=total)


def multiply(left: Sparse, right: Table) -> Grid:
    """The products of each row of a matrix with each row of a table, summed in order of the left row's entries."""
    height, width = len(left), len(right.rows)
    place = np.minimum(np.searchsorted(right.columns, left.columns), max(0, len(right.columns) - 1))
    both = np.flatnonzero(right.columns[place] == left.columns) if len(right.columns) else place[:0]
    if not len(both):
        return np.zeros((height, width))
    place = place[both]
    starts = right.turned.starts[place]
    counts = right.turned.starts[place + 1] - starts
    ends = np.cumsum(counts)
    at = np.arange(int(counts.sum())) + np.repeat(starts - ends + counts, counts)
    row = np.searchsorted(left.starts, both, side="right") - 1
    cells = np.repeat(row * width, counts) + right.turned.columns[at]
    products = np.repeat(left.values[both], counts) * right.turned.values[at]
    summed: FloatColumn = np.bincount(cells, weights=products, minlength=height * width).astype(np.float64)
    return summed.reshape(height, width)
