from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.clustering import Clustering, ClusteringOptions, cluster
from copydesk.clustering.candidates import Keyring
from copydesk.clustering.rarity import learned_from
from copydesk.model.articles import Article
from copydesk.model.corrections import Correction
from copydesk.model.piles import Pile
from tests.clustering.piles import BUDGET, BUDGET_AGAIN, FERRY, FERRY_AGAIN, BagEncoder, article, link, pile_of

OPTIONS = ClusteringOptions()
DAY = date(2031, 5, 6)
TEXTS = (FERRY, FERRY_AGAIN, BUDGET, BUDGET_AGAIN)
SHIPS = ("Heron", "Curlew", "Avocet", "Plover", "Dunlin", "Whimbrel")


def many(count: int) -> tuple[Article, ...]:
    """Reports of several ships and budgets over several weeks, some without a day."""
    found = []
    for i in range(count):
        ship = SHIPS[i % len(SHIPS)]
        body = TEXTS[i % 4].replace("Heron", ship).replace("Marlow", ship + "ham").replace("Lund", "Lund " + ship)
        day = None if i % 7 == 3 else DAY + timedelta(days=i % 5 * 9)
        found.append(article(f"n{i:02}", f"{ship} report {i}", body, day))
    return tuple(found)


def one_by_one(pile: Pile, order: list[int]) -> Clustering:
    state = Clustering(BagEncoder(), OPTIONS)
    for i in order:
        state.place(replace(pile, articles=(pile.articles[i],), markups=(pile.markups[i],)))
    return state


@settings(max_examples=10, deadline=None)
@given(st.integers(min_value=0, max_value=1_000), st.integers(min_value=1, max_value=30))
def test_one_at_a_time_in_any_order_gives_the_stories_of_all_at_once(seed: int, count: int) -> None:
    pile = pile_of(*many(count), links=(link("n00", "n02", 0.9), link("n01", "n05", 0.2)))
    order = list(range(count))
    random.Random(seed).shuffle(order)
    assert one_by_one(pile, order).stories() == cluster(pile, BagEncoder(), OPTIONS)


def test_a_forgotten_article_leaves_the_stories_of_the_others() -> None:
    pile = pile_of(*many(24))
    state = one_by_one(pile, list(range(24)))
    state.drop(["n00", "n13"])
    rest = pile_of(*(a for a in many(24) if a.id not in ("n00", "n13")))
    assert state.stories() == cluster(rest, BagEncoder(), OPTIONS)


def test_an_article_whose_text_changed_is_placed_anew() -> None:
    state = Clustering(BagEncoder(), OPTIONS)
    state.place(pile_of(article("a", "Ferry aground", FERRY, DAY), article("b", "Rents rise", BUDGET, DAY)))
    assert state.groups() == (("a",), ("b",))
    state.place(pile_of(article("b", "Ferry freed near Port Vessel", FERRY_AGAIN, DAY)))
    assert state.groups() == (("a", "b"),)


def test_a_late_article_joins_two_stories() -> None:
    apart = pile_of(article("a", "Ferry aground", FERRY, DAY), article("b", "Rents rise", BUDGET, DAY))
    state = Clustering(BagEncoder(), OPTIONS)
    state.place(apart)
    assert state.groups() == (("a",), ("b",))
    late = pile_of(
        article("c", "Ferry and rents", FERRY + " " + BUDGET, DAY), links=(link("a", "c", 0.5), link("b", "c", 0.5))
    )
    state.place(late)
    assert state.groups() == (("a", "b", "c"),)


def test_a_users_word_holds_through_later_articles() -> None:
    said = (Correction(subject="story", verdict="not-same", left="a", right="b"),)
    state = Clustering(BagEncoder(), OPTIONS)
    state.place(
        pile_of(
            article("a", "Ferry aground", FERRY, DAY), article("b", "Ferry freed", FERRY_AGAIN, DAY), corrections=said
        )
    )
    state.place(pile_of(article("c", "Ferry aground off Port Vessel", FERRY, DAY), corrections=said))
    assert not any({"a", "b"} <= set(group) for group in state.groups())
    state.place(pile_of())
    assert any({"a", "b"} <= set(group) for group in state.groups())


def test_copies_count_once_so_that_they_outvote_nobody() -> None:
    reports = [article("a", "Ferry aground", FERRY, DAY), article("b", "Ferry freed", FERRY_AGAIN, DAY)]
    copies = [article(f"c{i}", f"Ferry freed {i}", FERRY_AGAIN, DAY) for i in range(6)]
    links = tuple(link("b", c.id, 0.99) for c in copies)
    assert cluster(pile_of(*reports, *copies, links=links), BagEncoder(), OPTIONS)[0].articles == tuple(
        sorted(a.id for a in (*reports, *copies))
    )


def test_a_crowded_key_joins_neighbours_in_time_only_whatever_the_order() -> None:
    def candidates(order: list[int]) -> set[tuple[int, int]]:
        ring, pairs = Keyring(2, 2), set()
        for i in order:
            found, parted = ring.add(i, (float(i), f"{i}"), (1,))
            pairs |= {(min(i, f), max(i, f)) for f in found.tolist()}
            pairs -= parted
        return pairs

    wanted = {(i, j) for i in range(9) for j in range(i + 1, 9) if j - i <= 2}
    orders = [list(range(9)), list(range(8, -1, -1)), [4, 0, 8, 2, 6, 1, 7, 3, 5]]
    assert all(candidates(order) == wanted for order in orders)


def test_what_is_learned_of_a_pile_holds_until_it_has_grown_by_half() -> None:
    assert [learned_from(n) for n in (0, 1, 16, 23, 24, 35, 36)] == [0, 1, 16, 16, 24, 24, 36]
