"""Copy tracing: every set of articles with copies made from them, scored by the score.py that lies beside it."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from copydesk.annotating import AnnotatingOptions, annotate
from copydesk.cleaning import CleaningOptions, clean, find_repeats
from copydesk.language.encoder import CachedEncoder, MiniLmEncoder
from copydesk.language.tagger import Tagger
from copydesk.model.articles import Article
from copydesk.model.captures import Capture, Stated
from copydesk.model.copies import Trace
from copydesk.model.piles import Pile
from copydesk.model.spans import Stretch
from copydesk.tracing import TracingOptions, trace
from evals.copying.peers import peers, tidy, voices_of
from evals.rows import Request, Row, leave_out, read_records

FORM = ("articles.jsonl.gz", "copies.jsonl.gz", "voices.jsonl.gz", "negatives.jsonl.gz", "score.py")
GOLD_FIELDS = ("body", "story")
Predicted = tuple[list[dict[str, Any]], list[dict[str, Any]], list[dict[str, Any]]]  # copies, voices, credits


def run(request: Request) -> Iterator[Row]:
    """A row a figure of the scorer, for each folder that has the set's files."""
    root = request.data / "copies"
    if not root.is_dir():
        print(f"evals: no data for copies: {root} is not there", file=sys.stderr)
        return
    folders = [root, *sorted(p for p in root.iterdir() if p.is_dir())]
    whole = [f for f in folders if all((f / name).is_file() for name in FORM)]
    if not whole:
        leave_out(root, f"a folder with {', '.join(FORM)}")
    for folder in whole:
        if request.wants(folder.name):
            yield from _score(folder, request.peers)


def captures(records: Sequence[dict[str, Any]]) -> list[Capture]:
    """The records as a container would give them: text, and what it states; nothing of the gold."""
    found = []
    for record in records:
        content = record["text"].encode()
        stated = Stated(
            by="container",
            url=record.get("url"),
            outlet=record.get("outlet"),
            headline=record.get("headline"),
            published=record.get("published"),
        )
        digest = hashlib.sha256(record["id"].encode() + b"\0" + content).hexdigest()[:16]
        found.append(Capture(id=digest, path=f"articles.jsonl.gz/{record['id']}", content=content, medium="text", stated=(stated,)))
    return found


def build_pile(records: Sequence[dict[str, Any]]) -> Pile:
    """The pile that the product makes of records: cleaned, annotated, in order of id."""
    read = captures(records)
    repeats = find_repeats(read, CleaningOptions())
    articles = [a for c in read if isinstance(a := clean(c, repeats, CleaningOptions()), Article)]
    articles.sort(key=lambda a: a.id)
    return Pile(articles=tuple(articles), markups=tuple(annotate(articles, Tagger(), AnnotatingOptions())))


def record_id(article: Article) -> str:
    return article.path.rpartition("/")[2]


def predictions(pile: Pile, found: Trace) -> Predicted:
    """Copies, voices and credits in the form that the scorer reads, places in the source text."""
    by_id = {a.id: a for a in pile.articles}
    copies = []
    for link in found.links:
        if link.origin is None:
            continue
        origin, copy = by_id[link.origin], by_id[link.copy]
        passages = [
            {"from": _in_source(origin, p.origin), "to": _in_source(copy, p.copy)} for p in link.passages if p.origin is not None
        ]
        copies.append(
            {"from": record_id(origin), "to": record_id(copy), "kind": link.kind, "coverage": link.coverage,
             "direction": link.direction, "passages": passages}
        )  # fmt: skip
    voices = [{"article": record_id(a), "voice": _lines(a.id, found)} for a in pile.articles if a.id in found.shares]
    credits = []
    for article in pile.articles:
        for credit in article.credits:
            row: dict[str, Any] = {"article": record_id(article), "name": credit.name, "kind": credit.kind}
            if credit.span.in_source:
                row |= {"start": credit.span.start, "end": credit.span.end}
            else:
                start, end = _in_source(article, Stretch(start=credit.span.start, end=credit.span.end))
                row |= {"start": start, "end": end}
            credits.append(row)
    return copies, voices, credits


def _in_source(article: Article, stretch: Stretch) -> list[int]:
    pieces = article.to_source(stretch)
    return [min(p.start for p in pieces), max(p.end for p in pieces)] if pieces else [0, 0]


def _lines(article: str, found: Trace) -> list[str]:
    """The lines behind an article: of each listed voice the line that holds most of it.

    The set's voices are lines of one story; copydesk joins two lines of one agency, so its voices cannot stand here.
    """
    listed = {v.id for v in found.voices if article in v.articles}
    held: dict[str, tuple[int, str]] = {}
    for line in found.lines:
        size = sum(s.end - s.start for s in line.spans if s.article == article)
        if size and line.voice in listed:
            held[line.voice] = max(held.get(line.voice, (0, "")), (size, line.id))
    return sorted(name for _, name in held.values()) or [f"own-{article}"]


def _score(folder: Path, with_peers: bool) -> Iterator[Row]:
    records = list(read_records(folder / "articles.jsonl.gz"))
    pile = build_pile(records)
    encoder = CachedEncoder(MiniLmEncoder())
    told = {"copydesk": predictions(pile, trace(pile, encoder, TracingOptions()))}
    if with_peers:
        tidied = tidy([{k: v for k, v in r.items() if k not in GOLD_FIELDS} for r in records], encoder)
        for name, predict in peers().items():
            links = predict(tidied)
            told[name] = (links, voices_of(records, links), [])
    for system, rows in told.items():
        for name, value in score_rows(folder, rows).items():
            if system == "copydesk" or not name.startswith("credits"):
                yield Row(stage="copies", set=folder.name, system=system, metric=name, value=value, n=len(records))


def score(folder: Path, pile: Pile, found: Trace, keep: Path | None = None) -> dict[str, float]:
    """The figures of the scorer for what was traced; its whole answer is kept at `keep`."""
    return score_rows(folder, predictions(pile, found), keep)


def score_rows(folder: Path, told: Predicted, keep: Path | None = None) -> dict[str, float]:
    """The figures of the scorer, run as a program, for copies, voices and credits in its form."""
    with tempfile.TemporaryDirectory() as scratch:
        call = [sys.executable, str(folder / "score.py"), "--gold", str(folder)]
        for name, rows in zip(("copies", "voices", "credits"), told, strict=True):
            path = Path(scratch) / f"{name}.jsonl"
            path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
            call += [f"--{name}", str(path)]
        answer = keep or Path(scratch) / "answer.json"
        subprocess.run([*call, "--json", str(answer)], check=True, capture_output=True)
        figures = json.loads(answer.read_text("utf-8"))
    return {name: float(value) for name, value in figures.items() if isinstance(value, int | float)}
