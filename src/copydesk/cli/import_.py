"""copydesk import: a desk from an exported file."""

from __future__ import annotations

from pathlib import Path

import click

from copydesk import desk
from copydesk.cli.wording import count


@click.command("import", epilog="Example: copydesk import newsroom-2026-11-22.copydesk --desk restored")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="FILE")
@click.option(
    "--desk", "folder", type=click.Path(path_type=Path, file_okay=False), required=True, help="A folder without a desk."
)
def command(file: Path, folder: Path) -> None:
    """Make a desk of a FILE that copydesk export wrote."""
    with desk.import_desk(file, folder) as made:
        counts = made.store.counts()
    click.echo(
        f"a desk with {count(counts.articles, 'article')} in {count(counts.stories, 'story', 'stories')} lies in {folder}"
    )
