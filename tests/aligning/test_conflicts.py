"""Conflicts: values of one thing that cannot all hold, and updates where a later one replaces an earlier."""

from __future__ import annotations

from datetime import date

from tests.aligning.stories import Told, tell

EARLY, LATE = date(2031, 5, 6), date(2031, 5, 9)


def test_two_tolls_of_one_day_are_a_conflict_of_numbers() -> None:
    told = tell(
        {
            "a": Told(
                text="Nine people were injured when a tram left the rails in Oderholm on Tuesday, the tram company said.",
                day=EARLY,
            ),
            "b": Told(
                text="Twelve people were hurt when the tram left the rails in Oderholm on Tuesday, a doctor said.",
                day=EARLY,
            ),
        }
    )
    assert told.values("number") == [["9", "12"]]
    assert told.alignment.conflicts[0].facts


def test_rounding_is_no_conflict() -> None:
    told = tell(
        {
            "a": "About 100 people were injured when a tram left the rails in Oderholm on Tuesday, the tram company said.",
            "b": "A total of 98 people were hurt when the tram left the rails in Oderholm on Tuesday, a doctor said.",
            "c": "Dozens of people were hurt when the tram left the rails in Oderholm on Tuesday, a guard said.",
        }
    )
    assert told.values("number") == []


def test_more_than_a_number_does_not_contradict_a_higher_one() -> None:
    told = tell(
        {
            "a": Told(
                text="More than 50 people were injured when a tram left the rails in Oderholm on Tuesday.", day=EARLY
            ),
            "b": Told(
                text="A total of 53 people were injured when a tram left the rails in Oderholm on Tuesday.", day=EARLY
            ),
        }
    )
    assert told.values("number") == []


def test_a_toll_that_a_later_day_raises_is_an_update_in_order_of_time() -> None:
    told = tell(
        {
            "b": Told(
                text="Three miners were killed when the Sarn pit flooded on Tuesday, the rescue service said.", day=LATE
            ),
            "a": Told(
                text="Two miners were killed when the Sarn pit flooded on Tuesday, the rescue service said.", day=EARLY
            ),
        }
    )
    assert told.values("number", "update") == [["2", "3"]]
    assert told.values("number") == []


def test_an_update_disputes_nothing() -> None:
    told = tell(
        {
            "a": Told(
                text="Two miners were killed when the Sarn pit flooded on Tuesday, the rescue service said.", day=EARLY
            ),
            "b": Told(
                text="Three miners were killed when the Sarn pit flooded on Tuesday, the rescue service said.", day=LATE
            ),
        }
    )
    assert {f.status for f in told.alignment.facts} <= {"corroborated", "single-voice"}


def test_a_two_day_visit_does_not_take_less_than_24_hours() -> None:
    told = tell(
        {
            "a": "Foreign Minister Petra Halvorsen spoke as part of a two-day visit to Lundavia.",
            "b": "The visit of Foreign Minister Petra Halvorsen to Lundavia, which will take less than 24 hours, began at noon.",
        }
    )
    assert [sorted(v) for v in told.values("duration")] == [["2 days", "24 hours"]]


def test_two_days_and_48_hours_agree() -> None:
    told = tell(
        {
            "a": "Foreign Minister Petra Halvorsen spoke as part of a two-day visit to Lundavia.",
            "b": "Foreign Minister Petra Halvorsen began her 48-hour visit to Lundavia at noon.",
        }
    )
    assert told.values("duration") == []


def test_two_years_of_one_event_are_a_conflict_of_dates_and_its_facts_are_disputed() -> None:
    told = tell(
        {
            "a": "General Orvin Kash seized power in Lundavia in a military coup in 2018.",
            "b": "General Orvin Kash took power in Lundavia in a military coup in 2019.",
        }
    )
    assert told.values("date") == [["2018", "2019"]]
    assert {f.status for f in told.alignment.facts} == {"disputed"}


def test_the_days_on_which_two_posts_were_written_are_no_conflict() -> None:
    told = tell(
        {
            "a": "Details on the sad accident at Lundavia Zoo today — Lundavia Zoo (@lundaviazoo) May 28, 2018",
            "b": "Details on the sad keeper at Lundavia Zoo yesterday — Lundavia Zoo (@lundaviazoo) May 27, 2018",
        }
    )
    assert told.values("date") == []


def test_a_year_and_a_month_in_it_agree() -> None:
    told = tell(
        {
            "a": "General Orvin Kash seized power in Lundavia in a military coup in 2018.",
            "b": "General Orvin Kash seized power in Lundavia in a military coup in March 2018.",
        }
    )
    assert told.values("date") == []


def test_a_first_visit_to_one_place_and_a_third_to_another_are_no_conflict() -> None:
    told = tell(
        {
            "a": "It was the minister's first visit to Lundavia, a mountain republic.",
            "b": "It will be the minister's third visit to the continent since July.",
        }
    )
    assert told.values("ordinal") == []


def test_two_spellings_of_one_company_are_a_conflict_of_names() -> None:
    told = tell(
        {
            "a": "The power company Brantelec confirmed on Monday that the cable to Oderholm had failed.",
            "b": "The power company Brantelac confirmed on Monday that the cable to Oderholm had failed.",
        }
    )
    for conflict in told.conflicts("name"):
        assert {s.value for s in conflict.sides} == {"Brantelec", "Brantelac"}


def test_every_side_has_words_and_a_voice() -> None:
    told = tell(
        {
            "a": "General Orvin Kash seized power in Lundavia in a military coup in 2018.",
            "b": "General Orvin Kash took power in Lundavia in a military coup in 2019.",
        }
    )
    for conflict in told.alignment.conflicts:
        assert len(conflict.sides) >= 2
        for side in conflict.sides:
            assert side.support and side.voices and side.text in told.words(side.support[0])


def test_what_was_said_at_first_is_an_update_even_where_one_article_gives_both() -> None:
    told = tell(
        {
            "a": "A 4-year-old boy fell into the lion ditch of the Oderholm zoo on Saturday.",
            "b": "The zoo initially said that the boy was 4 years old. A 3-year-old boy fell into the lion ditch of the Oderholm zoo.",
        }
    )
    assert told.values("number", "update") == [["4", "3"]]


def test_an_article_that_gives_both_ages_without_a_word_on_it_speaks_of_two_children() -> None:
    told = tell(
        {
            "a": "A 4-year-old boy fell into the lion ditch of the Oderholm zoo on Saturday.",
            "b": "A 3-year-old boy fell into the lion ditch. Ten years ago a 4-year-old boy fell into the lion ditch of the Oderholm zoo.",
        }
    )
    assert told.values("number") == [] and told.values("number", "update") == []


def test_ages_in_months_and_in_years_are_weighed_in_one_unit() -> None:
    told = tell(
        {
            "a": "Rescuers in Oderholm freed a 24-month-old toddler from the flooded house on Sunday.",
            "b": "Rescuers in Oderholm freed a two-year-old toddler from the flooded house on Sunday.",
        }
    )
    assert told.values("number") == []


def test_one_day_in_two_years_is_a_conflict_of_dates() -> None:
    told = tell(
        {
            "a": "The bishop was abducted by gunmen in Oderholm in April 2014, his family said.",
            "b": "The bishop was abducted by gunmen in Oderholm on April 14, 2016, his family said.",
        }
    )
    assert [sorted(v) for v in told.values("date")] == [["2014-04", "2016-04-14"]]


def test_two_longest_terms_in_prison_are_a_conflict_however_they_are_put() -> None:
    told = tell(
        {
            "a": "The sailor could be jailed for up to 10 years for striking the harbour master, a court in Oderholm said.",
            "b": "The sailor who struck the harbour master could face up to 14 years in prison, the court in Oderholm said.",
        }
    )
    assert [sorted(v) for v in told.values("duration")] == [["10 years", "14 years"]]


def test_two_minutes_at_which_one_thing_happened_are_a_conflict_and_rounded_hours_are_not() -> None:
    told = tell(
        {
            "a": "The coast guard received the alarm from the ferry at 12:20 p.m. on Sunday, it said.",
            "b": "The coast guard received the alarm from the ferry at 12:43 p.m. on Sunday, its chief said.",
        }
    )
    assert [sorted(v) for v in told.values("date")] == [["12:20", "12:43"]]
    rounded = tell(
        {
            "a": "The coast guard received the alarm from the ferry at noon on Sunday, it said.",
            "b": "The coast guard received the alarm from the ferry at 12:20 p.m. on Sunday, its chief said.",
        }
    )
    assert rounded.values("date") == []


def test_the_depth_of_one_shaft_in_two_figures_is_told() -> None:
    told = tell(
        {
            "a": "The dog fell into a 40-metre-deep shaft in Oderholm on Sunday.",
            "b": "The dog fell into the 80m-deep shaft in Oderholm on Sunday.",
        }
    )
    values = [*told.values("number"), *told.values("number", "update")]
    assert [sorted(v) for v in values] == [["40 metre", "80 metre"]]


def test_one_figure_in_two_units_is_one_side_of_an_update() -> None:
    told = tell(
        {
            "a": Told(text="The dog fell into a 40-metre-deep shaft (131 feet) in Oderholm on Sunday.", day=EARLY),
            "b": Told(text="The dog fell into the 131-foot-deep shaft in Oderholm on Sunday.", day=EARLY),
            "c": Told(text="The dog fell into the 80m-deep shaft in Oderholm on Sunday.", day=LATE),
        }
    )
    ((first, second),) = told.values("number", "update")
    assert first in ("40 metre", "131 foot") and second == "80 metre"


def test_a_plan_that_another_article_tells_as_done_is_an_update() -> None:
    told = tell(
        {
            "a": Told(text="The names of the miners will be released by the ministry in Oderholm.", day=EARLY),
            "b": Told(text="The ministry in Oderholm released the names of the miners.", day=LATE),
        }
    )
    assert told.values("polarity", "update") == [["ahead", "done"]]
    assert told.values("polarity") == []


def test_a_plan_told_after_it_was_carried_out_is_no_update() -> None:
    told = tell(
        {
            "a": Told(text="The names of the miners will be released by the ministry in Oderholm.", day=LATE),
            "b": Told(text="The ministry in Oderholm released the names of the miners.", day=EARLY),
        }
    )
    assert told.values("polarity", "update") == []


def test_a_side_of_a_spelling_lists_every_article_before_it_lists_one_twice() -> None:
    often = " ".join(
        f"The gorilla Harambo ate {n} pears in the Oderholm zoo."
        for n in ("two", "three", "four", "five", "six", "seven", "eight")
    )
    told = tell(
        {
            "a": often,
            "b": often.replace("pears", "plums"),
            "c": "The gorilla Harambo ate a melon in the Oderholm zoo.",
            "d": "The gorilla Harambok ate a melon in the Oderholm zoo.",
        }
    )
    (conflict,) = told.conflicts("name")
    support = next(side.support for side in conflict.sides if side.value == "Harambo")
    assert len({span.article for span in support}) == 3
