"""Times as TIMEX3 marks them, whoever found them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from copydesk.model.markup import TimeMention
from copydesk.text.calendar import ends_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Timex:
    """A time's place in the text, its type, its value (None where none was given) and how it was read."""

    start: int
    end: int
    type: str
    value: str | None
    reading: str = ""


def as_timex(times: Iterable[TimeMention], published: str | None) -> tuple[Timex, ...]:
    """copydesk's mentions as TIMEX3 marks them: a range ("from 3 to 5 May") is two times, its ends."""
    anchor = date.fromisoformat(published[:10]) if published else None
    marked: list[Timex] = []
    for mention in times:
        ends = ends_of(mention.expression, anchor)
        if ends is not None and len(mention.ends) == 2:
            for place, known in zip(mention.ends, ends, strict=True):
                marked.append(Timex(start=place.start, end=place.end, type="DATE", value=known.value, reading="range"))
            continue
        marked.append(
            Timex(start=mention.start, end=mention.end, type=mention.type, value=mention.value, reading=mention.expression)
        )
    return tuple(marked)


def gold_of(record: dict[str, Any]) -> list[dict[str, Any]]:
    """The times of a record that stand in its text; the creation time is none."""
    return [t for t in record["times"] if t.get("start") is not None]


def pairs(gold: Sequence[dict[str, Any]], times: Sequence[Timex]) -> Iterator[tuple[dict[str, Any], Timex]]:
    """Gold and found times that overlap, each used once, the largest overlap first."""
    overlaps = sorted(
        (
            (min(t["end"], m.end) - max(t["start"], m.start), -i, -j)
            for i, t in enumerate(gold)
            for j, m in enumerate(times)
        ),
        reverse=True,
    )
    used_gold: set[int] = set()
    used_found: set[int] = set()
    for overlap, i, j in overlaps:
        if overlap > 0 and -i not in used_gold and -j not in used_found:
            used_gold.add(-i)
            used_found.add(-j)
            yield gold[-i], times[-j]
