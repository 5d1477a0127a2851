"""copydesk corpus: shards of articles → tables."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path
from time import perf_counter

import click

from copydesk import desk
from copydesk.cli.main import EXIT_ALL_READ, EXIT_SOME_SKIPPED, EXIT_UNUSABLE
from copydesk.cli.progress import StageProgress
from copydesk.desk.corpus import TABLES, Corpus, make_corpus, order_corpus
from copydesk.options import load_options


@click.command(
    "corpus", epilog="Example: copydesk corpus s3://news/2023/ -o tables --tables copies,voices --engine ray"
)
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT…")
@click.option(
    "-o", "--out", type=click.Path(path_type=Path, file_okay=False), required=True, help="Folder for the tables."
)
@click.option("--tables", metavar="NAMES", help=f"Only these, for speed (default: all): {', '.join(TABLES)}.")
@click.option(
    "--engine",
    metavar="NAME",
    help="Where the work runs: serial, processes, ray or ray://HOST:PORT (default: [engine] in copydesk.toml).",
)
@click.option(
    "--options",
    "options_path",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A copydesk.toml (default: the nearest one in or above this folder).",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object about the run instead of text.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors.")
def command(
    inputs: tuple[str, ...],
    out: Path,
    tables: str | None,
    engine: str | None,
    options_path: Path | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """Make tables of years of articles.

    INPUT is a WARC, JSONL or Parquet file, a folder or a glob of them, on any path that fsspec knows; each file is a shard.
    OUT gets a folder of Parquet files a table. Called again, it goes on where it was cut off and leaves what is done.
    """
    options = load_options(options_path, os.environ) if options_path else desk.find_options_here()
    if engine:
        options = replace(options, engine=replace(options.engine, name=engine))
    start = perf_counter()
    with StageProgress(quiet=quiet or as_json) as progress:
        made = make_corpus(order_corpus(inputs, out, tables, options), progress=progress)
    if as_json:
        click.echo(json.dumps(_summary(made, out)))
    elif not quiet:
        _print(made, out, perf_counter() - start)
    if not made.articles:
        raise click.exceptions.Exit(EXIT_UNUSABLE)
    skipped = sum(s.skipped for s in made.shards)
    raise click.exceptions.Exit(EXIT_SOME_SKIPPED if skipped else EXIT_ALL_READ)


def _summary(made: Corpus, out: Path) -> dict[str, object]:
    return {
        "out": str(out), "shards": len(made.shards), "articles": made.articles,
        "skipped": sum(s.skipped for s in made.shards), "told": made.told,
        "tables": {name: {"rows": t.rows, "files": t.files, "bytes": t.bytes} for name, t in made.tables.items()},
    }  # fmt: skip


def _print(made: Corpus, out: Path, seconds: float) -> None:
    for name, table in made.tables.items():
        click.echo(f"{name:12} {table.rows:>12,} rows {table.files:>7,} files {table.bytes / 1e6:>12,.1f} MB")
    skipped = sum(s.skipped for s in made.shards)
    click.echo(
        f"{made.articles:,} articles of {len(made.shards):,} shards in {seconds:,.0f} s, {skipped:,} skipped; in {out}"
    )
