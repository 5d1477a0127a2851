"""A whole pile → the kind of its names: what most articles of all stories call a person is no organization in the next.

Only names of two words or more, and organizations of one word: a single word that is a person here is a town there.
"""

from __future__ import annotations

from collections import Counter

from copydesk.model.markup import Markup, NameType
from copydesk.model.piles import Pile
from copydesk.reference import gazetteer
from copydesk.resolving.merging import name_key
from copydesk.resolving.spelling import Name

ARTICLES_MIN = 3  # articles that must name it before the pile has a word to say
SINGLE_MIN = 6  # of one word
SHARE = 0.75  # of them that must agree


def learn_kinds(pile: Pile) -> dict[Name, NameType]:
    """The kind of every name that enough articles have and most agree on; each article has one vote."""
    votes: dict[Name, Counter[NameType]] = {}
    for markup in pile.markups:
        for key, kind in _said(markup).items():
            votes.setdefault(key, Counter())[kind] += 1
    found: dict[Name, NameType] = {}
    for key in sorted(votes):
        held = votes[key]
        kind = min(held, key=lambda t: (-held[t], t))
        least = ARTICLES_MIN if len(key) > 1 else SINGLE_MIN
        if held.total() >= least and held[kind] >= SHARE * held.total() and (len(key) > 1 or kind == "organization"):
            found[key] = kind
    return found


def _said(markup: Markup) -> dict[Name, NameType]:
    """What one article calls each name, by most of its mentions."""
    votes: dict[Name, Counter[NameType]] = {}
    for name in markup.names:
        if not gazetteer().is_adjective(name.text):
            votes.setdefault(name_key(name.text), Counter())[name.type] += 1
    return {key: min(held, key=lambda t: (-held[t], t)) for key, held in votes.items() if key}


def kinds_in(pile: Pile) -> tuple[tuple[Name, NameType], ...]:
    """The kinds of those of the pile's own names that its tagger calls otherwise at least once, in order: all that a
    story rests on of what was learned, so that it need not be told anew when others agree with it."""
    said: dict[Name, set[NameType]] = {}
    for markup in pile.markups:
        for name in markup.names:
            said.setdefault(name_key(name.text), set()).add(name.type)
    return tuple(
        (key, pile.kinds[key]) for key in sorted(said.keys() & pile.kinds.keys()) if said[key] != {pile.kinds[key]}
    )
