"""Work for engines, in a module of its own: a spawned process imports it, and that should be quick."""

from __future__ import annotations

import os
import signal
from functools import cache
from pathlib import Path

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


def dies_once(number: int, folder: str) -> int:
    """Notes that it was begun; the first worker at item 7 is killed, as by a machine short of memory."""
    with (Path(folder) / "begun").open("a", encoding="ascii") as begun:
        begun.write(f"{number}\n")
    if number == 7 and not (Path(folder) / "killed").exists():
        (Path(folder) / "killed").touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return squared(number)


@cache
def load_model() -> str:
    """Stands for a language model: every process loads its own."""
    return f"model of {os.getpid()}"


def loaded(number: int) -> tuple[str, int]:
    load_model()
    return load_model(), load_model.cache_info().misses


def tales() -> list[str]:
    """Seven short reports of two events, one of them printed twice."""
    bridge = (
        "Marrow Bridge closed after barge strike\n\nThe Marrow Bridge was closed on Tuesday after a grain barge struck its "
        "second pillar, the port office of Osterby said. Three people were hurt.\n\n"
        "“Nobody should use the bridge before Friday,” harbour master Ilse Tamm said."
    )
    vote = (
        "Lorvik council votes for new tram\n\nThe council of Lorvik voted by {} to 9 on Monday to build a tram to the "
        "hospital.\n\nMayor Peder Aasland said the line would cost 80 million crowns and open in 2027."
    )
    other = (
        "Barge hits bridge in Osterby\n\nA barge loaded with grain hit a pillar of the Marrow Bridge in Osterby on Tuesday. "
        "{} people were taken to hospital, a police spokesman said.\n\nTraffic was sent over the Lower Ferry."
    )
    return [
        bridge,
        bridge + "\n\n(Coast News)",
        *(other.format(n) for n in ("Two", "Four")),
        *(vote.format(n) for n in (14, 15, 16)),
    ]
