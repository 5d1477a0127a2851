from __future__ import annotations

from datetime import date

import pytest

from copydesk.annotating.columns import grid_of, join_grids
from copydesk.annotating.times import find_times
from copydesk.annotating.times_events import kind_of
from copydesk.language.tagger import Tagger
from copydesk.model.markup import TimeMention
from copydesk.model.times import When

DAY = date(2019, 5, 15)
PUBLISHED = When(value=DAY.isoformat(), earliest=DAY, latest=DAY, precision="day", method="user")


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    return Tagger()


def last_time(tagger: Tagger, text: str) -> TimeMention:
    (doc,) = tagger.tag([text])
    sentences, tokens = join_grids([(0, grid_of(doc, text))], 0)
    return find_times(text, sentences, tokens, PUBLISHED)[-1]


SHOT = "The harbour master was shot on the night of Feb. 20. "
OTHER = "The rifle was found on April 8. "


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("A jogger saw the van ten days before the shooting.", "ten days", "2019-02-10"),
        ("A jogger saw the van two weeks after the murder.", "two weeks", "2019-03-06"),
        ("A jogger saw the van at 6 a.m. ten days before the shooting.", "6 a.m. ten days", "2019-02-10T06:00"),
        ("The van was seen in the weeks before the slaying.", "the weeks", "2019-02"),
        ("The van was burnt the day after his death.", "the day", "2019-02-21"),
        ("He was shot at 10 p.m. as he sat at home.", "10 p.m.", "2019-02-20T22:00"),
        ("The van was sold a month before the strike.", "a month", "P1M"),
        ("The van was sold one year after he was shot.", "one year", "P1Y"),
    ],
)
def test_a_length_beside_an_event_that_the_text_has_dated_is_a_day(
    tagger: Tagger, text: str, words: str, value: str
) -> None:
    found = last_time(tagger, SHOT + OTHER + text)
    assert (found.text, found.value) == (words, value)


def test_of_two_days_of_one_kind_of_event_none_is_counted_from(tagger: Tagger) -> None:
    found = last_time(tagger, SHOT + "A pilot was shot on March 2. A jogger saw the van ten days before the shooting.")
    assert (found.value, found.anchor) == ("P10D", "none")


def test_the_weeks_before_an_event_end_the_day_before_it(tagger: Tagger) -> None:
    found = last_time(tagger, SHOT + "The van was seen in the weeks before the shooting.")
    assert (found.earliest, found.latest, found.anchor) == (date(2019, 1, 9), date(2019, 2, 19), "text")


@pytest.mark.parametrize(
    ("first", "second"),
    [("shoot", "murder"), ("bombing", "blast"), ("sinking", "sink"), ("stab", "stabbing"), ("meeting", "meet")],
)
def test_words_for_one_kind_of_event_are_one(first: str, second: str) -> None:
    assert kind_of(first) == kind_of(second)


@pytest.mark.parametrize(("first", "second"), [("attack", "raid"), ("election", "arrest"), ("killing", "calling")])
def test_words_for_other_kinds_of_events_are_not(first: str, second: str) -> None:
    assert kind_of(first) != kind_of(second)
