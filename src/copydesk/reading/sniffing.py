"""The first bytes of a file → what it is."""

from __future__ import annotations

import codecs
import json
import re
from pathlib import PurePath
from typing import Literal

from copydesk.text.decoding import decode

Form = Literal["text", "html", "jsonl", "json", "csv", "feed", "warc"]

# What is no text but is met among saved articles, by its first bytes.
MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an Office document"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x1f\x8b", "gzip within gzip"),
    (b"SQLite format 3", "an SQLite database"),
    (b"\x7fELF", "a program"),
    (b"bplist", "a property list or a Safari web archive"),
)
ENDINGS: dict[str, Form] = {
    ".txt": "text",
    ".text": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
    ".csv": "csv",
    ".tsv": "csv",
    ".warc": "warc",
    ".xml": "feed",
    ".rss": "feed",
    ".atom": "feed",
}
ENDING = re.compile(r"\.[a-z][a-z0-9]{0,5}")  # what is behind the last dot of "www.port.example_2021" is none

CONTROL = bytes(sorted(set(range(32)) - set(b"\t\n\v\f\r\b\x1b")))
CONTROL_SHARE = 0.02  # of control characters above which bytes are no text; random bytes have .10, text has none
PAGE = re.compile(rb"<(?:!doctype\s{1,9}html|html|head|body|title|meta|article|div|p|table|h1)\b", re.IGNORECASE)
TAG = re.compile(rb"<[a-z!/][^<>]{0,400}>", re.IGNORECASE)
FEED = re.compile(rb"<(?:rss|rdf:RDF|(?:[a-z]{1,9}:)?feed)[\s>]", re.IGNORECASE)
MARKUP_START = re.compile(rb"(?:\s|<!--.{0,2000}?-->)*<", re.DOTALL)


def binary(content: bytes) -> str | None:
    """What some bytes are, when they are no text; None when they are."""
    for mark, name in MAGIC:
        if content.startswith(mark):
            return name
    if is_wide(content):
        return None
    sample = content[: 1 << 16]
    controls = len(sample) - len(sample.translate(None, CONTROL))
    if sample and controls > CONTROL_SHARE * len(sample):
        return "binary data"
    return "binary data" if content.count(0) > CONTROL_SHARE * len(content) else None


def is_wide(content: bytes) -> bool:
    """Whether this is UTF-16: by its mark, or by NULs in every other byte, as mostly Latin text has them."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return True
    sample = content[:4096]
    even, odd, half = sample[0::2].count(0), sample[1::2].count(0), len(sample) / 2
    return len(sample) >= 4 and max(even, odd) > 0.5 * half and min(even, odd) < 0.05 * half


def ending(name: str) -> str:
    """The file's ending in lower case without .gz, "" when it has none."""
    lower = name.lower().removesuffix(".gz")
    suffix = PurePath(lower).suffix
    return suffix if ENDING.fullmatch(suffix) else ""


def sniff(head: bytes, name: str, *, named: bool) -> Form | str:
    """The form of a file, or a sentence that says why it is not read.

    The content decides, the ending only between forms that the content allows. A text with a foreign ending
    (.md, .log) is read when the user named the file, not when it was met in a folder.
    """
    if (what := binary(head)) is not None:
        return f"{what}, not text"
    if is_wide(head):
        head = decode(head, None).encode("utf-8")
    start = head.removeprefix(codecs.BOM_UTF8).lstrip()
    if not start:
        return "empty" if not head else "holds nothing but white space"
    suffix = ending(name)
    claimed = ENDINGS.get(suffix)
    if re.match(rb"WARC/[01]\.\d", start):
        return "warc"
    if (opening := MARKUP_START.match(start)) is not None:
        return _markup(start[opening.end() - 1 :], claimed, suffix)
    if claimed in ("jsonl", "json") or (claimed is None and start[:1] in b"{["):
        return _json(start, claimed)
    if claimed in ("csv", "text"):
        return claimed
    if claimed == "html":
        return "html" if TAG.search(head) else "text"
    if claimed is not None:
        return f"ends in {suffix} but holds no {'WARC record' if claimed == 'warc' else 'feed'}"
    if suffix == "" or named:
        return "html" if PAGE.search(head) else "text"
    return f"a file that ends in {suffix}: name it to have it read as text"


def _markup(start: bytes, claimed: Form | None, suffix: str) -> Form | str:
    """What a file is that begins with a "<", behind comments."""
    feed, page = FEED.search(start[:8192]), PAGE.search(start)
    if feed and (page is None or feed.start() < page.start()):
        return "feed"
    if claimed in ("text", "csv"):
        return "html" if PAGE.match(start) else claimed
    if page or (claimed == "html" and TAG.search(start)):
        return "html"
    if start.startswith(b"<?xml") or claimed == "feed":
        return "XML, but neither a page nor a feed"
    return "text" if suffix == "" or claimed == "html" else f"a file that ends in {suffix} and holds no page"


def _json(start: bytes, claimed: Form | None) -> Form:
    """JSON lines or one JSON value: whether the first line stands alone, and another follows."""
    first, newline, rest = start.partition(b"\n")
    if not newline:
        return "jsonl" if claimed == "jsonl" else "json"
    if claimed == "jsonl" and first.strip() not in (b"{", b"[", b"[{"):
        return "jsonl"
    try:
        json.loads(decode(first, None))
    except (ValueError, RecursionError):
        return "json"
    return "jsonl" if rest.strip() else "json"
