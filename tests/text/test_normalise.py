"""How words are folded for comparison."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.text.normalise import KNOWN_MAX, find_words, fold, is_number, stem


@pytest.mark.parametrize(
    ("one", "other"),
    [("Café’s", "cafes"), ("don't", "don’t"), ("donâ€™t", "don’t"), ("CafÃ©", "café"), ("STRASSE", "straße")],
)
def test_spellings_of_one_word_fold_together(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("reported", "reports"),
        ("reporting", "report"),
        ("countries", "country"),
        ("stopped", "stop"),
        ("making", "make"),
    ],
)
def test_forms_of_one_word_share_a_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@given(st.text(max_size=200))
def test_words_stand_where_they_say_in_order(text: str) -> None:
    words = list(find_words(text))
    assert all(0 <= w.start < w.end <= len(text) and w.key for w in words)
    assert all(a.end <= b.start for a, b in itertools.pairwise(words))
    assert all(fold(text[w.start : w.end]) == w.key for w in words)


def test_a_word_in_digits_is_a_number() -> None:
    assert is_number("12mph")
    assert not is_number("twelve")


def test_a_mis_decoded_word_is_one_word() -> None:
    assert [w.key for w in find_words("The CafÃ© of the boysâ€™ club isnâ€™t open, she said: ’tis")] == [
        "the", "cafe", "of", "the", "boys", "club", "isnt", "open", "she", "said", "tis",
    ]  # fmt: skip


def test_long_runs_of_marks_are_read_in_one_go() -> None:
    assert list(find_words("’" * 200_000)) == []


def test_a_text_too_long_to_be_remembered_has_the_same_words() -> None:
    once = "Rents rose in Upper Vale. "
    long = once * (1 + KNOWN_MAX // len(once))
    assert [w.key for w in find_words(long)] == [w.key for w in find_words(once)] * (len(long) // len(once))
