"""When the story happened: copydesk's own clock against annotated event days."""

from __future__ import annotations

import json
import re
from calendar import day_name, month_name, monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

from copydesk.annotating import AnnotatingOptions, annotate
from copydesk.cleaning.datings import on_day
from copydesk.cleaning.stamps import read_moment
from copydesk.language.tagger import Tagger
from copydesk.model.articles import Article
from copydesk.model.piles import Pile
from copydesk.model.stories import Story
from copydesk.model.times import When
from copydesk.resolving.clock import date_story, set_clock
from evals.rows import Request, Row, leave_out, read_records, set_name
from evals.times import article_of

LATE_DAYS = 1  # a clock in another part of the world may be a day ahead
_MONTH_DAY = re.compile(r"\b(?:" + "|".join(f"{m[:3]}[a-z]*" for m in month_name[1:]) + r")\.? (\d{1,2})\b(?!\d)", re.IGNORECASE)
WIDER_MAX = 31  # days that an answer may be wider than gold, as in the scorer of dossiers/


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Articles of one story with the days that are right: any of several stretches."""

    articles: list[Article]
    right: list[tuple[date, date]]


def run(request: Request) -> Iterator[Row]:
    """A row a figure: dossiers with their publication days and, as dossiers/undated, without; fivew article by article.

    Many days of fivew contradict the very words they were read from ("Sunday", a day that was a Monday) or come after the
    article was out: `…/consistent` leaves those answers out.
    """
    cases = list(_dossiers(request)) if request.wants("dossiers") else []
    if cases:
        yield from rows("dossiers", cases)
        yield from rows("dossiers/undated", [replace(c, articles=[_undated(a) for a in c.articles]) for c in cases])
    for path in request.sets("fivew"):
        if not request.wants(set_name(path)):
            continue
        records = list(read_records(path)) if ".jsonl" in path.name else []
        if records and {"text", "answers"} <= records[0].keys():
            cases = [_fivew_case(record) for record in records]
            yield from rows(set_name(path), [case for case in cases if case.right])
            sound = [replace(case, right=_sound(record)) for case, record in zip(cases, records, strict=True)]
            yield from rows(f"{set_name(path)}/consistent", [case for case in sound if case.right])
        else:
            leave_out(path, "records with `text` and `answers`")


def _dossiers(request: Request) -> Iterator[Case]:
    for path in request.sets("dossiers", "*.json"):
        gold = json.loads(path.read_text(encoding="utf-8"))
        if not {"articles", "event"} <= gold.keys():
            leave_out(path, "`articles` and `event`")
            continue
        yield Case(articles=[_article(r) for r in gold["articles"]], right=[_days(gold["event"]["when"])])


def _fivew_case(record: dict[str, Any]) -> Case:
    parsed = {a["parsed"] for a in record["answers"].get("when", []) if a.get("parsed") and a.get("text")}
    return Case(articles=[_article(record)], right=[_days(p[:10]) for p in sorted(parsed)])


def _sound(record: dict[str, Any]) -> list[tuple[date, date]]:
    """The days of a record's answers that neither their own words nor the publication day speak against."""
    published = record.get("published")
    days = []
    for answer in record["answers"].get("when", []):
        if not answer.get("parsed") or not answer.get("text"):
            continue
        day = date.fromisoformat(answer["parsed"][:10])
        named = {i for i, name in enumerate(day_name) if name.lower() in answer["text"].lower()}
        dated = _MONTH_DAY.search(answer["text"])
        wrong = (named and day.weekday() not in named) or (dated and int(dated[1]) != day.day)
        late = published is not None and (day - date.fromisoformat(published[:10])).days > LATE_DAYS
        if not wrong and not late:
            days.append((day, day))
    return sorted(set(days))


def _article(record: dict[str, Any]) -> Article:
    headline = " ".join((record.get("headline") or "").split())
    text = f"{headline}\n\n{record['text']}" if headline else record["text"]
    article = replace(article_of(record["id"], text, record.get("published")), headline=headline, url=record.get("url"))
    moment = read_moment(record["published"]) if record.get("published") else None
    return replace(article, published=on_day(moment, "stated")) if moment else article


def _undated(article: Article) -> Article:
    return replace(article, published=When(value=None, earliest=None, latest=None, precision="unknown", method="unknown"))


def _days(value: str) -> tuple[date, date]:
    """First and last day of an ISO day, month, year or interval a/b."""
    first, _, last = value.partition("/")
    return _edge(first, end=False), _edge(last or first, end=True)


def _edge(value: str, *, end: bool) -> date:
    parts = [int(p) for p in value.split("-")]
    month = parts[1] if len(parts) > 1 else 12 if end else 1
    day = parts[2] if len(parts) > 2 else monthrange(parts[0], month)[1] if end else 1
    return date(parts[0], month, day)


def rows(name: str, cases: list[Case]) -> Iterator[Row]:
    """`hit`: the answer meets gold and is at most a month wider; `exact`: that very day, of the stories of one day;
    `median_days`: from the answer's middle to gold, of the answers with bounds."""
    hits = exacts = days = 0
    distances: list[int] = []
    for case, answer in zip(cases, answers(cases), strict=True):
        best = min((_judge(answer, right) for right in case.right), key=lambda j: (not j[0], j[2]))
        hits += best[0]
        if any(first == last for first, last in case.right):
            days += 1
            exacts += any(answer.earliest == answer.latest == first == last for first, last in case.right)
        if best[2] >= 0:
            distances.append(best[2])
    yield Row(stage="dating", set=name, system="copydesk", metric="hit", value=hits / len(cases), n=len(cases))
    yield Row(stage="dating", set=name, system="copydesk", metric="exact", value=exacts / days if days else 0.0, n=days)
    yield Row(
        stage="dating", set=name, system="copydesk", metric="median_days", value=float(median(distances or [-1])), n=len(distances)
    )


def _judge(answer: When, right: tuple[date, date]) -> tuple[bool, bool, int]:
    """Whether the answer hits, whether it has bounds, and the days from its middle to the right stretch (-1 unknown)."""
    first, last = answer.earliest, answer.latest
    if first is None or last is None:
        return False, False, -1
    meets = first <= right[1] and last >= right[0]
    narrow = (last - first).days <= WIDER_MAX + (right[1] - right[0]).days
    middle = first + (last - first) // 2
    away = max((right[0] - middle).days, (middle - right[1]).days, 0)
    return meets and narrow, True, away


def answers(cases: list[Case]) -> Iterator[When]:
    """The time of each case's story, by the product's own clock."""
    articles = [replace(a, id=f"{i}/{a.id}") for i, case in enumerate(cases) for a in case.articles]
    marked = iter(annotate(articles, Tagger(), AnnotatingOptions(names=False, quotes=False, quantities=False)))
    for i, case in enumerate(cases):
        pairs = sorted(((replace(a, id=f"{i}/{a.id}"), next(marked)) for a in case.articles), key=lambda p: p[0].id)
        pile = Pile(articles=tuple(a for a, _ in pairs), markups=tuple(m for _, m in pairs))
        story = Story(id=str(i), articles=tuple(a.id for a in pile.articles), membership=())
        yield date_story(pile, story, set_clock(pile, story))


if __name__ == "__main__":
    for row in run(Request(data=Path("../shared/data"))):
        print(row)
