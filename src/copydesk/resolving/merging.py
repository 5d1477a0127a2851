"""Forms and ties → groups of forms that are one entity, the user's word first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from copydesk.model.corrections import Correction
from copydesk.model.piles import Pile
from copydesk.reference.naming import ADDRESS
from copydesk.resolving.forms import Form, Tie, explained, side_by_side, tie_forms
from copydesk.resolving.mentions import Mention
from copydesk.resolving.spelling import FAIR, Name, same_person
from copydesk.text.normalise import find_words


@dataclass(slots=True, kw_only=True)
class Group:
    """Forms (by number) that are one entity, with the reasons that brought them together."""

    forms: list[int]
    reasons: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars:
    """Pairs of keys that are two entities: listed side by side, named in one sentence, or parted by the user."""

    listed: set[tuple[Name, Name]]
    together: set[tuple[Name, Name]]
    user: set[tuple[Name, Name]]


def merge_forms(pile: Pile, mentions: Sequence[Mention], forms: Sequence[Form]) -> list[Group]:
    """The groups of a story's forms. A short form of a person that fits several groups is left alone here."""
    bars = Bars(
        listed=side_by_side(pile, mentions),
        together=_in_one_sentence(mentions),
        user=said(pile.corrections, "not-same"),
    )
    group_of = {i: Group(forms=[i]) for i in range(len(forms))}
    for tie in _user_ties(pile.corrections, forms):
        _join(group_of, tie)
    ties = sorted(tie_forms(forms, explained(pile, mentions)), key=lambda t: (-t.strength, t.left, t.right))
    for tie in ties:
        a, b = group_of[tie.left], group_of[tie.right]
        if a is not b and _may_join(a, b, forms, bars, tie):
            _join(group_of, tie)
    once = {id(g): g for g in group_of.values()}
    return sorted(once.values(), key=lambda g: min(g.forms))


def _join(group_of: dict[int, Group], tie: Tie) -> None:
    a, b = group_of[tie.left], group_of[tie.right]
    if a is b:
        return
    a.forms += b.forms
    a.reasons += [*b.reasons, tie.reason]
    for i in b.forms:
        group_of[i] = a


def _may_join(a: Group, b: Group, forms: Sequence[Form], bars: Bars, tie: Tie) -> bool:
    for i in a.forms:
        for j in b.forms:
            pair = (forms[i].key, forms[j].key)
            if pair in bars.user or pair in bars.listed:
                return False
            if tie.reason == "spelled alike" and pair in bars.together:
                return False
            if forms[i].full and forms[j].full and same_person(*pair) < FAIR:
                return False
    return True


def _in_one_sentence(mentions: Sequence[Mention]) -> set[tuple[Name, Name]]:
    by_place: dict[tuple[str, int], set[Name]] = {}
    for m in mentions:
        by_place.setdefault((m.article, m.sentence), set()).add(m.key)
    return {(a, b) for keys in by_place.values() for a in keys for b in keys if a != b}


@lru_cache(maxsize=1 << 16)
def name_key(text: str) -> Name:
    """The key that a name written by the user has."""
    keys = [w.key for w in find_words(text)]
    while len(keys) > 1 and (keys[0] in ADDRESS or keys[0] == "the"):
        keys = keys[1:]
    return tuple(keys)


def said(corrections: Iterable[Correction], verdict: str) -> set[tuple[Name, Name]]:
    """The pairs of names, both ways round, that the user calls "same" or "not-same"."""
    pairs = [
        (name_key(c.left), name_key(c.right)) for c in corrections if c.subject == "entity" and c.verdict == verdict
    ]
    return {*pairs, *((b, a) for a, b in pairs)}


def _user_ties(corrections: Iterable[Correction], forms: Sequence[Form]) -> list[Tie]:
    number = {f.key: i for i, f in enumerate(forms)}
    ties = []
    for a, b in sorted(said(corrections, "same")):
        if a < b and a in number and b in number:
            i, j = sorted((number[a], number[b]))
            ties.append(Tie(left=i, right=j, strength=2.0, reason="user: the same"))
    return ties
