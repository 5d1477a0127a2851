"""What the user knows about each file (--about), matched onto the captures."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath

from copydesk.errors import CorrectionsError
from copydesk.model.captures import Stated
from copydesk.reading.dates import iso_time
from copydesk.text.decoding import decode

COLUMNS = ("path", "url", "outlet", "published", "observed")
ABOUT_BYTES_MAX = 50_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What the user says of one file or record, named by its path or by the end of its path."""

    path: str
    url: str | None = None
    outlet: str | None = None
    published: str | None = None
    observed: date | None = None


def read_about(path: str | Path) -> tuple[About, ...]:
    """The rows of a CSV file with a header of path and any of url, outlet, published, observed.

    Raises CorrectionsError with the line that does not say what it must.
    """
    rows = rows_of(Path(path))
    try:
        number, header = next(rows)
    except StopIteration:
        raise CorrectionsError(f"{path} is empty; expected a header: {','.join(COLUMNS)}") from None
    names = [name.strip().lower() for name in header]
    unknown = [name for name in names if name not in COLUMNS]
    if "path" not in names or unknown or len(set(names)) < len(names):
        raise CorrectionsError(
            f"{path}, line {number}: found the columns {', '.join(names)}; expected path and any of {', '.join(COLUMNS[1:])}, each once"
        )
    return tuple(
        _about(dict(zip(names, row, strict=False)), f"{path}, line {n}", len(row) - len(names)) for n, row in rows
    )


def rows_of(path: Path) -> Iterator[tuple[int, list[str]]]:
    """The rows of a CSV file that hold something, with the number of their last line. Raises CorrectionsError."""
    try:
        with path.open("rb") as opened:
            content = opened.read(ABOUT_BYTES_MAX + 1)
    except OSError as error:
        raise CorrectionsError(f"{path} cannot be read: {error.strerror or error}") from error
    if len(content) > ABOUT_BYTES_MAX:
        raise CorrectionsError(f"{path} is larger than {ABOUT_BYTES_MAX:,} bytes")
    text = decode(content, None)
    first = text.partition("\n")[0]
    reader = csv.reader(text.splitlines(keepends=True), delimiter=max(",;\t", key=first.count))
    try:
        for row in reader:
            cells = [cell.strip() for cell in row]
            if any(cells) and not cells[0].startswith("#"):
                yield reader.line_num, cells
    except csv.Error as error:
        raise CorrectionsError(f"{path}, line {reader.line_num}: no row of a CSV file: {error}") from error


def _about(row: dict[str, str], where: str, surplus: int) -> About:
    if surplus > 0:
        raise CorrectionsError(
            f"{where}: {surplus} cells more than the header names; put quotes around a value with commas"
        )
    if not row.get("path"):
        raise CorrectionsError(f"{where}: the path is missing; expected the path or file name of an input")
    return About(
        path=row["path"],
        url=row.get("url") or None,
        outlet=row.get("outlet") or None,
        published=_published(row.get("published"), where),
        observed=_observed(row.get("observed"), where),
    )


def _published(written: str | None, where: str) -> str | None:
    if not written:
        return None
    found = iso_time(written)
    if found is None:
        raise CorrectionsError(f"{where}: published is {written!r}; expected an ISO date such as 2023-02-08")
    return found


def _observed(written: str | None, where: str) -> date | None:
    if not written:
        return None
    try:
        return date.fromisoformat((iso_time(written) or written)[:10])
    except ValueError:
        raise CorrectionsError(f"{where}: observed is {written!r}; expected an ISO day such as 2023-02-08") from None


class Known:
    """The rows of --about, looked up by path; remembers which ones were of use."""

    def __init__(self, about: Sequence[About]) -> None:
        self._rows: dict[str, list[tuple[int, str, About]]] = defaultdict(list)
        self._used: set[int] = set()
        self._about = about
        for place, row in enumerate(about):
            tidy = str(PurePosixPath(row.path.replace("\\", "/"))).strip("/")
            self._rows[tidy.rpartition("/")[2]].append((place, tidy, row))

    def of(self, path: str, container: str) -> Stated | None:
        """What the user says of a capture: of itself, else of the container it lies in; the longest path wins."""
        for target in (path, container):
            whole = "/" + target.replace("\\", "/").lstrip("/")
            rows = self._rows.get(whole.rpartition("/")[2], ())
            fitting = [(len(tidy), -place, row) for place, tidy, row in rows if whole.endswith("/" + tidy)]
            if fitting:
                self._used.update(-place for _, place, _ in fitting)
                row = max(fitting, key=lambda fit: fit[:2])[2]
                return Stated(by="user", url=row.url, outlet=row.outlet, published=row.published, observed=row.observed)
        return None

    def unused(self) -> list[About]:
        """The rows that named nothing that was met, in their order."""
        return [row for place, row in enumerate(self._about) if place not in self._used]
