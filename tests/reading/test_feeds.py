from __future__ import annotations

from pathlib import Path

import pytest

from tests.reading.tools import read_all

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Vessel Post</title>
<item><title>Quay &amp;amp; mole <![CDATA[<b>reopen</b>]]></title><link>https://post.vessel.example/1</link>
<guid>g-1</guid><pubDate>Tue, 06 May 2031 09:08:07 +0200</pubDate><dc:creator>Ann Tiller</dc:creator>
<source url="https://wire.example/rss">North Wire</source>
<description>Short.</description>
<content:encoded><![CDATA[<p>The quay reopened.</p><script>alert(1)</script>]]></content:encoded></item>
<item><title>Rain</title><guid>g-2</guid><description>It rained &amp;amp; blew.</description></item>
<item><title>Nothing more</title><guid>g-3</guid></item>
</channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Vessel Wire</title>
<entry><id>tag:wire.example:1</id><title type="html">A &lt;i&gt;quay&lt;/i&gt;</title><link href="https://wire.example/1"/>
<published>2031-05-06T07:08:09Z</published><updated>2031-05-07T07:08:09Z</updated><author><name>Bo Mast</name></author>
<source><title>North Wire</title></source>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>The quay reopened.</p></div></content></entry></feed>"""


def test_an_entry_of_rss_is_an_article_with_what_the_feed_states(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text(RSS)
    captures, skipped = read_all(tmp_path)
    first, second = captures
    assert (Path(first.path).name, first.medium) == ("g-1", "html")
    assert b"<p>The quay reopened.</p>" in first.content
    (stated,) = first.stated
    assert (stated.headline, stated.byline) == ("Quay & mole reopen", "Ann Tiller")
    assert (stated.url, stated.outlet, stated.source) == ("https://post.vessel.example/1", "Vessel Post", "North Wire")
    assert (stated.published, stated.modified) == ("2031-05-06T07:08:07+00:00", None)
    assert (second.content, second.medium) == (b"It rained & blew.", "text")
    assert [(Path(s.path).name, "without content" in s.reason) for s in skipped] == [("g-3", True)]


def test_an_entry_of_atom_is_an_article_with_what_the_feed_states(tmp_path: Path) -> None:
    (tmp_path / "a.atom").write_text(ATOM)
    (capture,), skipped = read_all(tmp_path)
    (stated,) = capture.stated
    assert skipped == []
    assert b"<p>The quay reopened.</p>" in capture.content
    assert (stated.headline, stated.byline, stated.source) == ("A quay", "Bo Mast", "North Wire")
    assert (stated.published, stated.modified) == ("2031-05-06T07:08:09+00:00", "2031-05-07T07:08:09+00:00")


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "utf-16"])
def test_a_feed_is_read_in_its_own_character_set(tmp_path: Path, charset: str) -> None:
    feed = RSS.replace('encoding="utf-8"', f'encoding="{charset}"').replace("The quay", "Le môle")
    (tmp_path / "a.rss").write_bytes(feed.encode(charset))
    assert "Le môle reopened.".encode() in read_all(tmp_path)[0][0].content


def test_a_feed_that_breaks_off_gives_its_whole_entries_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text(RSS[: RSS.index("<item><title>Nothing")] + "<item><title>Bro")
    captures, skipped = read_all(tmp_path)
    assert [Path(c.path).name for c in captures] == ["g-1", "g-2"]
    assert any("damaged feed" in s.reason for s in skipped)


def test_entities_that_multiply_do_no_harm(tmp_path: Path) -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    (tmp_path / "a.xml").write_text(
        f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "ha">{laughs}<!ENTITY f SYSTEM "file:///etc/hostname">]>'
        "<rss><channel><item><guid>1</guid><description>x &l9; &f;</description></item></channel></rss>"
    )
    captures, _ = read_all(tmp_path)
    assert all(len(c.content) < 10_000 for c in captures)


def test_a_feed_without_entries_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text("<?xml version='1.0'?><rss><channel><title>T</title></channel></rss>")
    captures, skipped = read_all(tmp_path)
    assert captures == []
    assert "without an entry" in skipped[0].reason


def test_a_feed_that_its_parser_stumbles_over_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text("<rss><entry><textinput><link href='<")
    captures, skipped = read_all(tmp_path)
    assert captures == []
    assert "cannot be read" in skipped[0].reason
