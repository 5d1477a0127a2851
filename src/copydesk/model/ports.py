"""The protocols that are used below where they are implemented."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")
MatrixT_co = TypeVar("MatrixT_co", covariant=True)


class SentenceEncoder(Protocol[MatrixT_co]):
    """Turns sentences into unit vectors.

    `encode` gives float32 of shape (len(sentences), dimensions), row i for sentence i, each of length 1 (a blank
    sentence is all zeros). A row depends on its own sentence alone. `name` tells versions apart in cache keys.
    """

    @property
    def name(self) -> str: ...

    @property
    def dimensions(self) -> int: ...

    def encode(self, sentences: Sequence[str]) -> MatrixT_co: ...


class Cache(Protocol):
    """Bytes by key: content hash + stage version + options hash."""

    def get(self, key: str) -> bytes | None: ...

    def put(self, key: str, value: bytes) -> None: ...


class Engine(Protocol):
    """Runs work that does not depend on its neighbours.

    `map` keeps the order of its input; `group` gives each key once, keys sorted, items in order of input.
    """

    @property
    def name(self) -> str: ...

    def map(self, work: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]: ...

    def group(self, key: Callable[[Item], str], items: Iterable[Item]) -> Iterator[tuple[str, list[Item]]]: ...


class Progress(Protocol):
    """Is told how far a stage has come. `total` None means it is not known."""

    def __call__(self, stage: str, done: int, total: int | None) -> None: ...


def be_silent(stage: str, done: int, total: int | None) -> None:
    """Progress that nobody watches."""
