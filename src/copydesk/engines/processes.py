"""The engine that spreads items over processes of this machine."""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from typing import TypeVar

from copydesk.engines.chunks import work_through
from copydesk.engines.serial import grouped
from copydesk.errors import CopydeskError

Item = TypeVar("Item")
Result = TypeVar("Result")

CHUNK = 16  # items that go to a worker at once; an article takes 10 to 100 ms, so that a chunk outweighs its transport
AHEAD = 2  # chunks a worker that wait or are done, and so are in memory


class ProcessEngine:
    """Works through the items in `workers` processes; the results and their order are those of the serial engine.

    `work`, items and results must be picklable: a function of a module, or a `functools.partial` of one. Processes
    are started anew (spawned) at the first use, since one forked from a process with threads may hang, and live
    until `close`. No more than a few chunks are taken from `items` ahead of what was asked for.
    """

    def __init__(self, workers: int | None = None, chunk: int = CHUNK) -> None:
        self._workers = max(1, workers or os.cpu_count() or 1)
        self._chunk = max(1, chunk)
        self._pool: ProcessPoolExecutor | None = None

    @property
    def name(self) -> str:
        return "processes"

    @property
    def workers(self) -> int:
        return self._workers

    def map(self, work: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
        """The result of every item, in order. What `work` raises comes through, with a note of the item."""
        pool = self._started()
        source = iter(items)
        waiting: deque[Future[tuple[list[Result], Exception | None]]] = deque()
        try:
            while True:
                while len(waiting) < AHEAD * self._workers and (chunk := list(islice(source, self._chunk))):
                    waiting.append(pool.submit(work_through, work, chunk))
                if not waiting:
                    return
                results, error = waiting.popleft().result()
                yield from results
                if error is not None:
                    raise error
        except BrokenProcessPool as error:
            self._pool = None
            raise CopydeskError(
                "a worker process ended before its work was done, most often because memory ran out: use fewer workers"
            ) from error
        finally:
            for future in waiting:
                future.cancel()

    def group(self, key: Callable[[Item], str], items: Iterable[Item]) -> Iterator[tuple[str, list[Item]]]:
        """Each key once, in order, with its items in order of input. Keys are cheap: this process makes them."""
        return grouped(key, items)

    def close(self) -> None:
        """Ends the processes. The next `map` starts new ones."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None

    def __enter__(self) -> ProcessEngine:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _started(self) -> ProcessPoolExecutor:
        if self._pool is None:
            self._pool = ProcessPoolExecutor(self._workers, mp_context=multiprocessing.get_context("spawn"))
        return self._pool
