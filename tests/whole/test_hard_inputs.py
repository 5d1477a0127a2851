"""Hostile, broken and enormous inputs: each ends as an article or as Skipped with a reason, and nothing else is lost."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from copydesk import desk
from copydesk.compiling import check_brief, to_html, to_json
from copydesk.model.dossiers import Brief
from copydesk.options import Options
from tests.whole.examples import NOON

GOOD = "A bridge opened in Orsk Vale\n\nThe bridge in Orsk Vale opened on Monday after two years of work, Mayor Anna Belk said.\n"


def brief_of(folder: Path) -> Brief:
    brief = desk.make_brief(desk.order([folder], options=Options()), now=lambda: NOON)
    assert check_brief(json.loads(to_json(brief))) == []
    return brief


def names(brief: Brief) -> tuple[set[str], dict[str, str]]:
    """The file names of the articles, and of what was skipped with the reason."""
    return {Path(t.article.path).name for t in brief.articles}, {Path(s.path).name: s.reason for s in brief.skipped}


@pytest.fixture
def pile(tmp_path: Path) -> Path:
    """A folder with one good article: whatever lies beside it must not cost it."""
    folder = tmp_path / "pile"
    folder.mkdir()
    (folder / "good.txt").write_text(GOOD, encoding="utf-8")
    return folder


def test_a_binary_file_is_skipped_with_its_reason(pile: Path) -> None:
    (pile / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)
    articles, skipped = names(brief_of(pile))
    assert articles == {"good.txt"}
    assert "not text" in skipped["picture.txt"]


def test_a_200_mb_text_file_is_skipped_without_being_read_whole(pile: Path) -> None:
    with (pile / "huge.txt").open("wb") as out:
        for _ in range(200):
            out.write(b"a long line of words \n" * 47_662)
    articles, skipped = names(brief_of(pile))
    assert articles == {"good.txt"}
    assert "MB" in skipped["huge.txt"] or "bytes" in skipped["huge.txt"]


def test_a_truncated_gz_and_a_truncated_warc_are_named(pile: Path) -> None:
    record = (
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><body><p>"
        + b"words of a page. " * 200
        + b"</p></body></html>"
    )
    head = (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/x\r\nWARC-Record-ID: <urn:uuid:1>\r\n"
        b"WARC-Date: 2024-01-01T00:00:00Z\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: "
        + str(len(record)).encode()
        + b"\r\n\r\n"
    )
    (pile / "cut.warc").write_bytes((head + record)[:400])
    (pile / "cut.txt.gz").write_bytes(gzip.compress(GOOD.encode() * 50)[:-20])
    brief = brief_of(pile)
    articles, skipped = names(brief)
    assert "good.txt" in articles
    assert any(s.path.endswith("cut.warc/1") for s in brief.skipped)
    assert "cut.txt.gz" in articles
    assert "break off" in skipped["cut.txt.gz"]
    assert "breaks off" in skipped["1"]


def test_invalid_utf_8_is_read(pile: Path) -> None:
    (pile / "latin.txt").write_bytes(
        "Le pont d'Orsk est ouvert\n\nDepuis lundi, le pont est ouvert à tous, a déclaré la maire.\n".encode("latin-1")
    )
    articles, _ = names(brief_of(pile))
    assert articles == {"good.txt", "latin.txt"}


def test_an_article_of_one_word_is_listed_and_adds_no_voice(pile: Path) -> None:
    (pile / "one.txt").write_text("Bridge", encoding="utf-8")
    brief = brief_of(pile)
    articles, skipped = names(brief)
    assert "one.txt" in articles | set(skipped)
    for traced in brief.articles:
        if traced.article.path.endswith("one.txt"):
            assert not traced.article.compared
            assert traced.article.reason
            assert not traced.voices


def test_300_identical_files_are_300_articles_of_one_voice(pile: Path) -> None:
    for i in range(299):
        (pile / f"same-{i:03}.txt").write_text(GOOD, encoding="utf-8")
    brief = brief_of(pile)
    assert len(brief.articles) == 300
    assert len(brief.dossiers) == 1
    assert len(brief.dossiers[0].voices) == 1


def test_html_nested_10_000_deep_ends_in_bounded_time(pile: Path) -> None:
    (pile / "deep.html").write_text("<div>" * 10_000 + "<p>" + GOOD + "</p>" + "</div>" * 10_000, encoding="utf-8")
    articles, skipped = names(brief_of(pile))
    assert "good.txt" in articles
    assert "deep.html" in articles | set(skipped)


def test_script_and_style_in_a_text_stay_words(pile: Path) -> None:
    text = "Council warns of <script>alert(1)</script> on its page\n\nThe council of Orsk Vale said on Monday that its page had carried </style><script>alert(2)</script> for a week.\n"
    (pile / "script.txt").write_text(text, encoding="utf-8")
    brief = brief_of(pile)
    page = to_html(brief)
    assert "<script" not in page
    assert "alert(2)" in page
    assert "script.txt" in names(brief)[0]


def test_text_that_turns_the_writing_direction_is_shown_inert(pile: Path) -> None:
    (pile / "bidi.txt").write_text(
        "Notice from Orsk Vale\n\nThe file \u202egnp.exe\u202c was sent to every office of Orsk Vale on Monday, the mayor said.\n",
        encoding="utf-8",
    )
    assert "\u202e" not in to_html(brief_of(pile))


def test_nothing_at_all_gives_an_empty_brief(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    brief = desk.make_brief(desk.order([tmp_path / "empty"], options=Options()), now=lambda: NOON)
    assert not brief.articles
    assert not brief.dossiers
    assert brief.skipped
