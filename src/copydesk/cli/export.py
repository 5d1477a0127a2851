"""copydesk export: a whole desk in one file."""

from __future__ import annotations

from pathlib import Path

import click

from copydesk import desk
from copydesk.cli.at import desk_option, opened


@click.command("export", epilog="Example: copydesk export newsroom-2026-11-22.copydesk")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE")
@desk_option
def command(file: Path, folder: Path | None) -> None:
    """Write the whole desk to FILE, as it is now; others may go on working with it."""
    with opened(folder) as found:
        written = desk.export_desk(found, file)
    click.echo(f"the desk lies in {written}; copydesk import {written} --desk DIR makes it a desk again")
