"""The word tables: no dead entry, no entry in two classes, numbers read as they are said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.reference.attribution import ATTRIBUTION_VERBS, attribution_class
from copydesk.reference.numbers import read_number
from copydesk.reference.organizations import find_organization
from copydesk.reference.peoples import PEOPLES
from copydesk.reference.shipped import read_rows
from copydesk.reference.stopwords import FUNCTION_WORDS, STOPWORDS, is_stopword
from copydesk.reference.titles import (
    FACILITY_HEADS,
    KEPT_TITLES,
    ORGANIZATION_ENDS,
    PLACE_HEADS,
    STRICT_TITLES,
    TITLE_WORDS,
    is_title_word,
    title_before,
    without_legal_suffix,
)


def test_stop_words_are_lower_case_and_hold_the_function_words() -> None:
    assert all(w == w.casefold() for w in STOPWORDS)
    assert FUNCTION_WORDS <= STOPWORDS
    assert is_stopword("DOESN’T") and not is_stopword("harbour")


def test_attribution_verbs_have_a_class_and_others_none() -> None:
    assert attribution_class("Say") == "report"
    assert attribution_class("deny") == "deny"
    assert attribution_class("pledge") == "promise"
    assert attribution_class("sail") is None
    assert all(lemma == lemma.casefold() for lemma in ATTRIBUTION_VERBS)


def test_strict_titles_and_kept_titles_are_titles() -> None:
    assert {w for w in STRICT_TITLES if not is_title_word(w)} == set()
    assert KEPT_TITLES.isdisjoint(STRICT_TITLES)
    assert "Col." not in TITLE_WORDS and is_title_word("Col.")


def test_no_word_ends_both_organizations_and_places() -> None:
    assert ORGANIZATION_ENDS.isdisjoint(PLACE_HEADS)
    assert FACILITY_HEADS


@pytest.mark.parametrize(("text", "start", "expected"), [("said Col. Brook", 10, 5), ("said Ana Brook", 9, 9), ("Brook", 0, 0)])
def test_a_title_before_a_name_is_found(text: str, start: int, expected: int) -> None:
    assert title_before(text, start) == expected


def test_a_legal_suffix_is_cut_but_never_the_whole_name() -> None:
    assert without_legal_suffix("Sarn Shipping Co., Ltd.") == "Sarn Shipping"
    assert without_legal_suffix("Delta GmbH") == "Delta"
    assert without_legal_suffix("Limited") == "Limited"


def test_every_organization_is_found_once() -> None:
    names: dict[str, str] = {}
    for name, others, _ in read_rows("organizations.tsv"):
        for written in (name, *filter(None, others.split("|"))):
            assert written not in names, (written, name, names.get(written))
            names[written] = name
            assert find_organization(written) == name


def test_peoples_have_a_capital() -> None:
    assert all(any(c.isupper() for c in p) for p in PEOPLES)


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("twenty-one", 21), ("three hundred and five thousand", 305_000), ("a hundred", 100), ("two million", 2_000_000),
        ("nineteen", 19), ("boats", None), ("", None),
    ],
)  # fmt: skip
def test_number_words_are_read(words: str, number: int | None) -> None:
    assert read_number(words) == number


@given(st.text(max_size=40))
def test_any_words_can_be_read_as_a_number(text: str) -> None:
    assert read_number(text) is None or read_number(text) == read_number(text.upper())
