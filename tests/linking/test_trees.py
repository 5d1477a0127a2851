"""Shipped trees answer as they were written."""

from __future__ import annotations

from io import BytesIO

import numpy as np
import pytest

from copydesk.linking.trees import read_trees


def _two_trees() -> bytes:
    """score = (1 if a <= 0.5 else -1) + (2 if b <= 3 else 0)."""
    held = BytesIO()
    np.savez_compressed(
        held, columns=np.array(["a", "b"]), feature=np.array([0, 0, 0, 1, 0, 0], dtype=np.int16),
        threshold=np.array([0.5, np.inf, np.inf, 3.0, np.inf, np.inf]), left=np.array([1, 1, 2, 4, 4, 5], dtype=np.int32),
        right=np.array([2, 1, 2, 5, 4, 5], dtype=np.int32), value=np.array([0.0, 1.0, -1.0, 0.0, 2.0, 0.0]),
        roots=np.array([0, 3], dtype=np.int32), depth=1, start=0.0,
    )  # fmt: skip
    return held.getvalue()


def test_a_row_falls_to_the_leaf_that_its_numbers_lead_to() -> None:
    trees = read_trees(_two_trees())
    rows = np.array([[0.0, 3.0], [0.0, 4.0], [1.0, 3.0], [1.0, 4.0]])
    scores = np.array([3.0, 1.0, 1.0, -1.0])
    assert trees.columns == ("a", "b")
    np.testing.assert_allclose(trees.probabilities(rows), 1 / (1 + np.exp(-scores)))


def test_no_rows_have_no_probabilities() -> None:
    assert len(read_trees(_two_trees()).probabilities(np.zeros((0, 2)))) == 0


def test_objects_are_never_read() -> None:
    held = BytesIO()
    np.savez(held, columns=np.array([{"a": 1}], dtype=object))
    with pytest.raises(ValueError, match="pickle"):
        read_trees(held.getvalue())
