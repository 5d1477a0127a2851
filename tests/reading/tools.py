"""What the tests of reading share: a short way to read, and WARC records as bytes."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

from copydesk.model.captures import Capture, Skipped
from copydesk.reading import About, ReadingOptions, read


def read_all(
    *inputs: str | Path, options: ReadingOptions | None = None, stdin: bytes | None = None, about: Sequence[About] = ()
) -> tuple[list[Capture], list[Skipped]]:
    """The captures and what was skipped, each in the order in which it came."""
    stream = io.BytesIO(stdin) if stdin is not None else None
    found = list(read([str(i) for i in inputs], options or ReadingOptions(), stdin=stream, about=about))
    return [f for f in found if isinstance(f, Capture)], [f for f in found if isinstance(f, Skipped)]


def warc_record(
    body: bytes,
    *,
    url: str = "https://post.vessel.example/1",
    kind: str = "text/html; charset=windows-1252",
    status: str = "200 OK",
    name: str = "0001",
    headers: str = "",
    type: str = "response",
) -> bytes:
    """One record of a WARC file as a crawler writes it."""
    http = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{headers}\r\n".encode() if type == "response" else b""
    of = "application/http; msgtype=response" if type == "response" else kind
    block = http + body
    header = (
        f"WARC/1.0\r\nWARC-Type: {type}\r\nWARC-Record-ID: <urn:uuid:{name}>\r\nWARC-Target-URI: {url}\r\n"
        f"WARC-Date: 2031-05-06T07:08:09Z\r\nContent-Type: {of}\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return header.encode() + block + b"\r\n\r\n"
