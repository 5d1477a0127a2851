"""How many of the credits for text are found, and how many found are right: quotes/ with a wire, and copies/."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from copydesk.cleaning import CleaningOptions, clean, find_repeats
from copydesk.model.articles import Article
from copydesk.model.captures import Capture, Skipped, Stated
from copydesk.reference import find_agency
from evals.rows import Request, Row, leave_out, read_records, set_name


@dataclass(frozen=True, slots=True, kw_only=True)
class _Counts:
    right: int
    given: int
    gold: int


def run(request: Request) -> Iterator[Row]:
    """Precision and recall of (article, name) over the credits of kind text."""
    for path in request.sets("quotes"):
        if not path.name.startswith("wire-") or not request.wants(set_name(path)):
            continue
        records = list(read_records(path))
        if not records or not {"id", "text", "wire"} <= records[0].keys():
            leave_out(path, "records with id, text and wire")
            continue
        yield from _rows(set_name(path), _score_wires(records))
    folder = request.data / "copies"
    if folder.is_dir() and request.wants("copies"):
        yield from _score_copies(folder)
    elif not folder.is_dir():
        print(f"evals: no data for copies: {folder} is not there", file=sys.stderr)


def _rows(name: str, counts: _Counts) -> Iterator[Row]:
    for metric, of in (("precision", counts.given), ("recall", counts.gold)):
        yield Row(stage="credits", set=name, system="copydesk", metric=metric,
                  value=counts.right / of if of else 0.0, n=of)  # fmt: skip


def _clean(records: Sequence[dict[str, Any]]) -> Iterator[Article]:
    captures = [
        Capture(id=str(r["id"]), path=f"pile.jsonl/{r['id']}", content=str(r["text"]).encode("utf-8"), medium="text",
                charset="utf-8", stated=(Stated(by="container", url=r.get("url"), outlet=r.get("outlet")),))
        for r in records
    ]  # fmt: skip
    options = CleaningOptions()
    repeats = find_repeats(captures, options)
    for capture in captures:
        article = clean(capture, repeats, options)
        if not isinstance(article, Skipped):
            yield article


def _score_wires(records: Sequence[dict[str, Any]]) -> _Counts:
    """Agencies credited for the text against the agency whose wire the article is; several in one article all count."""
    gold = {str(r["id"]): str(r["wire"]) for r in records if r["wire"]}
    given = {
        (article.id, credit.name)
        for article in _clean([{"id": r["id"], "text": r["text"]} for r in records])
        for credit in article.credits
        if credit.kind == "text" and find_agency(credit.name, credited=True)
    }
    return _Counts(right=sum(gold.get(a) == name for a, name in given), given=len(given), gold=len(gold))


def _score_copies(folder: Path) -> Iterator[Row]:
    """The figures of the scorer that lies beside the data, run as a program on our credits and no copies."""
    records = [{key: r.get(key) for key in ("id", "url", "outlet", "text")} for r in read_records(folder / "articles.jsonl.gz")]
    with tempfile.TemporaryDirectory() as place:
        copies, credits, out = (Path(place) / name for name in ("copies.jsonl", "credits.jsonl", "score.json"))
        copies.write_text("", encoding="utf-8")
        with credits.open("w", encoding="utf-8") as lines:
            for article in _clean(records):
                for credit in article.credits:
                    lines.write(json.dumps({"article": article.id, "name": credit.name, "kind": credit.kind}) + "\n")
        subprocess.run(
            [sys.executable, str(folder / "score.py"), "--copies", str(copies), "--credits", str(credits),
             "--gold", str(folder), "--json", str(out)],
            check=True, capture_output=True, text=True,
        )  # fmt: skip
        figures = json.loads(out.read_text(encoding="utf-8"))
    gold = sum(r["kind"] == "text" for r in read_records(folder / "credits.jsonl.gz"))
    for metric in ("precision", "recall"):
        yield Row(stage="credits", set="copies", system="copydesk", metric=metric,
                  value=float(figures[f"credits_{metric}"]), n=gold)  # fmt: skip
