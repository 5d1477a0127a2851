"""copydesk stories: what the desk knows of, most independent voices first."""

from __future__ import annotations

from pathlib import Path

import click
from rich.table import Table
from rich.text import Text

from copydesk import desk
from copydesk.cli.at import desk_option, json_option, make_console, opened, say_lines
from copydesk.cli.wording import time_line


@click.command("stories", epilog="Example: copydesk stories --voices 2 --limit 20")
@desk_option
@click.option("--voices", type=click.IntRange(0), default=0, help="Only stories with so many voices or more.")
@click.option("--disputed", is_flag=True, help="Only stories in which voices contradict each other.")
@click.option("--limit", type=click.IntRange(1), default=40, show_default=True, help="How many to print.")
@json_option
def command(folder: Path | None, voices: int, disputed: bool, limit: int, as_json: bool) -> None:
    """List the stories of the last update, most independent voices first."""
    with opened(folder) as found:
        rows = [r for r in desk.list_stories(found) if len(r.voices) >= voices and (r.conflicts or not disputed)]
        outside = found.store.counts().outside
    if as_json:
        say_lines(tuple(rows[:limit]))
        return
    table = Table(box=None, pad_edge=False, header_style="dim", show_edge=False, expand=True)
    for name in ("articles", "voices", "shared facts", "conflicts"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("when", no_wrap=True)
    table.add_column("id", no_wrap=True)
    table.add_column("story", overflow="ellipsis", no_wrap=True, ratio=1)
    for row in rows[:limit]:
        table.add_row(
            str(len(row.articles)),
            Text(str(len(row.voices)), style="bold"),
            str(row.corroborated),
            str(row.conflicts),
            time_line(row.value, row.earliest, row.latest),
            row.id,
            Text(row.headline or row.articles[0]),
        )
    console = make_console()
    console.print(table if rows else "no story yet" if not voices and not disputed else "no such story")
    if len(rows) > limit:
        console.print(f"… and {len(rows) - limit:,} more: --limit", style="dim")
    if outside:
        console.print(f"{outside:,} articles in no story yet: call copydesk update", style="yellow")
