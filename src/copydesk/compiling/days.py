"""Times → the words a reader or a machine takes them in."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from copydesk.model.times import When

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def day_text(when: When) -> str:
    """The time as a reader writes it: "3 March 2027", "3–9 March 2027", "March 2027", "date unknown"."""
    first, last = when.earliest, when.latest
    if first is not None and last is not None:
        return _range_text(first, last)
    if first is not None:
        return f"{day_of(first)} or later"
    if last is not None:
        return f"{day_of(last)} or earlier"
    return when.value or "date unknown"


def _range_text(first: date, last: date) -> str:
    if first == last:
        return day_of(first)
    same_year, same_month = first.year == last.year, (first.year, first.month) == (last.year, last.month)
    if first.day == 1 and last.day == monthrange(last.year, last.month)[1]:
        if same_year and (first.month, last.month) == (1, 12):
            return str(first.year)
        return _month_of(first) if same_month else f"{_month_of(first)} – {_month_of(last)}"
    if same_month:
        return f"{first.day}–{last.day} {_month_of(first)}"
    return (
        f"{first.day} {MONTHS[first.month - 1]} – {day_of(last)}" if same_year else f"{day_of(first)} – {day_of(last)}"
    )


def day_of(day: date) -> str:
    """A day as a reader writes it: "3 March 2027"."""
    return f"{day.day} {_month_of(day)}"


def short_day_text(when: When) -> str:
    """The time in about a dozen letters: "3 Mar 2027", "8–31 Dec 2027", "Dec 2026 – Jan 2027"."""
    first, last = when.earliest, when.latest
    if first is None or last is None or when.day is not None or (first.year, first.month) == (last.year, last.month):
        found = day_text(when)
        for month in MONTHS:
            found = found.replace(month, month[:3])
        return found
    start, end = (f"{MONTHS[d.month - 1][:3]} {d.year}" for d in (first, last))
    return f"{start} – {end}"


def _month_of(day: date) -> str:
    return f"{MONTHS[day.month - 1]} {day.year}"


def iso_text(when: When | None) -> str:
    """The time for a machine: a day, or "earliest/latest" with an open end left empty; "" when nothing is known."""
    if when is None:
        return ""
    if when.earliest is None and when.latest is None:
        return when.value or ""
    if when.day is not None:
        return when.day.isoformat()
    return "/".join(d.isoformat() if d is not None else "" for d in (when.earliest, when.latest))
