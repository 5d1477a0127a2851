from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.clustering.looks import OF_MEANING, Look, Row
from copydesk.clustering.table import MANY, SCALE, Table

DAY = 7_000.0


def random_rows(seed: int, count: int, width: int) -> list[tuple[Look, Row]]:
    """Rows of random terms and meanings, the squares of each adding up to one at most; one in nine has no term."""
    draw = np.random.default_rng(seed)
    found = []
    for number in range(count):
        columns = np.sort(draw.choice(width, size=0 if number % 9 == 8 else int(draw.integers(1, 30)), replace=False))
        weights = draw.random(len(columns))
        meaning = draw.normal(size=16)
        look = Look(
            terms=(),
            counts=(),
            meaning=(meaning / np.linalg.norm(meaning)).astype(np.float32),
            earliest=DAY,
            latest=DAY,
            place=(DAY, str(number)),
        )
        weights /= max(1.0, float(np.linalg.norm(weights)))
        found.append((look, Row(columns=columns.astype(np.int32), weights=weights.astype(np.float32), keys=())))
    return found


def plain_likeness(one: tuple[Look, Row], other: tuple[Look, Row], width: int) -> float:
    dense = np.zeros((2, width))
    for line, (_, row) in zip(dense, (one, other), strict=True):
        line[row.columns] = row.weights
    return float(dense[0] @ dense[1] + OF_MEANING * one[0].meaning.astype(np.float64) @ other[0].meaning)


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 10_000), count=st.integers(2, 3 * MANY), grown=st.integers(0, 2 * MANY))
def test_likeness_is_the_product_of_rows_however_many_and_whenever_they_came(seed: int, count: int, grown: int) -> None:
    rows, table = random_rows(seed, count + grown, 400), Table()
    for look, row in rows[:count]:
        table.add(look, row)
    table.likeness(0, np.arange(count, dtype=np.int32))
    for look, row in rows[count:]:
        table.add(look, row)
    everybody = np.arange(len(rows), dtype=np.int32)
    found = table.likeness(0, everybody)
    expected = [plain_likeness(rows[0], row, 400) for row in rows]
    np.testing.assert_allclose(found, expected, atol=3e-3)
    assert [table.likeness(0, everybody[i : i + 1])[0] for i in range(len(rows))] == found.tolist()


def test_a_row_comes_back_as_it_was_added() -> None:
    rows, table = random_rows(3, 40, 5_000), Table()
    for look, row in rows:
        table.add(look, row)
    for number, (_, row) in enumerate(rows):
        back = table.row(number)
        assert back.columns.tolist() == row.columns.tolist()
        np.testing.assert_allclose(back.weights, row.weights, atol=0.5 / SCALE)
