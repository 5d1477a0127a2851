"""Prepared columns → the pairs of near copies, and of articles that may tell of one event."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from copydesk.desk.corpus.joining import NOBODY, Joined, in_order, join_out_of_core
from copydesk.desk.corpus.schemas import load_arrow
from copydesk.linking import ScoredPairs
from copydesk.linking.columns import BoolColumn, FloatColumn, IntColumn, KeyColumn
from copydesk.tracing.fingerprints import NEAR_ARTICLES_MAX, NEAR_MIN, NEAR_SHARE

# A word joins an article with the next few in time that have it, too, and with no others; one that more articles have than
# this says nothing. Two articles may tell of one event when the words that join them are this share (a cosine of rarities)
# of what they say. Seen on stories/newscluster (372 articles, 69 events): .98 of the pairs of one event are in one block of
# 43, the largest of 90; a floor of .12 keeps .96 and one of .08 .996, with a block of 330. Days that are far apart part
# nothing: where the day of a crawl is given as that of publication, that lost a tenth of the pairs. Fewer than WORDS_MIN words
# are chance in short articles: of 2,000 of two sentences from different articles, a fifth of them copies, 1,509 were in blocks
# without such a floor and 772 with it; on newscluster floors of up to 6 lose no pair.
CROWD, COMMON_SHARE, COMMON_LEAST = 6, 0.02, 30
EVENT_FLOOR, WORDS_MIN = 0.1, 4
UNDATED = -1
Read = Iterator[tuple[IntColumn, KeyColumn]]


def read_entries(files: Sequence[Path], column: str) -> Read:
    """The keys of one column of all files with the numbers of the articles that have them; a file in memory at a time."""
    first = 0
    for path in files:
        held = load_arrow("parquet").read_table(path, columns=[column])[column].combine_chunks()
        ends = np.diff(held.offsets.to_numpy()) if len(held) else NOBODY
        yield np.repeat(np.arange(first, first + len(ends)), ends), held.flatten().to_numpy().astype(np.uint64)
        first += len(ends)


def read_days(files: Sequence[Path]) -> IntColumn:
    """The day on which each article was published, -1 where nobody knows."""
    parts = [load_arrow("parquet").read_table(p, columns=["day"])["day"].fill_null(UNDATED).to_numpy() for p in files]
    return np.concatenate([NOBODY, *parts]).astype(np.int64)


def find_near(files: Sequence[Path], count: int, folder: Path) -> Joined:
    """The pairs that `find_near_copies` gives for all texts together, with their share of fingerprints as the score.

    A fingerprint that too many articles have joins each with the first and the next of them: forty prints of one text hang
    together, for they are neighbours by all that they have in common; articles with an idiom in common are not.
    """
    size = np.zeros(max(1, count), dtype=np.int32)
    total = 0
    for owner, key in read_entries(files, "fingerprints"):
        total += len(key)
        size += np.bincount(owner, minlength=len(size)).astype(np.int32)
    cut = [0, 0]

    def join(key: KeyColumn, owner: IntColumn) -> tuple[IntColumn, IntColumn, FloatColumn]:
        first, owners = _groups(key)
        if not len(key):
            return NOBODY, NOBODY, np.zeros(0)
        large = owners[owners > NEAR_ARTICLES_MAX].astype(np.int64)
        cut[0] += len(large)
        cut[1] += int((large * (large - 1) // 2).sum())
        lefts, rights = [NOBODY], [NOBODY]
        for n in range(2, NEAR_ARTICLES_MAX + 1):
            members = owner[first[owners == n][:, None] + np.arange(n)]
            a, b = np.triu_indices(n, 1)
            lefts.append(members[:, a].ravel())
            rights.append(members[:, b].ravel())
        many = np.repeat(owners > NEAR_ARTICLES_MAX, owners)
        head = np.repeat(owner[first], owners)
        after = many[1:] & (key[1:] == key[:-1])
        lefts.append(owner[:-1][after])
        rights.append(owner[1:][after])
        second = after & (owner[:-1] != head[1:])
        lefts.append(head[1:][second])
        rights.append(owner[1:][second])
        left = np.concatenate(lefts)
        return left, np.concatenate(rights), np.ones(len(left))

    parts, spent = join_out_of_core(read_entries(files, "fingerprints"), total, join, folder)
    kept = []
    for left, right, shared, _ in parts:
        fewer = np.minimum(size[left], size[right])
        near: BoolColumn = (shared >= NEAR_MIN) & (shared >= NEAR_SHARE * fewer)
        kept.append((left[near], right[near], shared[near] / fewer[near]))
    return Joined(pairs=in_order(kept), entries=spent()[0], keys_cut=cut[0], pairs_cut=cut[1], spilled=spent()[1])


def find_alike(files: Sequence[Path], days: IntColumn, folder: Path) -> Joined:
    """The pairs whose openings share so many rare words, near in time, that they may tell of one event."""
    count = len(days)
    common = max(COMMON_LEAST, int(COMMON_SHARE * count))
    total = sum(len(key) for _, key in read_entries(files, "words"))
    norm = np.zeros(max(1, count), dtype=np.float64)
    cut = [0, 0]

    def join(key: KeyColumn, owner: IntColumn) -> tuple[IntColumn, IntColumn, FloatColumn]:
        order = np.lexsort((owner, days[owner], key))
        key, owner = key[order], owner[order]
        owners = _groups(key)[1]
        rarity = np.log(max(2, count) / owners) ** 2
        each = np.repeat(rarity, owners)
        np.add.at(norm, owner, np.where(np.repeat(owners, owners) > 1, each, 0.0))
        cut[0] += int(np.count_nonzero(owners > common))
        open_ = np.repeat((owners > 1) & (owners <= common), owners)
        found: list[tuple[IntColumn, IntColumn, FloatColumn]] = [(NOBODY, NOBODY, np.zeros(0))]
        for step in range(1, CROWD + 1):
            same = (key[step:] == key[:-step]) & open_[step:]
            a, b = owner[:-step][same], owner[step:][same]
            found.append((np.minimum(a, b), np.maximum(a, b), each[step:][same]))
        left, right, weight = (np.concatenate(column) for column in zip(*found, strict=True))
        return left, right, weight

    parts, spent = join_out_of_core(read_entries(files, "words"), total, join, folder)
    kept = []
    for left, right, weight, words in parts:
        score = weight / np.maximum(1e-9, np.sqrt(norm[left] * norm[right]))
        alike: BoolColumn = (score >= EVENT_FLOOR) & (words >= WORDS_MIN)
        kept.append((left[alike], right[alike], score[alike]))
    return Joined(pairs=in_order(kept), entries=spent()[0], keys_cut=cut[0], pairs_cut=0, spilled=spent()[1])


def _groups(key: KeyColumn) -> tuple[IntColumn, IntColumn]:
    """Of each distinct key of sorted ones where it first stands, and how often."""
    if not len(key):
        return NOBODY, NOBODY
    first = np.flatnonzero(np.concatenate([[True], key[1:] != key[:-1]]))
    return first, np.diff(np.append(first, len(key)))


def both(copies: ScoredPairs, alike: ScoredPairs) -> ScoredPairs:
    """All pairs; a near copy outranks whatever is only alike."""
    return ScoredPairs(
        left=np.concatenate([copies.left, alike.left]),
        right=np.concatenate([copies.right, alike.right]),
        score=np.concatenate([copies.score + 1.0, alike.score]),
    )
