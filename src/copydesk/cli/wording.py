"""Counts → the words that the terminal says."""

from __future__ import annotations

from datetime import date

from copydesk.model.dossiers import Brief
from copydesk.model.times import When


def count(n: int, one: str, many: str | None = None) -> str:
    """ "1 article", "5 articles"."""
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def voices_line(brief: Brief) -> str:
    """The first line of a brief: articles, voices, stories, and how many articles could not be compared."""
    voices = len({v.id for d in brief.dossiers for v in d.voices})
    uncompared = sum(not t.article.compared for t in brief.articles)
    line = f"{count(len(brief.articles), 'article')}, {count(voices, 'voice')}"
    if uncompared:
        line += f" ({uncompared} not compared)"
    return f"{line} in {count(len(brief.dossiers), 'story', 'stories')}"


def when_line(when: When) -> str:
    """A time in one short line: its value, else its bounds, else "unknown"."""
    return time_line(when.value, when.earliest, when.latest)


def time_line(value: str | None, earliest: date | None, latest: date | None) -> str:
    """The same from its parts."""
    if value is not None:
        return value
    if earliest is None and latest is None:
        return "unknown"
    return f"{earliest or '…'} – {latest or '…'}"
