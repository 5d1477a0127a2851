from __future__ import annotations

from dataclasses import replace

import pytest

from copydesk.model.articles import Article
from copydesk.resolving import Toponym, find_toponyms, locate_toponyms
from copydesk.resolving.locating import distance_km
from tests.resolving.stories import article, pile_of, resolve_texts, with_alias


def toponyms(held: Article, *texts: str) -> list[Toponym]:
    places = [(held.text.index(t), t) for t in texts]
    return [Toponym(article=held.id, start=at, end=at + len(t), text=t) for at, t in places]


def test_a_state_behind_a_name_tells_which_town_is_meant() -> None:
    held = article("a", "A barn burned in Paris, Kentucky, on Monday.")
    town, state = locate_toponyms(toponyms(held, "Paris", "Kentucky"), [held])
    assert town is not None and (town.country, town.admin1) == ("US", "KY")
    assert state is not None and state.kind == "region"


def test_a_bare_name_is_its_largest_place() -> None:
    held = article("a", "The talks in Paris went on.")
    (city,) = locate_toponyms(toponyms(held, "Paris"), [held])
    assert city is not None and city.country == "FR"


def test_the_capital_is_meant_where_nothing_speaks_for_the_state() -> None:
    held = article("a", "Officials flew to Washington overnight.")
    (city,) = locate_toponyms(toponyms(held, "Washington"), [held])
    assert city is not None and city.kind == "city" and round(city.lat) == 39


def test_an_outlet_at_home_in_a_state_means_the_towns_there() -> None:
    texts = [
        "Firemen from Zanesville met in Columbus.",
        "Newark and Chillicothe, Ohio, closed schools.",
        "Ohio votes; Mansfield counts.",
    ]
    told = [replace(article(str(i), t), outlet="The Lantern Post") for i, t in enumerate(texts)]
    bare = replace(article("x", "A bridge in Dublin was closed."), outlet="The Lantern Post")
    named = [*toponyms(told[0], "Zanesville", "Columbus"), *toponyms(told[1], "Newark", "Chillicothe", "Ohio"),
             *toponyms(told[2], "Ohio", "Mansfield"), *toponyms(bare, "Dublin")]  # fmt: skip
    home = locate_toponyms(named, [*told, bare])[-1]
    alone = locate_toponyms(toponyms(bare, "Dublin"), [replace(bare, outlet=None)])[0]
    assert home is not None and (home.country, home.admin1) == ("US", "OH")
    assert alone is not None and alone.country == "IE"


def test_an_adjective_means_its_country_and_an_unknown_name_nothing() -> None:
    held = article("a", "Malian troops left Qwlzrtown.")
    country, nothing = locate_toponyms(toponyms(held, "Malian", "Qwlzrtown"), [held])
    assert country is not None and country.country == "ML"
    assert nothing is None


def test_a_county_lies_among_its_towns() -> None:
    held = article("a", "The sheriff of Licking County spoke.")
    (county,) = locate_toponyms(toponyms(held, "Licking County"), [held])
    assert county is not None and county.kind == "county" and county.admin1 == "OH"


def test_places_inside_names_of_organizations_are_found() -> None:
    pile = pile_of({"a": "Ada Lund teaches at the University of Ohio. She came from Mali to Columbus on Monday."})
    found = {t.text for t in find_toponyms(pile.articles[0], pile.markups[0])}
    assert {"Ohio", "Mali", "Columbus"} <= found
    assert "University" not in found


@pytest.mark.parametrize(("a", "b", "km"), [((0.0, 0.0), (0.0, 1.0), 111), ((90.0, 0.0), (-90.0, 0.0), 20015)])
def test_distances_are_great_circles(a: tuple[float, float], b: tuple[float, float], km: int) -> None:
    assert round(distance_km(a, b)) == km


def test_a_story_places_a_town_in_the_state_that_its_articles_name() -> None:
    told = resolve_texts(
        {
            "a": "A grain store burned in Paris, Kentucky, on Monday. Firemen in Paris said nobody was hurt.",
            "b": "The store in Paris, Kentucky, was built in 1920, the council of Paris said.",
        }
    )
    (town,) = with_alias(told, "Paris")
    assert town.place is not None and town.place.country == "US" and round(town.place.lat) == 38
