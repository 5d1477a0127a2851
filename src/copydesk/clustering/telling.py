"""Groups of articles → stories, with why each article is where it is."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from copydesk.clustering.joins import Joins
from copydesk.clustering.looks import Look, Row, describe_pair
from copydesk.linking import ScoredPairs, members
from copydesk.linking.columns import IntColumn
from copydesk.model.stories import Membership, Story


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouped:
    """Articles in order of id, the number of the story of each, their pairs by place, and for each story that goes on
    with an earlier one the number of that one."""

    articles: tuple[str, ...]
    labels: IntColumn
    pairs: ScoredPairs
    earlier: Mapping[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """The article most like another: by place, in its own story where that has another."""

    place: int
    score: float
    inside: bool


class Told:
    """The stories of one moment in order of id, their articles without the reasons; `explain` gives these."""

    def __init__(self, grouped: Grouped, joins: Joins, seen: Callable[[str], tuple[Look, Row]]) -> None:
        self._articles, self._seen = grouped.articles, seen
        self._place = {article: place for place, article in enumerate(grouped.articles)}
        self._near = neighbours_of(grouped.pairs, grouped.labels)
        self._certain: dict[str, list[str]] = {}
        for pairs in (joins.must, joins.cannot):
            for pair, why in sorted(pairs.items()):
                for article in pair:
                    self._certain.setdefault(article, []).append(why)
        groups = [tuple(grouped.articles[i] for i in g) for g in members(grouped.labels)]
        names = [story_id(g) for g in groups]
        stories = []
        for number, g in enumerate(groups):
            before = grouped.earlier.get(number)
            membership = tuple(Membership(article=article, reasons=()) for article in g)
            part_of = None if before is None else names[before]
            stories.append(Story(id=names[number], articles=g, membership=membership, part_of=part_of))
        self.stories = tuple(sorted(stories, key=lambda s: s.id))

    def explain(self, story: Story) -> Story:
        """One of the stories, whatever its id is by now, with why each article is where it is."""
        return replace(
            story,
            membership=tuple(Membership(article=article, reasons=self._reasons(article)) for article in story.articles),
        )

    def _reasons(self, article: str) -> tuple[str, ...]:
        place = self._place[article]
        return (*self._certain.get(article, ()), _nearest(self._articles, place, self._near.get(place), self._seen))


def story_id(articles: Sequence[str]) -> str:
    """An id that depends on which articles a story holds, not on their order."""
    return "s-" + hashlib.sha256("\n".join(sorted(articles)).encode()).hexdigest()[:12]


def neighbours_of(pairs: ScoredPairs, labels: IntColumn) -> dict[int, Neighbour]:
    """The nearest neighbour of every article that is alike to another at all, inside its story if it has one there."""
    one, other = np.concatenate([pairs.left, pairs.right]), np.concatenate([pairs.right, pairs.left])
    score = np.concatenate([pairs.score, pairs.score])
    inside = labels[one] == labels[other]
    order = np.lexsort((other, -score, ~inside, one))
    _, first = np.unique(one[order], return_index=True)
    chosen = order[first]
    return {
        a: Neighbour(place=b, score=s, inside=i)
        for a, b, s, i in zip(
            one[chosen].tolist(), other[chosen].tolist(), score[chosen].tolist(), inside[chosen].tolist(), strict=True
        )
    }


def _nearest(
    articles: Sequence[str], place: int, near: Neighbour | None, seen: Callable[[str], tuple[Look, Row]]
) -> str:
    if near is None:
        return "no other article is like it"
    other = articles[near.place]
    how = f"{other}, likeness {near.score:.2f}: {describe_pair(seen(articles[place]), seen(other))}"
    return f"nearest in the story is {how}" if near.inside else f"no other article is near enough; the nearest is {how}"
