"""Two values → whether they are of the same thing, and whether both can hold."""

from __future__ import annotations

import re
from dataclasses import dataclass

from copydesk.aligning.likenesses import COUNTED_STATES, class_of
from copydesk.aligning.surroundings import PRISON
from copydesk.aligning.values import Value

SURE = 4.0  # tuned with the bounds below on the dossiers: `python -m evals dossiers`, conflicts.precision first
DURATION_RATIO = 1.35  # "two days" and "less than 24 hours" differ, "two days" and "48 hours" or "over 40 hours" do not
NUMBER_RATIO = 1.02
CLOCK_APART = 120.0  # minutes; times of day further apart are mostly of other events
AROUND_MIN = 8.0  # rarity of the words near two amounts that nearly agree, from which they are of one thing
DAYS_BETWEEN = (
    14  # between two articles: a measure, an age or a time of day that differs by then is mostly another event's
)
TOLL_DAYS = 60  # after which a toll in a sentence that names nothing in common is another event's
REPLACED_DAYS = 30  # after which another count of things is mostly one of other things
DAYS_APART = 3  # weekdays further apart are mostly of other events, or one is read in another week
COUNT_MIN = 5  # "two trains", "three trains": small counts of things are mostly of different things
_ANYONE = frozenset(class_of(w) for w in ("man", "woman", "male", "female", "person", "people", "patient", "resident"))
IN_PRISON = f"duration {PRISON}"
_DIMENSIONS = frozenset(
    class_of(w)
    for w in ("deep", "wide", "long", "high", "tall", "away", "foot", "metre", "inch", "depth", "width", "height")
)
_SIDES = frozenset({"deep", "wide", "long", "high"})
RISING = frozenset({"killed", "injured"})  # tolls that later reports only raise
_OF_ITS_DAY = re.compile(rf"clock|unit|age|duration (?!{PRISON})")
_VAGUE = re.compile(r"\b(?:dozens?|scores|hundreds|thousands|millions|several|many|few|couple)\b", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """How alike two values' surroundings are.

    `probability` is the judge's that the claims say the same, `cosine` that of the sentences; `around` sums the rarity
    of the words near both values, `names` counts the entities that both sentences name. `told_ahead`: one claim tells
    as planned what the other tells as happened. `days` lie between the articles, 0 where their days are not known.
    """

    probability: float
    cosine: float
    around: float
    names: int
    told_ahead: bool = False
    days: int = 0


def can_both_hold(ours: Value, theirs: Value) -> bool:
    """Whether the words of both allow one value: rounding, "more than", and coarser units are no conflict."""
    if ours.kind == theirs.kind == IN_PRISON and ours.low == theirs.low == float("-inf"):
        return ours.high == theirs.high  # "up to ten years": two longest terms for one deed
    if ours.low <= theirs.high and theirs.low <= ours.high:
        return True
    if _VAGUE.search(ours.text) or _VAGUE.search(theirs.text):
        return ours.slot != "duration"
    if ours.kind == "clock":
        return False
    if ours.slot == "date":
        return ours.text.casefold() == theirs.text.casefold()
    small, large = min(ours.middle, theirs.middle), max(ours.middle, theirs.middle)
    if ours.slot == "duration":
        return large <= DURATION_RATIO * small
    if ours.slot == "ordinal" or ours.kind.startswith("age"):
        return False
    if _rounds(ours, theirs) or _rounds(theirs, ours):
        return True
    return ours.kind.startswith("unit") and large <= NUMBER_RATIO * small


def _rounds(rough: Value, fine: Value) -> bool:
    """Whether `rough` is `fine` rounded to one or two figures: 300 for 289, 50 for 51."""
    number, exact = rough.middle, fine.middle
    if not 20 <= number < float("inf") or number != int(number) or int(number) % 10:
        return False
    step: int = 10 ** (len(str(int(number))) - 1)
    while number % step:
        step //= 10
    return abs(number - exact) <= step / 2


def same_thing(ours: Value, theirs: Value, company: Company) -> bool:
    """Whether two values of one kind are values of one thing, near enough to tell a reader."""
    core = ours.core & theirs.core
    total = company.around + 3 * company.probability + 2 * max(0.0, company.cosine - 0.3)
    small, large = sorted((ours.middle, theirs.middle))
    ratio = large / small if small > 0 else float("inf")
    if company.days > DAYS_BETWEEN and _OF_ITS_DAY.match(ours.kind):
        return False
    if ours.slot == "date":
        return _same_date(ours, theirs, company, total)
    if ours.kind == IN_PRISON:
        longest = ours.low == theirs.low == float("-inf")  # of two terms served one is mostly of another trial
        return ratio <= 4 and (company.probability >= 0.1 or (longest and company.cosine >= 0.5))
    if ours.slot == "duration":
        near = company.cosine >= 0.4 if company.names else company.cosine >= 0.5 and total >= SURE
        return near and ratio <= 12
    if ours.slot == "ordinal":
        return company.probability >= 0.5 and len(core) >= 2
    if ours.kind.startswith("age"):
        known = ours.kind.removeprefix("age ") not in _ANYONE or company.probability >= 0.3
        return (
            known and company.cosine >= 0.4 and ratio <= 1.6 and (company.probability >= 0.03 or company.cosine >= 0.55)
        )
    if counts_people(ours):
        if company.days > TOLL_DAYS and not company.names and company.probability < 0.3:
            return False  # another crash
        return ours.counted == theirs.counted and ratio <= 4 and (company.cosine >= 0.4 or company.probability >= 0.1)
    if ours.kind.startswith("unit") and _SIDES & {*ours.kind.split()[2:]} and ratio <= 4 and core - _DIMENSIONS:
        return (
            company.cosine >= 0.4
        )  # both measure one side of one thing: "an 80 m deep well", "the 40-metre-deep well"
    if ours.kind.startswith("unit"):
        close = ratio <= 1.12 and (company.around >= AROUND_MIN or company.probability >= 0.3)
        return total >= SURE and (close or (bool(core) and company.probability >= 0.3 and ratio <= 4))
    of_one_size = ratio <= 2 or not counts_things(ours)
    return of_one_size and total >= SURE + 1 and company.probability >= 0.6 and bool(core - {ours.kind.split()[0]})


def _same_date(ours: Value, theirs: Value, company: Company, total: float) -> bool:
    """Whether two dates or times of day are of one thing."""
    core = ours.core & theirs.core
    apart = abs(ours.middle - theirs.middle)
    if any(a.edition and a.edition not in b.core | b.near for a, b in ((ours, theirs), (theirs, ours))):
        return False
    if ours.kind == "clock":
        return (
            not company.told_ahead and bool(core) and apart <= CLOCK_APART and (company.cosine >= 0.4 or total >= SURE)
        )
    if is_another_year(ours, theirs):
        return bool(core) and company.cosine >= 0.4 and company.probability >= 0.05
    if ours.reckoned != theirs.reckoned or ours.reckoned.startswith("counted"):
        return False
    if ours.reckoned.startswith("weekday"):
        return company.probability >= 0.6 and bool(core) and apart <= DAYS_APART
    if company.days > DAYS_BETWEEN and ours.is_recent and theirs.is_recent:
        return False  # each tells of its own time: figures of one month, and of another
    if "/" in ours.value + theirs.value or not _as_exact(ours, theirs, company):
        return False  # a day and another month: two events
    near = company.probability >= 0.5 or (company.probability >= 0.1 and company.cosine >= 0.6 and company.names > 0)
    listed = ours.is_listed or theirs.is_listed  # which of its dates is meant is anybody's guess
    return near and not listed and total >= SURE and company.around > 0


def _as_exact(ours: Value, theirs: Value, company: Company) -> bool:
    """Whether two dates are told to the day, month or year alike; a month and another year may be of one thing, too."""
    lengths = {len(ours.value), len(theirs.value)}
    sure = company.probability >= 0.3 and ours.value[:4] != theirs.value[:4]
    return len(lengths) == 1 or (sure and lengths == {len("2014"), len("2014-04")})


def is_another_year(ours: Value, theirs: Value) -> bool:
    """Whether two calendar days or months differ in nothing but the year: 2014-04 and 2016-04-14."""
    one, other = ours.value, theirs.value
    if ours.slot != "date" or not ours.reckoned == theirs.reckoned == "calendar":
        return False
    if min(len(one), len(other)) < len("2014-04") or "/" in one + other or one[:4] == other[:4]:
        return False
    return one[5:7] == other[5:7] and (one[7:] == other[7:] or not one[7:] or not other[7:])


def counts_people(value: Value) -> bool:
    """Whether a value counts people in a state, as "killed"."""
    return value.slot == "number" and value.kind.split()[0] in COUNTED_STATES


def counts_things(value: Value) -> bool:
    """Whether a value counts things: no measure, no age, no part of a whole, no people in a state."""
    return value.slot == "number" and not counts_people(value) and value.kind.split()[0] not in ("age", "unit", "all")


def has_grown(ours: Value, theirs: Value) -> bool:
    """Whether one is a toll or a time of at least so much, and the other a higher one: no contradiction, but news."""
    small, large = sorted((ours, theirs), key=lambda v: (v.middle, v.low, v.start))
    if not (counts_people(ours) or ours.slot == "duration") or _VAGUE.search(small.text) or _VAGUE.search(large.text):
        return False
    rising = ours.kind.split()[0] in RISING and large.high == float(
        "inf"
    )  # "injuring another 40", "more than 50 injured"
    return (small.high == float("inf") or rising) and small.middle < large.middle and large.low > small.low


def replaced(ours: Value, theirs: Value, company: Company) -> bool:
    """Whether two counts of one thing may be an earlier and a later one, were they told on different days."""
    small, large = sorted((ours.middle, theirs.middle))
    if not counts_things(ours) or ours.kind in _ANYONE | {"child", "time"} or small < COUNT_MIN:
        return False
    if company.days > REPLACED_DAYS:
        return False
    return large <= 2.0 * small and company.cosine >= 0.45 and company.probability < 0.9
