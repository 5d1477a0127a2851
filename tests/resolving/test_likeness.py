from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.resolving import name_likeness, same_name
from copydesk.resolving.letters import align_letters, find_swaps, letters_logit, load_letters

PARTS = st.text(alphabet="abcdefghiklmnoprstuvyz", min_size=2, max_size=9)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Youssouf Ouedrago", "Yusuf Wedrago"), ("Mikhail Zhukhov", "Mikhaïl Joukhov"), ("Abdel Rahman Tarik", "Abdelrahman Tariq"),
        ("Ahmed al-Masri", "Ahmed el Masry"), ("Ould Brahim Khattar", "Brahim Khatar"), ("Li Jianguo", "Li Jian-guo"),
    ],
)  # fmt: skip
def test_spellings_of_one_name_are_the_same(left: str, right: str) -> None:
    assert same_name(left, right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Bram Okker", "Bram Okker Jr."), ("Ada Lund", "Bram Lund"), ("Tarik al-Masri", "Tarik al-Halabi"), ("Lund", "Ada Lund"),
        ("Ivan Morozov", "Irina Morozova"),
    ],
)  # fmt: skip
def test_relatives_and_surnames_alone_are_not_the_same(left: str, right: str) -> None:
    assert not same_name(left, right)


def test_nothing_has_no_name() -> None:
    assert name_likeness("", "Ada Lund") == 0.0
    assert name_likeness("…", "—") == 0.0


def test_no_swap_raises_the_odds() -> None:
    table = load_letters()
    assert all(weight <= 0.0 for weight in table.swaps.values())
    assert table.length >= 0.0


def test_a_common_swap_costs_less_than_a_rare_one() -> None:
    assert letters_logit("youssouf", "yousuf") > letters_logit("youssouf", "youssoub")


def test_groups_of_letters_are_laid_beside_each_other() -> None:
    assert ("ou", "u") in align_letters("soumar", "sumar", load_letters().costs)


@given(PARTS, PARTS)
def test_odds_do_not_depend_on_the_order(left: str, right: str) -> None:
    assert letters_logit(left, right) == letters_logit(right, left)
    assert letters_logit(left, left) >= letters_logit(left, right) or len(left) < len(right)


@given(PARTS, PARTS)
def test_an_alignment_spells_both_sides(left: str, right: str) -> None:
    laid = align_letters(left, right, load_letters().costs)
    assert "".join(x for x, _ in laid) == left
    assert "".join(y for _, y in laid) == right


def test_equal_spellings_have_no_swaps() -> None:
    assert not list(find_swaps("okker", "okker", load_letters().costs))


@given(st.text(max_size=30), st.text(max_size=30))
def test_any_two_texts_have_a_likeness(left: str, right: str) -> None:
    assert 0.0 <= name_likeness(left, right) <= 1.0
