"""What is kept of a page that has already been flattened to text: other people's flatteners, and pages built by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from inscriptis import get_text
from selectolax.lexbor import LexborHTMLParser

from copydesk.cleaning import CleaningOptions, clean, find_repeats
from copydesk.model.articles import Article
from copydesk.model.captures import Capture, Stated
from copydesk.text.decoding import decode
from evals.held_out import held_out_rows
from evals.pages import capture_page, clean_all, page_sets, text_rows
from evals.rows import Request, Row, leave_out, read_records


def by_inscriptis(markup: str) -> str:
    return str(get_text(markup))


def by_selectolax(markup: str) -> str:
    page = LexborHTMLParser(markup)
    page.strip_tags(["script", "style", "noscript", "template"])
    return page.body.text(separator="\n") if page.body is not None else ""


FLATTENERS: dict[str, Callable[[str], str]] = {"inscriptis": by_inscriptis, "selectolax": by_selectolax}


def flatten_capture(capture: Capture, flattener: Callable[[str], str]) -> Capture:
    """The same page as plain text."""
    text = flattener(decode(capture.content, None))
    return replace(capture, content=text.encode("utf-8", "replace"), medium="text", path=f"{capture.id}.txt")


def capture_record(record: dict[str, Any]) -> Capture:
    """One flattened page of a JSON set as a container states it; its gold is not among it."""
    stated = Stated(
        by="container", url=record.get("url"), outlet=record.get("outlet"), headline=record.get("headline"),
        published=record.get("published"),
    )  # fmt: skip
    content = record["text"].encode("utf-8", "surrogatepass")
    return Capture(id=record["id"], path=f"{record['id']}.txt", content=content, medium="text", stated=(stated,))



def body_rows(name: str, records: list[dict[str, Any]]) -> Iterator[Row]:
    """Shares of the body's characters kept and of the other characters dropped, white space left out."""
    options = CleaningOptions()
    captures = [capture_record(r) for r in records]
    repeats = find_repeats(captures, options)
    kept = body = dropped = rest = 0
    for record, capture in zip(records, captures, strict=True):
        article = clean(capture, repeats, options)
        blocks = article.blocks if isinstance(article, Article) else ()
        taken = bytearray(len(record["text"]))
        for block in blocks:
            if block.kind == "body":
                taken[block.start : block.end] = b"\x01" * (block.end - block.start)
        gold = bytearray(len(record["text"]))
        for start, end in record["body"]:
            gold[start:end] = b"\x01" * (end - start)
        for character, is_taken, is_body in zip(record["text"], taken, gold, strict=True):
            if character.isspace():
                continue
            if is_body:
                body += 1
                kept += is_taken
            else:
                rest += 1
                dropped += not is_taken
    for metric, part, whole in (("body_kept", kept, body), ("furniture_dropped", dropped, rest)):
        yield Row(stage="flat", set=name, system="copydesk", metric=metric, value=part / whole if whole else 0.0, n=len(records))


def body_sets(request: Request) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Every file of copies/ whose records are flattened pages with body spans; the set is named after its folder."""
    for path in request.sets("copies", "*.jsonl.gz"):
        records = list(read_records(path))
        if records and all("text" in r and "body" in r for r in records):
            yield _copies_name(path), records
        elif any("text" in r for r in records):
            leave_out(path, "records with id, text and body")


def _copies_name(path: Path) -> str:
    return path.parent.name if path.name.startswith("articles.") else path.name.split(".")[0]


def run(request: Request) -> Iterator[Row]:
    for pages in page_sets(request):
        for name, flattener in FLATTENERS.items():
            full = f"{pages.name}/{name}"
            if not (request.wants(full) or request.wants(pages.name)):
                continue
            captures = [flatten_capture(capture_page(pages, r), flattener) for r in pages.records]
            yield from text_rows(full, "flat", "copydesk", list(zip(pages.records, clean_all(captures), strict=True)))
            yield from held_out_rows("flat", "flat", full, len(captures))
    for name, records in body_sets(request):
        if request.wants(name):
            yield from body_rows(name, records)
            yield from held_out_rows("flat", "flat", name, len(records))
