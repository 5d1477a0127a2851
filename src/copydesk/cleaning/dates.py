"""All that dates an article → when it was published, when modified, when seen.

A user's word comes first, then the container's, then what the page states in its head, its address, and the time
stamps that stand with the headline. The date in a page's masthead is when the page was seen: it only bounds.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from copydesk.cleaning.datings import DateEvidence, PlacedStamp, choose_dating, datings_of, guess_day, on_day
from copydesk.cleaning.metadata import Statement
from copydesk.cleaning.stamps import day_in_address, read_moment, split_archived
from copydesk.model.captures import Capture
from copydesk.model.spans import Span
from copydesk.model.times import UNKNOWN_WHEN, When

EARLIEST = date(1990, 1, 1)  # news pages are not older
SLACK_DAYS = 2  # zones and late nights: a page may be seen on the day before its own time stamp
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright)[^\n\d]{0,30}((?:19|20)\d\d)(?:\s?[-–—/]\s?((?:19|20)\d\d))?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """When an article was published, modified and seen, and why which stamps were not believed (by their start)."""

    published: When
    modified: When | None
    observed: date | None
    doubts: dict[int, str]


def find_notice_year(text: str) -> tuple[int, int, int] | None:
    """Place and year of a copyright notice; of a range of years the last."""
    found = _COPYRIGHT.search(text[:600])
    if found is None:
        return None
    return found.start(), found.end(), int(found.group(2) or found.group(1))


def date_article(capture: Capture, evidence: DateEvidence) -> Dated:
    """When the article was published, from the best evidence that is possible."""
    doubts: dict[int, str] = {}
    stamps = []
    for placed in evidence.stamps:
        if not placed.stamp.fits:
            doubts[placed.start] = "not believed: the weekday is not that day's"
        elif placed.stamp.day < EARLIEST:
            doubts[placed.start] = "not believed: too long ago"
        else:
            stamps.append(placed)
    observed, seen_in = _observed(capture, stamps, evidence.url)
    limit = observed.toordinal() + SLACK_DAYS if observed else date.max.toordinal()
    for placed in stamps:
        if placed.stamp.day.toordinal() > limit:
            doubts[placed.start] = "not believed: later than when the page was seen"
    credible = [p for p in stamps if p.start not in doubts]
    known = [c for c in _candidates(capture, evidence, credible, limit) if _possible(c, limit)]
    published = known[0] if known else UNKNOWN_WHEN
    modified = _modified(capture, evidence, credible, published)
    bounds = []
    if observed is not None:
        bounds.append((observed, "observed", seen_in))
    if modified is not None and modified.latest is not None and published.earliest is None:
        bounds.append((modified.latest, "modified", modified.evidence))
    if not bounds and published.earliest is None and evidence.notice is not None:
        start, end, year, _ = evidence.notice
        words = Span(article=capture.id, start=start, end=end, in_source=True)
        bounds.append((date(year, 12, 31), "copyright", (words,)))
    return Dated(published=_bounded(published, bounds), modified=modified, observed=observed, doubts=doubts)


def _observed(capture: Capture, stamps: Sequence[PlacedStamp], url: str | None) -> tuple[date | None, tuple[Span, ...]]:
    """The day on which the page was seen: as stated, by its archive's address, by its masthead; and where it says so."""
    for by in ("user", "container"):
        for stated in capture.stated:
            if stated.by == by and stated.observed is not None:
                return stated.observed, ()
    archived = split_archived(url)[1] if url else None
    if archived is not None:
        return archived, ()
    latest = max((p for p in stamps if p.masthead), key=lambda p: p.stamp.day, default=None)
    if latest is None:
        return None, ()
    return latest.stamp.day, (Span(article=capture.id, start=latest.start, end=latest.end, in_source=True),)


def _possible(when: When, limit: int) -> bool:
    if when.method == "user":
        return True
    return when.earliest is not None and when.earliest >= EARLIEST and when.earliest.toordinal() <= limit


def _candidates(capture: Capture, evidence: DateEvidence, stamps: Sequence[PlacedStamp], limit: int) -> list[When]:
    """Every dating of the publication, the most trusted first."""
    found: list[When] = []
    said = capture.said("published")
    if said is not None:
        moment = read_moment(said[0])
        if moment is not None:
            found.append(on_day(moment, "user" if said[1] == "user" else "stated"))
    address = day_in_address(split_archived(evidence.url)[0]) if evidence.url else None
    datings = [d for d in datings_of(capture, evidence, stamps) if _possible(d.when, limit)]
    changed = [m[0] for m in map(_moment, evidence.meta.modified) if m is not None]
    chosen = choose_dating(datings, stamps, capture.id, max(changed, default=None))
    if chosen is not None:
        found.append(chosen)
    if evidence.tree is not None and not found:
        guess = guess_day(evidence)
        if guess is not None:
            found.append(on_day((guess, ""), "htmldate"))
    if address and address[0] != address[1]:
        first, last = address
        found.append(When(value=first.isoformat()[:7], earliest=first, latest=last, precision="month", method="url"))
    if evidence.notice is not None and evidence.notice[3]:
        start, end, year, _ = evidence.notice
        span = Span(article=capture.id, start=start, end=end, in_source=True)
        found.append(When(value=str(year), earliest=date(year, 1, 1), latest=date(year, 12, 31), precision="year",
                          method="copyright", evidence=(span,)))  # fmt: skip
    return found


def _bounded(published: When, bounds: list[tuple[date, str, tuple[Span, ...]]]) -> When:
    """The dating cut to the earliest day by which the article must have been out; a user's word is left alone."""
    if not bounds or published.method == "user":
        return published
    latest, method, spans = min(bounds, key=lambda b: b[0])
    if published.earliest is None:
        return When(value=None, earliest=None, latest=latest, precision="range", method=method, evidence=spans)
    if published.latest is not None and not published.earliest <= latest < published.latest:
        return published
    return replace(published, latest=latest, evidence=(*published.evidence, *spans))


def _modified(capture: Capture, evidence: DateEvidence, stamps: Sequence[PlacedStamp], published: When) -> When | None:
    """When the article was last changed, None when nobody says or it is no later than its publication."""
    said = capture.said("modified")
    found: list[When] = []
    if said is not None:
        moment = read_moment(said[0])
        if moment is not None:
            found.append(on_day(moment, "user" if said[1] == "user" else "stated"))
    found.extend(on_day(m, "meta") for m in map(_moment, evidence.meta.modified) if m is not None)
    for placed in stamps:
        if placed.stamp.sense == "modified":
            span = Span(article=capture.id, start=placed.start, end=placed.end, in_source=True)
            found.append(on_day((placed.stamp.day, placed.stamp.clock), "time stamp", (span,)))
    for when in found:
        if when.value is not None and (published.value is None or when.value > published.value):
            return when
    return None


def _moment(statement: Statement) -> tuple[date, str] | None:
    return read_moment(statement.value)
