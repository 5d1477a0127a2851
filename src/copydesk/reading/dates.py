"""Dates as containers write them → ISO 8601, where they can be read in one way only."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

ISO = re.compile(
    r"(\d{4})-(\d{2})(?:-(\d{2}))?(?:[T ](\d{2}:\d{2}(?::\d{2})?)(?:[.,]\d{1,9})?\s?(Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?"
)
SLASHED = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})(Z)?)?")
WRITTEN = ("%B %d, %Y", "%b %d, %Y", "%d %B %Y", "%d %b %Y", "%Y/%m/%d", "%Y/%m/%d %H:%M:%S")
EPOCH_FROM, EPOCH_TO = 315_532_800, 4_102_444_800  # 1980 to 2100, in seconds


def iso_time(written: str | int | float) -> str | None:
    """An ISO date, month or date-time; None for what is no date, or could be two ("03/04/2021")."""
    if not isinstance(written, str):
        return _epoch(float(written))
    text = written.strip()[:100]
    if (found := ISO.fullmatch(text)) is not None:
        return _iso(found)
    if (found := COMPACT.fullmatch(text)) is not None and len(text) != 10:
        year, month, day, hour, minute, second, zone = found.groups()
        clock = f" {hour}:{minute}:{second}{zone or ''}" if hour else ""
        whole = ISO.fullmatch(f"{year}-{month}-{day}{clock}")
        return _iso(whole) if whole else None
    if re.fullmatch(r"(?:19|20)\d{2}", text):
        return text
    if re.fullmatch(r"\d{9,13}(?:\.\d{1,6})?", text):
        return _epoch(float(text))
    try:
        return parsedate_to_datetime(text).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return _written(text)


def iso_day(iso: str) -> date | None:
    """The day of an ISO date or date-time, None when it names a month only."""
    try:
        return date.fromisoformat(iso[:10])
    except ValueError:
        return None


def _iso(found: re.Match[str]) -> str | None:
    year, month, day, clock, zone = found.groups()
    try:
        if day is None:
            date(int(year), int(month), 1)
            return f"{year}-{month}" if clock is None else None
        if clock is None:
            return date(int(year), int(month), int(day)).isoformat()
        offset = {"Z": "+00:00", "UTC": "+00:00", "GMT": "+00:00", None: ""}.get(zone, zone)
        return datetime.fromisoformat(f"{year}-{month}-{day}T{clock}{offset}").isoformat()
    except ValueError:
        return None


def _written(text: str) -> str | None:
    if (found := SLASHED.fullmatch(text)) is not None:
        one, two, year = map(int, found.groups())
        if one > 12 or two > 12 or one == two:  # else it may be either
            return _iso_day(year, min(one, two), max(one, two))
        return None
    for form in WRITTEN:
        try:
            read = datetime.strptime(text, form)
        except ValueError:
            continue
        return read.isoformat() if "%H" in form else read.date().isoformat()
    return None


def _iso_day(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _epoch(seconds: float) -> str | None:
    for value in (seconds, seconds / 1000):
        if EPOCH_FROM <= value <= EPOCH_TO:
            return datetime.fromtimestamp(value, UTC).replace(microsecond=0).isoformat()
    return None
