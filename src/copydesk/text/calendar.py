"""Expression, anchor day → the days that a time expression can mean, its precision and its TIMEX3 value.

An expression is what words say before anybody knows when they were written: terms that nest, `name(argument,…)`.

    date(2023-02-07)          a day, month, year, week (2023-W05), quarter, half, season, decade (date(198)), century
    weekday(2,DIR)            Tuesday; month(7,DIR); month-day(01-27,DIR) or, a Friday, month-day(01-27,DIR,5); day(15,DIR) or day(15,DIR,5); quarter(3,DIR); half(2,DIR);
                              season(SU,DIR); holiday(easter,DIR): the one that DIR picks, seen from the anchor
    rel(-1,year)              last year, as a calendar unit; rel(0,week) is this week
    shift(-3,day)             three days ago; shift(2,day,TERM): two days after TERM
    some(-1,day)              a few days ago; some(1,week): a few weeks ahead; some(-1,week,TERM): the weeks before TERM
    in(TERM,TERM)             the first within the second: in(month(7),rel(-1,year))
    nth(1,5,TERM)             the first Friday of TERM; nth(-1,5,TERM) the last
    nth-unit(1,week,TERM)     the first week of TERM
    weekend(DIR)              that weekend; weekend(DIR,this) this one, unless past
    unit(week,TERM)           the week that TERM begins in
    rest(week)                what is left of it
    early(TERM) mid(TERM) late(TERM)      that part of TERM;  about(TERM): the same, less surely
    part(MO,TERM) clock(10:35,TERM)       a part of the day, a clock time; without TERM of no known day
    range(TERM,TERM) since(TERM) after(TERM) before(TERM) until(TERM)
    last(3,month) next(3,month)           the stretch that ends, or begins, at the anchor; the count may be X
    dur(P3M) set(P1D) ref(PAST_REF)       a length of time, a recurrence, a vague past: no place in the calendar

DIR is past, future, near (whichever is closer), last, next or this; of weekdays, which near takes for past, also due (they
meet Monday) and closest.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import lru_cache

from copydesk.model.times import Interval
from copydesk.text.calendar_grounded import UNKNOWN, Grounded, between, of_unit, read_date, split_term
from copydesk.text.calendar_picks import part_of, pick, pick_dated
from copydesk.text.calendar_units import (
    SEASONS,
    add,
    add_days,
    day_of,
    days_between,
    duration_value,
    holiday,
    month_bounds,
    nth_weekday,
    unit_bounds,
    unit_value,
)

LENGTH_MAX, DEPTH_MAX = 400, 8
QUARTER_REPORTED_DAYS = 92  # within these a quarter is still to be reported, whatever the tense
FUZZY_COUNT = 6  # units that "the past few" may reach back at most


@lru_cache(maxsize=20_000)
def ground(expression: str, anchor: date | None) -> Grounded:
    """What an expression means when written on the anchor day; nothing but `UNKNOWN` when it needs one and has none."""
    if len(expression) > LENGTH_MAX:
        return UNKNOWN
    return _ground(expression, anchor, 0)


def needs_anchor(expression: str) -> bool:
    """Whether the meaning depends on when the words were written: two days far apart read it differently."""
    return ground(expression, date(2001, 7, 4)) != ground(expression, date(2014, 2, 11))


def ends_of(expression: str, anchor: date | None) -> tuple[Grounded, Grounded] | None:
    """What the two ends of a range mean, each for itself; None for any other expression."""
    name, arguments = split_term(expression)
    if name != "range" or len(expression) > LENGTH_MAX:
        return None
    try:
        return _ends(arguments, anchor, 1)
    except (ValueError, IndexError, KeyError, OverflowError):
        return None


def _ground(expression: str, anchor: date | None, depth: int) -> Grounded:
    name, arguments = split_term(expression)
    rule = RULES.get(name)
    if rule is None or depth > DEPTH_MAX:
        return UNKNOWN
    try:
        return rule(arguments, anchor, depth + 1)
    except (ValueError, IndexError, KeyError, OverflowError):
        return UNKNOWN


def _years(anchor: date, direction: str) -> range:
    return range(anchor.year, anchor.year + 1) if direction == "this" else range(anchor.year - 5, anchor.year + 6)


def _weekday(arguments: list[str], anchor: date | None, depth: int) -> Grounded:
    if anchor is None:
        return UNKNOWN
    weekday, direction = int(arguments[0]), arguments[1]
    monday = add_days(anchor, 1 - anchor.isoweekday())
    if direction in ("this", "next"):
        day = add_days(monday, weekday - 1 + (7 if direction == "next" else 0))
    else:
        days = [add_days(monday, 7 * k + weekday - 1) for k in (-2, -1, 0, 1)]
        # Without a cue a weekday in the news lies behind.
        day = pick([(d, d) for d in days], anchor, {"near": "past", "due": "future"}.get(direction, direction))[0]
    return between((day, day), "day", day.isoformat())


def _month(arguments: list[str], anchor: date | None, depth: int) -> Grounded:
    if anchor is None:
        return UNKNOWN
    candidates = [month_bounds(y, int(arguments[0])) for y in _years(anchor, arguments[1])]
    bounds = pick_dated(candidates, anchor, arguments[1])
    return between(bounds, "month", unit_value(bounds[0], "month"))


def _days(days: list[date | None], anchor: date, direction: str) -> Grounded:
    day = pick([(d, d) for d in days if d], anchor, direction)[0]
    return between((day, day), "day", day.isoformat())


def _month_day(arguments: list[str], anchor: date | None, depth: int) -> Grounded:
    if anchor is None:
        return UNKNOWN
    month, day = (int(x) for x in arguments[0].split("-"))
    days = [d for d in (day_of(y, month, day) for y in _years(anchor, arguments[1])) if d]
    if len(arguments) > 2:  # the weekday beside it says which year
        days = [d for d in days if d.isoweekday() == int(arguments[2]) and abs(days_between(d, anchor)) < 400] or days
        found = pick([(d, d) for d in days], anchor, "near")[0]
    else:
        found = pick_dated([(d, d) for d in days], anchor, arguments[1])[0]
    return between((found, found), "day", found.isoformat())


def _day(arguments: list[str], anchor: date | None, depth: int) -> Grounded:
    if anchor is None:
        return UNKNOWN
    near = [add(anchor.replace(day=1), k, "month") for k in range(-3, 4)]
    days = [d for d in (day_of(m.year, m.month, int(arguments[0])) for m in near) if d]
    if len(arguments) > 2:
        right = [d for d in days if d.isoweekday() == int(arguments[2])]
        return _days(list(right or days), anchor, "near" if right else arguments[1])
    return _days(list(days), anchor, arguments[1])


def _quarter(arguments: list[str], anchor: date | None, depth: int) -> Grounded:
    if anchor is None:
        return UNKNOWN
    candidates = [month_bounds(y, 3 * int(arguments[0]) - 2, 3) for y in _years(anchor, arguments[1])]
    bounds = pick(candidates, anchor, "past")
    if arguments[1] == "future" and days_between(bounds[1], anchor) > QUARTER_REPORTED_DAYS:
        bounds = pick(candidates, anchor, "future")
    return between(bounds, "quarter", unit_value(bounds[0], "quarter"))


def _half(arguments: list[str], anchor: date | None, depth: int) -> Grounded:
    if anchor is None:
        return UNKNOWN
    bounds = pick(
        [month_bounds(y, 6 * int(arguments[0]) - 5, 6) for y in _years(anchor, arguments[1])], anchor, arguments[1]
    )
    return between(bounds, "range", unit_value(bounds[0], "half"))


def _season(arguments: list[str], anchor: date | None, depth: int) -> Grounded:
    if anchor is None:
        return UNKNOWN
    bounds = pick(
        [month_bounds(y, SEASONS[arguments[0]], 3) for y in _years(anchor, arguments[1])], anchor, arguments[1]
    )
    return between(bounds, "season", unit_value(bounds[0], "season"))


def _holiday(arguments: list[str], anchor: date | None, depth: int) -> Grounded:
    if anchor is None:
        return UNKNOWN
    if arguments[0] == "easter-week":
        found = _holiday(["easter", arguments[1]], anchor, depth)
        return of_unit(found.bounds[0], "week") if found.bounds else UNKNOWN
    days = [d for d in (holiday(arguments[0], y) for y in _years(anchor, arguments[1])) if d]
    day = pick_dated([(d, d) for d in days], anchor, arguments[1])[0]
    return between((day, day), "day", day.isoformat())


def _weekend(arguments: list[str], anchor: date | None, depth: int) -> Grounded:
    if anchor is None:
        return UNKNOWN
    if len(arguments) > 1 and arguments[0] != "past":
        return of_unit(anchor, "weekend")
    weekends = [unit_bounds(add_days(anchor, 7 * k), "weekend") for k in (-2, -1, 0, 1)]
    return of_unit(pick(weekends, anchor, "past" if arguments[0] == "near" else arguments[0])[0], "weekend")


def _unit_of(arguments: list[str], anchor: date | None, depth: int) -> Grounded:
    inner = _ground(arguments[1], anchor, depth)
    return of_unit(inner.bounds[0], arguments[0]) if inner.bounds else UNKNOWN


def _rel(arguments: list[str], anchor: date | None, depth: int) -> Grounded:
    if anchor is None:
        return UNKNOWN
    count, unit = int(arguments[0]), arguments[1]
    if unit in ("week", "weekend"):
        return of_unit(add_days(anchor, 7 * count), unit)
    return of_unit(add(unit_bounds(anchor, unit)[0], count, unit), unit)


def _shift(arguments: list[str], anchor: date | None, depth: int) -> Grounded:
    unit = arguments[1]
    if len(arguments) > 2 and (arguments[0].endswith("X") or unit in ("second", "minute", "hour")):
        return _soon_after(arguments, anchor, depth)
    count = float(arguments[0])
    if len(arguments) > 2:
        base = _ground(arguments[2], anchor, depth)
        if base.bounds is None:
            return UNKNOWN
        first, last = (add(d, count, unit) for d in base.bounds)
        if base.precision in ("day", "time", "range", "unknown"):
            return of_unit(first, unit if unit in ("year", "decade", "century") else "day")
        first, last = unit_bounds(first, base.precision)
        return between((first, last), base.precision, unit_value(first, base.precision))
    if anchor is None:
        return UNKNOWN
    return of_unit(add(anchor, count, unit), unit)


def _soon_after(arguments: list[str], anchor: date | None, depth: int) -> Grounded:
    """A few days, or two hours, from a time: the days that can be, the length as its value."""
    count, unit = arguments[0], arguments[1]
    value = duration_value(count.lstrip("-"), unit)
    base = _ground(arguments[2], anchor, depth)
    if base.bounds is None:
        return replace(UNKNOWN, value=value)
    sign = -1 if count.startswith("-") else 1
    near, far = (2, FUZZY_COUNT) if count.endswith("X") else (abs(float(count)),) * 2
    ends = sorted((add(base.bounds[sign < 0], sign * near, unit), add(base.bounds[sign > 0], sign * far, unit)))
    return between((ends[0], ends[1]), "range", value)


def _some(arguments: list[str], anchor: date | None, depth: int) -> Grounded:
    sign, unit = int(arguments[0]), arguments[1]
    if len(arguments) > 2:  # the weeks before a day: by its month, which is all that can be said
        base = _ground(arguments[2], anchor, depth)
        if base.bounds is None:
            return UNKNOWN
        near, far = (add_days(base.bounds[sign > 0], sign), add(base.bounds[sign > 0], sign * FUZZY_COUNT, unit))
        return between((min(near, far), max(near, far)), "range", unit_value(near.replace(day=1), "month"))
    value = "PAST_REF" if sign < 0 else "FUTURE_REF"
    if anchor is None:
        return replace(UNKNOWN, value=value)
    ends = sorted((add(anchor, sign * 2, unit), add(anchor, sign * FUZZY_COUNT, unit)))
    return between((ends[0], ends[1]), "range", value)


def _in(arguments: list[str], anchor: date | None, depth: int) -> Grounded:
    outer = _ground(arguments[1], anchor, depth)
    if outer.bounds is None:
        return UNKNOWN
    name, inside = split_term(arguments[0])
    if name == "quarter":  # seen from inside, the last one that has begun
        return of_unit(month_bounds(outer.bounds[0].year, 3 * int(inside[0]) - 2)[0], "quarter")
    if name in ("weekday", "month", "month-day", "day", "season", "half", "holiday"):
        found = _ground(f"{name}({inside[0]},inside)", outer.bounds[1], depth)
        return found if found.bounds and (name == "season" or found.bounds[0] >= outer.bounds[0]) else UNKNOWN
    return _ground(arguments[0], outer.bounds[1], depth)


def _nth(arguments: list[str], anchor: date | None, depth: int) -> Grounded:
    nth, weekday, outer = int(arguments[0]), int(arguments[1]), _ground(arguments[2], anchor, depth)
    if outer.bounds is None:
        return UNKNOWN
    first, last = outer.bounds
    day = (
        nth_weekday(last.year, last.month, weekday, nth)
        if nth < 0
        else add_days(first, (weekday - first.isoweekday()) % 7 + 7 * nth - 7)
    )
    return between((day, day), "day", day.isoformat()) if day and first <= day <= last else UNKNOWN


def _nth_unit(arguments: list[str], anchor: date | None, depth: int) -> Grounded:
    nth, unit, outer = int(arguments[0]), arguments[1], _ground(arguments[2], anchor, depth)
    if outer.bounds is None:
        return UNKNOWN
    day = add(outer.bounds[1], nth + 1, unit) if nth < 0 else outer.bounds[0]
    if nth > 0 and unit == "week":  # the first week is the one that holds the first Thursday
        day = add_days(day, (4 - day.isoweekday()) % 7)
    return of_unit(day if nth < 0 else add(day, nth - 1, unit), unit)


def _rest(arguments: list[str], anchor: date | None, depth: int) -> Grounded:
    if anchor is None:
        return UNKNOWN
    return between(
        (anchor, unit_bounds(anchor, arguments[0])[1]),
        "range",
        unit_value(unit_bounds(anchor, arguments[0])[0], arguments[0]),
    )


def _within(share: tuple[float, float]) -> Callable[[list[str], date | None, int], Grounded]:
    def narrow(arguments: list[str], anchor: date | None, depth: int) -> Grounded:
        whole = _ground(arguments[0], anchor, depth)
        if whole.bounds is None or whole.precision in ("day", "time"):
            return whole
        coarse = whole.precision if whole.precision not in ("week", "month", "range") else "range"
        return between(part_of(whole.bounds, whole.precision, share), coarse, whole.value)

    return narrow


def _part(arguments: list[str], anchor: date | None, depth: int) -> Grounded:
    if len(arguments) < 2:
        return replace(UNKNOWN, precision="time", value=f"T{arguments[0]}")
    day = _ground(arguments[1], anchor, depth)
    return replace(
        day, precision="time" if day.bounds else "unknown", value=f"{day.value}T{arguments[0]}" if day.value else None
    )


def _ends(arguments: list[str], anchor: date | None, depth: int) -> tuple[Grounded, Grounded]:
    right = _now_or(arguments[1], anchor, depth)
    name, inside = split_term(arguments[0])
    if name in ("month", "month-day", "day", "weekday") and right.bounds and inside[-1] not in ("this", "last", "next"):
        return _ground(f"{name}({inside[0]},past)", right.bounds[0], depth), right
    return _now_or(arguments[0], anchor, depth), right


def _now_or(term: str, anchor: date | None, depth: int) -> Grounded:
    """What a range's end means; "now", which by itself has no place in the calendar, ends it on the anchor day."""
    known = _ground(term, anchor, depth)
    return between((anchor, anchor), "day", known.value) if term == "ref(PRESENT_REF)" and anchor else known


def _range(arguments: list[str], anchor: date | None, depth: int) -> Grounded:
    left, right = _ends(arguments, anchor, depth)
    if left.bounds is None or right.bounds is None or left.bounds[0] > right.bounds[1]:
        return UNKNOWN
    ends = [
        e.interval.earliest.isoformat() if e.value == "PRESENT_REF" and e.interval.earliest else e.value
        for e in (left, right)
    ]
    value = f"{ends[0]}/{ends[1]}" if left.value and right.value else None
    return between((left.bounds[0], right.bounds[1]), "range", value)


def _open(name: str) -> Callable[[list[str], date | None, int], Grounded]:
    def rule(arguments: list[str], anchor: date | None, depth: int) -> Grounded:
        term = _ground(arguments[0], anchor, depth)
        if term.bounds is None:
            return UNKNOWN
        first, last = term.bounds
        if term.precision == "time" and name in ("before", "after"):  # within that very day
            interval = (
                Interval(earliest=first, latest=None) if name == "after" else Interval(earliest=None, latest=last)
            )
            return replace(term, interval=interval)
        interval = {
            "since": Interval(earliest=first, latest=anchor), "after": Interval(earliest=add_days(last, 1), latest=None),
            "before": Interval(earliest=None, latest=add_days(first, -1)), "until": Interval(earliest=None, latest=last),
        }[name]  # fmt: skip
        return replace(term, interval=interval)

    return rule


def _stretch(sign: int) -> Callable[[list[str], date | None, int], Grounded]:
    def rule(arguments: list[str], anchor: date | None, depth: int) -> Grounded:
        count, unit = arguments[0], arguments[1]
        value = duration_value(count, unit)
        if anchor is None:
            return replace(UNKNOWN, value=value, precision="range")
        end = add(anchor, sign * (FUZZY_COUNT if count == "X" else float(count)), unit)
        first = anchor if sign < 0 or end <= anchor else add_days(anchor, 1)  # what is next begins tomorrow
        return between((min(first, end), max(first, end)), "range", value)

    return rule


RULES: dict[str, Callable[[list[str], date | None, int], Grounded]] = {
    "date": lambda a, anchor, depth: read_date(a[0]), "weekday": _weekday, "month": _month, "month-day": _month_day, "day": _day, "quarter": _quarter,
    "half": _half, "season": _season, "holiday": _holiday, "rel": _rel, "shift": _shift, "some": _some, "in": _in, "nth": _nth,
    "nth-unit": _nth_unit, "rest": _rest, "weekend": _weekend, "unit": _unit_of, "early": _within((0, 0.5)), "mid": _within((0.25, 0.75)), "late": _within((0.5, 1)),
    "about": lambda a, anchor, depth: _ground(a[0], anchor, depth), "part": _part, "clock": _part, "range": _range,
    "since": _open("since"), "after": _open("after"), "before": _open("before"), "until": _open("until"),
    "last": _stretch(-1), "next": _stretch(1),
    "dur": lambda a, anchor, depth: replace(UNKNOWN, value=a[0]), "set": lambda a, anchor, depth: replace(UNKNOWN, value=a[0]),
    "ref": lambda a, anchor, depth: Grounded(
        interval=Interval(earliest=anchor if a[0] == "FUTURE_REF" else None, latest=anchor if a[0] == "PAST_REF" else None),
        precision="unknown", value=a[0],
    ),
}  # fmt: skip
