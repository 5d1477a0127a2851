"""Corpus → the pairs of articles that are worth comparing, and what was left out."""

from __future__ import annotations

import numpy as np

from copydesk.linking import ScoredPairs, join_keys, neighbours
from copydesk.linking.columns import FloatMatrix, IntColumn, KeyColumn
from copydesk.text.shingles import hash_ngrams, winnow
from copydesk.tracing.corpus import Corpus
from copydesk.tracing.options import TracingOptions

GRAM = 5  # words a fingerprint
WINDOW = 4  # any common run of GRAM + WINDOW - 1 = 8 words is found
ARTICLES_A_SENTENCE = 30  # articles that carry one very sentence: more are joined by fingerprints anyway

Pair = tuple[int, int]


def find_candidates(corpus: Corpus, vectors: FloatMatrix, options: TracingOptions) -> list[Pair]:
    """Pairs of articles, in order, that share fingerprints or have sentences of like meaning."""
    pairs = set(_by_fingerprints(corpus, options))
    pairs |= set(_by_meaning(corpus, vectors, options))
    return sorted(pairs)


def fingerprints(corpus: Corpus) -> tuple[IntColumn, KeyColumn]:
    """The winnowed fingerprints of every article, as owner and key."""
    owners, keys = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.uint64)]
    for number, body in enumerate(corpus.bodies):
        grams = hash_ngrams(corpus.word_hash[body.word], GRAM)
        chosen = np.unique(grams[winnow(grams, WINDOW)])
        owners.append(np.full(len(chosen), number, dtype=np.int64))
        keys.append(chosen)
    return np.concatenate(owners), np.concatenate(keys)


def _by_fingerprints(corpus: Corpus, options: TracingOptions) -> list[Pair]:
    owner, key = fingerprints(corpus)
    joined = join_keys(owner, key, key_max=options.fingerprint_articles_max)
    enough = joined.shared >= options.fingerprints_min
    pairs = list(zip(joined.left[enough].tolist(), joined.right[enough].tolist(), strict=True))
    return pairs + _by_frequent(owner, key, options)


def _by_frequent(owner: IntColumn, key: KeyColumn, options: TracingOptions) -> list[Pair]:
    """Articles most of whose fingerprints are too frequent to join: each with the first and the next of its kind.

    So forty prints of one text hang together, at one pair an article instead of forty.
    """
    if len(key) == 0:
        return []
    _, place, often = np.unique(key, return_inverse=True, return_counts=True)
    frequent = often[place] > options.fingerprint_articles_max
    total = np.bincount(owner)
    cut = np.bincount(owner[frequent], minlength=len(total))
    mostly = cut * 2 > total
    chosen = frequent & mostly[owner]
    order = np.lexsort((owner[chosen], place[chosen]))
    owners, keys = owner[chosen][order], place[chosen][order]
    pairs: dict[Pair, int] = {}
    first = -1
    for i in range(1, len(keys)):
        if keys[i] != keys[i - 1]:
            first = i
            continue
        first = max(first, 0)
        for other in {int(owners[first]), int(owners[i - 1])}:
            pair = (other, int(owners[i]))
            pairs[pair] = pairs.get(pair, 0) + 1
    return [pair for pair, shared in pairs.items() if shared >= options.fingerprints_min]


def _by_meaning(corpus: Corpus, vectors: FloatMatrix, options: TracingOptions) -> list[Pair]:
    """Pairs of articles with several pairs of sentences alike, the very same sentences left to the fingerprints."""
    near = neighbours(vectors, floor=options.cosine_floor, count_max=options.neighbours_max)
    sentence = np.concatenate([b.row for b in corpus.bodies] or [np.zeros(0, dtype=np.int64)])
    article = np.concatenate([np.full(len(b), i) for i, b in enumerate(corpus.bodies)] or [np.zeros(0, dtype=np.int64)])
    _, once = np.unique(sentence * max(1, len(corpus.bodies)) + article, return_index=True)
    sentence, article = sentence[once], article[once].astype(np.int64)
    first = np.searchsorted(sentence, np.arange(len(corpus.sentences)), side="left")
    count = np.minimum(np.searchsorted(sentence, np.arange(len(corpus.sentences)), side="right") - first, ARTICLES_A_SENTENCE)
    return _enough(*_cross(near, article, (first, count)), options.sentences_min)


def _cross(near: ScoredPairs, article: IntColumn, carriers: tuple[IntColumn, IntColumn]) -> tuple[IntColumn, IntColumn]:
    """Every pair of articles that carry the two sentences of a near pair."""
    first, count = carriers
    n, m = count[near.left], count[near.right]
    of = np.repeat(np.arange(len(near)), n * m)
    inside = np.arange(len(of)) - np.repeat(np.cumsum(n * m) - n * m, n * m)
    left = article[first[near.left][of] + inside // np.maximum(1, m[of])]
    right = article[first[near.right][of] + inside % np.maximum(1, m[of])]
    return left, right


def _enough(left: IntColumn, right: IntColumn, least: int) -> list[Pair]:
    low, high = np.minimum(left, right), np.maximum(left, right)
    width = int(high.max()) + 1 if len(high) else 1
    pair, shared = np.unique((low * width + high)[low != high], return_counts=True)
    kept = pair[shared >= least]
    return list(zip((kept // width).tolist(), (kept % width).tolist(), strict=True))
