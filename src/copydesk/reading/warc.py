"""WARC → Drafts: its pages and texts that were fetched with success."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from typing import BinaryIO

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from copydesk.model.captures import Medium, Stated
from copydesk.reading.drafts import Broken, Draft, inside_name, plain, too_big

READ = {"text/html": "html", "application/xhtml+xml": "html", "text/plain": "text"}
READ_TYPES = (WarcRecordType.response, WarcRecordType.resource)
HEADER_SPARE = 1_000_000


def read_warc(stream: BinaryIO, limit: int) -> Iterator[Draft | Broken]:
    """The articles of a WARC file. Requests, images, redirects and the like are no articles and are passed over.

    What breaks off ends the file: the record is Broken, and all before it was given whole.
    """
    number, met = 0, False
    try:
        for record in ArchiveIterator(Forward(stream), parse_http=False):
            number += 1
            if not (record.headers.get("Content-Length") or "").strip().isdigit():
                met = True
                yield Broken(inside="", reason=f"breaks off in the header of record {number}")
                continue
            found = _article(record, number, limit) if record.record_type in READ_TYPES else None
            if found is not None:
                met = True
                yield found
    except BaseException as error:
        if not isinstance(error, OSError | ValueError) and type(error).__name__ != "PanicException":
            raise  # a panic of the parser is no Exception, but is about the file all the same
        met = True
        yield Broken(inside="", reason=f"damaged behind record {number}; what follows was not read ({error})"[:300])
    if not met:
        yield Broken(inside="", reason="a WARC file without a page or text that was fetched with success")


class Forward:
    """A stream that only goes forward, with the `seek` and `tell` by which FastWARC asks where it stands."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._at = 0

    def read(self, size: int = -1) -> bytes:
        piece = self._stream.read(size)
        self._at += len(piece)
        return piece

    def close(self) -> None:
        """Whoever opened the stream closes it."""

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        target = offset + (self._at if whence == io.SEEK_CUR else 0)
        if whence == io.SEEK_END or target < self._at:
            raise OSError("a stream that only goes forward")
        while self._at < target and self.read(min(target - self._at, 1 << 16)):
            pass
        return self._at


def _article(record: WarcRecord, number: int, limit: int) -> Draft | Broken | None:
    inside = inside_name((record.record_id or "").strip("<>").removeprefix("urn:uuid:")) or str(number)
    if record.content_length > limit + HEADER_SPARE:
        return too_big(inside, limit)
    expected = record.content_length
    content = record.reader.read()
    if len(content) < expected:
        return Broken(inside=inside, reason=f"breaks off after {len(content):,} of {expected:,} bytes")
    kind: str = record.headers.get("Content-Type") or ""
    charset: str | None = None
    status: int | None = 200
    if record.is_http:
        try:
            response = _apart(content)
            response.parse_http(auto_decode="all")
            content = response.reader.read(limit + 1)
        except (OSError, ValueError) as error:
            return Broken(inside=inside, reason=f"a response that cannot be unpacked ({error})"[:300])
        if response.http_headers is None:
            return Broken(inside=inside, reason="a response without an HTTP header")
        kind, charset, status = (
            response.http_content_type or "",
            response.http_charset,
            response.http_headers.status_code,
        )
    medium = _medium(kind)
    if medium is None or status != 200:
        return None
    if not content.strip():
        return Broken(inside=inside, reason="an empty page")
    if len(content) > limit:
        return too_big(inside, limit)
    return Draft(inside=inside, content=content, medium=medium, charset=charset, stated=_stated(record))


def _apart(content: bytes) -> WarcRecord:
    """A response as an archive of its own: one that cannot be unpacked would end the archive that it lies in."""
    header = f"WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {len(content)}\r\n\r\n"
    return next(iter(ArchiveIterator(io.BytesIO(header.encode() + content + b"\r\n\r\n"), parse_http=False)))


def _type_of(header: str) -> str:
    return header.partition(";")[0].strip().lower()


def _medium(kind: str) -> Medium | None:
    found = READ.get(_type_of(kind))
    return None if found is None else "html" if found == "html" else "text"


def _stated(record: WarcRecord) -> Stated:
    url = record.headers.get("WARC-Target-URI")
    seen = record.record_date
    observed = date(seen.year, seen.month, seen.day) if seen is not None else None
    return Stated(by="container", url=plain(url).strip("<>") if url else None, observed=observed)
