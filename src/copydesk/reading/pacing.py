"""When a server may be asked again: what it says itself, and longer each time that it fails."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Generic, TypeVar

from copydesk.reading.options import FetchingOptions

BUSY = frozenset({429, 503})
RETRY_MAX = 7 * 86_400.0  # seconds; a server that names a later time is asked after a week all the same
INTERVAL_MAX = 6 * 3600.0  # seconds that a feed's own word may put its next asking off
DOUBLINGS_MAX = 30
ALWAYS = datetime.min.replace(tzinfo=UTC)

Job = TypeVar("Job")


def seconds_of(retry_after: str | None, now: datetime) -> float | None:
    """How long a Retry-After asks to wait, from either of its forms; None when it says nothing that can be read."""
    if retry_after is None:
        return None
    text = retry_after.strip()
    if text.isascii() and text.isdigit():
        return min(float(text[:12]), RETRY_MAX)
    try:
        then = parsedate_to_datetime(text)
        then = then if then.tzinfo is not None else then.replace(tzinfo=UTC)
        return min(max((then - now).total_seconds(), 0.0), RETRY_MAX)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def back_off(failures: int, options: FetchingOptions) -> float:
    """Seconds to wait behind so many failures in a row: doubled with each, up to the limit."""
    doublings = min(max(failures - 1, 0), DOUBLINGS_MAX)
    return float(min(options.back_off * 2.0**doublings, options.back_off_max))


def after_failure(now: datetime, failures: int, retry_after: str | None, options: FetchingOptions) -> datetime:
    """The time before which nothing is asked again: the later of the server's word and our own back-off."""
    return now + timedelta(seconds=max(seconds_of(retry_after, now) or 0.0, back_off(failures, options)))


def next_asking(now: datetime, wishes: tuple[float | None, ...], options: FetchingOptions) -> datetime:
    """When a feed is due again: after our interval, or after what it wishes for itself, within bounds."""
    wished = max((w for w in wishes if w is not None), default=0.0)
    return now + timedelta(seconds=max(options.interval, min(wished, INTERVAL_MAX)))


def next_look(now: datetime, before: datetime | None, options: FetchingOptions) -> datetime | None:
    """When a page is looked at again for edits: each time after twice as long as the last, None when it has been long enough."""
    if options.revisit <= 0:
        return None
    gap = options.revisit if before is None else max(2 * (now - before).total_seconds(), options.revisit)
    return now + timedelta(seconds=gap) if gap <= options.revisit_max else None


@dataclass(slots=True)
class Lane(Generic[Job]):
    """The work for one host: one piece at a time, none before `free`, none at all when `busy`."""

    jobs: deque[Job] = field(default_factory=deque)
    free: datetime = ALWAYS
    busy: bool = False


class Lanes(Generic[Job]):
    """Work by host, in order of its coming: hosts are served in turn, each with one job at a time and its delay."""

    def __init__(self) -> None:
        self._lanes: dict[str, Lane[Job]] = {}

    def add(self, host: str, job: Job, *, first: bool = False) -> None:
        """Queues a job for its host, behind the others or before them."""
        jobs = self._lanes.setdefault(host, Lane()).jobs
        if first:
            jobs.appendleft(job)
        else:
            jobs.append(job)

    def take(self, now: datetime) -> tuple[str, Job] | None:
        """The next job that may be done now; its host is busy from here on."""
        for host, lane in self._lanes.items():
            if lane.jobs and not lane.busy and lane.free <= now:
                lane.busy = True
                self._lanes[host] = self._lanes.pop(host)  # behind the others: every host has its turn
                return host, lane.jobs.popleft()
        return None

    def done(self, host: str, free: datetime) -> None:
        """The host's job has ended; the next one may begin at `free`."""
        lane = self._lanes[host]
        lane.busy, lane.free = False, max(free, lane.free)

    def wait(self, now: datetime) -> float | None:
        """Seconds until a job may begin, None when none waits at a host that is not busy."""
        times = [lane.free for lane in self._lanes.values() if lane.jobs and not lane.busy]
        return max((min(times) - now).total_seconds(), 0.0) if times else None

    def too_late(self, until: datetime) -> list[tuple[datetime, Job]]:
        """Takes out the jobs whose host will not be free by `until`, each with the time at which it will be."""
        found: list[tuple[datetime, Job]] = []
        for lane in self._lanes.values():
            if lane.free > until and not lane.busy:
                found += [(lane.free, job) for job in lane.jobs]
                lane.jobs.clear()
        return found

    def rest(self) -> list[Job]:
        """Takes out all jobs that have not begun."""
        found = [job for lane in self._lanes.values() for job in lane.jobs]
        for lane in self._lanes.values():
            lane.jobs.clear()
        return found
