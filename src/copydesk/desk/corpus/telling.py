"""A bucket → its copies, voices, stories and what they tell, as files of the tables."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from copydesk import pipeline
from copydesk.aligning import VERSION as ALIGNING
from copydesk.annotating import VERSION as ANNOTATING
from copydesk.clustering import VERSION as CLUSTERING
from copydesk.desk.corpus.files import write_rows, write_text
from copydesk.desk.corpus.prepare import ARTICLE
from copydesk.desk.corpus.rows import Rows, dossier_rows, membership_rows, plain_story_row, trace_rows
from copydesk.desk.corpus.schemas import GROUPED, TOLD, load_arrow
from copydesk.desk.corpus.shuffling import BUCKETS
from copydesk.engines import SerialEngine
from copydesk.language.encoder import CachedEncoder
from copydesk.model.articles import Article
from copydesk.model.markup import Markup, Sentence, Tokens
from copydesk.model.piles import Pile
from copydesk.options import Options
from copydesk.resolving import VERSION as RESOLVING
from copydesk.text.sentences import find_paragraphs, find_sentences
from copydesk.tracing import VERSION as TRACING
from copydesk.tracing import trace

TOLD_FOLDER = "_work/told"
STAGES = (TRACING, CLUSTERING, ANNOTATING, RESOLVING, ALIGNING)
NO_TOKENS = Tokens(start=(), end=(), lemma=(), pos=(), tag=(), dep=(), head=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """What every bucket is told with."""

    out: Path
    tables: tuple[str, ...]
    options: Options


def tell_bucket(name: str, setting: Telling) -> bool:
    """The tables of one bucket; whether it was told now. One whose articles and options are the same is not told again."""
    content = (setting.out / BUCKETS / name).read_bytes()
    stem = name.partition(".")[0]
    mark = setting.out / TOLD_FOLDER / stem
    identity = _identity(content, setting)
    paths = {table: setting.out / table / f"{stem}.parquet" for table in bucket_tables(setting.tables)}
    done = mark.is_file() and mark.read_text(encoding="utf-8") == identity
    if done and all(path.is_file() for path in paths.values()):
        return False
    rows: Rows = {table: [] for table in setting.tables}
    for found in _tell_blocks(_blocks(content), setting):
        for table, more in found.items():
            if table in rows:
                rows[table].extend(more)
    for table, path in paths.items():
        write_rows(table, rows[table], path)
    write_text(identity, mark)
    return True


def bucket_tables(tables: Sequence[str]) -> tuple[str, ...]:
    """The tables that are made bucket by bucket; the others are made shard by shard."""
    return tuple(t for t in tables if t not in ("articles", "credits", "skipped"))


def _identity(content: bytes, setting: Telling) -> str:
    stages = (setting.options.language, setting.options.annotating, setting.options.tracing, setting.options.clustering,
              setting.options.resolving, setting.options.aligning)  # fmt: skip
    held = json.dumps([setting.tables, STAGES, [sorted(asdict(s).items()) for s in stages]]).encode()
    return hashlib.sha256(content + held).hexdigest()


def _blocks(content: bytes) -> list[list[Article]]:
    """The blocks of a bucket, their articles in order of id."""
    table = load_arrow("ipc").open_stream(content).read_all()
    blocks: dict[int, list[Article]] = {}
    for block, record in zip(table["block"].to_pylist(), table["article"].to_pylist(), strict=True):
        blocks.setdefault(block, []).append(ARTICLE.unpack(record))
    return [sorted(articles, key=lambda a: a.id) for _, articles in sorted(blocks.items())]


def _tell_blocks(blocks: Sequence[list[Article]], setting: Telling) -> Iterator[Rows]:
    """The rows of each block. The tagger sees only articles that may tell of one event, and only where stories are asked for;
    for copies alone sentences cut by rules do."""
    tools = _tools(setting.options)
    grouped = bool({*setting.tables} & (GROUPED | TOLD))
    several = [a for articles in blocks if len(articles) > 1 and grouped for a in articles]
    marked = {m.article: m for m in pipeline.annotate_all(several, (), tools, setting.options).markups}
    for articles in blocks:
        markups = tuple(marked[a.id] if a.id in marked else plain_markup(a) for a in articles)
        pile = Pile(articles=tuple(articles), markups=markups)
        yield _tell(pile, tools, setting)


def _tell(pile: Pile, tools: pipeline.Tools, setting: Telling) -> Rows:
    options, wanted = setting.options, set(setting.tables)
    if not wanted & (GROUPED | TOLD):
        return trace_rows(trace(pile, tools.encoder, options.tracing))
    found = pipeline.find_stories(pile, tools, options)
    rows = trace_rows(found.pile.trace)
    rows["stories"] = []
    stories = [found.explain(story) for story in found.stories]
    rows["memberships"] = [row for story in stories for row in membership_rows(story)]
    by_id = {a.id: a for a in pile.articles}
    for story, part in zip(stories, found.pile.split(stories), strict=True):
        if len(story.articles) < 2 or not wanted & TOLD:
            rows["stories"].append(plain_story_row(story, by_id, found.pile.trace))
            continue
        for table, more in dossier_rows(pipeline.tell(story, part, (tools.encoder, options), found.warnings)).items():
            rows.setdefault(table, []).extend(more)
    return rows


def plain_markup(article: Article) -> Markup:
    """The sentences alone, by rules: enough to find copies, and for an article that is compared with no other."""
    headline = len(article.headline) if article.text.startswith(article.headline) else 0
    sentences = [
        Sentence(start=start + s, end=start + e, first=0, last=0, is_headline=start + e <= headline)
        for start, end in find_paragraphs(article.text)
        for s, e in find_sentences(article.text[start:end])
    ]
    return Markup(
        article=article.id, sentences=tuple(sentences), tokens=NO_TOKENS, names=(), quotes=(), times=(), quantities=()
    )


def _tools(options: Options) -> pipeline.Tools:
    """Models of this process; what the encoder has encoded is forgotten behind each bucket."""
    encoder = CachedEncoder(pipeline.load_encoder())
    return pipeline.Tools(
        tagger=pipeline.load_tagger(options.language), encoder=encoder, engine=SerialEngine(), now=_never
    )


def _never() -> datetime:
    raise AssertionError("nothing in a corpus asks for the time")
