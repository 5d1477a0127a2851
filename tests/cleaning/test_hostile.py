"""Captures that are made to break a reader."""

from __future__ import annotations

import subprocess
import sys
from itertools import islice

import pytest

from bench.hostile_pages import FUZZED, HOSTILE, fuzzed_pages, large_page, linked_page, measure, memory_mb
from copydesk.cleaning import CleaningOptions, clean, find_repeats
from copydesk.model.articles import Article, Repeats
from copydesk.model.captures import Capture
from tests.cleaning.pages import PARAGRAPHS, capture
from tests.cleaning.test_blocks import check

OPTIONS = CleaningOptions()
ALONE = Repeats(pages=1, by_pile={}, by_outlet={})


def read(text: str, medium: str = "text") -> Article:
    found = clean(capture(text, "html" if medium == "html" else "text"), ALONE, OPTIONS)
    assert isinstance(found, Article), found
    check(found)
    return found


def test_html_nested_ten_thousand_deep_is_read_to_its_end() -> None:
    page = (
        "<html><body>"
        + "<div>" * 10_000
        + "".join(f"<p>{p}</p>" for p in PARAGRAPHS)
        + "</div>" * 10_000
        + "</body></html>"
    )
    article = read(page, "html")
    assert PARAGRAPHS[0] in article.text
    assert PARAGRAPHS[-1] in article.text


def test_markup_in_plain_text_is_text() -> None:
    line = "The page showed <script>alert(1)</script> and </style> to everyone who opened it, the clerk of the council said."
    article = read("\n".join([line, *PARAGRAPHS]))
    assert line in article.text


def test_scripts_and_styles_of_a_page_are_not_read() -> None:
    page = f"<html><head><style>p {{}}</style></head><body><script>var secret = 'words';</script><p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p></body></html>"
    article = read(page, "html")
    assert "secret" not in article.source_text


def test_one_word_is_an_article_that_is_not_compared() -> None:
    article = read("Harbour")
    assert (article.text, article.compared, article.reason) == ("Harbour", False, "one word")


def test_a_line_of_a_megabyte_is_read_whole() -> None:
    article = read("The quay was full of boats and the boats were full of fish. " * 17_000)
    assert len(article.text) > 1_000_000
    assert len(article.credits) == 0


def read_page(content: bytes) -> Article:
    page = Capture(id="page", path="page.html", content=content, medium="html")
    found = clean(page, find_repeats([page], OPTIONS), OPTIONS)
    assert isinstance(found, Article), found
    check(found)
    return found


def test_a_page_of_five_megabytes_is_read_with_a_bounded_number_of_blocks() -> None:
    content = large_page()
    assert len(content) > 5_000_000
    article = read_page(content)
    assert len(article.blocks) <= OPTIONS.max_lines
    assert len(article.source_text) <= len(content)
    assert len(article.text) > 3_000_000


def test_a_page_of_a_hundred_thousand_links_keeps_its_story_and_a_bounded_number_of_blocks() -> None:
    article = read_page(linked_page())
    assert len(article.blocks) <= OPTIONS.max_lines
    assert "stay shut until the dredging is done" in article.text
    assert "Story 7 from the archive" not in article.text


@pytest.mark.parametrize("part", range(10))
def test_fuzzed_pages_are_read_or_skipped_with_a_reason(part: int) -> None:
    size = FUZZED // 10
    read_some = 0
    for content in islice(fuzzed_pages(), part * size, (part + 1) * size):
        page = Capture(id="page", path="page.html", content=content, medium="html")
        found = clean(page, Repeats(pages=1, by_pile={}, by_outlet={}), OPTIONS)
        if isinstance(found, Article):
            check(found)
            assert len(found.blocks) <= OPTIONS.max_lines
            assert len(found.source_text) <= 2 * len(content) + 100
            assert len(found.credits) <= 100
            read_some += 1
        else:
            assert found.reason
    assert read_some > size / 2


def test_fuzzed_pages_are_the_same_for_the_same_seed() -> None:
    assert list(fuzzed_pages(20, 3)) == list(fuzzed_pages(20, 3))
    assert list(fuzzed_pages(20, 3)) != list(fuzzed_pages(20, 4))


def test_marks_of_writing_direction_and_nulls_stay_where_they_are() -> None:
    line = "\u202eThe mayor\u202c of Port Vessel said\u200f on Friday that the quay would stay\x00 open until the end of the summer."
    article = read("\n\n".join([line, *PARAGRAPHS]))
    assert line in article.source_text
    assert line in article.text


def test_hostile_runs_of_one_character_do_not_hang_the_patterns() -> None:
    for piece in ("@", "(", "© ", "by ", "1/", "a@", ". ", "–", "Port Vessel, ", "A.B.", "12:3", "| "):
        found = clean(capture("\n".join([piece * 20_000, *PARAGRAPHS])), ALONE, OPTIONS)
        assert isinstance(found, Article)
        assert PARAGRAPHS[0] in found.source_text


def test_scripts_that_a_flattener_left_in_are_not_article() -> None:
    data = (
        '{"@context": "https://schema.org", "@type": "NewsArticle", "articleBody": "'
        + " ".join(PARAGRAPHS)
        + '", "author": {"name": "x"}}'
    )
    script = (
        "window.dataLayer = window.dataLayer || []; function gtag(){dataLayer.push(arguments);} if (a && b) { run(); }"
    )
    article = read("\n".join([data, script, "Harbour news", *PARAGRAPHS]))
    assert "articleBody" not in article.text
    assert "dataLayer" not in article.text
    assert all(p in article.text for p in PARAGRAPHS)


@pytest.mark.skipif(memory_mb() is None, reason="the system does not tell what a process holds")
def test_the_memory_that_is_measured_is_not_what_the_parent_held() -> None:
    held = bytearray(b"x" * 300_000_000)
    code = "from bench.hostile_pages import memory_mb; print(memory_mb()[1])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert float(done.stdout) < len(held) / 1e6 / 2


def test_what_hostile_pages_take_is_told_beside_what_was_held_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(HOSTILE, "few", lambda: list(fuzzed_pages(3)))
    figures = measure("few", "copydesk")
    assert figures["n"] == 3
    if memory_mb() is not None:
        assert figures["grown_mb"] == figures["peak_mb"] - figures["base_mb"] >= 0
