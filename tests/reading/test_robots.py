from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from copydesk.reading.addresses import Refusal
from copydesk.reading.asking import Answer, Question
from copydesk.reading.robots import Rules, fetch_rules, ours, token
from tests.reading.clocks import NOON

ME = "copydesk/0.1 (desk@post.vessel.example)"
PAGE = "https://port.example/news/1"


def said(text: str, status: int = 200, **more: object) -> Callable[[Question], Answer]:
    return lambda question: Answer(url=question.url, status=status, content=text.encode(), **more)  # type: ignore[arg-type]


def rules(text: str, status: int = 200, **more: object) -> Rules:
    return fetch_rules("https://port.example", ME, said(text, status, **more), NOON)


def test_our_own_group_outranks_that_of_all_robots() -> None:
    both = "User-agent: *\nDisallow: /\n\nUser-agent: CopyDesk\nDisallow: /private\nAllow: /private/open\n"
    assert rules(both).refusal(PAGE, ME) is None
    assert "copydesk" in (rules(both).refusal("https://port.example/private/x", ME) or "")
    assert rules(both).refusal("https://port.example/private/open/1", ME) is None


def test_a_group_for_another_robot_is_not_ours_however_its_name_begins() -> None:
    assert rules("User-agent: copy\nUser-agent: copydeskbot\nDisallow: /\n").refusal(PAGE, ME) is None


def test_a_group_that_names_us_among_others_is_ours() -> None:
    assert rules("User-agent: abot\nUser-agent: copydesk/2\nUser-agent: zbot\nDisallow: /news\n").refusal(PAGE, ME)


def test_wildcards_and_ends_are_understood() -> None:
    assert rules("User-agent: *\nDisallow: /*/1$\n").refusal(PAGE, ME)
    assert rules("User-agent: *\nDisallow: /*/1$\n").refusal(PAGE + "2", ME) is None


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_an_absent_file_lets_everything_be_asked(status: int) -> None:
    assert rules("", status).refusal(PAGE, ME) is None


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_file_out_of_reach_lets_nothing_be_asked(status: int) -> None:
    assert "out of reach" in (rules("", status).refusal(PAGE, ME) or "")


def test_a_host_out_of_reach_lets_nothing_be_asked_for_an_hour() -> None:
    def silent(question: Question) -> Answer:
        raise Refusal("no connection in time")

    found = fetch_rules("https://port.example", ME, silent, NOON)
    assert "no connection in time" in (found.refusal(PAGE, ME) or "")
    assert found.until == NOON + timedelta(hours=1)


def test_five_redirects_of_the_file_are_followed_and_more_count_as_absent() -> None:
    asked: list[str] = []

    def moving(question: Question, last: int) -> Answer:
        asked.append(question.url)
        if len(asked) > last:
            return Answer(url=question.url, status=200, content=b"User-agent: *\nDisallow: /\n")
        return Answer(url=question.url, status=301, location=f"https://elsewhere.example/r{len(asked)}")

    assert fetch_rules("https://port.example", ME, lambda q: moving(q, 5), NOON).refusal(PAGE, ME)
    assert asked[:2] == ["https://port.example/robots.txt", "https://elsewhere.example/r1"]
    asked.clear()
    assert fetch_rules("https://port.example", ME, lambda q: moving(q, 6), NOON).refusal(PAGE, ME) is None


def test_the_rules_hold_as_long_as_the_server_says_but_no_longer_than_a_day() -> None:
    assert rules("").until == NOON + timedelta(days=1)
    assert rules("", max_age=7200).until == NOON + timedelta(hours=2)
    assert rules("", max_age=9_999_999).until == NOON + timedelta(days=1)
    assert rules("", max_age=0).until == NOON + timedelta(hours=1)


def test_the_slower_of_delay_and_rate_is_kept() -> None:
    assert rules("User-agent: *\nCrawl-delay: 7\nRequest-rate: 1/10s\n").delay(ME) == 10.0
    assert rules("User-agent: *\nCrawl-delay: 2.5\n").delay(ME) == 2.5
    assert rules("User-agent: other\nCrawl-delay: 2.5\n").delay(ME) == 0.0
    assert rules("User-agent: *\nCrawl-delay: nan\n").delay(ME) == 0.0


def test_other_robots_are_folded_into_one_without_changing_what_holds_for_us() -> None:
    text = "User-agent: a\nUser-agent: b\nDisallow: /x\n\nUser-agent: c # Sea\nUser-Agent : *\nDisallow: /y\n"
    folded = ours(text, "copydesk")
    assert folded.count("User-agent: -") == 2
    assert rules(text).refusal("https://port.example/x", ME) is None
    assert rules(text).refusal("https://port.example/y", ME)


def test_a_robot_is_known_by_what_stands_before_its_version() -> None:
    assert (token(ME), token("News-Desk/2"), token("9!")) == ("copydesk", "news-desk", "copydesk")
