"""A list of spellings with `same` → how surely the spellings on its right are found in a register of those on its left.

Left spellings that the rows tie make one record each, of kind person, without countries or roles. Every other spelling is
looked up: `link_precision` of the links made, `link_recall` of the spellings of two words or more whose record is there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from copydesk.model.registers import Registered, RegisterLink
from copydesk.model.stories import Entity
from copydesk.resolving.registering import index_register, link_entities
from evals.rows import Row

Judged = tuple[str, str, bool]  # left, right, whether they are one name


def links_right(name: str, rows: Sequence[Judged]) -> Iterator[Row]:
    """The two figures of one list."""
    owner: dict[str, str] = {}

    def root(spelling: str) -> str:
        while (up := owner.setdefault(spelling, spelling)) != spelling:
            spelling = up
        return spelling

    for left, right, same in rows:
        if same:
            a, b = root(left), root(right)
            owner[max(a, b)] = min(a, b)
    held: dict[str, list[str]] = {}
    for left in sorted({left for left, _, _ in rows}):
        held.setdefault(root(left), []).append(left)
    register = index_register(Registered(id=n, names=tuple(names), types=("person",)) for n, names in sorted(held.items()))
    asked = sorted({right for _, right, _ in rows} - {left for left, _, _ in rows})
    found = [_looked_up(a, entity.links) for a, entity in zip(asked, link_entities([_person(a) for a in asked], register), strict=True)]
    made = [(root(a), link) for a, link in found if link]
    there = [(root(a), link) for a, link in found if root(a) in held and len(a.split()) > 1]
    precision = sum(a == link for a, link in made) / max(1, len(made))
    recall = sum(a == link for a, link in there) / max(1, len(there))
    yield Row(stage="names", set=name, system="copydesk", metric="link_precision", value=precision, n=len(made))
    yield Row(stage="names", set=name, system="copydesk", metric="link_recall", value=recall, n=len(there))


def _looked_up(spelling: str, links: Sequence[RegisterLink]) -> tuple[str, str]:
    return spelling, links[0].id if links else ""


def _person(name: str) -> Entity:
    return Entity(id=name, type="person", name=name, aliases=(), roles=(), place=None, mentions=(), reasons=())
