"""When an article was published, modified and seen: evidence, never the day on which the page was looked at."""

from __future__ import annotations

from datetime import date

import pytest

from copydesk.cleaning import CleaningOptions, clean
from copydesk.cleaning.stamps import day_in_address, find_stamps, read_moment, split_archived
from copydesk.model.articles import Article, Repeats
from copydesk.model.captures import Stated
from copydesk.model.times import UNKNOWN_WHEN
from tests.cleaning.pages import HEADLINE, PARAGRAPHS, article_text, capture, furnished_page, furnished_text

ALONE = Repeats(pages=1, by_pile={}, by_outlet={})


def read(text: str, stated: tuple[Stated, ...] = (), medium: str = "text") -> Article:
    found = clean(capture(text, "html" if medium == "html" else "text", stated), ALONE, CleaningOptions())
    assert isinstance(found, Article)
    return found


def with_lines(above: list[str], below: list[str] | None = None) -> str:
    return "\n\n".join([*above, HEADLINE, *(below or []), *PARAGRAPHS])


def test_a_time_stamp_under_the_headline_is_publication_with_its_words_as_evidence() -> None:
    article = read(with_lines([], ["By Tamsin Orrel", "27 February 2024 | 23:58"]))
    assert article.published.value == "2024-02-27T23:58"
    assert article.published.day == date(2024, 2, 27)
    (span,) = article.published.evidence
    assert span.in_source
    assert article.source_text[span.start : span.end] == "27 February 2024"


def test_the_date_in_a_masthead_is_when_the_page_was_seen_and_only_bounds() -> None:
    article = read(with_lines(["11.2 C", "Monday, March 4, 2024", "Home News Sport Weather"]))
    assert article.observed == date(2024, 3, 4)
    assert article.published.value is None
    assert article.published.earliest is None
    assert article.published.latest == date(2024, 3, 4)
    assert article.source_text[article.published.evidence[0].start :].startswith("March 4, 2024")


def test_masthead_and_time_stamp_are_kept_apart() -> None:
    article = read(furnished_text())
    assert article.published.day == date(2024, 2, 27)
    assert article.observed == date(2024, 3, 4)


def test_a_weekday_that_is_not_that_days_is_not_believed_and_says_so() -> None:
    article = read(with_lines([], ["Published Friday, 27 February 2024"]))  # it was a Tuesday
    assert article.published == UNKNOWN_WHEN
    assert any("weekday" in b.reason for b in article.blocks)


def test_a_stamp_later_than_the_page_was_seen_is_not_believed() -> None:
    seen = Stated(by="container", observed=date(2024, 1, 5))
    article = read(with_lines([], ["Published 27 February 2024"]), (seen,))
    assert article.published.value is None
    assert article.published.latest == date(2024, 1, 5)
    assert any("later than" in b.reason for b in article.blocks)


def test_updated_is_modified_not_published() -> None:
    article = read(with_lines([], ["Published 27 February 2024", "Updated: 09:15, 29 February 2024"]))
    assert article.published.day == date(2024, 2, 27)
    assert article.modified is not None
    assert article.modified.value == "2024-02-29T09:15"


def test_the_users_word_outranks_the_containers_and_the_page() -> None:
    stated = (Stated(by="container", published="2024-02-20"), Stated(by="user", published="2024-02-21"))
    article = read(with_lines([], ["Published 27 February 2024"]), stated)
    assert (article.published.value, article.published.method) == ("2024-02-21", "user")


def test_an_agencys_copyright_year_is_an_interval_and_a_sites_only_a_bound() -> None:
    agency = read(
        article_text() + "\n\n©2023 Thomson Reuters, all rights reserved. No copying without prior written consent."
    )
    assert (agency.published.value, agency.published.precision, agency.published.method) == (
        "2023",
        "year",
        "copyright",
    )
    assert (agency.published.earliest, agency.published.latest) == (date(2023, 1, 1), date(2023, 12, 31))
    site = read(article_text() + "\n\n© 2023 The Vessel Lantern. All rights reserved.")
    assert site.published.value is None
    assert (site.published.earliest, site.published.latest) == (None, date(2023, 12, 31))


def test_nothing_said_is_unknown() -> None:
    assert read(article_text()).published == UNKNOWN_WHEN


def test_a_page_is_dated_by_what_it_states_of_itself() -> None:
    article = read(furnished_page(), medium="html")
    assert (article.published.value, article.published.method) == ("2024-02-27T23:58", "meta")


def test_the_day_an_archive_took_a_page_is_not_its_publication() -> None:
    url = "https://web.archive.org/web/20190717120000/http://lantern.example/news/quay"
    article = read(article_text(), (Stated(by="container", url=url),))
    assert article.observed == date(2019, 7, 17)
    assert article.published.day is None
    assert article.published.latest == date(2019, 7, 17)
    assert article.outlet == "lantern.example"


@pytest.mark.parametrize(
    ("text", "day", "clock"),
    [
        ("12 November 2016 | 04:43", "2016-11-12", "04:43"),
        ("Published: December 3rd, 2017 at 7:05 pm", "2017-12-03", "19:05"),
        ("2017-09-15 17:52", "2017-09-15", "17:52"),
        ("13. März 2020, 12:30 Uhr", "2020-03-13", "12:30"),
        ("03.04.2019", "2019-04-03", ""),
        ("3/4/2019 10:00 pm", "2019-03-04", "22:00"),
        ("2 de febrero de 2021", "2021-02-02", ""),
        ("vendredi 3 août 2018 à 12h30", "2018-08-03", "12:30"),
    ],
)
def test_stamps_are_read_in_many_spellings(text: str, day: str, clock: str) -> None:
    (stamp,) = find_stamps(text)
    assert (stamp.day.isoformat(), stamp.clock) == (day, clock)
    assert stamp.fits


@pytest.mark.parametrize("text", ["31 February 2020", "Room 12, floor 3", "call 2016-4512", "99/99/2020", "the 1990s"])
def test_what_is_no_day_is_no_stamp(text: str) -> None:
    assert find_stamps(text) == []


@pytest.mark.parametrize(
    ("url", "first", "last"),
    [
        ("https://a.example/2016/11/12/quay", "2016-11-12", "2016-11-12"),
        ("https://a.example/news/2016/nov/12/quay", "2016-11-12", "2016-11-12"),
        ("https://a.example/quay-20161112.html", "2016-11-12", "2016-11-12"),
        ("https://a.example/2016/11/quay", "2016-11-01", "2016-11-30"),
    ],
)
def test_an_address_gives_a_day_or_a_month(url: str, first: str, last: str) -> None:
    found = day_in_address(url)
    assert found is not None
    assert (found[0].isoformat(), found[1].isoformat()) == (first, last)


def test_an_address_without_a_day_gives_none() -> None:
    assert day_in_address("https://a.example/article/1234567/quay") is None
    assert split_archived("https://a.example/x") == ("https://a.example/x", None)
    assert read_moment("soon") is None


def test_an_update_alone_bounds_the_publication() -> None:
    article = read(with_lines([], ["Updated: 09:15, 29 February 2024"]))
    assert article.published.value is None
    assert (article.published.earliest, article.published.latest) == (None, date(2024, 2, 29))
    assert article.modified is not None


def test_the_day_under_a_quoted_post_is_not_the_articles() -> None:
    article = read("\n\n".join([HEADLINE, "— Odile Brandt (@brandt) February 3, 2024", *PARAGRAPHS]))
    assert article.published == UNKNOWN_WHEN


def test_a_month_in_the_address_is_cut_to_when_the_page_was_seen() -> None:
    stated = (Stated(by="container", url="https://a.example/2024/02/quay", observed=date(2024, 2, 11)),)
    published = read(article_text(), stated).published
    assert (published.value, published.precision) == ("2024-02", "month")
    assert (published.earliest, published.latest) == (date(2024, 2, 1), date(2024, 2, 11))
