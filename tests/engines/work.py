"""Work for engines, in a module of its own: a spawned process imports it, and that should be quick."""

from __future__ import annotations

import os

from copydesk.model.captures import Capture


def squared(number: int) -> int:
    return number * number


def power(number: int, exponent: int) -> int:
    return int(number**exponent)


def inverse(number: int) -> float:
    return 1 / number


def length(capture: Capture) -> int:
    if not capture.content:
        raise ValueError("nothing in it")
    return len(capture.content)


class TwoWordError(Exception):
    """One that pickle cannot bring back: it is made of two arguments and keeps one."""

    def __init__(self, one: str, other: str) -> None:
        super().__init__(one)
        self.other = other


def fails_oddly(number: int) -> int:
    raise TwoWordError("odd", "indeed")


def dies(number: int) -> int:
    os._exit(9)


def process(number: int) -> int:
    return os.getpid()
