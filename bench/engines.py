"""The engines on the same articles: seconds to start, to map and to group, memory, and whether the results are the same bytes.

COPYDESK_BENCH_ARTICLES sets how many articles of scale/ (default 200; 4,000 in full take an hour of one core), and
COPYDESK_BENCH_CHARACTERS after how many characters each is cut off (default: not at all). `map` cleans each article and has
the tagger read it, as a brief does; `group` puts the results together by outlet. Workers: two, or as many as
there are processors. Every engine runs in a process of its own, so that memory is its own: `peak_mb` is the largest sum of
what it and its workers held (proportional, so that shared pages count once), `start_s` the time until two workers have
answered a first time. CPU seconds are given beside the clock, for machines that do other work, too.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from itertools import islice
from pathlib import Path
from time import perf_counter

import msgspec

from bench.rows import Request, Row
from copydesk.annotating import AnnotatingOptions, annotate
from copydesk.cleaning import CleaningOptions, clean
from copydesk.engines import choose_engine
from copydesk.language.tagger import TaggerChoice
from copydesk.model.articles import Article, Repeats
from copydesk.model.captures import Capture, Stated
from copydesk.model.markup import Markup
from copydesk.model.ports import Engine
from copydesk.pipeline import load_tagger
from evals.rows import read_records

ENGINES = ("serial", "processes", "ray")
ARTICLES = 200
WORKERS = max(2, os.cpu_count() or 1)
CHUNKS_A_WORKER = 2  # at least, when there are few articles; else chunks are as large as the engine's own
CHUNK = {"processes": 16, "ray": 200}
NO_REPEATS = Repeats(pages=0, by_pile={}, by_outlet={})


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What an engine gives for one article."""

    outlet: str
    article: Article
    markup: Markup


def run(request: Request) -> Iterator[Row]:
    """A row a figure for each engine, and each engine's map compared with the serial one's."""
    files = sorted((request.data / "scale").glob("*.jsonl.gz")) if request.data.is_dir() else []
    if not files:
        print(f"bench: no scale/ under {request.data}", file=sys.stderr)
        return
    count = int(os.environ.get("COPYDESK_BENCH_ARTICLES", ARTICLES))
    measured: dict[str, dict[str, float]] = {}
    digests = {}
    for name in ENGINES:
        done = subprocess.run([sys.executable, "-m", "bench.engines", name, str(files[0]), str(count)], capture_output=True, text=True)
        if done.returncode:
            print(f"bench: {name} ended with {done.returncode}: {done.stderr.strip()[-300:]}", file=sys.stderr)
            continue
        found = json.loads(done.stdout.splitlines()[-1])
        digests[name] = found.pop("digest")
        measured[name] = found
        for metric, value in found.items():
            yield Row(bench="engines", system=name, metric=metric, value=value, n=count)
    for name in list(measured)[1:]:
        yield Row(bench="engines", system="ratio", metric=f"map_{name}", value=measured["serial"]["map_s"] / measured[name]["map_s"], n=count)
        yield Row(bench="engines", system="ratio", metric=f"same_{name}", value=float(digests[name] == digests["serial"]), n=count)


def read_article(capture: Capture, choice: TaggerChoice) -> Read | None:
    """What every engine does with one item; the tagger is the process's own."""
    found = clean(capture, NO_REPEATS, CleaningOptions())
    if not isinstance(found, Article):
        return None
    return Read(outlet=found.outlet or "", article=found, markup=next(iter(annotate((found,), load_tagger(choice), AnnotatingOptions()))))


def answer(number: int, choice: TaggerChoice) -> int:
    """What a worker does first: load the tagger."""
    return sum(1 for _ in load_tagger(choice).tag([f"Item {number}."]))


def _captures(path: Path, count: int) -> list[Capture]:
    cut = int(os.environ.get("COPYDESK_BENCH_CHARACTERS", "0")) or None
    return [
        Capture(
            id=f"a-{n:05}", path=f"scale/{n}", content=record["text"][:cut].encode(), medium="text",
            stated=(Stated(by="container", headline=record["headline"], outlet=record["outlet"], published=record["published"]),),
        )
        for n, record in enumerate(islice(read_records(path), count))
    ]  # fmt: skip


def measure(name: str, path: Path, count: int) -> dict[str, float | str]:
    """The figures of one engine, in this process and its workers."""
    captures = _captures(path, count)
    watch = _Watch()
    chunk = None if name == "serial" else min(CHUNK[name], max(1, count // (WORKERS * CHUNKS_A_WORKER)))
    start = perf_counter()
    engine: Engine = choose_engine(name, None if name == "serial" else WORKERS, chunk)
    warm = list(engine.map(partial(answer, choice=TaggerChoice()), range((chunk or 1) * WORKERS)))
    started = perf_counter()
    results = [r for r in engine.map(partial(read_article, choice=TaggerChoice()), captures) if r is not None]
    mapped = perf_counter()
    groups = list(engine.group(_outlet, results))
    grouped = perf_counter()
    watch.stop()
    digest = sha256(b"".join(msgspec.msgpack.encode((key, held)) for key, held in groups)).hexdigest()
    assert warm
    return {
        "start_s": started - start, "map_s": mapped - started, "group_s": grouped - mapped, "peak_mb": watch.peak / 1e6,
        "articles_per_s": count / (mapped - started), "cpu_s": watch.seconds, "digest": digest,
    }  # fmt: skip


def _outlet(found: Read) -> str:
    return found.outlet


class _Watch:
    """Looks at this process and all below it, and at Ray's, twice a second."""

    def __init__(self) -> None:
        self.peak, self.seconds = 0, 0.0
        self._over = threading.Event()
        self._spent: dict[int, float] = {}
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._over.set()
        self._thread.join()
        self.seconds = sum(self._spent.values())

    def _look(self) -> None:
        while True:
            mine = _family(os.getpid())
            self.peak = max(self.peak, sum(_memory(pid) for pid in mine))
            self._spent |= {pid: _seconds(pid) for pid in mine}
            if self._over.wait(0.5):
                return


def _family(root: int) -> list[int]:
    """A process and those below it; Ray's daemons are below the process that started them."""
    parents: dict[int, int] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit() and (found := _text(folder / "stat")):
            parents[int(folder.name)] = int(found.rpartition(")")[2].split()[1])
    family = [root]
    for pid in family:
        family.extend(child for child, parent in parents.items() if parent == pid)
    return family


def _memory(pid: int) -> int:
    for line in _text(Path(f"/proc/{pid}/smaps_rollup")).splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024
    return 0


def _seconds(pid: int) -> float:
    fields = _text(Path(f"/proc/{pid}/stat")).rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK") if fields else 0.0


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


if __name__ == "__main__":
    import bench.engines

    print(json.dumps(bench.engines.measure(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))))
