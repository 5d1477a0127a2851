"""What an article's words say about when it was written, as likelihoods over days."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from copydesk.model.articles import Article
from copydesk.model.markup import Markup, TimeMention
from copydesk.model.spans import Span
from copydesk.text.calendar import ground
from copydesk.text.calendar_grounded import split_term

Likelihood = NDArray[np.float64]
YEARLESS_EDGES = (
    -183,
    -120,
    -90,
    -60,
    -45,
    -30,
    -21,
    -14,
    -7,
    -3,
    -1,
    0,
    1,
    2,
    3,
    5,
    7,
    10,
    14,
    21,
    30,
    45,
    60,
    90,
    120,
    184,
)
NEWEST_EDGES = (
    -7300, -3650, -1825, -1095, -730, -365, -180, -90, -30, -7, 0, 1, 2, 3, 7, 14, 30, 60, 90, 120, 180, 240, 300, 365, 456, 548, 730,
    1095, 1460, 1825, 2555, 3650, 7300, 10950, 18250, 36500,
)  # fmt: skip
COPYRIGHT_EDGES = (-7300, -3650, -2555, -2190, -1825, -1460, -1095, -730, -365, 0, 366)  # from the year's first day
SIBLING_EDGES = (0, 1, 2, 3, 4, 7, 14, 30, 60, 180, 3650)
_WRAPPERS = frozenset({"early", "mid", "late", "about", "part", "clock", "before", "after", "until", "since"})
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


def told(text: str, times: Sequence[TimeMention]) -> list[TimeMention]:
    """The times that a text tells of: all but the years of its copyright notices."""
    notices = [m.span() for m in _COPYRIGHT.finditer(text)]
    return [t for t in times if not any(start <= t.start < end for start, end in notices)]


def newest_dates(text: str, times: Sequence[TimeMention]) -> dict[str, date]:
    """The first day of the newest date of each fineness in an article: "newest:day", "newest:month", "newest:year"."""
    newest: dict[str, date] = {}
    for mention in told(text, times):
        if found := whole_date(mention):
            key = f"newest:{found[0]}"
            newest[key] = max(newest.get(key, date.min), found[1])
    return newest


@cache
def _table() -> dict[str, list[float]]:
    """The shipped table: kind → share of its mentions per day, bin by bin. Made by training/clock.py."""
    raw = json.loads(resources.files("copydesk.resolving").joinpath("clock.json").read_text(encoding="utf-8"))
    return {kind: row["per_day"] for kind, row in raw.items()}


def edges_of(kind: str) -> tuple[int, ...]:
    """The bins of a kind of evidence, in days."""
    if kind == "siblings":
        return SIBLING_EDGES
    if kind == "copyright":
        return COPYRIGHT_EDGES
    return NEWEST_EDGES if kind.startswith("newest") else YEARLESS_EDGES


def density(kind: str, gaps: NDArray[np.int64]) -> Likelihood:
    """The learnt share per day of each gap; outside the bins as small as the smallest bin's hundredth."""
    edges = edges_of(kind)
    shares = np.array(_table()[kind])
    place = np.searchsorted(np.array(edges), gaps, side="right") - 1
    inside = (place >= 0) & (place < len(shares))
    return np.where(inside, shares[np.clip(place, 0, len(shares) - 1)], shares.min() / 100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One thing that an article says about its publication day: `log` over the days of a grid.

    `key` is equal for equal things said in several articles, which count once.
    """

    key: str
    log: Likelihood
    span: Span | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """Consecutive days, one array place each."""

    first: date
    days: int

    @property
    def ordinals(self) -> NDArray[np.int64]:
        return np.arange(self.days, dtype=np.int64) + self.first.toordinal()

    def day(self, place: int) -> date:
        return date.fromordinal(self.first.toordinal() + int(place))

    def place(self, day: date) -> int:
        return day.toordinal() - self.first.toordinal()


# An article's dates depend on each other: beside its newest day the newest year says less, and each of many dates
# without a year says less. Tuned on the share of true days inside the interval of single articles of scale/.
COARSER = 0.3
TIED = 0.5
_SINCE = re.compile(r"\bsince\s+$", re.IGNORECASE)  # what began then may have begun long ago
IMPOSSIBLE = -30.0  # log: less likely than any wording, and still a number
# How often an article gives a weekday that the calendar does not: measured on none, a guess on the safe side.
WRONG_WEEKDAY = 0.03
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|\bcopyright\b)[ \t]*(?:©[ \t]*)?(?:[12]\d{3}[ \t]?[-–][ \t]?)?((?:19|20)\d{2})\b", re.IGNORECASE
)


def gather(article: Article, markup: Markup, grid: Grid) -> list[Evidence]:
    """All evidence that one article gives, in order of kind and place."""
    found = [
        *_bounds(article, grid),
        *_copyright(article, grid),
        *_newest(article, markup, grid),
        *_yearless(article, markup, grid),
    ]
    return [e for e in found if np.ptp(e.log) > 0]


def _bounds(article: Article, grid: Grid) -> Iterator[Evidence]:
    days = grid.ordinals
    if article.observed is not None:
        log = np.where(days <= article.observed.toordinal(), 0.0, IMPOSSIBLE)
        yield Evidence(key=f"observed:{article.observed}", log=log, span=None, reason=f"seen on {article.observed}")
    known = article.published
    # A copyright year is weighed below: a page's footer may be younger than its article.
    if (known.earliest is not None or known.latest is not None) and not known.method.startswith("copyright"):
        low, high = (known.earliest or date.min).toordinal(), (known.latest or date.max).toordinal()
        log = np.where((days >= low) & (days <= high), 0.0, IMPOSSIBLE)
        span = known.evidence[0] if known.evidence else None
        yield Evidence(
            key=f"published:{known.earliest}:{known.latest}", log=log, span=span, reason=f"published by {known.method}"
        )


def copyright_year(source_text: str) -> tuple[int, int, int] | None:
    """The newest year of a copyright notice with where the notice stands, None without one."""
    years = {int(m[1]): m for m in _COPYRIGHT.finditer(source_text)}
    return (max(years), *years[max(years)].span()) if years else None


def _copyright(article: Article, grid: Grid) -> Iterator[Evidence]:
    found = copyright_year(article.source_text)
    if found is None:
        return
    year, days = found[0], grid.ordinals
    first, last = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
    log = np.where(days > last, IMPOSSIBLE, np.log(density("copyright", days - first)))
    yield Evidence(
        key=f"copyright:{year}", log=log, reason=f"copyright {year}",
        span=Span(article=article.id, start=found[1], end=found[2], in_source=True),
    )  # fmt: skip


def _newest(article: Article, markup: Markup, grid: Grid) -> Iterator[Evidence]:
    newest: dict[str, tuple[date, TimeMention]] = {}
    for mention in told(article.text, markup.times):
        found = whole_date(mention)
        if found and (found[0] not in newest or found[1] > newest[found[0]][0]):
            newest[found[0]] = found[1], mention
    for fineness, (first, mention) in sorted(newest.items()):
        log = _newest_log(fineness, first, grid) * (1.0 if fineness == min(newest) else COARSER)
        span = Span(article=article.id, start=mention.start, end=mention.end)
        yield Evidence(
            key=f"newest:{fineness}:{first}", log=log, span=span, reason=f"newest {fineness} named: {mention.text}"
        )


def _yearless(article: Article, markup: Markup, grid: Grid) -> Iterator[Evidence]:
    seen: dict[tuple[str, str], tuple[Yearless, TimeMention]] = {}
    for mention in markup.times:
        term = yearless(mention)
        if (
            term is not None
            and (term.name, term.which) not in seen
            and not _SINCE.search(article.text, max(0, mention.start - 8), mention.start)
        ):
            seen[(term.name, term.which)] = term, mention
    for (name, which), (term, mention) in sorted(seen.items()):
        log = _yearless_log(term, grid) / len(seen) ** TIED
        span = Span(article=article.id, start=mention.start, end=mention.end)
        yield Evidence(key=f"{name}:{which}", log=log, span=span, reason=f"names {mention.text} without a year")


# Many articles say the same: their likelihoods are worked out and kept once.
@lru_cache(maxsize=512)
def _newest_log(fineness: str, first: date, grid: Grid) -> Likelihood:
    return np.log(density(f"newest:{fineness}", grid.ordinals - first.toordinal()))


@lru_cache(maxsize=512)
def _yearless_log(term: Yearless, grid: Grid) -> Likelihood:
    gaps = _gaps(term, grid)
    log = np.log(density(f"{term.name}:{term.direction}", gaps))
    if term.weekday is not None:
        log = log + np.where(_weekday_right(term, gaps, grid), np.log(1 - WRONG_WEEKDAY), np.log(WRONG_WEEKDAY))
    return np.asarray(log)


def _gaps(term: Yearless, grid: Grid) -> NDArray[np.int64]:
    """Days from the term's nearest occurrence to each day of the grid."""
    starts = []
    for year in range(grid.first.year - 1, grid.day(grid.days - 1).year + 2):
        known = ground(f"in({term.name}({term.which},past),date({year:04d}))", None)
        if known.interval.earliest is not None and known.interval.earliest.year == year:
            starts.append(known.interval.earliest.toordinal())
    if not starts:
        return np.full(grid.days, 10_000, dtype=np.int64)
    occurrences = np.array(starts)
    differences = grid.ordinals[:, None] - occurrences[None, :]
    nearest = np.abs(differences).argmin(axis=1)
    return np.asarray(differences[np.arange(grid.days), nearest], dtype=np.int64)


def _weekday_right(term: Yearless, gaps: NDArray[np.int64], grid: Grid) -> NDArray[np.bool_]:
    """For each day of the grid, whether the term's nearest occurrence falls on the weekday beside it."""
    occurrence = grid.ordinals - gaps
    return np.asarray((occurrence - 1) % 7 + 1 == term.weekday)
