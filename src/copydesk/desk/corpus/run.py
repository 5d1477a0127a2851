"""Inputs → a folder of tables: prepare every shard, join, make blocks, tell every bucket."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import TypeVar

import numpy as np

from copydesk.desk.corpus.blocks import Blocks, make_blocks
from copydesk.desk.corpus.files import write_rows, write_text
from copydesk.desk.corpus.finding import both, find_alike, find_near, read_days
from copydesk.desk.corpus.joining import Joined
from copydesk.desk.corpus.prepare import PREPARED, Prepared, Preparing, prepare_shard
from copydesk.desk.corpus.schemas import CLEANED, GROUPED, SCHEMA, TABLES, TOLD, choose_tables, load_arrow
from copydesk.desk.corpus.shards import Shard, find_shards
from copydesk.desk.corpus.shuffling import BUCKETS, shuffle
from copydesk.desk.corpus.telling import Telling, bucket_tables, tell_bucket
from copydesk.engines import ProcessEngine, RayEngine, SerialEngine, choose_engine
from copydesk.errors import InputError
from copydesk.linking import ScoredPairs
from copydesk.model.ports import Progress, be_silent
from copydesk.options import Options

Item = TypeVar("Item")
MANIFEST = "corpus.json"
JOINS = "_work/joins"
UNSHARDED = "_inputs"
NO_PAIRS = ScoredPairs(left=np.zeros(0, np.int64), right=np.zeros(0, np.int64), score=np.zeros(0))


@dataclass(frozen=True, slots=True, kw_only=True)
class CorpusOrder:
    """What one run over a corpus is asked for. `out` is a folder that every worker of the engine sees."""

    inputs: tuple[str, ...]
    out: Path
    tables: tuple[str, ...] = tuple(TABLES)
    options: Options = field(default_factory=Options)


@dataclass(frozen=True, slots=True, kw_only=True)
class TableSize:
    """How large one table is on disk."""

    rows: int
    files: int
    bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """What a run made: the shards with their counts, how articles were joined, and the tables."""

    shards: tuple[Prepared, ...]
    blocks: Blocks | None
    joins: dict[str, Joined]
    tables: dict[str, TableSize]
    told: int

    @property
    def articles(self) -> int:
        return sum(s.articles for s in self.shards)


def order_corpus(inputs: Sequence[str], out: Path, tables: str | None, options: Options) -> CorpusOrder:
    """An order whose tables are named as on the command line. Warnings of wording are in no table, and not looked for."""
    tracing = replace(options.tracing, altered_language=False)
    return CorpusOrder(
        inputs=tuple(inputs), out=out, tables=choose_tables(tables), options=replace(options, tracing=tracing)
    )


def make_corpus(asked: CorpusOrder, *, progress: Progress = be_silent) -> Corpus:
    """The tables of a corpus. What an earlier run into the same folder has done, whole or cut off, is not done again.

    The same inputs and options give the same files, whichever engine runs. Raises InputError, OptionsError.
    """
    load_arrow()
    shards, passed_over = find_shards(asked.inputs)
    if not shards:
        raise InputError(f"{', '.join(asked.inputs)}: no WARC, JSONL or Parquet file in there")
    try:
        asked.out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"{asked.out}: cannot be made ({error}); name a folder that can be written") from error
    write_rows(
        "skipped",
        [("", s.path, s.stage, s.reason) for s in passed_over],
        asked.out / "skipped" / f"{UNSHARDED}.parquet",
    )
    chosen = asked.options.engine
    with closing(choose_engine(chosen.name, chosen.workers or None, chunk=1)) as engine:
        prepared = _prepare(asked, shards, engine, progress)
        files = [asked.out / PREPARED / name for shard in prepared for name in shard.columns]
        blocks: Blocks | None = None
        joins: dict[str, Joined] = {}
        told = 0
        if bucket_tables(asked.tables):
            blocks, joins = _join(asked, files, progress)
            names = shuffle(files, blocks, asked.out)
            work = partial(tell_bucket, setting=Telling(out=asked.out, tables=asked.tables, options=asked.options))
            told = sum(_watch(engine.map(work, names), "telling", len(names), progress))
    _tidy(asked, prepared, blocks)
    tables = {table: _measure(asked.out / table) for table in asked.tables}
    made = Corpus(shards=tuple(prepared), blocks=blocks, joins=joins, tables=tables, told=told)
    write_text(json.dumps(_manifest(asked, made), indent=1, ensure_ascii=False) + "\n", asked.out / MANIFEST)
    return made


def _prepare(
    asked: CorpusOrder, shards: Sequence[Shard], engine: SerialEngine | ProcessEngine | RayEngine, progress: Progress
) -> list[Prepared]:
    """The shards, the largest begun first, so that no worker waits for the last; given in order of name."""
    work = partial(prepare_shard, setting=Preparing(out=asked.out, options=asked.options))
    by_size = sorted(shards, key=lambda s: (-s.size, s.name))
    done = list(_watch(engine.map(work, by_size), "preparing", len(by_size), progress))
    return sorted(done, key=lambda p: p.shard)


def _join(asked: CorpusOrder, files: Sequence[Path], progress: Progress) -> tuple[Blocks, dict[str, Joined]]:
    """The blocks: near copies together and, where stories are wanted, what may tell of one event."""
    days = read_days(files)
    progress("joining", 0, None)
    joins = {"copies": find_near(files, len(days), asked.out / JOINS)}
    pairs = both(joins["copies"].pairs, NO_PAIRS)
    if set(asked.tables) & (GROUPED | TOLD):
        joins["stories"] = find_alike(files, days, asked.out / JOINS)
        pairs = both(joins["copies"].pairs, joins["stories"].pairs)
    return make_blocks(len(days), pairs), joins


def _tidy(asked: CorpusOrder, prepared: Sequence[Prepared], blocks: Blocks | None) -> None:
    """Drops files that an earlier run made of shards or buckets that are no more, and what only this run needed."""
    shards = {name for shard in prepared for name in shard.columns} | {f"{UNSHARDED}.parquet"}
    buckets = {f"{n:05}.parquet" for n in range(blocks.buckets if blocks else 0)}
    for table in TABLES:
        held = shards if table in CLEANED else buckets if table in asked.tables else set()
        for path in sorted((asked.out / table).glob("*")):
            if path.name not in held:
                path.unlink()
    for path in sorted((asked.out / PREPARED).glob("*.parquet")):
        if path.name not in shards:
            path.unlink()
    for folder in (JOINS, BUCKETS):
        shutil.rmtree(asked.out / folder, ignore_errors=True)


def _measure(folder: Path) -> TableSize:
    parquet = load_arrow("parquet")
    files = sorted(folder.glob("*.parquet"))
    rows = sum(parquet.read_metadata(path).num_rows for path in files)
    return TableSize(rows=rows, files=len(files), bytes=sum(path.stat().st_size for path in files))


def _manifest(asked: CorpusOrder, made: Corpus) -> dict[str, object]:
    """What the folder holds. Neither clock nor engine is in it: both leave no trace in the tables."""
    tables = asked.options.as_tables()
    return {
        "schema": SCHEMA, "copydesk": version("copydesk"),
        "options": {stage: values for stage, values in tables.items() if stage not in ("engine", "fetching")},
        "shards": [{"name": s.shard, "articles": s.articles, "skipped": s.skipped} for s in made.shards],
        "joins": {
            name: {"pairs": len(j.pairs), "keys": j.entries, "keys_cut": j.keys_cut, "pairs_cut": j.pairs_cut, "spilled": j.spilled}
            for name, j in made.joins.items()
        },
        "blocks": None if made.blocks is None else {
            "count": len(made.blocks.sizes()), "lone": int((made.blocks.sizes() == 1).sum()),
            "largest": int(max(made.blocks.sizes(), default=0)), "buckets": made.blocks.buckets,
            "pairs_cut": made.blocks.pairs_cut, "copies_cut": made.blocks.copies_cut,
        },
        "tables": {name: {"rows": t.rows, "files": t.files, "bytes": t.bytes} for name, t in made.tables.items()},
    }  # fmt: skip


def _watch(items: Iterable[Item], stage: str, total: int, progress: Progress) -> Iterator[Item]:
    progress(stage, 0, total)
    for done, item in enumerate(items, start=1):
        yield item
        progress(stage, done, total)
