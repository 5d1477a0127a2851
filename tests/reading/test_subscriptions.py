from __future__ import annotations

import pytest

from copydesk.errors import InputError
from copydesk.model.fetching import FeedState
from copydesk.reading.subscriptions import read_opml, write_opml

OPML = """<?xml version="1.0" encoding="{charset}"?><opml version="1.1"><head><title>Mine</title></head><body>
<outline text="Harbours"><outline text="North"><outline type="rss" text="Vessel Poßt" title="Vessel Poßt"
 xmlUrl="https://post.vessel.example/feed?a=1&amp;b=2" htmlUrl="https://post.vessel.example/"/></outline></outline>
<outline text="Twice" xmlurl="http://post.vessel.example/feed?b=2&amp;a=1"/>
<outline text="A file" xmlUrl="file:///etc/passwd"/><outline text="A note"/>
<outline xmlUrl="https://wire.example/rss" htmlUrl="javascript:alert(1)"/></body></opml>"""


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "utf-16"])
def test_feeds_are_found_however_deep_each_once_and_what_is_none_is_said(charset: str) -> None:
    found = read_opml(OPML.format(charset=charset).encode(charset), "mine.opml")
    assert found.feeds == (
        FeedState(
            url="https://post.vessel.example/feed?a=1&b=2", title="Vessel Poßt", site="https://post.vessel.example/"
        ),
        FeedState(url="https://wire.example/rss"),
    )
    (lost,) = found.skipped
    assert (lost.stage, "file:" in lost.reason) == ("reading", True)


def test_what_is_written_is_read_again() -> None:
    feeds = (
        FeedState(url="https://a.example/?x=1&y=<", title='"Quay" & <mole>\x0b', site="https://a.example/"),
        FeedState(url="https://b.example/feed"),
    )
    written = write_opml(reversed(feeds))
    assert written == write_opml(feeds)
    again = read_opml(written, "x").feeds
    assert [feed.url for feed in again] == ["https://a.example/?x=1&y=%3C", "https://b.example/feed"]
    assert (again[0].title, again[0].site) == ('"Quay" & <mole>', "https://a.example/")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (
            b'<!DOCTYPE opml [<!ENTITY x SYSTEM "file:///etc/passwd">]><opml><body><outline text="&x;"/></body></opml>',
            "entities",
        ),
        ("<!doctype opml><opml/>".encode("utf-16"), "entities"),
        (b"<rss><channel/></rss>", "no OPML"),
        (b"", "cannot be read|no OPML"),
        (b"\x89PNG\r\n", "cannot be read|no OPML"),
        (b"<opml><body><outline text='a'/></body></opml>", "without a feed"),
        (b"<opml><body>" + b"<outline>" * 100_000, "without a feed|damaged|cannot"),
    ],
)
def test_what_is_no_list_of_feeds_is_said(content: bytes, said: str) -> None:
    with pytest.raises(InputError, match=said):
        read_opml(content, "mine.opml")


def test_a_damaged_list_gives_the_feeds_that_can_be_read_and_says_so() -> None:
    found = read_opml(
        b'<opml><body><outline xmlUrl="https://a.example/f"/><outline text="Q & A" xmlUrl="https://b.example/f"/>',
        "m.opml",
    )
    assert "https://a.example/f" in [feed.url for feed in found.feeds]
    assert any("damaged" in lost.reason for lost in found.skipped)
