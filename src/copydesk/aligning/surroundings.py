"""A value's token → the words that say what it is a value of."""

from __future__ import annotations

import re

from copydesk.aligning.likenesses import COUNTED_STATES, class_of
from copydesk.aligning.units import Unit
from copydesk.model.markup import QuantityMention

NEAR = 12  # tokens to either side that tell what a value is of
PATH_MAX = 6
_CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ"})
_INNER = frozenset({"acomp", "xcomp", "oprd", "attr", "dobj", "nsubj", "nsubjpass", "compound"})
_OF_NOUN = frozenset({"nummod", "amod", "quantmod", "compound", "nmod", "npadvmod"})
_LIGHT = frozenset(
    ["be", "have", "do", "say", "tell", "make", "get", "go", "come", "take", "give", "last", "year", "month", "week", "day", "hour", "more", "new", "first", "other", "include", "begin", "start", "show"]
)  # fmt: skip
_SEVERE = frozenset(
    {"seriously", "badly", "critically", "severely", "slightly", "serious", "critical", "severe", "grave", "gravely"}
)
_DIMENSIONS = {
    "deep": "deep", "depth": "deep", "wide": "wide", "width": "wide", "diameter": "wide", "diametre": "wide", "long": "long", "length": "long",
    "high": "high", "height": "high", "tall": "high", "away": "away", "from": "away", "per": "rate",
}  # fmt: skip
_LASTING = frozenset({"last", "take", "span", "run", "continue", "endure", "require"})
_YEAR = re.compile(r"(?:19|20)\d\d")  # "at the end of 2016" tells what a sum is of as a word does
_PRISON = re.compile(
    r"[\s-]+(?:long\s+)?(?:(?:in|behind)\s+(?:a\s+)?(?:\w+\s+)?(?:prison|jail|bars|custody|camp)|(?:prison|jail|custodial|suspended)\b|sentence\b|imprisonment\b|of imprisonment)",
    re.I,
)
_JAILING = frozenset({"jail", "imprison", "sentence", "incarcerate"})
PRISON = "prison"
_PART = re.compile(r"\bof\s+(?:whom|which|them)\b", re.I)
ADULT = 18


def token_at(unit: Unit, start: int, end: int) -> int | None:
    """The token of a stretch that its other tokens hang from."""
    tokens = unit.markup.tokens
    inside = [i for i in range(unit.first, unit.last) if start <= tokens.start[i] < end]
    outer = [i for i in inside if tokens.head[i] not in inside or tokens.head[i] == i]
    return outer[-1] if outer else None


def governing(unit: Unit, at: int) -> frozenset[str]:
    """The classes of the words that govern a token, up to its clause's verb, and of what hangs from them."""
    tokens = unit.markup.tokens
    path, i = [], at
    for _ in range(PATH_MAX):
        up = tokens.head[i]
        if up == i or not unit.first <= up < unit.last:
            break
        path.append(up)
        i = up
        if tokens.pos[i] == "VERB":
            break
    words = set(path) | {
        i for i in range(unit.first, unit.last) if tokens.head[i] in path and tokens.dep[i] in _INNER and i != at
    }
    return _classes(unit, {i for i in words if tokens.pos[i] != "PROPN"})


def nearby(unit: Unit, at: int) -> frozenset[str]:
    """The classes of the words to either side of a token, in its sentence."""
    first, last = unit.sentence.first, unit.sentence.last
    return _classes(unit, set(range(max(first, at - NEAR), min(last, at + NEAR + 1))) - {at})


def _classes(unit: Unit, words: set[int]) -> frozenset[str]:
    tokens = unit.markup.tokens
    return frozenset(
        class_of(tokens.lemma[i])
        for i in words
        if (tokens.pos[i] in _CONTENT and tokens.lemma[i] not in _LIGHT and tokens.lemma[i].isalpha())
        or (tokens.pos[i] == "NUM" and _YEAR.fullmatch(tokens.lemma[i]))
    )


def people_state(unit: Unit, at: int) -> str:
    """The state that the words next to a number put its people in: "two men died", "killing two", "death of two"."""
    tokens = unit.markup.tokens
    noun = tokens.head[at] if tokens.dep[at] in _OF_NOUN else at
    up = tokens.head[noun]
    if tokens.pos[up] == "ADP" and tokens.pos[tokens.head[up]] == "NOUN":
        up = tokens.head[up]
    words = {noun, up} & set(range(unit.first, unit.last))
    for i in range(unit.first, unit.last):
        of_noun = tokens.head[i] == noun and tokens.dep[i] in ("acl", "amod", "relcl")
        of_verb = (
            tokens.head[i] == up and tokens.pos[up] in ("VERB", "AUX") and tokens.dep[i] in ("acomp", "xcomp", "oprd")
        )
        between = unit.article.text[tokens.end[at] : tokens.start[i]] if i > at else ""
        if (of_noun or of_verb) and not _PART.search(between):
            words.add(i)
    states = sorted({class_of(tokens.lemma[i]) for i in words} & COUNTED_STATES)
    if not states and tokens.lemma[up] == "to" and tokens.pos[tokens.head[up]] == "VERB":
        verb = tokens.head[up]  # "brings the number of people killed to three"
        states = sorted({class_of(tokens.lemma[i]) for i in range(max(unit.first, verb), at)} & COUNTED_STATES)
    if not states:
        return ""
    severe = any(tokens.lemma[i] in _SEVERE for i in range(max(unit.first, at - 5), min(unit.last, at + 8)))
    return states[0] + (" severely" if severe and states[0] == "injured" else "")


def aged(unit: Unit, quantity: QuantityMention, at: int) -> str:
    """Whose age: that of whom the words before name, of the noun it describes, or of a child."""
    tokens = unit.markup.tokens
    named = [m for m in unit.markup.names if m.type == "person" and 0 <= quantity.start - m.end <= 3]
    if named:
        return class_of(named[-1].text.split()[-1])
    head = tokens.head[at]
    if (
        tokens.dep[at] in _OF_NOUN
        and tokens.pos[head] in ("NOUN", "PROPN")
        and head != at
        and tokens.lemma[head] != "old"
    ):
        return class_of(tokens.lemma[head])
    return "child" if quantity.value < ADULT or quantity.unit != "year" else ""


def what_lasts(unit: Unit, at: int, end: int) -> str:
    """The event whose length a stretch of time is: "a two-day visit", "a visit that took two days", "dug for two days".

    A stretch in prison is one event however it is put: "jailed for ten years", "faces a ten-year sentence".
    """
    tokens = unit.markup.tokens
    if _PRISON.match(unit.article.text, end, end + 40):
        return PRISON
    i = at
    for _ in range(PATH_MAX):
        up = tokens.head[i]
        if up == i or not unit.first <= up < unit.last:
            return ""
        if tokens.pos[up] == "NOUN" and tokens.dep[i] in _OF_NOUN and tokens.lemma[up] not in _LIGHT:
            return class_of(tokens.lemma[up])
        if tokens.pos[up] == "VERB" and tokens.lemma[up] in _JAILING:
            return PRISON
        if tokens.pos[up] in ("VERB", "AUX"):
            return (
                _subject(unit, up)
                if tokens.lemma[up] in _LASTING
                else class_of(tokens.lemma[up])
                if tokens.lemma[up] not in _LIGHT
                else ""
            )
        i = up
    return ""


def _subject(unit: Unit, verb: int) -> str:
    tokens = unit.markup.tokens
    for i in range(unit.first, unit.last):
        if tokens.head[i] == verb and tokens.dep[i] in ("nsubj", "nsubjpass"):
            if tokens.tag[i] not in ("WDT", "WP", "DT"):
                return class_of(tokens.lemma[i])
            return _antecedent(unit, verb) if tokens.dep[verb] == "relcl" else ""
    return ""


def _antecedent(unit: Unit, verb: int) -> str:
    """The noun that a relative clause is of; of "the visit to Oderholm, which lasts …" the visit, not the town."""
    tokens = unit.markup.tokens
    i = tokens.head[verb]
    for _ in range(PATH_MAX):
        if tokens.pos[i] not in ("PROPN", "ADP") or tokens.head[i] == i:
            break
        i = tokens.head[i]
    return class_of(tokens.lemma[i])


def measured(unit: Unit, at: int) -> list[str]:
    """What sets a number of one kind apart: the dimension it measures, the adjectives of what it counts."""
    tokens = unit.markup.tokens
    noun = tokens.head[at] if tokens.dep[at] in ("nummod", "quantmod") else at
    found = {_DIMENSIONS[tokens.lemma[i]] for i in range(at, min(at + 6, unit.last)) if tokens.lemma[i] in _DIMENSIONS}
    return sorted(found | _adjectives(unit, noun))


def described(unit: Unit, at: int) -> list[str]:
    """The adjectives of what an ordinal counts: a sixth nuclear test may be the nineteenth test."""
    return sorted(_adjectives(unit, unit.markup.tokens.head[at]) - {unit.markup.tokens.lemma[at]})


def _adjectives(unit: Unit, noun: int) -> set[str]:
    tokens = unit.markup.tokens
    if tokens.pos[noun] not in ("NOUN", "PROPN"):
        return set()
    return {
        tokens.lemma[i]
        for i in range(max(unit.first, noun - 4), noun)
        if tokens.head[i] == noun
        and tokens.dep[i] == "amod"
        and tokens.pos[i] == "ADJ"
        and tokens.lemma[i] not in ("other", "more", "such")
    }
