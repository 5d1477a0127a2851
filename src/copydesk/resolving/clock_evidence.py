"""What an article's words say about when it was written, as likelihoods over days."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from copydesk.model.markup import TimeMention
from copydesk.text.calendar import ground, split_term

YEARLESS_EDGES = (-183, -120, -90, -60, -45, -30, -21, -14, -7, -3, -1, 0, 1, 2, 3, 5, 7, 10, 14, 21, 30, 45, 60, 90, 120, 184)
NEWEST_EDGES = (
    -7300, -3650, -1825, -1095, -730, -365, -180, -90, -30, -7, 0, 1, 2, 3, 7, 14, 30, 60, 90, 120, 180, 240, 300, 365, 456, 548, 730,
    1095, 1460, 1825, 2555, 3650, 7300,
)  # fmt: skip
_WRAPPERS = frozenset({"early", "mid", "late", "about", "part", "clock"})
_TERM = re.compile(r"(month-day|month|holiday)\(([a-z0-9-]+),(past|future|near)(?:,(\d))?\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Yearless:
    """A date without a year: the name of its term, which one, the direction its tense gives, the weekday beside it."""

    name: str
    which: str
    direction: str
    weekday: int | None


def bare_term(expression: str) -> str:
    """The expression without what narrows it: early(part(MO,X)) → X."""
    for _ in range(4):
        name, arguments = split_term(expression)
        if name not in _WRAPPERS or not arguments:
            break
        expression = arguments[-1]
    return expression


def yearless(mention: TimeMention) -> Yearless | None:
    """The date without a year that a mention names, None when it names another kind of time."""
    match = _TERM.fullmatch(bare_term(mention.expression))
    if match is None:
        return None
    return Yearless(name=match[1], which=match[2], direction=match[3], weekday=int(match[4]) if match[4] else None)


def yearless_terms(times: Sequence[TimeMention]) -> Iterator[tuple[str, Yearless]]:
    """Each different date without a year of an article, with the name under which its gaps are learnt."""
    found = {}
    for mention in times:
        term = yearless(mention)
        if term is not None:
            found[(term.name, term.which)] = term
    for term in found.values():
        yield f"{term.name}:{term.direction}", term


def nearest_gap(term: Yearless, day: date) -> int | None:
    """Days from the term's nearest occurrence (a month's first day) to the day; negative when it lies ahead."""
    expression = f"{term.name}({term.which},near)"
    known = ground(expression, day)
    if known.interval.earliest is None:
        return None
    gap = (day - known.interval.earliest).days
    return gap if -183 <= gap < 184 else None


def whole_date(mention: TimeMention) -> tuple[str, date, date] | None:
    """How fine a date with a year is, its first and its last day; None for any other time."""
    expression = bare_term(mention.expression)
    if not expression.startswith("date("):
        return None
    known = ground(expression, None)
    if known.bounds is None or known.precision not in ("day", "month", "year"):
        return None
    return known.precision, known.bounds[0], known.bounds[1]


def newest_dates(times: Sequence[TimeMention]) -> dict[str, date]:
    """The first day of the newest date of each fineness in an article: "newest:day", "newest:month", "newest:year"."""
    newest: dict[str, date] = {}
    for mention in times:
        if found := whole_date(mention):
            key = f"newest:{found[0]}"
            newest[key] = max(newest.get(key, date.min), found[1])
    return newest
