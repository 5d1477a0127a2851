"""Pairs of texts → the similarities that a peer would give: TF-IDF over words, and the mean vectors of MiniLM."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import numpy as np
from scipy.sparse import csr_array

from copydesk.language.encoder import CachedEncoder
from copydesk.linking.columns import FloatColumn

Similarity = Callable[[Sequence[str], Sequence[str]], FloatColumn]
_WORD = re.compile(r"\w+")


def tf_idf(texts: Sequence[str]) -> Similarity:
    """Cosine of TF-IDF vectors, rarity counted over `texts`."""
    held = [set(_WORD.findall(t.casefold())) for t in dict.fromkeys(texts)]
    vocabulary = {word: n for n, word in enumerate(sorted(set().union(*held)))}
    count = np.zeros(len(vocabulary))
    for words in held:
        count[[vocabulary[w] for w in sorted(words)]] += 1
    rarity = np.log((1 + len(held)) / (1 + count)) + 1

    def vectors(chosen: Sequence[str]) -> csr_array:
        words = [[vocabulary[w] for w in _WORD.findall(t.casefold())] for t in chosen]
        starts = np.cumsum([0, *map(len, words)])
        columns = np.array([c for row in words for c in row], dtype=np.int64)
        table = csr_array((rarity[columns], columns, starts), shape=(len(words), len(vocabulary)))
        table.sum_duplicates()
        norm = np.sqrt(np.asarray(table.multiply(table).sum(axis=1)).ravel())
        norm[norm == 0] = 1
        return csr_array(table.multiply((1 / norm)[:, None]))

    def similarity(ours: Sequence[str], theirs: Sequence[str]) -> FloatColumn:
        cosine: FloatColumn = np.asarray(vectors(ours).multiply(vectors(theirs)).sum(axis=1)).ravel()
        return cosine

    return similarity


def meaning(encoder: CachedEncoder) -> Similarity:
    """Cosine of sentence vectors."""

    def similarity(ours: Sequence[str], theirs: Sequence[str]) -> FloatColumn:
        cosine: FloatColumn = np.einsum("ij,ij->i", encoder.encode(ours), encoder.encode(theirs)).astype(np.float64)
        return cosine

    return similarity
