"""What a time expression means once grounded, its nested terms, and the dates that need no anchor."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from copydesk.model.times import Interval, Precision
from copydesk.text.calendar_units import SEASONS, Bounds, add_days, day_of, month_bounds, unit_bounds, unit_value

WIDTHS: dict[int, tuple[int, Precision]] = {4: (1, "year"), 3: (10, "decade"), 2: (100, "range")}  # digits of a date
NEVER = Interval(earliest=None, latest=None)
PRECISION_OF: dict[str, Precision] = {
    "second": "time", "minute": "time", "hour": "time", "day": "day", "weekend": "range", "week": "week", "month": "month",
    "quarter": "quarter", "season": "season", "half": "range", "year": "year", "decade": "decade", "century": "range",
    "millennium": "range",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounded:
    """What an expression means for one anchor day: the days it can be, how fine that is, and the TIMEX3 value."""

    interval: Interval
    precision: Precision
    value: str | None

    @property
    def bounds(self) -> Bounds | None:
        """First and last day when both are known."""
        if self.interval.earliest is None or self.interval.latest is None:
            return None
        return self.interval.earliest, self.interval.latest


UNKNOWN = Grounded(interval=NEVER, precision="unknown", value=None)


def split_term(expression: str) -> tuple[str, list[str]]:
    """A term's name and its arguments, as written."""
    name, _, rest = expression.partition("(")
    parts, depth, start, body = [], 0, 0, rest[:-1]
    for i, c in enumerate(body):
        depth += (c == "(") - (c == ")")
        if c == "," and depth == 0:
            parts.append(body[start:i])
            start = i + 1
    return name, [*parts, body[start:]] if body else []


def between(bounds: Bounds, precision: Precision, value: str | None) -> Grounded:
    """The days from the first to the last bound."""
    return Grounded(interval=Interval(earliest=bounds[0], latest=bounds[1]), precision=precision, value=value)


def of_unit(day: date, unit: str) -> Grounded:
    """The calendar unit that holds the day."""
    bounds = unit_bounds(day, unit)
    return between(bounds, PRECISION_OF.get(unit, "day"), unit_value(bounds[0], unit))


def read_date(text: str) -> Grounded:
    """A date with its year: a day, month, week, quarter, half, season, year, decade or century."""
    if match := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", text):
        day = day_of(int(match[1]), int(match[2]), int(match[3]))
        return between((day, day), "day", text) if day else replace(UNKNOWN, value=text)
    if match := re.fullmatch(r"(\d{4})-(\d\d)", text):
        return between(month_bounds(int(match[1]), int(match[2])), "month", text)
    if match := re.fullmatch(r"(\d{4})-W(\d\d)(-WE)?", text):
        first = date.fromisocalendar(int(match[1]), int(match[2]), 6 if match[3] else 1)
        return between((first, add_days(first, 1 if match[3] else 6)), "range" if match[3] else "week", text)
    if match := re.fullmatch(r"(\d{4})-Q([1-4])", text):
        return between(month_bounds(int(match[1]), 3 * int(match[2]) - 2, 3), "quarter", text)
    if match := re.fullmatch(r"(\d{4})-H([12])", text):
        return between(month_bounds(int(match[1]), 6 * int(match[2]) - 5, 6), "range", text)
    if match := re.fullmatch(r"(\d{4})-(SP|SU|FA|WI)", text):
        return between(month_bounds(int(match[1]), SEASONS[match[2]], 3), "season", text)
    years, precision = WIDTHS[len(text)]
    return between(month_bounds(int(text) * years, 1, 12 * years), precision, text)
