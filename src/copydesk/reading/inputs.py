"""Inputs → Captures and Skipped: each file opened once, sniffed, and given to the reader of its form."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import BinaryIO

from copydesk.model.captures import Capture, Skipped
from copydesk.reading.about import About, Known
from copydesk.reading.drafts import Broken, Draft, Identities, skipped
from copydesk.reading.feeds import read_feed
from copydesk.reading.finding import STDIN, Found, find
from copydesk.reading.options import ReadingOptions
from copydesk.reading.sniffing import Form, binary, is_wide, sniff
from copydesk.reading.streams import Opened
from copydesk.reading.tables import read_csv, read_json, read_json_lines
from copydesk.reading.warc import read_warc
from copydesk.text.decoding import decode

FORMS: frozenset[str] = frozenset({"text", "html", "jsonl", "json", "csv", "feed", "warc"})


def read(
    inputs: Sequence[str], options: ReadingOptions, *, stdin: BinaryIO | None = None, about: Sequence[About] = ()
) -> Iterator[Capture | Skipped]:
    """Every article that the inputs hold, and a Skipped for all that could not be read.

    Files are read in the order of their names inside their inputs, each once however many inputs name it, so that
    neither the order nor the spelling of the inputs changes what is given; standard input ("-") comes last.
    """
    known, identities, room = Known(about), Identities(), options.captures
    files, passed_over = find(inputs, options)
    for lost in passed_over:
        known.of(lost.path, lost.path)
        yield lost
    sources = [(file.shown, file.name, partial(_read_file, file, options)) for file in files]
    if STDIN in inputs:
        sources.append((STDIN, STDIN, partial(_read_stdin, stdin or io.BytesIO(), options)))
    for shown, name, contents in sources:
        known.of(shown, shown)
        for found in contents() if room else (Broken(inside="", reason=_full(options)),):
            if isinstance(found, Broken):
                lost = skipped(found, shown)
                known.of(lost.path, shown)
                yield lost
                continue
            if room == 0:
                yield Skipped(path=shown, stage="reading", reason=f"not read on: {_full(options)}")
                break
            room -= 1
            capture = identities.capture(found, name=name, shown=shown)
            said = known.of(capture.path, shown)
            yield capture if said is None else replace(capture, stated=(said, *capture.stated))
    for row in known.unused():
        yield Skipped(path=row.path, stage="reading", reason="named in the about file, but no input has this path")


def _full(options: ReadingOptions) -> str:
    return f"{options.captures:,} articles are the most that one run takes"


def _read_file(file: Found, options: ReadingOptions) -> Iterator[Draft | Broken]:
    try:
        raw = file.path.open("rb")
    except OSError as error:
        yield Broken(inside="", reason=f"cannot be opened: {error.strerror or error}")
        return
    with raw:
        opened = Opened(raw, options)
        yield from _read(opened, sniff(opened.head, file.name, named=file.named), options)


def _read_stdin(stdin: BinaryIO, options: ReadingOptions) -> Iterator[Draft | Broken]:
    opened = Opened(stdin, options)
    yield from _read(opened, _stdin_form(opened.head), options)


def _stdin_form(head: bytes) -> Form | str:
    if not head.strip():
        return "standard input is empty; expected JSON lines"
    form = sniff(head, "-.jsonl", named=True)
    if form == "jsonl" and not any(line.lstrip()[:1] in (b"{", b"[") for line in head.split(b"\n")):
        return "standard input holds no JSON lines: save it as a file and give the file"
    return form


def _read(opened: Opened, form: Form | str, options: ReadingOptions) -> Iterator[Draft | Broken]:
    if form not in FORMS:
        yield Broken(inside="", reason=opened.broken or form)
        return
    limit = options.capture_bytes
    if form in ("jsonl", "csv") and is_wide(opened.head):
        content = opened.take_all(options.json_bytes)
        if content is None:
            yield Broken(inside="", reason=f"UTF-16, and larger than {options.json_bytes:,} bytes: save it as UTF-8")
            return
        lines: BinaryIO = io.BytesIO(decode(content, None).encode("utf-8", "replace"))
    else:
        lines = io.BufferedReader(opened)
    match form:
        case "warc":
            yield from read_warc(lines, limit)
        case "jsonl":
            yield from read_json_lines(lines, limit)
        case "csv":
            yield from read_csv(lines, limit)
        case _:
            yield from _whole(opened, form, options)
    if opened.broken:
        yield Broken(inside="", reason=f"{opened.broken}; what came before was read")


def _whole(opened: Opened, form: str, options: ReadingOptions) -> Iterator[Draft | Broken]:
    """The forms that are taken into memory as one piece."""
    many = form in ("json", "feed")
    limit = options.json_bytes if many else options.capture_bytes
    content = opened.take_all(limit)
    if content is None:
        of_what = "a file that is parsed whole: save it as JSON lines" if many else "one article"
        yield Broken(inside="", reason=f"larger than {limit:,} bytes, the limit of {of_what}")
    elif form == "json":
        yield from read_json(content, options.capture_bytes)
    elif form == "feed":
        yield from read_feed(content, options.capture_bytes)
    elif (what := binary(content)) is not None:
        yield Broken(inside="", reason=f"{what}, not text")
    else:
        yield Draft(
            inside="", content=content, medium="html" if form == "html" else "text", truncated=opened.broken is not None
        )
