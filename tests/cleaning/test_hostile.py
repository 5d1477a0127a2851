"""Captures that are made to break a reader."""

from __future__ import annotations

from time import perf_counter

from copydesk.cleaning import CleaningOptions, clean
from copydesk.model.articles import Article, Repeats
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
    page = "<html><body>" + "<div>" * 10_000 + "".join(f"<p>{p}</p>" for p in PARAGRAPHS) + "</div>" * 10_000 + "</body></html>"
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


def test_a_line_of_a_megabyte_is_read_in_seconds() -> None:
    begun = perf_counter()
    article = read("The quay was full of boats and the boats were full of fish. " * 17_000)
    assert len(article.text) > 1_000_000
    assert perf_counter() - begun < 20


def test_a_page_of_a_hundred_thousand_links_is_read_in_bounded_time() -> None:
    links = "".join(f"<li><a href='/{i}'>Link {i} to a page</a></li>" for i in range(100_000))
    begun = perf_counter()
    article = read(f"<html><body><ul>{links}</ul>" + "".join(f"<p>{p}</p>" for p in PARAGRAPHS) + "</body></html>", "html")
    assert len(article.blocks) <= OPTIONS.max_lines
    assert PARAGRAPHS[-1] in article.text
    assert perf_counter() - begun < 60


def test_marks_of_writing_direction_and_nulls_stay_where_they_are() -> None:
    line = "\u202eThe mayor\u202c of Port Vessel said\u200f on Friday that the quay would stay\x00 open until the end of the summer."
    article = read("\n\n".join([line, *PARAGRAPHS]))
    assert line in article.source_text
    assert line in article.text


def test_hostile_runs_of_one_character_do_not_hang_the_patterns() -> None:
    begun = perf_counter()
    for piece in ("@", "(", "© ", "by ", "1/", "a@", ". ", "–", "Port Vessel, ", "A.B.", "12:3", "| "):
        found = clean(capture("\n".join([piece * 20_000, *PARAGRAPHS])), ALONE, OPTIONS)
        assert isinstance(found, Article)
    assert perf_counter() - begun < 30


def test_scripts_that_a_flattener_left_in_are_not_article() -> None:
    data = '{"@context": "https://schema.org", "@type": "NewsArticle", "articleBody": "' + " ".join(PARAGRAPHS) + '", "author": {"name": "x"}}'
    script = "window.dataLayer = window.dataLayer || []; function gtag(){dataLayer.push(arguments);} if (a && b) { run(); }"
    article = read("\n".join([data, script, "Harbour news", *PARAGRAPHS]))
    assert "articleBody" not in article.text
    assert "dataLayer" not in article.text
    assert all(p in article.text for p in PARAGRAPHS)
