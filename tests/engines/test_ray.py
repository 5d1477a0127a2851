from __future__ import annotations

import importlib.util
import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from copydesk.compiling import to_json
from copydesk.desk.briefs import make_tools
from copydesk.engines import RayEngine, SerialEngine, choose_engine
from copydesk.engines import ray as ray_module
from copydesk.errors import CopydeskError, OptionsError
from copydesk.model.captures import Capture
from copydesk.model.ports import be_silent
from copydesk.options import Options
from copydesk.pipeline import make_brief
from tests.engines.work import dies, dies_once, fails_oddly, length, loaded, power, process, squared, tales

needs_ray = pytest.mark.skipif(importlib.util.find_spec("ray") is None, reason="Ray is not installed (copydesk[ray])")


@pytest.fixture(scope="module")
def cluster() -> Iterator[RayEngine]:
    """Two workers on this machine, for all tests: Ray takes seconds to start."""
    with RayEngine(workers=2, chunk=3) as engine:
        yield engine


@needs_ray
def test_results_and_groups_are_those_of_the_serial_engine(cluster: RayEngine) -> None:
    assert list(cluster.map(squared, range(50))) == list(SerialEngine().map(squared, range(50)))
    assert list(cluster.map(partial(power, exponent=3), iter([3, 1, 2]))) == [27, 1, 8]
    assert list(cluster.map(squared, [])) == []
    assert list(cluster.group(str, [3, 1, 3])) == [("1", [1]), ("3", [3, 3])]


@needs_ray
def test_work_is_done_by_two_processes_that_load_their_models_once(cluster: RayEngine) -> None:
    assert cluster.workers == 2
    assert os.getpid() not in set(cluster.map(process, range(40)))
    found = list(cluster.map(loaded, range(60)))
    assert {misses for _, misses in found} == {1}
    assert len({model for model, _ in found}) <= 2


@needs_ray
def test_a_killed_worker_costs_only_the_tasks_it_was_at(cluster: RayEngine, tmp_path: Path) -> None:
    assert list(cluster.map(partial(dies_once, folder=str(tmp_path)), range(30))) == [n * n for n in range(30)]
    assert (tmp_path / "killed").exists()
    begun = Counter(int(line) for line in (tmp_path / "begun").read_text(encoding="ascii").split())
    again = {number for number, times in begun.items() if times > 1}
    assert again == {6, 7}  # its chunk held 6, 7 and 8, and 8 had not been begun
    assert set(begun) == set(range(30))


@needs_ray
def test_a_task_that_kills_every_worker_is_told(cluster: RayEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ray_module, "RETRIES", 1)
    with pytest.raises(CopydeskError, match="gave a task up after 1 retries"):
        list(cluster.map(dies, [1]))
    assert list(cluster.map(squared, [2])) == [4]


@needs_ray
def test_an_error_comes_through_behind_the_results_before_it(cluster: RayEngine) -> None:
    captures = [Capture(id=f"a-{n}", path=f"pile/{n}.txt", content=b"x" * (n != 5), medium="text") for n in range(8)]
    results = cluster.map(length, captures)
    assert [next(results) for _ in range(5)] == [1] * 5
    with pytest.raises(ValueError, match="nothing in it") as raised:
        next(results)
    assert raised.value.__notes__ == ["while working on pile/5.txt"]
    with pytest.raises(CopydeskError, match=r"TwoWordError: odd .*working on 7"):
        list(cluster.map(fails_oddly, [7]))


@needs_ray
def test_items_are_not_taken_far_ahead_of_what_is_asked_for(cluster: RayEngine) -> None:
    taken = 0

    def numbers() -> Iterator[int]:
        nonlocal taken
        while True:
            taken += 1
            yield taken

    results = cluster.map(squared, numbers())
    assert [next(results), next(results)] == [1, 4]
    assert taken <= 3 * 2 * 2
    results.close()  # type: ignore[attr-defined]


@needs_ray
def test_a_brief_is_the_same_bytes_from_every_engine(cluster: RayEngine) -> None:
    """The tagger runs in Ray's workers there, one article at a time, and in this process in batches here."""
    options = Options()
    captures = [
        Capture(id=f"a-{n:03}", path=f"pile/{n}.txt", content=text.encode(), medium="text")
        for n, text in enumerate(tales())
    ]
    briefs = []
    for engine in (SerialEngine(), cluster):
        tools = replace(make_tools(options, be_silent, lambda: datetime(2024, 5, 2, tzinfo=UTC)), engine=engine)
        briefs.append(to_json(make_brief(captures, (), tools, options)))
    assert briefs[0] == briefs[1]
    assert b"Marrow Bridge" in briefs[0]


@needs_ray
def test_ray_is_chosen_by_name_or_by_address() -> None:
    here, there = choose_engine("ray", 2), choose_engine("ray://head.example:10001")
    assert [here.name, there.name] == ["ray", "ray://head.example:10001"]
    assert isinstance(there, RayEngine)
    with pytest.raises(OptionsError, match="expected serial, processes, ray or"):
        choose_engine("ray://")


def test_a_missing_ray_is_told_with_the_extra_that_brings_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ray_module.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(OptionsError, match=r"pip install 'copydesk\[ray\]'"):
        choose_engine("ray")
