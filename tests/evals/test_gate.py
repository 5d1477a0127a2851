"""The gate lets a figure rise, and lets none fall or vanish."""

from __future__ import annotations

from pathlib import Path

import pytest

from evals.gate import Floor, judge, main, present_sets, read_floors
from evals.rows import Row

FLOOR = Floor(stage="times", set="one", metric="span_f1", value=0.9)


def row(value: float, metric: str = "span_f1") -> Row:
    return Row(stage="times", set="one", system="copydesk", metric=metric, value=value, n=10)


def test_a_figure_at_its_floor_or_above_passes() -> None:
    assert judge([FLOOR], [row(0.9)], {"one"}) == []
    assert judge([FLOOR], [row(0.95)], {"one"}) == []


def test_a_figure_below_its_floor_is_named() -> None:
    assert judge([FLOOR], [row(0.89)], {"one"}) == ["times one span_f1: 0.8900, at least 0.9 expected"]


def test_a_figure_above_its_ceiling_is_named() -> None:
    ceiling = Floor(stage="times", set="one", metric="span_f1", value=0.9, ceiling=True)
    assert judge([ceiling], [row(0.95)], {"one"}) == ["times one span_f1: 0.9500, at most 0.9 expected"]


def test_a_figure_that_vanishes_from_a_measured_set_is_named() -> None:
    assert judge([FLOOR], [row(0.9, "other")], {"one"}) == ["times one span_f1: was not measured, expected 0.9"]


def test_a_set_that_is_there_and_gives_no_figure_is_named(tmp_path: Path) -> None:
    (tmp_path / "times").mkdir()
    (tmp_path / "times" / "one.jsonl.gz").touch()
    assert present_sets([FLOOR], tmp_path) == {"one"}
    assert judge([FLOOR], [], {"one"}) == ["times one span_f1: was not measured, expected 0.9"]


def test_a_set_that_is_not_there_is_no_fault() -> None:
    assert judge([FLOOR], [], set()) == []


def test_without_data_the_gate_says_so_and_passes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--data", str(tmp_path / "nowhere")]) == 0
    assert "skipped" in capsys.readouterr().out


def test_every_floor_can_be_read_and_names_a_figure_once() -> None:
    floors = [(f.stage, f.set, f.metric) for f in read_floors()]
    assert len(floors) == len(set(floors))
