"""The likeness of all candidate pairs → what each pair is among those of its articles: the best, next to other likenesses, alone."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from copydesk.aligning.units import Unit
from copydesk.linking.columns import FloatColumn, FloatMatrix, IntColumn

BEST_MAX = 5  # clauses of an article, those that the other article comes nearest to, by which "articles' best" goes


def kinship(
    base: FloatColumn, pairs: tuple[IntColumn, IntColumn], article: IntColumn, sentences: FloatMatrix
) -> tuple[FloatColumn, FloatColumn, FloatColumn]:
    """How far each pair's two articles are about one thing at all: by the meaning of their sentences, by how much of one
    has a likeness in the other, and by the likeness of their nearest clauses.

    Two articles of one topic have always some clauses that are each other's best; only articles that share much more
    than one clause are likely to say one thing twice.
    """
    if not len(base):
        return base, base, base
    articles = int(article.max()) + 1
    size = np.bincount(article, minlength=articles).astype(np.float64)
    mean = np.zeros((articles, sentences.shape[1]))
    np.add.at(mean, article, sentences)
    mean /= np.maximum(np.linalg.norm(mean, axis=1, keepdims=True), 1e-9)
    one, other = article[pairs[0]], article[pairs[1]]
    alike = np.einsum("ij,ij->i", mean[one], mean[other])
    units, others = np.concatenate(pairs), np.concatenate([other, one])
    key, place = np.unique(units * articles + others, return_inverse=True)
    best = np.zeros(len(key))
    np.maximum.at(best, place, np.concatenate([base, base]))
    way, group = np.unique(article[key // articles] * articles + key % articles, return_inverse=True)
    share = np.bincount(group, best) / size[way // articles]
    order = np.lexsort((-best, group))
    rank = np.arange(len(order)) - np.searchsorted(group[order], group[order])
    first = order[rank < BEST_MAX]
    top = np.bincount(group[first], best[first]) / np.bincount(group[first])
    there, back = np.searchsorted(way, one * articles + other), np.searchsorted(way, other * articles + one)
    return alike, np.maximum(share[there], share[back]), (top[there] + top[back]) / 2


def ranks(base: FloatColumn, pairs: tuple[IntColumn, IntColumn], article: IntColumn) -> tuple[FloatColumn, FloatColumn]:
    """Whether each is the other's best in its article (½ for one side), and the lead over the best rival."""
    best, lead = np.zeros(len(base)), np.zeros(len(base))
    for one, other in ((0, 1), (1, 0)):
        key = pairs[one] * (int(article.max()) + 1 if len(article) else 1) + article[pairs[other]]
        order = np.lexsort((-base, key))
        ordered = key[order]
        first = np.concatenate([[True], ordered[1:] != ordered[:-1]]) if len(order) else np.zeros(0, bool)
        start = np.flatnonzero(first)
        group = np.cumsum(first) - 1
        top = base[order[start]] if len(start) else base[:0]
        second = np.zeros(len(start))
        follows = start + 1
        has = (follows < len(order)) & (np.append(first, True)[np.minimum(follows, len(order))] == False)  # noqa: E712
        second[has] = base[order[follows[has]]]
        rival = np.where(first, second[group], top[group])
        best[order] += 0.5 * first
        lead[order] += 0.5 * (base[order] - rival)
    return best, lead


def neighbours_alike(base: FloatColumn, pairs: tuple[IntColumn, IntColumn], units: Sequence[Unit]) -> FloatColumn:
    """How alike what stands next to both units of a pair is: two reports often run on together. The pairs are in order."""
    n = len(units)
    after, before = np.full(n + 1, n, dtype=np.int64), np.full(n + 1, n, dtype=np.int64)
    order = sorted(range(n), key=lambda k: (units[k].index, units[k].first))
    for one, other in pairwise(order):
        if units[one].index == units[other].index:
            after[one], before[other] = other, one
    key = pairs[0] * (n + 1) + pairs[1]
    found = np.zeros(len(key))
    for ours in (after, before) if len(key) else ():
        for theirs in (after, before):
            left, right = ours[pairs[0]], theirs[pairs[1]]
            wanted = np.minimum(left, right) * (n + 1) + np.maximum(left, right)
            at = np.minimum(np.searchsorted(key, wanted), len(key) - 1)
            hit = key[at] == wanted
            found[hit] = np.maximum(found[hit], base[at[hit]])
    return found
