"""Ground, facts → who, where, when and how many that several articles give, each a fact of its own.

Clauses that tell one event rarely tell it whole: of six reports of a crash all may name the province, each in a clause
with something else in it, and no two of these clauses say the same. The words that give one value (a person, a place,
a day, a number of something) are claims then, and those of several articles one fact, where the clauses around them
are near enough to be about one thing.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

import numpy as np

from copydesk.aligning.facts import Teller
from copydesk.aligning.figures import ground_between, in_base, numbers_of
from copydesk.aligning.ground import Ground
from copydesk.aligning.units import Unit
from copydesk.aligning.wording import clearest
from copydesk.linking import connect, members
from copydesk.model.markup import TimeMention
from copydesk.model.stories import Claim, Conflict, Fact
from copydesk.reference.attribution import attribution_class

Kind: TypeAlias = Literal["name", "place", "date", "number"]
Value: TypeAlias = tuple[str, ...]

# Tuned on dossiers, cross-validated by story (training/aligning.py): the judge's probability that two clauses say the same
# from which one value in both is one detail. For names .05 and .12 cost .005 of link_f1; figures agree by chance more
# often, and from .05 on they tie near misses.
NEAR: dict[Kind, float] = {"name": 0.08, "place": 0.08, "date": 0.2, "number": 0.2}
EVERYWHERE = 0.12  # share of a story's clauses from which a name is what the story is about, and no detail of it
WORDS_MAX = 12  # tokens of a detail
WHOLE = 0.8  # share of its clause from which a detail is no detail of it
LIGHTER = 0.5  # what a detail weighs beside a clause
_MODIFIERS = frozenset({"compound", "nmod", "amod", "poss", "nummod", "quantmod", "npadvmod"})
_NOUNS = frozenset({"NOUN", "PROPN", "NUM"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_CLOCK = re.compile(r"clock\((\d\d?:\d\d)")
_STEPS = 3  # from a value to the noun that it stands before


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    """The words of one clause (`unit`) that give one value, `start` and `end` in the article's text."""

    unit: int
    start: int
    end: int
    kind: Kind
    value: Value


def add_details(
    ground: Ground, teller: Teller, facts: Sequence[Fact], conflicts: Sequence[Conflict]
) -> tuple[tuple[Claim, ...], tuple[Fact, ...]]:
    """The claims that give details of several articles, each in one fact, and these facts."""
    fact_of = {claim: fact.id for fact in facts for claim in fact.claims}
    holder = [fact_of[c.id] for c in ground.claims]
    disputes = [
        (x.slot, [frozenset(side.support) for side in x.sides])
        for x in conflicts
        if x.kind == "conflict" and x.slot != "name"
    ]
    claims: dict[str, Claim] = {}
    found = []
    for group in _groups(find_details(ground), ground, holder):
        told = [_claim(d, ground) for d in group]
        claims.update((c.id, c) for c in told)
        fact = _fact(group, told, ground, teller)
        spans = {ground.units[d.unit].span for d in group}
        disputed = any(
            slot == group[0].kind and (sum(bool(side & spans) for side in sides) > 1) for slot, sides in disputes
        )
        found.append(replace(fact, status="disputed") if disputed else fact)
    return tuple(claims[c] for c in sorted(claims)), tuple(sorted(found, key=lambda f: (-f.weight, f.id)))


def find_details(ground: Ground) -> list[Detail]:
    """Every value that a clause gives in some words of its own, in order of value and place."""
    found = {(d.value, d.unit): d for d in (*_named(ground), *_figured(ground))}  # one a clause
    return [found[key] for key in sorted(found)]


def _named(ground: Ground) -> Iterator[Detail]:
    at: dict[str, list[int]] = {}
    for n, unit in enumerate(ground.units):
        at.setdefault(unit.article.id, []).append(n)
    names = {(u.article.id, m.start) for u in ground.units for m in u.markup.names}
    for entity in ground.resolution.entities:
        if entity.type not in ("person", "place"):
            continue
        kind: Kind = "place" if entity.type == "place" else "name"
        told = []
        for span in entity.mentions:
            here = next(
                (n for n in at.get(span.article, ()) if ground.units[n].start <= span.start < ground.units[n].end), None
            )
            if here is not None and (span.article, span.start) in names:
                told.append((here, span))
        articles = {ground.units[n].index for n, _ in told}
        if len({n for n, _ in told}) <= max(EVERYWHERE * len(ground.units), len(articles)):  # once in each is no theme
            for n, span in sorted(told, key=lambda x: -x[1].start):
                if (words := _words(ground.units[n], span.start, span.end)) is not None:
                    yield Detail(unit=n, start=words[0], end=words[1], kind=kind, value=(kind, entity.id))


def _figured(ground: Ground) -> Iterator[Detail]:
    for n, unit in enumerate(ground.units):
        for time in reversed(unit.markup.times):
            value = _moment(time, unit, ground) if unit.start <= time.start < unit.end else None
            words = _words(unit, time.start, time.end) if value is not None else None
            if value is not None and words is not None:
                yield Detail(unit=n, start=words[0], end=words[1], kind="date", value=value)
        for quantity in reversed(numbers_of(unit)):
            name, amount = in_base(quantity)
            if not quantity.ordinal and amount != 1 and (name or quantity.counted):
                counted: Value = ("number", name or quantity.counted, f"{amount:.3g}")
                if (words := _words(unit, quantity.start, quantity.end)) is not None:
                    yield Detail(unit=n, start=words[0], end=words[1], kind="number", value=counted)


def _moment(time: TimeMention, unit: Unit, ground: Ground) -> Value | None:
    """The days that a date means, or the time of day that a clock shows, whatever day stands beside it."""
    if time.type == "TIME" and (clock := _CLOCK.search(time.expression)) is not None:
        return "date", "", "", clock[1]
    if time.type not in ("DATE", "TIME"):
        return None
    days = ground_between(time.expression, ground.resolution.published.get(unit.article.id, unit.article.published))
    if days is None or days.earliest is None or days.latest is None:
        return None
    part = (time.value or "").partition("T")[2] if time.type == "TIME" else ""
    return "date", days.earliest.isoformat(), days.latest.isoformat(), part


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
        first = above
    first = max(first, unit.first, last - WORDS_MAX + 1)
    words = tokens.start[first], tokens.end[last]
    return words if words[1] - words[0] < WHOLE * (unit.end - unit.start) and words[1] <= unit.end else None


def _groups(details: Sequence[Detail], ground: Ground, holder: Sequence[str]) -> Iterator[list[Detail]]:
    """Details of one value in clauses near enough to each other, of several articles no one fact of which holds them all."""
    edges = list(_edges(details, ground, holder))
    left, right = (np.array([edge[side] for edge in edges], dtype=np.int64) for side in (0, 1))
    for places in members(connect(len(details), left, right)):
        group = [details[i] for i in places]
        articles = {ground.units[d.unit].index for d in group}
        held: dict[str, set[int]] = {}
        for d in group:
            held.setdefault(holder[d.unit], set()).add(ground.units[d.unit].index)
        if len(articles) > 1 and all(some < articles for some in held.values()):
            yield group


def _edges(details: Sequence[Detail], ground: Ground, holder: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The pairs of details, by place, that give one value in the same words, in one fact, or in clauses near each other."""
    first: dict[tuple[Value, int | str], int] = {}
    at: dict[int, dict[Value, int]] = {}
    for i, detail in enumerate(details):
        row = ground.rows[detail.unit]
        for where in (row, holder[detail.unit]):
            if (other := first.setdefault((detail.value, where), i)) != i:
                yield other, i
        at.setdefault(row, {}).setdefault(detail.value, i)
    near = np.flatnonzero(ground.score >= min(NEAR.values()))
    pairs = (column[near].tolist() for column in (ground.evidence.left, ground.evidence.right, ground.score))
    for one, other, score in zip(*pairs, strict=True):
        ours, theirs = at.get(one, {}), at.get(other, {})
        for value in ours.keys() & theirs.keys():
            if score >= NEAR[details[ours[value]].kind]:
                yield ours[value], theirs[value]


def _claim(detail: Detail, ground: Ground) -> Claim:
    """What a detail claims: as its clause does, in its own words alone."""
    clause = ground.claims[detail.unit]
    key = "\0".join((clause.article, str(detail.start), str(detail.end), *detail.value))
    return replace(
        clause,
        id="c-" + hashlib.sha256(key.encode()).hexdigest()[:12],
        start=detail.start,
        end=detail.end,
        slots=tuple(s for s in clause.slots if detail.start <= s.start and s.end <= detail.end),
    )


def _fact(group: Sequence[Detail], claims: Sequence[Claim], ground: Ground, teller: Teller) -> Fact:
    units = [d.unit for d in group]
    whole, best = teller.tell(units), group[units.index(clearest(units, ground, teller.rewritten))]
    spans = {ground.units[d.unit].span: (d.start, d.end) for d in group}
    support = tuple(
        replace(s, span=replace(s.span, start=spans[s.span][0], end=spans[s.span][1])) for s in whole.support
    )
    ids = tuple(c.id for c in claims)
    return replace(
        whole,
        id="f-" + hashlib.sha256("\0".join(("detail", *sorted(ids))).encode()).hexdigest()[:12],
        text=ground.units[best.unit].article.text[best.start : best.end],
        claims=ids,
        support=support,
        weight=round(LIGHTER * whole.weight, 4),
        reasons=(f"a detail of “{whole.text}”", *(r for r in whole.reasons if not r.startswith("they agree in"))),
        detail_of=whole.text,
    )
