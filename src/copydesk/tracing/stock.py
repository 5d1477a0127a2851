"""Corpus → the sentences that recur in articles which have nothing else in common: notices, captions, sign-up forms.

Copies of one text recur too, but on one topic. What stands in three articles of different topics was copied from nowhere.
"""

from __future__ import annotations

import numpy as np

from copydesk.linking.columns import BoolColumn, FloatMatrix
from copydesk.tracing.corpus import Corpus

ARTICLES_MIN = 3
SAMPLE = 12  # of the articles that carry a sentence, enough to tell their topics apart
TOPIC = 0.5  # mean cosine of articles' mean vectors; two reports of one story have about .8, of two stories about .3


def find_stock(corpus: Corpus, vectors: FloatMatrix) -> BoolColumn:
    """For each distinct sentence whether it is stock; sentences that differ in figures alone count as one."""
    key_of: dict[str, int] = {}
    keys = [key_of.setdefault(_key(s), len(key_of)) for s in corpus.sentences]
    carriers: list[list[int]] = [[] for _ in key_of]
    topics = np.zeros((len(corpus.bodies), vectors.shape[1]), dtype=np.float32)
    for number, body in enumerate(corpus.bodies):
        for key in sorted({keys[row] for row in body.row.tolist()}):
            carriers[key].append(number)
        if len(body):
            mean = vectors[body.row].mean(axis=0)
            topics[number] = mean / max(1e-6, float(np.linalg.norm(mean)))
    stock = [_is_stock(topics[articles[:SAMPLE]]) if len(articles) >= ARTICLES_MIN else False for articles in carriers]
    return np.array([stock[key] for key in keys], dtype=bool)


def _key(sentence: str) -> str:
    return " ".join("".join("0" if c.isdigit() else c for c in sentence.casefold()).split())


def _is_stock(topics: FloatMatrix) -> bool:
    n = len(topics)
    cosine = topics @ topics.T
    return bool((float(cosine.sum()) - n) / (n * (n - 1)) < TOPIC)
