"""JSON, JSON lines and CSV → Drafts, a record an article."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import BinaryIO

from copydesk.reading.drafts import Broken, Draft
from copydesk.reading.fields import HTML, SUMMARY, TEXT, Value, draft, holds_article, same_name
from copydesk.text.decoding import decode

LINE_SPARE = 1_000_000  # bytes that a line may have besides an article's own, for its other fields
LISTS = (
    "articles",
    "items",
    "results",
    "docs",
    "documents",
    "stories",
    "entries",
    "records",
    "newsitems",
    "@graph",
    "hits",
    "data",
    "rows",
    "response",
)
UNWRAPPED_MAX = 4
DELIMITERS = ",;\t|"
LIST_START, LIST_NEXT = re.compile(r"\s*\[\s*"), re.compile(r"\s*,\s*")
ARTICLE_TYPES = ("article", "posting", "report", "review")


def read_json(content: bytes, limit: int) -> Iterator[Draft | Broken]:
    """The records of one JSON value: an article, a list of them, or an object that holds such a list."""
    text = decode(content, None)
    try:
        value: Value = json.loads(text)
    except RecursionError as error:
        yield Broken(inside="", reason=f"no JSON: {_said(error)}")
    except ValueError as error:
        if str(error).startswith("Extra data"):  # one value a line, whatever the file is called
            yield from read_json_lines(io.BytesIO(text.encode("utf-8", "replace")), limit)
            return
        whole = _begun(text)
        if whole:
            yield from _records(whole, "", limit)
        behind = f" behind record {len(whole)}" if whole else ""
        yield Broken(inside="", reason=f"no JSON{behind}: {_said(error)}")
    else:
        yield from _records(value, "", limit)


def read_json_lines(lines: BinaryIO, limit: int) -> Iterator[Draft | Broken]:
    """The records of JSON lines; a line that is none is Broken and the next ones are read."""
    longest = limit + LINE_SPARE
    number = 0
    while line := lines.readline(longest + 1):
        number += 1
        if len(line) > longest:
            while line and not line.endswith(b"\n"):
                line = lines.readline(longest + 1)
            yield Broken(inside=str(number), reason=f"a line of more than {longest:,} bytes")
            continue
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        if not line.strip():
            continue
        try:
            value: Value = json.loads(_text(line))
        except (ValueError, RecursionError) as error:
            yield Broken(inside=str(number), reason=f"line {number} is no JSON: {_said(error)}")
            continue
        yield from _records(value, str(number), limit)


def read_csv(lines: BinaryIO, limit: int) -> Iterator[Draft | Broken]:
    """The records of a table with a header; the delimiter is the one that parts the header into known names."""
    text = io.TextIOWrapper(io.BufferedReader(_Utf8(lines)), encoding="utf-8", errors="replace", newline="")
    csv.field_size_limit(limit + LINE_SPARE)
    first = text.readline(LINE_SPARE)
    delimiter = max(DELIMITERS, key=lambda d: len(next(csv.reader([first], delimiter=d), [])))
    try:
        header = next(csv.reader([first], delimiter=delimiter), [])
    except csv.Error:
        header = []
    names = {same_name(name) for name in header}
    if not names.intersection(TEXT + HTML + SUMMARY):
        shown = ", ".join(header)[:200]
        yield Broken(
            inside="", reason=f"a table without a column of text (text, body, content, html); its columns: {shown}"
        )
        return
    rows = csv.reader(text, delimiter=delimiter)
    while True:
        number = rows.line_num + 2
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield Broken(inside=str(number), reason=f"line {number} is no row of a table: {error}")
            continue
        if not any(cell.strip() for cell in row):
            continue
        if len(row) > len(header):
            yield Broken(inside=str(number), reason=f"line {number} has {len(row)} cells, the header has {len(header)}")
            continue
        yield draft(dict(zip(header, row, strict=False)), str(number), limit)


class _Utf8(io.RawIOBase):
    """A stream without its byte order mark; bytes of another character set are decoded line by line."""

    def __init__(self, lines: BinaryIO) -> None:
        super().__init__()
        self._lines = lines
        self._rest = b""
        self._begun = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        if not self._rest:
            self._rest = _text(self._lines.readline(LINE_SPARE)).encode("utf-8", "replace")
            if not self._begun:
                self._rest, self._begun = self._rest.removeprefix(b"\xef\xbb\xbf"), True
        given, self._rest = self._rest[: len(buffer)], self._rest[len(buffer) :]
        buffer[: len(given)] = given
        return len(given)


def _text(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return decode(line, None)


def _begun(text: str) -> list[Value]:
    """The items that stand whole at the beginning of a list that breaks off."""
    found: list[Value] = []
    decoder, place = json.JSONDecoder(), LIST_START.match(text)
    while place is not None:
        try:
            item, end = decoder.raw_decode(text, place.end())
        except (ValueError, RecursionError):
            break
        found.append(item)
        place = LIST_NEXT.match(text, end)
    return found


def _records(value: Value, number: str, limit: int) -> Iterator[Draft | Broken]:
    """The articles of one JSON value, whose place in the file is `number` ("" for the whole of it)."""
    found = _unwrap(value, UNWRAPPED_MAX)
    if isinstance(found, Mapping):
        yield draft(found, number or "1", limit)
        return
    if not isinstance(found, list):
        yield Broken(inside=number, reason=f"{_kind(value)} where a record of an article was expected")
        return
    if not found:
        yield Broken(inside=number, reason="a list without a record in it")
    for place, item in enumerate(found, start=1):
        if _is_other_thing(item):
            continue
        inside = f"{number}.{place}" if number else str(place)
        inner = _unwrap(item, 1)
        if isinstance(inner, Mapping):
            yield draft(inner, inside, limit)
        else:
            yield Broken(inside=inside, reason=f"{_kind(item)} where a record of an article was expected")


def _unwrap(value: Value, depth: int) -> Value:
    """The record or the list of records that an object is wrapped around."""
    if not isinstance(value, Mapping) or holds_article(value) or depth == 0:
        return value
    names = {same_name(str(name)): name for name in value}
    for name in LISTS:
        inner = value.get(names.get(name, ""))
        if isinstance(inner, list):
            return inner
        if isinstance(inner, Mapping):
            return _unwrap(inner, depth - 1)
    inner = value.get("_source")
    return inner if isinstance(inner, Mapping) else value


def _is_other_thing(value: Value) -> bool:
    """Whether schema.org calls this something that is no article: a page's publisher, its pictures, its path."""
    if not isinstance(value, Mapping) or "@type" not in value:
        return False
    kinds = json.dumps(value["@type"]).lower()
    return not holds_article(value) and not any(kind in kinds for kind in ARTICLE_TYPES)


def _kind(value: Value) -> str:
    if isinstance(value, str):
        return "a string"
    if isinstance(value, Sequence):
        return "a list"
    return "null" if value is None else "a truth value" if isinstance(value, bool) else "a number"


def _said(error: Exception) -> str:
    return "nested too deep" if isinstance(error, RecursionError) else str(error)[:200]
