"""Pages a second of cleaning, what hostile pages cost, and cleaning's share of a whole run; peers in the same run."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

import trafilatura

from bench.hostile_pages import HOSTILE
from bench.rows import Request, Row, time_rounds
from copydesk.cleaning import CleaningOptions, clean, find_repeats
from copydesk.model.captures import Capture, Stated
from copydesk.text.decoding import decode
from evals.rows import read_records

PAGES_MAX = 60
ROUNDS = 3


def run(request: Request) -> Iterator[Row]:
    """Rows for the first set of pages that is found, then the hostile pages, which need no data."""
    folders = sorted((request.data / "pages").glob("*/html")) if request.data.is_dir() else []
    if not folders:
        print(f"bench: no pages under {request.data}", file=sys.stderr)
    else:
        captures = [
            Capture(id=record["id"], path=record["id"], content=gzip.decompress(page.read_bytes()), medium="html",
                    stated=(Stated(by="container", url=record.get("url")),))
            for record in read_records(folders[0].parent / "gold.jsonl.gz")
            if (page := folders[0] / f"{record['id']}.html.gz").is_file()
        ][:PAGES_MAX]  # fmt: skip
        yield from _speed(captures)
        yield from _share_of_run(captures)
    for name in HOSTILE:
        for system in ("copydesk", "trafilatura"):
            yield from _cost(name, system)


def _speed(captures: Sequence[Capture]) -> Iterator[Row]:
    """Median over the rounds. `pages_per_s` is cleaning alone; `pile_pages_per_s` with the search for repeated lines."""
    from resiliparse.extract.html2text import extract_plain_text

    options = CleaningOptions()
    repeats = find_repeats(captures, options)

    def pile() -> None:
        met = find_repeats(captures, options)
        for capture in captures:
            clean(capture, met, options)

    seconds = time_rounds(
        {
            "copydesk": lambda: [clean(capture, repeats, options) for capture in captures],
            "pile": pile,
            "trafilatura": lambda: [trafilatura.extract(capture.content, favor_precision=True) for capture in captures],
            "resiliparse": lambda: [extract_plain_text(decode(capture.content, None), main_content=True) for capture in captures],
        },
        ROUNDS,
    )
    n = len(captures)
    for system in ("copydesk", "trafilatura", "resiliparse"):
        yield Row(bench="cleaning", system=system, metric="pages_per_s", value=n / seconds[system], n=n)
    yield Row(bench="cleaning", system="copydesk", metric="pile_pages_per_s", value=n / seconds["pile"], n=n)
    for peer in ("trafilatura", "resiliparse"):
        yield Row(bench="cleaning", system="ratio", metric=f"time_to_{peer}", value=seconds["copydesk"] / seconds[peer], n=n)


def _share_of_run(captures: Sequence[Capture]) -> Iterator[Row]:
    """What part of the time of a whole brief is cleaning, repeated lines and all."""
    from copydesk import pipeline
    from copydesk.engines import choose_engine
    from copydesk.language.encoder import CachedEncoder, MiniLmEncoder
    from copydesk.language.tagger import Tagger
    from copydesk.options import Options

    tagger, options = Tagger(), Options()
    list(tagger.tag(["Load the models first."]))

    def tools() -> pipeline.Tools:
        return pipeline.Tools(tagger=tagger, encoder=CachedEncoder(MiniLmEncoder()), engine=choose_engine("serial", 1),
                              now=lambda: datetime.now(UTC))  # fmt: skip

    seconds = time_rounds(
        {
            "cleaning": lambda: pipeline.clean_all(captures, tools(), options),
            "whole": lambda: pipeline.make_brief(captures, (), tools(), options),
        },
        ROUNDS,
    )
    yield Row(bench="cleaning", system="copydesk", metric="share_of_run", value=seconds["cleaning"] / seconds["whole"], n=len(captures))


def _cost(name: str, system: str) -> Iterator[Row]:
    """Seconds and memory of reading hostile pages in a fresh process, so that nothing of this one is counted."""
    done = subprocess.run([sys.executable, "-m", "bench.hostile_pages", name, system], capture_output=True, text=True)
    if done.returncode:
        print(f"bench: {system} broke on {name}: {done.stderr.strip().splitlines()[-1:]}", file=sys.stderr)
        return
    figures = json.loads(done.stdout.strip().splitlines()[-1])
    for metric in ("seconds", "base_mb", "peak_mb", "grown_mb"):
        if metric in figures:
            yield Row(bench="cleaning", system=system, metric=f"{name}.{metric}", value=figures[metric], n=figures["n"])
