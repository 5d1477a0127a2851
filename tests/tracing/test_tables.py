"""Products of sparse rows are those of the whole matrices."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from copydesk.tracing.tables import Sparse, multiply, tabulate

WIDTH = 7
Dense = list[list[int]]


def matrices() -> st.SearchStrategy[Dense]:
    row = st.lists(st.integers(min_value=0, max_value=3), min_size=WIDTH, max_size=WIDTH)
    return st.lists(row, max_size=5)


def sparse(rows: Dense) -> Sparse:
    found = [(column, value) for row in rows for column, value in enumerate(row) if value]
    return Sparse(
        starts=np.cumsum([0, *(sum(map(bool, row)) for row in rows)]),
        columns=np.array([column for column, _ in found], dtype=np.int64),
        values=np.array([value for _, value in found], dtype=np.float64),
    )


@given(matrices(), matrices())
def test_a_product_is_that_of_the_whole_matrices(left: Dense, right: Dense) -> None:
    one, other = (np.array(rows, dtype=np.float64).reshape(-1, WIDTH) for rows in (left, right))
    table = tabulate(sparse(right))
    assert np.array_equal(multiply(sparse(left), table), one @ other.T)
    assert np.array_equal(table.total, (other**2).sum(axis=1))
