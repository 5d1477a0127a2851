"""python -m evals.gate: measures what evals/floors.json names and fails when a figure has fallen below its floor."""

from __future__ import annotations

import argparse
import importlib
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from evals.__main__ import default_data
from evals.rows import Request, Row

FLOORS = Path(__file__).with_name("floors.json")


@dataclass(frozen=True, slots=True, kw_only=True)
class Floor:
    """The value that a figure may not fall below, or with `ceiling` may not rise above."""

    stage: str
    set: str
    metric: str
    value: float
    ceiling: bool = False

    def holds(self, row: Row) -> bool:
        return row.value <= self.value if self.ceiling else row.value >= self.value


def read_floors(path: Path = FLOORS) -> list[Floor]:
    """The floors in their file's order."""
    return [Floor(**floor) for floor in json.loads(path.read_text(encoding="utf-8"))]


def measure(floors: list[Floor], data: Path) -> Iterator[Row]:
    """copydesk's own figures for every stage and set that has a floor, and for no other: the rest takes long."""
    for stage, name in dict.fromkeys((f.stage, f.set) for f in floors):
        for row in importlib.import_module(f"evals.{stage}").run(Request(data=data, set=name)):
            if row.system == "copydesk" and row.set == name:
                yield row


def present_sets(floors: list[Floor], data: Path) -> set[str]:
    """The sets with a floor of which the data holds a file or folder ("aeb/inscriptis" rests on "aeb")."""
    return {f.set for f in floors if any(data.glob(f"{f.set.split('/')[0]}*")) or any(data.glob(f"*/{f.set.split('/')[0]}*"))}


def judge(floors: list[Floor], rows: list[Row], present: set[str]) -> list[str]:
    """What is wrong: a line for every figure that is below its floor or was not measured though its set is present."""
    found = {(r.stage, r.set, r.metric): r for r in rows}
    wrong = []
    for floor in floors:
        row = found.get((floor.stage, floor.set, floor.metric))
        name = f"{floor.stage} {floor.set} {floor.metric}"
        if row is None and floor.set in present:
            wrong.append(f"{name}: was not measured, expected {floor.value}")
        elif row is not None and not floor.holds(row):
            wrong.append(f"{name}: {row.value:.4f}, {'at most' if floor.ceiling else 'at least'} {floor.value} expected")
    return wrong


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m evals.gate", description="Fail when a quality figure has fallen.")
    parser.add_argument("stage", nargs="*", help="only these stages (default: all that have floors)")
    parser.add_argument("--data", type=Path, default=default_data())
    asked = parser.parse_args(arguments)
    floors = [f for f in read_floors() if not asked.stage or f.stage in asked.stage]
    if not asked.data.is_dir():
        print(f"evals.gate: skipped: no data at {asked.data}; {len(floors)} floors were not measured")
        return 0
    rows = list(measure(floors, asked.data))
    wrong = judge(floors, rows, present_sets(floors, asked.data))
    values = {(r.stage, r.set, r.metric): f"{r.value:.4f}" for r in rows}
    for floor in floors:
        shown = values.get((floor.stage, floor.set, floor.metric), "not measured")
        print(f"{floor.stage:10} {floor.set:28} {floor.metric:28} {shown:>12}  floor {floor.value}")
    for line in wrong:
        print(f"evals.gate: {line}", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
