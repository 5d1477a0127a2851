"""Values of one kind → those of one thing that cannot all hold, or of which the later replaces the earlier."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations, pairwise

import numpy as np

from copydesk.aligning.compare import (
    IN_PRISON,
    RISING,
    Company,
    can_both_hold,
    counts_people,
    counts_things,
    has_grown,
    is_another_year,
    replaced,
    same_thing,
)
from copydesk.aligning.figures import times_of
from copydesk.aligning.ground import Contest, Ground
from copydesk.aligning.likenesses import class_of
from copydesk.aligning.units import Unit
from copydesk.aligning.values import Value, find_values
from copydesk.linking import connect, members
from copydesk.model.stories import Resolution
from copydesk.model.times import Interval

VALUES_MAX = 300  # of one kind: more are a table or a hostile article, and cost grows with their square
COURSE_MIN = 3  # different tolls that are the course of one number, in whatever order the articles came
LISTED_MIN = 4  # different tolls of one kind in an article that lists other events
DATES_MAX = 3  # different dates of one thing: more are a series of events
STALE = timedelta(days=14)  # a toll with a date further back counts another event
_YEARS = re.compile(r"\b(?:years?|decades?|century|annual|annually|since|previous|every)\b", re.I)

# What was said before it was put right, in the words of who puts it right.
_AT_FIRST = re.compile(
    r"\b(?:initially|originally|at first|first (?:said|reported|thought|believed|given)|(?:earlier|previously|had) (?:said|reported|thought|stated|been (?:reported|given|put))|(?:earlier|initial|previous|first) (?:reports?|figures?|tolls?|counts?))\b",
    re.I,
)
_REMAIN = re.compile(r"\b(?:remain(?:s|ed|ing)?|still)\b", re.I)


def contest_values(ground: Ground) -> Iterator[Contest]:
    """The contests over numbers, lengths, ages and dates."""
    kinds: dict[tuple[str, str], list[Value]] = {}
    for value in find_values(ground.units, ground.resolution):
        if not counts_people(value) or not _is_stale(ground.units[value.unit], ground.resolution):
            kinds.setdefault((value.slot, value.kind), []).append(value)
    for key in sorted(kinds):
        yield from _of_kind(_unlisted(kinds[key], ground)[:VALUES_MAX], ground)


def _unlisted(values: list[Value], ground: Ground) -> list[Value]:
    """The values without tolls of other events: those that an article lists beside many, or tells of another place.

    What another article gives too stays.
    """
    if not counts_people(values[0]):
        return values
    held: dict[int, set[str]] = {}
    for value in values:
        held.setdefault(ground.units[value.unit].index, set()).add(value.value)

    def is_aside(value: Value) -> bool:
        index = ground.units[value.unit].index
        others = [told for i, told in held.items() if i != index]
        if any(value.value in told for told in others) or len(held[index]) < 2:
            return False
        if len(held[index]) >= LISTED_MIN:
            return True
        known = frozenset[str]().union(*(ground.told_in[i] for i in held if i != index))
        places = ground.places_of(value.unit)
        return bool(places) and not places & known

    return [v for v in values if not is_aside(v)]


def _is_stale(unit: Unit, resolution: Resolution) -> bool:
    """Whether a toll is of another event: its sentence counts over years, or gives a day far from the story's."""
    if _YEARS.search(unit.sentence_text):
        return True
    when = resolution.when
    if when.earliest is None or when.latest is None:
        return False
    reach = Interval(earliest=when.earliest - STALE, latest=when.latest + STALE)
    return any(not interval.meets(reach) for interval in times_of(unit, resolution))


def _company(ours: Value, theirs: Value, ground: Ground) -> Company:
    common = (ours.core | ours.near) & (theirs.core | theirs.near)
    return Company(
        probability=ground.probability(ours.unit, theirs.unit),
        cosine=ground.cosine(ours.unit, theirs.unit),
        around=sum(ground.rarity.get(word, 0.0) for word in sorted(common)),
        names=len(ground.sentence_names(ours.unit) & ground.sentence_names(theirs.unit)),
        told_ahead={ground.claims[v.unit].modality for v in (ours, theirs)} == {"planned", "happened"},
        days=_days_between(ground.units[ours.unit], ground.units[theirs.unit]),
    )


def _days_between(one: Unit, other: Unit) -> int:
    days = (one.article.published.day, other.article.published.day)
    return abs((days[0] - days[1]).days) if days[0] is not None and days[1] is not None else 0


def _of_kind(values: list[Value], ground: Ground) -> Iterator[Contest]:
    article = [ground.units[v.unit].index for v in values]
    pairs = [(i, j) for i, j in combinations(range(len(values)), 2) if article[i] != article[j]]
    company = {(i, j): _company(values[i], values[j], ground) for i, j in pairs}
    alike = {(i, j) for i, j in pairs if same_thing(values[i], values[j], company[i, j])}
    alike |= {(i, j) for i, j in pairs if replaced(values[i], values[j], company[i, j])}
    joined, apart = [], []
    for i, j in pairs:
        ours, theirs = values[i], values[j]
        if can_both_hold(ours, theirs) and not has_grown(ours, theirs):
            if (
                ours.value == theirs.value
                and ours.counted == theirs.counted
                and ((i, j) in alike or ours.slot == "number" or _tell_one_day(ours, theirs, company[i, j]))
            ):
                joined.append((i, j))
        elif (i, j) in alike and (
            _what_remains(ours, theirs, ground)
            or _is_put_right(i, j, values, ground)
            or is_another_year(ours, theirs)
            or not _says_both(i, j, values, alike, article)
        ):
            apart.append((i, j))
    left, right = (np.array([p[k] for p in joined + apart], dtype=np.int64) for k in (0, 1))
    contested = {i for pair in apart for i in pair}
    for group in members(connect(len(values), left, right)):
        if contested & set(group) and (contest := _contest([values[i] for i in group], ground)):
            yield contest


def _tell_one_day(ours: Value, theirs: Value, company: Company) -> bool:
    return ours.slot == "date" and bool(ours.core & theirs.core) and company.probability >= 0.1


def _what_remains(ours: Value, theirs: Value, ground: Ground) -> bool:
    """Whether one counts those still in a state that the other counts, as "two remain trapped"."""
    if not counts_people(ours):
        return False
    left = [_REMAIN.search(ground.units[v.unit].text) is not None for v in (ours, theirs)]
    return left[0] != left[1] and (ours.middle < theirs.middle) == left[0]


def _says_both(i: int, j: int, values: list[Value], alike: set[tuple[int, int]], article: list[int]) -> bool:
    """Whether the article of one value also gives the other's: then the two are of different things."""
    for one, other in ((i, j), (j, i)):
        for k, value in enumerate(values):
            if k == other or article[k] != article[other] or has_grown(values[one], value):
                continue
            same = (min(one, k), max(one, k)) in alike or value.value == values[one].value
            if same and can_both_hold(values[one], value):
                return True
    return False


def _is_put_right(i: int, j: int, values: list[Value], ground: Ground) -> bool:
    """Whether the article of one value gives the other's too, as what was said at first."""
    for one, other in ((i, j), (j, i)):
        index = ground.units[values[one].unit].index
        for value in values:
            if (
                value.value == values[other].value
                and ground.units[value.unit].index == index
                and _was_first_said(value, ground)
            ):
                return True
    return False


def _was_first_said(value: Value, ground: Ground) -> bool:
    return _AT_FIRST.search(ground.units[value.unit].text) is not None


def _contest(values: list[Value], ground: Ground) -> Contest | None:
    by_value: dict[str, list[Value]] = {}
    for value in sorted(values, key=lambda v: (v.middle, v.value)):
        same = next(
            (k for k, held in by_value.items() if value.kind.startswith("unit") and can_both_hold(held[0], value)),
            value.value,
        )
        by_value.setdefault(same, []).append(value)  # "40 metres" and "131 feet" are one side
    if len(by_value) < 2 or (values[0].slot == "date" and len(by_value) > DATES_MAX):
        return None
    groups = sorted(by_value.values(), key=lambda g: (g[0].middle, g[0].value))
    groups, is_update = _in_time(groups, ground)
    if not is_update and (counts_things(values[0]) or all(has_grown(a[0], b[0]) for a, b in pairwise(groups))):
        return None  # without an order in time, two counts of things are too often counts of different things
    return Contest(
        slot=values[0].slot,
        about=_about(values, ground),
        sides=tuple((group[0].value, tuple(sorted({v.unit for v in group}))) for group in groups),
        told=tuple(group[0].text for group in groups),
        is_update=is_update,
    )


def _in_time(groups: list[list[Value]], ground: Ground) -> tuple[list[list[Value]], bool]:
    """The groups in order of time, and whether later ones replace earlier ones."""
    if groups[0][0].slot not in ("number", "duration") or groups[0][0].kind == IN_PRISON:
        return groups, False
    old = [any(_was_first_said(v, ground) for v in group) for group in groups]
    if len(groups) == 2 and old[0] != old[1]:
        return groups if old[0] else groups[::-1], True
    if groups[0][0].kind in RISING and len(groups) >= COURSE_MIN:
        return groups, True
    if counts_people(groups[0][0]) and all(
        has_grown(a, b) for one, other in pairwise(groups) for a, b in [_widest(one, other)]
    ):
        return groups, True
    if len(groups) == 2 and _what_remains(groups[0][0], groups[1][0], ground):
        return groups[::-1], True
    hours = [_hour(group, ground) for group in groups]
    if groups[0][0].kind in RISING and all(a is not None and b is not None and a < b for a, b in pairwise(hours)):
        return groups, True
    known = [d for group in groups if (d := _days(group, ground)) is not None]
    if len(known) < len(groups):
        return groups, False
    order = sorted(range(len(groups)), key=lambda n: known[n])
    if all(known[a][1] <= known[b][0] and known[a][1] < known[b][1] for a, b in pairwise(order)):
        return [groups[n] for n in order], True
    return groups, False


def _hour(group: list[Value], ground: Ground) -> str | None:
    """When the first article of a group was published, to the minute; None where that is not known."""
    stated = [ground.units[v.unit].article.published.value or "" for v in group]
    return min(stated) if all("T" in value for value in stated) else None


def _widest(one: list[Value], other: list[Value]) -> tuple[Value, Value]:
    """Of two sides the values that are told most openly, as "more than 50" where others have 50."""
    return max(one, key=lambda v: v.high), max(other, key=lambda v: v.high)


def _days(group: list[Value], ground: Ground) -> tuple[date, date] | None:
    """The first and last day on which the articles of a group were published; None when one is not known to the day."""
    found = [ground.units[v.unit].article.published.day for v in group]
    known = [d for d in found if d is not None]
    return (min(known), max(known)) if len(known) == len(found) else None


def _about(values: list[Value], ground: Ground) -> str:
    """What the values are of, in words of the text."""
    first = values[0]
    if first.kind.startswith("age ") and first.about == "age":
        return f"age of the {first.kind.removeprefix('age ')}"
    if first.slot != "date" and first.about:
        return first.about
    common = frozenset.intersection(*(v.core | v.near for v in values)) or frozenset.union(*(v.core for v in values))
    unit = ground.units[first.unit]
    tokens = unit.markup.tokens
    words = [
        unit.article.text[tokens.start[i] : tokens.end[i]]
        for i in range(unit.first, unit.last)
        if class_of(tokens.lemma[i]) in common
    ]
    return f"{first.slot} ({' '.join(dict.fromkeys(words))})" if words else first.slot
