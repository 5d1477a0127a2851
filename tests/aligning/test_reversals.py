"""What a later report has turned round is told as an update, what one report tells as a course is not."""

from __future__ import annotations

from datetime import date

from tests.aligning.stories import Aligned, Told, tell

EARLY, LATE = date(2031, 5, 6), date(2031, 5, 9)


def updates(told: Aligned) -> list[list[str]]:
    return told.values("polarity", "update")


def test_a_suspect_at_large_who_is_arrested_later_is_an_update() -> None:
    told = tell(
        {
            "a": Told(
                text="The robber of the Oderholm bank fled on a motorbike on Tuesday, the police of Oderholm said.",
                day=EARLY,
            ),
            "b": Told(text="The police of Oderholm arrested the robber of the bank in a barn.", day=LATE),
        }
    )
    assert updates(told) == [["at large", "caught"]]
    assert told.values("polarity") == []


def test_missing_children_who_are_found_later_are_an_update() -> None:
    told = tell(
        {
            "a": Told(text="Two girls vanished in the woods of Oderholm on Tuesday, the police said.", day=EARLY),
            "b": Told(text="The police found the two girls in the woods of Oderholm.", day=LATE),
        }
    )
    assert updates(told) == [["missing", "found"]]


def test_the_later_state_told_before_the_earlier_one_is_no_update() -> None:
    told = tell(
        {
            "a": Told(text="Two girls vanished in the woods of Oderholm on Tuesday, the police said.", day=LATE),
            "b": Told(text="The police found the two girls in the woods of Oderholm.", day=EARLY),
        }
    )
    assert updates(told) == []


def test_an_article_that_tells_both_states_tells_a_course() -> None:
    told = tell(
        {
            "a": Told(
                text="Two girls vanished in the woods of Oderholm on Tuesday. The police found the girls in the woods at dawn.",
                day=EARLY,
            ),
            "b": Told(text="The police found the two girls in the woods of Oderholm.", day=LATE),
        }
    )
    assert updates(told) == []


def test_an_aim_is_no_state() -> None:
    told = tell(
        {
            "a": Told(text="The landslide trapped five miners in the Oderholm mine.", day=EARLY),
            "b": Told(text="Firefighters worked all night to free five miners trapped in the Oderholm mine.", day=LATE),
        }
    )
    assert updates(told) == []


def test_what_is_expected_back_and_is_restored_later_is_an_update() -> None:
    told = tell(
        {
            "a": Told(text="The railway expects the trains to be back on the coast line in Oderholm.", day=EARLY),
            "b": Told(text="The night trains were reinstated on the coast line in Oderholm.", day=LATE),
        }
    )
    assert updates(told) == [["ahead", "back"]]


def test_shares_that_fell_and_rose_are_an_update_in_the_order_of_the_trading_day() -> None:
    told = tell(
        {
            "a": Told(
                text="Shares of the Oderholm shipyard fell in early trading after the shipyard had warned of a loss.",
                day=EARLY,
            ),
            "b": Told(
                text="Shares of the Oderholm shipyard rose before the opening bell although the shipyard had warned of a loss.",
                day=EARLY,
            ),
        }
    )
    assert updates(told) == [["rising", "falling"]]


def test_a_climber_and_a_man_who_fell_are_no_update() -> None:
    told = tell(
        {
            "a": Told(text="The keeper climbed over the fence of the lion ditch of the Oderholm zoo.", day=EARLY),
            "b": Told(text="The keeper fell over the fence of the lion ditch of the Oderholm zoo.", day=LATE),
        }
    )
    assert updates(told) == []


def test_a_toll_of_more_than_so_many_replaces_an_exact_lower_one() -> None:
    told = tell(
        {
            "a": Told(
                text="A tram overturned in Oderholm on Tuesday, killing one man and injuring another 40.", day=EARLY
            ),
            "b": Told(
                text="More than 70 people were injured when a tram overturned in Oderholm on Tuesday.", day=EARLY
            ),
        }
    )
    assert told.values("number", "update") == [["40", "70"]]
    assert told.values("number") == []
