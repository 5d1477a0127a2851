"""The tables of agencies and outlets: every entry can be found, none stands for two."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.reference import find_agency, find_outlet, has_agency_form, outlet_of_host, read_credited
from copydesk.reference.sources import agencies, outlets


def test_the_tables_are_large_enough_to_be_of_use() -> None:
    assert len(agencies()) >= 60
    assert len(outlets()) >= 200


def test_every_spelling_of_an_agency_finds_it() -> None:
    for agency in agencies():
        for name in (agency.name, *agency.aliases, *agency.short):
            assert find_agency(name, credited=True) == agency, name


def test_every_spelling_of_an_outlet_finds_it() -> None:
    for outlet in outlets():
        for name in (outlet.name, *outlet.aliases, *outlet.short):
            found = find_outlet(name, credited=True)
            assert found is not None and found.name == outlet.name, name


def test_no_spelling_stands_for_two() -> None:
    spellings = Counter(
        spelling for source in (*agencies(), *outlets()) for spelling in {source.name, *source.aliases, *source.short}
    )
    assert [s for s, n in spellings.items() if n > 1] == []


def test_no_host_stands_for_two_and_each_is_found() -> None:
    hosts = Counter(host for source in (*agencies(), *outlets()) for host in source.hosts)
    assert [h for h, n in hosts.items() if n > 1] == []
    for source in (*agencies(), *outlets()):
        for host in source.hosts:
            assert outlet_of_host(host) == source.name


def test_no_alias_repeats_its_name() -> None:
    assert [s.name for s in (*agencies(), *outlets()) if s.name in s.aliases] == []


def test_countries_are_two_letters() -> None:
    assert [a.name for a in agencies() if len(a.country) != 2 or not a.country.isupper()] == []


@pytest.mark.parametrize(
    ("written", "usual"),
    [
        ("Agence France-Presse", "AFP"), ("the Associated Press", "AP"), ("ТАСС", "TASS"), ("ITAR-TASS", "TASS"),
        ("Thomson Reuters", "Reuters"), ("Deutsche Presse-Agentur", "dpa"), ("REUTERS", "Reuters"),
    ],
)  # fmt: skip
def test_an_agency_is_found_in_several_spellings(written: str, usual: str) -> None:
    found = find_agency(written)
    assert found is not None and found.name == usual


@pytest.mark.parametrize("name", ["PA", "AP", "RIA", "APP", "MAP"])
def test_an_ambiguous_agency_needs_a_credit(name: str) -> None:
    assert find_agency(name) is None
    assert find_agency(name, credited=True) is not None


@pytest.mark.parametrize("name", ["Mirror", "Independent", "Time", "Vanguard"])
def test_an_ambiguous_outlet_needs_a_credit(name: str) -> None:
    assert find_outlet(name) is None
    assert find_outlet(name, credited=True) is not None


def test_a_name_with_its_article_is_not_the_word_without_it() -> None:
    assert find_outlet("Print") is None
    found = find_outlet("The Print")
    assert found is not None and found.name == "The Print"


def test_a_subdomain_belongs_to_its_site() -> None:
    assert outlet_of_host("www.edition.cnn.com") == "CNN"
    assert outlet_of_host("notcnn.com") is None
    assert outlet_of_host("com") is None


@pytest.mark.parametrize("name", ["Corvane Press Agency", "Northern Wire Service", "Sarn Newswire", "Delta Press Bureau"])
def test_an_invented_agency_is_known_by_its_form(name: str) -> None:
    found = read_credited(name)
    assert found is not None and (found.name, found.kind, found.by) == (name, "agency", "form of the name")


@pytest.mark.parametrize("name", ["Secret Service", "Central Transport Agency", "Wire", "Harbour Bureau", "Ana Brook"])
def test_an_office_is_no_news_agency(name: str) -> None:
    assert not has_agency_form(name)


def test_an_invented_newspaper_is_known_by_its_form() -> None:
    found = read_credited("Port Vessel Gazette")
    assert found is not None and (found.name, found.kind) == ("Port Vessel Gazette", "outlet")


@given(st.text(max_size=60))
def test_any_text_can_be_asked_for(text: str) -> None:
    find_agency(text)
    find_outlet(text)
    outlet_of_host(text)
    read_credited(text)
