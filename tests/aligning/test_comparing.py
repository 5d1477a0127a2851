"""The laws of comparing values, and of spellings."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.aligning.compare import Company, can_both_hold, has_grown, same_thing
from copydesk.aligning.misspellings import differ_by_slip
from copydesk.aligning.values import Value

PLAIN = Value(
    unit=0, slot="number", kind="injured", about="people injured", text="9", value="9", low=9, high=9, start=0, end=1,
    core=frozenset({"injured"}), near=frozenset({"injured"}),
)  # fmt: skip
NUMBERS = st.integers(1, 5000).map(float)


def number(low: float, high: float) -> Value:
    return replace(PLAIN, low=low, high=high, text=str(low), value=str(low))


@given(NUMBERS, NUMBERS, NUMBERS, NUMBERS)
def test_comparing_does_not_depend_on_the_order(a: float, b: float, c: float, d: float) -> None:
    ours, theirs = number(min(a, b), max(a, b)), number(min(c, d), max(c, d))
    company = Company(probability=0.4, cosine=0.5, around=5.0, names=1)
    assert can_both_hold(ours, theirs) == can_both_hold(theirs, ours)
    assert has_grown(ours, theirs) == has_grown(theirs, ours)
    assert same_thing(ours, theirs, company) == same_thing(theirs, ours, company)


@given(NUMBERS, NUMBERS)
def test_a_value_never_contradicts_itself_or_a_range_that_holds_it(a: float, b: float) -> None:
    assert can_both_hold(number(a, a), number(a, a))
    assert can_both_hold(number(a, a), number(min(a, b), max(a, b)))


@pytest.mark.parametrize(
    ("rough", "fine", "agree"),
    [(100, 98, True), (50, 51, True), (300, 289, True), (9, 12, False), (40, 51, False), (100, 160, False)],
)
def test_a_round_number_stands_for_those_near_it(rough: int, fine: int, agree: bool) -> None:
    assert can_both_hold(number(rough, rough), number(fine, fine)) is agree


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Zavelin Road", "Zaveline Road"), ("Punta Marosa", "Punta Maros"), ("Horamba", "Horaba"),
        ("Old Nordic Airlines", "Old Nordic Airways"), ("Brantelec", "Brantelac"),
    ],
)  # fmt: skip
def test_a_slip_of_one_letter_is_seen(one: str, other: str) -> None:
    assert differ_by_slip(one, other, True)
    assert differ_by_slip(other, one, True)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Tomas Brisk", "Thomas Brisk"), ("Hallvard", "Halvard"), ("Vaskov", "Waskov"), ("Lundavia", "Lundavian"), ("Nabi Soreh", "Nebi Soreh"),
        ("Germany", "Germans"), ("al-Marid", "al-Mareed"), ("Orvin Kash", "Ilka Toren"), ("Oderholm", "ODERHOLM"), ("Café Orle", "Cafe Orle"),
    ],
)  # fmt: skip
def test_transliteration_word_forms_and_case_are_no_slip(one: str, other: str) -> None:
    assert not differ_by_slip(one, other, False)
