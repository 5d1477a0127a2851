"""A whole run beside spaCy's pipeline alone on the same text, how it grows, a second run, and how long the command takes to start.

The piles are the first articles of scale/: unique ones, and as many of which every second is a copy of the one before it,
either word for word on a page with menus and teasers, or edited. spaCy runs as it is shipped. `ratio_rerun` is of a desk, which is what is kept from one
run to the next: a hundredth of its articles changed, against the first run. Every run has a process of its own, one thread,
and two of them run side by side; ratios are of processor seconds, so that other work on the machine counts for nothing,
and start once the models are loaded. `slope_*` is the growth on a log-log scale, memory what is above that which the loaded
models hold; `peak_mb` is the most that was held at any time, the loading included.
COPYDESK_BENCH_ARTICLES sets the largest size (default 2,000: 20 minutes of two cores). `python -m bench growth` goes on to
8,000 with short articles.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter, process_time

from bench.memory import begin_anew, memory_mb
from bench.rows import Request, Row
from bench.tracing import edit, slope
from copydesk import desk, pipeline
from copydesk.desk.adding import keep, settle_all
from copydesk.engines import choose_engine
from copydesk.language.encoder import CachedEncoder, MiniLmEncoder
from copydesk.language.tagger import Tagger, TaggerChoice, choose_package, load_pipeline
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
PIECES = 2  # of an article that is cut, each an article of its own
BATCH = 32  # texts that spaCy is given at a time
Figures = dict[str, float]
Work = Callable[[Sequence[Capture]], Figures]


@dataclass(frozen=True, slots=True, kw_only=True)
class Piles:
    """The piles of growing size: the file that they are read from, the largest, and the length of a piece, 0 for whole articles."""

    path: Path
    largest: int
    piece: int = 0

    @property
    def sizes(self) -> list[int]:
        """Sizes, each twice the one before."""
        return [self.largest >> step for step in reversed(range(STEPS))]


def run(request: Request) -> Iterator[Row]:
    """Ratios, slopes and memory over articles of scale/, then the start-up times."""
    path = find_articles(request)
    if path is not None:
        yield from figures(Piles(path=path, largest=largest_size(ARTICLES)))
    yield _seconds("start_help_s", ["--help"])
    with tempfile.TemporaryDirectory() as folder:
        yield _seconds("start_brief_s", ["brief", str(EXAMPLE), "-o", folder, "--quiet"])


def find_articles(request: Request) -> Path | None:
    """The file of scale/ that the piles are read from; None, and a word on stderr, where there is none."""
    files = sorted((request.data / "scale").glob("*.jsonl.gz")) if request.data.is_dir() else []
    if not files:
        print(f"bench: no scale/ under {request.data}", file=sys.stderr)
    return files[0] if files else None


def largest_size(default: int) -> int:
    """How many articles the largest pile is asked to have."""
    return int(os.environ.get("COPYDESK_BENCH_ARTICLES", default))


def figures(piles: Piles) -> Iterator[Row]:
    """What every run took, then ratios, slopes and memory."""
    largest = piles.largest
    jobs = [("unique", largest), ("spacy", largest), ("halved", largest), ("spacy_halved", largest), ("desk", largest // RERUN)]
    done = measure_all(piles, [*jobs, *(("unique", size) for size in piles.sizes[:-1])])
    for (name, size), found in done.items():
        for metric, value in found.items():
            yield _row(f"{name}.{metric}", value, size)
    yield _ratio("ratio_unique", done["unique", largest]["cpu_s"] / done["spacy", largest]["cpu_s"], largest)
    yield _ratio("ratio_half_copied", done["halved", largest]["cpu_s"] / done["spacy_halved", largest]["cpu_s"], largest)
    kept = done["desk", largest // RERUN]
    yield _ratio("ratio_rerun", kept["rerun_s"] / kept["first_s"], largest // RERUN)
    yield from slopes({size: done["unique", size] for size in piles.sizes})
    if "peak_mb" in (most := done["unique", largest]):
        yield _row("peak_mb", max(most["peak_mb"], most["loading_mb"]), largest)


def slopes(done: dict[int, Figures]) -> Iterator[Row]:
    """How time, and memory above the loaded models, grow with the number of articles."""
    sizes = sorted(done)
    yield _row("slope_time", slope(sizes, [done[size]["cpu_s"] for size in sizes]), sizes[-1])
    if all("peak_mb" in found for found in done.values()):
        above = [max(1.0, done[size]["peak_mb"] - done[size]["base_mb"]) for size in sizes]
        yield _row("slope_memory", slope(sizes, above), sizes[-1])


def measure_all(piles: Piles, jobs: Sequence[tuple[str, int]]) -> dict[tuple[str, int], Figures]:
    """The figures of each job, `SIDE_BY_SIDE` at a time, each in a process of its own with one thread."""
    quiet = os.environ | dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")

    def one(job: tuple[str, int]) -> Figures:
        command = [sys.executable, "-m", "bench.whole", job[0], str(piles.path), str(job[1]), str(piles.piece)]
        done = subprocess.run(command, capture_output=True, text=True, check=True, env=quiet)
        found: Figures = json.loads(done.stdout.splitlines()[-1])
        return found

    with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        return dict(zip(jobs, pool.map(one, jobs), strict=True))


def read_captures(path: Path, count: int, piece: int = 0) -> list[Capture]:
    """The first records of a file as captures, or so many pieces of that length, the first ones of every record in turn."""
    found = []
    for record in islice(read_records(path), -(-count // PIECES) if piece else count):
        stated = Stated(by="container", url=record.get("url"), outlet=record.get("outlet"), published=record.get("published"))
        name, headline = str(record["id"]), record.get("headline") or ""
        for number, text in enumerate(cut(record["text"], piece)):
            content = f"{headline}\n\n{text}" if not number else text
            own = stated if not number else replace(stated, url=None)
            id_ = name if not number else f"{name}-{number + 1}"
            found.append(Capture(id=id_, path=id_, content=content.encode(), medium="text", stated=(own,)))
    return found[:count]


def cut(text: str, piece: int) -> list[str]:
    """The first pieces of a text, none longer than so many characters, cut between words; the whole text for 0."""
    if not piece:
        return [text]
    found, start = [], 0
    for _ in range(PIECES):
        end = text.rfind(" ", start + piece // 2, start + piece + 1) if start + piece < len(text) else len(text)
        end = end if end > start else min(start + piece, len(text))
        if text[start:end].strip():
            found.append(text[start:end].strip())
        start = end
    return found


def with_copies(captures: Sequence[Capture]) -> list[Capture]:
    """The captures, each followed by a copy of it in another paper: word for word on a page with furniture, or edited."""
    random = Random(SEED)
    found = []
    for number, capture in enumerate(captures):
        text = capture.content.decode()
        headline, gap, body = text.partition("\n\n")
        if not gap:  # a later piece of an article has no headline
            headline, body = "", text
        copied = edit(body, random, LEFT_OUT, EXCHANGED) if number % 2 else body
        page = f"{headline}\n\n{copied}" if number % 2 else f"{ABOVE}{headline}\n\n{copied}{BELOW}"
        stated = tuple(replace(s, url=None, outlet=f"Paper {number % 50}") for s in capture.stated)
        copy = replace(capture, id=f"{capture.id}-copy", path=f"{capture.path}-copy", content=page.encode(), stated=stated)
        found += [capture, copy]
    return found


def brief(captures: Sequence[Capture]) -> Figures:
    """What a brief of these captures takes in this process."""
    tools = pipeline.Tools(
        tagger=Tagger(), encoder=CachedEncoder(MiniLmEncoder(1)), engine=choose_engine("serial"), now=lambda: NOON
    )
    pipeline.make_brief([replace(captures[0], id="warm", path="warm")], (), tools, Options())
    tools.encoder.encode(["Load the models first."])
    loading = memory_mb()
    begin_anew()  # loading a model takes more for a moment than it holds: that is not what a pile takes
    start = process_time()
    pipeline.make_brief(captures, (), tools, Options())
    taken, after = process_time() - start, memory_mb()
    if loading is None or after is None:
        return {"cpu_s": taken}
    return {"cpu_s": taken, "peak_mb": after[1], "base_mb": loading[0], "loading_mb": loading[1]}


def tag(captures: Sequence[Capture]) -> Figures:
    """What spaCy's pipeline alone takes for the same texts."""
    plain = load_pipeline(choose_package(TaggerChoice()))
    list(plain.pipe(["Load the models first."]))
    texts = [capture.content.decode() for capture in captures]
    start = process_time()
    for _ in plain.pipe(texts, batch_size=BATCH):
        pass
    return {"cpu_s": process_time() - start}


def keep_desk(captures: Sequence[Capture]) -> Figures:
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


def half(captures: Sequence[Capture]) -> list[Capture]:
    """The first half of the captures, each with a copy of it."""
    return with_copies(captures[: len(captures) // 2])


WORK: dict[str, Work] = {
    "unique": brief,
    "spacy": tag,
    "halved": lambda captures: brief(half(captures)),
    "spacy_halved": lambda captures: tag(half(captures)),
    "desk": keep_desk,
}


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


def main(name: str, path: str, count: str, piece: str) -> None:
    """One job, its figures printed."""
    print(json.dumps(WORK[name](read_captures(Path(path), int(count), int(piece)))))


if __name__ == "__main__":
    main(*sys.argv[1:])
