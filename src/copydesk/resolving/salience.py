"""Entities → which of them the story is about: who, and where."""

from __future__ import annotations

import math
from collections.abc import Sequence

from copydesk.model.piles import Pile
from copydesk.model.stories import Entity

OPENING = 400  # code points of an article that count as its opening
LEAST = 0.3  # share of the foremost entity's weight that another needs to be named with it


def foremost(pile: Pile, entities: Sequence[Entity], types: frozenset[str], most: int) -> tuple[str, ...]:
    """The ids of the main entities of these types, the most important first."""
    weights = {e.id: _weight(pile, e) for e in entities if e.type in types}
    if not weights:
        return ()
    order = sorted(weights, key=lambda e: (-weights[e], e))
    return tuple(e for e in order[:most] if weights[e] >= LEAST * weights[order[0]])


def _weight(pile: Pile, entity: Entity) -> float:
    """How much an entity matters: each voice that has it in a headline or opening, then how often it is named."""
    first: dict[str, int] = {}
    for span in entity.mentions:
        first[span.article] = min(span.start, first.get(span.article, span.start))
    by_voice: dict[str, float] = {}
    for article in pile.articles:
        if article.id not in first:
            continue
        place = first[article.id]
        value = 1.0 + 2.0 * (place < len(article.headline)) + 1.0 * (place < OPENING)
        shares = pile.trace.shares.get(article.id, ())
        voice = shares[0].voice if shares else article.id
        by_voice[voice] = max(value, by_voice.get(voice, 0.0))
    return sum(by_voice.values()) + math.log1p(len(entity.mentions))
