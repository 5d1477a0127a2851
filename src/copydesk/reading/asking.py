"""One question to one server → its Answer: read no further than the limits, whatever it sends."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

import httpcore
import httpx

from copydesk.errors import OptionsError
from copydesk.reading.addresses import Refusal
from copydesk.reading.options import FetchingOptions
from copydesk.reading.sniffing import binary

CHUNK = 1 << 16
HEADER_MAX = 1000
MARK = re.compile(r"[\x21-\x7e][\x20-\x7e]{0,998}")  # what may be sent back to a server as it came
CHARSET = re.compile(r"""charset\s{0,4}=\s{0,4}["']?([A-Za-z0-9._:-]{1,40})""", re.IGNORECASE)
MAX_AGE = re.compile(r"\bmax-age\s{0,4}=\s{0,4}\"?(\d{1,9})")
PACKED = {"gzip": 31, "x-gzip": 31, "deflate": 15}
HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})
PAGE_TYPES = HTML_TYPES | {"", "text/plain", "application/xml", "text/xml"}
FEED_TYPES = PAGE_TYPES | {
    "application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/x-rss+xml", "text/rss",
    "text/x-opml", "application/octet-stream",
}  # fmt: skip
ROBOTS_BYTES = 512_000  # RFC 9309: at least 500 KiB are to be read
MOVED = frozenset({301, 302, 303, 307, 308})
MOVED_FOR_GOOD = frozenset({301, 308})


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked for: an address already checked, of which kind, and what we have of it."""

    url: str
    kind: str  # "page", "feed" or "robots"
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a server said. `content` is unpacked, and empty unless the status is 200; the marks are as it wrote them."""

    url: str
    status: int
    content: bytes = b""
    type: str = ""
    charset: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    location: str | None = None
    retry_after: str | None = None
    max_age: int | None = None


def check(options: FetchingOptions) -> None:
    """Raises OptionsError for options by which nobody can be asked."""
    if not MARK.fullmatch(options.user_agent):
        raise OptionsError(
            f"[fetching] user_agent is {options.user_agent[:100]!r}; expected printable ASCII like 'copydesk/0.1'"
        )
    for name in (
        "hosts_at_once",
        "connect_seconds",
        "read_seconds",
        "total_seconds",
        "page_bytes",
        "feed_bytes",
        "entries",
        "failures",
    ):
        if not getattr(options, name) > 0:
            raise OptionsError(f"[fetching] {name} is {getattr(options, name)}; expected more than 0")


def ask(transport: httpx.BaseTransport, question: Question, options: FetchingOptions) -> Answer:
    """The answer to one question; redirects are answers too. Raises Refusal, and nothing else, for what is none."""
    try:
        response = transport.handle_request(_request(question, options))
        try:
            return _read(response, question, options)
        finally:
            response.close()
    except (httpcore.ConnectTimeout, httpcore.PoolTimeout, httpx.ConnectTimeout):
        raise Refusal("no connection in time") from None
    except (httpcore.TimeoutException, httpx.TimeoutException):
        raise Refusal("the server fell silent, or the answer had not ended when its time was up") from None
    except (httpcore.NetworkError, httpcore.ProtocolError, httpx.HTTPError, httpx.StreamError) as error:
        raise Refusal(f"the connection or the answer is broken ({_said(error)})") from None
    except (OSError, ValueError, httpx.InvalidURL, RuntimeError) as error:
        raise Refusal(f"the answer cannot be read ({_said(error)})") from None


def _request(question: Question, options: FetchingOptions) -> httpx.Request:
    headers = {
        "User-Agent": options.user_agent,
        "Accept": "text/plain, */*;q=0.1" if question.kind == "robots"
        else "application/rss+xml, application/atom+xml, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.1"
        if question.kind == "feed" else "text/html, application/xhtml+xml, text/plain;q=0.5, */*;q=0.1",
        "Accept-Encoding": "gzip, deflate",
        "Connection": "close",
    }  # fmt: skip
    for name, mark in (("If-None-Match", question.etag), ("If-Modified-Since", question.last_modified)):
        if mark is not None and MARK.fullmatch(mark):
            headers[name] = mark
    times = {
        "connect": options.connect_seconds, "read": options.read_seconds, "write": options.read_seconds,
        "pool": options.connect_seconds,
    }  # fmt: skip
    return httpx.Request("GET", question.url, headers=headers, extensions={"timeout": times})


def _read(response: httpx.Response, question: Question, options: FetchingOptions) -> Answer:
    headers = response.headers
    kind = headers.get("content-type", "")[:HEADER_MAX]
    charset = CHARSET.search(kind)
    age = MAX_AGE.search(headers.get("cache-control", "")[:HEADER_MAX].lower())
    status = response.status_code
    type_ = kind.partition(";")[0].strip().lower()
    return Answer(
        url=question.url,
        status=status,
        content=_content(response, question, type_, options) if status == 200 else b"",
        type=type_,
        charset=charset.group(1) if charset else None,
        etag=_mark(headers.get("etag")),
        last_modified=_mark(headers.get("last-modified")),
        location=headers.get("location"),
        retry_after=_mark(headers.get("retry-after")),
        max_age=int(age.group(1)) if age else None,
    )


def _content(response: httpx.Response, question: Question, type_: str, options: FetchingOptions) -> bytes:
    """The whole body, unpacked. Raises Refusal for one that is too large, packed in another way, or of another type."""
    if question.kind == "robots":
        return _taken(_unpacked(response), ROBOTS_BYTES)[0]
    allowed = FEED_TYPES if question.kind == "feed" else PAGE_TYPES
    if type_ not in allowed and not (question.kind == "feed" and type_.endswith("+xml")):
        raise Refusal(f"{type_[:60]!r}, which is no {question.kind}", lasting=True)
    limit = options.feed_bytes if question.kind == "feed" else options.page_bytes
    too_large = Refusal(f"larger than {limit:,} bytes, the limit of one {question.kind}", lasting=True)
    promised = response.headers.get("content-length", "")
    if promised.isdigit() and (len(promised) > 15 or int(promised) > limit):
        raise too_large
    content, more = _taken(_unpacked(response), limit)
    if more:
        raise too_large
    if not content.strip():
        raise Refusal("an empty answer")
    if (what := binary(content)) is not None:
        raise Refusal(f"{what}, not text", lasting=True)
    return content


def _taken(pieces: Iterator[bytes], limit: int) -> tuple[bytes, bool]:
    """The first `limit` bytes, and whether there are more; no more than that is asked for."""
    taken = bytearray()
    for piece in pieces:
        taken += piece
        if len(taken) > limit:
            return bytes(taken[:limit]), True
    return bytes(taken), False


def _unpacked(response: httpx.Response) -> Iterator[bytes]:
    """The body in pieces of bounded size, so that a small piece of packed bytes never becomes a large one at once."""
    coding = response.headers.get("content-encoding", "").strip().lower()
    if coding in ("", "identity"):
        yield from response.iter_raw()
        return
    if coding not in PACKED:
        raise Refusal(f"packed as {coding[:40]!r}, which was not asked for", lasting=True)
    inflate, begun = zlib.decompressobj(PACKED[coding]), False
    try:
        for packed in response.iter_raw():
            while packed and not inflate.eof:
                try:
                    piece = inflate.decompress(packed, CHUNK)
                except zlib.error:
                    if begun or coding != "deflate":
                        raise
                    inflate = zlib.decompressobj(-15)  # "deflate" without its header, as many servers send it
                    piece = inflate.decompress(packed, CHUNK)
                begun, packed = True, inflate.unconsumed_tail
                if piece:
                    yield piece
        while piece := inflate.decompress(inflate.unconsumed_tail, CHUNK):
            yield piece
    except zlib.error as error:
        raise Refusal(f"its {coding} data are damaged ({error})") from None
    if not inflate.eof:
        raise Refusal(f"its {coding} data break off before their end")


def _mark(value: str | None) -> str | None:
    """A header as it came, None for one that could not be kept and sent back safely."""
    return value if value is not None and MARK.fullmatch(value) else None


def _said(error: Exception) -> str:
    return " ".join(str(error).split())[:160] or type(error).__name__
