"""Inputs on any path that fsspec knows → shards, and a shard → its captures."""

from __future__ import annotations

import hashlib
import io
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, BinaryIO

from copydesk.desk.corpus.schemas import load_arrow, load_fsspec
from copydesk.errors import InputError
from copydesk.model.captures import Capture, Skipped
from copydesk.reading import ReadingOptions, read

FORMS = re.compile(r"\.(?:warc|jsonl|ndjson)(?:\.gz)?$|\.(?:parquet|pq)$", re.IGNORECASE)
PARQUET = re.compile(r"\.(?:parquet|pq)$", re.IGNORECASE)
CHANGED = (
    "mtime",
    "ETag",
    "etag",
    "LastModified",
    "last_modified",
    "updated",
)  # what a file system says of a file's state
ROWS = 256  # of a Parquet shard that are in memory at once
ID_DIGITS = 16  # of an article's id: 64 bits, so that a hundred million hardly share one


@dataclass(frozen=True, slots=True, kw_only=True)
class Shard:
    """One input file. `name` tells it apart inside its input; `state` changes when its content does."""

    name: str
    path: str
    size: int
    state: str

    @property
    def stem(self) -> str:
        """The beginning of the names of the files that are made of it."""
        return (
            f"{re.sub(r'[^A-Za-z0-9._-]', '_', self.name)[-80:]}-{hashlib.sha256(self.name.encode()).hexdigest()[:8]}"
        )


def find_shards(inputs: Sequence[str]) -> tuple[list[Shard], list[Skipped]]:
    """The files that the inputs name, in order of name, and those in their folders that are no shard.

    Raises InputError for an input that is not there, and for two files of one name.
    """
    fsspec = load_fsspec()
    found: dict[str, Shard] = {}
    skipped: list[Skipped] = []
    for given in sorted(set(inputs)):
        system, root = fsspec.core.url_to_fs(given)
        paths = _paths(system, root)
        if not paths:
            raise InputError(
                f"{given}: no such file or folder, or nothing in it; expected WARC, JSONL or Parquet files"
            )
        base = root.rstrip("/") + "/" if system.isdir(root) else ""
        for path in paths:
            name = path.removeprefix(base) if base and path.startswith(base) else path.rpartition("/")[2]
            if not FORMS.search(path):
                skipped.append(
                    Skipped(
                        path=system.unstrip_protocol(path), stage="reading", reason="no WARC, JSONL or Parquet file"
                    )
                )
                continue
            shard = _shard(system, path, name)
            if name in found and found[name].path != shard.path:
                raise InputError(
                    f"{shard.path} and {found[name].path} are both called {name}: give the folder above both"
                )
            found[name] = shard
    return [found[name] for name in sorted(found)], skipped


def _paths(system: Any, root: str) -> list[str]:
    if any(sign in root for sign in "*?["):
        return sorted(p for p in system.glob(root) if not system.isdir(p))
    if not system.exists(root):
        return []
    return sorted(p for p in system.find(root) if not p.rpartition("/")[2].startswith("."))


def _shard(system: Any, path: str, name: str) -> Shard:
    about = system.info(path)
    state = json.dumps([str(about.get(key)) for key in CHANGED])
    return Shard(name=name, path=system.unstrip_protocol(path), size=int(about.get("size") or 0), state=state)


def read_shard(shard: Shard, options: ReadingOptions) -> Iterator[Capture | Skipped]:
    """The captures of a shard in its order, each under an id that no other shard's has."""
    with load_fsspec().open(shard.path, "rb") as stream:
        lines = io.BufferedReader(_Lines(stream)) if PARQUET.search(shard.path) else stream
        for found in read(["-"], options, stdin=lines):
            path = shard.path + found.path.removeprefix("-")
            if isinstance(found, Skipped):
                yield replace(found, path=path)
                continue
            digest = hashlib.sha256(f"{shard.name}\0{found.id}".encode()).hexdigest()
            yield replace(found, id="a-" + digest[:ID_DIGITS], path=path)


class _Lines(io.RawIOBase):
    """The rows of a Parquet file as JSON lines, the form in which records are read."""

    def __init__(self, stream: BinaryIO) -> None:
        super().__init__()
        self._batches = load_arrow("parquet").ParquetFile(stream).iter_batches(batch_size=ROWS)
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while not self._rest:
            batch = next(self._batches, None)
            if batch is None:
                return 0
            rows = (json.dumps(row, default=_plain, ensure_ascii=False) for row in batch.to_pylist())
            self._rest = "".join(row + "\n" for row in rows).encode("utf-8", "replace")
        given, self._rest = self._rest[: len(buffer)], self._rest[len(buffer) :]
        buffer[: len(given)] = given
        return len(given)


def _plain(value: object) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
