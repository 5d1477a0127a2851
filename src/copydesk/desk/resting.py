"""Python's search for circles of objects, kept off what an update holds of every article."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def at_rest() -> Iterator[None]:
    """Inside, nothing is searched for circles; what was made there is left alone after it, until `searched` ends.

    An update holds a hundred objects of every article, none of them in a circle: to go through them again and again
    takes as long as to read them.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_on:
            gc.enable()


@contextmanager
def searched() -> Iterator[None]:
    """After it, all that was left alone is searched for circles again."""
    try:
        yield
    finally:
        gc.unfreeze()
