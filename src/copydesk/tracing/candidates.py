"""Corpus → the pairs of articles that are worth comparing, and what was left out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from copydesk.linking import Candidates, Postings, ScoredPairs, join_keys, join_postings, neighbours, post
from copydesk.linking.columns import BoolColumn, IntColumn, KeyColumn
from copydesk.tracing.corpus import Corpus
from copydesk.tracing.fingerprints import fingerprint
from copydesk.tracing.options import TracingOptions
from copydesk.tracing.screen import Pair, screen
from copydesk.tracing.vectors import Vectors

# Words that at most so many articles have; that two must share; of one article that are looked at. With these the copies
# set loses none of its links and 36 of the 2,015 pairs that all sentences against all give.
RARE_CARRIERS_MAX, RARE_WORDS_MIN, RARE_WORDS_MAX = 20, 4, 100
# Share of the shorter body's fingerprints that the other has too from which a pair needs no screen: notes in telegram
# style and lists hold no sentence to tell by.
PLAIN_SHARE = 1 / 3
BODIES_A_PASS = 256  # whose words are held as one column at once
ARTICLES_A_SENTENCE = 30  # articles that carry one very sentence: more are joined by fingerprints anyway


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocked:
    """The pairs of articles worth comparing, in order; and how many keys were too frequent to join any, with the pairs
    that they would have given."""

    pairs: tuple[Pair, ...]
    keys_cut: int
    pairs_cut: int


def find_candidates(corpus: Corpus, vectors: Vectors, options: TracingOptions) -> Blocked:
    """Pairs of articles that share fingerprints or rare words, and of which several sentences are alike."""
    postings = post(*fingerprints(corpus))
    joined = join_postings(postings, key_max=options.fingerprint_articles_max)
    enough = joined.shared >= options.fingerprints_min
    held = np.bincount(postings.owner, minlength=len(corpus.bodies))
    plain = enough & (joined.shared >= PLAIN_SHARE * np.minimum(held[joined.left], held[joined.right]))
    pairs = _pairs(joined, plain) | set(_by_frequent(postings, options))
    if options.exhaustive:
        pairs |= _pairs(joined, enough) | set(_by_meaning(corpus, vectors, options))
    else:
        doubtful = (_pairs(joined, enough) | _by_rare_words(corpus)) - pairs
        pairs |= set(screen(corpus, vectors, doubtful, options))
    return Blocked(pairs=tuple(sorted(pairs)), keys_cut=joined.keys_cut, pairs_cut=joined.pairs_cut)


def fingerprints(corpus: Corpus) -> tuple[IntColumn, KeyColumn]:
    """The winnowed fingerprints of every article, as owner and key, by place."""
    owners, keys = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.uint64)]
    for first in range(0, len(corpus.bodies), BODIES_A_PASS):
        words = [corpus.word_hash[body.word] for body in corpus.bodies[first : first + BODIES_A_PASS]]
        owner, key = fingerprint(np.concatenate(words), np.array([len(w) for w in words], dtype=np.int64))
        owners.append(owner + first)
        keys.append(key)
    return np.concatenate(owners), np.concatenate(keys)


def _pairs(joined: Candidates, chosen: BoolColumn) -> set[Pair]:
    return set(zip(joined.left[chosen].tolist(), joined.right[chosen].tolist(), strict=True))


def _by_frequent(postings: Postings, options: TracingOptions) -> list[Pair]:
    """Articles most of whose fingerprints are too frequent to join: each with the first and the next of its kind.

    So forty prints of one text hang together, at one pair an article instead of forty.
    """
    owner, place = postings.owner, np.repeat(np.arange(len(postings.size)), postings.size)
    if len(owner) == 0:
        return []
    frequent = postings.size[place] > options.fingerprint_articles_max
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


def _by_meaning(corpus: Corpus, vectors: Vectors, options: TracingOptions) -> list[Pair]:
    """Pairs of articles with several pairs of sentences alike, every sentence held against every other: what blocking and
    the screen are measured against."""
    every = vectors.of(np.arange(len(corpus.sentences)))
    near = neighbours(every, floor=options.cosine_floor, count_max=max(1, len(every)))
    sentence = np.concatenate([b.row for b in corpus.bodies] or [np.zeros(0, dtype=np.int64)])
    article = np.concatenate([np.full(len(b), i) for i, b in enumerate(corpus.bodies)] or [np.zeros(0, dtype=np.int64)])
    _, once = np.unique(sentence * max(1, len(corpus.bodies)) + article, return_index=True)
    sentence, article = sentence[once], article[once].astype(np.int64)
    first = np.searchsorted(sentence, np.arange(len(corpus.sentences)), side="left")
    count = np.minimum(
        np.searchsorted(sentence, np.arange(len(corpus.sentences)), side="right") - first, ARTICLES_A_SENTENCE
    )
    return _enough(*_cross(near, article, (first, count)), options.sentences_min)


def _by_rare_words(corpus: Corpus) -> set[Pair]:
    """Articles that share rare words: who rewords a text keeps its names and numbers."""
    owner, word = rare_words(corpus, RARE_CARRIERS_MAX)
    joined = join_keys(owner, word, key_max=RARE_CARRIERS_MAX)
    return _pairs(joined, joined.shared >= RARE_WORDS_MIN)


def rare_words(corpus: Corpus, articles_max: int) -> tuple[IntColumn, KeyColumn]:
    """The words that few articles have, as owner and key; of a long article its rarest."""
    width = max(1, len(corpus.words))
    every = np.repeat(np.arange(len(corpus.bodies)), [len(body.word) for body in corpus.bodies])
    both = np.sort(
        every * width + np.concatenate([*(body.word for body in corpus.bodies), np.zeros(0, dtype=np.int64)])
    )
    both = both[np.diff(both, prepend=-1) > 0]
    owner, word = both // width, both % width
    carriers = np.bincount(word, minlength=width)[word]
    rare = (carriers > 1) & (carriers <= articles_max)
    owner, word, carriers = owner[rare], word[rare], carriers[rare]
    order = np.lexsort((word, carriers, owner))
    owner, word = owner[order], word[order]
    kept = np.arange(len(owner)) - np.searchsorted(owner, owner) < RARE_WORDS_MAX
    return owner[kept], corpus.word_hash[word[kept]]


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
