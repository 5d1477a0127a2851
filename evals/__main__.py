"""python -m evals STAGE… [--data DIR] [--set NAME] [--peers] [--json]: a row a figure."""

from __future__ import annotations

import argparse
import importlib
import json
import os
import pkgutil
import sys
from dataclasses import asdict
from pathlib import Path

import evals
from evals.rows import Request, Row

NOT_STAGES = {"__main__", "rows", "gate", "held_out"}


def stages() -> list[str]:
    """The stages that can be measured: the modules of this package that have a `run`."""
    return sorted(m.name for m in pkgutil.iter_modules(evals.__path__) if m.name not in NOT_STAGES and not m.ispkg)


def default_data() -> Path:
    """Where the data lies when nobody says: $COPYDESK_DATA, else ../shared/data."""
    return Path(os.environ.get("COPYDESK_DATA") or "../shared/data")


def show(row: Row, as_json: bool) -> None:
    if as_json:
        print(json.dumps(asdict(row)), flush=True)
    else:
        print(f"{row.stage:10} {row.set:28} {row.system:14} {row.metric:28} {row.value:9.4f}  n={row.n}", flush=True)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m evals", description="Measure the stages of copydesk on public data.",
        epilog="example: python -m evals times quotes --peers",
    )
    parser.add_argument("stage", nargs="*", metavar="STAGE", help=f"one or more of: {', '.join(stages())} (default: all)")
    parser.add_argument("--data", type=Path, default=default_data(), help="folder of the data (default: %(default)s)")
    parser.add_argument("--set", help="only the set of this name")
    parser.add_argument("--peers", action="store_true", help="run the installed peers beside copydesk")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    asked = parser.parse_args(arguments)
    unknown = [s for s in asked.stage if s not in stages()]
    if unknown:
        parser.error(f"unknown stage {', '.join(unknown)}; expected one of {', '.join(stages())}")
    request = Request(data=asked.data, set=asked.set, peers=asked.peers)
    for stage in asked.stage or stages():
        for row in importlib.import_module(f"evals.{stage}").run(request):
            show(row, asked.json)
    return 0


if __name__ == "__main__":
    sys.exit(main())
