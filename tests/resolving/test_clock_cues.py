"""What moves the day of an event: the hour of publication, the address, the small hours, quoted posts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from copydesk.model.times import When
from copydesk.resolving.clock import date_story, set_clock
from tests.resolving.clock_piles import article, known, pile, story


def at(day: str, clock: str) -> When:
    """A publication known to the minute."""
    return replace(known(day), value=f"{day}T{clock}", precision="time")


def event(text: str, published: When, url: str | None = None) -> When:
    p = pile(replace(article("a", f"Ferry aground\n\n{text}", published=published), url=url))
    return date_story(p, story(p), set_clock(p, story(p)))


@pytest.mark.parametrize(("clock", "day"), [("02:10", "2019-05-14"), ("17:30", "2019-05-15")])
def test_what_is_told_without_a_day_is_of_the_evening_before_when_it_is_out_at_night(clock: str, day: str) -> None:
    assert event("A ferry ran aground off Port Vessel.", at("2019-05-15", clock)).value == day


@pytest.mark.parametrize(
    ("clock", "day"),
    [
        ("03:40", "2019-05-14"),
        ("23:30", "2019-05-15"),
        ("12:00", "2019-05-15"),
    ],  # at noon its clock may be of another zone
)
def test_a_clock_time_that_is_still_to_come_is_of_the_day_before(clock: str, day: str) -> None:
    assert event("A ferry ran aground shortly before 9 pm off Port Vessel.", at("2019-05-15", clock)).value == day


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("in the early hours of Tuesday", (13, 14)), ("at 1.20 am on Tuesday", (13, 14)), ("at midnight on Tuesday", (14, 15)),
        ("at 9.20 am on Tuesday", (14, 14)),
    ],
)  # fmt: skip
def test_the_small_hours_are_the_night_of_two_days(words: str, days: tuple[int, int]) -> None:
    found = event(f"A ferry ran aground {words} off Port Vessel.", known("2019-05-17"))
    assert (found.earliest, found.latest) == (date(2019, 5, days[0]), date(2019, 5, days[1]))


TOLL = "The toll of the ferry rose on Friday. It ran aground late on Thursday."


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://vessel.example/news/2019/05/16/ferry-aground", "2019-05-16"),
        ("https://vessel.example/2019-5-16-ferry", "2019-05-16"),
        ("https://vessel.example/news/2016/05/16/ferry-aground", "2019-05-17"),
        ("https://vessel.example/news/2019/15/16/ferry-aground", "2019-05-17"),
        (None, "2019-05-17"),
    ],
)
def test_an_event_is_no_younger_than_the_day_in_the_address(url: str | None, day: str) -> None:
    assert event(TOLL, known("2019-05-17"), url).latest == date.fromisoformat(day)


def test_what_came_before_a_day_is_not_of_that_day() -> None:
    assert (
        event("A ferry ran aground on Tuesday, three nights after Saturday.", known("2019-05-15")).value == "2019-05-14"
    )
    assert (
        event("Since Monday crews feared it: a ferry ran aground on Tuesday.", known("2019-05-15")).value
        == "2019-05-14"
    )


POST = "A ferry ran aground off Port Vessel. What a noise. -- Ada Quill (@adaquill) May 14, 2019"


def test_a_post_is_an_answer_to_the_event_and_not_its_day() -> None:
    text = POST.replace("Vessel.", "Vessel on Monday.")
    assert event(text, known("2019-05-15")).value == "2019-05-13"


def test_a_stated_day_before_that_of_a_quoted_post_is_left_out_and_that_is_said() -> None:
    p = pile(article("a", f"Ferry aground\n\n{POST}", published=known("2019-02-08")))
    found = set_clock(p, story(p))["a"]
    assert found.earliest is not None and found.earliest >= date(2019, 5, 14)
    assert "meta day left out" in found.method
    assert any("May 14" in p.articles[0].text[s.start : s.end] for s in found.evidence)


@pytest.mark.parametrize(
    "published", [known("2019-05-15"), known("2019-05-14"), replace(known("2019-02-08"), method="user")]
)
def test_a_day_that_fits_its_posts_and_a_users_word_stand(published: When) -> None:
    p = pile(article("a", f"Ferry aground\n\n{POST}", published=published))
    assert set_clock(p, story(p))["a"] == published


@pytest.mark.parametrize(
    ("clock", "days"),
    [
        ("09:00", ("2019-05-14", "2019-05-14")),
        ("13:10", ("2019-05-14", "2019-05-15")),
        ("21:30", ("2019-05-15", "2019-05-15")),
    ],
)
def test_sport_that_names_no_day_is_of_the_evening_before_until_it_is_evening(
    clock: str, days: tuple[str, str]
) -> None:
    found = event(
        "Port Vessel won the regatta.", at("2019-05-15", clock), "https://gazette.example/sport/rowing/regatta-won"
    )
    assert (str(found.earliest), str(found.latest)) == days


def test_a_word_in_an_address_that_begins_as_sport_does_is_no_sport() -> None:
    found = event(
        "Port Vessel won the regatta.", at("2019-05-15", "13:10"), "https://gazette.example/sportive-cars/regatta-won"
    )
    assert found.value == "2019-05-15"
