"""Conflicts: values of one thing that cannot all hold, and updates where a later one replaces an earlier."""

from __future__ import annotations

from datetime import date

from tests.aligning.stories import Told, tell

EARLY, LATE = date(2031, 5, 6), date(2031, 5, 9)


def test_two_tolls_of_one_day_are_a_conflict_of_numbers() -> None:
    told = tell({
        "a": Told(text="Nine people were injured when a tram left the rails in Oderholm on Tuesday, the tram company said.", day=EARLY),
        "b": Told(text="Twelve people were hurt when the tram left the rails in Oderholm on Tuesday, a doctor said.", day=EARLY),
    })
    assert told.values("number") == [["9", "12"]]
    assert told.alignment.conflicts[0].facts


def test_rounding_is_no_conflict() -> None:
    told = tell({
        "a": "About 100 people were injured when a tram left the rails in Oderholm on Tuesday, the tram company said.",
        "b": "A total of 98 people were hurt when the tram left the rails in Oderholm on Tuesday, a doctor said.",
        "c": "Dozens of people were hurt when the tram left the rails in Oderholm on Tuesday, a guard said.",
    })
    assert told.values("number") == []


def test_more_than_a_number_does_not_contradict_a_higher_one() -> None:
    told = tell({
        "a": Told(text="More than 50 people were injured when a tram left the rails in Oderholm on Tuesday.", day=EARLY),
        "b": Told(text="A total of 53 people were injured when a tram left the rails in Oderholm on Tuesday.", day=EARLY),
    })
    assert told.values("number") == []


def test_a_toll_that_a_later_day_raises_is_an_update_in_order_of_time() -> None:
    told = tell({
        "b": Told(text="Three miners were killed when the Sarn pit flooded on Tuesday, the rescue service said.", day=LATE),
        "a": Told(text="Two miners were killed when the Sarn pit flooded on Tuesday, the rescue service said.", day=EARLY),
    })
    assert told.values("number", "update") == [["2", "3"]]
    assert told.values("number") == []


def test_an_update_disputes_nothing() -> None:
    told = tell({
        "a": Told(text="Two miners were killed when the Sarn pit flooded on Tuesday, the rescue service said.", day=EARLY),
        "b": Told(text="Three miners were killed when the Sarn pit flooded on Tuesday, the rescue service said.", day=LATE),
    })
    assert {f.status for f in told.alignment.facts} <= {"corroborated", "single-voice"}


def test_a_two_day_visit_does_not_take_less_than_24_hours() -> None:
    told = tell({
        "a": "Foreign Minister Petra Halvorsen spoke as part of a two-day visit to Lundavia.",
        "b": "The visit of Foreign Minister Petra Halvorsen to Lundavia, which will take less than 24 hours, began at noon.",
    })
    assert [sorted(v) for v in told.values("duration")] == [["2 days", "24 hours"]]


def test_two_days_and_48_hours_agree() -> None:
    told = tell({
        "a": "Foreign Minister Petra Halvorsen spoke as part of a two-day visit to Lundavia.",
        "b": "Foreign Minister Petra Halvorsen began her 48-hour visit to Lundavia at noon.",
    })
    assert told.values("duration") == []


def test_two_years_of_one_event_are_a_conflict_of_dates_and_its_facts_are_disputed() -> None:
    told = tell({
        "a": "General Orvin Kash seized power in Lundavia in a military coup in 2018.",
        "b": "General Orvin Kash took power in Lundavia in a military coup in 2019.",
    })
    assert told.values("date") == [["2018", "2019"]]
    assert {f.status for f in told.alignment.facts} == {"disputed"}


def test_the_days_on_which_two_posts_were_written_are_no_conflict() -> None:
    told = tell({
        "a": "Details on the sad accident at Lundavia Zoo today — Lundavia Zoo (@lundaviazoo) May 28, 2018",
        "b": "Details on the sad keeper at Lundavia Zoo yesterday — Lundavia Zoo (@lundaviazoo) May 27, 2018",
    })
    assert told.values("date") == []


def test_a_year_and_a_month_in_it_agree() -> None:
    told = tell({
        "a": "General Orvin Kash seized power in Lundavia in a military coup in 2018.",
        "b": "General Orvin Kash seized power in Lundavia in a military coup in March 2018.",
    })
    assert told.values("date") == []


def test_a_first_visit_to_one_place_and_a_third_to_another_are_no_conflict() -> None:
    told = tell({
        "a": "It was the minister's first visit to Lundavia, a mountain republic.",
        "b": "It will be the minister's third visit to the continent since July.",
    })
    assert told.values("ordinal") == []


def test_two_spellings_of_one_company_are_a_conflict_of_names() -> None:
    told = tell({
        "a": "The power company Brantelec confirmed on Monday that the cable to Oderholm had failed.",
        "b": "The power company Brantelac confirmed on Monday that the cable to Oderholm had failed.",
    })
    for conflict in told.conflicts("name"):
        assert {s.value for s in conflict.sides} == {"Brantelec", "Brantelac"}


def test_every_side_has_words_and_a_voice() -> None:
    told = tell({
        "a": "General Orvin Kash seized power in Lundavia in a military coup in 2018.",
        "b": "General Orvin Kash took power in Lundavia in a military coup in 2019.",
    })
    for conflict in told.alignment.conflicts:
        assert len(conflict.sides) >= 2
        for side in conflict.sides:
            assert side.support and side.voices and side.text in told.words(side.support[0])
