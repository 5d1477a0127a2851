"""Stories of growing piles: time and memory an article, at once and one at a time, and how they grow.

The piles are pieces of the articles of scale/, each of up to PIECE characters and an article of its own, with the day
of the whole: 500 to 16,000 of them. What is found in one article alone is not on the clock and is cached on a desk:
names are runs of capitalised words here instead of the tagger's; the meaning of an opening, a vector of hashed words
instead of the encoder's, is on it. There are no copy links. One at a time stops at STREAMED pieces. Seconds are the processor's; memory is the peak
of the process beyond the piles. The rows `whole_…` are of the articles themselves with the encoder's own vectors.
"""

from __future__ import annotations

import re
import resource
import sys
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from time import process_time
from typing import Any

import numpy as np

from bench.rows import Request, Row
from bench.tracing import slope
from copydesk.clustering import Clustering, ClusteringOptions, lead_of
from copydesk.language.encoder import CachedEncoder, FloatMatrix, MiniLmEncoder
from copydesk.model.articles import Article, Block
from copydesk.model.markup import Markup, NameMention, Tokens
from copydesk.model.piles import Pile
from copydesk.model.times import UNKNOWN_WHEN, When
from copydesk.reading.dates import iso_day
from evals.rows import read_records

SIZES = (500, 1000, 2000, 4000, 8000, 16000)
STREAMED = 4000
PIECE = 900  # characters
DIMENSIONS = 384
NO_TOKENS = Tokens(start=(), end=(), lemma=(), pos=(), tag=(), dep=(), head=())
NAME = re.compile(r"\b[A-Z][a-z]{2,20}(?: [A-Z][a-z]{2,20}){0,3}")
WORD = re.compile(r"[a-z]{4,20}")


class HashedEncoder:
    """Unit vectors of hashed words: as long as the encoder's and found in no time."""

    name = "hashed"
    dimensions = DIMENSIONS

    def encode(self, sentences: Sequence[str]) -> FloatMatrix:
        """A row a sentence."""
        rows = np.zeros((len(sentences), DIMENSIONS), dtype=np.float32)
        for row, sentence in zip(rows, sentences, strict=True):
            for word in WORD.findall(sentence.lower()):
                row[zlib.crc32(word.encode()) % DIMENSIONS] += 1.0
            row /= max(float(np.linalg.norm(row)), 1.0)
        return rows


def run(request: Request) -> Iterator[Row]:
    """Seconds and megabytes a size with their slopes on a log-log scale, at once and one at a time; then the articles
    themselves: the share of the largest story, and of stories of one article."""
    files = sorted((request.data / "scale").glob("*.jsonl.gz")) if request.data.is_dir() else []
    records = [r for path in files for r in read_records(path)]
    if not records:
        print(f"bench: no scale/ under {request.data}", file=sys.stderr)
        return
    pile = pile_of(pieces(records, SIZES[-1]))
    sizes = [n for n in SIZES if n <= len(pile.articles)]
    seconds, megabytes, start = [], [], peak()
    for n in sizes:
        began = process_time()
        state = Clustering(HashedEncoder(), ClusteringOptions())
        state.place(first(pile, n))
        state.stories()
        seconds.append(process_time() - began)
        megabytes.append(max(peak() - start, 1.0))
        yield from _sized(n, seconds[-1], megabytes[-1], state)
    yield _row("slope_seconds", slope(sizes, seconds), sizes[-1])
    yield _row("slope_megabytes", slope(sizes, megabytes), sizes[-1])
    streamed = [n for n in sizes if n <= STREAMED]
    at = one_by_one(first(pile, streamed[-1]), streamed)
    for n, taken in zip(streamed, at, strict=True):
        yield _row("stream_ms_an_article", 1000 * taken / n, n)
    yield _row("slope_stream_seconds", slope(streamed, at), streamed[-1])
    whole = pile_of([(r, r["text"]) for r in records])
    encoder = CachedEncoder(MiniLmEncoder())
    encoder.encode([lead_of(a, ClusteringOptions().lead_words) for a in whole.articles])
    began = process_time()
    state = Clustering(encoder, ClusteringOptions())
    state.place(whole)
    yield _row("whole_ms_an_article", 1000 * (process_time() - began) / len(records), len(records))
    counts = [len(g) for g in state.groups()]
    yield _row("whole_largest_share", max(counts) / len(records), len(records))
    yield _row("whole_singleton_share", counts.count(1) / len(records), len(records))


def _sized(n: int, seconds: float, megabytes: float, state: Clustering) -> Iterator[Row]:
    yield _row("ms_an_article", 1000 * seconds / n, n)
    yield _row("kilobytes_an_article", 1000 * megabytes / n, n)
    yield _row("largest_share", max(len(g) for g in state.groups()) / n, n)


def one_by_one(pile: Pile, sizes: Sequence[int]) -> list[float]:
    """Seconds until so many articles had been placed, one at a time in order of publication."""
    state = Clustering(HashedEncoder(), ClusteringOptions())
    pairs = sorted(
        zip(pile.articles, pile.markups, strict=True), key=lambda p: (p[0].published.earliest or date.max, p[0].id)
    )
    began, taken = process_time(), []
    for n, (article, markup) in enumerate(pairs, start=1):
        state.place(replace(pile, articles=(article,), markups=(markup,)))
        if n in sizes:
            taken.append(process_time() - began)
    return taken


def peak() -> float:
    """The most memory that this process has held, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


def pieces(records: Sequence[dict[str, Any]], count: int) -> list[tuple[dict[str, Any], str]]:
    """The first piece of every article, then the second of every one, until there are so many."""
    found: list[tuple[dict[str, Any], str]] = []
    for start in range(0, 40 * PIECE, PIECE):
        for record in records:
            text = record["text"][start : start + PIECE]
            if len(text) > PIECE // 3:
                found.append((record, text))
            if len(found) == count:
                return found
    return found


def pile_of(texts: Sequence[tuple[dict[str, Any], str]]) -> Pile:
    """An article a text, in order of id, with the day of its record; names are runs of capitalised words."""
    articles = tuple(_article(f"{i:06}", record, text) for i, (record, text) in enumerate(texts))
    return Pile(articles=articles, markups=tuple(_mark_up(a) for a in articles))


def first(pile: Pile, n: int) -> Pile:
    """The first articles of a pile."""
    return replace(pile, articles=pile.articles[:n], markups=pile.markups[:n])


def _article(name: str, record: dict[str, Any], text: str) -> Article:
    day = iso_day(record["published"]) if record.get("published") else None
    published = UNKNOWN_WHEN if day is None else When(
        value=day.isoformat(), earliest=day, latest=day, precision="day", method="meta"
    )  # fmt: skip
    return Article(
        id=name, path=name, url=None, sha256="", headline="", byline=None, dateline=None, outlet=None, language="en",
        compared=True, reason=None, published=published, modified=None, observed=None, credits=(), text=text,
        source_text=text, blocks=(Block(kind="body", start=0, end=len(text), at=0, reason="bench"),),
    )  # fmt: skip


def _mark_up(article: Article) -> Markup:
    names = tuple(
        NameMention(start=m.start(), end=m.end(), text=m.group(), type="other", reason="bench")
        for m in NAME.finditer(article.text)
    )
    return Markup(article=article.id, sentences=(), tokens=NO_TOKENS, names=names, quotes=(), times=(), quantities=())


def _row(metric: str, value: float, n: int) -> Row:
    return Row(bench="stories", system="copydesk", metric=metric, value=value, n=n)
