"""An engine's name → the engine."""

from __future__ import annotations

from copydesk.engines.processes import ProcessEngine
from copydesk.engines.ray import SCHEME, RayEngine
from copydesk.engines.serial import SerialEngine
from copydesk.errors import OptionsError


def choose_engine(
    name: str, workers: int | None = None, chunk: int | None = None
) -> SerialEngine | ProcessEngine | RayEngine:
    """The engine of this name: "serial", "processes", "ray" (on this machine) or "ray://host:port" (a cluster).

    The first two to start processes take `workers` of them (None: one a processor). `chunk` items go to a worker at
    once, None: as many articles as pay. Raises OptionsError for another name, a count below one, or a missing library.
    """
    for what, count in (("workers", workers), ("chunk", chunk)):
        if count is not None and count < 1:
            raise OptionsError(f"{what} is {count}; expected 1 or more, or none to have it chosen")
    size = {} if chunk is None else {"chunk": chunk}
    if name == "serial":
        return SerialEngine()
    if name == "processes":
        return ProcessEngine(workers, **size)
    if name == "ray" or (name.startswith(SCHEME) and len(name) > len(SCHEME)):
        return RayEngine("" if name == "ray" else name, workers, **size)
    raise OptionsError(f"engine is {name!r}; expected serial, processes, ray or ray://HOST:PORT")
