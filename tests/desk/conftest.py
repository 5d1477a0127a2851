"""A desk that was updated once, copied for every test that needs one, and models that are loaded once."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest

from copydesk import desk, pipeline
from copydesk.desk.briefs import make_tools
from copydesk.model.ports import be_silent
from copydesk.options import Options

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
ARTICLES = {
    "wire.txt": """Ferry runs aground off Port Sarn

By Ana Lindqvist, Meridian
3 March 2026

A ferry with 120 people on board ran aground off Port Sarn on Tuesday, injuring seven passengers, the coastguard said.

The Kestrel struck a sandbank shortly after 6 a.m. on its way to Halden Island. Coastguard chief Tomas Brandt said the ferry
had lost its steering. "We had everybody ashore within two hours," Brandt said.

The operator, Sarn Lines, said it would pay for the passengers' journeys.
""",
    "herald.txt": """Ferry runs aground off Port Sarn

Sarn Herald
3 March 2026

A ferry with 120 people on board ran aground off Port Sarn on Tuesday, injuring seven passengers, the coastguard said.

The Kestrel struck a sandbank shortly after 6 a.m. on its way to Halden Island. Coastguard chief Tomas Brandt said the ferry
had lost its steering. "We had everybody ashore within two hours," Brandt said.

(Meridian)
""",
    "radio.txt": """Passengers tell of fear on stranded ferry

By Mirela Oster, Radio Halden
3 March 2026, 19:10

Twelve people were hurt when the ferry Kestrel hit a sandbank near Port Sarn on Tuesday morning, doctors at the clinic of
Halden Island told Radio Halden.

Passenger Ivo Renn said the lights went out before the blow. "Nobody told us anything," Renn said.

The coastguard took everybody off the ferry by eight o'clock.
""",
    "choir.txt": """Choir from Upper Vale wins singing prize

By Nora Beck, Vale Gazette
1 March 2026

A choir of schoolchildren from Upper Vale won the first prize of the national singing contest on Saturday. The jury praised
the choir's songs from the mountains.

Teacher Hanna Moss said the children had practised every evening since October.
""",
}


@cache
def load_tools() -> pipeline.Tools:
    """The models, loaded once for all tests."""
    return make_tools(Options(), be_silent, lambda: NOON)


def open_at(folder: Path) -> desk.Desk:
    """The desk of a folder at noon, with the models that are loaded already."""
    found = desk.open_desk(folder, now=lambda: NOON)
    found.tools = load_tools()
    return found


def write_pile(folder: Path, names: tuple[str, ...] = tuple(ARTICLES)) -> Path:
    """The articles as files."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        (folder / name).write_text(ARTICLES[name], encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a pile and the desk that it was put on."""
    folder = tmp_path_factory.mktemp("made")
    write_pile(folder / "pile")
    desk.create_desk(folder / "desk").close()
    with open_at(folder / "desk") as found:
        desk.add(found, [folder / "pile"])
        desk.update(found)
    return folder


@pytest.fixture
def place(made: Path, tmp_path: Path) -> Path:
    """A copy of that folder, whose files lie where the desk knows them."""
    shutil.copytree(made / "desk", tmp_path / "desk")
    return tmp_path


@pytest.fixture
def opened(place: Path) -> Callable[[], desk.Desk]:
    return lambda: open_at(place / "desk")
