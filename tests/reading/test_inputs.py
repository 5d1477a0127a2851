from __future__ import annotations

import os
import tempfile
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.reading import ReadingOptions
from tests.reading.tools import read_all

TEXT = "The mayor of Port Vessel reopened the quay.\n\nShips came in at noon."


@pytest.fixture
def pile(tmp_path: Path) -> Path:
    folder = tmp_path / "pile"
    (folder / "sub").mkdir(parents=True)
    (folder / "b.txt").write_text(TEXT)
    (folder / "sub" / "a.txt").write_text("Another report.")
    return folder


def test_a_folder_is_read_with_the_folders_in_it(pile: Path) -> None:
    captures, skipped = read_all(pile)
    assert [c.path for c in captures] == [str(pile / "b.txt"), str(pile / "sub" / "a.txt")]
    assert [c.content.decode() for c in captures] == [TEXT, "Another report."]
    assert skipped == []


def test_the_spelling_of_a_path_does_not_change_ids(pile: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(pile.parent)
    spellings = [str(pile), "pile", "./pile/", "pile/../pile", "pile/sub/.."]
    assert len({tuple(c.id for c in read_all(spelled)[0]) for spelled in spellings}) == 1


def test_moving_the_folder_does_not_change_ids(pile: Path) -> None:
    before = [c.id for c in read_all(pile)[0]]
    moved = pile.rename(pile.parent / "elsewhere")
    assert [c.id for c in read_all(moved)[0]] == before


def test_a_file_that_several_inputs_name_is_read_once(pile: Path) -> None:
    once = read_all(pile)[0]
    again = read_all(pile / "b.txt", pile, pile / "*.txt", pile / "sub", pile / "**" / "*.txt")[0]
    assert [(c.id, c.path) for c in again] == [(c.id, c.path) for c in once]


def test_equal_files_of_equal_name_in_two_folders_both_count(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "story.txt").write_text(TEXT)
    first = read_all(tmp_path / "one", tmp_path / "two")[0]
    second = read_all(tmp_path / "two", tmp_path / "one")[0]
    assert len({c.id for c in first}) == 2
    assert [(c.id, c.path) for c in first] == [(c.id, c.path) for c in second]


def test_three_hundred_identical_files_are_three_hundred_captures(tmp_path: Path) -> None:
    for number in range(300):
        (tmp_path / f"{number}.txt").write_text(TEXT)
    captures, skipped = read_all(tmp_path)
    assert len({c.id for c in captures}) == len({c.path for c in captures}) == 300
    assert skipped == []


def test_an_id_is_of_the_content_and_the_name(pile: Path) -> None:
    before = read_all(pile / "b.txt")[0][0].id
    (pile / "b.txt").write_text(TEXT + " More.")
    assert read_all(pile / "b.txt")[0][0].id != before
    (pile / "b.txt").write_text(TEXT)
    assert read_all(pile / "b.txt")[0][0].id == before
    assert read_all((pile / "b.txt").rename(pile / "c.txt"))[0][0].id != before


def test_a_glob_that_matches_nothing_is_said(pile: Path) -> None:
    captures, skipped = read_all(str(pile / "*.pdf"))
    assert captures == []
    assert "matches no file" in skipped[0].reason


def test_a_path_that_is_not_there_does_not_stop_the_others(pile: Path) -> None:
    captures, skipped = read_all(pile / "gone.txt", pile)
    assert len(captures) == 2
    assert [(s.path, s.stage) for s in skipped] == [(str(pile / "gone.txt"), "reading")]
    assert "no such file" in skipped[0].reason


def test_an_empty_folder_is_told_from_one_with_articles(tmp_path: Path) -> None:
    captures, skipped = read_all(tmp_path)
    assert captures == []
    assert "without a file" in skipped[0].reason


@pytest.mark.parametrize("bad", ["", " ", "a\x00b", "x" * 5000, "https://post.vessel.example/1", "/dev/null"])
def test_an_input_that_makes_no_sense_is_skipped(bad: str) -> None:
    captures, skipped = read_all(bad)
    assert captures == []
    assert len(skipped) == 1


def test_hidden_files_are_passed_over_and_said(pile: Path) -> None:
    (pile / ".draft.txt").write_text(TEXT)
    (pile / ".git").mkdir()
    (pile / ".git" / "x.txt").write_text(TEXT)
    captures, skipped = read_all(pile)
    assert len(captures) == 2
    assert [s.path for s in skipped] == [str(pile / ".draft.txt"), str(pile / ".git")]
    assert len(read_all(pile / ".draft.txt")[0]) == 1


def test_links_in_a_circle_end(pile: Path) -> None:
    (pile / "sub" / "up").symlink_to(pile)
    (pile / "gone").symlink_to("nowhere")
    (pile / "c.txt").symlink_to("b.txt")
    captures, skipped = read_all(pile)
    assert [c.path for c in captures] == [str(pile / "b.txt"), str(pile / "sub" / "a.txt")]
    assert {s.path: s.reason for s in skipped} == {
        str(pile / "gone"): "a link to nothing",
        str(pile / "sub" / "up"): "a link back to a folder that it lies in",
    }


def test_a_pipe_in_a_folder_does_not_hang_the_run(pile: Path) -> None:
    os.mkfifo(pile / "pipe.txt")
    captures, skipped = read_all(pile)
    assert len(captures) == 2
    assert skipped[0].path == str(pile / "pipe.txt")


def test_a_name_that_is_no_utf8_can_be_written(pile: Path) -> None:
    (pile / os.fsdecode(b"caf\xe9.txt")).write_text(TEXT)
    captures, _ = read_all(pile)
    assert any(c.path.encode("utf-8").decode().endswith("caf\ufffd.txt") for c in captures)


def test_folders_deeper_than_the_limit_are_said(tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*["d"] * 8)
    deep.mkdir(parents=True)
    (deep / "a.txt").write_text(TEXT)
    captures, skipped = read_all(tmp_path, options=ReadingOptions(folder_depth=5))
    assert captures == []
    assert "deeper than 5" in skipped[0].reason


def test_no_more_captures_than_the_limit_and_every_file_behind_it_is_said(tmp_path: Path) -> None:
    for number in range(5):
        (tmp_path / f"{number}.txt").write_text(TEXT)
    captures, skipped = read_all(tmp_path, options=ReadingOptions(captures=2))
    assert [Path(c.path).name for c in captures] == ["0.txt", "1.txt"]
    assert [Path(s.path).name for s in skipped] == ["2.txt", "3.txt", "4.txt"]


CONTENTS = st.sampled_from(
    [
        b"",
        b" \n",
        TEXT.encode(),
        b"\x00\x01\x02" * 50,
        b"%PDF-1.7",
        b"<html><body><p>Hello</p></body></html>",
        b'{"id": "x", "text": "A report."}',
        b'{"id": "x", "text": "A report."}\nbroken\n{"text": "B"}\n',
        b"[1, 2]",
        b"id,text\n1,One\n2\n",
        b"<?xml version='1.0'?><rss><channel><item><description>D</description></item></channel></rss>",
        b"\x1f\x8bbroken",
        b"WARC/1.0\r\nbroken",
        "Überall".encode("cp1252"),
        "Wide".encode("utf-16"),
        b"<<<>>>",
    ]
)
NAMES = st.builds(
    "".join,
    st.tuples(
        st.sampled_from(["", "sub/", "sub/deep/"]),
        st.sampled_from("abc"),
        st.sampled_from([".txt", ".html", ".jsonl", ".json", ".csv", ".xml", ".warc", ".gz", ".md", "", ".jsonl.gz"]),
    ),
)


@settings(deadline=None, max_examples=60)
@given(files=st.dictionaries(NAMES, CONTENTS, min_size=1, max_size=8), seed=st.randoms(use_true_random=False))
def test_every_input_is_accounted_for_and_the_order_of_inputs_does_not_matter(
    files: dict[str, bytes], seed: Random
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for name, content in files.items():
            path = Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        inputs = [folder, *(str(Path(folder, name)) for name in files), str(Path(folder, "sub"))]
        first = read_all(*inputs)
        seed.shuffle(inputs)
        assert read_all(*inputs) == first
        captures, skipped = first
        assert len({c.id for c in captures}) == len(captures)
        paths = [c.path for c in captures] + [s.path for s in skipped]
        for name in files:
            whole = str(Path(folder, name))
            assert any(p == whole or p.startswith(whole + "/") for p in paths)
        assert all(s.stage == "reading" and s.reason for s in skipped)
        assert all(c.content.strip() for c in captures)
