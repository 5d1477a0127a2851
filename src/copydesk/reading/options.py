"""What reading and fetching may take in before they say no."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingOptions:
    """Limits of reading. What passes one becomes Skipped, with the limit in its reason.

    `capture_bytes` bounds one file, page or record; `json_bytes` one .json file or feed, which can only be parsed whole;
    `unpacked_bytes` what one .gz may hold and `unpacked_ratio` how many times its size (asked once it has given
    `ratio_from_bytes`: short texts of few words pack well); `folder_depth` how deep folders may lie in folders.
    """

    capture_bytes: int = 20_000_000
    json_bytes: int = 100_000_000
    unpacked_bytes: int = 8_000_000_000
    unpacked_ratio: int = 200
    ratio_from_bytes: int = 30_000_000
    captures: int = 500_000
    folder_depth: int = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchingOptions:
    """How politely and how far pages and feeds are fetched; the table [fetching]. Times are seconds.

    `user_agent` is who asks: a newsroom puts its name and address there, robots.txt is read for what stands before the
    "/". `private_hosts` names the inner hosts and networks that may be asked ("intranet.example, 10.1.0.0/16").
    `delay` lies between two requests to one host; a host that wants more than `patience` is left for the next run.
    `interval` lies at least between two askings of a feed, `back_off` behind a first failure, twice that behind a second,
    and so on up to `back_off_max`; after `failures` in a row a page is given up. A page is looked at again for edits
    `revisit` after it was fetched, then after twice as long, and so on until that is more than `revisit_max`; 0 looks
    again only where a feed tells of an edit. `entries` bounds what one feed may bring at once, `run_seconds` one run.
    """

    user_agent: str = "copydesk/0.1"
    private_hosts: str = ""
    delay: float = 1.0
    patience: float = 60.0
    hosts_at_once: int = 6
    connect_seconds: float = 10.0
    read_seconds: float = 20.0
    total_seconds: float = 60.0
    run_seconds: float = 3600.0
    page_bytes: int = 10_000_000
    feed_bytes: int = 10_000_000
    entries: int = 1000
    redirects: int = 8
    failures: int = 5
    interval: float = 300.0
    back_off: float = 300.0
    back_off_max: float = 86_400.0
    revisit: float = 21_600.0
    revisit_max: float = 172_800.0
