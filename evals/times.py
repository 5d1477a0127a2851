"""Time expressions: spans and values against TIMEX3 gold, exact readings against recognizer cases.

`python -m evals.times --errors` prints the commonest errors by type, `--grounded DIR` what each relative time of the
piles in DIR was taken to mean.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from copydesk.annotating import AnnotatingOptions, annotate
from copydesk.language.tagger import Tagger
from copydesk.model.articles import Article, Block
from copydesk.model.markup import TimeMention
from copydesk.model.times import UNKNOWN_WHEN, When
from evals.rows import Request, Row, f1, leave_out, read_records, set_name
from evals.temporal.errors import commonest, plain
from evals.temporal.grounded import table
from evals.temporal.peers import answers, peers
from evals.temporal.timex import Timex, as_timex, gold_of, pairs

SUITES = ("DateExtractor", "DateParser", "DatePeriod", "Duration", "Holiday", "Merged")


def run(request: Request) -> Iterator[Row]:
    """A row a figure for every set of times/, by its form."""
    for path in request.sets("times"):
        if not request.wants(set_name(path)):
            continue
        records = list(read_records(path)) if ".jsonl" in path.name else []
        if records and {"text", "times"} <= records[0].keys():
            yield from timex_rows(set_name(path), records, request)
        elif records and {"suite", "input", "expected"} <= records[0].keys():
            yield from exact_rows(set_name(path), records)
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
def timex_rows(name: str, records: list[dict[str, Any]], request: Request) -> Iterator[Row]:
    """The figures of copydesk, and of the installed peers where they are asked for."""
    yield from scores(name, "copydesk", records, timexes(records))
    for system, tag in peers() if request.peers else ():
        found = answers(system, tag, [(r["text"], datetime.fromisoformat(r["published"][:10])) for r in records])
        yield from scores(name, system, records, found)


def timexes(records: list[dict[str, Any]]) -> list[tuple[Timex, ...]]:
    """copydesk's times of each record, as TIMEX3 marks them."""
    found = find_all([article_of(r["id"], r["text"], r["published"]) for r in records])
    return [as_timex(times, r["published"]) for r, times in zip(records, found, strict=True)]


def scores(name: str, system: str, records: list[dict[str, Any]], found: Sequence[Sequence[Timex]]) -> Iterator[Row]:
    """Relaxed and strict span F1 and value F1 as TempEval-3 counts them; the creation time is no mention.

    `value_f1_plain` counts two spellings of one value (1949-XX and 1949, 199X and 199, W7 and W07) as equal.
    """
    relaxed = strict = right = same = n_gold = n_found = 0
    for record, times in zip(records, found, strict=True):
        gold = gold_of(record)
        n_gold, n_found = n_gold + len(gold), n_found + len(times)
        for t, mention in pairs(gold, times):
            relaxed += 1
            strict += (t["start"], t["end"]) == (mention.start, mention.end)
            right += t["value"] == mention.value
            same += plain(t["value"]) == plain(mention.value)
    for metric, hits in (("span_f1", relaxed), ("span_f1_strict", strict), ("value_f1", right), ("value_f1_plain", same)):
        value = f1(hits / n_found if n_found else 0.0, hits / n_gold if n_gold else 0.0)
        yield Row(stage="times", set=name, system=system, metric=metric, value=value, n=n_gold)


# ------------------------------------------------------------ recognizer cases: exactly the expected
def exact_rows(name: str, records: list[dict[str, Any]]) -> Iterator[Row]:
    """The share of inputs with a reference time, asked of every port, that are read exactly as expected."""
    asked = [r for r in records if r.get("reference") and not r.get("not_supported") and r["suite"].startswith(SUITES)]
    found = list(find_all([article_of(r["id"], r["input"], r["reference"]) for r in asked]))
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


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m evals.times", description="Look behind the figures of times.")
    data = Path(os.environ.get("COPYDESK_DATA") or "../shared/data")
    parser.add_argument("--data", type=Path, default=data, help="folder of the data (default: %(default)s)")
    parser.add_argument("--set", help="only the set of this name")
    parser.add_argument("--errors", action="store_true", help="the commonest errors of every TIMEX3 set by type, no text")
    parser.add_argument(
        "--grounded", type=Path, nargs="?", const=Path("examples"), metavar="DIR",
        help="how each relative time of the piles in DIR was grounded (DIR: examples)",
    )  # fmt: skip
    asked = parser.parse_args()
    if asked.grounded:
        for line in table(asked.grounded):
            print(line)
    request = Request(data=asked.data, set=asked.set)
    for path in request.sets("times") if asked.errors else ():
        records = list(read_records(path)) if request.wants(set_name(path)) and ".jsonl" in path.name else []
        if records and {"text", "times"} <= records[0].keys():
            found = timexes(records)
            print(f"{set_name(path)}: the commonest errors by type, 9 for a digit, {sum(len(gold_of(r)) for r in records)} times in gold")
            for count, kind in commonest(records, found):
                print(f"{count:6}  {kind}")
    if not asked.errors and not asked.grounded:
        parser.print_help()


if __name__ == "__main__":
    main()
