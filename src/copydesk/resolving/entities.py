"""Mentions and their groups → Entity."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from copydesk.model.markup import NameType
from copydesk.model.piles import Pile
from copydesk.model.spans import Span
from copydesk.model.stories import Alias, Entity
from copydesk.reference import gazetteer
from copydesk.reference.naming import DIVISIONS
from copydesk.reference.titles import PLACE_HEADS
from copydesk.resolving.assigning import Known, assign
from copydesk.resolving.collecting import collect_mentions
from copydesk.resolving.forms import list_forms
from copydesk.resolving.headings import heading_spellings
from copydesk.resolving.lasting import lasting_ids
from copydesk.resolving.mentions import Mention
from copydesk.resolving.merging import merge_forms, said
from copydesk.resolving.options import ResolvingOptions
from copydesk.resolving.repairs import learn_lexicon
from copydesk.resolving.spelling import Name

GROUNDS_MAX = 3  # grounds of a kind that are told
_CAPITAL_BEFORE = re.compile(r"[A-Z][\w’'.]{1,16} $")  # "Foreign Minister Lund" is a role, "Minister Lund" an alias
_NEXT = re.compile(r" ([a-z]{4,12})\b")


def find_entities(pile: Pile, options: ResolvingOptions) -> tuple[list[Entity], dict[Span, str]]:
    """The named entities of a story, most mentioned first, and the entity of every name mention's span."""
    lexicon = learn_lexicon(pile)
    mentions = collect_mentions(pile, lexicon, options.spread_names)
    forms = list_forms(mentions)
    groups = merge_forms(pile, mentions, forms)
    owner = assign(mentions, forms, groups, Known(barred=said(pile.corrections, "not-same"), small=lexicon.small))
    held: dict[int, list[Mention]] = {}
    for m, n in zip(mentions, owner, strict=True):
        held.setdefault(n, []).append(m)
    headed: dict[int, list[tuple[str, str]]] = {}
    for n, written, article in heading_spellings(pile, _owner_of(mentions, owner)):
        headed.setdefault(n, []).append((written, article))
    entities = [_entity(pile, held[n], groups[n].reasons, headed.get(n, ())) for n in sorted(held)]
    ids = lasting_ids(pile, [e.mentions for e in entities])
    entities = [replace(e, id=name) for e, name in zip(entities, ids, strict=True)]
    entities.sort(key=lambda e: (-len(e.mentions), e.name, e.id))
    entity_of = {span: e.id for e in entities for span in e.mentions}
    return entities, entity_of


def _reasons(held: Sequence[Mention], kind: NameType, joined: Sequence[str]) -> tuple[str, ...]:
    """Why these spellings are one entity, and what made it of its kind, the commonest ground first."""
    grounds = Counter(m.found_by.split(", as in")[0] for m in held)
    commonest = [g for g, _ in sorted(grounds.items(), key=lambda x: (-x[1], x[0]))[:GROUNDS_MAX]]
    told = f"a name of kind {kind}, by {'; '.join(commonest)}"
    return (f"one entity: {', '.join(dict.fromkeys(joined))}", told) if joined else (told,)


def _owner_of(mentions: Sequence[Mention], owner: Sequence[int]) -> dict[Name, int]:
    """The entity of every key that only one entity has."""
    owners: dict[Name, set[int]] = {}
    for m, n in zip(mentions, owner, strict=True):
        owners.setdefault(m.key, set()).add(n)
    return {key: min(found) for key, found in owners.items() if len(found) == 1}


def _entity(pile: Pile, held: Sequence[Mention], reasons: Sequence[str], headed: Sequence[tuple[str, str]]) -> Entity:
    text_of = {a.id: a.text for a in pile.articles}
    kind = _type_of(held)
    surfaces: dict[str, list[str]] = {}
    for m in held:
        for written in _written(text_of[m.article], m, kind):
            surfaces.setdefault(written, []).append(m.article)
    for written, article in headed:
        surfaces.setdefault(written, []).append(article)
    aliases = tuple(
        Alias(text=text, count=len(found), articles=tuple(sorted(set(found))))
        for text, found in sorted(surfaces.items(), key=lambda x: (-len(x[1]), x[0]))
    )
    spans = tuple(sorted(Span(article=m.article, start=m.start, end=m.end) for m in held))
    name = _best_name(pile, held, kind)
    why = _reasons(held, kind, reasons)
    return Entity(
        id="",
        type=kind,
        name=name,
        aliases=aliases,
        roles=(),
        place=None,
        mentions=spans,
        reasons=why,
    )


def _written(text: str, m: Mention, kind: NameType) -> Iterator[str]:
    """The name as it stands there, also with its form of address, its capital "The" and its "province"."""
    yield m.text
    if m.address and not _CAPITAL_BEFORE.search(text, max(0, m.address_start - 20), m.address_start):
        yield " ".join(text[m.address_start : m.end].split())
    if text[max(0, m.start - 4) : m.start] == "The " and kind != "person" and not gazetteer().is_adjective(m.text):
        yield text[m.start - 4 : m.end]
    after = _NEXT.match(text, m.end)
    if after and kind in ("place", "organization") and (after.group(1) in PLACE_HEADS or after.group(1) in DIVISIONS):
        yield text[m.start : after.end()]


def _type_of(held: Sequence[Mention]) -> NameType:
    votes: Counter[NameType] = Counter()
    for m in held:
        votes[m.type] += 1 + 2 * (len(m.key) > 1)  # a full name is typed better than a surname alone
    return min(votes, key=lambda t: (-votes[t], t))


def _best_name(pile: Pile, held: Sequence[Mention], kind: NameType) -> str:
    """The fullest spelling that most voices use: longer forms first where they are not one outlet's alone."""
    voices: dict[str, set[str]] = {}
    count: Counter[str] = Counter()
    for m in held:
        shares = pile.trace.shares.get(m.article, ())
        voices.setdefault(m.text, set()).add(shares[0].voice if shares else m.article)
        count[m.text] += 1
    words = {t: len(t.split()) for t in count}
    usual = [t for t in count if not t.isupper() or len(t) <= 5] or list(count)
    if kind == "person":
        pool = [t for t in usual if words[t] >= 2] or usual
    else:
        pool = [t for t in usual if kind == "organization" and words[t] >= 2] or usual
    return max(pool, key=lambda t: (len(voices[t]), count[t], words[t], t))
