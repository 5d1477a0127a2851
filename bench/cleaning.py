"""Pages a second of cleaning, trafilatura beside it in the same run."""

from __future__ import annotations

import gzip
import sys
from collections.abc import Iterator

import trafilatura

from bench.rows import Request, Row, time_rounds
from copydesk.cleaning import CleaningOptions, clean, find_repeats
from copydesk.model.captures import Capture
from evals.rows import read_records

PAGES_MAX = 60
ROUNDS = 3


def run(request: Request) -> Iterator[Row]:
    """Rows for the first set of pages that is found."""
    folders = sorted((request.data / "pages").glob("*/html")) if request.data.is_dir() else []
    if not folders:
        print(f"bench: no pages under {request.data}", file=sys.stderr)
        return
    captures = [
        Capture(id=record["id"], path=record["id"], content=gzip.decompress(page.read_bytes()), medium="html")
        for record in read_records(folders[0].parent / "gold.jsonl.gz")
        if (page := folders[0] / f"{record['id']}.html.gz").is_file()
    ][:PAGES_MAX]
    options = CleaningOptions()
    repeats = find_repeats(captures, options)
    seconds = time_rounds(
        {
            "copydesk": lambda: [clean(capture, repeats, options) for capture in captures],
            "trafilatura": lambda: [trafilatura.extract(capture.content, favor_precision=True) for capture in captures],
        },
        ROUNDS,
    )
    for system, taken in seconds.items():
        yield Row(bench="cleaning", system=system, metric="pages_per_s", value=len(captures) / taken, n=len(captures))
    yield Row(
        bench="cleaning", system="ratio", metric="time_to_trafilatura", value=seconds["copydesk"] / seconds["trafilatura"],
        n=len(captures),
    )
