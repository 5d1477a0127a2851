"""copydesk.toml and the environment fill the options of every stage, or say what is wrong."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from copydesk.errors import OptionsError
from copydesk.options import Options, load_options


def test_without_a_file_every_option_has_its_default() -> None:
    assert load_options(None, {}) == Options()


def test_a_file_changes_what_it_names_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "copydesk.toml"
    path.write_text("[engine]\nworkers = 3\n", encoding="utf-8")
    options = load_options(path, {})
    assert options == dataclasses.replace(Options(), engine=dataclasses.replace(Options().engine, workers=3))


def test_the_environment_outranks_the_file(tmp_path: Path) -> None:
    path = tmp_path / "copydesk.toml"
    path.write_text("[engine]\nworkers = 3\n", encoding="utf-8")
    assert load_options(path, {"COPYDESK_ENGINE_WORKERS": "5"}).engine.workers == 5


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[engin]\nworkers = 3\n", "unknown table [engin]"),
        ("[engine]\nworker = 3\n", "unknown option 'worker'"),
        ("[engine]\nworkers = 'many'\n", "expected int"),
        ("workers = 3\n", "outside a table"),
        ("[engine\n", "cannot be read as TOML"),
    ],
)
def test_a_wrong_option_is_named_with_what_was_expected(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "copydesk.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(OptionsError, match=said.replace("[", r"\[").replace("]", r"\]")):
        load_options(path, {})


def test_an_unknown_variable_of_a_stage_is_an_error() -> None:
    with pytest.raises(OptionsError, match="COPYDESK_ENGINE_SPEED"):
        load_options(None, {"COPYDESK_ENGINE_SPEED": "9"})
