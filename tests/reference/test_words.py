"""The word tables: no entry that clashes, none in two classes."""

from __future__ import annotations

from copydesk.reference.attribution import ATTRIBUTION_VERBS, attribution_class
from copydesk.reference.organizations import find_organization
from copydesk.reference.peoples import PEOPLES
from copydesk.reference.shipped import read_rows
from copydesk.reference.stopwords import STOPWORDS
from copydesk.reference.titles import (
    FACILITY_HEADS,
    KEPT_TITLES,
    ORGANIZATION_ENDS,
    PLACE_HEADS,
    STRICT_TITLES,
    TITLE_WORDS,
    is_title_word,
)


def test_stop_words_are_lower_case_words() -> None:
    assert all(w == w.casefold() and w.replace("'", "").isalpha() for w in STOPWORDS)
    assert {"the", "of", "and", "was"} <= STOPWORDS and "harbour" not in STOPWORDS


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


def test_every_organization_is_found_once() -> None:
    names: dict[str, str] = {}
    for name, others, _ in read_rows("organizations.tsv"):
        for written in (name, *filter(None, others.split("|"))):
            assert written not in names, (written, name, names.get(written))
            names[written] = name
            assert find_organization(written) == name


def test_peoples_have_a_capital() -> None:
    assert all(any(c.isupper() for c in p) for p in PEOPLES)
