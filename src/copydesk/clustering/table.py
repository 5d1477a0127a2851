"""Weighed rows of articles in few long columns → how alike one is to many others, without a step of Python for each."""

from __future__ import annotations

from typing import TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from copydesk.clustering.looks import OF_MEANING, Look, Row, cost_of_days
from copydesk.linking.columns import FloatColumn

Numbers: TypeAlias = NDArray[np.int32]
Sums: TypeAlias = NDArray[np.float32]
Kind = TypeVar("Kind", np.float32, np.float64, np.int32, np.int64)

DIGITS = 5  # of a likeness
# Rows are whole numbers of this share of one. The squares of a row add up to one at most, so no sum of products passes
# 2 ** 24: single precision holds it to the digit, in whatever order it is summed, at half the memory of double.
SCALE = 4000.0
ROOM = 1_024  # entries that a column has at first
GROWTH = 1.5  # a full column becomes so many times as long
# Rows from which a sparse matrix is made of them: it goes through a row without leaving products behind that outgrow the
# cache. Over the 16,000 articles of `python -m bench stories` products take .55 of the time that they take without it.
MANY = 64


class Table:
    """Rows by number, each number given once; what is known of a row lies beside that of the rows before it."""

    def __init__(self) -> None:
        self._count = 0
        # of each row among the columns, and the end of the last; both of 32 bits, or a sparse matrix of them is a copy
        self._starts = np.zeros(ROOM + 1, dtype=np.int32)
        self._columns = np.zeros(ROOM, dtype=np.int32)
        self._weights = np.zeros(ROOM, dtype=np.float32)
        self._meanings = np.zeros((0, 0), dtype=np.float32)
        self._days = np.zeros((ROOM, 2), dtype=np.float64)
        self._bench = np.zeros(0, dtype=np.float32)  # room for one row over all columns, zeros when it is not in use
        self._matrix: csr_array | None = None  # over the columns as they are now: it sees what is written into them

    def __len__(self) -> int:
        return self._count

    def add(self, look: Look, row: Row) -> int:
        """The number of a new row."""
        number, start = self._count, int(self._starts[self._count])
        end = start + len(row.columns)
        if not self._meanings.size:
            self._meanings = np.zeros((ROOM, len(look.meaning)), dtype=np.float32)
        self._columns, self._weights = _longer(self._columns, end), _longer(self._weights, end)
        self._starts, self._days = _longer(self._starts, number + 2), _longer(self._days, number + 1)
        self._meanings = _longer(self._meanings, number + 1)
        self._columns[start:end], self._weights[start:end] = row.columns, np.rint(row.weights * SCALE)
        self._starts[number + 1] = end
        widest = int(row.columns.max(initial=-1)) + 1
        self._bench = _longer(self._bench, widest)
        self._days[number] = look.earliest, look.latest
        self._meanings[number] = np.rint(look.meaning * SCALE)
        self._count += 1
        return number

    def row(self, number: int) -> Row:
        """A row as it was added, without its keys."""
        inside = slice(int(self._starts[number]), int(self._starts[number + 1]))
        return Row(columns=self._columns[inside].copy(), weights=self._weights[inside] / np.float32(SCALE), keys=())

    def likeness(self, number: int, others: Numbers) -> FloatColumn:
        """How alike a row is to each of these others."""
        if not len(others):
            return np.zeros(0, dtype=np.float64)
        meaning = self._meanings.take(others, axis=0) @ self._meanings[number]
        costs = cost_of_days(self._days[number], self._days[others])
        alike = self._products(number, others) + OF_MEANING * meaning.astype(np.float64)
        found: FloatColumn = np.round(alike / SCALE**2 - costs, DIGITS)
        return found

    def _products(self, number: int, others: Numbers) -> Sums:
        mine = slice(int(self._starts[number]), int(self._starts[number + 1]))
        columns = self._columns[mine]
        self._bench[columns] = self._weights[mine]
        found = self._of_many(others) if len(others) >= MANY else self._of_few(others)
        self._bench[columns] = 0.0
        return found

    def _of_many(self, others: Numbers) -> Sums:
        """The products of these rows with the one on the bench."""
        found: Sums = self._all_rows()[others] @ self._bench
        return found

    def _all_rows(self) -> csr_array:
        """A matrix of all rows, and of room for others: what is not a row yet has to end with the columns for that."""
        shape = len(self._starts) - 1, len(self._bench)
        if self._matrix is None or self._matrix.shape != shape or self._matrix.nnz != len(self._columns):
            self._starts[self._count + 1 :] = len(self._columns)
            self._matrix = csr_array((self._weights, self._columns, self._starts), shape=shape)
        return self._matrix

    def _of_few(self, others: Numbers) -> Sums:
        """The same, without a matrix."""
        starts = self._starts[others]
        lengths = self._starts[others + 1] - starts
        ends = np.cumsum(lengths)
        begins = ends - lengths
        if not ends[-1]:
            return np.zeros(len(others), dtype=np.float32)
        at = np.arange(ends[-1], dtype=np.int64) + np.repeat(starts - begins, lengths)
        products = self._bench.take(self._columns.take(at))
        products *= self._weights.take(at)
        filled = lengths > 0
        found = np.zeros(len(others), dtype=np.float32)
        found[filled] = np.add.reduceat(products, begins[filled])
        return found


def _longer(column: NDArray[Kind], least: int) -> NDArray[Kind]:
    """The column, with room for as many entries."""
    if least <= len(column):
        return column
    length = max(ROOM, least, int(GROWTH * len(column)))
    grown = np.zeros((length, *column.shape[1:]), dtype=column.dtype)
    grown[: len(column)] = column
    return grown
