"""copydesk brief: a pile of articles → a dossier."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from copydesk import desk
from copydesk.cli.main import EXIT_ALL_READ, EXIT_SOME_SKIPPED, EXIT_UNUSABLE
from copydesk.cli.progress import StageProgress
from copydesk.cli.wording import count, voices_line, when_line
from copydesk.model.captures import Skipped
from copydesk.model.dossiers import Brief, Dossier
from copydesk.options import load_options

SHOWN_MAX = 12
PIPED_COLUMNS = 120  # a file or a pipe has no width of its own


@click.command(
    "brief",
    epilog="Example: copydesk brief pages/ wire.jsonl.gz -o dossier --about pile.csv",
)
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT…")
@click.option(
    "-o", "--out", type=click.Path(path_type=Path, file_okay=False), required=True, help="Folder for the dossier."
)
@click.option(
    "--about",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="CSV of what you know of each file: path, url, outlet, published, observed.",
)
@click.option(
    "--corrections",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="File of what is, or is not, the same: entities, links, stories.",
)
@click.option(
    "--links",
    type=click.Path(path_type=Path, exists=True),
    help="Export of Wikidata (CSV) or OpenSanctions (JSON lines) that names are looked up in.",
)
@click.option(
    "--options",
    "options_path",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A copydesk.toml (default: the nearest one in or above this folder).",
)
@click.option(
    "--engine",
    metavar="NAME",
    help="Where the work runs: serial, processes, ray or ray://HOST:PORT (default: [engine] in copydesk.toml).",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object about the run instead of text.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors.")
def command(
    inputs: tuple[str, ...],
    out: Path,
    about: Path | None,
    corrections: Path | None,
    links: Path | None,
    options_path: Path | None,
    engine: str | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """Compile a dossier from articles.

    INPUT is a file, a folder (read recursively), a glob, or - for JSON lines on stdin. Read are text, HTML, JSON, JSON lines,
    CSV, saved RSS and Atom, WARC, and .gz of each. Writes brief.html, brief.json, brief.md and facts.csv.
    """
    import os

    options = load_options(options_path, os.environ) if options_path else None
    asked = desk.order(inputs, about=about, corrections=corrections, options=options)
    if engine:
        chosen = replace(asked.options, engine=replace(asked.options.engine, name=engine))
        asked = replace(asked, options=chosen)
    if links:
        asked = replace(
            asked, options=replace(asked.options, resolving=replace(asked.options.resolving, links=str(links)))
        )
    if "-" in inputs:
        asked = desk.with_stdin(asked, sys.stdin.buffer)
    with StageProgress(quiet=quiet or as_json) as progress:
        brief = desk.make_brief(asked, progress=progress)
    if not brief.articles:
        _report_unusable(brief, as_json)
        raise click.exceptions.Exit(EXIT_UNUSABLE)
    files = desk.write_brief(brief, out)
    if as_json:
        click.echo(json.dumps(_summary(brief, files), ensure_ascii=False))
    elif not quiet:
        _print_brief(brief, files)
    raise click.exceptions.Exit(EXIT_SOME_SKIPPED if brief.skipped else EXIT_ALL_READ)


def _report_unusable(brief: Brief, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps({"articles": 0, "skipped": [_skipped(s) for s in brief.skipped]}, ensure_ascii=False))
    click.secho(
        "copydesk: nothing usable was found; expected text, HTML, JSON, CSV, WARC or feed files", fg="red", err=True
    )
    for skipped in brief.skipped[:SHOWN_MAX]:
        click.echo(f"  skipped {skipped.path} ({skipped.stage}): {skipped.reason}", err=True)
    if len(brief.skipped) > SHOWN_MAX:
        click.echo(f"  … and {len(brief.skipped) - SHOWN_MAX} more", err=True)


def _skipped(skipped: Skipped) -> dict[str, str]:
    return {"path": skipped.path, "stage": skipped.stage, "reason": skipped.reason}


def _summary(brief: Brief, files: desk.BriefFiles) -> dict[str, object]:
    return {
        "html": str(files.html),
        "json": str(files.json),
        "markdown": str(files.markdown),
        "facts": str(files.facts),
        "articles": len(brief.articles),
        "voices": len({v.id for d in brief.dossiers for v in d.voices}),
        "stories": [
            {
                "id": d.story.id,
                "headline": d.headline,
                "articles": len(d.articles),
                "voices": len(d.voices),
                "when": d.when.value,
                "conflicts": sum(c.kind == "conflict" for c in d.conflicts),
            }
            for d in brief.dossiers
        ],
        "skipped": [_skipped(s) for s in brief.skipped],
    }


def _print_brief(brief: Brief, files: desk.BriefFiles) -> None:
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = PIPED_COLUMNS
    table = Table(box=None, pad_edge=False, header_style="dim", show_edge=False, expand=True)
    for name in ("articles", "voices", "shared facts", "conflicts"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("when", no_wrap=True)
    table.add_column("story", overflow="ellipsis", no_wrap=True, ratio=1)
    for dossier in brief.dossiers[:SHOWN_MAX]:
        table.add_row(*_row(dossier))
    console.print(Text(voices_line(brief), style="bold"))
    console.print(table)
    if len(brief.dossiers) > SHOWN_MAX:
        console.print(f"… and {count(len(brief.dossiers) - SHOWN_MAX, 'more story', 'more stories')}", style="dim")
    for skipped in brief.skipped[:SHOWN_MAX]:
        console.print(Text(f"skipped {skipped.path} ({skipped.stage}): {skipped.reason}", style="yellow"))
    if len(brief.skipped) > SHOWN_MAX:
        console.print(f"… and {len(brief.skipped) - SHOWN_MAX} more skipped: all in brief.json", style="yellow")
    unused = [c for c in brief.corrections if not c.used]
    for correction in unused:
        console.print(
            Text(f"correction not used: {correction.left} / {correction.right} were not both found", style="yellow")
        )
    console.print(Text.assemble("the dossier lies in ", (str(files.html), "bold")))


def _row(dossier: Dossier) -> tuple[str | Text, ...]:
    corroborated = sum(f.voices >= 2 for f in dossier.facts)
    conflicts = sum(c.kind == "conflict" for c in dossier.conflicts)
    return (
        str(len(dossier.articles)),
        Text(str(len(dossier.voices)), style="bold"),
        str(corroborated),
        str(conflicts),
        when_line(dossier.when),
        Text(dossier.headline or dossier.articles[0].article.path),
    )
