"""Feeds and addresses → captures kept, an answer a transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from copydesk.desk.adding import Added, Told, keep, settle_all, tell_nobody
from copydesk.desk.project import Desk
from copydesk.errors import DeskError, InputError
from copydesk.model.captures import Skipped
from copydesk.model.fetching import FeedState, FetchOutcome, PageState
from copydesk.reading import page_key

if TYPE_CHECKING:
    from copydesk.reading.fetching import Fetcher

FetcherMaker = Callable[[Desk], "Fetcher"]


def _fetcher(desk: Desk) -> Fetcher:
    from copydesk.reading.fetching import Fetcher  # its libraries take time that a run without the net should not pay

    return Fetcher(desk.options.fetching, now=desk.now)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What a fetch brought, and how each feed answered."""

    added: Added
    feeds: tuple[FeedState, ...]
    early: tuple[FeedState, ...] = ()  # not asked: their time has not come
    pages: int = 0
    skipped: tuple[Skipped, ...] = ()


def import_feeds(desk: Desk, path: Path) -> tuple[tuple[FeedState, ...], tuple[Skipped, ...]]:
    """The feeds of an OPML file that the desk did not have yet, and what in the file was no feed. Raises InputError."""
    from copydesk.reading.subscriptions import read_opml

    try:
        content = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror}); expected an OPML file") from error
    found = read_opml(content, str(path))
    return _put_new(desk, found.feeds), found.skipped


def export_feeds(desk: Desk) -> bytes:
    """The desk's feeds as OPML."""
    from copydesk.reading.subscriptions import write_opml

    return write_opml(desk.store.feeds())


def add_feeds(desk: Desk, urls: Sequence[str]) -> tuple[FeedState, ...]:
    """The feeds of these addresses that the desk did not have yet. Raises DeskError for what is no address."""
    from copydesk.reading.addresses import Refusal, checked_address

    for url in urls:
        try:
            checked_address(url)
        except Refusal as refused:
            raise DeskError(f"{url!r} is no address of a feed: {refused.reason}") from refused
    return _put_new(desk, [FeedState(url=url) for url in urls])


def _put_new(desk: Desk, feeds: Iterable[FeedState]) -> tuple[FeedState, ...]:
    with desk.store.writing():
        known = {feed.url for feed in desk.store.feeds()}
        new = tuple({feed.url: feed for feed in feeds if feed.url not in known}.values())
        for feed in new:
            desk.store.put_feed(feed)
    return new


def drop_feed(desk: Desk, url: str) -> None:
    """Asks a feed no more; what it brought stays. Raises DeskError for one that the desk has not."""
    if not desk.store.drop_feed(url):
        raise DeskError(f"{desk.folder} has no feed {url!r}; copydesk feeds lists them")


def list_feeds(desk: Desk) -> tuple[FeedState, ...]:
    """Every feed with how its last asking went."""
    return desk.store.feeds()


def fetch(desk: Desk, *, told: Told = tell_nobody, fetcher: FetcherMaker = _fetcher) -> Fetched:
    """Asks every feed whose time has come for news, and every page that waits. Each answer is kept before the next
    is asked for, so a kill loses one answer at most. Raises StoreError.
    """
    now = desk.now()
    feeds = [feed for feed in desk.store.feeds() if not feed.gone]
    due = [feed for feed in feeds if feed.next_allowed is None or feed.next_allowed <= now]
    early = tuple(feed for feed in feeds if feed not in due)
    answered: list[FeedState] = []
    skipped: list[Skipped] = []
    pages = known = 0
    desk.progress("fetching", 0, None)
    with fetcher(desk) as net:
        for done, outcome in enumerate(net.feeds(due, desk.store.page, desk.store.due_pages(now)), start=1):
            known += len(outcome.captures) - _keep(desk, outcome)
            answered += [outcome.feed] if outcome.feed is not None else []
            pages += outcome.feed is None
            skipped += outcome.skipped
            desk.progress("fetching", done, None)
    added = Added(settled=tuple(settle_all(desk, told)), known=known, skipped=tuple(skipped))
    return Fetched(added=added, feeds=tuple(answered), early=early, pages=pages, skipped=tuple(skipped))


def add_pages(desk: Desk, urls: Sequence[str], *, told: Told = tell_nobody, fetcher: FetcherMaker = _fetcher) -> Added:
    """The articles of these addresses on the desk. What cannot be had is skipped, with the reason."""
    skipped: list[Skipped] = []
    known = 0
    with fetcher(desk) as net:
        for done, url in enumerate(urls, start=1):
            outcome = net.page(desk.store.page(page_key(url)) or PageState(url=url))
            known += len(outcome.captures) - _keep(desk, outcome)
            skipped += outcome.skipped
            desk.progress("fetching", done, len(urls))
    return Added(settled=tuple(settle_all(desk, told)), known=known, skipped=tuple(skipped))


def _keep(desk: Desk, outcome: FetchOutcome) -> int:
    with desk.store.writing():
        if outcome.feed is not None:
            desk.store.put_feed(outcome.feed)
        for page in outcome.pages:
            desk.store.put_page(page_key(page.url), page)
        return keep(desk, outcome.captures, outcome.skipped)
