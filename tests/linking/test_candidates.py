"""What a join of keys and a search of neighbours must give."""

from __future__ import annotations

import itertools

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from copydesk.linking import join_keys, judge_pairs, neighbours

entries = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 15)), max_size=60)


def columns(pairs: list[tuple[int, int]]) -> tuple[np.ndarray, np.ndarray]:
    return np.array([o for o, _ in pairs], dtype=np.int64), np.array([k for _, k in pairs], dtype=np.uint64)


@given(entries, st.integers(2, 8))
def test_a_join_finds_what_brute_force_finds(pairs: list[tuple[int, int]], key_max: int) -> None:
    owners_of: dict[int, set[int]] = {}
    for owner, key in pairs:
        owners_of.setdefault(key, set()).add(owner)
    expected: dict[tuple[int, int], int] = {}
    for owners in owners_of.values():
        if len(owners) <= key_max:
            for pair in itertools.combinations(sorted(owners), 2):
                expected[pair] = expected.get(pair, 0) + 1
    found = join_keys(*columns(pairs), key_max=key_max)
    assert (
        dict(zip(zip(found.left.tolist(), found.right.tolist(), strict=True), found.shared.tolist(), strict=True))
        == expected
    )
    assert found.keys_cut == sum(len(o) > key_max for o in owners_of.values())


@given(entries, st.randoms(use_true_random=False))
def test_the_order_of_entries_does_not_matter(pairs: list[tuple[int, int]], random: object) -> None:
    shuffled = pairs[::-1]
    one, two = join_keys(*columns(pairs), key_max=5), join_keys(*columns(shuffled), key_max=5)
    assert np.array_equal(one.left, two.left)
    assert np.array_equal(one.right, two.right)
    assert np.allclose(one.weight, two.weight)


def test_no_keys_give_no_pairs() -> None:
    assert len(join_keys(*columns([]), key_max=5)) == 0


def test_a_rarer_key_weighs_more() -> None:
    found = join_keys(*columns([(0, 1), (1, 1), (2, 2), (3, 2), (4, 2)]), key_max=9)
    weight = dict(zip(zip(found.left.tolist(), found.right.tolist(), strict=True), found.weight.tolist(), strict=True))
    assert weight[0, 1] > weight[2, 3]


def test_neighbours_are_the_pairs_above_the_floor() -> None:
    random = np.random.default_rng(7)
    vectors = random.normal(size=(150, 8)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    found = neighbours(vectors, floor=0.5, count_max=150)
    cosine = vectors @ vectors.T
    expected = {(i, j) for i in range(150) for j in range(i + 1, 150) if cosine[i, j] >= 0.5}
    assert set(zip(found.left.tolist(), found.right.tolist(), strict=True)) == expected


def test_a_judge_sees_no_more_pairs_a_call_than_the_batch() -> None:
    found = join_keys(*columns([(i, 1) for i in range(10)]), key_max=10)
    sizes = []

    def judge(left: np.ndarray, right: np.ndarray) -> np.ndarray:
        sizes.append(len(left))
        return (left + right).astype(np.float64)

    scored = judge_pairs(found, judge, batch=16)
    assert max(sizes) <= 16
    assert scored.score.tolist() == (found.left + found.right).tolist()
