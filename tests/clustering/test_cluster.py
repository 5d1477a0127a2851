from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.clustering import Clustering, ClusteringOptions, cluster
from copydesk.model.articles import Article
from copydesk.model.corrections import Correction
from copydesk.model.piles import Pile
from copydesk.model.stories import Story
from tests.clustering.piles import (
    BUDGET,
    BUDGET_AGAIN,
    FERRY,
    FERRY_AGAIN,
    BagEncoder,
    article,
    link,
    pile_of,
)

OPTIONS = ClusteringOptions()
DAY = date(2031, 5, 6)
MATCH = (
    "Saltmarsh Rovers beat Great Marlow 2-0 at Quay Park on Tuesday. Otto Brandl headed a corner in with ten minutes left "
    "and added a penalty after goalkeeper Finn Sorley pulled him down. Heavy rain had delayed kick-off by an hour."
)
MATCH_AGAIN = (
    "A header and a penalty by Otto Brandl in the last ten minutes won the derby for Saltmarsh Rovers on Tuesday. Kick-off "
    "at Quay Park was an hour late for heavy rain; Great Marlow goalkeeper Finn Sorley brought Brandl down."
)
RETURN = (
    "Great Marlow and Saltmarsh Rovers drew 0-0 on Tuesday. Defender Piet Aalders was sent off before half-time for a "
    "second caution, and substitute Milo Varga hit the crossbar for the hosts at the Brickfield ground."
)
RETURN_AGAIN = (
    "Ten men of Saltmarsh Rovers took a goalless draw from the Brickfield ground of Great Marlow. Piet Aalders saw a second "
    "caution before half-time; Milo Varga, a substitute, struck the crossbar."
)
FOUR = (
    article("a", "Ferry Heron aground off Port Vessel", FERRY, DAY),
    article("b", "Ferry with forty aboard freed near Port Vessel", FERRY_AGAIN, DAY),
    article("c", "Great Marlow raises market rents", BUDGET, DAY),
    article("d", "Market strike looms in Great Marlow over rents", BUDGET_AGAIN, DAY),
)


def groups(stories: tuple[Story, ...]) -> set[tuple[str, ...]]:
    return {s.articles for s in stories}


def run(pile: Pile) -> tuple[Story, ...]:
    return cluster(pile, BagEncoder(), OPTIONS)


def test_two_reports_of_one_event_are_one_story_and_two_events_are_two() -> None:
    assert groups(run(pile_of(*FOUR))) == {("a", "b"), ("c", "d")}


def test_an_empty_pile_has_no_stories() -> None:
    assert run(pile_of()) == ()


def test_an_article_alone_is_a_story_of_its_own() -> None:
    (story,) = run(pile_of(FOUR[0]))
    assert story.articles == ("a",)
    assert story.membership[0].reasons


def test_an_article_that_cannot_be_compared_is_in_a_story_too() -> None:
    stub = article("z", "Subscribe", "To read on, subscribe.", compared=False)
    assert ("z",) in groups(run(pile_of(*FOUR, stub)))


def test_a_copy_link_joins_articles_whose_words_differ() -> None:
    foreign = article("e", "Veerboot vast", "De veerboot liep maandag vast op een zandbank voor de haven.", DAY)
    assert groups(run(pile_of(FOUR[0], FOUR[1], foreign, links=(link("a", "e", 0.9),)))) == {("a", "b", "e")}


def test_a_rewritten_copy_of_nothing_alike_does_not_join_two_events() -> None:
    guessed = replace(link("a", "c", 0.9), kind="rewritten")
    assert groups(run(pile_of(*FOUR, links=(guessed,)))) == {("a", "b"), ("c", "d")}


def test_a_copy_link_of_a_few_words_does_not_chain_two_events() -> None:
    assert groups(run(pile_of(*FOUR, links=(link("a", "c", 0.05),)))) == {("a", "b"), ("c", "d")}


def test_the_same_event_a_year_later_is_another_story() -> None:
    first = [replace(a, id=f"{a.id}-1") for a in FOUR[:2]]
    body = FERRY.replace("forty", "sixty").replace("fog", "a storm").replace("Monday", "Saturday")
    again = article("y", "Ferry Heron aground", body, date(2032, 5, 6))
    next_to_it = article("y", "Ferry Heron aground", body, DAY)
    threshold = _likeness(*first, next_to_it) - 0.1
    options = replace(OPTIONS, threshold=threshold)
    assert ("a-1", "b-1", "y") in groups(cluster(pile_of(*first, next_to_it), BagEncoder(), options))
    assert ("a-1", "b-1") in groups(cluster(pile_of(*first, again), BagEncoder(), options))


def _likeness(one: Article, two: Article, other: Article) -> float:
    """The mean likeness of the third to the first two."""
    state = Clustering(BagEncoder(), OPTIONS)
    state.place(pile_of(one, two, other))
    return (state.likeness(one.id, other.id) + state.likeness(two.id, other.id)) / 2


def test_the_user_joins_what_words_would_not() -> None:
    said = Correction(subject="story", verdict="same", left="a.txt", right="c")
    stories = run(pile_of(*FOUR, corrections=(said,)))
    assert any({"a", "c"} <= set(s.articles) for s in stories)
    assert any("user" in r for s in stories for m in s.membership for r in m.reasons)


def test_the_user_parts_what_words_and_copies_join() -> None:
    said = Correction(subject="story", verdict="not-same", left="a", right="b")
    stories = run(pile_of(*FOUR, links=(link("a", "b", 0.99),), corrections=(said,)))
    assert not any({"a", "b"} <= set(s.articles) for s in stories)


def test_what_the_user_parts_no_detour_of_copies_joins() -> None:
    said = Correction(subject="story", verdict="not-same", left="a", right="b")
    stories = run(pile_of(*FOUR, links=(link("a", "c", 0.9), link("c", "b", 0.8)), corrections=(said,)))
    assert ("b",) in groups(stories) and any({"a", "c"} <= set(s.articles) for s in stories)


def test_a_later_story_on_the_same_matter_goes_on_with_the_earlier_one() -> None:
    inquiry = article(
        "f", "Inquiry opens into grounding of ferry",
        "An inquiry into the grounding of the Heron opened in Port Vessel. Ada Lund told it that the buoys were lit. "
        "The panel asked captains about pilotage, insurance and salvage costs before lunch.",
        date(2031, 6, 2),
    )  # fmt: skip
    stories = cluster(pile_of(*FOUR, inquiry), BagEncoder(), replace(OPTIONS, threshold=0.6, follow_up=0.05))
    of = {a: s for s in stories for a in s.articles}
    assert of["f"].part_of == of["a"].id
    assert of["c"].part_of is None


def test_a_story_without_a_day_is_no_follow_up() -> None:
    undated = [replace(a, published=article("q", "", "").published) for a in FOUR]
    assert all(s.part_of is None for s in run(pile_of(*undated)))


@settings(max_examples=15, deadline=None)
@given(st.integers(min_value=0, max_value=10_000), st.integers(min_value=1, max_value=4))
def test_every_article_is_in_exactly_one_story_whatever_the_order(seed: int, count: int) -> None:
    shuffled = list(FOUR[:count])
    random.Random(seed).shuffle(shuffled)
    stories = run(pile_of(*shuffled))
    assert sorted(a for s in stories for a in s.articles) == sorted(a.id for a in shuffled)
    assert stories == run(pile_of(*FOUR[:count]))
    assert all(tuple(m.article for m in s.membership) == s.articles for s in stories)
    assert all(m.reasons for s in stories for m in s.membership)


def test_the_next_match_of_the_same_teams_is_another_story() -> None:
    first = (
        article("m1", "Saltmarsh Rovers beat Great Marlow in the rain", MATCH, DAY),
        article("m2", "Two late goals give Saltmarsh Rovers the derby", MATCH_AGAIN, DAY),
    )
    later = (
        article("m3", "Great Marlow hold Saltmarsh Rovers", RETURN, date(2031, 5, 20)),
        article("m4", "Goalless return for Great Marlow and Saltmarsh Rovers", RETURN_AGAIN, date(2031, 5, 20)),
    )
    assert groups(run(pile_of(*first, *later))) == {("m1", "m2"), ("m3", "m4")}
