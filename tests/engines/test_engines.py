from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.engines import ProcessEngine, SerialEngine, choose_engine
from copydesk.errors import CopydeskError, OptionsError
from copydesk.model.captures import Capture
from copydesk.model.ports import Engine
from tests.engines.work import dies, fails_oddly, inverse, length, power, process, squared


@pytest.fixture(scope="module")
def processes() -> Iterator[ProcessEngine]:
    with ProcessEngine(2, chunk=3) as engine:
        yield engine


@pytest.fixture(params=["serial", "processes"])
def engine(request: pytest.FixtureRequest, processes: ProcessEngine) -> Engine:
    return SerialEngine() if request.param == "serial" else processes


def test_results_come_in_the_order_of_the_items(engine: Engine) -> None:
    assert list(engine.map(squared, range(50))) == [n * n for n in range(50)]
    assert list(engine.map(squared, [])) == []
    assert list(engine.map(partial(power, exponent=3), iter([3, 1, 2]))) == [27, 1, 8]


@settings(deadline=None, max_examples=25)
@given(st.lists(st.integers(-5, 5), max_size=20))
def test_processes_give_what_the_serial_engine_gives(processes: ProcessEngine, numbers: list[int]) -> None:
    def outcome(engine: Engine, work: Callable[[int], float]) -> tuple[list[float], str]:
        found: list[float] = []
        try:
            for result in engine.map(work, numbers):
                found.append(result)
        except ZeroDivisionError as error:
            return found, f"{error} {error.__notes__}"
        return found, ""

    assert outcome(processes, inverse) == outcome(SerialEngine(), inverse)
    assert list(processes.group(str, numbers)) == list(SerialEngine().group(str, numbers))


def test_groups_come_sorted_by_key_with_items_in_order_of_input(engine: Engine) -> None:
    words = ["quay", "mole", "quest", "mast", "anchor", "mare"]
    assert list(engine.group(lambda word: word[0], words)) == [
        ("a", ["anchor"]),
        ("m", ["mole", "mast", "mare"]),
        ("q", ["quay", "quest"]),
    ]


def test_an_error_names_the_item_it_happened_at(engine: Engine) -> None:
    captures = [Capture(id=f"a-{n}", path=f"pile/{n}.txt", content=b"x" * (n != 5), medium="text") for n in range(8)]
    with pytest.raises(ValueError, match="nothing in it") as raised:
        list(engine.map(length, captures))
    assert raised.value.__notes__ == ["while working on pile/5.txt"]


def test_a_long_item_is_named_by_its_beginning(engine: Engine) -> None:
    with pytest.raises(TypeError) as raised:
        list(engine.map(squared, ["x" * 10_000]))  # type: ignore[list-item]
    assert len(raised.value.__notes__[0]) < 300


def test_items_are_not_taken_far_ahead_of_what_is_asked_for(engine: Engine) -> None:
    taken = 0

    def numbers() -> Iterator[int]:
        nonlocal taken
        while True:
            taken += 1
            yield taken

    results = engine.map(squared, numbers())
    assert [next(results), next(results)] == [1, 4]
    assert taken <= 3 * 4 * 2
    results.close()  # type: ignore[attr-defined]


def test_work_is_done_in_other_processes(processes: ProcessEngine) -> None:
    assert os.getpid() not in set(processes.map(process, range(20)))


def test_an_error_that_cannot_travel_is_told_in_words(processes: ProcessEngine) -> None:
    with pytest.raises(CopydeskError, match=r"TwoWordError: odd .*working on 7"):
        list(processes.map(fails_oddly, [7]))


def test_a_worker_that_dies_is_told_and_the_engine_goes_on() -> None:
    with ProcessEngine(1) as engine:
        with pytest.raises(CopydeskError, match="use fewer workers"):
            list(engine.map(dies, [1]))
        assert list(engine.map(squared, [2])) == [4]


def test_an_engine_is_chosen_by_name() -> None:
    assert choose_engine("serial").name == "serial"
    chosen = choose_engine("processes", 3)
    assert (chosen.name, isinstance(chosen, ProcessEngine) and chosen.workers) == ("processes", 3)
    with pytest.raises(OptionsError, match="engine is 'spark'; expected serial, processes, ray or ray://HOST:PORT"):
        choose_engine("spark")
    with pytest.raises(OptionsError, match="workers is 0"):
        choose_engine("processes", 0)
