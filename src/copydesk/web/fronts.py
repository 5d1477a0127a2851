"""Stories → the front page: which are shown, in what order, and how each has arrived."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal

from copydesk.model.desks import StoryRow

Order = Literal["weight", "voices", "articles", "newest"]
ORDERS: tuple[Order, ...] = ("weight", "voices", "articles", "newest")
HALF_LIFE = timedelta(days=1)  # of novelty
BARS, BAR_WIDTH, BAR_GAP, BAR_HEIGHT = 24, 4, 1, 26
SPARK_SPAN_MIN = timedelta(hours=24)
PAGE = 40
CHOICES_MAX = 300  # outlets in the list to choose from


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a reader asked the front page for."""

    voices: int = 0
    disputed: bool = False
    single: bool = False
    outlet: str = ""
    language: str = ""
    place: str = ""
    first: date | None = None
    last: date | None = None
    order: Order = "weight"

    @property
    def narrowed(self) -> bool:
        return self != Wanted(order=self.order)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spark:
    """The arrivals of a story's articles as an SVG path of bars, with the same in words."""

    width: int
    height: int
    path: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontRow:
    """A story as the front page shows it."""

    row: StoryRow
    spark: Spark
    fresh: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What the filters offer, most frequent first."""

    outlets: tuple[str, ...]
    languages: tuple[str, ...]


def choose(rows: Iterable[StoryRow], wanted: Wanted) -> list[StoryRow]:
    """The stories that were asked for, in the order that was asked for."""
    found = [row for row in rows if _fits(row, wanted)]
    return in_order(found, wanted.order)


def in_order(rows: Sequence[StoryRow], order: Order) -> list[StoryRow]:
    """By weight: doublings of independent voices, and up to one more for what is new; else by what is named."""
    newest = newest_arrival(rows)
    keys = {
        "weight": lambda r: (-weight(r, newest), -len(r.articles), r.id),
        "voices": lambda r: (-len(r.voices), -len(r.articles), r.id),
        "articles": lambda r: (-len(r.articles), -len(r.voices), r.id),
        "newest": lambda r: (-_last(r).timestamp(), -len(r.voices), r.id),
    }
    return sorted(rows, key=keys[order])


def weight(row: StoryRow, newest: datetime) -> float:
    """log2 of voices + 1, and novelty: 1 for a story with the desk's newest article, half of it a day later."""
    return math.log2(1 + len(row.voices)) + float(0.5 ** ((newest - _last(row)) / HALF_LIFE))


def newest_arrival(rows: Iterable[StoryRow]) -> datetime:
    return max((_last(row) for row in rows), default=datetime(1970, 1, 1, tzinfo=UTC))


def _last(row: StoryRow) -> datetime:
    return row.arrivals[-1] if row.arrivals else row.changed or datetime(1970, 1, 1, tzinfo=UTC)


def _fits(row: StoryRow, wanted: Wanted) -> bool:
    return (
        len(row.voices) >= wanted.voices
        and (not wanted.disputed or row.disputed > 0 or row.conflicts > 0)
        and (not wanted.single or len(row.voices) <= 1)
        and (not wanted.outlet or wanted.outlet in row.outlets)
        and (not wanted.language or wanted.language in row.languages)
        and (not wanted.place or wanted.place in row.places)
        and _meets(row, wanted)
    )


def _meets(row: StoryRow, wanted: Wanted) -> bool:
    """Whether the event can lie in the days asked for; one without a date does only where none is asked for."""
    if wanted.first is None and wanted.last is None:
        return True
    if row.earliest is None and row.latest is None:
        return False
    after = wanted.first is None or row.latest is None or row.latest >= wanted.first
    return after and (wanted.last is None or row.earliest is None or row.earliest <= wanted.last)


def find_choices(rows: Iterable[StoryRow]) -> Choices:
    outlets: Counter[str] = Counter()
    languages: Counter[str] = Counter()
    for row in rows:
        outlets.update(row.outlets)
        languages.update(row.languages)
    return Choices(
        outlets=tuple(sorted((o for o, _ in outlets.most_common(CHOICES_MAX)), key=str.casefold)),
        languages=tuple(name for name, _ in languages.most_common()),
    )


def front_row(row: StoryRow, newest: datetime) -> FrontRow:
    return FrontRow(row=row, spark=spark(row.arrivals), fresh=newest - _last(row) < HALF_LIFE)


def spark(arrivals: Sequence[datetime]) -> Spark:
    """The arrivals in `BARS` equal parts of the time from the first to the last, a day at least."""
    width, height = BARS * (BAR_WIDTH + BAR_GAP) - BAR_GAP, BAR_HEIGHT
    if not arrivals:
        return Spark(width=width, height=height, path="", words="no article yet")
    first, last = arrivals[0], arrivals[-1]
    span = max(SPARK_SPAN_MIN, last - first)
    start = last - span
    counts = Counter(min(BARS - 1, int((at - start) / span * BARS)) for at in arrivals)
    top = max(counts.values())
    parts = [f"M0 {height - 1}h{width}v1h-{width}z"]
    for bar, n in sorted(counts.items()):
        tall = max(3, round(n / top * (height - 2)))
        parts.append(f"M{bar * (BAR_WIDTH + BAR_GAP)} {height}v-{tall}h{BAR_WIDTH}v{tall}z")
    many = len(arrivals)
    words = f"{many} arrived from {_stamp(first)} to {_stamp(last)}" if many > 1 else f"1 arrived on {_stamp(first)}"
    return Spark(width=width, height=height, path="".join(parts), words=words)


def _stamp(at: datetime) -> str:
    return at.strftime("%Y-%m-%d %H:%M")
