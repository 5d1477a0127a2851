"""Three invented stories from text, pages, JSON lines, a feed and a WARC made here: apart where they must be."""

from __future__ import annotations

import gzip
import shutil
from pathlib import Path

import pytest

from copydesk import desk
from copydesk.model.dossiers import Brief
from copydesk.options import Options
from tests.whole.examples import EXAMPLES, NOON, Example, read_gold

FOLDER = EXAMPLES / "three-stories"


def write_warc(pages: Path, path: Path) -> None:
    """A packed WARC with a response a page, each a gzip member of its own, as crawlers write it."""
    with path.open("wb") as out:
        for page in sorted(pages.glob("*.html")):
            body = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page.read_bytes()
            head = (
                "WARC/1.0\r\nWARC-Type: response\r\n"
                f"WARC-Record-ID: <urn:uuid:{page.stem}>\r\nWARC-Target-URI: https://{page.stem}.example/{page.stem}\r\n"
                f"WARC-Date: 2024-11-20T00:00:00Z\r\nContent-Type: application/http; msgtype=response\r\n"
                f"Content-Length: {len(body)}\r\n\r\n"
            )
            out.write(gzip.compress(head.encode() + body + b"\r\n\r\n", mtime=0))


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Example:
    pile = tmp_path_factory.mktemp("three") / "pile"
    shutil.copytree(FOLDER / "pile", pile)
    write_warc(FOLDER / "warc-pages", pile / "crawl.warc.gz")
    brief = desk.make_brief(desk.order([pile], options=Options()), now=lambda: NOON)
    return Example(brief=brief, gold=read_gold("three-stories"))


def name_of(brief: Brief, article: str) -> str:
    """The name that the gold has for an article: its file, its record, or the page in the WARC."""
    found = next(t.article for t in brief.articles if t.article.id == article)
    if "crawl.warc.gz" in found.path:
        return "warc:" + (found.url or "").rsplit("/", 1)[-1]
    return Path(found.path).name.split(".")[0]


def test_every_record_of_every_container_becomes_an_article(three: Example) -> None:
    assert not three.brief.skipped
    names = {name_of(three.brief, t.article.id) for t in three.brief.articles}
    assert names == {name for story in three.gold["stories"].values() for name in story}
    assert len(three.brief.articles) >= 20


def test_the_three_stories_stay_apart(three: Example) -> None:
    found = sorted(sorted(name_of(three.brief, a) for a in d.story.articles) for d in three.brief.dossiers)
    assert found == sorted(sorted(story) for story in three.gold["stories"].values())


def test_the_copies_of_the_gold_are_linked(three: Example) -> None:
    links = {
        frozenset((name_of(three.brief, x.origin), name_of(three.brief, x.copy)))
        for d in three.brief.dossiers
        for x in d.copies
        if x.origin
    }
    assert {frozenset(pair) for pair in three.gold["copies"]} <= links


def test_an_agency_is_one_voice_however_many_outlets_carry_it(three: Example) -> None:
    for agency, names in three.gold["agency"].items():
        for dossier in three.brief.dossiers:
            voices = [v for v in dossier.voices if v.name == agency]
            wanted = {n for n in names if n in {name_of(three.brief, a) for a in dossier.story.articles}}
            if wanted:
                assert len(voices) == 1
                assert wanted <= {name_of(three.brief, a) for a in voices[0].articles}


def test_each_story_has_its_own_day(three: Example) -> None:
    for name, day in three.gold["days"].items():
        dossier = next(
            d for d in three.brief.dossiers if name_of(three.brief, d.story.articles[0]) in three.gold["stories"][name]
        )
        when = dossier.when
        assert when.earliest is not None and when.latest is not None, name
        assert when.earliest.isoformat() <= day <= when.latest.isoformat(), (name, when)


def test_the_feed_s_own_source_is_kept_as_a_credit(three: Example) -> None:
    article = next(t.article for t in three.brief.articles if name_of(three.brief, t.article.id) == "rovine-1")
    assert any(c.name.startswith("Northern Wire") and c.kind == "text" for c in article.credits)
