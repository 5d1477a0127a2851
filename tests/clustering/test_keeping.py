"""What clustering knows is kept and taken up again as if it had never been put away."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.clustering import Clustering, Kept, cluster
from copydesk.model.copies import CopyLink
from copydesk.model.corrections import Correction
from copydesk.model.piles import Pile
from copydesk.store import Form
from tests.clustering.piles import BUDGET_AGAIN, BagEncoder, article, link, pile_of
from tests.clustering.test_streaming import DAY, OPTIONS, many

LINKS = (link("n00", "n02", 0.9), link("n01", "n05", 0.2), link("n03", "n19", 0.8), link("n20", "n22", 0.9))
FORM = Form(Kept)


def part_of(pile: Pile, places: list[int]) -> Pile:
    """Some of the articles with the links among them."""
    chosen = sorted(places)
    ids = {pile.articles[i].id for i in chosen}
    links: tuple[CopyLink, ...] = tuple(x for x in pile.trace.links if {x.origin, x.copy} <= ids)
    return replace(
        pile, articles=tuple(pile.articles[i] for i in chosen), markups=tuple(pile.markups[i] for i in chosen),
        trace=replace(pile.trace, links=links),
    )  # fmt: skip


def put_away(state: Clustering, held: Kept | None = None) -> Kept:
    """What is kept of a state, through bytes; with the parts of rows that stand as they were kept before."""
    kept, standing = state.kept()
    rows = (held.rows[:standing] if held is not None else ()) + kept.rows
    return FORM.unpack(FORM.pack(replace(kept, rows=rows)))


@settings(max_examples=25, deadline=None)
@given(st.integers(min_value=0, max_value=1_000), st.integers(min_value=2, max_value=30))
def test_what_was_kept_goes_on_as_all_at_once(seed: int, count: int) -> None:
    pile = pile_of(*many(count), links=tuple(x for x in LINKS if x.copy < f"n{count:02}"))
    draw = random.Random(seed)
    order = list(range(count))
    draw.shuffle(order)
    cuts = sorted(draw.sample(range(1, count + 1), min(count, 3)))
    kept: Kept | None = None
    for cut in (*cuts, count):
        some = part_of(pile, order[:cut])
        state = (
            Clustering(BagEncoder(), OPTIONS) if kept is None else Clustering.resume(kept, some, BagEncoder(), OPTIONS)
        )
        state.place(some)
        assert state.stories() == cluster(some, BagEncoder(), OPTIONS)
        kept = put_away(state, kept)


def test_rows_that_stand_are_left_out_until_all_is_weighed_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("copydesk.clustering.streaming.ROWS_A_PART", 4)
    pile = pile_of(*many(37))
    newest_last = sorted(range(37), key=lambda i: (str(pile.articles[i].published.earliest or "9"), i))
    state = Clustering(BagEncoder(), OPTIONS)
    state.place(part_of(pile, newest_last[:25]))
    kept, standing = state.kept()
    assert standing == 0 and len(kept.rows) == 7
    for count, left_out in ((30, 6), (37, 0)):  # of 36 more is learned of terms
        some = part_of(pile, newest_last[:count])
        state = Clustering.resume(kept, some, BagEncoder(), OPTIONS)
        state.place(some)
        assert state.kept()[1] == left_out
        kept = put_away(state, kept)
        assert len(kept.rows) == -(-count // 4)
        assert state.stories() == cluster(some, BagEncoder(), OPTIONS)


def test_an_article_that_changed_is_placed_anew_where_no_term_was_learned_of_it() -> None:
    pile = pile_of(*many(30), links=LINKS)
    order = sorted(range(30), key=lambda i: (str(pile.articles[i].published.earliest or "9"), i))
    learned, free = pile.articles[order[3]], pile.articles[order[27]]
    state = Clustering(BagEncoder(), OPTIONS)
    state.place(pile)
    kept = put_away(state)
    assert kept.learned == 24 and not kept.holds_without([learned.id]) and kept.holds_without([free.id])
    for day, alone in (
        (free.published.earliest, True),
        (DAY, False),
    ):  # then terms are learned of it, and all is weighed
        other = article(free.id, "Rents rise in Heronham", BUDGET_AGAIN.replace("Lund", "Lund Heron"), day)
        edited = pile_of(*(other if a is free else a for a in pile.articles), links=LINKS)
        assert cluster(edited, BagEncoder(), OPTIONS) != cluster(pile, BagEncoder(), OPTIONS)
        again = Clustering.resume(replace(kept, changed=(free.id,)), edited, BagEncoder(), OPTIONS)
        again.place(edited)
        assert again.stories() == cluster(edited, BagEncoder(), OPTIONS)
        assert (put_away(again, kept).articles.ids[-1] == free.id) == alone


def test_what_the_user_took_back_joins_nothing_any_more() -> None:
    said = (Correction(subject="story", verdict="same", left="n00", right="n02"),)
    pile = pile_of(*many(6), corrections=said)
    state = Clustering(BagEncoder(), OPTIONS)
    state.place(pile)
    assert any({"n00", "n02"} <= set(group) for group in state.groups())
    bare = replace(pile, corrections=())
    again = Clustering.resume(put_away(state), bare, BagEncoder(), OPTIONS)
    again.place(bare)
    assert again.stories() == cluster(bare, BagEncoder(), OPTIONS)
    assert not any({"n00", "n02"} <= set(group) for group in again.groups())
