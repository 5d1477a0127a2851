"""What Python holds ↔ what an SQLite column holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from hashlib import sha256

from copydesk.store.connection import Value

IN_A_STATEMENT = 500  # values: SQLite takes a few thousand, its older versions 999


def parts(values: Sequence[Value]) -> Iterator[Sequence[Value]]:
    """The values in pieces that one statement takes."""
    for start in range(0, len(values), IN_A_STATEMENT):
        yield values[start : start + IN_A_STATEMENT]


def places(values: Sequence[Value]) -> str:
    """The question marks for these values."""
    return ", ".join("?" * len(values))


def digest(found: bytes) -> str:
    return sha256(found).hexdigest()


def stamp(at: datetime) -> str:
    """A time as text that sorts as the times do."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def day(at: date | None) -> str | None:
    return None if at is None else at.isoformat()[:10]


def moment(value: Value) -> datetime:
    return datetime.fromisoformat(str(value))


def plain(words: str) -> str:
    """Words without halves of surrogate pairs, which SQLite refuses."""
    return words if words.isascii() else words.encode("utf-8", "replace").decode("utf-8")


def content(value: Value) -> bytes:
    if not isinstance(value, bytes):
        raise ValueError(f"bytes were kept here, found {type(value).__name__}")
    return value


def whole(value: Value) -> int:
    if not isinstance(value, int):
        raise ValueError(f"a whole number was kept here, found {value!r}")
    return value


def real(value: Value) -> float:
    if not isinstance(value, (int, float)):
        raise ValueError(f"a number was kept here, found {value!r}")
    return float(value)


def words_or_none(value: Value) -> str | None:
    return None if value is None else str(value)
