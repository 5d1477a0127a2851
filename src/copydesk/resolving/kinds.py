"""Mentions → mentions of the kind that the whole story shows: what most sentences call a person is one in all."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from copydesk.model.markup import NameType
from copydesk.model.piles import Pile
from copydesk.reference import gazetteer
from copydesk.reference.keys import place_key
from copydesk.reference.naming import NUMBERED, ORGANIZATION_WORDS, PLACE_WORDS, SMALL
from copydesk.resolving.learning import kinds_in
from copydesk.resolving.mentions import Mention
from copydesk.resolving.spelling import Name

# How much one sentence's tagging says, by kind: "organization" is where a small tagger puts what it does not know.
_WEIGHT: dict[NameType, float] = {
    "person": 1.0,
    "organization": 0.7,
    "place": 0.8,
    "event": 0.8,
    "work": 0.6,
    "other": 0.6,
}
LOCATED = 3.0  # a name behind "in" is a place's, unless all else is against it
_WHERE = re.compile(r"\b(?:[Ii]n|[Nn]ear|[Oo]utside|[Ii]nside|[Aa]cross|[Aa]round|[Tt]hroughout|[Oo]ff) (?:the )?$")
TABLES = 2.0  # a mention whose kind a table of names decided counts for so many of the tagger's
ADDRESSED, SURNAME_ALONE, TELLING_WORD = 3.0, 2.0, 6.0
COUNTRY, REGION, CITY = 30.0, 8.0, 2.0  # what the gazetteer says: countries outvote a tagger that errs forty times
PILE = 2.0  # what most articles of the whole run call a name: so much more than all that the tagger says in the story
BY_PILE = "what most articles of the whole pile call it"
CITY_PEOPLE = 50_000  # a smaller town's name is a surname as likely


def settle_kinds(mentions: Sequence[Mention], pile: Pile, small: frozenset[str]) -> list[Mention]:
    """The mentions, all of one key with one kind. `small` holds the words that the story also writes small."""
    text_of = {a.id: a.text for a in pile.articles}
    lines = sorted({place_key(a.dateline) for a in pile.articles if a.dateline})
    votes: dict[Name, Counter[NameType]] = {}
    tagged: Counter[Name] = Counter()
    for m in mentions:
        held = votes.setdefault(m.key, Counter())
        said = _WEIGHT[m.type] * (TABLES if "tables" in m.found_by else 1.0)
        held[m.type] += said  # type: ignore[assignment]
        tagged[m.key] += said  # type: ignore[assignment]
        if m.address:
            held["person"] += ADDRESSED  # type: ignore[assignment]
        elif _is_where(text_of[m.article], m):
            held["place"] += LOCATED  # type: ignore[assignment]
    written = {
        m.key: m.text for m in sorted(mentions, key=lambda m: (m.text.isupper(), m.article, m.start), reverse=True)
    }
    alone = {key[0] for key in votes if len(key) == 1}
    addressed = {m.key[-1] for m in mentions if m.address}
    credited = {place_key(c.name) for a in pile.articles for c in a.credits if c.kind != "photo"}
    for key, held in votes.items():
        if 2 <= len(key) <= 4 and _goes_by_surname(key, alone, small):
            held["person"] += SURNAME_ALONE + ADDRESSED * (key[-1] in addressed)  # type: ignore[assignment]
        if len(key) > 1:
            held["organization"] += TELLING_WORD * any(w in ORGANIZATION_WORDS for w in (key[0], key[-1]))  # type: ignore[assignment]
            held["place"] += TELLING_WORD * (key[-1] in PLACE_WORDS)  # type: ignore[assignment]
        held["organization"] += TELLING_WORD * bool(NUMBERED.match(key[-1]))  # type: ignore[assignment]
        held["organization"] += TELLING_WORD * (" ".join(key) in credited)  # type: ignore[assignment]
        if any(w.isdigit() for w in key):
            held["person"] = 0
        if any(f"{line} ".startswith(" ".join(key) + " ") for line in lines):
            held["place"] += ADDRESSED  # type: ignore[assignment]
        for kind, weight in _gazetteer_says(written[key], held):
            held[kind] += weight  # type: ignore[assignment]
    alone_says = {key: _most(held) for key, held in votes.items()}
    for key, kind in kinds_in(pile):
        if key in votes:
            votes[key][kind] += PILE + tagged[key]  # type: ignore[assignment]
    kinds = {key: _most(held) for key, held in votes.items()}
    return [
        replace(m, type=kinds[m.key], found_by=m.found_by if kinds[m.key] == alone_says[m.key] else BY_PILE)
        for m in mentions
    ]


def _most(votes: Counter[NameType]) -> NameType:
    return min(votes, key=lambda t: (-votes[t], t))


def _is_where(text: str, m: Mention) -> bool:
    """Whether a name stands right behind "in", "near" and the like, and owns nothing there."""
    return bool(_WHERE.search(text, max(0, m.start - 24), m.start)) and text[m.end : m.end + 2] not in ("'s", "’s")


def _goes_by_surname(key: Name, alone: set[str], small: frozenset[str]) -> bool:
    """Whether the story also has the last word alone and never the first, as it does with people."""
    if any(w in SMALL or w in small or w.isdigit() or w in ORGANIZATION_WORDS or w in PLACE_WORDS for w in key):
        return False
    return key[-1] in alone and key[0] not in alone


def _gazetteer_says(text: str, held: Counter[NameType]) -> Iterator[tuple[NameType, float]]:
    """What kind the tables of places make of a name, and how much that counts."""
    tables = gazetteer()
    if tables.is_adjective(text):
        yield "other", COUNTRY
        return
    name = text.title() if text.isupper() and len(text) > 4 else text
    found = tables.find(name)
    kinds = {place.kind for place in found}
    if "country" in kinds:
        yield "place", COUNTRY
    elif "region" in kinds:
        yield "place", REGION
    elif any(place.population >= CITY_PEOPLE for place in found):
        yield "place", CITY + 0.5 * held["place"] + math.log2(max(p.population for p in found) / CITY_PEOPLE)
    elif not found:
        yield "place", -0.4 * held["place"]  # the tagger's places that no table has are half of them people
