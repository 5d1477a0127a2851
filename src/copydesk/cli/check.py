"""copydesk check: whether a desk is sound."""

from __future__ import annotations

from pathlib import Path

import click

from copydesk import desk
from copydesk.cli.at import desk_option, json_option, opened, quiet_option, say_json
from copydesk.cli.main import EXIT_UNUSABLE


@click.command("check", epilog="Example: copydesk check --deep")
@click.option("--deep", is_flag=True, help="Check every story's dossier span by span, too.")
@desk_option
@json_option
@quiet_option
def command(deep: bool, folder: Path | None, as_json: bool, quiet: bool) -> None:
    """Look through the whole desk for damage: the file, each record, and what must hold between them.

    Ends with 0 when it is sound, with 2 and a line a fault when it is not.
    """
    with opened(folder, quiet=quiet or as_json) as found:
        faults = list(desk.check_desk(found, deep=deep))
        counts = found.store.counts()
    if as_json:
        say_json({"sound": not faults, "faults": faults, "counts": counts})
    else:
        for fault in faults:
            click.secho(fault, fg="red", err=True)
        if not faults and not quiet:
            click.echo(f"sound: {counts.captures:,} captures, {counts.articles:,} articles, {counts.stories:,} stories")
    raise click.exceptions.Exit(EXIT_UNUSABLE if faults else 0)
