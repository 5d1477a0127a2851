"""Articles, Markup, CopyLinks → Story."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from copydesk.clustering.chains import follow_ups
from copydesk.clustering.joins import Joins, certain_joins
from copydesk.clustering.likeness import Views, all_pairs, describe_pair, look_at
from copydesk.clustering.options import ClusteringOptions
from copydesk.linking import ScoredPairs, average_link, members
from copydesk.linking.columns import FloatMatrix, IntColumn
from copydesk.model.piles import Pile
from copydesk.model.ports import SentenceEncoder
from copydesk.model.stories import Membership, Story

CERTAIN = 1.0  # likeness of two articles that must be together, so that both draw the same others


def cluster(pile: Pile, encoder: SentenceEncoder[FloatMatrix], options: ClusteringOptions) -> tuple[Story, ...]:
    """The stories of a pile, in order of id; every article is in exactly one.

    `pile.trace` must be filled. What does not belong with anything is a story of its own.
    """
    if not pile.articles:
        return ()
    views = look_at(pile, encoder, options.lead_words)
    pairs = all_pairs(views)
    joins = certain_joins(pile, pairs, options)
    labels = group(len(views), pairs, joins, options.threshold)
    groups = members(labels)
    earlier = follow_ups(views, pairs, labels, options)
    near = neighbours_of(pairs, labels)
    names = [story_id([pile.articles[i].id for i in g]) for g in groups]
    stories = []
    for number, g in enumerate(groups):
        before = earlier.get(number)
        stories.append(
            Story(
                id=names[number],
                articles=tuple(pile.articles[i].id for i in g),
                membership=tuple(
                    Membership(article=pile.articles[i].id, reasons=_reasons(pile, views, joins, (i, near.get(i)))) for i in g
                ),
                part_of=None if before is None else names[before],
            )
        )
    return tuple(sorted(stories, key=lambda s: s.id))


def group(count: int, pairs: ScoredPairs, joins: Joins, threshold: float) -> IntColumn:
    """The story number of every article."""
    return average_link(count, _with_certain(pairs, joins), threshold=threshold, constraints=joins.as_constraints())


def _with_certain(pairs: ScoredPairs, joins: Joins) -> ScoredPairs:
    certain = sorted(joins.must)
    return ScoredPairs(
        left=np.concatenate([pairs.left, np.array([a for a, _ in certain], dtype=np.int64)]),
        right=np.concatenate([pairs.right, np.array([b for _, b in certain], dtype=np.int64)]),
        score=np.concatenate([pairs.score, np.full(len(certain), CERTAIN)]),
    )


def story_id(articles: Sequence[str]) -> str:
    """An id that depends on which articles a story holds, not on their order."""
    return "s-" + hashlib.sha256("\n".join(sorted(articles)).encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """The article most like another: by place, in its own story where that has another."""

    place: int
    score: float
    inside: bool


def neighbours_of(pairs: ScoredPairs, labels: IntColumn) -> dict[int, Neighbour]:
    """The nearest neighbour of every article that is alike to another at all."""
    best: dict[int, Neighbour] = {}
    order = np.lexsort((pairs.right, pairs.left, -pairs.score))
    for inside in (True, False):
        chosen = order[(labels[pairs.left] == labels[pairs.right])[order] == inside]
        for a, b, score in zip(
            pairs.left[chosen].tolist(), pairs.right[chosen].tolist(), pairs.score[chosen].tolist(), strict=True
        ):
            best.setdefault(a, Neighbour(place=b, score=score, inside=inside))
            best.setdefault(b, Neighbour(place=a, score=score, inside=inside))
    return best


def _reasons(pile: Pile, views: Views, joins: Joins, place: tuple[int, Neighbour | None]) -> tuple[str, ...]:
    """Why an article is where it is: what is certain first, then its nearest neighbour."""
    i, near = place
    reasons = [why for pairs in (joins.must, joins.cannot) for pair, why in sorted(pairs.items()) if i in pair]
    if near is None:
        return (*reasons, "no other article of the pile is like it")
    how = f"{pile.articles[near.place].id}, likeness {near.score:.2f}: {describe_pair(views, i, near.place)}"
    if near.inside:
        return (*reasons, f"nearest in the story is {how}")
    return (*reasons, f"no other article is near enough; the nearest is {how}")
