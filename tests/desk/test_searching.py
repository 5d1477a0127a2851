"""What a user types, as the store is asked for it; and finding by a passage."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk import desk
from copydesk.errors import DeskError
from copydesk.model.desks import SearchQuery

Opened = Callable[[], desk.Desk]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("ferry", SearchQuery(must=("ferry",))),
        ('"ran aground" ferry -choir', SearchQuery(must=("ran aground", "ferry"), must_not=("choir",))),
        ("who:Brandt ferr*", SearchQuery(who=("Brandt",), must=("ferr*",))),
        ('who:"Tomas Brandt" outlet:herald', SearchQuery(who=("Tomas Brandt",), outlet=("herald",))),
        ("who: Brandt", SearchQuery(who=("Brandt",))),
        ("voice:Meridian story:s-12", SearchQuery(voice=("Meridian",), story=("s-12",))),
        ("after:2026-03 before:2027", SearchQuery(after=date(2026, 3, 1), before=date(2027, 1, 1))),
        ("score:3 10:30", SearchQuery(must=("score:3", "10:30"))),
        ('"never closed', SearchQuery(must=("never closed",))),
    ],
)
def test_a_search_is_read_as_it_is_typed(typed: str, expected: SearchQuery) -> None:
    assert desk.parse_query(typed) == expected


@pytest.mark.parametrize("typed", ["", "   ", '""', "who:", "before:soon", "-choir", "after:2026-13", "- * ''"])
def test_what_cannot_be_searched_for_is_said(typed: str) -> None:
    with pytest.raises(DeskError, match=r"."):
        desk.parse_query(typed)


@given(st.text(max_size=200))
def test_any_text_is_a_search_or_an_error_of_a_desk(typed: str) -> None:
    try:
        query = desk.parse_query(typed)
    except DeskError:
        return
    assert query.must or query.who or query.outlet or query.voice or query.story or query.before or query.after


def test_articles_are_found_by_what_is_in_them(opened: Opened) -> None:
    with opened() as found:

        def outlets(query: str) -> set[str | None]:
            return {hit.outlet for hit in desk.search(found, query)}

        assert outlets("choir") == {"Vale Gazette"}
        assert outlets("who:Renn") == {"Radio Halden"}
        assert outlets("ferry before:2026-03-02") == set()
        assert "Radio Halden" in outlets("kestrel after:2026-03-03") and "Radio Halden" not in outlets(
            "kestrel voice:Meridian"
        )
        assert outlets("voice:Meridian") == outlets('"struck a sandbank"') != set()


def test_a_passage_finds_what_is_worded_like_it(opened: Opened) -> None:
    with opened() as found:
        passage = "They praised the songs that the choir of schoolchildren from the mountains sang."
        assert desk.search_like(found, passage)[0].outlet == "Vale Gazette"
        assert desk.search_like(found, "zzzz qqqq") == ()
        with pytest.raises(DeskError):
            desk.search_like(found, "of the and")
