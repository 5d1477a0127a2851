"""Corpus → the sentences that recur in articles which have nothing else in common: notices, captions, sign-up forms.

Copies of one text recur too, but on one topic. What stands in three articles of different topics was copied from nowhere.
"""

from __future__ import annotations

import re

import numpy as np

from copydesk.linking.columns import BoolColumn, FloatMatrix, IntColumn
from copydesk.tracing.corpus import Corpus
from copydesk.tracing.vectors import Vectors

_DIGIT = re.compile(r"\d")
ARTICLES_MIN = 3
SAMPLE = 12  # of the articles that carry a sentence, enough to tell their topics apart
TOPIC = 0.5  # mean cosine of articles' mean vectors; two reports of one story have about .8, of two stories about .3


class Stock:
    """Which distinct sentences are stock; sentences that differ in figures alone count as one."""

    def __init__(self, corpus: Corpus, vectors: Vectors) -> None:
        key_of: dict[str, int] = {}
        self._keys = np.array([key_of.setdefault(_key(s), len(key_of)) for s in corpus.sentences], dtype=np.int64)
        owner = np.repeat(np.arange(len(corpus.bodies)), [len(body) for body in corpus.bodies])
        row = np.concatenate([*(body.row for body in corpus.bodies), np.zeros(0, dtype=np.int64)])
        both = np.sort(self._keys[row] * max(1, len(corpus.bodies)) + owner)
        self._both = both[np.diff(both, prepend=-1) > 0]  # each key with each article that carries it
        self._corpus, self._vectors = corpus, vectors
        self._topics: dict[int, FloatMatrix] = {}
        self._found: dict[int, bool] = {}

    def of(self, rows: IntColumn) -> BoolColumn:
        """Whether each of these rows is stock."""
        return np.array([self._is_stock(key) for key in self._keys[rows].tolist()], dtype=bool)

    def _is_stock(self, key: int) -> bool:
        if key not in self._found:
            width = max(1, len(self._corpus.bodies))
            first, last = np.searchsorted(self._both, [key * width, (key + 1) * width])
            articles = (self._both[first:last] % width).tolist()
            self._found[key] = len(articles) >= ARTICLES_MIN and self._differ(articles[:SAMPLE])
        return self._found[key]

    def _differ(self, articles: list[int]) -> bool:
        """Whether these articles are on different topics."""
        topics = np.stack([self._topic(article) for article in articles])
        n = len(topics)
        cosine = topics @ topics.T
        return bool((float(cosine.sum()) - n) / (n * (n - 1)) < TOPIC)

    def _topic(self, article: int) -> FloatMatrix:
        if article not in self._topics:
            mean = self._vectors.of(self._corpus.bodies[article].row).mean(axis=0)
            self._topics[article] = mean / max(1e-6, float(np.linalg.norm(mean)))
        return self._topics[article]


def _key(sentence: str) -> str:
    return _DIGIT.sub("0", " ".join(sentence.casefold().split()))
