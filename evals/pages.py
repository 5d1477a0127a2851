"""What of a page is kept as article, and what is read beside it: headline, byline, day of publication."""

from __future__ import annotations

import gzip
import re
import statistics
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from copydesk.cleaning import CleaningOptions, clean, find_repeats
from copydesk.model.articles import Article, Repeats
from copydesk.model.captures import Capture, Stated
from evals.rows import Request, Row, f1, leave_out, read_records, set_name

SHINGLE = 4
WORDS = re.compile(r"\w+")
BY = frozenset({"by", "von", "par", "por", "and", "und", "et", "y"})


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSet:
    """A folder of pages with its gold records."""

    name: str
    records: list[dict[str, Any]]
    folder: Path

    def content(self, record: dict[str, Any]) -> bytes:
        return gzip.decompress((self.folder / "html" / f"{record['id']}.html.gz").read_bytes())


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What one system read from one page; None where it has no such field."""

    text: str
    body: str
    headline: str | None = None
    byline: str | None = None
    published: str | None = None


def page_sets(request: Request) -> Iterator[PageSet]:
    """Every folder of pages/ that holds html/ and gold.jsonl.gz."""
    for folder in request.sets("pages"):
        gold = folder / "gold.jsonl.gz"
        if not (folder / "html").is_dir() or not gold.is_file():
            leave_out(folder, "a folder with html/ID.html.gz and gold.jsonl.gz")
            continue
        records = [r for r in read_records(gold) if (folder / "html" / f"{r['id']}.html.gz").is_file()]
        if not records or not all("text" in r or "with" in r for r in records):
            leave_out(gold, "records with id and text, or id, with and without")
            continue
        yield PageSet(name=set_name(folder), records=records, folder=folder)


def capture_page(pages: PageSet, record: dict[str, Any]) -> Capture:
    """One page as it would be captured: its bytes and its address."""
    url = record.get("url")
    stated = (Stated(by="container", url=url),) if url else ()
    return Capture(id=record["id"], path=f"{record['id']}.html", content=pages.content(record), medium="html", stated=stated)


def shingles(text: str) -> Counter[tuple[str, ...]]:
    words = WORDS.findall(text or "")
    runs = (tuple(words[i : i + SHINGLE]) for i in range(max(1, len(words) - SHINGLE + 1)))
    return Counter(r for r in runs if r)


def shingle_f1(pairs: list[tuple[str, str]]) -> float:
    """F1 of the pages' mean precision and mean recall of 4-word shingles, over pairs of gold and found text."""
    precisions, recalls = [], []
    for gold, found in pairs:
        wanted, got = shingles(gold), shingles(found)
        right = sum((wanted & got).values())
        n_wanted, n_got = sum(wanted.values()), sum(got.values())
        if n_got:
            precisions.append(right / n_got)
        if n_wanted:
            recalls.append(right / n_wanted)
    if not precisions or not recalls:
        return 0.0
    return f1(statistics.fmean(precisions), statistics.fmean(recalls))


def segment_f1(pairs: list[tuple[dict[str, Any], str]]) -> float:
    """F1 over strings that must and must not be found, white space made alike."""
    hit = missed = wrong = 0
    for record, found in pairs:
        text = " ".join(found.split())
        for wanted in record["with"]:
            inside = " ".join(wanted.split()) in text
            hit += inside
            missed += not inside
        wrong += sum(" ".join(unwanted.split()) in text for unwanted in record["without"])
    return f1(hit / (hit + wrong) if hit + wrong else 0.0, hit / (hit + missed) if hit + missed else 0.0)


def text_rows(pages: str, stage: str, system: str, pairs: list[tuple[dict[str, Any], Found]]) -> Iterator[Row]:
    """The rows of text quality that the records' form allows."""
    whole = [(r["text"], f.body) for r, f in pairs if "text" in r]
    parts = [(r, f.text) for r, f in pairs if "with" in r]
    if whole:
        yield Row(stage=stage, set=pages, system=system, metric="shingle_f1", value=shingle_f1(whole), n=len(whole))
    if parts:
        yield Row(stage=stage, set=pages, system=system, metric="segment_f1", value=segment_f1(parts), n=len(parts))


def _same_words(gold: str, found: str | None) -> bool:
    def words(text: str) -> list[str]:
        return WORDS.findall(text.casefold())

    return found is not None and words(gold) == words(found)


def _same_names(gold: str | list[str], found: str | None) -> bool:
    def names(text: str) -> frozenset[str]:
        return frozenset(WORDS.findall(text.casefold())) - BY

    return found is not None and names(gold if isinstance(gold, str) else " ".join(gold)) == names(found)


def field_rows(pages: str, system: str, pairs: list[tuple[dict[str, Any], Found]]) -> Iterator[Row]:
    """The rows of the fields that the gold holds: equal words, equal names, the same day."""
    for metric, same in (("headline", _same_words), ("byline", _same_names)):
        asked = [(r[metric], getattr(f, metric)) for r, f in pairs if r.get(metric)]
        if asked:
            right = sum(same(gold, found) for gold, found in asked)
            yield Row(stage="pages", set=pages, system=system, metric=metric, value=right / len(asked), n=len(asked))
    dated = [(r["published"][:10], f.published) for r, f in pairs if r.get("published")]
    given = [(gold, found[:10]) for gold, found in dated if found]
    if dated:
        share = sum(gold == found for gold, found in given) / len(given) if given else 0.0
        yield Row(stage="pages", set=pages, system=system, metric="date_right", value=share, n=len(given))
        yield Row(stage="pages", set=pages, system=system, metric="date_given", value=len(given) / len(dated), n=len(dated))


def read_article(article: Article) -> Found:
    """What copydesk read from a page, as the scorer wants it."""
    body = "\n".join(article.source_text[b.start : b.end] for b in article.blocks if b.kind == "body")
    day = article.published.day
    return Found(
        text=article.text, body=body, headline=article.headline, byline=article.byline,
        published=day.isoformat() if day else None,
    )  # fmt: skip


def clean_all(captures: list[Capture]) -> list[Found]:
    """What copydesk reads from a pile of captures."""
    options = CleaningOptions()
    repeats = find_repeats(captures, options)
    return [clean_one(c, repeats, options) for c in captures]


def clean_one(capture: Capture, repeats: Repeats, options: CleaningOptions) -> Found:
    article = clean(capture, repeats, options)
    return read_article(article) if isinstance(article, Article) else Found(text="", body="")


def _trafilatura(fast: bool) -> Callable[[Capture], Found]:
    from trafilatura import bare_extraction

    def extract(capture: Capture) -> Found:
        said = capture.said("url")
        document = bare_extraction(
            capture.content, url=said[0] if said else None, fast=fast, favor_precision=not fast, include_comments=False,
            with_metadata=True,
        )  # fmt: skip
        if document is None or isinstance(document, dict):
            return Found(text="", body="")
        text = document.text or ""
        return Found(text=text, body=text, headline=document.title, byline=document.author, published=document.date)

    return extract


def _readability() -> Callable[[Capture], Found]:
    from lxml import html
    from readability import Document

    def extract(capture: Capture) -> Found:
        try:
            document = Document(capture.content)
            text = "\n".join(html.fromstring(document.summary()).itertext())
            return Found(text=text, body=text, headline=document.short_title())
        except Exception as error:  # a peer's own error must not end the run
            print(f"evals: readability-lxml on {capture.path}: {error}", file=sys.stderr)
            return Found(text="", body="")

    return extract


def peers() -> Iterator[tuple[str, Callable[[Capture], Found]]]:
    """The peers that are installed, each as a function of one capture."""
    yield "trafilatura-fast", _trafilatura(True)
    yield "trafilatura-precision", _trafilatura(False)
    if find_spec("readability"):
        yield "readability-lxml", _readability()


def run(request: Request) -> Iterator[Row]:
    for pages in page_sets(request):
        if not request.wants(pages.name):
            continue
        captures = [capture_page(pages, r) for r in pages.records]
        systems: list[tuple[str, list[Found]]] = [("copydesk", clean_all(captures))]
        if request.peers:
            systems += [(name, [extract(c) for c in captures]) for name, extract in peers()]
        for system, found in systems:
            pairs = list(zip(pages.records, found, strict=True))
            yield from text_rows(pages.name, "pages", system, pairs)
            yield from field_rows(pages.name, system, pairs)
