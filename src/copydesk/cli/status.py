"""copydesk status: how a desk stands."""

from __future__ import annotations

from pathlib import Path

import click
from rich.text import Text

from copydesk import desk
from copydesk.cli.at import desk_option, json_option, make_console, opened, say_json


@click.command("status", epilog="Example: copydesk status --json")
@desk_option
@json_option
def command(folder: Path | None, as_json: bool) -> None:
    """Say what the desk holds, what waits, and what happened last."""
    with opened(folder) as found:
        status = desk.look(found)
    if as_json:
        say_json({"folder": str(status.folder), "counts": status.counts, "due": status.due, "events": status.events})
        return
    console, counts = make_console(), status.counts
    console.print(Text(str(status.folder), style="bold"))
    for name, n, note in (
        ("stories", counts.stories, ""),
        (
            "articles",
            counts.articles,
            f"{counts.outside:,} in no story yet: call copydesk update" if counts.outside else "",
        ),
        ("revisions", counts.revisions, ""),
        (
            "captures",
            counts.captures,
            f"{counts.waiting:,} not cleaned yet: call copydesk update" if counts.waiting else "",
        ),
        ("skipped", counts.skipped, ""),
        ("feeds", counts.feeds, f"{status.due:,} pages wait: call copydesk fetch" if status.due else ""),
    ):
        console.print(Text.assemble((f"{n:>9,} ", "bold"), f"{name:<10}", (note, "yellow")))
    for event in status.events:
        console.print(
            Text.assemble((f"{event.at:%Y-%m-%d %H:%M} ", "dim"), f"{event.kind:<10}", event.words),
            no_wrap=True,
            overflow="ellipsis",
        )
