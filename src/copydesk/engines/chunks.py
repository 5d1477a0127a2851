"""Work → the same work on a chunk of items, as workers in other processes do it."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Sequence
from typing import TypeVar

from copydesk.engines.serial import about
from copydesk.errors import CopydeskError

Item = TypeVar("Item")
Result = TypeVar("Result")


def work_through(work: Callable[[Item], Result], chunk: Sequence[Item]) -> tuple[list[Result], Exception | None]:
    """The results of a chunk, up to the item at which something was raised, and what that was."""
    results: list[Result] = []
    for item in chunk:
        try:
            results.append(work(item))
        except Exception as error:
            error.add_note(about(item))
            return results, portable(error, item)
    return results, None


def portable(error: Exception, item: object) -> Exception:
    """The error itself where it survives the way between processes, else one that says the same."""
    try:
        back = pickle.loads(pickle.dumps(error))
    except Exception:
        back = None
    return error if type(back) is type(error) else CopydeskError(f"{type(error).__name__}: {error} ({about(item)})")
