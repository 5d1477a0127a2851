"""A meta value that names a moment → the days it can mean where the page is read, the likeliest first."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from copydesk.cleaning.stamps import is_american, make_day, read_moment

Moment = tuple[date, str]  # a day, and a clock time ("04:43") or ""
_UTC = re.compile(r"((?:19|20)\d\d)-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::\d\d(?:\.\d{1,9})?)?\s?(?:Z|[+-]00:?00|UTC|GMT)$")
_OPEN_ORDER = re.compile(
    r"(?<![\d./-])(\d{1,2})([./-])(\d{1,2})\2((?:19[89]|20\d)\d)(?!\d)(?:\D{1,3}(\d{1,2}):(\d\d))?"
)
# Countries of one time zone, by their hosts' endings: there a moment told in UTC has one day.
_ZONES = {
    "de": "Europe/Berlin", "at": "Europe/Vienna", "ch": "Europe/Zurich", "fr": "Europe/Paris", "it": "Europe/Rome",
    "nl": "Europe/Amsterdam", "be": "Europe/Brussels", "pl": "Europe/Warsaw", "cz": "Europe/Prague",
    "sk": "Europe/Bratislava", "hu": "Europe/Budapest", "dk": "Europe/Copenhagen", "se": "Europe/Stockholm",
    "no": "Europe/Oslo", "fi": "Europe/Helsinki", "gr": "Europe/Athens", "ro": "Europe/Bucharest",
    "bg": "Europe/Sofia", "uk": "Europe/London", "ie": "Europe/Dublin", "tr": "Europe/Istanbul", "ua": "Europe/Kyiv",
    "in": "Asia/Kolkata", "jp": "Asia/Tokyo", "kr": "Asia/Seoul", "pk": "Asia/Karachi", "bd": "Asia/Dhaka",
    "il": "Asia/Jerusalem", "ir": "Asia/Tehran", "sg": "Asia/Singapore", "ph": "Asia/Manila", "cn": "Asia/Shanghai",
    "tw": "Asia/Taipei", "ng": "Africa/Lagos", "za": "Africa/Johannesburg", "ke": "Africa/Nairobi",
    "eg": "Africa/Cairo", "nz": "Pacific/Auckland", "co": "America/Bogota", "pe": "America/Lima",
    "uy": "America/Montevideo", "ve": "America/Caracas", "ar": "America/Argentina/Buenos_Aires",
}  # fmt: skip


def read_moments(value: str, host: str | None = None) -> list[Moment]:
    """What a meta value can mean: one moment, or two where the order of day and month is open."""
    local = _where_read(value.strip(), host)
    if local is not None:
        return [local]
    found = _OPEN_ORDER.match(value.strip())
    if found is None:
        moment = read_moment(value)
        return [moment] if moment is not None else []
    first, second = make_day(found[4], found[3], found[1]), make_day(found[4], found[1], found[3])
    days = [second, first] if is_american(value) else [first, second]
    stated = read_moment(value)
    return [(day, stated[1] if stated else "") for day in dict.fromkeys(days) if day is not None]


def _where_read(value: str, host: str | None) -> Moment | None:
    """The day and time at the site of a moment that is told in UTC, None where the host does not say where that is."""
    found = _UTC.match(value)
    zone = _zone_of(host.rpartition(".")[2]) if found and host else None
    if found is None or zone is None:
        return None
    try:
        moment = datetime(*(int(part) for part in found.groups()), tzinfo=UTC)  # type: ignore[arg-type,misc]
    except ValueError:
        return None
    local = moment.astimezone(zone)
    return local.date(), f"{local:%H:%M}"


@cache
def _zone_of(ending: str) -> ZoneInfo | None:
    name = _ZONES.get(ending)
    if name is None:
        return None
    try:
        return ZoneInfo(name)
    except ZoneInfoNotFoundError:  # a system without the zones' tables: the day is then the one in UTC
        return None


def near_days(first: date, second: date) -> bool:
    """Whether two days are the same or next to one another: as far apart as time zones are."""
    return abs(first - second) <= timedelta(days=1)
