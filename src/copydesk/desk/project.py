"""A folder → its desk: options and store, opened; and a new one made."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from time import monotonic, sleep
from types import TracebackType
from typing import Self

from copydesk import pipeline
from copydesk.desk.briefs import make_tools, utc_now
from copydesk.errors import DeskError
from copydesk.model.ports import Progress, Store, be_silent
from copydesk.options import FILE_NAME, Options, load_options
from copydesk.store import SqliteStore

STORE_NAME = "desk.sqlite"
LOCK_NAME = "update.lock"
LOCK_SECONDS = 30.0  # how long a second update waits for the first
FIRST_OPTIONS = """# A desk of copydesk. Each [table] is a stage, each line below it an option: docs/reference.md lists them all.
# [fetching]
# delay = 2.0
"""


@dataclass
class Desk:
    """A project folder opened: its options, its store, and what its work is done with.

    To be closed, or used as `with open_desk(folder) as desk:`. One desk may be read from many threads at once.
    """

    folder: Path
    options: Options
    store: Store
    progress: Progress = be_silent
    now: Callable[[], datetime] = utc_now

    @cached_property
    def tools(self) -> pipeline.Tools:
        """The models, loaded at the first use and kept."""
        return make_tools(self.options, lambda *far: self.progress(*far), lambda: self.now(), self.store.cache)

    def close(self) -> None:
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    @contextmanager
    def updating(self, wait_seconds: float = LOCK_SECONDS) -> Iterator[None]:
        """One update of a desk at a time; the lock goes with the process that held it, however that ends."""
        until = monotonic() + wait_seconds
        path = self.folder / LOCK_NAME
        try:
            handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as error:
            raise DeskError(
                f"{path} cannot be written ({error.strerror}): give yourself the right to, or make room"
            ) from error
        try:
            while True:
                try:
                    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except BlockingIOError:
                    if monotonic() >= until:
                        raise DeskError(
                            f"{self.folder} is being updated by another process; wait for that to end and call again"
                        ) from None
                    sleep(0.1)
            yield
        finally:
            os.close(handle)


def create_desk(folder: Path) -> Desk:
    """A new desk in a folder, which is made when missing. Raises DeskError where one is already."""
    if (folder / STORE_NAME).exists():
        raise DeskError(f"{folder} is a desk already; use it, or name another folder")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not (folder / FILE_NAME).exists():
            (folder / FILE_NAME).write_text(FIRST_OPTIONS, encoding="utf-8")
    except OSError as error:
        raise DeskError(
            f"{folder}: no desk can be made there ({error.strerror}); name a folder that can be written"
        ) from error
    SqliteStore(folder / STORE_NAME).close()
    return open_desk(folder)


def find_desk(start: Path) -> Path:
    """The nearest folder in `start` or above it that holds a desk. Raises DeskError when there is none."""
    here = start.resolve()
    for folder in (here, *here.parents):
        if (folder / STORE_NAME).is_file():
            return folder
    raise DeskError(f"no desk in {here} or above it; name one with --desk DIR, or make one with: copydesk new DIR")


def open_desk(
    folder: Path | None = None, *, progress: Progress = be_silent, now: Callable[[], datetime] = utc_now
) -> Desk:
    """The desk of a folder (default: the nearest one from here upwards). Raises DeskError, OptionsError, StoreError."""
    found = find_desk(Path()) if folder is None else folder
    if not (found / STORE_NAME).is_file():
        raise DeskError(f"{found} holds no {STORE_NAME}, so it is no desk; make one with: copydesk new {found}")
    file = found / FILE_NAME
    options = load_options(file if file.is_file() else None, os.environ)
    return Desk(
        folder=found, options=options, store=SqliteStore(found / STORE_NAME, create=False), progress=progress, now=now
    )
