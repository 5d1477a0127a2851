"""A shard → its articles, and beside them the columns by which articles find each other."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from copydesk.cleaning import VERSION as CLEANING
from copydesk.cleaning import clean, find_repeats
from copydesk.desk.corpus.files import Row, write_rows, write_table, write_text
from copydesk.desk.corpus.schemas import load_arrow
from copydesk.desk.corpus.shards import Shard, read_shard
from copydesk.errors import CopydeskError
from copydesk.linking.columns import IntColumn, KeyColumn
from copydesk.model.articles import Article
from copydesk.model.captures import Capture, Skipped
from copydesk.options import Options
from copydesk.reading import VERSION as READING
from copydesk.store import Form
from copydesk.text.normalise import FUNCTION_WORDS, find_words
from copydesk.text.shingles import hash_word
from copydesk.tracing.fingerprints import fingerprint_texts

Item = TypeVar("Item")
CHUNK = 1_000  # captures in memory at once, and what a worker that dies has to do again
LEAD_CHARACTERS = 600  # of headline and opening, of which every word counts
NAMES_CHARACTERS = 6_000  # in which words with a capital inside a sentence count, too
KEYS_MAX = 96  # words by which an article can find its story
NAME = re.compile(r"(?<=[a-z,] )[A-Z][\w’'-]{2,40}")
ARTICLE = Form(Article)
PREPARED = "_work/prepared"


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """What became of one shard: the files of its columns in order, and how much is in them."""

    shard: str
    columns: tuple[str, ...]
    articles: int
    skipped: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Preparing:
    """What every shard is prepared with."""

    out: Path
    options: Options

    def identity(self, shard: Shard) -> str:
        """What the files of a shard rest on: its state, the version of the stages, and their options."""
        tables = (asdict(self.options.reading), asdict(self.options.cleaning))
        content = [READING, CLEANING, CHUNK, shard.name, shard.size, shard.state, [sorted(t.items()) for t in tables]]
        return hashlib.sha256(json.dumps(content).encode()).hexdigest()[:16]


def prepare_shard(shard: Shard, setting: Preparing) -> Prepared:
    """The shard's files, made where they are not there yet: a chunk that is done is not done again."""
    done = setting.out / PREPARED / f"{shard.stem}.json"
    identity = setting.identity(shard)
    held = json.loads(done.read_text(encoding="utf-8")) if done.is_file() else None
    if held and held["identity"] == identity and all(_is_whole(setting.out, name) for name in held["columns"]):
        return Prepared(
            shard=shard.name, columns=tuple(held["columns"]), articles=held["articles"], skipped=held["skipped"]
        )
    columns: list[str] = []
    articles = skipped = 0
    for number, chunk in enumerate(_chunks(read_shard(shard, setting.options.reading))):
        stem = f"{shard.stem}-{number:05}"
        path = setting.out / PREPARED / f"{stem}.parquet"
        counts = _counts(path, identity) if _is_whole(setting.out, path.name) else None
        if counts is None:
            counts = _prepare(chunk, (shard, stem, identity), setting)
        columns.append(path.name)
        articles, skipped = articles + counts[0], skipped + counts[1]
    record = {"identity": identity, "columns": columns, "articles": articles, "skipped": skipped}
    write_text(json.dumps(record), done)
    return Prepared(shard=shard.name, columns=tuple(columns), articles=articles, skipped=skipped)


def _chunks(items: Iterator[Item]) -> Iterator[list[Item]]:
    while chunk := list(islice(items, CHUNK)):
        yield chunk


def _is_whole(out: Path, name: str) -> bool:
    """Whether every file of a chunk is there."""
    return all((out / folder / name).is_file() for folder in (PREPARED, "articles", "credits", "skipped"))


def _counts(path: Path, identity: str) -> tuple[int, int] | None:
    """How many articles and skipped things a finished chunk holds; None when it was made of something else."""
    held: dict[bytes, bytes] = load_arrow("parquet").read_schema(path).metadata or {}
    if held.get(b"identity") != identity.encode():
        return None
    return int(held[b"articles"]), int(held[b"skipped"])


def _prepare(chunk: Sequence[Capture | Skipped], named: tuple[Shard, str, str], setting: Preparing) -> tuple[int, int]:
    """Cleans a chunk. Lines that recur are those of the chunk: a shard depends on no other."""
    shard, stem, identity = named
    captures = [c for c in chunk if isinstance(c, Capture)]
    skipped = [c for c in chunk if isinstance(c, Skipped)]
    repeats = find_repeats(captures, setting.options.cleaning)
    articles: list[Article] = []
    for capture in captures:
        try:
            found = clean(capture, repeats, setting.options.cleaning)
        except CopydeskError as error:
            found = Skipped(path=capture.path, stage="cleaning", reason=str(error))
        if isinstance(found, Article):
            articles.append(found)
        else:
            skipped.append(found)
    articles.sort(key=lambda a: a.id)
    write_rows(
        "articles", [_article_row(a, shard.name) for a in articles], setting.out / "articles" / f"{stem}.parquet"
    )
    write_rows(
        "credits", [row for a in articles for row in _credit_rows(a)], setting.out / "credits" / f"{stem}.parquet"
    )
    lost = [(shard.name, s.path, s.stage, s.reason) for s in skipped]
    write_rows("skipped", lost, setting.out / "skipped" / f"{stem}.parquet")
    counts = {"identity": identity, "articles": str(len(articles)), "skipped": str(len(skipped))}
    write_table(_columns(articles), setting.out / PREPARED / f"{stem}.parquet", counts)
    return len(articles), len(skipped)


def _columns(articles: Sequence[Article]) -> Any:
    pa = load_arrow()
    owner, key = fingerprint_texts(a.text if a.compared else "" for a in articles)
    days = [a.published.earliest.toordinal() if a.published.earliest else None for a in articles]
    return pa.table({
        "article": pa.array([ARTICLE.pack(a) for a in articles], type=pa.large_binary()),
        "day": pa.array(days, type=pa.int32()),
        "fingerprints": pa.array(_by_owner(owner, key, len(articles)), type=pa.list_(pa.uint64())),
        "words": pa.array([telling_words(a) for a in articles], type=pa.list_(pa.uint64())),
    })  # fmt: skip


def _by_owner(owner: IntColumn, key: KeyColumn, count: int) -> list[KeyColumn]:
    """Each owner's keys, every one once and in order."""
    ends = np.searchsorted(owner, np.arange(count), side="right")
    return [np.unique(part) for part in np.split(key, ends[:-1])] if count else []


def telling_words(article: Article) -> list[int]:
    """The words, hashed, by which an article can find others about the same event: its opening's, and its names'."""
    text = f"{article.headline}\n{article.text}"
    words = dict.fromkeys(w.key for w in find_words(text[:LEAD_CHARACTERS]))
    for name in NAME.findall(text[:NAMES_CHARACTERS]):
        words |= dict.fromkeys(w.key for w in find_words(name))
    kept = [w for w in words if w not in FUNCTION_WORDS and (len(w) > 2 or w.isdigit())]
    return sorted({hash_word(word) for word in kept[:KEYS_MAX]})


def _article_row(a: Article, shard: str) -> Row:
    p = a.published
    return (
        a.id, shard, a.path, a.url, a.sha256, a.headline, a.byline, a.dateline, a.outlet, a.language, a.compared, a.reason,
        p.value, p.earliest, p.latest, p.precision, p.method, a.modified.value if a.modified else None, a.observed, a.text,
    )  # fmt: skip


def _credit_rows(a: Article) -> list[Row]:
    return [(a.id, c.name, c.kind, c.span.start, c.span.end, c.span.in_source, c.reason) for c in a.credits]
