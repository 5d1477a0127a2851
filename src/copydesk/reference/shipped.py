"""The shipped tables, read from the package: TOML and tab-separated files."""

from __future__ import annotations

import gzip
import tomllib
from collections.abc import Iterator
from importlib.resources import files

Toml = dict[str, object]


def read_toml(name: str) -> Toml:
    """The content of one shipped TOML table."""
    return tomllib.loads(read_text(name))


def read_text(name: str) -> str:
    """The text of one shipped table, unpacked when it ends in .gz."""
    content = (files(__package__) / "tables" / name).read_bytes()
    return (gzip.decompress(content) if name.endswith(".gz") else content).decode("utf-8")


def read_rows(name: str) -> Iterator[list[str]]:
    """The rows of one shipped tab-separated table (.tsv or .tsv.gz), comment lines left out."""
    for line in read_text(name).split("\n"):
        if line and not line.startswith("#"):
            yield line.split("\t")


def toml_records(name: str, key: str) -> list[Toml]:
    """The tables under one key of a shipped TOML file."""
    records = read_toml(name)[key]
    assert isinstance(records, list)
    return [record for record in records if isinstance(record, dict)]


def texts(record: Toml, key: str) -> tuple[str, ...]:
    """A list of strings from a TOML table, empty when it is not there."""
    value = record.get(key, [])
    assert isinstance(value, list)
    return tuple(str(item) for item in value)
