"""Mentions → mentions of the kind that the whole story shows: what most sentences call a person is one in all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from copydesk.model.markup import NameType
from copydesk.resolving.mentions import Mention
from copydesk.resolving.spelling import Name
from copydesk.resolving.titles import ORGANIZATION_WORDS, PLACE_WORDS, SMALL

# How much one sentence's tagging says, by kind: "organization" is where a small tagger puts what it does not know.
_WEIGHT: dict[NameType, float] = {"person": 1.0, "organization": 0.7, "place": 0.8, "event": 0.8, "work": 0.6, "other": 0.6}
ADDRESSED, SURNAME_ALONE, TELLING_WORD = 3.0, 2.0, 6.0


def settle_kinds(mentions: Sequence[Mention], small: frozenset[str]) -> list[Mention]:
    """The mentions, all of one key with one kind. `small` holds the words that the story also writes small."""
    votes: dict[Name, Counter[NameType]] = {}
    for m in mentions:
        held = votes.setdefault(m.key, Counter())
        held[m.type] += _WEIGHT[m.type]  # type: ignore[assignment]
        if m.address:
            held["person"] += ADDRESSED  # type: ignore[assignment]
    alone = {key[0] for key in votes if len(key) == 1}
    addressed = {m.key[-1] for m in mentions if m.address}
    for key, held in votes.items():
        if 2 <= len(key) <= 4 and _goes_by_surname(key, alone, small):
            held["person"] += SURNAME_ALONE + ADDRESSED * (key[-1] in addressed)  # type: ignore[assignment]
        if len(key) > 1:
            held["organization"] += TELLING_WORD * any(w in ORGANIZATION_WORDS for w in (key[0], key[-1]))  # type: ignore[assignment]
            held["place"] += TELLING_WORD * (key[-1] in PLACE_WORDS)  # type: ignore[assignment]
    kinds = {key: min(held, key=lambda t: (-held[t], t)) for key, held in votes.items()}
    return [replace(m, type=kinds[m.key]) for m in mentions]


def _goes_by_surname(key: Name, alone: set[str], small: frozenset[str]) -> bool:
    """Whether the story also has the last word alone and never the first, as it does with people."""
    if any(w in SMALL or w in small or w.isdigit() or w in ORGANIZATION_WORDS or w in PLACE_WORDS for w in key):
        return False
    return key[-1] in alone and key[0] not in alone
