"""What changes the desk → done one after another behind the pages, with how far it has come."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Literal

from copydesk import desk
from copydesk.errors import CopydeskError
from copydesk.model.desks import Settled

State = Literal["waiting", "running", "done", "failed"]
Work = Callable[[desk.Desk, Callable[[Settled], None]], tuple[str, ...]]
KEPT_MAX = 50  # jobs that can still be looked at
WAITING_MAX = 20
LINES_MAX = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One piece of work: what it is, how far it has come, and what came of it, a line a thing."""

    number: int
    title: str
    state: State
    started: datetime
    stage: str = ""
    done: int = 0
    total: int | None = None
    lines: tuple[str, ...] = ()

    @property
    def over(self) -> bool:
        return self.state in ("done", "failed")


class Jobs:
    """One worker with a desk of its own, so that readers never wait and models are loaded once."""

    def __init__(self, folder: Path, now: Callable[[], datetime]) -> None:
        self._folder = folder
        self._now = now
        self._jobs: dict[int, Job] = {}
        self._lock = threading.Lock()
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="copydesk-job")
        self._desk: desk.Desk | None = None
        self._running = 0
        self._count = 0

    def start(self, title: str, work: Work) -> Job:
        """Puts work behind what waits. Raises DeskError when too much waits already."""
        with self._lock:
            if sum(not job.over for job in self._jobs.values()) >= WAITING_MAX:
                raise desk_busy()
            self._count += 1
            job = Job(number=self._count, title=title, state="waiting", started=self._now())
            self._jobs[job.number] = job
            for old in [n for n, held in self._jobs.items() if held.over][: max(0, len(self._jobs) - KEPT_MAX)]:
                del self._jobs[old]
        self._pool.submit(self._run, job.number, work)
        return job

    def find(self, number: int) -> Job | None:
        return self._jobs.get(number)

    def current(self) -> Job | None:
        """What runs or waits, the first of it."""
        return next((job for job in list(self._jobs.values()) if not job.over), None)

    def all(self) -> tuple[Job, ...]:
        """The newest first."""
        return tuple(sorted(self._jobs.values(), key=lambda job: -job.number))

    def close(self) -> None:
        """Lets the running work end at the next thing it says; what was kept is kept."""
        self._pool.shutdown(wait=False, cancel_futures=True)
        if self._desk is not None and self.current() is None:
            self._desk.close()

    def wait(self) -> None:
        """Returns when all that was started is over."""
        self._pool.submit(lambda: None).result()

    def _run(self, number: int, work: Work) -> None:
        self._change(number, state="running")
        self._running = number
        try:
            if self._desk is None:
                self._desk = desk.open_desk(self._folder, progress=self._report, now=self._now)
            lines = work(self._desk, self._tell)
            self._change(number, state="done", lines=(*self._jobs[number].lines, *lines))
        except CopydeskError as error:
            self._change(number, state="failed", lines=(*self._jobs[number].lines, str(error)))
        except Exception as error:
            self._change(
                number, state="failed", lines=(*self._jobs[number].lines, f"it broke off: {type(error).__name__}")
            )
            raise

    def _change(self, number: int, *, state: State, lines: tuple[str, ...] | None = None) -> None:
        with self._lock:
            job = self._jobs[number]
            self._jobs[number] = replace(job, state=state, lines=(job.lines if lines is None else lines)[-LINES_MAX:])

    def _report(self, stage: str, done: int, total: int | None) -> None:
        with self._lock:
            job = self._jobs[self._running]
            self._jobs[self._running] = replace(job, stage=stage, done=done, total=total)

    def _tell(self, settled: Settled) -> None:
        name = settled.path.replace("\\", "/").rsplit("/", 1)[-1]
        words = f"{name}: {settled.became}" + (f" ({settled.reason})" if settled.reason else "")
        with self._lock:
            job = self._jobs[self._running]
            self._jobs[self._running] = replace(job, lines=(*job.lines, words)[-LINES_MAX:])


def desk_busy() -> CopydeskError:
    from copydesk.errors import DeskError

    return DeskError(f"{WAITING_MAX} pieces of work are waiting already; try again when some are done")


def update_work(found: desk.Desk, told: Callable[[Settled], None]) -> tuple[str, ...]:
    """The stories brought to what is on the desk."""
    done = desk.update(found)
    unused = [f"not used: {c.left} / {c.right} were not both found" for c in done.unused]
    return (f"{done.articles:,} articles in {done.stories:,} stories, {done.told:,} told anew", *unused)


def add_files_work(folder: Path, *, update: bool) -> Work:
    """Files that lie in a folder of their own, put on the desk; the folder is gone afterwards."""

    def work(found: desk.Desk, told: Callable[[Settled], None]) -> tuple[str, ...]:
        about, held = folder / "about.csv", found.folder / "uploads"
        try:
            held.mkdir(exist_ok=True)
            placed = []
            for file in sorted((folder / "files").iterdir()):
                placed.append(held / file.name)
                shutil.move(file, placed[-1])
            added = desk.add(found, placed, about=about if about.is_file() else None, told=told)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
            shutil.rmtree(held, ignore_errors=True)
        return (*_added(added), *(update_work(found, told) if update else ()))

    return work


def add_urls_work(urls: tuple[str, ...], *, update: bool) -> Work:
    """The articles of these addresses put on the desk."""

    def work(found: desk.Desk, told: Callable[[Settled], None]) -> tuple[str, ...]:
        added = desk.add_pages(found, urls, told=told)
        return (*_added(added), *(update_work(found, told) if update else ()))

    return work


def fetch_work(found: desk.Desk, told: Callable[[Settled], None]) -> tuple[str, ...]:
    """Every feed asked whose time has come, and the stories brought up to date."""
    fetched = desk.fetch(found, told=told)
    asked = f"{len(fetched.feeds):,} feeds and {fetched.pages:,} pages asked, {len(fetched.early):,} feeds not yet due"
    return (asked, *_added(fetched.added), *update_work(found, told))


def _added(added: desk.Added) -> tuple[str, ...]:
    counts = {name: added.count(name) for name in ("article", "revision", "same", "skipped")}
    words = [
        f"{counts['article']:,} new articles", f"{counts['revision']:,} revisions", f"{counts['same']:,} again with the same text",
        f"{added.known:,} known already", f"{counts['skipped'] + len(added.skipped):,} skipped",
    ]  # fmt: skip
    return (", ".join(words), *(f"skipped {s.path} ({s.stage}): {s.reason}" for s in added.skipped[:50]))
