"""What looks like a conflict and is not: values of two events, two series, two people or two spellings of one language.

Each case stands for one that was told of real stories as a conflict and was none.
"""

from __future__ import annotations

from datetime import date

import pytest

from copydesk.aligning.misspellings import differ_by_slip
from tests.aligning.stories import Told, tell

EARLY, LATE = date(2031, 5, 6), date(2031, 9, 9)


def test_figures_of_two_months_that_two_articles_tell_each_in_its_time_are_no_conflict() -> None:
    told = tell(
        {
            "a": Told(text="The port of Oderholm hired 400 dockers in April, the labour ministry said.", day=EARLY),
            "b": Told(text="The port of Oderholm hired 400 dockers in August, the labour ministry said.", day=LATE),
        }
    )
    assert told.values("date") == []


def test_the_year_that_sets_one_edition_apart_dates_nothing_else() -> None:
    told = tell(
        {
            "a": "Oderholm won the harbour regatta for the first time since 2019, its coach Ilka Toren said on Tuesday.",
            "b": "Coach Ilka Toren said Oderholm would send a crew to the 2028 harbour regatta in Zavelin.",
        }
    )
    assert told.values("date") == []


def test_a_list_of_years_is_no_conflict_with_another_list() -> None:
    told = tell(
        {
            "a": "Two mayors of Oderholm were removed before, Orvin Kash in 1998 and Ilka Toren in 1968.",
            "b": "Mayors of Oderholm were removed before, Bruno Lind in 1973 and Orvin Kash in 1998.",
        }
    )
    assert told.values("date") == []


def test_an_hour_that_is_planned_and_one_that_came_about_are_no_conflict() -> None:
    told = tell(
        {
            "a": "The ferry Solveig will land in Oderholm at 9:45 a.m. on Tuesday, its owner said.",
            "b": "The ferry Solveig landed in Oderholm at 10:15 a.m. on Tuesday, its owner said.",
        }
    )
    assert told.values("date") == []


def test_how_long_a_video_is_is_no_hour() -> None:
    told = tell(
        {
            "a": "The tram left the rails in Oderholm on Tuesday. MUST WATCH The tram that left the rails 01:12",
            "b": "The tram left the rails in Oderholm on Tuesday. MUST WATCH The tram that left the rails 02:35",
        }
    )
    assert told.values("date") == []


def test_scores_of_two_matches_are_no_count_that_was_replaced() -> None:
    told = tell(
        {
            "a": Told(text="The Oderholm crew clinched a first-round bye with a 34-6 win over Zavelin.", day=EARLY),
            "b": Told(text="The Oderholm crew are the champions of the harbour after the 19-10 win over Zavelin.", day=date(2031, 5, 7)),
        }
    )
    assert told.values("number", "update") == []


def test_a_toll_that_an_article_tells_of_another_place_is_no_side() -> None:
    crash = "people were killed when a tram left the rails in Oderholm on Tuesday, the tram company said."
    told = tell(
        {
            "a": f"At least nine {crash}",
            "b": f"At least 11 {crash} Sixteen people were killed when a tram left the rails in Zavelin.",
            "c": f"At least 11 {crash}",
        }
    )
    assert told.values("number", "update") == [["9", "11"]]
    assert told.values("number") == []


def test_ages_of_two_brothers_are_no_conflict() -> None:
    told = tell(
        {
            "a": "Police in Oderholm named the driver as Orvin Kash. Orvin Kash, 19, fled from the tram on Tuesday.",
            "b": "Police in Oderholm named the driver's brother as Bruno Kash. Bruno Kash, 26, died in the tram on Tuesday.",
        }
    )
    assert told.values("number") == []


def test_who_had_not_won_since_a_year_may_win_now() -> None:
    told = tell(
        {
            "a": "The Oderholm crew had not won the harbour regatta since 2008.",
            "b": "The Oderholm crew won the harbour regatta on Tuesday.",
        }
    )
    assert told.values("polarity") == []


def test_what_is_done_on_the_way_to_a_plan_is_nothing_carried_out() -> None:
    told = tell(
        {
            "a": Told(text="The ferry Solveig will carry a new engine to Oderholm.", day=EARLY),
            "b": Told(text="The ferry Solveig will leave Zavelin, carrying a new engine to Oderholm.", day=LATE),
        }
    )
    assert told.values("polarity", "update") == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Oderholm Space Centre", "Oderholm Space Center"), ("Kestrian Defence Board", "Kestrian Defense Board"),
        ("North Koreans", "North Koreas"), ("The Zavelin Road", "Zavelin Road"),
    ],
)  # fmt: skip
def test_spellings_of_two_regions_and_articles_are_no_slip(one: str, other: str) -> None:
    assert not differ_by_slip(one, other, True)
    assert not differ_by_slip(other, one, True)


def test_a_nationality_is_no_slip_of_its_country() -> None:
    told = tell(
        {
            "a": "A German engineer repaired the tram in Oderholm on Tuesday, the German embassy said.",
            "b": "An engineer from Germany repaired the tram in Oderholm on Tuesday, the tram company said.",
        }
    )
    assert told.values("name") == []


def test_two_people_whose_surnames_are_alike_are_no_slip() -> None:
    told = tell(
        {
            "a": "Senator Orvin McTorrell spoke of the tram crash in Oderholm. McTorrell blamed the tram company.",
            "b": "Governor Bruno McTonrell spoke of the tram crash in Oderholm. McTonrell blamed the tram company.",
        }
    )
    assert told.values("name") == []


def test_two_offices_of_one_body_are_a_conflict_and_a_former_one_is_none() -> None:
    told = tell(
        {
            "a": "The tram crash was dreadful, zoo director Ilka Toren said in Oderholm on Tuesday.",
            "b": "The tram crash was dreadful, zoo president Ilka Toren said in Oderholm on Tuesday.",
        }
    )
    assert told.values("name") == [["zoo director", "zoo president"]]
    assert "two offices of one body" in told.alignment.conflicts[0].reason
    told = tell(
        {
            "a": "The tram crash was dreadful, zoo director Ilka Toren said in Oderholm on Tuesday.",
            "b": "The tram crash was dreadful, former zoo president Ilka Toren said in Oderholm on Tuesday.",
        }
    )
    assert told.values("name") == []
