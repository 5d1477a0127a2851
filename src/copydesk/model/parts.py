"""Which parts of a sentence are to be read within it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

Part: TypeAlias = tuple[tuple[int, int], ...]  # where its stretches start and end in the sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """A sentence and the parts of it that a vector each is asked for: `fine` ones as they are found, `rough` ones, of
    which there are many, rounded to half precision."""

    sentence: str
    fine: tuple[Part, ...]
    rough: tuple[Part, ...]
