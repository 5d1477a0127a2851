"""Feeds and pages to ask → FetchOutcomes, one an answer: politely, several hosts at once, one question a host at a time."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from datetime import UTC, datetime, timedelta
from typing import TypeAlias

import httpx

from copydesk.model.fetching import FeedState, FetchOutcome, PageState
from copydesk.reading.addresses import Refusal, host_of, origin_of, page_key
from copydesk.reading.asking import MOVED, Answer, ask, check
from copydesk.reading.harvests import Found, take_feed
from copydesk.reading.network import Transport
from copydesk.reading.options import FetchingOptions
from copydesk.reading.pacing import BUSY, Lanes, after_failure
from copydesk.reading.robots import Rules, fetch_rules
from copydesk.reading.visits import Visit, begin, follow, put_off, question, refuse, take_page

Known: TypeAlias = Callable[[str], PageState | None]
Came: TypeAlias = Rules | Answer | Refusal
NAP_MAX = 5.0  # seconds slept at a stretch, so that a run's end is noticed


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Fetcher:
    """Asks servers, and keeps each one's robots.txt and the time at which it may be asked again while it lives.

    Nothing that a server does raises: it becomes a Skipped with its reason and a state that says when it is tried again.
    `now` gives aware times, `transport` stands for the net. One run at a time; `known` is called, and outcomes are made,
    in the thread that asks for the next outcome. Raises OptionsError for options that nobody can be asked by.
    """

    def __init__(
        self,
        options: FetchingOptions,
        *,
        now: Callable[[], datetime] = _utc_now,
        sleep: Callable[[float], None] = time.sleep,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        check(options)
        self._options = options
        self._clock = now
        self._sleep = sleep
        self._transport = transport if transport is not None else Transport(options)
        self._rules: dict[str, Rules] = {}
        self._lanes: Lanes[Visit] = Lanes()
        self._latest = now()

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Ends what is still open."""
        self._transport.close()

    def feeds(
        self, states: Iterable[FeedState], known: Known, waiting: Iterable[PageState] = ()
    ) -> Iterator[FetchOutcome]:
        """The outcomes of some feeds, of the new pages that they name, and of pages that waited from earlier runs.

        A feed's own outcome comes first and holds its pages, still to be asked; then comes one outcome a page. `known`
        gives what was stored of a page under its `page_key`, None when nothing was. What waited is asked first: a host
        that wants to be asked seldom would else give its feed on every run, and never a page.
        """
        return self._run([*waiting, *states], known)

    def feed(self, state: FeedState, known: Known) -> Iterator[FetchOutcome]:
        """As `feeds`, for one."""
        return self._run([state], known)

    def page(self, state: PageState) -> FetchOutcome:
        """The outcome of one page."""
        [outcome] = self._run([state], lambda _: None)
        return outcome

    def _run(self, states: Iterable[FeedState | PageState], known: Known) -> Iterator[FetchOutcome]:
        """Starts the visits and settles what comes of them, until none is left."""
        run = _Run(known)
        end = self._now() + timedelta(seconds=self._options.run_seconds)
        running: dict[Future[Came], tuple[str, Visit]] = {}
        for state in states:
            yield from self._start(state, run)
        with ThreadPoolExecutor(self._options.hosts_at_once, thread_name_prefix="fetching") as pool:
            try:
                while True:
                    now = self._now()
                    yield from self._leave(now, end)
                    while len(running) < self._options.hosts_at_once and (job := self._lanes.take(now)) is not None:
                        running[pool.submit(self._ask, job[1])] = job
                    pause = self._lanes.wait(now)
                    if running:
                        room = len(running) < self._options.hosts_at_once
                        done, _ = wait(running, timeout=pause if room else None, return_when=FIRST_COMPLETED)
                        for future in [future for future in running if future in done]:  # in order of their starts
                            host, visit = running.pop(future)
                            yield from self._settle(visit, future.result(), (host, run))
                    elif pause is not None:
                        self._nap(now, min(pause, NAP_MAX))
                    else:
                        return
            finally:
                for host, _ in running.values():
                    self._lanes.done(host, self._now())
                self._lanes.rest()
                if running:  # given up in the middle
                    pool.shutdown(wait=False, cancel_futures=True)
                    self._transport.close()

    def _now(self) -> datetime:
        """The time of day, which never goes back and moves on at least by what was slept: a clock may stand still."""
        self._latest = max(self._latest, self._clock())
        return self._latest

    def _nap(self, since: datetime, seconds: float) -> None:
        self._sleep(seconds)
        self._latest = max(self._latest, since + timedelta(seconds=seconds))

    def _start(self, state: FeedState | PageState, run: _Run) -> Iterator[FetchOutcome]:
        """Queues the visit that a state asks for, unless its page is on its way already."""
        if isinstance(state, PageState) and not run.is_first(state):
            return
        try:
            visit = begin(state, self._options)
        except Refusal as refusal:
            yield refuse(Visit(state=state, url=state.url), refusal, None, (self._now(), self._options))
            return
        self._lanes.add(host_of(visit.url), visit)

    def _leave(self, now: datetime, end: datetime) -> Iterator[FetchOutcome]:
        """Leaves for a later run what cannot be done in this one."""
        if now >= end:
            for visit in self._lanes.rest():
                yield put_off(visit, None, "left for the next run: the time of this one was up")
        for until, visit in self._lanes.too_late(now + timedelta(seconds=self._options.patience)):
            yield put_off(
                visit,
                until,
                f"left for a later run: {host_of(visit.url)} is to be left alone until {until:%Y-%m-%d %H:%M} UTC",
            )

    def _ask(self, visit: Visit) -> Came:
        """One question to the visit's host: for its robots.txt when that is not known, else for the page."""
        now, origin = self._now(), origin_of(visit.url)
        rules = self._rules.get(origin)
        try:
            if rules is None or rules.until <= now:
                return fetch_rules(
                    origin, self._options.user_agent, lambda asked: ask(self._transport, asked, self._options), now
                )
            closed = rules.refusal(visit.url, self._options.user_agent)
            if closed is not None:
                raise Refusal(closed)
            return ask(self._transport, question(visit), self._options)
        except Refusal as refusal:
            return refusal

    def _settle(self, visit: Visit, came: Came, where: tuple[str, _Run]) -> Iterator[FetchOutcome]:
        """What becomes of a visit by what came of its question: the next question, or an outcome."""
        host, run = where
        now, origin = self._now(), origin_of(visit.url)
        if isinstance(came, Rules):
            self._rules[origin] = came
            self._lanes.add(host, visit, first=True)
        self._lanes.done(host, self._free(visit, came, now))
        if isinstance(came, Rules):
            return
        answer = came if isinstance(came, Answer) else None
        try:
            if isinstance(came, Refusal):
                raise came
            if came.status in MOVED:
                onward = follow(visit, came, self._options)
                self._lanes.add(host_of(onward.url), onward, first=True)
                return
            found = self._take(visit, came, run)
        except Refusal as refusal:
            yield refuse(visit, refusal, answer, (now, self._options))
            return
        yield found.outcome
        for page in found.pages:
            yield from self._start(page, run)

    def _take(self, visit: Visit, answer: Answer, run: _Run) -> Found:
        now = self._now()
        if isinstance(visit.state, PageState):
            return Found(outcome=take_page(visit, answer, (now, self._options)))
        return take_feed(visit, answer, run.known, (now, self._options))

    def _free(self, visit: Visit, came: Came, now: datetime) -> datetime:
        """When the host may be asked next: behind the delay that we or it want, or later when it says that it is busy."""
        rules = self._rules.get(origin_of(visit.url))
        if isinstance(came, Refusal) and rules is not None and rules.refusal(visit.url, self._options.user_agent):
            return now  # it was not asked
        wanted = rules.delay(self._options.user_agent) if rules is not None and not isinstance(came, Rules) else 0.0
        free = now + timedelta(seconds=max(self._options.delay, min(wanted, 86_400.0)))
        if isinstance(came, Answer) and came.status in BUSY:
            return max(free, after_failure(now, visit.state.failures + 1, came.retry_after, self._options))
        return free


class _Run:
    """What one run knows: what the desk has stored of pages, and which pages this run has on its way."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._begun: set[str] = set()

    def known(self, key: str) -> PageState | None:
        """What is stored of a page."""
        return self._known(key)

    def is_first(self, state: PageState) -> bool:
        """Whether a page is not on its way yet; it is from here on."""
        key = page_key(state.url)
        first = key not in self._begun
        self._begun.add(key)
        return first
