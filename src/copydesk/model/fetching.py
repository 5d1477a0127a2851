"""What is known of feeds and pages from one fetch to the next, and what one answer of a server brought."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from copydesk.model.captures import Capture, Skipped, Stated


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedState:
    """One feed of a desk: its address as the user gave it, and how the last asking went.

    `etag` and `last_modified` go back to the server as they came; nothing is asked before `next_allowed` (aware UTC,
    None: at once) nor ever again when `gone`. `moved_to` is where a permanent redirect points. `failures` counts those
    in a row; `answer` is the last answer in words.
    """

    url: str
    title: str | None = None
    site: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    moved_to: str | None = None
    checked: datetime | None = None
    next_allowed: datetime | None = None
    failures: int = 0
    answer: str = ""
    gone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PageState:
    """One page that was ever asked for or is to be, by the address that a feed or the user gave; the fields as a feed's.

    `feed` is the feed that named it and `stated` what its entry says, which goes with the capture whenever that is made.
    A page that was `checked` without `failures` is done.
    """

    url: str
    feed: str | None = None
    stated: Stated | None = None
    final_url: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    checked: datetime | None = None
    next_allowed: datetime | None = None
    failures: int = 0
    answer: str = ""
    gone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchOutcome:
    """One answer from the net, small enough for one transaction: what it brought, and the new states."""

    captures: tuple[Capture, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    feed: FeedState | None = None
    pages: tuple[PageState, ...] = ()
