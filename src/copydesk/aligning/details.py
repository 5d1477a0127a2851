"""Ground → the values that clauses give (who, where, when, how many, what), each with its words.

The words of a value are a detail of its clause: the name, time or number with the noun that it is put before and the
preposition that opens it, or a noun with what tells it from others of its kind ("family home").
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from copydesk.aligning.figures import ground_between, in_base, numbers_of
from copydesk.aligning.ground import Ground
from copydesk.aligning.units import Unit
from copydesk.model.markup import TimeMention
from copydesk.model.stories import Entity
from copydesk.reference.attribution import attribution_class

Kind: TypeAlias = Literal["name", "place", "date", "number", "thing"]
Value: TypeAlias = tuple[str, ...]

EVERYWHERE = 0.12  # share of a story's clauses from which a name is what the story is about, and no detail of it
COMMON = 0.06  # the same for a noun with what stands before it; held out by story .03 costs .005 of link_f1, .1 nothing
WORDS_MAX = 12  # tokens of a detail
WHOLE = 0.8  # share of its clause from which a detail is no detail of it
_MODIFIERS = frozenset({"compound", "nmod", "amod", "poss", "nummod", "quantmod", "npadvmod"})
_NAMING = frozenset({"NOUN", "PROPN", "ADJ"})
_NOUNS = frozenset({"NOUN", "PROPN", "NUM"})
_TELLING = frozenset({"compound", "amod", "nmod", "poss"})  # what tells a noun from others of its kind
_TOLD = frozenset({"pobj", "dobj", "attr", "appos", "nsubj", "nsubjpass"})  # where a noun stands for a thing
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_ACCORDING = frozenset({"accord", "according"})
_CLOCK = re.compile(r"clock\((\d\d?:\d\d)")
_STEPS = 3  # from a value to the noun that it stands before


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    """A value that a clause (`unit`) gives.

    `start` and `end` are those of its words in the article's text, both 0 where these are no detail: they are nearly the
    whole clause, or name who says it. `is_theme` says that the story is about it.
    """

    unit: int
    start: int
    end: int
    kind: Kind
    value: Value
    is_theme: bool = False


def find_details(ground: Ground) -> list[Detail]:
    """Every value of every clause once, in order of value and place."""
    found = {(d.value, d.unit): d for d in (*_named(ground), *_figured(ground), *_things(ground))}
    return [found[key] for key in sorted(found)]


def _named(ground: Ground) -> Iterator[Detail]:
    """The names of each clause, the first mention of an entity last."""
    at: dict[str, list[int]] = {}
    for n, unit in enumerate(ground.units):
        at.setdefault(unit.article.id, []).append(n)
    names = {(u.article.id, m.start) for u in ground.units for m in u.markup.names}
    for entity in ground.resolution.entities:
        told = []
        for span in sorted(entity.mentions, reverse=True):
            units = at.get(span.article, []) if (span.article, span.start) in names else []
            before = bisect_right(units, span.start, key=lambda n: ground.units[n].start)
            if before and span.start < ground.units[units[before - 1]].end:
                told.append((units[before - 1], _words(ground.units[units[before - 1]], span.start, span.end)))
        theme = _is_theme({n for n, _ in told}, ground)
        for n, words in told:
            yield _detail(n, words, _kind(entity), (entity.id,), theme)


def _kind(entity: Entity) -> Kind:
    return "place" if entity.type == "place" else "name"


def _is_theme(units: set[int], ground: Ground, share: float = EVERYWHERE) -> bool:
    """Whether so many clauses name it that it tells none from another; once in each article is no theme yet."""
    return len(units) > max(share * len(ground.units), len({ground.units[n].index for n in units}))


def _detail(unit: int, words: tuple[int, int] | None, kind: Kind, value: Value, theme: bool = False) -> Detail:
    start, end = words or (0, 0)
    return Detail(unit=unit, start=start, end=end, kind=kind, value=(kind, *value), is_theme=theme)


def _figured(ground: Ground) -> Iterator[Detail]:
    """The days, times of day and numbers of each clause, the first of equal ones last."""
    for n, unit in enumerate(ground.units):
        for time in reversed(unit.markup.times):
            value = _moment(time, unit, ground) if unit.start <= time.start < unit.end else None
            if value is not None:
                yield _detail(n, _words(unit, time.start, time.end), "date", value)
        for quantity in reversed(numbers_of(unit)):
            name, amount = in_base(quantity)
            if not quantity.ordinal and amount != 1:
                counted = (name or quantity.counted, f"{amount:.3g}")
                yield _detail(n, _words(unit, quantity.start, quantity.end), "number", counted)


def _things(ground: Ground) -> Iterator[Detail]:
    """The nouns of each clause with each word that tells them from others, the first of equal ones last."""
    found: list[tuple[int, tuple[int, int] | None, Value]] = []
    for n, unit in enumerate(ground.units):
        tokens = unit.markup.tokens
        for i in reversed(range(unit.first, unit.last)):
            if tokens.pos[i] == "NOUN" and tokens.dep[i] in _TOLD:
                before = [
                    j for j in range(max(unit.first, i - WORDS_MAX), i) if tokens.head[j] == i and _tells(unit, j)
                ]
                words = _words(unit, tokens.start[before[0]], tokens.end[i]) if before else None
                found += ((n, words, (tokens.lemma[j], tokens.lemma[i])) for j in before)
    clauses: dict[Value, set[int]] = {}
    for n, _, value in found:
        clauses.setdefault(value, set()).add(n)
    themes = {value for value, units in clauses.items() if _is_theme(units, ground, COMMON)}
    for n, words, value in found:
        yield _detail(n, words, "thing", value, value in themes)


def _tells(unit: Unit, i: int) -> bool:
    """Whether a word tells the noun that it stands before from others of its kind: of what nation it is, tells too little."""
    tokens = unit.markup.tokens
    nation = tokens.pos[i] == "ADJ" and unit.article.text[tokens.start[i]].isupper()
    return tokens.dep[i] in _TELLING and tokens.pos[i] in _NAMING and not nation


def _moment(time: TimeMention, unit: Unit, ground: Ground) -> Value | None:
    """The days that a date means, or the time of day that a clock shows, whatever day stands beside it."""
    if time.type == "TIME" and (clock := _CLOCK.search(time.expression)) is not None:
        return "", "", clock[1]
    if time.type not in ("DATE", "TIME"):
        return None
    days = ground_between(time.expression, ground.resolution.published.get(unit.article.id, unit.article.published))
    if days is None or days.earliest is None or days.latest is None:
        return None
    part = (time.value or "").partition("T")[2] if time.type == "TIME" else ""
    return days.earliest.isoformat(), days.latest.isoformat(), part


def _words(unit: Unit, start: int, end: int) -> tuple[int, int] | None:
    """Where a value stands with the noun that it is put before and the preposition that opens it; None where it is nearly
    the whole clause, or names who says something."""
    tokens = unit.markup.tokens
    inside = [i for i in range(unit.first, unit.last) if tokens.start[i] < end and start < tokens.end[i]]
    if not inside:
        return None
    head = next((i for i in inside if tokens.head[i] == i or tokens.head[i] not in inside), inside[0])
    first, last = inside[0], inside[-1]
    for _ in range(_STEPS):
        above = tokens.head[head]
        if tokens.dep[head] not in _MODIFIERS or tokens.pos[above] not in _NOUNS or not first <= above < unit.last:
            break
        head, first, last = above, min(first, above), max(last, above)
    above = tokens.head[head]
    if tokens.dep[head] in _SUBJECTS and attribution_class(tokens.lemma[above]) is not None:
        return None
    if tokens.dep[head] == "pobj" and unit.first <= above < first:
        if tokens.lemma[tokens.head[above]] in _ACCORDING:
            return None
        first = above
    first = max(first, unit.first, last - WORDS_MAX + 1)
    words = tokens.start[first], tokens.end[last]
    return words if words[1] - words[0] < WHOLE * (unit.end - unit.start) and words[1] <= unit.end else None
