"""Terms → how telling they are: learned from the pile and, beside it, from news at large."""

from __future__ import annotations

import zlib
from collections.abc import Iterable

import numpy as np

from copydesk.clustering.background import background_shares
from copydesk.clustering.keeping import BITS, REAL, WHOLE, KeptTerms, pack, unpack
from copydesk.linking.columns import FloatColumn, IntColumn

BACKGROUND_WEIGHT = 2_000  # articles that the background counts for beside the pile's own
GROWTH = 1.5  # what is learned of a pile holds until the pile has grown this much
LEARN_ALWAYS = 16  # a smaller pile is learned from whole
RAREST = 1e-9  # the least share of articles that a term is thought to have


def learned_from(count: int) -> int:
    """From how many articles of a pile of `count` terms are learned: the largest step of a ladder not above it."""
    step = LEARN_ALWAYS
    if count <= step:
        return count
    while (above := int(step * GROWTH)) <= count:
        step = above
    return step


class Rarity:
    """A number for every term, and the weight of each: the logarithm of how rare it is."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._news: FloatColumn = np.zeros(0, dtype=np.float64)  # share of news at large that holds a term
        self._owners: FloatColumn = np.zeros(0, dtype=np.float64)  # articles learned from that hold it
        self._hashes: IntColumn = np.zeros(0, dtype=np.int64)
        self._weights: FloatColumn = np.zeros(0, dtype=np.float64)  # of each term, as of what was learned last
        self._articles = 0

    @classmethod
    def resume(cls, kept: KeptTerms) -> Rarity:
        """What was known of terms when it was kept."""
        found = cls()
        found._numbers = {term: number for number, term in enumerate(kept.terms.split("\n") if kept.terms else ())}
        found._news = unpack(kept.news, REAL)
        found._owners = unpack(kept.owners, WHOLE).astype(np.float64)
        found._hashes = unpack(kept.hashes, BITS).astype(np.int64)
        found._articles = kept.articles
        found._weights = found._weigh(slice(None))
        return found

    def kept(self) -> KeptTerms:
        """All that is known of terms."""
        held = slice(len(self._numbers))
        return KeptTerms(
            terms="\n".join(self._numbers), news=pack(self._news[held], REAL), owners=pack(self._owners[held], WHOLE),
            hashes=pack(self._hashes[held], BITS), articles=self._articles,
        )  # fmt: skip

    def __len__(self) -> int:
        return len(self._numbers)

    def number(self, terms: Iterable[str]) -> IntColumn:
        """The numbers of these terms; a term not seen before gets the next."""
        wanted = list(terms)
        fresh = sorted({t for t in wanted if t not in self._numbers})
        first = len(self._numbers)
        self._numbers.update((term, first + i) for i, term in enumerate(fresh))
        if len(self._numbers) > len(self._news):
            room = max(1024, 2 * len(self._numbers))
            self._news = np.concatenate([self._news[:first], np.zeros(room - first)])
            self._owners = np.concatenate([self._owners[:first], np.zeros(room - first)])
            self._hashes = np.concatenate([self._hashes[:first], np.zeros(room - first, dtype=np.int64)])
            self._weights = np.concatenate([self._weights[:first], np.zeros(room - first)])
        if fresh:
            self._hashes[first : first + len(fresh)] = [zlib.crc32(t.encode("utf-8", "surrogatepass")) for t in fresh]
            self._news[first : first + len(fresh)] = background_shares(fresh)
            self._weights[first : first + len(fresh)] = self._weigh(slice(first, first + len(fresh)))
        return np.array([self._numbers[t] for t in wanted], dtype=np.int64)

    def learn(self, articles: Iterable[IntColumn]) -> None:
        """Counts anew, from the distinct terms of each article, in how many articles a term stands."""
        self._owners[:] = 0.0
        self._articles = 0
        for terms in articles:
            self._owners[terms] += 1.0
            self._articles += 1
        self._weights[:] = self._weigh(slice(None))

    def of(self, terms: IntColumn) -> FloatColumn:
        """The weight of each term; one of no article that was learned from counts as if one had it."""
        weights: FloatColumn = self._weights[terms]
        return weights

    def _weigh(self, terms: slice) -> FloatColumn:
        owners = np.maximum(self._owners[terms], 1.0)
        share = (owners + BACKGROUND_WEIGHT * self._news[terms]) / (self._articles + BACKGROUND_WEIGHT)
        weight: FloatColumn = -np.log(np.clip(share, RAREST, 1.0))
        return weight

    def in_news(self, terms: IntColumn) -> FloatColumn:
        """The share of news at large that holds each term."""
        shares: FloatColumn = self._news[terms]
        return shares

    def hashes(self, terms: IntColumn) -> IntColumn:
        """A number for each term that depends on its letters alone."""
        found: IntColumn = self._hashes[terms]
        return found
