"""docs/desk.md is run as it stands, line by line."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from tests.cli.test_commands import call
from tests.whole.examples import EXAMPLES

PAGE = (Path(__file__).parents[1] / "docs" / "desk.md").read_text(encoding="utf-8")
OPML = """<opml version="2.0"><body><outline text="Port news" type="rss" xmlUrl="https://port.example/rss"/></body></opml>"""
EXPECTED = {  # the beginning of a line of the page → what it must print
    "copydesk new": "a desk lies in",
    "copydesk update": " told anew",
    "copydesk stories --voices 2": "Ship that hit Port Veyra pier",
    "copydesk story": "9 articles, 6 voices",
    "copydesk search harbour": "two dockworkers",
    "copydesk search who:Vasko": "The Veyra Courier",
    "copydesk search grain": "Northgate Post",
    'copydesk search "voice:Meridian': "pier",
    "copydesk search --like": "Port Veyra",
    "copydesk diff": "{+Fourteen+}",
    "copydesk correct log": "story not-same",
    "copydesk feeds import": "1 new feed",
    "copydesk check --deep": "sound:",
    "copydesk import": "10 articles",
    "copydesk forget": "1 article forgotten",
}


def lines_of(page: str) -> list[str]:
    """The commands of the page's blocks, in order."""
    return [
        line for block in re.findall(r"^```\n(.*?)^```", page, re.DOTALL | re.MULTILINE) for line in block.splitlines()
    ]


@pytest.mark.slow
def test_the_tutorial_of_the_desk_says_what_happens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(EXAMPLES / "harbour" / "pile", tmp_path / "pile")
    (tmp_path / "feeds.opml").write_text(OPML, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    met, adds = set(), 0
    for line in lines_of(PAGE):
        command, *arguments = shlex.split(line)
        if command == "cd":
            monkeypatch.chdir(arguments[0])
            continue
        assert command == "copydesk"
        adds += arguments[0] == "add"
        if arguments[0] == "add" and adds == 3:
            change_a_file(tmp_path / "pile" / "05-radio-halden.txt")
        done = call(*arguments)
        words = done.stdout.decode() + done.stderr.decode()
        assert done.returncode == 0, (line, words)
        for start, expected in EXPECTED.items():
            if line.startswith(start):
                met.add(start)
                assert expected in words, (line, words)
    assert met == set(EXPECTED)


def change_a_file(path: Path) -> None:
    """What an outlet does when it edits an article."""
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("Twelve people", "Fourteen people"), encoding="utf-8")
