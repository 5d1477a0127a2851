from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from copydesk.errors import CorrectionsError
from copydesk.reading import About, read_about
from tests.reading.tools import read_all

HEADER = "path,url,outlet,published,observed\n"


def written(tmp_path: Path, content: str) -> Path:
    path = tmp_path / "about.csv"
    path.write_text(content)
    return path


def test_a_row_says_what_the_user_knows(tmp_path: Path) -> None:
    rows = read_about(
        written(
            tmp_path,
            HEADER + "# a note\na.txt,https://v.example/1,Vessel Post,2031-05-06,2031-05-07\n\nb.txt,,,2031-05,\n",
        )
    )
    assert rows == (
        About(
            path="a.txt",
            url="https://v.example/1",
            outlet="Vessel Post",
            published="2031-05-06",
            observed=date(2031, 5, 7),
        ),
        About(path="b.txt", published="2031-05"),
    )


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "is empty"),
        ("file,outlet\na.txt,X\n", "line 1: found the columns file, outlet"),
        ("path,path\na.txt,X\n", "each once"),
        (HEADER + "a.txt,,,05/06/2031,\n", "line 2: published is '05/06/2031'"),
        (HEADER + "a.txt,,,,soon\n", "line 2: observed is 'soon'"),
        (HEADER + "a.txt,,,,\n,,Vessel Post,,\n", "line 3: the path is missing"),
        (HEADER + "a.txt,,Vessel Post, Port Vessel,2031-05-06,\n", "line 2: 1 cells more"),
    ],
)
def test_nonsense_is_refused_with_its_line(tmp_path: Path, content: str, words: str) -> None:
    with pytest.raises(CorrectionsError, match=words.replace("(", r"\(")):
        read_about(written(tmp_path, content))


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CorrectionsError, match="cannot be read"):
        read_about(tmp_path / "gone.csv")


def test_rows_meet_captures_by_the_end_of_their_path(tmp_path: Path) -> None:
    for name in ("one/a.txt", "two/a.txt", "two/ba.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"Report {name}")
    about = [About(path="a.txt", outlet="Any"), About(path="./two/a.txt", outlet="Two")]
    captures, skipped = read_all(tmp_path, about=about)
    assert [c.said("outlet") for c in captures] == [("Any", "user"), ("Two", "user"), None]
    assert skipped == []


def test_the_user_outranks_the_container(tmp_path: Path) -> None:
    (tmp_path / "pile.jsonl").write_text(
        '{"id": "1", "text": "A", "outlet": "Feed", "url": "https://v.example/1"}\n{"id": "2", "text": "B", "outlet": "Feed"}\n'
    )
    about = [About(path="pile.jsonl", outlet="All"), About(path="pile.jsonl/1", outlet="One")]
    captures, _ = read_all(tmp_path, about=about)
    assert [c.said("outlet") for c in captures] == [("One", "user"), ("All", "user")]
    assert captures[0].said("url") == ("https://v.example/1", "container")


def test_a_row_that_names_nothing_is_reported_and_one_for_a_skipped_file_is_not(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Report")
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.7")
    about = [About(path="a.txt", outlet="A"), About(path="b.pdf", outlet="B"), About(path="typo.txt", outlet="C")]
    _, skipped = read_all(tmp_path, about=about)
    assert [s.path for s in skipped] == [str(tmp_path / "b.pdf"), "typo.txt"]
    assert "about file" in skipped[1].reason
