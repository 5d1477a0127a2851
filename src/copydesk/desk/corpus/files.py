"""Rows → Parquet files that are there whole or not at all, and back."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

from copydesk.desk.corpus.schemas import TABLES, arrow_schema, load_arrow

Row: TypeAlias = tuple[object, ...]  # the values of a table's columns, in their order


def write_rows(table: str, rows: Sequence[Row], path: Path) -> None:
    """One file of a table, sealed by renaming it. An empty one is written, too: that it is there says it is done."""
    pa = load_arrow()
    schema = arrow_schema(table)
    names = [column.name for column in TABLES[table]]
    columns = list(zip(*rows, strict=True)) if rows else [() for _ in names]
    arrays = [pa.array(list(values), type=schema.field(name).type) for name, values in zip(names, columns, strict=True)]
    write_table(pa.Table.from_arrays(arrays, schema=schema), path)


def write_table(table: Any, path: Path, metadata: Mapping[str, str] | None = None) -> None:
    """An Arrow table as a Parquet file."""
    if metadata is not None:
        table = table.replace_schema_metadata(dict(metadata))
    path.parent.mkdir(parents=True, exist_ok=True)
    with_end = path.with_name(f".{path.name}.{os.getpid()}")
    load_arrow("parquet").write_table(table, with_end, compression="zstd")
    with_end.replace(path)


def write_text(text: str, path: Path) -> None:
    """A small file, there whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with_end = path.with_name(f".{path.name}.{os.getpid()}")
    with_end.write_text(text, encoding="utf-8")
    with_end.replace(path)
