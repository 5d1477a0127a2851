"""One person under two offices of one place: one article's zoo director is another's zoo president."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from copydesk.aligning.ground import Contest, Ground
from copydesk.model.stories import Entity

# Offices of which a body has one holder, and which one person seldom holds two of at once.
_OFFICES = frozenset(
    [
        "director",
        "president",
        "chairman",
        "chairwoman",
        "secretary",
        "governor",
        "mayor",
        "minister",
        "manager",
        "editor",
        "captain",
        "commissioner",
        "superintendent",
        "ambassador",
        "principal",
        "rector",
        "dean",
        "bishop",
        "sheriff",
    ]
)
_NOT_NOW = frozenset(
    ["former", "ex", "deputy", "vice", "assistant", "acting", "then", "associate", "late", "elect", "co", "prime"]
)


def contest_offices(ground: Ground) -> Iterator[Contest]:
    """The contests over which office of one body a person holds."""
    units_of: dict[str, list[int]] = {}
    for n, unit in enumerate(ground.units):
        units_of.setdefault(unit.article.id, []).append(n)
    for entity in ground.resolution.entities:
        if entity.type != "person":
            continue
        held = _offices(entity, ground, units_of)
        for one, other in combinations(sorted(held), 2):
            sides = (held[one], held[other])
            articles = [{ground.units[n].index for n in side} for side in sides]
            if one[0] == other[0] and not articles[0] & articles[1]:
                yield Contest(
                    slot="name",
                    about=f"office of {entity.name}",
                    sides=((" ".join(one), sides[0]), (" ".join(other), sides[1])),
                    told=(" ".join(one), " ".join(other)),
                    ending="two offices of one body",
                )


def _offices(entity: Entity, ground: Ground, units_of: dict[str, list[int]]) -> dict[tuple[str, str], tuple[int, ...]]:
    """The body and office of each role that tells both, with the units that give it."""
    found: dict[tuple[str, str], set[int]] = {}
    for role in entity.roles:
        *body, office = role.text.casefold().replace("’s", "").replace("'s", "").replace("-", " ").split() or [""]
        if office not in _OFFICES or not body or _NOT_NOW.intersection(body):
            continue
        units = {
            n
            for span in role.support
            for n in units_of.get(span.article, ())
            if ground.units[n].start <= span.start < ground.units[n].end
        }
        if units:
            found.setdefault((" ".join(body), office), set()).update(units)
    return {key: tuple(sorted(units)) for key, units in found.items()}
