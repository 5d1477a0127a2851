"""Keys or vectors → the pairs that may belong together, without comparing everything with everything."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from copydesk.linking.columns import FloatColumn, FloatMatrix, IntColumn, KeyColumn

ROWS_A_BLOCK = 1024  # rows of a matrix product held at once: 1024 × 100,000 float32 are 400 MB, the most we allow
ROWS_A_SORT = 64  # rows of it that are sorted at once


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidates:
    """Pairs of items (`left` < `right`, each pair once, in order) that share keys.

    `shared` counts the distinct keys in common, `weight` sums their rarity, log(owners / owners of the key).
    `keys_cut` counts the keys that were not joined because too many items own them, `pairs_cut` the pairs they
    would have given.
    """

    left: IntColumn
    right: IntColumn
    shared: IntColumn
    weight: FloatColumn
    keys_cut: int
    pairs_cut: int

    def __len__(self) -> int:
        return len(self.left)

    def keep(self, chosen: IntColumn) -> Candidates:
        """The candidates at these positions."""
        return Candidates(
            left=self.left[chosen],
            right=self.right[chosen],
            shared=self.shared[chosen],
            weight=self.weight[chosen],
            keys_cut=self.keys_cut,
            pairs_cut=self.pairs_cut,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredPairs:
    """Pairs of items with a score each, higher for more alike."""

    left: IntColumn
    right: IntColumn
    score: FloatColumn

    def __len__(self) -> int:
        return len(self.left)


@dataclass(frozen=True, slots=True, kw_only=True)
class Postings:
    """Who owns which key: `owner` in order of key, then of owner, each once a key; of each key the place of its `first`
    owner and their number, `size`."""

    owner: IntColumn
    first: IntColumn
    size: IntColumn


def post(owner: IntColumn, key: KeyColumn) -> Postings:
    """The postings of these entries; repeats of a key within one owner count once."""
    if len(owner) and np.any(owner[1:] < owner[:-1]):
        order = np.lexsort((owner, key))
    else:
        order = np.argsort(key, kind="stable")
    owner, key = owner[order], key[order]
    fresh = np.ones(len(key), dtype=bool)
    fresh[1:] = (key[1:] != key[:-1]) | (owner[1:] != owner[:-1])
    owner, key = owner[fresh], key[fresh]
    first = np.flatnonzero(np.concatenate([[True], key[1:] != key[:-1]])) if len(key) else np.zeros(0, dtype=np.int64)
    return Postings(owner=owner, first=first, size=np.diff(np.append(first, len(key))))


def join_keys(owner: IntColumn, key: KeyColumn, *, key_max: int) -> Candidates:
    """The pairs of owners that share a key owned by at most `key_max` of them."""
    return join_postings(post(owner, key), key_max=key_max)


def join_postings(postings: Postings, *, key_max: int) -> Candidates:
    """The same, where the keys are sorted already.

    Cost follows the pairs that come out: a key of d owners gives d·(d-1)/2, so `key_max` bounds it by
    len(key) · key_max / 2.
    """
    size = postings.size
    owners = max(1, int(np.count_nonzero(np.bincount(postings.owner)))) if len(size) else 1
    lefts: list[IntColumn] = []
    rights: list[IntColumn] = []
    weights: list[FloatColumn] = []
    for n in np.unique(size[(size > 1) & (size <= key_max)]).tolist():
        members = postings.owner[postings.first[size == n][:, None] + np.arange(n)]
        a, b = np.triu_indices(n, 1)
        lefts.append(members[:, a].ravel())
        rights.append(members[:, b].ravel())
        weights.append(np.full(len(members) * len(a), np.log(owners / n)))
    cut = size[size > key_max]
    return _count(lefts, rights, weights, (len(cut), int((cut * (cut - 1) // 2).sum())))


def _count(
    lefts: list[IntColumn], rights: list[IntColumn], weights: list[FloatColumn], cut: tuple[int, int]
) -> Candidates:
    """Each pair once, with how often it came up."""
    left = np.concatenate([*lefts, np.zeros(0, dtype=np.int64)])
    right = np.concatenate([*rights, np.zeros(0, dtype=np.int64)])
    width = int(right.max()) + 1 if len(right) else 1
    pair, place, shared = np.unique(left * width + right, return_inverse=True, return_counts=True)
    weight = np.bincount(place, weights=np.concatenate([*weights, np.zeros(0)]), minlength=len(pair))
    return Candidates(
        left=pair // width,
        right=pair % width,
        shared=shared.astype(np.int64),
        weight=weight.astype(np.float64),
        keys_cut=cut[0],
        pairs_cut=cut[1],
    )


def neighbours(vectors: FloatMatrix, *, floor: float, count_max: int) -> ScoredPairs:
    """For each unit vector its up to `count_max` nearest others of cosine ≥ `floor`, as pairs `left` < `right`.

    Exact: a blocked matrix product. A pair comes when either of the two counts the other among its nearest.
    """
    lefts, rights, scores = [], [], []
    for start, block in row_blocks(vectors):
        cosine = block @ vectors.T
        rows = np.arange(len(block))
        cosine[rows, start + rows] = -1.0
        best = _highest(cosine, min(count_max, len(vectors)))
        score = np.take_along_axis(cosine, best, axis=1)
        row, place = np.nonzero(score >= floor)
        lefts.append(row + start)
        rights.append(best[row, place])
        scores.append(score[row, place])
    a = np.concatenate([*lefts, np.zeros(0, dtype=np.int64)])
    b = np.concatenate([*rights, np.zeros(0, dtype=np.int64)])
    found: FloatColumn = np.concatenate([*scores, np.zeros(0, dtype=np.float32)]).astype(np.float64)
    low, high = np.minimum(a, b), np.maximum(a, b)
    _, once = np.unique(low * max(1, len(vectors)) + high, return_index=True)
    return ScoredPairs(left=low[once], right=high[once], score=found[once])


def _highest(cosine: FloatMatrix, count: int) -> IntColumn:
    """For each row the places of its `count` highest; few rows at once, for places take twice the room of cosines."""
    best = np.zeros((len(cosine), count), dtype=np.int64)
    for i in range(0, len(cosine) if count else 0, ROWS_A_SORT):
        best[i : i + ROWS_A_SORT] = np.argpartition(-cosine[i : i + ROWS_A_SORT], count - 1, axis=1)[:, :count]
    return best


def row_blocks(vectors: FloatMatrix) -> Iterator[tuple[int, FloatMatrix]]:
    """The rows in blocks small enough to be multiplied with all rows, each with the place of its first."""
    for start in range(0, len(vectors), ROWS_A_BLOCK):
        yield start, vectors[start : start + ROWS_A_BLOCK]


def judge_pairs(
    candidates: Candidates, judge: Callable[[IntColumn, IntColumn], FloatColumn], *, batch: int = 4096
) -> ScoredPairs:
    """The candidates with the score that a judge gives each; the judge sees at most `batch` pairs a call."""
    score = np.zeros(len(candidates), dtype=np.float64)
    for i in range(0, len(candidates), batch):
        score[i : i + batch] = judge(candidates.left[i : i + batch], candidates.right[i : i + batch])
    return ScoredPairs(left=candidates.left, right=candidates.right, score=score)
