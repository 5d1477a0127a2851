"""A whole run beside spaCy's pipeline alone on the same text and cores, and how long the command takes to start."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from time import perf_counter

from bench.rows import Request, Row, time_rounds
from copydesk import pipeline
from copydesk.engines import choose_engine
from copydesk.language.encoder import CachedEncoder, MiniLmEncoder
from copydesk.language.tagger import Tagger
from copydesk.model.captures import Capture, Stated
from copydesk.options import Options
from evals.rows import read_records

ARTICLES = 100
ROUNDS = 3
EXAMPLE = Path(__file__).parents[1] / "examples" / "harbour" / "pile" / "05-radio-halden.txt"


def run(request: Request) -> Iterator[Row]:
    """`ratio_unique` over articles of scale/, then the start-up times."""
    files = sorted((request.data / "scale").glob("*.jsonl.gz")) if request.data.is_dir() else []
    if not files:
        print(f"bench: no scale/ under {request.data}", file=sys.stderr)
    else:
        yield from _ratio(files[0])
    yield _seconds("start_help_s", ["--help"])
    with tempfile.TemporaryDirectory() as folder:
        yield _seconds("start_brief_s", ["brief", str(EXAMPLE), "-o", folder, "--quiet"])


def _ratio(path: Path) -> Iterator[Row]:
    captures = []
    for record, _ in zip(read_records(path), range(ARTICLES), strict=False):
        stated = Stated(by="container", url=record.get("url"), outlet=record.get("outlet"), published=record.get("published"))
        text = f"{record.get('headline') or ''}\n\n{record['text']}"
        captures.append(Capture(id=record["id"], path=record["id"], content=text.encode(), medium="text", stated=(stated,)))
    tagger, options = Tagger(), Options()
    list(tagger.tag(["Load the models first."]))

    def whole() -> object:
        tools = pipeline.Tools(
            tagger=tagger, encoder=CachedEncoder(MiniLmEncoder()), engine=choose_engine("serial", 1),
            now=lambda: datetime.now(UTC),
        )
        return pipeline.make_brief(captures, (), tools, options)

    texts = [capture.content.decode() for capture in captures]
    seconds = time_rounds({"copydesk": whole, "spacy": lambda: list(tagger.tag(texts))}, ROUNDS)
    for system, taken in seconds.items():
        yield Row(bench="whole", system=system, metric="articles_per_s", value=len(captures) / taken, n=len(captures))
    yield Row(bench="whole", system="ratio", metric="ratio_unique", value=seconds["copydesk"] / seconds["spacy"], n=len(captures))


def _seconds(metric: str, arguments: list[str]) -> Row:
    taken = []
    for _ in range(ROUNDS):
        start = perf_counter()
        subprocess.run([sys.executable, "-m", "copydesk", *arguments], capture_output=True, check=True)
        taken.append(perf_counter() - start)
    return Row(bench="whole", system="copydesk", metric=metric, value=median(taken), n=ROUNDS)
