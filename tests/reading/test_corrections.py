from __future__ import annotations

import json
from pathlib import Path

import pytest

from copydesk.errors import CorrectionsError
from copydesk.model.corrections import Correction
from copydesk.reading import read_corrections

EXPECTED = (
    Correction(subject="entity", verdict="same", left="A. Tiller", right="Ann Tiller", reason="asked her"),
    Correction(subject="link", verdict="not-same", left="a.txt", right="b.txt"),
)
ENTRIES = [
    {"subject": "entity", "verdict": "same", "left": "A. Tiller", "right": "Ann Tiller", "reason": "asked her"},
    {"subject": "link", "verdict": "not-same", "left": "a.txt", "right": "b.txt"},
]
TOML = """
[[correction]]
subject = "entity"
verdict = "same"
left = "A. Tiller"
right = "Ann Tiller"
reason = "asked her"

[[correction]]
subject = "link"
verdict = "not same"
left = "a.txt"
right = "b.txt"
"""


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("c.csv", "entity,same,A. Tiller,Ann Tiller,asked her\nlink,not-same,a.txt,b.txt\n"),
        (
            "c.csv",
            "subject,verdict,left,right,reason\n# why\nentity,same,A. Tiller,Ann Tiller,asked her\n\nLink,Not-same,a.txt,b.txt,\n",
        ),
        (
            "c.csv",
            "verdict;subject;right;left;reason\nsame;entity;Ann Tiller;A. Tiller;asked her\nnot-same;link;b.txt;a.txt;\n",
        ),
        ("c.json", json.dumps(ENTRIES)),
        ("c.json", json.dumps({"corrections": [*ENTRIES, ENTRIES[0]]})),
        ("c.toml", TOML),
    ],
)
def test_corrections_are_read_from_every_form(tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content)
    assert read_corrections(tmp_path / name) == EXPECTED


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("c.csv", "entity,same,A,B\nperson,same,A,B\n", "line 2: the subject is 'person'"),
        ("c.csv", "entity,maybe,A,B\n", "line 1: the verdict is 'maybe'"),
        ("c.csv", "entity,same,A\n", "line 1: left or right is missing"),
        ("c.csv", "entity,same,A,A\n", "line 1: left and right are both 'A'"),
        ("c.csv", "entity,same,A,B,why,more\n", "line 1: 6 cells"),
        ("c.csv", "entity,same,A,B\n\nentity,not-same,B,A\n", "line 3: 'B' and 'A' are not-same here, same before"),
        ("c.json", '[{"subject": "entity",\n oops', "line 2: no JSON"),
        ("c.json", '[{"subject": "entity", "vedict": "same"}]', "entry 1: found vedict"),
        ("c.json", '{"a": 1}', "expected a list of corrections"),
        ("c.json", "[5]", "entry 1: expected an object"),
        ("c.toml", "[[correction]]\nsubject =", "no TOML"),
    ],
)
def test_nonsense_is_refused_with_its_place(tmp_path: Path, name: str, content: str, words: str) -> None:
    (tmp_path / name).write_text(content)
    with pytest.raises(CorrectionsError, match=words):
        read_corrections(tmp_path / name)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    for name in ("gone.csv", "gone.json", "gone.toml"):
        with pytest.raises(CorrectionsError, match="cannot be read"):
            read_corrections(tmp_path / name)
