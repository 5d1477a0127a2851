"""Details, facts → a fact for each value that several articles give, and for what one voice alone adds to a fact.

Clauses that tell one event rarely tell it whole: of six reports of a crash all may name the province, each in a clause
with something else in it, and no two of these clauses say the same. And a clause that several tell may hold what only
one of them knows. The words of such values are claims of their own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from copydesk.aligning.details import Detail, Kind, Value, find_details
from copydesk.aligning.facts import Teller
from copydesk.aligning.ground import Ground
from copydesk.aligning.wording import clearest
from copydesk.linking import connect, members
from copydesk.model.spans import Span
from copydesk.model.stories import Claim, Conflict, Fact

# Tuned on dossiers, cross-validated by story (training/aligning.py): the judge's probability that two clauses say the same
# from which one value in both is one detail. For names .05 and .12 cost .004 and .008 of link_f1, for figures .1 and .3
# cost .001; things (nouns with what tells them apart) are worth .007.
NEAR: dict[Kind, float] = {"name": 0.08, "place": 0.08, "date": 0.2, "number": 0.2, "thing": 0.15}
LIGHTER = 0.5  # what a detail weighs beside a clause
LETTERS_MIN = 12  # code points of what one voice alone adds: a bare number or first name tells nobody what it is of
_KIND_OF = {"number": "number", "duration": "number", "date": "date", "place": "place"}  # by the slot of a conflict
_OPENING = frozenset({"aux", "auxpass", "neg", "compound"})  # words that belong to the one behind them
REACH = 3  # tokens from an added detail back to the word that it hangs on, which it is told with


def add_details(
    ground: Ground, teller: Teller, facts: Sequence[Fact], conflicts: Sequence[Conflict]
) -> tuple[tuple[Claim, ...], tuple[Fact, ...]]:
    """The claims that give details, each in one fact, and these facts, weightiest first."""
    fact_of = {claim: fact for fact in facts for claim in fact.claims}
    holder = [fact_of[c.id] for c in ground.claims]
    contested = _contested(conflicts)
    details = find_details(ground)
    claims: dict[str, Claim] = {}
    found = []
    shared = list(_shared(details, ground, holder))
    told_of = {(d.unit, d.value) for group in shared for d in group}
    untold = [d for d in details if (d.unit, d.value) not in told_of]
    for group in (*shared, *_added(untold, details, ground, holder)):
        told = [_claim(d, ground) for d in group]
        claims.update((c.id, c) for c in told)
        fact = _fact(group, told, ground, teller)
        spans = {ground.units[d.unit].span for d in group}
        sides = max((sum(bool(side & spans) for side in held) for held in contested.get(group[0].kind, ())), default=0)
        found.append(replace(fact, status="disputed") if sides >= min(2, fact.voices) > 0 else fact)
    return tuple(claims[c] for c in sorted(claims)), tuple(sorted(found, key=lambda f: (-f.weight, f.id)))


def _contested(conflicts: Sequence[Conflict]) -> dict[str, list[list[frozenset[Span]]]]:
    """By kind of detail, the clauses on each side of each conflict."""
    found: dict[str, list[list[frozenset[Span]]]] = {}
    for conflict in conflicts:
        if conflict.kind == "conflict":
            sides = [frozenset(side.support) for side in conflict.sides]
            found.setdefault(_KIND_OF.get(conflict.slot, ""), []).append(sides)
    return found


def _shared(details: Sequence[Detail], ground: Ground, holder: Sequence[Fact]) -> Iterator[list[Detail]]:
    """Details of one value in clauses near enough to each other, of several articles no one fact of which holds them all."""
    persons_and_places = {e.id for e in ground.resolution.entities if e.type in ("person", "place")}
    usable = [
        d
        for d in details
        if d.end
        and not d.is_theme
        and (d.kind in ("date", "thing") or (d.value[1] if d.kind == "number" else d.value[1] in persons_and_places))
    ]
    edges = list(_edges(usable, ground, holder))
    left, right = (np.array([edge[side] for edge in edges], dtype=np.int64) for side in (0, 1))
    told: set[tuple[int, int, int]] = set()
    for places in members(connect(len(usable), left, right)):
        group = [usable[i] for i in places]
        words = {(d.unit, d.start, d.end) for d in group}
        articles = {ground.units[d.unit].index for d in group}
        held: dict[str, set[int]] = {}
        for d in group:
            held.setdefault(holder[d.unit].id, set()).add(ground.units[d.unit].index)
        if len(articles) > 1 and all(some < articles for some in held.values()) and not words <= told:
            told |= words
            yield group


def _edges(details: Sequence[Detail], ground: Ground, holder: Sequence[Fact]) -> Iterator[tuple[int, int]]:
    """The pairs of details, by place, that give one value in the same words, in one fact, or in clauses near each other."""
    first: dict[tuple[Value, int | str], int] = {}
    at: dict[int, dict[Value, int]] = {}
    for i, detail in enumerate(details):
        row = ground.rows[detail.unit]
        for where in (row, holder[detail.unit].id):
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


def _added(
    untold: Sequence[Detail], details: Sequence[Detail], ground: Ground, holder: Sequence[Fact]
) -> Iterator[list[Detail]]:
    """Of the untold details what only one voice gives anywhere in the story, in clauses of facts that several voices
    tell; no words twice. Days that another voice tells as exactly or more (Saturday for this weekend) are nobody's."""
    facts = {fact.id: fact for fact in holder}.values()
    counted = {(fact.id, s.span): s.voice for fact in facts for s in fact.support}  # for whom a clause counts
    voices: dict[Value, set[str | None]] = {}
    for detail in details:
        voice = counted[holder[detail.unit].id, ground.units[detail.unit].span]
        voices.setdefault(_bare(detail), set()).add(voice)
    days = [value for value in voices if value[0] == "date" and value[1]]
    closer = {other: [value for value in days if other[1] <= value[1] and value[2] <= other[2]] for other in days}
    alone = {value: len(set().union(*(voices[v] for v in closer.get(value, [value])))) == 1 for value in voices}
    by_value: dict[Value, list[Detail]] = {}
    for detail in untold:
        if detail.end and detail.kind != "thing" and alone[_bare(detail)] and holder[detail.unit].voices > 1:
            wide = _with_governor(detail, ground)
            if wide.end - wide.start >= LETTERS_MIN:
                by_value.setdefault(detail.value, []).append(wide)
    taken: dict[int, list[Detail]] = {}
    for group in sorted(by_value.values(), key=lambda g: (-max(d.end - d.start for d in g), g[0].value)):
        if not any(d.start < o.end and o.start < d.end for d in group for o in taken.get(d.unit, ())):
            for detail in group:
                taken.setdefault(detail.unit, []).append(detail)
            yield group


def _bare(detail: Detail) -> Value:
    """The value as roughly as another may tell it: ten tourists may be another's ten citizens, and Sunday morning may be
    another's sixth of November at eleven."""
    if detail.kind == "number":
        return detail.kind, detail.value[-1]
    return detail.value[:3] if detail.kind == "date" and detail.value[1] else detail.value


def _with_governor(detail: Detail, ground: Ground) -> Detail:
    """The detail with the word that it hangs on where that stands shortly before: "registered as …"; a time with a verb
    alone, since parsers hang it on whatever noun is nearest."""
    unit = ground.units[detail.unit]
    tokens = unit.markup.tokens
    inside = [i for i in range(unit.first, unit.last) if detail.start <= tokens.start[i] < detail.end]
    above = next((tokens.head[i] for i in inside if tokens.head[i] not in inside), inside[0])
    if not max(unit.first, inside[0] - REACH) <= above < inside[0]:
        return detail
    if detail.kind == "date" and tokens.pos[above] not in ("VERB", "AUX"):
        return detail
    while above > unit.first and tokens.dep[above - 1] in _OPENING:
        above -= 1
    return replace(detail, start=tokens.start[above])


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
