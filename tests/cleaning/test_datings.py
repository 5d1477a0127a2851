"""Which of the days that a page names is its publication's: sources that agree, zones, and days that are another's."""

from __future__ import annotations

from datetime import date

import pytest

from copydesk.cleaning import CleaningOptions, clean
from copydesk.cleaning.moments import read_moments
from copydesk.cleaning.stamp_lines import is_stamp_line
from copydesk.cleaning.stamps import read_moment
from copydesk.model.articles import Article, Repeats
from copydesk.model.captures import Stated
from tests.cleaning.pages import HEADLINE, PARAGRAPHS, capture

ALONE = Repeats(pages=1, by_pile={}, by_outlet={})
PUBLISHED = '<meta property="article:published_time" content="{}">'


def read(head: str = "", above: str = "", below: str = "", url: str = "https://lantern.example/news/quay") -> Article:
    body = "".join(f"<p>{p}</p>" for p in PARAGRAPHS)
    page = f"<html><head><title>{HEADLINE}</title>{head}</head><body><article><h1>{HEADLINE}</h1>{above}{body}</article>{below}</body></html>"
    found = clean(capture(page, "html", (Stated(by="container", url=url),)), ALONE, CleaningOptions())
    assert isinstance(found, Article)
    return found


def test_the_day_shown_to_readers_stands_where_only_a_time_zone_lies_between() -> None:
    article = read(PUBLISHED.format("2024-02-28T03:10:00+00:00"), "<p>27 February 2024, 10:10 pm</p>")
    assert article.published.day == date(2024, 2, 27)
    (span,) = article.published.evidence
    assert article.source_text[span.start : span.end] == "27 February 2024"


def test_a_day_shown_weeks_later_does_not_outrank_the_stated_publication() -> None:
    article = read(PUBLISHED.format("2024-02-27T12:00:00Z"), "<p>19 April 2024</p>")
    assert (article.published.day, article.published.method) == (date(2024, 2, 27), "meta")


def test_a_bare_date_of_the_head_yields_to_the_day_shown_with_the_headline() -> None:
    article = read('<meta name="date" content="2024-03-15T08:00:00">', "<p>27 February 2024</p>")
    assert article.published.day == date(2024, 2, 27)


def test_a_moment_told_in_utc_is_the_day_at_its_site() -> None:
    assert read_moments("2024-02-27T23:00:00.000Z", "lantern.de") == [(date(2024, 2, 28), "00:00")]
    assert read_moments("2024-02-27T23:00:00.000Z", "lantern.example") == [(date(2024, 2, 27), "23:00")]
    assert read_moments("2024-02-27T23:00:00+01:00", "lantern.de") == [(date(2024, 2, 27), "23:00")]


def test_an_open_order_of_day_and_month_is_settled_by_another_source() -> None:
    assert {d for d, _ in read_moments("03/04/2024 10:00")} == {date(2024, 4, 3), date(2024, 3, 4)}
    stated = PUBLISHED.format("03/04/2024 10:00")
    assert read(stated, "<p>March 4, 2024</p>").published.day == date(2024, 3, 4)
    assert read(stated, "<p>3 April 2024</p>").published.day == date(2024, 4, 3)


def test_no_page_was_published_after_it_was_changed() -> None:
    head = (
        PUBLISHED.format("10/05/2024 05:22 pm") + '<meta property="article:modified_time" content="2024-05-10 17:36">'
    )
    assert read(head).published.day == date(2024, 5, 10)


def test_the_markup_of_a_shown_date_dates_the_page() -> None:
    article = read(below='<div><time itemprop="datePublished" datetime="2024-02-27">some days ago</time></div>')
    assert article.published.day == date(2024, 2, 27)


def test_a_stamp_that_was_taken_for_text_dates_the_article_and_leaves_it() -> None:
    article = read(above="<p>Published: 27.02.2024 18:00</p>")
    assert article.published.day == date(2024, 2, 27)
    assert "27.02.2024" not in article.text


def test_a_label_in_the_line_before_says_what_a_day_is() -> None:
    article = read(above="<div>Last change:</div><div>29.02.2024 at 09:25</div>")
    assert article.published.value is None
    assert article.modified is not None
    assert article.modified.day == date(2024, 2, 29)


def test_days_in_a_list_of_other_articles_neither_date_the_page_nor_say_when_it_was_seen() -> None:
    others = "".join(f"<li><footer>{day:02} March 2024</footer></li>" for day in range(3, 12))
    article = read(below=f"<nav><ul>{others}</ul></nav>")
    assert article.published.value is None
    assert article.observed is None


def test_a_day_in_the_text_is_no_publication() -> None:
    article = read(
        below="<p>The contract of 12 May 2021 between the town and the company had been signed by both of them.</p>"
    )
    assert article.published.day is None


def test_todays_date_over_the_page_is_no_publication() -> None:
    page = f"<html><body><div class='header'><p>Friday, 1 March 2024</p></div><nav><a href='/'>Home</a></nav><h1>{HEADLINE}</h1>"
    page += "".join(f"<p>{p}</p>" for p in PARAGRAPHS) + "</body></html>"
    found = clean(capture(page, "html"), ALONE, CleaningOptions())
    assert isinstance(found, Article)
    assert found.published.day is None


@pytest.mark.parametrize(
    "text",
    ["27.02.2024", "Halden, 27 February 2024", "Posted by Greta Pell on 27 February 2024", "27.02.2024 | Harbour news"],
)
def test_a_line_that_is_a_stamp_is_told_from_a_sentence(text: str) -> None:
    assert is_stamp_line(text)
    assert not is_stamp_line("The council met on 27 February 2024 and voted.")


def test_a_clock_between_day_and_year_is_read() -> None:
    assert read_moment("Tue Feb 27 15:28:56 CET 2024") == (date(2024, 2, 27), "15:28")


def test_where_only_the_day_of_change_is_shown_it_and_the_stated_day_are_the_ends_of_an_interval() -> None:
    head = (
        PUBLISHED.format("2024-02-27T12:00:00Z")
        + '<meta property="article:modified_time" content="2024-04-19T08:00:00Z">'
    )
    published = read(head, "<p>19 April 2024</p>").published
    assert (published.day, published.value) == (None, "2024-02-27/2024-04-19")
    assert (published.earliest, published.latest) == (date(2024, 2, 27), date(2024, 4, 19))
    assert read(head, "<p>Updated: 19 April 2024</p>").published.day == date(2024, 2, 27)
    assert read(head, "<p>27 February 2024</p>").published.day == date(2024, 2, 27)


def test_two_statements_of_like_weight_that_name_different_days_leave_the_day_open() -> None:
    other = '<meta name="parsely-pub-date" content="{}">'
    head = PUBLISHED.format("2024-02-27T12:35:00") + other.format("2024-03-02T04:10:00")
    published = read(head).published
    assert (published.day, published.earliest, published.latest) == (None, date(2024, 2, 27), date(2024, 3, 2))
    assert read(head, "<p>2 March 2024</p>").published.day == date(2024, 3, 2)
    zones = PUBLISHED.format("2024-02-28T01:10:00Z") + other.format("2024-02-27T20:10:00")
    assert read(zones).published.day is not None


def test_the_only_moment_in_time_elements_dates_a_page_that_nothing_else_dates() -> None:
    ago = '<div class="info"><time datetime="2024-02-27T10:36:00.000Z">1 day ago</time></div>'
    assert read(above=ago).published.value == "2024-02-27T10:36"
    assert read(above=ago, url="https://lantern.example/2024/02/26/quay").published.day == date(2024, 2, 26)
    assert read(below=ago + ago.replace("02-27", "02-25")).published.day is None
    for frame in ("<nav>{}</nav>", '<div class="masthead">{}</div>', '<div class="comments">{}</div>'):
        assert read(below=frame.format(ago)).published.day is None
