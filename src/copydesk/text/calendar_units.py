"""Days, calendar units and holidays: arithmetic that never leaves the years 1 to 9999."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import Literal

Unit = Literal[
    "second",
    "minute",
    "hour",
    "day",
    "weekend",
    "week",
    "month",
    "quarter",
    "season",
    "half",
    "year",
    "decade",
    "century",
    "millennium",
]
LETTER: dict[str, str] = {
    "second": "S", "minute": "M", "hour": "H", "day": "D", "weekend": "WE", "week": "W", "month": "M", "quarter": "Q",
    "season": "X", "half": "H", "year": "Y", "decade": "E", "century": "C", "millennium": "L",
}  # fmt: skip
MONTHS_IN: dict[str, int] = {
    "month": 1, "quarter": 3, "season": 3, "half": 6, "year": 12, "decade": 120, "century": 1200, "millennium": 12000,
}  # fmt: skip
SEASONS: dict[str, int] = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}  # first month, as northern news counts
Bounds = tuple[date, date]


def day_of(year: int, month: int, day: int) -> date | None:
    """The day, None when the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def month_bounds(year: int, month: int, months: int = 1) -> Bounds:
    """First and last day of a run of months, kept inside the calendar."""
    index = min(max(year * 12 + month - 1, 12), 9999 * 12 + 11)
    last = min(index + months - 1, 9999 * 12 + 11)
    return date(index // 12, index % 12 + 1, 1), date(
        last // 12, last % 12 + 1, monthrange(last // 12, last % 12 + 1)[1]
    )


def add_days(day: date, days: float) -> date:
    """The day that many days on, at the calendar's ends the end."""
    ordinal = min(max(day.toordinal() + int(days), 1), date.max.toordinal())
    return date.fromordinal(ordinal)


def add(day: date, count: float, unit: str) -> date:
    """The day that many units on; a day that the month lacks becomes its last."""
    if unit in ("second", "minute", "hour"):
        return add_days(day, round(count * {"second": 1 / 86400, "minute": 1 / 1440, "hour": 1 / 24}[unit]))
    if unit == "day":
        return add_days(day, count)
    if unit in ("week", "weekend"):
        return add_days(day, round(7 * count))
    months = round(count * MONTHS_IN.get(unit, 1))
    index = min(max(day.year * 12 + day.month - 1 + months, 12), 9999 * 12 + 11)
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def unit_bounds(day: date, unit: str) -> Bounds:
    """First and last day of the calendar unit that holds the day."""
    if unit == "week":
        first = add_days(day, -day.weekday())
        return first, add_days(first, 6)
    if unit == "weekend":
        first = add_days(day, 5 - day.weekday())
        return first, add_days(first, 1)
    if unit == "month":
        return month_bounds(day.year, day.month)
    if unit == "quarter":
        return month_bounds(day.year, (day.month - 1) // 3 * 3 + 1, 3)
    if unit == "season":
        month = day.month // 3 * 3
        return month_bounds(day.year, month, 3) if month else month_bounds(day.year - 1, 12, 3)
    if unit == "half":
        return month_bounds(day.year, 1 if day.month < 7 else 7, 6)
    if unit in ("year", "decade", "century", "millennium"):
        years = MONTHS_IN[unit] // 12
        return month_bounds(day.year // years * years, 1, MONTHS_IN[unit])
    return day, day


def unit_value(first: date, unit: str) -> str:
    """The TIMEX3 value of the calendar unit that begins on `first`."""
    year = f"{first.year:04d}"
    if unit in ("week", "weekend"):
        iso = first.isocalendar()
        return f"{iso.year:04d}-W{iso.week:02d}" + ("-WE" if unit == "weekend" else "")
    if unit == "month":
        return f"{year}-{first.month:02d}"
    if unit == "quarter":
        return f"{year}-Q{(first.month - 1) // 3 + 1}"
    if unit == "half":
        return f"{year}-H{1 if first.month < 7 else 2}"
    if unit == "season":
        return f"{year}-{next(k for k, m in SEASONS.items() if m == first.month)}" if first.month % 3 == 0 else year
    return {"year": year, "decade": year[:3], "century": year[:2], "millennium": year[:1]}.get(unit, first.isoformat())


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date | None:
    """The nth given weekday (1 Monday … 7 Sunday) of a month; nth -1 is the last."""
    first, last = month_bounds(year, month)
    if nth < 0:
        return add_days(last, -((last.isoweekday() - weekday) % 7) + 7 * (nth + 1))
    found = add_days(first, (weekday - first.isoweekday()) % 7 + 7 * (nth - 1))
    return found if found <= last else None


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (Butcher's rule)."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, f // 31, f % 31 + 1)


FIXED: dict[str, tuple[int, int]] = {
    "christmas": (12, 25), "christmas-eve": (12, 24), "boxing-day": (12, 26), "new-year": (1, 1), "new-year-eve": (12, 31),
    "independence-day": (7, 4), "halloween": (10, 31), "valentine": (2, 14), "patrick": (3, 17), "may-day": (5, 1),
    "veterans-day": (11, 11), "april-fools": (4, 1), "women-day": (3, 8), "earth-day": (4, 22), "juneteenth": (6, 19),
    "bastille-day": (7, 14), "groundhog-day": (2, 2), "inauguration-day": (1, 20), "guy-fawkes": (11, 5), "teacher-day": (9, 10),
    "singles-day": (11, 11), "children-day": (6, 1), "youth-day": (5, 4), "all-saints": (11, 1), "all-souls": (11, 2),
    "epiphany": (1, 6), "flag-day": (6, 14), "canada-day": (7, 1), "australia-day": (1, 26),
}  # fmt: skip
NTH: dict[str, tuple[int, int, int]] = {  # month, weekday, nth
    "thanksgiving": (11, 4, 4), "martin-luther-king": (1, 1, 3), "presidents-day": (2, 1, 3), "memorial-day": (5, 1, -1),
    "labor-day": (9, 1, 1), "columbus-day": (10, 1, 2), "mother-day": (5, 7, 2), "father-day": (6, 7, 3),
}  # fmt: skip
FROM_EASTER: dict[str, int] = {
    "easter": 0, "good-friday": -2, "easter-monday": 1, "palm-sunday": -7, "ash-wednesday": -46, "maundy-thursday": -3,
    "pentecost": 49, "ascension": 39, "mardi-gras": -47, "shrove-tuesday": -47, "clean-monday": -48, "easter-saturday": -1,
    "corpus-christi": 60, "trinity-sunday": 56, "whit-monday": 50, "easter-week": 0,
}  # fmt: skip


def holiday(name: str, year: int) -> date | None:
    """The day of a holiday in a year, None for a name that the table lacks."""
    if not 1 <= year <= 9999:
        return None
    if name in FIXED:
        return date(year, *FIXED[name])
    if name in NTH:
        month, weekday, nth = NTH[name]
        return nth_weekday(year, month, weekday, nth)
    if name in FROM_EASTER:
        return add_days(easter(year), FROM_EASTER[name])
    if name == "black-friday":
        return add_days(date(year, 11, 1), (4 - date(year, 11, 1).isoweekday()) % 7 + 22)
    if name == "cyber-monday":
        return add_days(date(year, 11, 1), (4 - date(year, 11, 1).isoweekday()) % 7 + 25)
    if name == "election-day":
        return add_days(date(year, 11, 1), (1 - date(year, 11, 1).isoweekday()) % 7 + 1)
    return None


def days_between(first: date, last: date) -> int:
    """Whole days from one day to the other."""
    return (last - first) // timedelta(days=1)


HALVES = {"year": ("6", "month"), "hour": ("30", "minute"), "minute": ("30", "second")}


def duration_value(count: str, unit: str) -> str:
    """The TIMEX3 value of a number of units: P3M, PT2H, PXY."""
    if unit == "decade":
        count, unit = f"{float(count) * 10:g}" if count != "X" else count, "year"
    if count.endswith(".5") and count != "0.5" and unit in HALVES:
        smaller = duration_value(HALVES[unit][0], HALVES[unit][1])
        return duration_value(count[:-2], unit) + smaller.removeprefix("P").removeprefix("T")
    return f"P{'T' if unit in ('second', 'minute', 'hour') else ''}{count}{LETTER[unit]}"
