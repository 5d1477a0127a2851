"""The rows that every bench prints, and what it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One figure of one bench. `system` is "copydesk", a peer's name, or "ratio"."""

    bench: str
    system: str
    metric: str
    value: float
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is to be measured: where the data lies, whether peers run beside, and where growth is to be drawn."""

    data: Path
    peers: bool = False
    plot: Path | None = None


def time_rounds(work: dict[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Median seconds of each piece of work, run in turn so that a noisy machine is noisy for all."""
    taken: dict[str, list[float]] = {name: [] for name in work}
    for _ in range(rounds):
        for name, run in work.items():
            start = perf_counter()
            run()
            taken[name].append(perf_counter() - start)
    return {name: median(times) for name, times in taken.items()}
