"""The command as a user calls it: what it prints, and how it ends."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from copydesk.cli.main import EXIT_UNUSABLE, group
from copydesk.errors import CopydeskError
from tests.whole.examples import EXAMPLES

HARBOUR = EXAMPLES / "harbour" / "pile"


@dataclass(frozen=True)
class Done:
    """How a call ended."""

    returncode: int
    stdout: bytes
    stderr: bytes


def call(*arguments: str, stdin: bytes | None = None) -> Done:
    """The command in this process: the models stay loaded."""
    result = CliRunner().invoke(group, list(arguments), input=stdin, env={"COLUMNS": "200"})
    if isinstance(result.exception, CopydeskError):
        return Done(EXIT_UNUSABLE, result.stdout_bytes, str(result.exception).encode())
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Done(result.exit_code, result.stdout_bytes, result.stderr_bytes)


def call_apart(*arguments: str) -> Done:
    """The command as a shell calls it, in a process of its own."""
    done = subprocess.run([sys.executable, "-m", "copydesk", *arguments], capture_output=True, check=False)
    return Done(done.returncode, done.stdout, done.stderr)


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the brief of two articles of the harbour."""
    folder = tmp_path_factory.mktemp("brief")
    files = [str(HARBOUR / "01-meridian.txt"), str(HARBOUR / "05-radio-halden.txt")]
    done = call("brief", *files, "-o", str(folder))
    assert done.returncode == 0, done.stderr.decode()
    assert b"2 articles, 2 voices" in done.stdout
    assert str(folder / "brief.html").encode() in done.stdout.replace(b"\n", b"")
    return folder


def test_a_brief_writes_its_four_files(out: Path) -> None:
    assert {p.name for p in out.iterdir()} == {"brief.html", "brief.json", "brief.md", "facts.csv"}


def test_show_prints_what_the_brief_holds(out: Path) -> None:
    done = call("show", str(out))
    assert done.returncode == 0
    assert b"2 articles, 2 voices" in done.stdout


def test_why_explains_every_id_of_a_brief(out: Path) -> None:
    brief = json.loads((out / "brief.json").read_text(encoding="utf-8"))
    story = brief["stories"][0]
    wanted = [
        story["id"],
        story["facts"][0]["id"],
        story["voices"][0]["id"],
        story["entities"][0]["id"],
        brief["articles"][0]["id"],
    ]
    for one in wanted:
        done = call("why", str(out), one)
        assert done.returncode == 0, one
        assert one.encode() in done.stdout


def test_why_names_an_entity_s_record_in_the_register(out: Path, tmp_path: Path) -> None:
    brief = json.loads((out / "brief.json").read_text(encoding="utf-8"))
    entity = brief["stories"][0]["entities"][0]
    entity["links"] = [{"id": "Q7", "name": "Somebody [bold]", "score": 0.91, "reason": "the same name"}]
    (tmp_path / "brief.json").write_text(json.dumps(brief), encoding="utf-8")
    done = call("why", str(tmp_path), entity["id"])
    assert done.returncode == 0
    assert b"in your register: Somebody [bold] (Q7), 0.91: the same name" in done.stdout


def test_why_says_when_an_id_is_unknown(out: Path) -> None:
    done = call("why", str(out), "f-nothing")
    assert done.returncode == 2
    assert b"f-nothing" in done.stderr


def test_trace_shows_the_copy_and_how_much_of_it() -> None:
    done = call("trace", str(HARBOUR / "01-meridian.txt"), str(HARBOUR / "03-courier.txt"), "--json")
    assert done.returncode == 0
    link = json.loads(done.stdout)["copies"][0]
    assert link["kind"] in ("verbatim", "edited")
    assert link["coverage"] > 0.7
    assert link["passages"]


def test_clean_says_what_each_dropped_block_was() -> None:
    done = call("clean", str(HARBOUR / "02-coastline.txt"))
    assert done.returncode == 0
    assert b"furniture" in done.stdout
    assert b"Oyster farms" in done.stdout


def test_json_lines_are_read_from_stdin(tmp_path: Path) -> None:
    record = {
        "id": "one",
        "headline": "Bridge in Orsk Vale opens",
        "text": "The bridge in Orsk Vale opened on Monday. " * 4,
    }
    done = call("brief", "-", "-o", str(tmp_path / "out"), "--json", stdin=(json.dumps(record) + "\n").encode())
    assert done.returncode == 0, done.stderr.decode()
    assert json.loads(done.stdout)["articles"] == 1


def test_an_empty_folder_ends_with_2_and_a_message(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    done = call_apart("brief", str(tmp_path / "empty"), "-o", str(tmp_path / "out"))
    assert done.returncode == 2
    assert b"nothing usable" in done.stderr
    assert not (tmp_path / "out").exists()


def test_one_bad_file_ends_with_3_and_is_named(tmp_path: Path) -> None:
    pile = tmp_path / "pile"
    pile.mkdir()
    (pile / "good.txt").write_text(
        "A bridge opened\n\nThe bridge in Orsk Vale opened on Monday after two years of work, the mayor said.\n"
    )
    (pile / "bad.txt").write_bytes(bytes(range(256)) * 40)
    done = call("brief", str(pile), "-o", str(tmp_path / "out"), "--json")
    assert done.returncode == 3
    assert [Path(s["path"]).name for s in json.loads(done.stdout)["skipped"]] == ["bad.txt"]
    written = json.loads((tmp_path / "out" / "brief.json").read_text(encoding="utf-8"))
    assert [Path(s["path"]).name for s in written["skipped"]] == ["bad.txt"]


def test_a_bad_call_ends_with_2() -> None:
    assert call("brief").returncode == 2
    assert call("brief", "x", "--no-such-option").returncode == 2
    assert call("no-such-verb").returncode == 2


def test_a_missing_brief_ends_with_2_and_says_what_was_expected(tmp_path: Path) -> None:
    done = call_apart("show", str(tmp_path / "nowhere"))
    assert done.returncode == 2
    assert b"expected a folder that copydesk brief wrote" in done.stderr.replace(b"\n", b" ")


def test_every_verb_has_help_with_an_example() -> None:
    for verb in ("brief", "clean", "show", "trace", "why"):
        done = call(verb, "--help")
        assert done.returncode == 0
        assert b"Example: copydesk " + verb.encode() in done.stdout


def test_the_list_of_verbs_has_every_verb() -> None:
    shown = call("--help").stdout
    assert all(verb.encode() in shown for verb in ("brief", "clean", "show", "trace", "why"))
