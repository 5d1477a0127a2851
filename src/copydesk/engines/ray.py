"""The engine that spreads items over the machines of a Ray cluster, or over processes that Ray starts here."""

from __future__ import annotations

import importlib
import importlib.util
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from types import ModuleType
from typing import Any, TypeVar

from copydesk.engines.chunks import work_through
from copydesk.engines.serial import grouped
from copydesk.errors import CopydeskError, OptionsError

Item = TypeVar("Item")
Result = TypeVar("Result")

CHUNK = 200  # articles of one task: some seconds of work, which outweigh the millisecond that Ray spends on a task
AHEAD = 2  # tasks a worker that wait or are done, and so are in memory
RETRIES = 3  # how often a task is begun anew whose worker died; it then is what kills them
SCHEME = "ray://"
LOCAL = "127.0.0.1"  # a cluster of this machine alone: Ray otherwise asks the network under which address it is known
STORE_BYTES = 512 * 1024 * 1024  # for chunks on their way in a local cluster: those of twenty workers take a tenth


class RayEngine:
    """Works through the items on a Ray cluster; the results and their order are those of the serial engine.

    `address` "ray://host:port" is a cluster that runs, "" one that is started on this machine with `workers` processes
    and ended by `close`. A worker keeps the models that it has loaded until the engine is closed: what `work` keeps in
    its modules is loaded once a process. A worker that dies costs the tasks it was at, which others begin anew.
    `work`, items and results must be picklable, and copydesk installed in one version on every machine.
    """

    def __init__(self, address: str = "", workers: int | None = None, chunk: int = CHUNK) -> None:
        self._address = address
        self._workers = workers
        self._chunk = max(1, chunk)
        self._ray: ModuleType | None = None
        self._mine = False
        require_ray()

    @property
    def name(self) -> str:
        return self._address or "ray"

    @property
    def workers(self) -> int:
        """How many tasks the cluster takes at once."""
        return max(1, int(self._started().cluster_resources().get("CPU", 1)))

    def map(self, work: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
        """The result of every item, in order. What `work` raises comes through, with a note of the item."""
        ray = self._started()
        task = ray.remote(work_through).options(max_retries=RETRIES, num_cpus=1)
        held = ray.put(work)  # sent once a machine, not with every chunk: it may hold what recurs in a whole pile
        room = AHEAD * self.workers
        source = iter(items)
        waiting: deque[Any] = deque()
        try:
            while True:
                while len(waiting) < room and (chunk := list(islice(source, self._chunk))):
                    waiting.append(task.remote(held, chunk))
                if not waiting:
                    return
                results, error = ray.get(waiting.popleft())
                yield from results
                if error is not None:
                    raise error
        except ray.exceptions.RayError as error:
            raise CopydeskError(_lost(error)) from error
        finally:
            for left in waiting:
                ray.cancel(left)

    def group(self, key: Callable[[Item], str], items: Iterable[Item]) -> Iterator[tuple[str, list[Item]]]:
        """Each key once, in order, with its items in order of input. Keys are cheap: this process makes them."""
        return grouped(key, items)

    def close(self) -> None:
        """Ends the cluster if this engine started it, else leaves it. The next `map` starts or joins it again."""
        if self._ray is not None and self._mine:
            self._ray.shutdown()
        self._ray, self._mine = None, False

    def __enter__(self) -> RayEngine:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _started(self) -> ModuleType:
        if self._ray is None:
            os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # copydesk tells nobody what it is used for
            os.environ.setdefault("RAY_ENABLE_UV_RUN_RUNTIME_ENV", "0")  # workers run what this process runs
            ray: Any = importlib.import_module("ray")
            if not ray.is_initialized():
                self._mine = True
                try:
                    ray.init(**self._settings())
                except (ConnectionError, RuntimeError, ValueError, OSError) as error:
                    raise CopydeskError(f"{self.name}: no Ray cluster can be used there ({error})") from error
            self._ray = ray
        return self._ray

    def _settings(self) -> dict[str, Any]:
        """What Ray is started with. Nothing of this process's output is mixed with that of its workers."""
        quiet = {"log_to_driver": False, "logging_level": "ERROR"}
        if self._address:
            return {"address": self._address, **quiet}
        workers = self._workers or os.cpu_count() or 1
        return {
            "num_cpus": workers, "num_gpus": 0, "include_dashboard": False, "_node_ip_address": LOCAL,
            "object_store_memory": STORE_BYTES, **quiet,
        }  # fmt: skip


def require_ray() -> None:
    """Raises OptionsError when Ray is not installed."""
    if importlib.util.find_spec("ray") is None:
        raise OptionsError("engine is ray, and Ray is not installed: pip install 'copydesk[ray]'")


def _lost(error: Exception) -> str:
    """What became of a task, in words: a worker that ends is most often one whose machine is short of memory."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    kind = type(error).__name__
    if kind.startswith("RayTaskError"):
        return f"a Ray worker cannot do its task ({lines[-1] if lines else kind}): is copydesk installed there as it is here?"
    return f"Ray gave a task up after {RETRIES} retries ({kind}: {lines[0] if lines else 'no reason'}): most often memory ran out"
