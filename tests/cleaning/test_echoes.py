"""What a page says twice is kept once."""

from __future__ import annotations

from copydesk.cleaning import CleaningOptions, clean
from copydesk.cleaning.echoes import find_echoes
from copydesk.model.articles import Article, Repeats
from tests.cleaning.pages import HEADLINE, PARAGRAPHS, capture

LONG = [p for p in PARAGRAPHS if len(p.split()) > 12]


def test_a_line_that_holds_the_whole_article_again_is_an_echo_however_often() -> None:
    whole = " ".join(LONG)
    assert find_echoes([*LONG, whole, whole], "") == {len(LONG), len(LONG) + 1}


def test_of_two_lines_alike_the_first_stays() -> None:
    assert find_echoes([LONG[0], LONG[1], LONG[0]], "") == {2}


def test_a_teaser_of_headline_and_lead_is_an_echo() -> None:
    teaser = f"{HEADLINE} {' '.join(LONG[0].split()[:20])}"
    assert find_echoes([*LONG, teaser], HEADLINE) == {len(LONG)}


def test_what_a_page_says_over_and_over_is_meant_so() -> None:
    meal = "In the morning there is porridge with plums, a boiled egg and tea without sugar for everyone at the table"
    days = [
        f"On day {n} of the plan the guests walk along the northern shore for about {n + 2} hours before they rest"
        for n in range(5)
    ]
    plan = [line for day in days for line in (day, meal)]
    assert find_echoes(plan, "") == set()
    assert find_echoes(plan[:4], "") == {3}


def test_lines_of_one_template_and_short_lines_are_no_echoes() -> None:
    results = [
        f"In the {n} district the harbour party won {n + 30} of the seats and the union list {n + 11} of them on Sunday"
        for n in range(40)
    ]
    assert find_echoes(results, "") == set()
    assert find_echoes(["Nobody knows why."] * 3, "") == set()


def test_the_only_text_is_never_dropped() -> None:
    assert find_echoes([LONG[0]], "") == set()
    assert find_echoes([], HEADLINE) == set()
    assert find_echoes(LONG, LONG[0]) == set()


def test_an_article_that_a_page_holds_twice_is_kept_once() -> None:
    hidden = f"<div itemprop='articleBody'>{' '.join(PARAGRAPHS)}</div>"
    page = f"<html><body><h1>{HEADLINE}</h1>{''.join(f'<p>{p}</p>' for p in PARAGRAPHS)}{hidden}</body></html>"
    article = clean(capture(page, "html"), Repeats(pages=1, by_pile={}, by_outlet={}), CleaningOptions())
    assert isinstance(article, Article)
    assert all(article.text.count(p) == 1 for p in LONG)
    assert any(b.reason == "says again what the article says" for b in article.blocks)
