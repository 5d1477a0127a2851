"""What of a page is kept as article, and what is read beside it: headline, byline, day of publication."""

from __future__ import annotations

import argparse
import gzip
import os
import re
import statistics
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from copydesk.cleaning import CleaningOptions, clean, find_repeats
from copydesk.model.articles import Article, Repeats
from copydesk.model.captures import Capture, Stated
from evals.extractors import NOTHING, Found, date_peers, peers
from evals.held_out import held_out_rows
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
    """The rows of the fields that the gold holds: equal words, equal names, the same day, and how often each is given.

    A headline or byline that is not given is not right; a date counts among those given. A system that gives a field
    on no page has none, and no row.
    """
    for metric, same in (("headline", _same_words), ("byline", _same_names)):
        asked = [(r[metric], getattr(f, metric)) for r, f in pairs if r.get(metric)]
        given = sum(bool(found) for _, found in asked)
        if given:
            right = sum(same(gold, found) for gold, found in asked)
            yield Row(stage="pages", set=pages, system=system, metric=metric, value=right / len(asked), n=len(asked))
            yield Row(stage="pages", set=pages, system=system, metric=f"{metric}_given", value=given / len(asked), n=len(asked))
    dated = [(r["published"][:10], f.published) for r, f in pairs if r.get("published")]
    days = [(gold, found[:10]) for gold, found in dated if found]
    if days:
        right = sum(gold == found for gold, found in days)
        yield Row(stage="pages", set=pages, system=system, metric="date_right", value=right / len(days), n=len(days))
        yield Row(stage="pages", set=pages, system=system, metric="date_given", value=len(days) / len(dated), n=len(dated))


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
    return read_article(article) if isinstance(article, Article) else NOTHING


def run(request: Request) -> Iterator[Row]:
    for pages in page_sets(request):
        if not request.wants(pages.name):
            continue
        captures = [capture_page(pages, r) for r in pages.records]
        pairs = list(zip(pages.records, clean_all(captures), strict=True))
        yield from text_rows(pages.name, "pages", "copydesk", pairs)
        yield from field_rows(pages.name, "copydesk", pairs)
        yield from held_out_rows("page", "pages", pages.name, len(pages.records))
        for system, extract in peers() if request.peers else ():
            pairs = list(zip(pages.records, [extract(c) for c in captures], strict=True))
            yield from text_rows(pages.name, "pages", system, pairs)
            yield from field_rows(pages.name, system, pairs)
        if request.peers and any(r.get("published") for r in pages.records):
            for system, extract in date_peers():
                yield from field_rows(pages.name, system, [(r, extract(c)) for r, c in zip(pages.records, captures, strict=True)])


def worst_pages(pairs: list[tuple[dict[str, Any], Found]], most: int = 10) -> Iterator[str]:
    """The pages with the lowest F1 of shingles (or most wrong strings), and how many words too few or too many were kept."""
    scored = []
    for record, found in pairs:
        if "text" in record:
            wanted, got = shingles(record["text"]), shingles(found.body)
            value = 2 * sum((wanted & got).values()) / max(1, sum(wanted.values()) + sum(got.values()))
            fault = f"{sum((wanted - got).values())} shingles missing, {sum((got - wanted).values())} too many"
        else:
            text = " ".join(found.text.split())
            missing = sum(" ".join(w.split()) not in text for w in record["with"])
            extra = sum(" ".join(w.split()) in text for w in record["without"])
            value = 1 - (missing + extra) / max(1, len(record["with"]) + len(record["without"]))
            fault = f"{missing} of {len(record['with'])} strings missing, {extra} of {len(record['without'])} too many"
        scored.append((value, str(record["id"]), f"{fault}  {record.get('url') or ''}"))
    return (f"{value:.3f}  {name}  {fault}" for value, name, fault in sorted(scored)[:most])


def main() -> int:
    """python -m evals.pages [--data DIR] [--set NAME]: the worst pages of each set."""
    parser = argparse.ArgumentParser(prog="python -m evals.pages", description="Name the pages that are read worst.")
    parser.add_argument("--data", type=Path, default=Path(os.environ.get("COPYDESK_DATA") or "../shared/data"))
    parser.add_argument("--set", help="only the set of this name")
    asked = parser.parse_args()
    request = Request(data=asked.data, set=asked.set)
    for pages in page_sets(request):
        if request.wants(pages.name):
            pairs = list(zip(pages.records, clean_all([capture_page(pages, r) for r in pages.records]), strict=True))
            print(pages.name, *worst_pages(pairs), sep="\n  ")
    return 0


if __name__ == "__main__":
    sys.exit(main())
