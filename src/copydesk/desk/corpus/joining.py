"""Columns of any number of articles → the pairs worth holding against each other, out of core on one machine.

Entries go to partitions by the top bits of their key, each partition is sorted and joined in memory, and the pairs go
to partitions by their left article, where they are summed. Memory is that of one partition, and a few bytes an article.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from copydesk.linking import ScoredPairs
from copydesk.linking.columns import FloatColumn, IntColumn, KeyColumn

ENTRIES = 1_000_000  # of a partition, when keys spread evenly: 16 MB on disk, and several times that while it is joined
ENTRY = np.dtype([("key", np.uint64), ("owner", np.int64)])
PAIR = np.dtype([("left", np.int64), ("right", np.int64), ("weight", np.float32)])
PARTITIONS_MAX = 512  # files open at once
Records = NDArray[np.void]
NOBODY = np.zeros(0, dtype=np.int64)


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """The pairs of two owners with a score, and what of the work was left out: keys that too many have, and their pairs."""

    pairs: ScoredPairs
    entries: int
    keys_cut: int
    pairs_cut: int
    spilled: int  # bytes written to disk on the way


class Spill:
    """Records on disk in so many files, chosen by a number; read back a file at a time."""

    def __init__(self, folder: Path, form: np.dtype[np.void], count: int) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._form = form
        self._paths = [folder / f"{form.names[0] if form.names else ''}-{i:04}.bin" for i in range(count)]
        self._files = [path.open("wb") for path in self._paths]
        self.bytes = 0

    def put(self, records: Records, place: IntColumn) -> None:
        """Each record to the file of this number."""
        order = np.argsort(place, kind="stable")
        for number, part in zip(*_runs(place[order], records[order]), strict=True):
            self.bytes += self._files[number].write(part.tobytes())

    def take(self) -> Iterator[Records]:
        """The records of each file in turn; the file is gone behind it."""
        for file in self._files:
            file.close()
        for path in self._paths:
            yield np.fromfile(path, dtype=self._form)
            path.unlink()


def _runs(place: IntColumn, records: Records) -> tuple[list[int], list[Records]]:
    numbers, first = np.unique(place, return_index=True)
    return numbers.tolist(), np.split(records, first[1:]) if len(numbers) else []


Join = Callable[[KeyColumn, IntColumn], tuple[IntColumn, IntColumn, FloatColumn]]
Summed = tuple[IntColumn, IntColumn, FloatColumn, IntColumn]  # left, right, sum of weights, number of weights


def join_out_of_core(
    entries: Iterator[tuple[IntColumn, KeyColumn]], expected: int, join: Join, folder: Path
) -> tuple[Iterator[Summed], Callable[[], tuple[int, int]]]:
    """The sum and number of weights of every pair that `join` gives for the sorted entries of one partition.

    `expected` entries decide how many partitions there are: all entries of a key are in one, so that the pairs are those of
    one partition. The second thing given tells, when all pairs were taken, how many entries and bytes went through.
    """
    count = min(PARTITIONS_MAX, max(1, -(-expected // ENTRIES)))
    keyed = Spill(folder, ENTRY, count)
    seen = 0
    for owner, key in entries:
        seen += len(key)
        records = np.zeros(len(key), dtype=ENTRY)
        records["key"], records["owner"] = key, owner
        keyed.put(records, ((key >> np.uint64(32)) * np.uint64(count) >> np.uint64(32)).astype(np.int64))
    paired = Spill(folder, PAIR, count)
    for part in keyed.take():
        order = np.argsort(part["key"], kind="stable")  # owners came in order, and stay so within their key
        left, right, weight = join(part["key"][order], part["owner"][order])
        pairs = np.zeros(len(left), dtype=PAIR)
        pairs["left"], pairs["right"], pairs["weight"] = left, right, weight
        paired.put(pairs, left % count)
    return (_summed(part) for part in paired.take()), lambda: (seen, keyed.bytes + paired.bytes)


def _summed(part: Records) -> Summed:
    """Each pair once. What is added up is sorted by weight, too: sums of floats do not depend on the partitions then."""
    order = np.lexsort((part["weight"], part["right"], part["left"]))
    left, right, weight = part["left"][order], part["right"][order], part["weight"][order].astype(np.float64)
    if not len(left):
        return NOBODY, NOBODY, np.zeros(0), NOBODY
    first = np.flatnonzero(np.concatenate([[True], (left[1:] != left[:-1]) | (right[1:] != right[:-1])]))
    return left[first], right[first], np.add.reduceat(weight, first), np.diff(np.append(first, len(left)))


def in_order(parts: Sequence[tuple[IntColumn, IntColumn, FloatColumn]]) -> ScoredPairs:
    """The pairs of several parts in order of left and right."""
    left = np.concatenate([NOBODY, *(p[0] for p in parts)])
    right = np.concatenate([NOBODY, *(p[1] for p in parts)])
    score = np.concatenate([np.zeros(0), *(p[2] for p in parts)])
    order = np.lexsort((right, left))
    return ScoredPairs(left=left[order], right=right[order], score=score[order])
