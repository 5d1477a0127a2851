"""What grouping must hold to."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from copydesk.linking import Constraints, ScoredPairs, average_link, connect, members

N = 9
edges = st.lists(
    st.tuples(st.integers(0, N - 1), st.integers(0, N - 1), st.sampled_from([0.1, 0.4, 0.6, 0.9])), max_size=30
)


def scored(rows: list[tuple[int, int, float]]) -> ScoredPairs:
    return ScoredPairs(
        left=np.array([a for a, _, _ in rows], dtype=np.int64),
        right=np.array([b for _, b, _ in rows], dtype=np.int64),
        score=np.array([s for _, _, s in rows], dtype=np.float64),
    )


def test_connected_items_share_a_group() -> None:
    labels = connect(5, np.array([4, 1]), np.array([1, 2]))
    assert labels.tolist() == [0, 1, 1, 2, 1]
    assert members(labels) == [[0], [1, 2, 4], [3]]


@given(edges)
def test_the_order_of_pairs_does_not_change_the_groups(rows: list[tuple[int, int, float]]) -> None:
    one = average_link(N, scored(rows), threshold=0.3)
    two = average_link(N, scored(rows[::-1]), threshold=0.3)
    assert one.tolist() == two.tolist()


@given(edges, st.lists(st.tuples(st.integers(0, N - 1), st.integers(0, N - 1)), max_size=6))
def test_what_must_not_meet_does_not_meet(rows: list[tuple[int, int, float]], cannot: list[tuple[int, int]]) -> None:
    labels = average_link(N, scored(rows), threshold=0.05, constraints=Constraints(cannot=cannot))
    assert all(labels[a] != labels[b] for a, b in cannot if a != b)


@given(edges, st.lists(st.tuples(st.integers(0, N - 1), st.integers(0, N - 1)), max_size=6))
def test_what_must_meet_meets(rows: list[tuple[int, int, float]], must: list[tuple[int, int]]) -> None:
    labels = average_link(N, scored(rows), threshold=0.5, constraints=Constraints(must=must))
    assert all(labels[a] == labels[b] for a, b in must)


def test_one_strong_pair_does_not_chain_two_groups() -> None:
    rows = [(0, 1, 0.9), (2, 3, 0.9), (1, 2, 0.8)]
    assert average_link(4, scored(rows), threshold=0.5).tolist() == [0, 0, 1, 1]
    assert connect(4, *(np.array(c) for c in ([0, 2, 1], [1, 3, 2]))).tolist() == [0, 0, 0, 0]


def test_a_group_grows_while_its_mean_holds() -> None:
    rows = [(0, 1, 0.9), (0, 2, 0.7), (1, 2, 0.7), (3, 4, 0.2)]
    assert average_link(5, scored(rows), threshold=0.5).tolist() == [0, 0, 0, 1, 2]


def test_two_that_agree_with_no_third_need_more_than_a_group_that_grows() -> None:
    rows = [(0, 1, 0.2), (2, 3, 0.6), (3, 4, 0.4), (2, 4, 0.2)]
    assert average_link(5, scored(rows), threshold=0.15).tolist() == [0, 0, 1, 1, 1]
    assert average_link(5, scored(rows), threshold=0.15, first=0.5).tolist() == [0, 1, 2, 2, 2]
