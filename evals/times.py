"""Time expressions: spans and values against TIMEX3 gold, exact readings against recognizer cases."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from copydesk.annotating import AnnotatingOptions, annotate
from copydesk.language.tagger import Tagger
from copydesk.model.articles import Article, Block
from copydesk.model.markup import TimeMention
from copydesk.model.times import UNKNOWN_WHEN, When
from copydesk.text.calendar import ends_of
from evals.rows import Request, Row, f1, leave_out, read_records, set_name

Finder = Callable[[list[Article]], Iterator[tuple[TimeMention, ...]]]
SUITES = ("DateExtractor", "DateParser", "DatePeriod", "Duration", "Holiday", "Merged")


def run(request: Request) -> Iterator[Row]:
    """A row a figure for every set of times/, by its form."""
    for path in request.sets("times"):
        if not request.wants(set_name(path)):
            continue
        records = list(read_records(path)) if ".jsonl" in path.name else []
        if records and {"text", "times"} <= records[0].keys():
            yield from timex_rows(set_name(path), records, find_all)
        elif records and {"suite", "input", "expected"} <= records[0].keys():
            yield from exact_rows(set_name(path), records, find_all)
        else:
            leave_out(path, "records with `text` and `times`, or with `suite`, `input` and `expected`")


def find_all(articles: list[Article]) -> Iterator[tuple[TimeMention, ...]]:
    """The times of each article, as copydesk annotates it."""
    options = AnnotatingOptions(names=False, quotes=False, quantities=False)
    for markup in annotate(articles, Tagger(), options):
        yield markup.times


def article_of(identity: str, text: str, published: str | None) -> Article:
    """A record as the article that cleaning would hand on, its publication day stated."""
    day = date.fromisoformat(published[:10]) if published else None
    when = UNKNOWN_WHEN
    if day is not None:
        when = When(value=day.isoformat(), earliest=day, latest=day, precision="day", method="container")
    return Article(
        id=identity, path=identity, url=None, sha256="", headline="", byline=None, dateline=None, outlet=None, language="en",
        compared=True, reason=None, published=when, modified=None, observed=None, credits=(), text=text, source_text=text,
        blocks=(Block(kind="body", start=0, end=len(text), at=0, reason="record"),),
    )  # fmt: skip


# ------------------------------------------------------------ TIMEX3: spans and values
def timex_rows(name: str, records: list[dict[str, Any]], find: Finder) -> Iterator[Row]:
    """Relaxed and strict span F1 and value F1 as TempEval-3 counts them; the creation time is no mention."""
    found = list(find([article_of(r["id"], r["text"], r["published"]) for r in records]))
    relaxed = strict = right = n_gold = n_found = 0
    for record, times in zip(records, found, strict=True):
        gold = [t for t in record["times"] if t.get("start") is not None]
        n_gold += len(gold)
        times = as_timex(times, record["published"])
        n_found += len(times)
        for t, mention in pairs(gold, times):
            relaxed += 1
            strict += (t["start"], t["end"]) == (mention.start, mention.end)
            right += t["value"] == mention.value
    for metric, hits in (("span_f1", relaxed), ("span_f1_strict", strict), ("value_f1", right)):
        value = f1(hits / n_found if n_found else 0.0, hits / n_gold if n_gold else 0.0)
        yield Row(stage="times", set=name, system="copydesk", metric=metric, value=value, n=n_gold)


def as_timex(times: tuple[TimeMention, ...], published: str | None) -> tuple[TimeMention, ...]:
    """The mentions as TIMEX3 marks them: a range ("from 3 to 5 May") is two times, its ends."""
    anchor = day_of(published or "")
    marked: list[TimeMention] = []
    for mention in times:
        ends = ends_of(mention.expression, anchor)
        if ends is None or len(mention.ends) != 2:
            marked.append(mention)
            continue
        for place, known in zip(mention.ends, ends, strict=True):
            marked.append(replace(mention, start=place.start, end=place.end, value=known.value, ends=()))
    return tuple(marked)


def pairs(gold: list[dict[str, Any]], times: tuple[TimeMention, ...]) -> Iterator[tuple[dict[str, Any], TimeMention]]:
    """Gold and found times that overlap, each used once, the largest overlap first."""
    overlaps = sorted(
        ((min(t["end"], m.end) - max(t["start"], m.start), -i, -j) for i, t in enumerate(gold) for j, m in enumerate(times)),
        reverse=True,
    )
    used_gold: set[int] = set()
    used_found: set[int] = set()
    for overlap, i, j in overlaps:
        if overlap > 0 and -i not in used_gold and -j not in used_found:
            used_gold.add(-i)
            used_found.add(-j)
            yield gold[-i], times[-j]


# ------------------------------------------------------------ recognizer cases: exactly the expected
def exact_rows(name: str, records: list[dict[str, Any]], find: Finder) -> Iterator[Row]:
    """The share of inputs with a reference time, asked of every port, that are read exactly as expected."""
    asked = [r for r in records if r.get("reference") and not r.get("not_supported") and r["suite"].startswith(SUITES)]
    found = list(find([article_of(r["id"], r["input"], r["reference"]) for r in asked]))
    right = sum(is_exact(r["expected"], times) for r, times in zip(asked, found, strict=True))
    yield Row(stage="times", set=name, system="copydesk", metric="exact", value=right / len(asked) if asked else 0.0, n=len(asked))


def is_exact(expected: list[dict[str, Any]], times: tuple[TimeMention, ...]) -> bool:
    """Whether the same stretches were found, and each reading is the one expected for the past or for the future."""
    if [(e["start"], e["end"]) for e in expected] != [(t.start, t.end) for t in times]:
        return False
    return all(any(reads_as(t, r) for r in readings(e)) for e, t in zip(expected, times, strict=True))


def readings(expected: dict[str, Any]) -> list[dict[str, str]]:
    """The readings that the source allows, as flat records: `timex`, and `value` or `start` and `end`."""
    resolution = expected.get("resolution") or {}
    kind = expected["type"].lower()
    if "values" in resolution:
        return [dict(v) for v in resolution["values"]]
    timex = str(resolution.get("Timex") or resolution.get("timex") or "")
    found = []
    for side in ("FutureResolution", "PastResolution"):
        values = resolution.get(side) or {}
        flat = {"timex": timex, "type": kind}
        for key, value in values.items():
            flat["start" if key.startswith("start") else "end" if key.startswith("end") else "value"] = value
        found.append(flat)
    return found or [{"timex": timex, "type": kind}]


def reads_as(time: TimeMention, reading: dict[str, str]) -> bool:
    """Whether a mention means what one reading says: the same length, recurrence, clock time or days."""
    kind, timex, value = reading.get("type", ""), reading.get("timex", ""), reading.get("value", "")
    if kind in ("duration", "set"):
        return time.type == kind.upper() and (not timex or (seconds(time.value) == seconds(timex) and (seconds(timex) is not None or time.value == timex)))
    if kind.startswith(("time", "datetime")):
        clock = timex.rpartition("T")[2]
        mine = (time.value or "").rpartition("T")[2]
        day = (value or reading.get("start") or reading.get("end") or "")[:10]
        right_day = len(day) < 10 or not day[:4].isdigit() or time.earliest == day_of(day) or time.latest == day_of(day)
        return time.type == "TIME" and right_day and hour(mine) == hour(clock)
    if not timex:
        return time.type in ("DATE", "DURATION", "TIME")
    if value == "not resolved" or value == "0001-01-01":
        return time.earliest is None and time.latest is None
    if value:
        return time.earliest is not None and time.earliest == time.latest == day_of(value)
    if reading.get("start") or reading.get("end"):
        return same_days(time, reading)
    return time.value is not None and (time.value == timex or time.value.endswith(f"-{timex}"))


def same_days(time: TimeMention, reading: dict[str, str]) -> bool:
    """Whether the bounds are the reading's; its end may be the last day or the first one after."""
    start, end = day_of(reading.get("start", "")), day_of(reading.get("end", ""))
    if start and time.earliest not in ({start} if end else {start, start + timedelta(days=1)}):
        return False
    if end and time.latest not in (end, end - timedelta(days=1)):
        return False
    return (start is not None or time.earliest is None) and (end is not None or time.latest is None or reading.get("Mod") == "since")


def day_of(text: str) -> date | None:
    """The day that an ISO date or date-time names, None for anything else."""
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def hour(clock: str) -> str:
    """A clock time without zero minutes: "T10" and "10:00" are one."""
    return clock.removesuffix(":00").removesuffix(":00") if clock[:2].isdigit() else clock


LENGTH = {"Y": 31_536_000, "M": 2_592_000, "W": 604_800, "D": 86_400, "E": 315_360_000, "TH": 3600, "TM": 60, "TS": 1, "Q": 7_776_000}


def seconds(value: str | None) -> float | None:
    """The length that a TIMEX3 period names, None for anything else."""
    if not value or not value.startswith("P"):
        return None
    total, number, clock = 0.0, "", ""
    for c in value[1:]:
        if c == "T":
            clock = "T"
        elif c.isdigit() or c == ".":
            number += c
        elif number and clock + c in LENGTH:
            total, number = total + float(number) * LENGTH[clock + c], ""
        else:
            return None
    return total


if __name__ == "__main__":
    for row in run(Request(data=Path("../shared/data"))):
        print(row)
