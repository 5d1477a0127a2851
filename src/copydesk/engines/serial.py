"""The engine that works in this process, one item after another: the oracle of every other one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

SHOWN = 200  # characters of an item that a message quotes


class SerialEngine:
    """Works through the items in this process, each when its result is asked for."""

    @property
    def name(self) -> str:
        return "serial"

    def map(self, work: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
        """The result of every item, in order. What `work` raises comes through, with a note of the item."""
        for item in items:
            try:
                result = work(item)
            except Exception as error:
                error.add_note(about(item))
                raise
            yield result

    def group(self, key: Callable[[Item], str], items: Iterable[Item]) -> Iterator[tuple[str, list[Item]]]:
        """Each key once, in order, with its items in order of input."""
        return grouped(key, items)

    def close(self) -> None:
        """Nothing to close: there for the sake of the other engines."""


def grouped(key: Callable[[Item], str], items: Iterable[Item]) -> Iterator[tuple[str, list[Item]]]:
    """Each key once, keys sorted, items in order of input."""
    groups: dict[str, list[Item]] = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    for name in sorted(groups):
        yield name, groups[name]


def about(item: object) -> str:
    """The note that an error carries: which item it happened at."""
    named = getattr(item, "path", None) or getattr(item, "id", None)
    shown = named if isinstance(named, str) else repr(item)
    return f"while working on {shown[:SHOWN]}{'…' if len(shown) > SHOWN else ''}"
