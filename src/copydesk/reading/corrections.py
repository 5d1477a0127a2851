"""What the user says is, or is not, the same (--corrections)."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

from copydesk.errors import CorrectionsError
from copydesk.model.corrections import Correction, Subject, Verdict
from copydesk.reading.about import ABOUT_BYTES_MAX, rows_of
from copydesk.text.decoding import decode

COLUMNS = ("subject", "verdict", "left", "right", "reason")
SUBJECTS: dict[str, Subject] = {"entity": "entity", "link": "link", "story": "story"}
VERDICTS: dict[str, Verdict] = {"same": "same", "not-same": "not-same", "not same": "not-same", "not_same": "not-same"}


def read_corrections(path: str | Path) -> tuple[Correction, ...]:
    """The corrections of a CSV, JSON or TOML file, each once, in their order.

    CSV: a line is subject (entity, link, story), verdict (same, not-same), left, right and perhaps a reason; a header
    with these names may come first. JSON: a list of objects with these names; TOML: [[correction]] tables.
    Raises CorrectionsError with the line, or the number of the entry, that says something else.
    """
    path = Path(path)
    readers = {".json": _from_json, ".toml": _from_toml}
    found: dict[tuple[str, frozenset[str]], Correction] = {}
    for where, entry in readers.get(path.suffix.lower(), _from_csv)(path):
        correction = _correction(entry, where)
        key = (correction.subject, frozenset((correction.left, correction.right)))
        earlier = found.setdefault(key, correction)
        if earlier.verdict != correction.verdict:
            raise CorrectionsError(
                f"{where}: {correction.left!r} and {correction.right!r} are {correction.verdict} here, {earlier.verdict} before"
            )
    return tuple(found.values())


def _correction(entry: Mapping[str, object], where: str) -> Correction:
    unknown = sorted(set(entry) - set(COLUMNS))
    if unknown:
        raise CorrectionsError(f"{where}: found {', '.join(unknown)}; expected {', '.join(COLUMNS)}")
    values = {name: str(value).strip() for name, value in entry.items() if value is not None}
    subject = SUBJECTS.get(values.get("subject", "").lower())
    verdict = VERDICTS.get(values.get("verdict", "").lower())
    if subject is None:
        raise CorrectionsError(f"{where}: the subject is {values.get('subject', '')!r}; expected entity, link or story")
    if verdict is None:
        raise CorrectionsError(f"{where}: the verdict is {values.get('verdict', '')!r}; expected same or not-same")
    left, right = values.get("left", ""), values.get("right", "")
    if not left or not right:
        raise CorrectionsError(f"{where}: left or right is missing; expected the two {subject} names")
    if left == right:
        raise CorrectionsError(f"{where}: left and right are both {left!r}; expected two different ones")
    return Correction(subject=subject, verdict=verdict, left=left, right=right, reason=values.get("reason", ""))


def _from_csv(path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    names: tuple[str, ...] = COLUMNS
    for place, (line, row) in enumerate(rows_of(path)):
        where = f"{path}, line {line}"
        if place == 0 and row[0].lower() in COLUMNS:
            names = tuple(cell.lower() for cell in row)
            continue
        if len(row) > len(names):
            raise CorrectionsError(
                f"{where}: {len(row)} cells; expected {', '.join(names)}, with quotes around a value with commas"
            )
        yield where, dict(zip(names, row, strict=False))


def _from_json(path: Path) -> Iterator[tuple[str, dict[str, object]]]:
    try:
        value = json.loads(_text(path))
    except json.JSONDecodeError as error:
        raise CorrectionsError(f"{path}, line {error.lineno}: no JSON: {error.msg}") from error
    except RecursionError as error:
        raise CorrectionsError(f"{path}: nested too deep; expected a list of objects") from error
    yield from _entries(path, value)


def _from_toml(path: Path) -> Iterator[tuple[str, dict[str, object]]]:
    try:
        value = tomllib.loads(_text(path))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise CorrectionsError(f"{path}: no TOML: {error}") from error
    yield from _entries(path, value)


def _entries(path: Path, value: object) -> Iterator[tuple[str, dict[str, object]]]:
    if isinstance(value, dict) and len(value) == 1 and set(value) <= {"correction", "corrections"}:
        value = next(iter(value.values()))
    if not isinstance(value, list):
        raise CorrectionsError(f"{path}: expected a list of corrections with {', '.join(COLUMNS)}")
    for place, entry in enumerate(value, start=1):
        if not isinstance(entry, dict):
            raise CorrectionsError(f"{path}, entry {place}: expected an object with {', '.join(COLUMNS)}")
        yield f"{path}, entry {place}", {str(name): content for name, content in entry.items()}


def _text(path: Path) -> str:
    try:
        with path.open("rb") as opened:
            content = opened.read(ABOUT_BYTES_MAX + 1)
    except OSError as error:
        raise CorrectionsError(f"{path} cannot be read: {error.strerror or error}") from error
    if len(content) > ABOUT_BYTES_MAX:
        raise CorrectionsError(f"{path} is larger than {ABOUT_BYTES_MAX:,} bytes")
    return decode(content, None)
