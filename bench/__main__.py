"""python -m bench NAME… [--data DIR] [--peers] [--json]: a row a figure."""

from __future__ import annotations

import argparse
import importlib
import json
import pkgutil
import sys
from dataclasses import asdict
from pathlib import Path

import bench
from bench.rows import Request
from evals.__main__ import default_data

NOT_BENCHES = {"__main__", "hostile_pages", "loopback", "picture", "rows"}


def benches() -> list[str]:
    """What can be measured: the modules of this package that have a `run`."""
    return sorted(m.name for m in pkgutil.iter_modules(bench.__path__) if m.name not in NOT_BENCHES)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m bench", description="Measure speed, memory and growth.", epilog="example: python -m bench cleaning --peers"
    )
    parser.add_argument("name", nargs="*", metavar="NAME", help=f"one or more of: {', '.join(benches())} (default: all)")
    parser.add_argument("--data", type=Path, default=default_data(), help="folder of the data (default: %(default)s)")
    parser.add_argument("--peers", action="store_true", help="run the peers beside copydesk")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.add_argument("--plot", type=Path, metavar="FILE", help="draw what growth finds as SVG")
    asked = parser.parse_args(arguments)
    if asked.plot is not None and asked.name != ["growth"]:
        parser.error(f"--plot draws growth alone, got {' '.join(asked.name) or 'all benches'}; expected growth --plot FILE")
    unknown = [name for name in asked.name if name not in benches()]
    if unknown:
        parser.error(f"unknown bench {', '.join(unknown)}; expected one of {', '.join(benches())}")
    for name in asked.name or benches():
        for row in importlib.import_module(f"bench.{name}").run(Request(data=asked.data, peers=asked.peers, plot=asked.plot)):
            if asked.json:
                print(json.dumps(asdict(row)), flush=True)
            else:
                print(f"{row.bench:12} {row.system:14} {row.metric:24} {row.value:12.4f}  n={row.n}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
