"""Paths → Brief → files on disk."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from copydesk import pipeline
from copydesk.compiling import from_json, to_csv, to_html, to_json, to_markdown
from copydesk.compiling.contract import BriefRecord
from copydesk.engines import choose_engine
from copydesk.errors import BriefError, InputError
from copydesk.language.encoder import CachedEncoder, MiniLmEncoder
from copydesk.language.tagger import Tagger
from copydesk.model.articles import Article
from copydesk.model.captures import Capture, Skipped
from copydesk.model.copies import Trace
from copydesk.model.corrections import Correction
from copydesk.model.dossiers import Brief
from copydesk.model.piles import Pile
from copydesk.model.ports import Cache, Progress, be_silent
from copydesk.options import FILE_NAME, Options, load_options
from copydesk.reading import About, read, read_about, read_corrections
from copydesk.tracing import trace

EPOCH_VARIABLE = "SOURCE_DATE_EPOCH"


def utc_now() -> datetime:
    """The time of day, or $SOURCE_DATE_EPOCH where a build wants the same bytes twice."""
    epoch = os.environ.get(EPOCH_VARIABLE)
    return datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What one run is asked for: inputs, and what the user knows and says of them."""

    inputs: tuple[str, ...]
    about: tuple[About, ...] = ()
    corrections: tuple[Correction, ...] = ()
    options: Options = field(default_factory=Options)
    stdin: BinaryIO | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefFiles:
    """Where a written brief lies."""

    html: Path
    json: Path
    markdown: Path
    facts: Path


def find_options(start: Path) -> Options:
    """The options of the nearest copydesk.toml in `start` or above it, with the environment over them."""
    here = start.resolve()
    for folder in (here, *here.parents):
        if (folder / FILE_NAME).is_file():
            return load_options(folder / FILE_NAME, os.environ)
    return load_options(None, os.environ)


def order(
    inputs: Sequence[str | Path],
    *,
    about: Path | None = None,
    corrections: Path | None = None,
    options: Options | None = None,
) -> Order:
    """An order with its files read. Raises CorrectionsError, OptionsError."""
    return Order(
        inputs=tuple(str(i) for i in inputs),
        about=read_about(about) if about else (),
        corrections=read_corrections(corrections) if corrections else (),
        options=options or find_options(Path()),
    )


def make_brief(asked: Order, *, progress: Progress = be_silent, now: Callable[[], datetime] = utc_now) -> Brief:
    """The brief of a pile; its `dossiers` are empty when nothing could be read."""
    captures = read(asked.inputs, asked.options.reading, stdin=asked.stdin, about=asked.about)
    return pipeline.make_brief(captures, asked.corrections, make_tools(asked.options, progress, now), asked.options)


def make_tools(
    options: Options, progress: Progress, now: Callable[[], datetime], shelf: Cache | None = None
) -> pipeline.Tools:
    """What touches the world, as the options want it; on the `shelf` lies what was encoded before."""
    return pipeline.Tools(
        tagger=Tagger(options.language),
        encoder=CachedEncoder(MiniLmEncoder(), shelf),
        engine=choose_engine(options.engine.name, options.engine.workers or None),
        now=now,
        progress=progress,
    )


def write_brief(brief: Brief, folder: Path) -> BriefFiles:
    """The four files of a brief in a folder, which is made when missing. Raises InputError when it can't be written."""
    files = BriefFiles(
        html=folder / "brief.html", json=folder / "brief.json", markdown=folder / "brief.md", facts=folder / "facts.csv"
    )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        files.html.write_text(to_html(brief), encoding="utf-8")
        files.json.write_bytes(to_json(brief))
        files.markdown.write_text(to_markdown(brief), encoding="utf-8")
        files.facts.write_text(to_csv(brief), encoding="utf-8", newline="")
    except OSError as error:
        raise InputError(f"{folder}: the brief cannot be written ({error}); name a folder that can be") from error
    return files


def read_articles(asked: Order) -> tuple[list[Article], list[Skipped]]:
    """The cleaned articles of the inputs, and what was skipped."""
    found = list(read(asked.inputs, asked.options.reading, stdin=asked.stdin, about=asked.about))
    captures = [c for c in found if isinstance(c, Capture)]
    cleaned = pipeline.clean_all(captures, make_tools(asked.options, be_silent, utc_now), asked.options)
    skipped = [c for c in [*found, *cleaned] if isinstance(c, Skipped)]
    return [a for a in cleaned if isinstance(a, Article)], skipped


def trace_articles(articles: Sequence[Article], options: Options) -> tuple[Pile, Trace]:
    """The copy links, lines and voices among some articles."""
    tools = make_tools(options, be_silent, utc_now)
    pile = pipeline.annotate_all(articles, (), tools, options)
    return pile, trace(pile, tools.encoder, options.tracing)


def with_stdin(asked: Order, stdin: BinaryIO) -> Order:
    """The same order with the stream that "-" stands for."""
    return replace(asked, stdin=stdin)


def find_options_here() -> Options:
    """The options that hold in the current folder."""
    return find_options(Path())


def open_brief(folder: Path) -> BriefRecord:
    """The brief that lies in a folder (or in a brief.json). Raises BriefError when there is none, or it is broken."""
    path = folder / "brief.json" if folder.is_dir() else folder
    try:
        content = path.read_bytes()
    except OSError as error:
        raise BriefError(f"{path} cannot be read ({error}); expected a folder that copydesk brief wrote") from error
    return from_json(content)
