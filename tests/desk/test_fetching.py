"""Feeds and pages from a real server onto a desk."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bench.loopback import MARKUP, RSS, Asked, Site, answer, item, rss, serving
from copydesk import desk
from copydesk.errors import DeskError, InputError
from copydesk.reading import FetchingOptions
from tests.desk.conftest import NOON, load_tools

FERRY = """<!doctype html><html><head><title>Ferry runs aground</title></head><body><article><h1>Ferry runs aground</h1>
<p>A ferry ran aground off Port Sarn on Tuesday, injuring {} passengers, the coastguard of Halden said.</p>
<p>Nobody died, it added. The ferry was on its way to Halden Island with a hundred and twenty people on board.</p></article></body></html>"""


class Clock:
    """Noon, until somebody moves it."""

    def __init__(self) -> None:
        self.at = NOON

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as made:
        yield made


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def found(tmp_path: Path, clock: Clock) -> Iterator[desk.Desk]:
    with desk.create_desk(tmp_path / "desk") as made:
        made.tools, made.now = load_tools(), clock
        made.options = replace(
            made.options, fetching=FetchingOptions(private_hosts="127.0.0.0/8", delay=0.0, revisit=0)
        )
        yield made


def feed_of(site: Site, *paths: str, more: str = "") -> bytes:
    return answer(rss(*(item(site.base + path, more) for path in paths)), 'ETag: "1"', type=RSS)


def test_a_feed_brings_its_pages_once(site: Site, found: desk.Desk, clock: Clock) -> None:
    site.routes |= {
        "/rss": feed_of(site, "/a", "/b"),
        "/a": answer(FERRY.format("seven")),
        "/b": answer(FERRY.format("two")),
    }
    assert len(desk.add_feeds(found, [f"{site.base}/rss"])) == 1
    first = desk.fetch(found)
    assert first.added.count("article") == 2 and found.store.counts().articles == 2
    assert [f.failures for f in desk.list_feeds(found)] == [0]
    assert len(desk.fetch(found).early) == 1
    clock.at += timedelta(days=1)
    asked = len(site.paths())
    again = desk.fetch(found)
    assert again.added.settled == () and site.paths()[asked:] == ["/rss"]


def test_an_edited_page_that_is_fetched_again_is_a_revision(site: Site, found: desk.Desk) -> None:
    site.routes["/a"] = answer(FERRY.format("seven"))
    url = f"{site.base}/a"
    assert [s.became for s in desk.add_pages(found, [url]).settled] == ["article"]
    assert desk.add_pages(found, [url]).known == 1
    site.routes["/a"] = answer(FERRY.format("nine"))
    assert [s.became for s in desk.add_pages(found, [url]).settled] == ["revision"]
    (diff,) = desk.diff_article(found, url)
    assert [diff.after.text[c.after.start : c.after.end] for c in diff.changes] == ["nine"]


def test_a_fetch_looks_for_edits(site: Site, found: desk.Desk, clock: Clock) -> None:
    found.options = replace(found.options, fetching=replace(found.options.fetching, revisit=3600.0))
    site.routes |= {"/rss": feed_of(site, "/a"), "/a": answer(FERRY.format("seven"))}
    desk.add_feeds(found, [f"{site.base}/rss"])
    desk.fetch(found)
    site.routes["/a"] = answer(FERRY.format("nine"))
    clock.at += timedelta(hours=2)
    assert [s.became for s in desk.fetch(found).added.settled] == ["revision"]


def test_what_cannot_be_fetched_is_said(site: Site, found: desk.Desk) -> None:
    added = desk.add_pages(found, [f"{site.base}/nowhere"])
    assert [s.stage for s in added.skipped] == ["fetching"] and "404" in added.skipped[0].reason
    assert [s.path for s in desk.list_skipped(found)] == [added.skipped[0].path]


def test_a_private_address_is_refused_unless_it_is_allowed(site: Site, found: desk.Desk) -> None:
    found.options = replace(found.options, fetching=FetchingOptions(delay=0.0))
    site.routes["/a"] = answer(FERRY.format("seven"))
    added = desk.add_pages(found, [f"{site.base}/a"])
    assert added.settled == () and len(added.skipped) == 1 and site.asked == []


def test_a_page_that_was_named_and_not_asked_is_asked_by_the_next_fetch(
    site: Site, found: desk.Desk, clock: Clock
) -> None:
    """What a kill between the feed and its page leaves behind."""
    site.routes |= {"/rss": feed_of(site, "/a"), "/a": answer("", status="503 Busy", type=MARKUP)}
    desk.add_feeds(found, [f"{site.base}/rss"])
    desk.fetch(found)
    assert found.store.counts().articles == 0 and found.store.counts().pages == 1
    site.routes |= {"/rss": answer("", status="304 Not Modified", type=RSS), "/a": answer(FERRY.format("seven"))}
    clock.at += timedelta(days=2)
    assert desk.fetch(found).added.count("article") == 1


def test_the_source_that_a_feed_names_is_a_credit(site: Site, found: desk.Desk) -> None:
    source = f'<source url="{site.base}/wire">Kestria Wire</source>'
    site.routes |= {"/rss": feed_of(site, "/a", more=source), "/a": answer(FERRY.format("seven"))}
    desk.add_feeds(found, [f"{site.base}/rss"])
    desk.fetch(found)
    (article,) = found.store.articles(found.store.article_ids())
    assert [(c.name, c.kind) for c in article.credits] == [("Kestria Wire", "text")]
    assert "feed" in article.credits[0].reason and article.credits[0].span.start < article.credits[0].span.end
    desk.update(found)
    (row,) = desk.list_stories(found)
    assert [name for _, name in row.voices] == ["Kestria Wire"]
    assert list(desk.check_desk(found, deep=True)) == []


def test_a_fetch_asks_conditionally(site: Site, found: desk.Desk, clock: Clock) -> None:
    headers = []

    def route(asked: Asked) -> bytes:
        headers.append(asked.headers.get("if-none-match"))
        return feed_of(site)

    site.routes["/rss"] = route
    desk.add_feeds(found, [f"{site.base}/rss"])
    desk.fetch(found)
    clock.at += timedelta(days=1)
    desk.fetch(found)
    assert headers == [None, '"1"']


def test_feeds_are_imported_exported_and_dropped(found: desk.Desk, tmp_path: Path) -> None:
    opml = '<opml version="2.0"><body><outline text="Port" type="rss" xmlUrl="https://port.example/rss"/></body></opml>'
    (tmp_path / "a.opml").write_text(opml)
    new, skipped = desk.import_feeds(found, tmp_path / "a.opml")
    assert ([f.url for f in new], skipped) == (["https://port.example/rss"], ())
    assert desk.import_feeds(found, tmp_path / "a.opml")[0] == ()
    (tmp_path / "b.opml").write_bytes(desk.export_feeds(found))
    desk.drop_feed(found, "https://port.example/rss")
    assert [f.url for f in desk.import_feeds(found, tmp_path / "b.opml")[0]] == ["https://port.example/rss"]
    for wrong in (
        lambda: desk.drop_feed(found, "https://nowhere.example"),
        lambda: desk.add_feeds(found, ["notes.txt"]),
    ):
        with pytest.raises(DeskError):
            wrong()
    with pytest.raises(InputError):
        desk.import_feeds(found, tmp_path / "nowhere.opml")
