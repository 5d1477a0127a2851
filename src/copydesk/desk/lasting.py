"""A story's dossier, its dossier of the last update → the dossier with the ids by which the desk knows its entities.

An entity's id says where it was first named, so an older article that comes later would change it. Here it does not: an
entity takes the id of the one with which it shares most mentions, as a story takes that of its articles.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from copydesk.desk.naming import free_id
from copydesk.model.dossiers import Dossier
from copydesk.model.stories import Claim, Slot


def keep_entities(dossier: Dossier, before: Dossier | None) -> Dossier:
    """The dossier with the ids of the one before, where an entity shares mentions with it; each old id is given once."""
    if before is None:
        return dossier
    old_of = {mention: entity.id for entity in before.entities for mention in entity.mentions}
    shared = {e.id: Counter(old_of[m] for m in e.mentions if m in old_of) for e in dossier.entities}
    offers = sorted((-n, old != new, old, new) for new, counts in shared.items() for old, n in counts.items())
    names: dict[str, str] = {}
    given: set[str] = set()
    for _, _, old, new in offers:
        if new not in names and old not in given:
            names[new] = old
            given.add(old)
    for new in sorted(shared.keys() - names.keys()):
        names[new] = free_id(new, given)
        given.add(names[new])
    return dossier if all(new == old for new, old in names.items()) else _renamed(dossier, names)


def _renamed(dossier: Dossier, names: dict[str, str]) -> Dossier:
    """The dossier with other ids of entities, wherever it names one."""

    def named(entity: str | None) -> str | None:
        return entity if entity is None else names.get(entity, entity)

    def slot(held: Slot) -> Slot:
        return replace(held, value=names.get(held.value, held.value)) if held.name in ("name", "place") else held

    def claim(held: Claim) -> Claim:
        return replace(held, speaker=named(held.speaker), slots=tuple(slot(s) for s in held.slots))

    return replace(
        dossier,
        where=tuple(names[e] for e in dossier.where),
        who=tuple(names[e] for e in dossier.who),
        entities=tuple(replace(e, id=names[e.id]) for e in dossier.entities),
        quotes=tuple(replace(q, speaker=named(q.speaker)) for q in dossier.quotes),
        claims=tuple(claim(c) for c in dossier.claims),
        facts=tuple(replace(f, entities=tuple(names[e] for e in f.entities)) for f in dossier.facts),
    )
