"""WARC → Drafts: its pages and texts that were fetched with success."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import BinaryIO

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from copydesk.model.captures import Medium, Stated
from copydesk.reading.drafts import Broken, Draft, inside_name, plain, too_big

READ = {"text/html": "html", "application/xhtml+xml": "html", "text/plain": "text"}
HEADER_SPARE = 1_000_000


def read_warc(stream: BinaryIO, limit: int) -> Iterator[Draft | Broken]:
    """The articles of a WARC file. Requests, images, redirects and the like are no articles and are passed over.

    What breaks off ends the file: the record is Broken, and all before it was given whole.
    """
    number = 0
    wanted = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.unknown
    try:
        for record in ArchiveIterator(stream, record_types=wanted, parse_http=False):
            number += 1
            if record.record_type == WarcRecordType.unknown and not record.headers.get("WARC-Type"):
                yield Broken(inside="", reason=f"breaks off in the header of record {number}")
                return
            if record.record_type == WarcRecordType.unknown:
                continue
            found = _article(record, number, limit)
            if found is not None:
                yield found
    except (OSError, ValueError) as error:
        yield Broken(inside="", reason=f"damaged behind record {number}; what follows was not read ({error})")
    if number == 0:
        yield Broken(inside="", reason="a WARC file without a response or resource in it")


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
        record.set_bytes_content(content)
        record.parse_http(auto_decode="all")
        if record.http_headers is None:
            return Broken(inside=inside, reason="a response without an HTTP header")
        kind, charset, status = record.http_content_type or "", record.http_charset, record.http_headers.status_code
        content = record.reader.read(limit + 1)
    medium = _medium(kind)
    if medium is None or status != 200 or not content.strip():
        return None
    if len(content) > limit:
        return too_big(inside, limit)
    return Draft(inside=inside, content=content, medium=medium, charset=charset, stated=_stated(record))


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


