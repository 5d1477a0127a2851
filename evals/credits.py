"""How many of the credits are found, how many found are right, and whether their kinds are told apart."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from copydesk.cleaning import CleaningOptions, clean, find_repeats
from copydesk.model.articles import Article
from copydesk.model.captures import Capture, Skipped, Stated
from copydesk.reference import find_agency
from copydesk.reference.sources import agencies
from evals.rows import Request, Row, leave_out, read_records, set_name

EDGE_LINES = 5
Records = Sequence[dict[str, Any]]
System = Callable[[Records], "list[Said]"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A credit that a system gives, with its place in the record's text."""

    article: str
    name: str
    kind: str
    start: int
    end: int


def run(request: Request) -> Iterator[Row]:
    """Precision and recall of (article, name) over the credits of kind text; by kind where the gold has kinds."""
    systems: list[tuple[str, System]] = [("copydesk", read_credits)]
    if request.peers:
        systems.append(("agency-regex", find_by_regex))
    for path in request.sets("quotes"):
        if not path.name.startswith("wire-") or not request.wants(set_name(path)):
            continue
        records = list(read_records(path))
        if not records or not {"id", "text", "wire"} <= records[0].keys():
            leave_out(path, "records with id, text and wire")
            continue
        for system, read in systems:
            yield from _wire_rows(set_name(path), system, records, read([{"id": r["id"], "text": r["text"]} for r in records]))
    folder = request.data / "copies"
    if folder.is_dir() and request.wants("copies"):
        records = [{key: r.get(key) for key in ("id", "url", "outlet", "text")} for r in read_records(folder / "articles.jsonl.gz")]
        for system, read in systems:
            said = read(records)
            yield from _copies_rows(folder, system, said)
            if system == "copydesk":
                yield from _kind_rows(list(read_records(folder / "credits.jsonl.gz")), said)
    elif not folder.is_dir():
        print(f"evals: no data for copies: {folder} is not there", file=sys.stderr)


def read_credits(records: Records) -> list[Said]:
    """What copydesk credits, each place in the source text."""
    captures = [
        Capture(id=str(r["id"]), path=f"pile.jsonl/{r['id']}", content=str(r["text"]).encode("utf-8"), medium="text",
                charset="utf-8", stated=(Stated(by="container", url=r.get("url"), outlet=r.get("outlet")),))
        for r in records
    ]  # fmt: skip
    options = CleaningOptions()
    repeats = find_repeats(captures, options)
    found = []
    for capture in captures:
        article = clean(capture, repeats, options)
        if isinstance(article, Skipped):
            continue
        for c in article.credits:
            shift = 0 if c.span.in_source else _shift(article, c.span.start)
            found.append(Said(article=article.id, name=c.name, kind=c.kind, start=c.span.start + shift, end=c.span.end + shift))
    return found


def _shift(article: Article, at: int) -> int:
    """How far a place in the article's text lies before the same place in its source text."""
    return next((b.start - b.at for b in article.blocks if b.at is not None and b.at <= at <= b.at + b.end - b.start), 0)


@cache
def _agency_names() -> re.Pattern[str]:
    names = {name for a in agencies() for name in (a.name, *a.aliases, *a.short)}
    return re.compile(r"(?<!\w)(?:" + "|".join(re.escape(n) for n in sorted(names, key=lambda n: (-len(n), n))) + r")(?!\w)")


def find_by_regex(records: Records) -> list[Said]:
    """The simplest reader: any agency's name in the first or last lines credits the text."""
    found = []
    for record in records:
        lines = [m for m in re.finditer(r"[^\n]+", str(record["text"])) if m.group().strip()]
        for line in {m.start(): m for m in (*lines[:EDGE_LINES], *lines[-EDGE_LINES:])}.values():
            for match in _agency_names().finditer(line.group()):
                agency = find_agency(match.group(), credited=True)
                if agency is not None:
                    start, end = line.start() + match.start(), line.start() + match.end()
                    found.append(Said(article=str(record["id"]), name=agency.name, kind="text", start=start, end=end))
    return found


def _row(name: str, system: str, metric: str, figure: tuple[float, int]) -> Row:
    return Row(stage="credits", set=name, system=system, metric=metric, value=figure[0] / figure[1] if figure[1] else 0.0, n=figure[1])


def _wire_rows(name: str, system: str, records: Records, said: Sequence[Said]) -> Iterator[Row]:
    """Agencies credited for the text against the agency whose wire the article is; several in one article all count."""
    gold = {str(r["id"]): str(r["wire"]) for r in records if r["wire"]}
    given = {(s.article, s.name) for s in said if s.kind == "text" and find_agency(s.name, credited=True)}
    right = sum(gold.get(article) == agency for article, agency in given)
    yield _row(name, system, "precision", (right, len(given)))
    yield _row(name, system, "recall", (right, len(gold)))


def _copies_rows(folder: Path, system: str, said: Sequence[Said]) -> Iterator[Row]:
    """The figures of the scorer that lies beside the data, run as a program on these credits and no copies."""
    with tempfile.TemporaryDirectory() as place:
        copies, credits, out = (Path(place) / name for name in ("copies.jsonl", "credits.jsonl", "score.json"))
        copies.write_text("", encoding="utf-8")
        rows = [json.dumps({"article": s.article, "name": s.name, "kind": s.kind}) + "\n" for s in said]
        credits.write_text("".join(rows), encoding="utf-8")
        subprocess.run(
            [sys.executable, str(folder / "score.py"), "--copies", str(copies), "--credits", str(credits),
             "--gold", str(folder), "--json", str(out)],
            check=True, capture_output=True, text=True,
        )  # fmt: skip
        figures = json.loads(out.read_text(encoding="utf-8"))
    gold = sum(r["kind"] == "text" for r in read_records(folder / "credits.jsonl.gz"))
    for metric in ("precision", "recall"):
        yield Row(stage="credits", set="copies", system=system, metric=metric,
                  value=float(figures[f"credits_{metric}"]), n=gold)  # fmt: skip


def _kind_rows(gold: Records, said: Sequence[Said]) -> Iterator[Row]:
    """By kind the share of the gold's credits found, by place or by name as in the scorer beside the data, and of
    the credits that were found at their place the share that were given their kind."""
    of: dict[str, list[Said]] = {}
    for s in said:
        of.setdefault(s.article, []).append(s)
    told = right = 0
    for kind in sorted({str(r["kind"]) for r in gold}):
        wanted = [r for r in gold if r["kind"] == kind]
        near = [of.get(str(r["article"]), []) for r in wanted]
        at_place = [[s for s in some if s.start < r["end"] and r["start"] < s.end] for r, some in zip(wanted, near, strict=True)]
        named = [any(s.name == r["name"] and s.kind == kind for s in some) for r, some in zip(wanted, near, strict=True)]
        same = [any(s.kind == kind for s in some) for some in at_place]
        found = sum(bool(some) for some in at_place)
        told, right = told + found, right + sum(same)
        yield _row("copies", "copydesk", f"recall.{kind}", (sum(a or b for a, b in zip(same, named, strict=True)), len(wanted)))
        yield _row("copies", "copydesk", f"kind_right.{kind}", (sum(same), found))
    yield _row("copies", "copydesk", "kind_right", (right, told))
