from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.clustering.dividing import divide
from copydesk.clustering.grouping import Grouping, Rules, group_pairs
from copydesk.linking import Constraints, ScoredPairs, members

RULES = Rules(threshold=0.2, contrast=0.7, lone=0.5, tight=3, seam=0.6)
FREE = Constraints()


def pairs_of(scores: dict[tuple[int, int], float]) -> ScoredPairs:
    places = sorted(scores)
    return ScoredPairs(
        left=np.array([a for a, _ in places], dtype=np.int64),
        right=np.array([b for _, b in places], dtype=np.int64),
        score=np.array([scores[p] for p in places], dtype=np.float64),
    )


def camps(one: list[int], other: list[int], inside: float, across: float) -> dict[tuple[int, int], float]:
    """Two camps of items, alike inside and across so much."""
    found = {p: inside for camp in (one, other) for p in combinations(camp, 2)}
    return found | {(min(a, b), max(a, b)): across for a in one for b in other}


def test_two_tight_groups_resist_what_is_loose_between_them() -> None:
    scores = camps([0, 1, 2], [3, 4, 5], inside=0.8, across=0.4)
    assert members(group_pairs(6, pairs_of(scores), RULES, FREE).whole) == [[0, 1, 2], [3, 4, 5]]


def test_one_report_does_not_join_a_tight_group_it_has_little_of() -> None:
    loose, near = (camps([0, 1, 2, 3], [4], inside=0.8, across=x) for x in (0.3, 0.45))
    assert members(group_pairs(5, pairs_of(loose), RULES, FREE).whole) == [[0, 1, 2, 3], [4]]
    assert members(group_pairs(5, pairs_of(near), RULES, FREE).whole) == [[0, 1, 2, 3, 4]]


def test_a_story_that_a_go_between_drew_together_is_cut_at_its_seam() -> None:
    pairs = [(0, 1), (2, 3)]
    scores = dict.fromkeys(pairs, 0.8) | {(a, b): 0.3 for a in (0, 1) for b in (2, 3)}
    found = group_pairs(4, pairs_of(scores), RULES, FREE)
    assert members(found.whole) == [[0, 1, 2, 3]]
    assert members(found.cut) == [[0, 1], [2, 3]]


def test_a_story_of_one_piece_is_not_cut() -> None:
    alike = np.full((7, 7), 0.5) - 0.5 * np.eye(7)
    assert [part.tolist() for part in divide(alike, 0.6)] == [list(range(7))]


def test_what_is_bound_together_no_seam_parts() -> None:
    scores = {(0, 1): 0.8, (2, 3): 0.8} | {(a, b): 0.3 for a in (0, 1) for b in (2, 3)}
    bound = Constraints(must=((1, 2),), cannot=())
    assert members(group_pairs(4, pairs_of(scores), RULES, bound).cut) == [[0, 1, 2, 3]]


def test_likenesses_of_nothing_are_divided_without_a_warning() -> None:
    assert len(divide(np.zeros((6, 6)), 0.6)) == 1


@settings(max_examples=60, deadline=None)
@given(st.integers(min_value=0, max_value=10_000))
def test_groups_that_stay_apart_have_no_say_in_each_other(seed: int) -> None:
    random = np.random.default_rng(seed)
    n = 14
    scores = {p: float(s) for p in combinations(range(n), 2) if (s := round(random.beta(1, 2), 3)) > 0.1}
    everyone = group_pairs(n, pairs_of(scores), RULES, FREE)
    for kept in (members(everyone.whole)[::2], members(everyone.whole)[1:]):
        items = sorted(i for group in kept for i in group)
        place = {item: i for i, item in enumerate(items)}
        inner = {(place[a], place[b]): s for (a, b), s in scores.items() if a in place and b in place}
        found: Grouping = group_pairs(len(items), pairs_of(inner), RULES, FREE)
        assert [[items[i] for i in g] for g in members(found.whole)] == sorted(kept)


@pytest.mark.parametrize("size", [2, 3])
def test_a_group_too_small_for_two_halves_is_left_whole(size: int) -> None:
    assert len(divide(np.zeros((size, size)), 0.9)) == 1
