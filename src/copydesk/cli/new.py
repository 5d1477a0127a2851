"""copydesk new: a desk in a folder."""

from __future__ import annotations

from pathlib import Path

import click

from copydesk import desk


@click.command("new", epilog="Example: copydesk new newsroom && copydesk add --desk newsroom saved-pages/")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
def command(folder: Path) -> None:
    """Make a desk: a folder for a pile of articles that grows.

    Writes DIR/copydesk.toml for its options and DIR/desk.sqlite for all it will hold.
    """
    with desk.create_desk(folder) as made:
        click.echo(f"a desk lies in {made.folder}; add articles with: copydesk add --desk {made.folder} INPUT…")
