"""Two word sequences → the runs of words that both have."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from copydesk.linking.columns import IntColumn, KeyColumn
from copydesk.text.shingles import hash_ngrams

SEED = 3  # words: shorter runs are idiom, not copying
REPEATS_MAX = 6  # a seed more frequent than this in one text says nothing about where it came from


@dataclass(frozen=True, slots=True, kw_only=True)
class Runs:
    """Maximal common runs: `left` and `right` are the places of the first word, `length` counts words."""

    left: IntColumn
    right: IntColumn
    length: IntColumn

    def __len__(self) -> int:
        return len(self.left)


def find_runs(left: KeyColumn, right: KeyColumn) -> Runs:
    """The maximal common runs of at least `SEED` words of two sequences of word hashes, in order of `left`."""
    a, b = _seeds(left), _seeds(right)
    keys, at_a, at_b = _join(a, b)
    if len(keys) == 0:
        empty = np.zeros(0, dtype=np.int64)
        return Runs(left=empty, right=empty, length=empty)
    diagonal = at_a - at_b
    order = np.lexsort((at_a, diagonal))
    at_a, at_b, diagonal = at_a[order], at_b[order], diagonal[order]
    starts = np.flatnonzero(np.concatenate([[True], (diagonal[1:] != diagonal[:-1]) | (at_a[1:] != at_a[:-1] + 1)]))
    count = np.diff(np.append(starts, len(at_a)))
    found = np.lexsort((at_b[starts], at_a[starts]))
    return Runs(left=at_a[starts][found], right=at_b[starts][found], length=(count + SEED - 1)[found])


def _seeds(words: KeyColumn) -> KeyColumn:
    return hash_ngrams(words, SEED)


def _join(a: KeyColumn, b: KeyColumn) -> tuple[KeyColumn, IntColumn, IntColumn]:
    """Every pair of places with equal seeds, seeds that repeat too often in either text left out."""
    order = np.argsort(b, kind="stable")
    ranked = b[order]
    first = np.searchsorted(ranked, a, side="left")
    count = np.searchsorted(ranked, a, side="right") - first
    _, place, often = np.unique(a, return_inverse=True, return_counts=True)
    count = np.where((count > REPEATS_MAX) | (often[place] > REPEATS_MAX), 0, count)
    at_a = np.repeat(np.arange(len(a)), count)
    offset = np.arange(len(at_a)) - np.repeat(np.cumsum(count) - count, count)
    at_b = order[np.repeat(first, count) + offset]
    return a[at_a], at_a.astype(np.int64), at_b.astype(np.int64)
