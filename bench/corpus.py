"""The steps of a corpus: seconds to prepare an article, and what the joins take over columns of many articles.

The columns are made, seeded, from those of 200 articles of scale/: an article in seven is a print of one of them, the others
have fingerprints of their own and words drawn from all. COPYDESK_BENCH_ARTICLES sets how many (default 10,000; the joins
alone run over them). Processor seconds, so that a machine that does other work counts for nothing; `spilled_mb` is what went
to disk between partitions, `peak_mb` the largest memory of the process that joins, which is a process of its own.

Corpora in full are commands of their own, since they take minutes to hours; FOLDER keeps the shards and the tables, and a
corpus that was cut off goes on where it was (its seconds then are those of the last part):

    python -m bench.corpus whole COUNT FOLDER [TABLES]    `copydesk corpus` over resampled articles: seconds, memory, sizes
                                                          (COPYDESK_BENCH_ENGINE=processes: by two workers)
    python -m bench.corpus same COUNT FOLDER [TABLES]     the same by serial, processes and ray: are all files the same bytes?

Their articles are resampled from scale/ as `resample` says: of two sentences, 44 words on average.
"""

from __future__ import annotations

import gzip
import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256
from itertools import islice
from pathlib import Path
from random import Random
from time import perf_counter, process_time

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from bench.rows import Request, Row
from copydesk.desk.corpus import make_corpus, order_corpus
from copydesk.desk.corpus.blocks import make_blocks
from copydesk.desk.corpus.finding import both, find_alike, find_near, read_days
from copydesk.desk.corpus.prepare import CHUNK, PREPARED, Preparing, prepare_shard
from copydesk.desk.corpus.shards import find_shards
from copydesk.options import Options
from copydesk.text.sentences import find_paragraphs, find_sentences
from evals.__main__ import default_data
from evals.rows import read_records

ARTICLES = 10_000
REAL = 200
PRINTS = 1 / 7
SEED = 17
COLUMNS = ["day", "fingerprints", "words"]
SHARD = 10_000  # resampled articles of a file
SENTENCES, SENTENCE_WORDS = 2, (6, 60)  # of a resampled article; with two, scale/ has enough for 100,000
COPY_EVERY, DROPPED = 5, 12  # one resampled article in so many is a copy; one word in so many is left out
HEADLINE_WORDS = 8
ENGINES = ("serial", "processes", "ray")


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
        done = subprocess.run(
            [sys.executable, "-m", "bench.corpus", str(kept)], capture_output=True, text=True, check=True
        )
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


def resample(data: Path, count: int, folder: Path) -> None:
    """Shards of so many short articles, put together from the sentences of scale/; the same bytes for the same count.

    Four in five are strangers: sentences of different articles of scale/, each used once, so that no two have one in common.
    A stranger has the day and outlet of the article that its first sentence is from. The fifth is a copy of a stranger seen
    elsewhere up to two days later: a third as it was, a third without its last sentence, a third with words left out.
    Raises ValueError when scale/ has too few sentences.
    """
    random = Random(SEED)
    records = [r for path in sorted((data / "scale").glob("*.jsonl.gz")) for r in read_records(path)]
    supply = list({s: n for n, record in enumerate(records) for s in _sentences(record["text"])}.items())
    random.shuffle(supply)
    outlets = sorted({r["outlet"] for r in records})
    strangers: list[tuple[list[str], str | None]] = []
    folder.mkdir(parents=True, exist_ok=True)
    for first in range(0, count, SHARD):
        lines = []
        for number in range(first, min(count, first + SHARD)):
            if number % COPY_EVERY == COPY_EVERY - 1:
                held, day = random.choice(strangers)
                sentences, outlet = _edited(held, random), random.choice(outlets)
                day = day and (date.fromisoformat(day[:10]) + timedelta(days=random.randrange(3))).isoformat()
            else:
                if len(supply) < SENTENCES:
                    raise ValueError(f"scale/ has sentences for {number} articles, not for {count}")
                taken = [supply.pop() for _ in range(SENTENCES)]
                sentences = [sentence for sentence, _ in taken]
                day, outlet = records[taken[0][1]]["published"], records[taken[0][1]]["outlet"]
                strangers.append((sentences, day))
            text = " ".join(sentences)
            lines.append(json.dumps({
                "id": f"r-{number:07}", "url": f"https://outlet.example/{number:07}", "outlet": outlet, "published": day,
                "headline": " ".join(text.split()[:HEADLINE_WORDS]), "text": text,
            }, ensure_ascii=False))  # fmt: skip
        packed = gzip.compress("".join(line + "\n" for line in lines).encode(), mtime=0)
        (folder / f"{first:07}.jsonl.gz").write_bytes(packed)


def _sentences(text: str) -> list[str]:
    """The sentences of an article that are long enough to be told from others, and no longer than a paragraph."""
    found = [
        " ".join(text[a + s : a + e].split()) for a, b in find_paragraphs(text) for s, e in find_sentences(text[a:b])
    ]
    return [s for s in dict.fromkeys(found) if SENTENCE_WORDS[0] <= len(s.split()) <= SENTENCE_WORDS[1]]


def _edited(sentences: list[str], random: Random) -> list[str]:
    way = random.randrange(3)
    if way == 0:
        return sentences
    if way == 1 and len(sentences) > 1:
        return sentences[:-1]
    start = random.randrange(DROPPED)
    return [" ".join(w for n, w in enumerate(s.split()) if n % DROPPED != start) for s in sentences]


def make(shards: Path, out: Path, engine: str, tables: str | None = None) -> dict[str, float]:
    """The figures of one corpus made in this process: seconds, memory and spilled bytes by stage, rows and bytes by table."""
    options = Options()
    options = replace(options, engine=replace(options.engine, name=engine, workers=0 if engine == "serial" else 2))
    spent: dict[str, tuple[float, float, float]] = {}

    def note(stage: str, done: int, total: int | None) -> None:
        spent[stage] = (_processor(), perf_counter(), _peak())
        print(
            f"{stage} {done}/{total} {spent[stage][0]:.0f} s of the processor, {_peak():.0f} MB",
            file=sys.stderr,
            flush=True,
        )

    found: dict[str, float] = {}
    processor, clock = _processor(), perf_counter()
    note("starting", 0, None)
    made = make_corpus(order_corpus([str(shards)], out, tables, options), progress=note)
    note("ending", 0, None)
    for before, stage in zip(list(spent)[:-1], list(spent)[1:], strict=True):
        found[f"{stage}_cpu_s"] = spent[stage][0] - spent[before][0]
        found[f"{stage}_s"] = spent[stage][1] - spent[before][1]
        found[f"{stage}_peak_mb"] = spent[stage][2]
    found |= {"cpu_s": _processor() - processor, "clock_s": perf_counter() - clock, "articles": float(made.articles)}
    if made.blocks is not None:
        sizes = made.blocks.sizes()
        found |= {
            "in_blocks": float(sizes[sizes > 1].sum()),
            "blocks": float((sizes > 1).sum()),
            "largest_block": float(sizes.max()),
        }
        found |= {f"spilled_{name}_mb": joined.spilled / 1e6 for name, joined in made.joins.items()}
    for name, size in made.tables.items():
        found |= {f"rows_{name}": float(size.rows), f"mb_{name}": size.bytes / 1e6}
    found["mb_work"] = sum(p.stat().st_size for p in (out / "_work").rglob("*") if p.is_file()) / 1e6
    return found


def compare(shards: Path, folder: Path, tables: str | None) -> dict[str, float]:
    """The seconds that each engine takes for one corpus, and how many of its files are not those of the serial engine."""
    found: dict[str, float] = {}
    held: dict[str, dict[str, str]] = {}
    for engine in ENGINES:
        figures = make(shards, folder / engine, engine, tables)
        files = sorted(p for p in (folder / engine).rglob("*") if p.is_file())
        held[engine] = {str(p.relative_to(folder / engine)): sha256(p.read_bytes()).hexdigest() for p in files}
        names = {*held[engine], *held[ENGINES[0]]}
        found |= {f"{engine}_s": figures["clock_s"], f"{engine}_files": float(len(files))}
        if engine != "ray":  # whose workers are no children of this process
            found[f"{engine}_cpu_s"] = figures["cpu_s"]
        found[f"{engine}_differ"] = float(sum(held[engine].get(n) != held[ENGINES[0]].get(n) for n in names))
    return found | {"articles": figures["articles"]}


def _processor() -> float:
    """Seconds of this process and of those that it started and that have ended."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return process_time() + ended.ru_utime + ended.ru_stime


def _peak() -> float:
    """The most that this process held, or the largest of those that it started and that have ended."""
    return max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024


def main(arguments: list[str]) -> None:
    """One of the modes that the module's docstring names, or, given a folder alone, the joins over its columns."""
    if arguments[0] not in ("whole", "same"):
        print(json.dumps(measure(Path(arguments[0]))))
        return
    mode, count, folder = arguments[0], int(arguments[1]), Path(arguments[2])
    tables = arguments[3] if len(arguments) > 3 else None
    shards = folder / f"shards-{count}"
    if not shards.is_dir():
        resample(default_data(), count, shards)
    found = (
        make(shards, folder / f"tables-{count}", os.environ.get("COPYDESK_BENCH_ENGINE", "serial"), tables)
        if mode == "whole"
        else compare(shards, folder / f"same-{count}", tables)
    )
    for metric, value in found.items():
        print(f"{'corpus':12} {mode:14} {metric:24} {value:12.4f}  n={count}", flush=True)


if __name__ == "__main__":
    import bench.corpus

    bench.corpus.main(sys.argv[1:])
