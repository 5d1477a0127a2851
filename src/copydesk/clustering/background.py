"""Term → how common it is in news at large, from a small shipped sketch.

A pile of five articles about one event cannot tell a common word from a telling one. The sketch is a count-min
table: two rows of buckets, each with the share of background articles that hold a term of that bucket, on a
logarithmic scale in one byte. It lists no term, and a rare term may look more common than it is, never rarer.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from copydesk.linking.columns import FloatColumn

BUCKETS = 1 << 16
SALTS = (b"a\t", b"b\t")
STEPS_A_NAT = 24.0  # a byte counts steps of 1/24 of a natural logarithm
FILE = "background.npz"


def bucket(term: str, salt: bytes) -> int:
    """Where a term is counted in the row of this salt."""
    return zlib.crc32(salt + term.encode("utf-8", "surrogatepass")) % BUCKETS


def sketch(document_counts: Mapping[str, int], least: int) -> NDArray[np.uint8]:
    """The table for these counts of documents a term; terms in fewer than `least` documents are left out."""
    counts = np.zeros((len(SALTS), BUCKETS), dtype=np.int64)
    for term, count in document_counts.items():
        if count >= least:
            for row, salt in enumerate(SALTS):
                counts[row, bucket(term, salt)] += count
    steps = np.where(counts > 0, 1 + np.round(STEPS_A_NAT * np.log(np.maximum(counts, 1))), 0)
    return np.minimum(steps, 255).astype(np.uint8)


@lru_cache(maxsize=1)
def _shipped() -> tuple[NDArray[np.uint8], int]:
    with files("copydesk.clustering").joinpath(FILE).open("rb") as stream, np.load(stream, allow_pickle=False) as table:
        return table["steps"], int(table["documents"])


def background_shares(terms: Sequence[str] | Iterable[str]) -> FloatColumn:
    """For each term the share of background articles that hold it, 0 when it is too rare to be counted."""
    steps, documents = _shipped()
    places = np.array([[bucket(t, salt) for salt in SALTS] for t in terms], dtype=np.int64).reshape(-1, len(SALTS))
    least = np.min([steps[row, places[:, row]] for row in range(len(SALTS))], axis=0).astype(np.float64)
    shares: FloatColumn = np.where(least > 0, np.exp((least - 1) / STEPS_A_NAT) / documents, 0.0)
    return np.minimum(shares, 1.0)
