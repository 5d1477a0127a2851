"""Inputs → Captures and Skipped: each file opened once, sniffed, and given to the reader of its form."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import BinaryIO

from copydesk.model.captures import Capture, Skipped
from copydesk.reading.about import About, Known
from copydesk.reading.drafts import Broken, Draft, Identities, skipped
from copydesk.reading.feeds import read_feed
from copydesk.reading.finding import STDIN, Found, find
from copydesk.reading.options import ReadingOptions
from copydesk.reading.sniffing import Form, binary, sniff
from copydesk.reading.streams import Opened
from copydesk.reading.tables import read_csv, read_json, read_json_lines
from copydesk.reading.warc import read_warc

FORMS: frozenset[str] = frozenset({"text", "html", "jsonl", "json", "csv", "feed", "warc"})


def read(
    inputs: Sequence[str], options: ReadingOptions, *, stdin: BinaryIO | None = None, about: Sequence[About] = ()
) -> Iterator[Capture | Skipped]:
    """Every article that the inputs hold, and a Skipped for all that could not be read.

    Files are read in the order of their names inside their inputs, each once however many inputs name it, so that
    neither the order nor the spelling of the inputs changes what is given; standard input ("-") comes last.
    """
    known, identities, count = Known(about), Identities(), 0
    files, passed_over = find(inputs, options)
    yield from passed_over
    for shown, name, found in _contents(files, STDIN in inputs, stdin, options):
        if isinstance(found, Broken):
            lost = skipped(found, shown)
            known.of(lost.path, shown)
            yield lost
        elif count == options.captures:
            yield Skipped(path=shown, stage="reading", reason=f"not read on: {count:,} articles are the most that one run takes")
            return
        else:
            count += 1
            capture = identities.capture(found, name=name, shown=shown)
            said = known.of(capture.path, shown)
            yield capture if said is None else replace(capture, stated=(said, *capture.stated))
    for row in known.unused():
        yield Skipped(path=row.path, stage="reading", reason="named in the about file, but no input has this path")


def _contents(
    files: Sequence[Found], with_stdin: bool, stdin: BinaryIO | None, options: ReadingOptions
) -> Iterator[tuple[str, str, Draft | Broken]]:
    """What each file holds, with the path that the user finds it by and its name inside its input."""
    for file in files:
        try:
            raw = file.path.open("rb")
        except OSError as error:
            yield file.shown, file.name, Broken(inside="", reason=f"cannot be opened: {error.strerror or error}")
            continue
        with raw:
            opened = Opened(raw, options)
            for found in _read(opened, sniff(opened.head, file.name, named=file.named), options):
                yield file.shown, file.name, found
    if with_stdin:
        opened = Opened(stdin or io.BytesIO(), options)
        for found in _read(opened, _stdin_form(opened.head), options):
            yield STDIN, STDIN, found


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
    lines = io.BufferedReader(opened)
    limit = options.capture_bytes
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
    limit = options.json_bytes if form in ("json", "feed") else options.capture_bytes
    content = opened.take_all(limit)
    if content is None:
        yield Broken(inside="", reason=f"larger than the {limit:,} bytes that a file of this form may have")
    elif form == "json":
        yield from read_json(content, options.capture_bytes)
    elif form == "feed":
        yield from read_feed(content, options.capture_bytes)
    elif (what := binary(content)) is not None:
        yield Broken(inside="", reason=f"{what}, not text")
    else:
        yield Draft(inside="", content=content, medium="html" if form == "html" else "text", truncated=opened.broken is not None)
