"""The steps of a corpus: seconds to prepare an article, and what the joins take over columns of many articles.

The columns are made, seeded, from those of 200 articles of scale/: an article in seven is a print of one of them, the others
have fingerprints of their own and words drawn from all. COPYDESK_BENCH_ARTICLES sets how many (default 10,000; the joins
alone run over them). Processor seconds, so that a machine that does other work counts for nothing; `spilled_mb` is what went
to disk between partitions, `peak_mb` the largest memory of the process that joins, which is a process of its own.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from time import process_time

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from bench.rows import Request, Row
from copydesk.desk.corpus.blocks import make_blocks
from copydesk.desk.corpus.finding import both, find_alike, find_near, read_days
from copydesk.desk.corpus.prepare import CHUNK, PREPARED, Preparing, prepare_shard
from copydesk.desk.corpus.shards import find_shards
from copydesk.options import Options
from evals.rows import read_records

ARTICLES = 10_000
REAL = 200
PRINTS = 1 / 7
SEED = 17
COLUMNS = ["day", "fingerprints", "words"]


def run(request: Request) -> Iterator[Row]:
    """A row a figure."""
    files = sorted((request.data / "scale").glob("*.jsonl.gz")) if request.data.is_dir() else []
    if not files:
        print(f"bench: no scale/ under {request.data}", file=sys.stderr)
        return
    count = int(os.environ.get("COPYDESK_BENCH_ARTICLES", ARTICLES))
    with tempfile.TemporaryDirectory() as folder:
        real, spent = _prepare(files[0], Path(folder))
        yield Row(bench="corpus", system="copydesk", metric="prepare_ms", value=1000 * spent / REAL, n=REAL)
        kept = Path(folder) / "columns"
        kept.mkdir()
        _multiply(real, count, kept)
        done = subprocess.run([sys.executable, "-m", "bench.corpus", str(kept)], capture_output=True, text=True, check=True)
        for metric, value in json.loads(done.stdout.splitlines()[-1]).items():
            yield Row(bench="corpus", system="copydesk", metric=metric, value=value, n=count)


def _prepare(path: Path, folder: Path) -> tuple[Path, float]:
    """The columns of some real articles, and the seconds they took; the first shard loads the models and is not counted."""
    options = Options()
    records = list(islice(read_records(path), 2 * REAL))
    for number in range(2):
        lines = [json.dumps(r) + "\n" for r in records[number * REAL : (number + 1) * REAL]]
        shard = folder / "shards" / f"{number}.jsonl"
        shard.parent.mkdir(exist_ok=True)
        shard.write_text("".join(lines), encoding="utf-8")
    shards, _ = find_shards([str(folder / "shards")])
    prepare_shard(shards[0], Preparing(out=folder, options=options))
    start = process_time()
    prepared = prepare_shard(shards[1], Preparing(out=folder, options=options))
    return folder / PREPARED / prepared.columns[0], process_time() - start


def _multiply(real: Path, count: int, folder: Path) -> None:
    """Files of columns for so many articles."""
    random = np.random.default_rng(SEED)
    held = pq.read_table(real, columns=COLUMNS)
    prints = [np.array(keys.as_py(), dtype=np.uint64) for keys in held["fingerprints"]]
    words = [np.array(keys.as_py(), dtype=np.uint64) for keys in held["words"]]
    vocabulary = np.concatenate(words)
    for first in range(0, count, CHUNK):
        of = random.integers(len(prints), size=min(CHUNK, count - first))
        own = np.where(random.random(len(of)) < PRINTS, 0, random.integers(1, 1 << 62, size=len(of))).astype(np.uint64)
        table = pa.table({
            "day": pa.array(735_000 + random.integers(3_000, size=len(of)), type=pa.int32()),
            "fingerprints": pa.array([np.sort(prints[i] ^ bits) for i, bits in zip(of, own, strict=True)], type=pa.list_(pa.uint64())),
            "words": pa.array([np.unique(random.choice(vocabulary, len(words[i]))) for i in of], type=pa.list_(pa.uint64())),
        })  # fmt: skip
        pq.write_table(table, folder / f"{first:09}.parquet")


def measure(folder: Path) -> dict[str, float]:
    """The joins over the columns that lie in a folder."""
    files = sorted(folder.glob("*.parquet"))
    start = process_time()
    days = read_days(files)
    near = find_near(files, len(days), folder / "joins")
    copied = process_time()
    alike = find_alike(files, days, folder / "joins")
    told = process_time()
    blocks = make_blocks(len(days), both(near.pairs, alike.pairs))
    return {
        "copies_s": copied - start, "stories_s": told - copied, "blocks_s": process_time() - told,
        "keys": float(near.entries + alike.entries), "spilled_mb": (near.spilled + alike.spilled) / 1e6,
        "pairs": float(len(near.pairs) + len(alike.pairs)), "largest_block": float(max(blocks.sizes(), default=0)),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }  # fmt: skip


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]))))
