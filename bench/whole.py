"""A whole run beside spaCy's pipeline alone on the same text, how it grows, a second run, and how long the command takes to start.

The piles are the first articles of scale/: unique ones, and as many of which every second is a copy of the one before it,
either word for word on a page with menus and teasers, or edited. `ratio_rerun` is of a desk, which is what is kept from one
run to the next: a hundredth of its articles changed, against the first run. Every run has a process of its own, one thread,
and two of them run side by side; ratios are of processor seconds, so that other work on the machine counts for nothing,
and start once the models are loaded. `slope_*` is the growth on a log-log scale, memory what is above the loaded models.
COPYDESK_BENCH_ARTICLES sets the largest size (default 2,000: 20 minutes of two cores).
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter, process_time

from bench.rows import Request, Row
from bench.tracing import edit, slope
from copydesk import desk, pipeline
from copydesk.desk.adding import keep, settle_all
from copydesk.engines import choose_engine
from copydesk.language.encoder import CachedEncoder, MiniLmEncoder
from copydesk.language.tagger import Tagger
from copydesk.model.captures import Capture, Stated
from copydesk.options import Options
from evals.rows import read_records

ARTICLES = 2_000
STEPS = 5  # sizes, each twice the one before
SIDE_BY_SIDE = 2
RERUN = 4  # part of the articles that the desk of the second run holds
CHANGED = 0.01
LEFT_OUT, EXCHANGED = 0.1, 0.03  # shares of an edited copy's sentences, and of its words
ROUNDS = 3
SEED = 23
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
EXAMPLE = Path(__file__).parents[1] / "examples" / "harbour" / "pile" / "05-radio-halden.txt"
ABOVE = "Home\nNews\nWorld\nSport\nSign in\n\nMost read\nRain closes the coast road\nFive soups for a cold week\n\n"
BELOW = "\n\nRead next\nWhat the new timetable changes\nA day with the bridge keeper\n\nAbout us\nContact\nTerms of use\n"
Work = Callable[[Path, int], dict[str, float]]


def run(request: Request) -> Iterator[Row]:
    """Ratios, slopes and memory over articles of scale/, then the start-up times."""
    files = sorted((request.data / "scale").glob("*.jsonl.gz")) if request.data.is_dir() else []
    if not files:
        print(f"bench: no scale/ under {request.data}", file=sys.stderr)
    else:
        yield from _figures(files[0], int(os.environ.get("COPYDESK_BENCH_ARTICLES", ARTICLES)))
    yield _seconds("start_help_s", ["--help"])
    with tempfile.TemporaryDirectory() as folder:
        yield _seconds("start_brief_s", ["brief", str(EXAMPLE), "-o", folder, "--quiet"])


def _figures(path: Path, largest: int) -> Iterator[Row]:
    sizes = [largest >> step for step in reversed(range(STEPS))]
    jobs = [("unique", largest), ("spacy", largest), ("halved", largest), ("spacy_halved", largest), ("desk", largest // RERUN)]
    done = measure_all(path, [*jobs, *(("unique", size) for size in sizes[:-1])])
    for (name, size), figures in done.items():
        for metric, value in figures.items():
            yield _row(f"{name}.{metric}", value, size)
    yield _ratio("ratio_unique", done["unique", largest]["cpu_s"] / done["spacy", largest]["cpu_s"], largest)
    yield _ratio("ratio_half_copied", done["halved", largest]["cpu_s"] / done["spacy_halved", largest]["cpu_s"], largest)
    kept = done["desk", largest // RERUN]
    yield _ratio("ratio_rerun", kept["rerun_s"] / kept["first_s"], largest // RERUN)
    yield from slopes({size: done["unique", size] for size in sizes})
    yield _row("peak_mb", done["unique", largest]["peak_mb"], largest)


def slopes(done: dict[int, dict[str, float]]) -> Iterator[Row]:
    """How time, and memory above the loaded models, grow with the number of articles."""
    sizes = sorted(done)
    above = [max(1.0, done[size]["peak_mb"] - done[size]["base_mb"]) for size in sizes]
    for metric, values in (("slope_time", [done[size]["cpu_s"] for size in sizes]), ("slope_memory", above)):
        yield _row(metric, slope(sizes, values), sizes[-1])


def measure_all(path: Path, jobs: Sequence[tuple[str, int]]) -> dict[tuple[str, int], dict[str, float]]:
    """The figures of each job, `SIDE_BY_SIDE` at a time, each in a process of its own with one thread."""
    quiet = os.environ | dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")

    def one(job: tuple[str, int]) -> dict[str, float]:
        command = [sys.executable, "-m", "bench.whole", job[0], str(path), str(job[1])]
        done = subprocess.run(command, capture_output=True, text=True, check=True, env=quiet)
        found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
        return found

    with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        return dict(zip(jobs, pool.map(one, jobs), strict=True))


def read_captures(path: Path, count: int) -> list[Capture]:
    """The first records of a file as captures."""
    found = []
    for record in islice(read_records(path), count):
        stated = Stated(by="container", url=record.get("url"), outlet=record.get("outlet"), published=record.get("published"))
        content = f"{record.get('headline') or ''}\n\n{record['text']}".encode()
        found.append(Capture(id=str(record["id"]), path=str(record["id"]), content=content, medium="text", stated=(stated,)))
    return found


def with_copies(captures: Sequence[Capture]) -> list[Capture]:
    """The captures, each followed by a copy of it in another paper: word for word on a page with furniture, or edited."""
    random = Random(SEED)
    found = []
    for number, capture in enumerate(captures):
        text = capture.content.decode()
        headline, _, body = text.partition("\n\n")
        copied = edit(body, random, LEFT_OUT, EXCHANGED) if number % 2 else body
        page = f"{headline}\n\n{copied}" if number % 2 else f"{ABOVE}{headline}\n\n{copied}{BELOW}"
        stated = tuple(replace(s, url=None, outlet=f"Paper {number % 50}") for s in capture.stated)
        copy = replace(capture, id=f"{capture.id}-copy", path=f"{capture.path}-copy", content=page.encode(), stated=stated)
        found += [capture, copy]
    return found


def brief(captures: Sequence[Capture]) -> dict[str, float]:
    """What a brief of these captures takes in this process."""
    tools = pipeline.Tools(
        tagger=Tagger(), encoder=CachedEncoder(MiniLmEncoder(1)), engine=choose_engine("serial"), now=lambda: NOON
    )
    pipeline.make_brief([replace(captures[0], id="warm", path="warm")], (), tools, Options())
    tools.encoder.encode(["Load the models first."])
    base, start = _peak_mb(), process_time()
    pipeline.make_brief(captures, (), tools, Options())
    return {"cpu_s": process_time() - start, "peak_mb": _peak_mb(), "base_mb": base}


def tag(captures: Sequence[Capture]) -> dict[str, float]:
    """What spaCy's pipeline alone takes for the same texts."""
    tagger = Tagger()
    list(tagger.tag(["Load the models first."]))
    texts = [capture.content.decode() for capture in captures]
    start = process_time()
    for _ in tagger.tag(texts):
        pass
    return {"cpu_s": process_time() - start}


def keep_desk(captures: Sequence[Capture]) -> dict[str, float]:
    """What a desk takes for these captures, and for a hundredth of them that changed."""
    changed = captures[:: round(1 / CHANGED)]
    edited = [replace(c, id=f"{c.id}-2", content=c.content + b"\n\nThis report was updated in the evening.") for c in changed]
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "desk"
        desk.create_desk(place).close()
        taken = []
        for number, batch in enumerate((captures, edited)):
            with desk.open_desk(place) as found:
                list(found.tools.tagger.tag(["Load the models first."]))
                found.tools.encoder.encode([f"Load the models first, {number}."])
                start = process_time()
                keep(found, batch)
                for _ in settle_all(found):
                    pass
                desk.update(found)
                taken.append(process_time() - start)
        return {"first_s": taken[0], "rerun_s": taken[1]}


WORK: dict[str, Work] = {
    "unique": lambda path, count: brief(read_captures(path, count)),
    "spacy": lambda path, count: tag(read_captures(path, count)),
    "halved": lambda path, count: brief(with_copies(read_captures(path, count // 2))),
    "spacy_halved": lambda path, count: tag(with_copies(read_captures(path, count // 2))),
    "desk": lambda path, count: keep_desk(read_captures(path, count)),
}


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _row(metric: str, value: float, n: int) -> Row:
    return Row(bench="whole", system="copydesk", metric=metric, value=value, n=n)


def _ratio(metric: str, value: float, n: int) -> Row:
    return Row(bench="whole", system="ratio", metric=metric, value=value, n=n)


def _seconds(metric: str, arguments: list[str]) -> Row:
    taken = []
    for _ in range(ROUNDS):
        start = perf_counter()
        subprocess.run([sys.executable, "-m", "copydesk", *arguments], capture_output=True, check=True)
        taken.append(perf_counter() - start)
    return _row(metric, median(taken), ROUNDS)


if __name__ == "__main__":
    print(json.dumps(WORK[sys.argv[1]](Path(sys.argv[2]), int(sys.argv[3]))))
