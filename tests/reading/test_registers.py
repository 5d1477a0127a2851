from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from copydesk.errors import InputError
from copydesk.model.registers import Registered
from copydesk.reading import read_register

MINISTER = {
    "id": "reg-1", "caption": "Adela Lundqvist", "schema": "Person", "datasets": ["harbours"],
    "properties": {"name": ["Adela Lundqvist", "LUNDQVIST, Adela"], "nationality": ["se"], "position": ["mayor"], "notes": ["x"]},
}  # fmt: skip
PASSPORT = {"id": "reg-2", "caption": "X 1", "schema": "Passport", "properties": {"number": ["1"]}}


def test_entities_of_followthemoney_are_read_line_by_line(tmp_path: Path) -> None:
    path = tmp_path / "entities.ftm.json"
    path.write_text("\n".join(json.dumps(e) for e in (MINISTER, PASSPORT)) + "\n\n", encoding="utf-8")
    assert list(read_register(path)) == [
        Registered(
            id="reg-1",
            names=("Adela Lundqvist", "LUNDQVIST, Adela"),
            types=("person",),
            countries=("SE",),
            roles=("mayor",),
        )
    ]


def test_rows_of_a_table_are_read_packed_too_and_in_folders(tmp_path: Path) -> None:
    with gzip.open(tmp_path / "b.csv.gz", "wt", encoding="utf-8") as out:
        out.write("id,label,aliases,type\nQ7,Bureau of Tidal Affairs,BTA|Tidal Bureau,organization\nQ8,,,\n")
    (tmp_path / "a.csv").write_text("\ufeffid,label\nQ9,Port Vessel\n", encoding="utf-8")
    assert list(read_register(tmp_path)) == [
        Registered(id="Q9", names=("Port Vessel",)),
        Registered(id="Q7", names=("Bureau of Tidal Affairs", "BTA", "Tidal Bureau"), types=("organization",)),
    ]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ('{"id": "a", "schema": "Person"}\n{"id": 7}\n', "line 2"), ('{"id": "a"', "line 1"), ("name,label\nx,y\n", "id,label"),
        ("", "id,label"), ("id,label\na,\udcff", "after line"),
    ],
)  # fmt: skip
def test_a_file_of_another_form_is_refused_with_its_line(tmp_path: Path, content: str, told: str) -> None:
    path = tmp_path / "register"
    path.write_bytes(content.encode("utf-8", "surrogateescape"))
    with pytest.raises(InputError, match=told):
        list(read_register(path))


def test_a_register_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is not there"):
        list(read_register(tmp_path / "none.csv"))


def test_a_record_of_endless_names_keeps_its_first(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    path.write_text(
        "id,label,aliases\nQ1,Ada Lund," + "|".join(f"Ada {n}" for n in range(5_000)) + "\n", encoding="utf-8"
    )
    (found,) = read_register(path)
    assert found.names[0] == "Ada Lund" and len(found.names) == 60
