"""The documentation says what the program does."""

from __future__ import annotations

import dataclasses
import re
import subprocess
import sys
from pathlib import Path

from copydesk.cli.main import VERBS
from copydesk.compiling import load_schema
from copydesk.options import Options

ROOT = Path(__file__).parents[1]
REFERENCE = (ROOT / "docs" / "reference.md").read_text(encoding="utf-8")


def test_the_reference_names_every_field_at_the_top_of_a_brief() -> None:
    schema = load_schema()
    for name in schema["properties"]:
        assert f"`{name}`" in REFERENCE, name


def test_the_reference_and_the_readme_or_a_tutorial_name_every_verb() -> None:
    pages = "".join(
        (ROOT / page).read_text(encoding="utf-8") for page in ("README.md", "docs/tutorial.md", "docs/desk.md")
    )
    for verb in VERBS:
        assert f"copydesk {verb}" in pages, verb
        assert re.search(rf"^\| {verb} ", REFERENCE, re.MULTILINE), verb


def test_the_reference_names_every_table_of_settings() -> None:
    for stage in dataclasses.fields(Options):
        assert f"`{stage.name}`" in REFERENCE, stage.name


def test_every_link_in_the_documentation_leads_somewhere() -> None:
    for page in [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]:
        for target in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8")):
            if "://" not in target:
                assert (page.parent / target).exists(), (page.name, target)


def test_every_locked_dependency_has_its_licence_and_reason() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / ".ci" / "dependencies.py"), "--check"], capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
