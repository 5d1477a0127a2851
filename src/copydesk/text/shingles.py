"""Word sequences → n-gram fingerprints, the same in every run and on every machine."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Hashes: TypeAlias = NDArray[np.uint64]
Places: TypeAlias = NDArray[np.int64]

_FACTOR = np.uint64(0x9E3779B97F4A7C15)
_MIX = np.uint64(0xBF58476D1CE4E5B9)
_SHIFT = np.uint64(31)


@lru_cache(maxsize=1 << 17)
def hash_word(key: str) -> int:
    """64 bits of one folded word."""
    return int.from_bytes(hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def hash_words(keys: Sequence[str]) -> Hashes:
    """64 bits a word, in order."""
    return np.fromiter((hash_word(k) for k in keys), dtype=np.uint64, count=len(keys))


def hash_ngrams(words: Hashes, n: int) -> Hashes:
    """64 bits for each run of n words, by the place of its first word; empty when there are fewer."""
    count = len(words) - n + 1
    if count <= 0:
        return np.zeros(0, dtype=np.uint64)
    with np.errstate(over="ignore"):
        total = np.zeros(count, dtype=np.uint64)
        for i in range(n):
            total = (total ^ words[i : i + count]) * _FACTOR
            total ^= total >> _SHIFT
        return total * _MIX


def winnow(hashes: Hashes, window: int) -> Places:
    """The places of a sample of hashes that two texts with a common run of `window` hashes both choose from it.

    The smallest of each window, the rightmost of equals (Schleimer, Wilkerson and Aiken 2003).
    """
    if len(hashes) == 0:
        return np.zeros(0, dtype=np.int64)
    if len(hashes) <= window:
        return np.array([len(hashes) - 1 - int(np.argmin(hashes[::-1]))], dtype=np.int64)
    windows = np.lib.stride_tricks.sliding_window_view(hashes, window)[:, ::-1]
    chosen = np.arange(len(windows)) + window - 1 - np.argmin(windows, axis=1)
    return np.unique(chosen).astype(np.int64)
