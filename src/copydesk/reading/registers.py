"""An export of Wikidata (CSV) or of FollowTheMoney entities (JSON lines, as OpenSanctions gives) → Registered, one by one."""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

import msgspec

from copydesk.errors import InputError
from copydesk.model.markup import NameType
from copydesk.model.registers import Registered

LINE_MAX = 4_000_000  # bytes of one record: OpenSanctions' largest have a tenth of it
NAMES_MAX = 60  # names of one record
NAME_MAX = 200  # characters of a name, a role or an id
COLUMNS = ("id", "label", "aliases", "type", "countries", "roles")
# Kinds by FollowTheMoney's schemata; a legal entity may be a person or a company. Others (addresses, passports) are not read.
SCHEMATA: dict[str, tuple[NameType, ...]] = {
    "Person": ("person",), "Organization": ("organization",), "Company": ("organization",), "PublicBody": ("organization",),
    "LegalEntity": ("person", "organization"), "Vessel": ("other", "organization", "work"), "Airplane": ("other",),
}  # fmt: skip
KINDS: dict[str, tuple[NameType, ...]] = {
    "person": ("person",), "human": ("person",), "q5": ("person",), "organization": ("organization",),
    "organisation": ("organization",), "company": ("organization",), "place": ("place",), "city": ("place",),
    "country": ("place",), "event": ("event",), "work": ("work",), "other": ("other",),
}  # fmt: skip


class _Properties(msgspec.Struct, rename="camel"):
    """The properties of a FollowTheMoney entity that tell who is meant."""

    name: list[str] = []
    alias: list[str] = []
    previous_name: list[str] = []
    country: list[str] = []
    nationality: list[str] = []
    citizenship: list[str] = []
    jurisdiction: list[str] = []
    position: list[str] = []


class _Entity(msgspec.Struct):
    """A FollowTheMoney entity, as one line of an export holds it."""

    id: str
    schema: str = ""
    caption: str = ""
    properties: _Properties = msgspec.field(default_factory=_Properties)


def read_register(path: Path) -> Iterator[Registered]:
    """The records of a file, or of every file of a folder in order of name. Nothing is kept: an export may be of any size.

    Raises InputError with the line that is neither an entity of FollowTheMoney nor a row under id,label,….
    """
    if not path.exists():
        raise InputError(
            f"{path} is not there; links names an export: a CSV with id,label,aliases,type, or JSON lines of FollowTheMoney"
        )
    for file in sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]:
        yield from _read_file(file)


def _read_file(path: Path) -> Iterator[Registered]:
    try:
        with gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb") as opened:
            first = opened.peek(64).lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
            yield from _entities(path, opened) if first == b"{" else _rows(path, opened)  # type: ignore[arg-type]
    except (OSError, EOFError) as error:
        raise InputError(
            f"{path} cannot be read ({error}); expected a CSV with id,label, or JSON lines of FollowTheMoney"
        ) from error


def _entities(path: Path, opened: IO[bytes]) -> Iterator[Registered]:
    decoder = msgspec.json.Decoder(_Entity)
    for number, line in enumerate(iter(lambda: opened.readline(LINE_MAX + 1), b""), start=1):
        if not line.strip():
            continue
        try:
            if len(line) > LINE_MAX:
                raise msgspec.ValidationError(f"it has more than {LINE_MAX:,} bytes")
            entity = decoder.decode(line.removeprefix(b"\xef\xbb\xbf"))
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise InputError(f"{path}, line {number}: no entity of FollowTheMoney ({error})") from error
        told = entity.properties
        names = _kept([entity.caption, *told.name, *told.alias, *told.previous_name])
        if entity.schema in SCHEMATA and names and entity.id:
            yield Registered(
                id=entity.id[:NAME_MAX], names=names, types=SCHEMATA[entity.schema], roles=_kept(told.position),
                countries=_codes([*told.country, *told.nationality, *told.citizenship, *told.jurisdiction]),
            )  # fmt: skip


def _rows(path: Path, opened: IO[bytes]) -> Iterator[Registered]:
    lines = io.TextIOWrapper(opened, encoding="utf-8-sig", newline="")
    rows = csv.DictReader(lines)
    try:
        if not {"id", "label"} <= set(rows.fieldnames or ()):
            raise InputError(
                f"{path}: found the columns {', '.join(rows.fieldnames or ())[:NAME_MAX]}; expected id,label and any of {','.join(COLUMNS[2:])}"
            )
        for row in rows:
            names = _kept([row["label"] or "", *_cells(row.get("aliases"))])
            if names and row["id"]:
                yield Registered(
                    id=row["id"][:NAME_MAX], names=names, types=KINDS.get((row.get("type") or "").strip().lower(), ()),
                    countries=_codes(_cells(row.get("countries"))), roles=_kept(_cells(row.get("roles"))),
                )  # fmt: skip
    except (csv.Error, UnicodeDecodeError) as error:
        raise InputError(f"{path}, after line {rows.line_num}: no row of a CSV in UTF-8 ({error})") from error


def _cells(cell: str | None) -> list[str]:
    """The values of one cell, which a bar parts."""
    return (cell or "").split("|")


def _kept(names: Iterable[str]) -> tuple[str, ...]:
    tidy = (" ".join(name[: NAME_MAX + 1].split()) for name in names)
    return tuple(dict.fromkeys(n for n in tidy if 0 < len(n) <= NAME_MAX))[:NAMES_MAX]


def _codes(countries: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({c.strip().upper() for c in countries if len(c.strip()) == 2}))
