"""kill -9 at random points of an add and an update: what was told of is there, the desk is sound, and it goes on.

A child puts a small pile onto a desk and updates it; it is killed before the nth statement that it gives SQLite, n drawn
by a seed, or after a random time. Then the desk is opened, checked, and looked through for every capture that the child
had told of. The same desk goes on to the next kill until an update comes through; then it must hold the same stories,
facts and voices as a desk that was never killed.
"""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.rows import Request, Row
from copydesk import desk, pipeline
from copydesk.desk.briefs import make_tools, utc_now
from copydesk.model.ports import be_silent
from copydesk.options import Options
from copydesk.store import connection

PILE = Path(__file__).parents[1] / "examples" / "harbour" / "pile"
FILES = ("01-meridian.txt", "02-coastline.txt", "05-radio-halden.txt", "06-gazette.html", "09-orchestra.txt")
KILLS = int(os.environ.get("BENCH_KILLS", "50"))
STATEMENTS = 220  # about so many are given by an add and an update of these files
SECONDS = 4.0  # about so long they take
IN_A_ROW = 6  # kills of one desk before it may come through
SEED = 5

Facts = dict[frozenset[str], tuple[frozenset[str], frozenset[tuple[str, str]]]]


@dataclass
class Tally:
    """What became of the desks."""

    kills: int = 0
    through: int = 0  # runs that ended before their kill
    told: int = 0
    lost: int = 0
    unsound: list[str] = field(default_factory=list)
    different: int = 0
    compared: int = 0


def run(request: Request) -> Iterator[Row]:
    """So many kills, and what they did."""
    start = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        tally = kill_often(Path(folder), KILLS, SEED)
    for fault in tally.unsound:
        print(f"bench: {fault}", file=sys.stderr)
    for metric, value in (
        ("captures_lost", tally.lost), ("desks_unsound", len(tally.unsound)), ("desks_different", tally.different),
        ("seconds", time.perf_counter() - start),
    ):  # fmt: skip
        yield Row(bench="kills", system="copydesk", metric=metric, value=float(value), n=tally.kills)
    yield Row(bench="kills", system="copydesk", metric="captures_told_of", value=float(tally.told), n=tally.kills)
    yield Row(bench="kills", system="copydesk", metric="desks_compared", value=float(tally.compared), n=tally.compared)


def kill_often(folder: Path, kills: int, seed: int) -> Tally:
    """At least so many kills, each desk followed to its end."""
    rng, tally = random.Random(seed), Tally()
    tools = make_tools(Options(), be_silent, utc_now)
    expected = _undisturbed(folder / "whole", tools)
    number = 0
    while tally.kills < kills:
        number += 1
        place = folder / f"desk{number}"
        _create(place)
        reported: set[str] = set()
        for turn in range(IN_A_ROW + 1):
            last = turn == IN_A_ROW
            done = _run_child(place, tools, None if last else (rng.randrange(1, STATEMENTS), rng.random() < 0.5))
            reported |= done.told
            tally.kills += done.killed
            tally.through += not done.killed
            _inspect(place, reported, tally)
            if not done.killed:
                break
        with desk.open_desk(place) as found:
            tally.compared += 1
            tally.different += read_facts(found) != expected
        tally.told += len(reported)
    return tally


def _create(place: Path) -> None:
    desk.create_desk(place).close()


def _undisturbed(place: Path, tools: pipeline.Tools) -> Facts:
    _create(place)
    _work(place, tools, -1)
    with desk.open_desk(place) as found:
        return read_facts(found)


def read_facts(found: desk.Desk) -> Facts:
    """The stories of a desk by their articles, each with its voices and facts."""
    dossiers = [desk.open_dossier(found, row.id) for row in desk.list_stories(found)]
    return {
        frozenset(d.story.articles): (frozenset(v.id for v in d.voices), frozenset((f.id, f.status) for f in d.facts))
        for d in dossiers
    }


@dataclass(frozen=True)
class Run:
    """How a child ended, and the captures that it told of before."""

    killed: bool
    told: frozenset[str]


def _run_child(place: Path, tools: pipeline.Tools, kill: tuple[int, bool] | None) -> Run:
    """One child, killed before its nth statement, or after a share of the usual time, or not at all."""
    reading, writing = os.pipe()
    child = os.fork()  # the child has the models without loading them
    if child == 0:
        code = 1
        try:
            os.close(reading)
            if kill is not None and kill[1]:
                _die_before(kill[0])
            _work(place, tools, writing)
            code = 0
        finally:
            os._exit(code)
    os.close(writing)
    if kill is not None and not kill[1]:
        time.sleep(SECONDS * kill[0] / STATEMENTS)
        os.kill(child, signal.SIGKILL)
    told = b""
    while part := os.read(reading, 65536):
        told += part
    os.close(reading)
    _, status = os.waitpid(child, 0)
    killed = os.WIFSIGNALED(status)
    if not killed and os.WEXITSTATUS(status):
        raise RuntimeError(f"a child ended with {os.WEXITSTATUS(status)}")
    lines = told.decode().split("\n")
    return Run(killed=killed, told=frozenset(lines[:-1]))  # what stands behind the last line's end was not told


def _work(place: Path, tools: pipeline.Tools, told_to: int) -> None:
    """What the child does: an add that tells of each capture, and an update."""
    with desk.open_desk(place) as found:
        found.tools = tools

        def tell(settled: desk.Settled) -> None:
            if told_to >= 0:
                os.write(told_to, f"{settled.capture}\n".encode())

        desk.add(found, [PILE / name for name in FILES], told=tell)
        desk.update(found)


def _die_before(statement: int) -> None:
    """Ends this process as kill -9 does, before it gives its nth statement to SQLite."""
    left = [statement]
    opened = connection.Connection._open

    def count(_: str) -> None:
        left[0] -= 1
        if left[0] <= 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def traced(file: connection.Connection) -> sqlite3.Connection:
        made = opened(file)
        made.set_trace_callback(count)
        return made

    setattr(connection.Connection, "_open", traced)  # noqa: B010 - for the rest of this short-lived process


def _inspect(place: Path, reported: Sequence[str] | set[str], tally: Tally) -> None:
    """Opens the desk as the next user would."""
    with desk.open_desk(place) as found:
        tally.unsound += [f"{place.name}: {fault}" for fault in desk.check_desk(found)]
        settled = {s.capture for s in found.store.settled() if s.became != "waiting"}
        tally.lost += len(set(reported) - settled)
