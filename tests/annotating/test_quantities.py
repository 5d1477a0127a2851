from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.annotating.columns import join_grids, plain_grid
from copydesk.annotating.quantities import find_quantities
from copydesk.model.markup import QuantityMention
from copydesk.text.numbers import find_numbers
from copydesk.text.sentences import find_paragraphs


def read(text: str) -> tuple[QuantityMention, ...]:
    sentences, tokens = join_grids([(a, plain_grid(text[a:b])) for a, b in find_paragraphs(text)], 0)
    return find_quantities(text, sentences, tokens)


@pytest.mark.parametrize(
    ("text", "value", "low", "high", "unit"),
    [
        ("At least 12 sailors drowned.", 12, 12, None, ""),
        ("More than two dozen sailors drowned.", 24, 24, None, ""),
        ("Up to 40 homes burned.", 40, None, 40, ""),
        ("Between 10 and 15 homes burned.", 12.5, 10, 15, ""),
        ("Some 10-15 homes burned.", 12.5, 10, 15, ""),
        ("The dam cost $5 billion.", 5e9, 5e9, 5e9, "USD"),
        ("It cost 2 to 3 million euros.", 2.5e6, 2e6, 3e6, "EUR"),
        ("Turnout was 30 percent.", 30, 30, 30, "percent"),
        ("Turnout was 30%.", 30, 30, 30, "percent"),
        ("The pier is 15 kilometers away.", 15, 15, 15, "kilometre"),
        ("A two-day strike began.", 2, 2, 2, "day"),
        ("It took less than 24 hours.", 24, None, 24, "hour"),
        ("About a hundred cows escaped.", 100, 90, 110, ""),
        ("Tens of thousands marched.", 20_000, 20_000, None, ""),
        ("Several hundred cows escaped.", 300, 200, 900, ""),
        ("Between 8% and 15% voted.", 11.5, 8, 15, "percent"),
        ("Two-thirds of the pier burned.", 2 / 3, 2 / 3, 2 / 3, ""),
        ("Losses ran to billions of dollars.", 2e9, 2e9, None, "USD"),
    ],
)
def test_a_quantity_has_this_value_range_and_unit(
    text: str, value: float, low: float | None, high: float | None, unit: str
) -> None:
    (found,) = read(text)
    assert (found.value, found.low, found.high, found.unit) == (value, pytest.approx(low), pytest.approx(high), unit)


def test_an_age_is_counted_in_years_as_age() -> None:
    (found,) = read("A 34-year-old baker won.")
    assert (found.value, found.unit, found.counted) == (34, "year", "age")


def test_a_number_behind_a_name_is_an_age() -> None:
    (found,) = read("The pilot, Ilse Varga, 44, also died.")
    assert (found.value, found.unit, found.counted) == (44, "year", "age")


@pytest.mark.parametrize(
    "text", ["Ferry sinks, 12 dead in gale.", "Ferry sinks, 12 people lost.", "Ferry sinks, 12 injured."]
)
def test_the_dead_and_the_injured_are_persons(text: str) -> None:
    (found,) = read(text)
    assert (found.value, found.counted) == (12, "person")


def test_an_ordinal_is_told_from_a_count() -> None:
    (found,) = read("It was the third visit.")
    assert (found.value, found.ordinal, found.counted) == (3, True, "visit")


@pytest.mark.parametrize(
    "text",
    [
        "It sank on March 3.",
        "It sank on 3 March.",
        "It sank at 6.10am.",
        "A Boeing 737 landed.",
        "It sank in 1987.",
        "See Route 66.",
    ],
)
def test_a_date_a_clock_time_or_a_name_is_no_quantity(text: str) -> None:
    assert read(text) == ()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("two hundred and fifty thousand", 250_000),
        ("twenty-one", 21),
        ("1.5 million", 1.5e6),
        ("2 1/2", 2.5),
        ("10,500", 10_500),
        ("a dozen", 12),
    ],
)
def test_number_words_and_digits_have_their_value(text: str, value: float) -> None:
    assert [n.value for n in find_numbers(text)] == [value]


WORDS = st.sampled_from(
    [
        "about",
        "10",
        "to",
        "15",
        "$",
        "3",
        "million",
        "two",
        "dozen",
        "tens",
        "of",
        "thousands",
        "percent",
        "km",
        "first",
        "and",
        "-",
        ",",
        ".",
        "more",
        "than",
        "people",
        "5,000",
        "1/2",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=25).map(" ".join))
def test_quantities_stand_in_order_and_their_ranges_hold_their_values(text: str) -> None:
    found = read(text)
    assert all(q.text == text[q.start : q.end] for q in found)
    assert all((q.low is None or q.low <= q.value) and (q.high is None or q.value <= q.high) for q in found)
    assert [q.start for q in found] == sorted({q.start for q in found})
