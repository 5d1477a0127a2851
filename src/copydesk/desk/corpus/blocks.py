"""Pairs → blocks of articles that must be looked at together, and blocks → buckets, the units of further work."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from copydesk.linking import ScoredPairs, connect
from copydesk.linking.columns import IntColumn

BLOCK_MAX = 1_000  # articles of one block: its pairs are held against each other, so that time grows with the square
BUCKET = 1_000  # articles of a bucket at least: what one worker takes at once
BUCKETS_MAX = 400  # files open at once while articles are sorted into them
STEPS = 24  # in which the floor of an oversize block is raised, each by a tenth of the way up


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocks:
    """The block and the bucket of each article, by number; and the pairs that no block holds, because it was too large."""

    block: IntColumn
    bucket: IntColumn
    buckets: int
    pairs_cut: int
    copies_cut: int

    def sizes(self) -> IntColumn:
        return np.bincount(self.block).astype(np.int64)


def make_blocks(count: int, pairs: ScoredPairs) -> Blocks:
    """Connected components; one of more than BLOCK_MAX articles falls apart where it hangs together least.

    Near copies (score 1 and more) are the last to be parted.
    """
    alive = np.ones(len(pairs), dtype=bool)
    label = connect(count, pairs.left, pairs.right)
    floor = float(pairs.score.min()) if len(pairs) else 0.0
    for _ in range(STEPS):
        large = np.bincount(label, minlength=1)[label] > BLOCK_MAX
        if not large.any():
            break
        inside = alive & large[pairs.left]
        floor = max(floor * 1.1, float(np.quantile(pairs.score[inside], 0.1))) if inside.any() else floor * 1.1
        alive &= ~(inside & (pairs.score < floor))
        label = connect(count, pairs.left[alive], pairs.right[alive])
    label = _split(label)
    cut = label[pairs.left] != label[pairs.right]
    bucket = _fill(label)
    return Blocks(
        block=label, bucket=bucket, buckets=int(bucket.max()) + 1 if count else 0,
        pairs_cut=int(np.count_nonzero(cut)), copies_cut=int(np.count_nonzero(cut & (pairs.score >= 1.0))),
    )  # fmt: skip


def _split(label: IntColumn) -> IntColumn:
    """What still is too large is cut by number: thousands of prints of one text."""
    order = np.argsort(label, kind="stable")
    first = np.searchsorted(label[order], label[order], side="left")
    piece = np.zeros(len(label), dtype=np.int64)
    piece[order] = (np.arange(len(label)) - first) // BLOCK_MAX
    _, place, number = np.unique(np.stack([label, piece]), axis=1, return_index=True, return_inverse=True)
    rank = np.empty(len(place), dtype=np.int64)
    rank[np.argsort(place, kind="stable")] = np.arange(len(place))
    return rank[number.ravel()]


def _fill(label: IntColumn) -> IntColumn:
    """Blocks in order of their first article, in buckets of at least so many articles."""
    size = np.bincount(label) if len(label) else np.zeros(0, dtype=np.int64)
    room = max(BUCKET, -(-len(label) // BUCKETS_MAX))
    before = np.cumsum(size) - size
    bucket: IntColumn = (before // room).astype(np.int64)
    _, dense = np.unique(bucket, return_inverse=True)
    return dense.astype(np.int64)[label]
