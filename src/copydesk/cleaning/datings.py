"""What dates a page's publication → every dating with its source, and the one that the sources bear out.

Sources support one another: what the head states, the address, the markup of the shown date, the stamps that stand
with the headline. A weak one (a bare "date" that content systems also set on every change) yields to any other.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from copydesk.cleaning.metadata import PageMeta, Statement
from copydesk.cleaning.moments import Moment, near_days, read_moments
from copydesk.cleaning.repeats import host_of
from copydesk.cleaning.stamps import Stamp, day_in_address, read_moment, split_archived
from copydesk.model.captures import Capture
from copydesk.model.spans import Span
from copydesk.model.times import When

# How far each source is believed, by eye on all 250 development pages (none kept unseen): re-run `python -m evals pages`.
_STATED, _WEAK, _MARKED, _MARKED_MANY, _LONE = 3.0, 1.4, 2.4, 1.0, 0.3
_ADDRESS, _LABELLED, _SHOWN, _SIGNED = 2.0, 2.5, 1.5, 0.9
_AGREES = 0.5  # of what a second source of the same day adds
MAX_STATED = 40  # statements of one page that are weighed
_WEAK_NAMES = frozenset(("meta date", "meta dc.date", "meta dcterms.date", "meta sailthru.date", "meta displaydate"))


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedStamp:
    """A time stamp of the page with where it stands: in the masthead, with the headline, or bare behind the text."""

    stamp: Stamp
    start: int
    end: int
    masthead: bool
    behind: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DateEvidence:
    """What a capture offers to date it by; `copyright` is the notice's span and its year, of an agency or not.

    `others` gives the days that stand elsewhere in the page, in its text or masthead: none of them dates it by itself.
    It is asked only where nothing better dates the page.
    """

    stamps: Sequence[PlacedStamp]
    meta: PageMeta
    url: str | None
    notice: tuple[int, int, int, bool] | None
    tree: Any | None
    others: Callable[[], frozenset[date]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dating:
    """One dating of the publication: what it says, whose word it is, and how far that is believed."""

    when: When
    source: str
    weight: float

    @property
    def day(self) -> date | None:
        return self.when.day


def on_day(moment: Moment, method: str, spans: tuple[Span, ...] = ()) -> When:
    """A day, or a moment of it, as somebody states it."""
    day, clock = moment
    value = f"{day.isoformat()}T{clock}" if clock else day.isoformat()
    return When(
        value=value, earliest=day, latest=day, precision="time" if clock else "day", method=method, evidence=spans
    )


def datings_of(capture: Capture, evidence: DateEvidence, stamps: Sequence[PlacedStamp]) -> list[Dating]:
    """Every dating of a page by itself; a value that can be read in two ways stands here twice."""
    found: list[Dating] = []
    host = host_of(split_archived(evidence.url)[0]) if evidence.url else None
    published = evidence.meta.published[:MAX_STATED]
    for statement in published:
        weight = _weight(statement, published)
        for turn, moment in enumerate(read_moments(statement.value, host)):
            found.append(Dating(when=on_day(moment, "meta"), source=f"meta {weight}", weight=weight - 0.1 * turn))
    address = day_in_address(split_archived(evidence.url)[0]) if evidence.url else None
    if address and address[0] == address[1]:
        found.append(Dating(when=on_day((address[0], ""), "url"), source="url", weight=_ADDRESS))
    near = [p for p in stamps if not p.masthead and p.stamp.sense != "modified"]
    for place, placed in enumerate(near):
        span = Span(article=capture.id, start=placed.start, end=placed.end, in_source=True)
        weight = _LABELLED if placed.stamp.sense == "published" else _SIGNED if placed.behind else _SHOWN
        when = on_day((placed.stamp.day, placed.stamp.clock), "time stamp", (span,))
        found.append(Dating(when=when, source="time stamp", weight=weight - 0.01 * min(place, 20)))
    return found


def _weight(statement: Statement, all_of_them: Sequence[Statement]) -> float:
    if statement.where == "shown date":
        days = {s.value[:10] for s in all_of_them if s.where == "shown date"}
        return _MARKED if len(days) == 1 else _MARKED_MANY
    if statement.where == "lone time":
        return _LONE
    return _WEAK if statement.where in _WEAK_NAMES else _STATED


def choose_dating(
    datings: Sequence[Dating], stamps: Sequence[PlacedStamp], article: str, modified: date | None
) -> When | None:
    """The dating that its sources bear out best; the day shown to readers where it is only a time zone away.

    No page was published after it was `modified`.
    """
    possible = [
        d for d in datings if modified is None or d.day is None or d.day <= modified or near_days(d.day, modified)
    ]
    possible = possible or list(datings)
    if not possible:
        return None
    days: dict[date, dict[str, Dating]] = {}
    for dating in sorted(possible, key=lambda d: -d.weight):  # stable: equal weights keep the order of their sources
        if dating.day is not None:
            days.setdefault(dating.day, {}).setdefault(dating.source, dating)
    ranked = sorted((list(sources.values()) for sources in days.values()), key=_borne_out, reverse=True)
    chosen = ranked[0][0].when
    near = [p for p in stamps if not p.masthead and not p.behind and p.stamp.sense != "modified"]
    near.sort(key=lambda p: p.stamp.sense != "published")
    day = chosen.day
    if chosen.method != "meta" or day is None:
        return chosen
    if len(ranked) > 1 and _even(ranked[0], ranked[1]):
        return _between(chosen, ranked[1][0].when)
    if len(ranked[0]) == 1 and modified is not None and _shows_only_change(near, day, modified):
        return replace(_between(chosen, on_day((modified, ""), "meta")), evidence=(_span(near[0], article),))
    if not near:
        return chosen
    same = [p for p in near if p.stamp.day == day]
    if same:
        return replace(chosen, evidence=(_span(same[0], article),))
    beside = next((p for p in near if near_days(p.stamp.day, day)), None)
    if beside is None:
        return chosen
    return on_day((beside.stamp.day, beside.stamp.clock), "time stamp", (_span(beside, article),))


def _borne_out(datings: list[Dating]) -> float:
    """How far the sources of one day bear it out: the best in full, each other in part."""
    return datings[0].weight + _AGREES * sum(d.weight for d in datings[1:])


def _even(first: list[Dating], second: list[Dating]) -> bool:
    """Whether two days are borne out equally well by statements that are not one moment told in two zones."""
    if _borne_out(first) > _borne_out(second) or second[0].when.method != "meta":
        return False
    minutes = {(d[0].when.value or "")[14:16] for d in (first, second)}
    one_moment = len(minutes) == 1 and near_days(
        first[0].when.earliest or date.min, second[0].when.earliest or date.min
    )
    return not one_moment


def _shows_only_change(near: Sequence[PlacedStamp], day: date, modified: date) -> bool:
    """Whether the one day that readers are shown is that of the last change, under no label, and not the stated one.

    Some sites put the day of change in the place of the day of publication, others publish again what they had stored:
    which of the two it is no page tells.
    """
    return (
        bool(near)
        and not near_days(day, modified)
        and all(p.stamp.day == modified and p.stamp.sense == "plain" for p in near)
    )


def _between(one: When, other: When) -> When:
    """From the earlier of two days to the later: sources of like weight that disagree leave it open."""
    first, last = sorted(day for day in (one.earliest, other.latest) if day is not None)
    return When(value=f"{first}/{last}", earliest=first, latest=last, precision="range", method=one.method)


def _span(placed: PlacedStamp, article: str) -> Span:
    return Span(article=article, start=placed.start, end=placed.end, in_source=True)


def guess_day(evidence: DateEvidence) -> date | None:
    """The day that htmldate finds, where nothing else dates the page and that day is not another's.

    It also takes days out of the text, of other pages' teasers, and of today's masthead: such a day is no evidence.
    """
    from htmldate import find_date

    if evidence.tree is None:
        return None
    try:
        found = find_date(evidence.tree, original_date=True, extensive_search=False, outputformat="%Y-%m-%d")
    except Exception:  # whatever a hostile page makes of it, the page has no date by this way
        return None
    moment = read_moment(found) if found else None
    if moment is None or moment[0].isoformat() in {(e.get("datetime") or "")[:10] for e in evidence.tree.iter("time")}:
        return None  # a moment in the markup that dated the page would be known by now: this one is a teaser's
    return moment[0] if moment[0] not in evidence.others() else None
