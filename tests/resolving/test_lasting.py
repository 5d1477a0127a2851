"""Ids of entities last: an article that comes later changes none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from copydesk.model.piles import Pile
from copydesk.model.stories import Resolution
from copydesk.model.times import When
from tests.resolving.stories import HARBOUR, pile_of, resolve_pile, the

LATER = (
    "Bridge follows pier in Port Vessel\n\n"
    "Mayor Adela Maria Lundqvist said on Friday that a bridge would follow the pier. Lundqvist and Mr Tomas Berkowitz, who "
    "built the pier, met the Bureau of Tidal Affairs in Port Vessel. The BTA and Lundkvist agreed on the price."
)


def published(pile: Pile, **days: int) -> Pile:
    """The pile with each article published on a day of May 2031."""
    when = {a: date(2031, 5, day) for a, day in days.items()}
    dated = tuple(
        replace(a, published=When(value=str(when[a.id]), earliest=when[a.id], latest=when[a.id], precision="day", method="meta"))
        if a.id in when else a
        for a in pile.articles
    )  # fmt: skip
    return replace(pile, articles=dated)


def ids(resolution: Resolution) -> dict[str, str]:
    return {name: the(resolution, name).id for name in ("Adela Lundqvist", "Mr Berkovitch", "BTA", "Port Vessel")}


def test_an_article_that_comes_later_changes_no_id() -> None:
    before = resolve_pile(published(pile_of(HARBOUR), a=2, b=3))
    after = resolve_pile(published(pile_of(HARBOUR | {"0": LATER}), a=2, b=3, **{"0": 4}))
    assert len(the(after, "Adela Lundqvist").aliases) > len(the(before, "Adela Lundqvist").aliases)
    assert ids(after) == ids(before)


def test_an_undated_article_counts_as_later() -> None:
    before = resolve_pile(published(pile_of(HARBOUR), a=2, b=3))
    after = resolve_pile(published(pile_of(HARBOUR | {"0": LATER}), a=2, b=3))
    assert ids(after) == ids(before)


def test_entities_of_two_stories_never_share_an_id() -> None:
    one = resolve_pile(pile_of({"a": HARBOUR["a"]}))
    other = resolve_pile(pile_of({"b": HARBOUR["b"]}))
    assert not {e.id for e in one.entities} & {e.id for e in other.entities}
