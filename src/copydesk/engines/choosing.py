"""An engine's name → the engine."""

from __future__ import annotations

from copydesk.engines.processes import ProcessEngine
from copydesk.engines.serial import SerialEngine
from copydesk.errors import OptionsError


def choose_engine(name: str, workers: int | None = None) -> SerialEngine | ProcessEngine:
    """The engine of this name: "serial" or "processes", which take `workers` processes (None: one a processor).

    Raises OptionsError for another name or a count below one.
    """
    if workers is not None and workers < 1:
        raise OptionsError(f"workers is {workers}; expected 1 or more, or none for one a processor")
    if name == "serial":
        return SerialEngine()
    if name == "processes":
        return ProcessEngine(workers)
    raise OptionsError(f"engine is {name!r}; expected serial or processes")
