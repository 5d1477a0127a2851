"""What the first probabilities say around a line."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from copydesk.cleaning.lines import Line
from copydesk.cleaning.second_look import SECOND_COLUMNS, second_rows


def lines_of(texts: list[str]) -> list[Line]:
    places = np.cumsum([0, *(len(t) + 1 for t in texts)])
    return [Line(start=int(p), end=int(p) + len(t), text=t, gap=False) for t, p in zip(texts, places, strict=False)]


def column(rows: np.ndarray, name: str) -> list[float]:
    return [float(v) for v in rows[:, SECOND_COLUMNS.index(name)]]


@given(st.lists(st.tuples(st.text(min_size=1, max_size=80), st.floats(0, 1)), min_size=1, max_size=30))
def test_every_line_has_a_finite_row(pairs: list[tuple[str, float]]) -> None:
    rows = second_rows(lines_of([t for t, _ in pairs]), np.array([p for _, p in pairs]))
    assert rows.shape == (len(pairs), len(SECOND_COLUMNS))
    assert np.isfinite(rows).all()


def test_the_densest_stretch_is_where_the_likely_lines_are() -> None:
    texts = ["menu", "a long line of a report about the harbour", "another long line about the harbour", "imprint"]
    rows = second_rows(lines_of(texts), np.array([0.1, 0.9, 0.9, 0.1]))
    assert column(rows, "in_0.5") == [0.0, 1.0, 1.0, 0.0]
    assert column(rows, "mass_before")[1] < column(rows, "mass_before")[2]


def test_a_line_about_other_names_is_off_topic() -> None:
    texts = [
        "The harbour of Vessel Point was closed by Mayor Brandt after the storm",
        "Dockers at Vessel Point told Mayor Brandt that the harbour must open",
        "Singer Tamsin Orrel announces summer concerts",
        "At Vessel Point the harbour belongs to Brandt",
    ]
    rows = second_rows(lines_of(texts), np.array([0.9, 0.9, 0.5, 0.5]))
    names, topic = column(rows, "names_known"), column(rows, "on_topic")
    assert names[3] > names[2]
    assert topic[3] > topic[2]
    assert column(rows, "names_new")[2] > column(rows, "names_new")[3]
