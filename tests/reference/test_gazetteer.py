"""Places: found by every name of theirs, ordered, and their adjectives lead to one country."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from copydesk.reference import gazetteer
from copydesk.reference.gazetteer import Gazetteer
from copydesk.reference.keys import place_key
from copydesk.reference.shipped import read_rows, read_text


def test_every_country_is_found_by_every_name() -> None:
    for country in gazetteer().countries:
        for name in (country.name, *country.names):
            assert gazetteer().country_of(name) == country.code
            if not name[0].islower():
                assert any(p.kind == "country" and p.country == country.code for p in gazetteer().find(name)), name


def test_no_adjective_or_name_belongs_to_two_countries() -> None:
    names = Counter(n for c in gazetteer().countries for n in {c.name, *c.names})
    adjectives = Counter(n for c in gazetteer().countries for n in c.adjectives)
    assert [n for n, count in (names + adjectives).items() if count > 1] == []


def test_every_adjective_leads_to_its_country() -> None:
    for country in gazetteer().countries:
        for word in country.adjectives:
            assert gazetteer().country_of(word) == country.code and gazetteer().is_adjective(word)


def test_country_codes_are_unique_and_places_lie_on_earth() -> None:
    codes = [c.code for c in gazetteer().countries]
    assert len(set(codes)) == len(codes) >= 200
    assert all(-90 <= c.lat <= 90 and -180 <= c.lon <= 180 for c in gazetteer().countries)


def test_every_capital_is_a_place() -> None:
    missing = [c.capital for c in gazetteer().countries if not gazetteer().find(c.capital)]
    assert len(missing) <= 8, missing


def test_every_region_has_its_row() -> None:
    rows = list(read_rows("regions.tsv"))
    assert all(len(row) == 6 for row in rows)
    names = Counter((row[1], row[3]) for row in rows)
    assert [n for n, count in names.items() if count > 1] == []
    for row in rows:
        assert any(p.kind == "region" and p.name == row[1] for p in gazetteer().find(row[1][0].upper() + row[1][1:])), (
            row[1]
        )


def test_the_cities_are_sorted_by_key_and_small_enough_to_ship() -> None:
    keys = [line.split("\t", 1)[0] for line in read_text("cities.tsv.gz").split("\n") if line and line[0] != "#"]
    assert len(keys) > 15_000
    assert keys == sorted(keys)
    assert all(key == place_key(key) for key in keys[::97])


def test_cities_come_by_population() -> None:
    cities = [p for p in gazetteer().find("Springfield") if p.kind == "city"]
    assert len(cities) > 3
    assert [p.population for p in cities] == sorted((p.population for p in cities), reverse=True)


@pytest.mark.parametrize(
    ("written", "name", "country"),
    [
        ("Kiev", "Kyiv", "UA"),
        ("Bombay", "Mumbai", "IN"),
        ("Saigon", "Ho Chi Minh City", "VN"),
        ("ZÜRICH", "Zürich", "CH"),
    ],
)
def test_another_spelling_finds_the_city(written: str, name: str, country: str) -> None:
    first = gazetteer().find(written)[0]
    assert (first.name, first.country) == (name, country)


def test_a_short_form_needs_its_full_stop() -> None:
    assert [p.name for p in gazetteer().find("Pa.")] == ["Pennsylvania"]
    assert gazetteer().find("PA") == ()
    assert gazetteer().is_abbreviation("N.M.") and not gazetteer().is_abbreviation("Ohio.")


def test_ordinary_words_are_no_places() -> None:
    assert gazetteer().find("us") == ()
    assert gazetteer().find("nice") == ()
    assert gazetteer().find("") == ()


def test_two_gazetteers_answer_alike() -> None:
    assert Gazetteer().find("Georgia") == gazetteer().find("Georgia")


@given(st.text(max_size=50))
@example("Œ")  # found by an exploring run: a capital ligature became two letters only the second time
def test_a_key_is_its_own_key(text: str) -> None:
    assert place_key(place_key(text)) == place_key(text)
    gazetteer().find(text)
