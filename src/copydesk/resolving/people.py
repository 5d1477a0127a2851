"""Entities with their roles, and every pronoun and role noun that stands for one of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from copydesk.model.piles import Pile
from copydesk.model.spans import Span
from copydesk.model.stories import Entity, Role
from copydesk.reference.naming import FEMALE, FEMALE_NOUNS, MALE, MALE_NOUNS
from copydesk.resolving.anaphora import Person, follow_anaphora
from copydesk.resolving.bodies import follow_bodies
from copydesk.resolving.roles import RoleMention, roles_at
from copydesk.resolving.syntax import Syntax
from copydesk.text.normalise import find_words

ROLES_MAX = 12  # roles kept of one entity, the commonest first


def add_roles(pile: Pile, entities: Sequence[Entity]) -> tuple[list[Entity], dict[str, tuple[RoleMention, ...]]]:
    """The entities with their roles, and each person's role mentions."""
    syntax = {m.article: Syntax(a.text, m) for a, m in zip(pile.articles, pile.markups, strict=True)}
    told, finished = {}, []
    for entity in entities:
        if entity.type != "person":
            finished.append(entity)
            continue
        found = tuple(r for s in entity.mentions for r in roles_at(syntax[s.article], s.start, s.end))
        told[entity.id] = found
        finished.append(replace(entity, roles=_gather(found)))
    return finished, told


def _gather(found: Sequence[RoleMention]) -> tuple[Role, ...]:
    spans: dict[str, set[Span]] = {}
    written: dict[str, Counter[str]] = {}
    for role in found:
        spans.setdefault(role.text.lower(), set()).add(role.span)
        written.setdefault(role.text.lower(), Counter())[role.text] += 1
    order = sorted(spans, key=lambda k: (-len(spans[k]), k))[:ROLES_MAX]
    return tuple(
        Role(text=max(written[k], key=lambda t: (written[k][t], t)), support=tuple(sorted(spans[k]))) for k in order
    )


def stand_ins(
    pile: Pile, entities: Sequence[Entity], entity_of: Mapping[Span, str], told: Mapping[str, tuple[RoleMention, ...]]
) -> dict[Span, str]:
    """The spans of pronouns and role nouns with the entity that they stand for."""
    persons = {
        e.id: Person(entity=e.id, sex=_sex(e, told.get(e.id, ())), roles=told.get(e.id, ()))
        for e in entities
        if e.type == "person"
    }
    by_id = {e.id: e for e in entities}
    found: dict[Span, str] = {}
    for article, markup in zip(pile.articles, pile.markups, strict=True):
        named = {s: e for s, e in entity_of.items() if s.article == article.id}
        syntax = Syntax(article.text, markup)
        found.update(follow_bodies(syntax, named, by_id))
        found.update(follow_anaphora(syntax, named, persons))
    return found


def _sex(entity: Entity, roles: Sequence[RoleMention]) -> str:
    """What forms of address and role nouns say about a person: "m", "f", or "" when they say nothing or disagree."""
    male = female = 0
    for alias in entity.aliases:
        first = next((w.key for w in find_words(alias.text)), "")
        male += alias.count * (first in MALE)
        female += alias.count * (first in FEMALE)
    male += sum(r.head in MALE_NOUNS for r in roles)
    female += sum(r.head in FEMALE_NOUNS for r in roles)
    return "m" if male > female else "f" if female > male else ""
