"""Values of one thing that cannot all hold → conflicts, and updates where a later one replaces an earlier."""

from __future__ import annotations

import hashlib
import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations, pairwise

import numpy as np

from copydesk.aligning.compare import Company, can_both_hold, counts_people, has_grown, same_thing
from copydesk.aligning.evidence import Evidence
from copydesk.aligning.figures import times_of
from copydesk.aligning.likenesses import class_of
from copydesk.aligning.units import Unit
from copydesk.aligning.values import Value, find_values
from copydesk.linking import connect, members
from copydesk.linking.columns import FloatColumn
from copydesk.model.spans import Span
from copydesk.model.stories import Claim, Conflict, Resolution, Side
from copydesk.model.times import Interval

VALUES_MAX = 300  # of one kind: more are a table or a hostile article, and cost grows with their square
STALE = timedelta(days=14)  # a toll with a date further back counts another event
_YEARS = re.compile(r"\b(?:years?|decades?|century|annual|annually|since|previous|every)\b", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ground:
    """What comparing needs to know of a story."""

    units: tuple[Unit, ...]
    claims: tuple[Claim, ...]
    evidence: Evidence
    score: FloatColumn
    resolution: Resolution
    place: dict[tuple[int, int], int]
    rarity: dict[str, float]

    def company(self, ours: Value, theirs: Value) -> Company:
        pair = (min(ours.unit, theirs.unit), max(ours.unit, theirs.unit))
        found = self.place.get(pair)
        common = (ours.core | ours.near) & (theirs.core | theirs.near)
        vectors, names = self.evidence.sentences, self.evidence.names
        return Company(
            probability=float(self.score[found]) if found is not None else 0.0,
            cosine=float(vectors[pair[0]] @ vectors[pair[1]]),
            around=sum(self.rarity.get(word, 0.0) for word in sorted(common)),
            names=len(set(names[pair[0]]) & set(names[pair[1]])),
        )

    def article(self, value: Value) -> int:
        return self.units[value.unit].index


def find_conflicts(
    units: tuple[Unit, ...], claims: tuple[Claim, ...], judged: tuple[Evidence, FloatColumn], resolution: Resolution
) -> tuple[Conflict, ...]:
    """The conflicts and updates of a story, those of most voices first."""
    evidence, score = judged
    ground = _Ground(
        units=units, claims=claims, evidence=evidence, score=score, resolution=resolution,
        place={pair: n for n, pair in enumerate(zip(evidence.left.tolist(), evidence.right.tolist(), strict=True))},
        rarity=_rarity(units),
    )  # fmt: skip
    kinds: dict[tuple[str, str], list[Value]] = {}
    for value in find_values(units, resolution):
        if not counts_people(value) or not _is_stale(units[value.unit], resolution):
            kinds.setdefault((value.slot, value.kind), []).append(value)
    found = [c for key in sorted(kinds) for c in _of_kind(kinds[key][:VALUES_MAX], ground)]
    return tuple(sorted(found, key=lambda c: (-len({v for s in c.sides for v in s.voices}), c.kind, c.id)))


def _rarity(units: Sequence[Unit]) -> dict[str, float]:
    held: Counter[str] = Counter()
    for unit in units:
        held.update({class_of(unit.markup.tokens.lemma[i]) for i in range(unit.first, unit.last)})
    return {word: math.log((1 + len(units)) / (1 + n)) for word, n in held.items()}


def _is_stale(unit: Unit, resolution: Resolution) -> bool:
    """Whether a toll is of another event: its sentence counts over years, or gives a day far from the story's."""
    if _YEARS.search(unit.sentence_text):
        return True
    when = resolution.when
    if when.earliest is None or when.latest is None:
        return False
    reach = Interval(earliest=when.earliest - STALE, latest=when.latest + STALE)
    return any(not interval.meets(reach) for interval in times_of(unit, resolution))


def _of_kind(values: list[Value], ground: _Ground) -> list[Conflict]:
    """The conflicts among values of one kind."""
    joined: list[tuple[int, int]] = []
    apart: list[tuple[int, int]] = []
    company = {
        (i, j): ground.company(values[i], values[j])
        for i, j in combinations(range(len(values)), 2)
        if ground.article(values[i]) != ground.article(values[j])
    }
    alike = {pair for pair, c in company.items() if same_thing(values[pair[0]], values[pair[1]], c)}
    for i, j in sorted(company):
        ours, theirs = values[i], values[j]
        if can_both_hold(ours, theirs) and not has_grown(ours, theirs):
            if ours.value == theirs.value and ours.counted == theirs.counted and ((i, j) in alike or ours.slot == "number"):
                joined.append((i, j))
        elif (i, j) in alike and not _says_both(i, j, values, alike, ground):
            apart.append((i, j))
    left, right = (np.array([p[k] for p in joined + apart], dtype=np.int64) for k in (0, 1))
    conflicting = {i for pair in apart for i in pair}
    found = [_conflict([values[i] for i in group], ground) for group in members(connect(len(values), left, right)) if conflicting & set(group)]
    return [c for c in found if c is not None]


def _says_both(i: int, j: int, values: list[Value], alike: set[tuple[int, int]], ground: _Ground) -> bool:
    """Whether the article of one value also gives the other's: then the two are of different things."""
    for one, other in ((i, j), (j, i)):
        for k, value in enumerate(values):
            if k == other or ground.article(value) != ground.article(values[other]) or has_grown(values[one], value):
                continue
            same = (min(one, k), max(one, k)) in alike or value.value == values[one].value
            if same and can_both_hold(values[one], value):
                return True
    return False


def _conflict(values: list[Value], ground: _Ground) -> Conflict | None:
    by_value: dict[str, list[Value]] = {}
    for value in values:
        by_value.setdefault(value.value, []).append(value)
    if len(by_value) < 2:
        return None
    groups = sorted(by_value.values(), key=lambda g: (g[0].middle, g[0].value))
    groups, is_update = _in_time(groups, ground)
    sides = tuple(_side(group, ground, values[0]) for group in groups)
    about = _about(values, ground)
    key = "\0".join([values[0].slot, values[0].kind, *sorted(f"{s.article}:{s.start}:{s.end}" for side in sides for s in side.support)])
    told = " or ".join(f"“{group[0].text}”" for group in groups)
    return Conflict(
        id="x-" + hashlib.sha256(key.encode()).hexdigest()[:12],
        kind="update" if is_update else "conflict",
        about=about,
        slot=values[0].slot,
        facts=(),
        sides=sides,
        reason=f"{about}: {told}" + (", the later report replacing the earlier" if is_update else "; these cannot all hold"),
    )


def _in_time(groups: list[list[Value]], ground: _Ground) -> tuple[list[list[Value]], bool]:
    """The groups in order of time, and whether later ones replace earlier ones."""
    if groups[0][0].slot not in ("number", "duration"):
        return groups, False
    if counts_people(groups[0][0]) and all(has_grown(a[0], b[0]) for a, b in pairwise(groups)):
        return groups, True
    days = [_days(group, ground) for group in groups]
    known = [d for d in days if d is not None]
    if len(known) < len(groups):
        return groups, False
    order = sorted(range(len(groups)), key=lambda n: known[n])
    if all(known[a][1] < known[b][0] for a, b in pairwise(order)):
        return [groups[n] for n in order], True
    return groups, False


def _days(group: list[Value], ground: _Ground) -> tuple[date, date] | None:
    """The first and last day on which the articles of a group were published; None when one is not known to the day."""
    found = [ground.units[v.unit].article.published.day for v in group]
    known = [d for d in found if d is not None]
    return (min(known), max(known)) if len(known) == len(found) else None


def _side(group: list[Value], ground: _Ground, first: Value) -> Side:
    units = sorted({v.unit for v in group})
    voices = sorted({v for n in units if (v := ground.claims[n].voice) is not None})
    shortest = min(units, key=lambda n: (len(ground.units[n].text), n))
    known = [ground.resolution.published.get(ground.units[n].article.id, ground.units[n].article.published) for n in units]
    dated = sorted((w for w in known if w.earliest is not None), key=lambda w: (w.earliest or date.max, w.latest or date.max))
    return Side(
        value=group[0].value,
        when=dated[0] if dated else None,
        text=ground.units[shortest].text,
        support=tuple(Span(article=ground.claims[n].article, start=ground.claims[n].start, end=ground.claims[n].end) for n in units),
        voices=tuple(voices),
    )


def _about(values: list[Value], ground: _Ground) -> str:
    """What the values are of, in words of the text."""
    first = values[0]
    if first.kind.startswith("age "):
        return f"age of the {first.kind.removeprefix('age ')}"
    if first.slot != "date" and first.about:
        return first.about
    common = frozenset.intersection(*(v.core | v.near for v in values)) or frozenset.union(*(v.core for v in values))
    unit = ground.units[first.unit]
    tokens = unit.markup.tokens
    words = [unit.article.text[tokens.start[i] : tokens.end[i]] for i in range(unit.first, unit.last) if class_of(tokens.lemma[i]) in common]
    return f"{first.slot} ({' '.join(dict.fromkeys(words))})" if words else first.slot
