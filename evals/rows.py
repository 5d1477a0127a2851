"""The rows that every evaluation prints, and what it is asked for."""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One figure. `system` is "copydesk" or a peer's name, `set` the set's file or folder without its endings."""

    stage: str
    set: str
    system: str
    metric: str
    value: float
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is to be measured: where the data lies, one set or all (None), and whether peers run beside."""

    data: Path
    set: str | None = None
    peers: bool = False

    def wants(self, name: str) -> bool:
        return self.set is None or self.set == name

    def sets(self, folder: str, pattern: str = "*") -> list[Path]:
        """The files and folders of a stage's data folder, in order of name; [] (said on stderr) when it is absent."""
        root = self.data / folder
        if not root.is_dir():
            print(f"evals: no data for {folder}: {root} is not there", file=sys.stderr)
            return []
        return sorted(p for p in root.glob(pattern) if not p.name.startswith((".", "README")))


def set_name(path: Path) -> str:
    """The set's name: the file or folder without its endings."""
    return path.name.split(".")[0]


def leave_out(path: Path, expected: str) -> None:
    """Says on stderr that a file has not the form that this stage reads."""
    print(f"evals: left out {path}: expected {expected}", file=sys.stderr)


def read_records(path: Path) -> Iterator[dict[str, Any]]:
    """The records of a .jsonl or .jsonl.gz file."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


def f1(precision: float, recall: float) -> float:
    """The harmonic mean, 0 when both are 0."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0
