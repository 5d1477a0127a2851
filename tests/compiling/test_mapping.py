"""Where the places of a story lie, drawn."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.compiling.html.anchors import Anchors, Chips
from copydesk.compiling.html.mapping import LETTER_WIDTH, NAME_HEIGHT, WIDTH, make_map
from copydesk.compiling.html.page import to_html
from copydesk.compiling.html.statements import Statements
from copydesk.compiling.html.views import MapView
from copydesk.compiling.sources import number_sources
from copydesk.model.stories import Entity, Place

from .sample import make_brief

DOSSIER = next(d for d in make_brief().dossiers if any(e.mentions for e in d.entities))
TEMPLATE = next(e for e in DOSSIER.entities if e.mentions)
OSLO, NAIROBI, LIMA = (
    Place(lat=59.9, lon=10.7, country="NO"),
    Place(lat=-1.3, lon=36.8, country="KE"),
    Place(lat=-12.0, lon=-77.0, country="PE"),
)


def entity(name: str, place: Place | None) -> Entity:
    return replace(TEMPLATE, id=f"e-{name}", name=name, type="place", place=place)


def draw(*entities: Entity) -> MapView | None:
    dossier = replace(DOSSIER, entities=entities, where=(), who=())
    sources = number_sources(replace(make_brief(), dossiers=(dossier,), articles=()))
    return make_map(Statements("s1", dossier, Anchors(sources), Chips("s1", dossier, sources)))


def test_a_story_without_located_places_has_no_map() -> None:
    assert draw() is None
    assert draw(entity("Nowhere", None)) is None


def test_north_is_up_and_east_is_right() -> None:
    drawn = draw(entity("Oslo", OSLO), entity("Nairobi", NAIROBI), entity("Lima", LIMA))
    assert drawn is not None
    at = {p.name: (p.x, p.y) for p in drawn.places}
    assert at["Oslo"][1] < at["Nairobi"][1] < at["Lima"][1]
    assert at["Lima"][0] < at["Oslo"][0] < at["Nairobi"][0]


def test_one_town_has_its_surroundings_on_the_paper() -> None:
    drawn = draw(entity("Oslo", OSLO))
    assert drawn is not None
    assert drawn.land.count("h0") > 20
    assert len(drawn.lines) >= 3


def test_towns_of_one_spot_are_named_once_where_there_is_room_for_one() -> None:
    drawn = draw(*(entity(f"Oslo {n}", OSLO) for n in range(12)))
    assert drawn is not None
    assert len(drawn.places) == 12
    assert 1 <= sum(bool(p.name) for p in drawn.places) < 12


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.floats(-90, 90), st.floats(-180, 180)), min_size=1, max_size=30))
def test_every_mark_is_on_the_paper_and_no_name_lies_on_another(places: list[tuple[float, float]]) -> None:
    drawn = draw(*(entity(f"Place {n}", Place(lat=lat, lon=lon, country="XX")) for n, (lat, lon) in enumerate(places)))
    assert drawn is not None
    assert all(0 <= p.x <= WIDTH and 0 <= p.y <= drawn.height for p in drawn.places)
    named = [(p.name_x, p.name_y, len(p.name) * LETTER_WIDTH) for p in drawn.places if p.name]
    for i, (x, y, width) in enumerate(named):
        assert all(abs(y - b) >= NAME_HEIGHT or x + width < a or a + w < x for a, b, w in named[i + 1 :])


def test_a_hostile_place_name_stays_words() -> None:
    dossier = replace(DOSSIER, entities=(entity("<script>alert(1)</script>", OSLO),), where=(), who=())
    page = to_html(replace(make_brief(), dossiers=(dossier,)))
    assert "<script" not in page
    assert "&lt;script&gt;" in page
