"""The first bytes of a file → what it is."""

from __future__ import annotations

import json
import re
from pathlib import PurePath
from typing import Literal

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
WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")
ENDINGS: dict[str, Form] = {
    ".txt": "text", ".text": "text", ".html": "html", ".htm": "html", ".xhtml": "html", ".jsonl": "jsonl",
    ".ndjson": "jsonl", ".json": "json", ".csv": "csv", ".tsv": "csv", ".warc": "warc", ".xml": "feed", ".rss": "feed",
    ".atom": "feed",
}
ENDING = re.compile(r"\.[a-z][a-z0-9]{0,5}")  # what is behind the last dot of "www.port.example_2021" is none

CONTROL = frozenset(range(32)) - set(b"\t\n\v\f\r\b\x1b")
CONTROL_SHARE = 0.02  # of control characters above which bytes are no text; random bytes have .10, text has none
PAGE = re.compile(rb"<(?:!doctype\s{1,9}html|html|head|body|title|meta|article|div|p|table|h1)\b", re.IGNORECASE)
TAG = re.compile(rb"<[a-z!/][^<>]{0,400}>", re.IGNORECASE)
FEED = re.compile(rb"<(?:rss|rdf:RDF|(?:[a-z]{1,9}:)?feed)[\s>]", re.IGNORECASE)
MARKUP_START = re.compile(rb"(?:\s|<\?[^>]{0,400}>|<!--.{0,2000}?-->)*<", re.DOTALL)


def binary(content: bytes) -> str | None:
    """What some bytes are, when they are no text; None when they are."""
    for mark, name in MAGIC:
        if content.startswith(mark):
            return name
    if content.startswith(WIDE_MARKS) or _wide(content):
        return None
    sample = content[: 1 << 16]
    controls = sum(byte in CONTROL for byte in sample)
    if sample and controls > CONTROL_SHARE * len(sample):
        return "binary data"
    return "binary data" if content.count(0) > CONTROL_SHARE * len(content) else None


def _wide(content: bytes) -> bool:
    """Whether every other byte is a NUL: UTF-16 of mostly Latin letters, without a mark."""
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
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start.strip(b"\x00"):
        return "empty" if not head else "holds nothing but white space"
    if (what := binary(head)) is not None:
        return f"{what}, not text"
    suffix = ending(name)
    claimed = ENDINGS.get(suffix)
    if re.match(rb"WARC/[01]\.\d", start):
        return "warc"
    if MARKUP_START.match(start):
        return _markup(start, claimed, suffix)
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
    wide = start.replace(b"\x00", b"") if b"\x00" in start else start
    feed, page = FEED.search(wide[:8192]), PAGE.search(wide)
    if feed and (page is None or feed.start() < page.start()):
        return "feed"
    if page or (claimed == "html" and TAG.search(wide)):
        return "html" if claimed != "text" or PAGE.match(wide) or wide[:1] == b"<" else "text"
    if claimed in ("text", "csv"):
        return claimed
    if wide.startswith(b"<?xml") or claimed == "feed":
        return "XML, but neither a page nor a feed"
    return "text" if suffix in ("", ".html", ".htm", ".xhtml") else f"a file that ends in {suffix} and holds no page"


def _json(start: bytes, claimed: Form | None) -> Form:
    """JSON lines or one JSON value: whether the first line stands alone, and another follows."""
    first, newline, rest = start.partition(b"\n")
    if not newline:
        return "json" if claimed != "jsonl" else "jsonl"
    try:
        alone = json.loads(first)
    except (ValueError, RecursionError):
        opens = first.strip() in (b"{", b"[", b"[{") or not re.search(rb"^\s{0,20}\{.*\}\s*$", rest, re.MULTILINE)
        return "json" if claimed != "jsonl" or (opens and start[:1] in b"{[") else "jsonl"
    lines = claimed == "jsonl" or (rest.strip() != b"" and isinstance(alone, dict | list))
    return "jsonl" if lines else "json"
