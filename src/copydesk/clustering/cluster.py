"""Articles, Markup, CopyLinks → Story."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np

from copydesk.clustering.chains import follow_ups
from copydesk.clustering.joins import Joins, certain_joins
from copydesk.clustering.likeness import Views, all_pairs, describe_pair, likeness, look_at
from copydesk.clustering.options import ClusteringOptions
from copydesk.linking import ScoredPairs, average_link, members
from copydesk.linking.columns import FloatMatrix
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
    joins = certain_joins(pile, options.copy_joins)
    labels = group(views, joins, options)
    groups = members(labels)
    earlier = follow_ups(views, groups, options)
    names = [story_id([pile.articles[i].id for i in g]) for g in groups]
    stories = []
    for number, g in enumerate(groups):
        before = earlier.get(number)
        stories.append(
            Story(
                id=names[number],
                articles=tuple(pile.articles[i].id for i in g),
                membership=tuple(
                    Membership(article=pile.articles[i].id, reasons=_reasons(pile, views, joins, (i, g))) for i in g
                ),
                part_of=None if before is None else names[before],
            )
        )
    return tuple(sorted(stories, key=lambda s: s.id))


def group(views: Views, joins: Joins, options: ClusteringOptions) -> np.typing.NDArray[np.int64]:
    """The story number of every article."""
    pairs = _with_certain(all_pairs(views), joins)
    return average_link(len(views), pairs, threshold=options.threshold, constraints=joins.as_constraints())


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


def _reasons(pile: Pile, views: Views, joins: Joins, place: tuple[int, list[int]]) -> tuple[str, ...]:
    """Why an article is where it is: what is certain first, then its nearest neighbour."""
    i, g = place
    inside = set(g)
    reasons = []
    for pairs in (joins.must, joins.cannot):
        for pair, why in sorted(pairs.items()):
            if i in pair and (pairs is joins.cannot or inside.issuperset(pair)):
                reasons.append(why)
    row = likeness(views, np.array([i], dtype=np.int64))[0]
    row[i] = -np.inf
    among = [j for j in g if j != i] or [j for j in range(len(row)) if j != i]
    if not among:
        return (*reasons, "the only article of the pile")
    nearest = max(among, key=lambda j: (row[j], -j))
    how = f"{pile.articles[nearest].id}, likeness {max(0.0, row[nearest]):.2f}: {describe_pair(views, i, nearest)}"
    if len(g) > 1:
        return (*reasons, f"nearest in the story is {how}")
    return (*reasons, f"no other article is near enough; the nearest is {how}")
