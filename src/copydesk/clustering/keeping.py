"""What clustering knows of articles, as columns: kept, and taken up again, so that only what is new need be weighed and scored.

Numbers are of the machine's own order of bytes, lowest first wherever copydesk runs. Articles go by their place in
`KeptArticles.ids`, terms by their line in `KeptTerms.terms`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

Kind = TypeVar("Kind", np.float32, np.float64, np.int32, np.uint32)
WHOLE, REAL, ROUGH, BITS = np.dtype("<i4"), np.dtype("<f8"), np.dtype("<f4"), np.dtype("<u4")
ROWS_A_PART = 256  # articles whose rows are kept in one record: full ones are written once


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptArticles:
    """The articles: of each where it stands in order of publication, from which day to which it was published, its keys."""

    ids: tuple[str, ...]
    days: bytes
    keys: bytes
    key_counts: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptTerms:
    """The terms, and of each the share of news at large, the articles learned from that hold it, and its hash."""

    terms: str
    news: bytes
    owners: bytes
    hashes: bytes
    articles: int


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptPairs:
    """Of each article those that were there before it and are like it, and how alike they are."""

    counts: bytes
    others: bytes
    scores: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptGroups:
    """Groups before they are cut: how many articles each has, those in order of id with how much of a line each is and
    the number of its story within the group, and the lowest likeness at which two parts became one."""

    sizes: bytes
    articles: bytes
    weights: bytes
    parts: bytes
    least: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptRows:
    """The weighed rows of some articles, and the meanings of their openings."""

    lengths: bytes
    columns: bytes
    weights: bytes
    meanings: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """All of it; `must` and `cannot` are the certain pairs of articles, `learned` how many articles terms are weighed by.

    `rows` are parts of `ROWS_A_PART` articles each, the last of them of fewer. Who takes it up says which articles are
    `changed`, as `holds_without` allows.
    """

    learned: int
    articles: KeptArticles
    terms: KeptTerms
    pairs: KeptPairs
    groups: KeptGroups
    must: bytes
    cannot: bytes
    rows: tuple[KeptRows, ...] = ()
    changed: tuple[str, ...] = ()

    def holds_without(self, articles: Collection[str]) -> bool:
        """Whether the rest holds where these articles have another text or day: no term was learned of them."""
        days = unpack(self.articles.days, REAL).reshape(-1, 3)[:, 0].tolist()
        order = sorted(zip(days, self.articles.ids, strict=True))
        return not {article for _, article in order[: self.learned]} & set(articles)


def pack(values: Iterable[Any] | NDArray[Any], kind: np.dtype[Any]) -> bytes:
    """A column of numbers as bytes."""
    column = values if isinstance(values, np.ndarray) else np.array(list(values), dtype=kind)
    return column.astype(kind).tobytes()


def unpack(column: bytes, kind: np.dtype[Any]) -> NDArray[Any]:
    """The numbers of a column; they can be changed."""
    return np.frombuffer(column, dtype=kind).copy()


def slices(counts: Sequence[int]) -> Iterator[slice]:
    """Where the entries of each of many stand that lie one behind the other."""
    end = 0
    for count in counts:
        yield slice(end, end := end + count)
