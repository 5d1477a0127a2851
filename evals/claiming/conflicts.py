"""Every conflict and update of stories whose articles are known, to be read: `python -m evals.claiming.conflicts [--data DIR] [--set NAME]`.

No annotation says which conflicts a newsroom would call one, and a dozen stories annotated by hand hold two dozen. So those of
every story of stories/ are printed with the words of each side, by kind and slot; the last lines count them.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from copydesk.language.encoder import CachedEncoder, MiniLmEncoder
from copydesk.model.stories import Alignment
from evals.claiming.strangers import Record, align_with
from evals.rows import Request, read_records, set_name

WORDS_MAX = 200  # code points shown of a side


def told_stories(path: Path) -> Iterator[tuple[str, list[Record]]]:
    """The stories of a set of two articles or more, by name, each with its articles."""
    held: dict[str, list[Record]] = defaultdict(list)
    for record in read_records(path):
        if record.get("story") and record.get("text"):
            held[str(record["story"])].append(record)
    yield from ((name, records) for name, records in sorted(held.items()) if len(records) > 1)


def conflict_lines(name: str, found: Alignment) -> Iterator[str]:
    """The conflicts of one story, a line each and one a side."""
    for conflict in found.conflicts:
        yield f"{name}  {conflict.kind} {conflict.slot}: {conflict.about}"
        for side in conflict.sides:
            yield f"    {side.value} ({len(side.support)}): {' '.join(side.text.split())[:WORDS_MAX]}"


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m evals.claiming.conflicts", description="Lists the conflicts of annotated stories.")
    parser.add_argument("--data", type=Path, default=Path(os.environ.get("COPYDESK_DATA") or "../shared/data"), help="folder of the data")
    parser.add_argument("--set", help="only the set of this name")
    asked = parser.parse_args(arguments)
    encoder, count = CachedEncoder(MiniLmEncoder()), Counter[str]()
    for path in Request(data=asked.data, set=asked.set).sets("stories", "*.jsonl*"):
        if asked.set and set_name(path) != asked.set:
            continue
        for name, records in told_stories(path):
            found, _ = align_with(records, (), encoder)
            count.update(f"{c.kind} {c.slot}" for c in found.conflicts)
            for line in conflict_lines(name, found):
                print(line, flush=True)
    for kind, n in sorted(count.items()):
        print(f"{n:4d}  {kind}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
