"""copydesk feeds: which feeds a desk asks."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

import click
from rich.table import Table
from rich.text import Text

from copydesk import desk
from copydesk.cli.at import desk_option, json_option, make_console, opened, say_lines
from copydesk.cli.main import EXIT_SOME_SKIPPED
from copydesk.cli.wording import count


@click.group(
    "feeds",
    invoke_without_command=True,
    epilog="Example: copydesk feeds add https://news.example/rss && copydesk fetch",
)
@click.pass_context
@desk_option
@json_option
def command(context: click.Context, folder: Path | None, as_json: bool) -> None:
    """List the desk's feeds, or change them."""
    context.obj = folder
    if context.invoked_subcommand is not None:
        return
    with opened(folder) as found:
        feeds = desk.list_feeds(found)
    if as_json:
        say_lines(feeds)
        return
    table = Table(box=None, pad_edge=False, header_style="dim")
    for name in ("feed", "title", "asked", "answer"):
        table.add_column(name, overflow="fold")
    for feed in feeds:
        asked = feed.checked.strftime("%Y-%m-%d %H:%M") if feed.checked else "never"
        table.add_row(Text(feed.url), Text(feed.title or ""), asked, Text(feed.answer or ""))
    make_console().print(table if feeds else "no feed yet: copydesk feeds add URL, or copydesk feeds import FILE.opml")


def _folder(folder: Path | None) -> Path | None:
    outer: Path | None = click.get_current_context().obj
    return folder or outer


@command.command("import", epilog="Example: copydesk feeds import subscriptions.opml")
@click.argument("opml", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="OPML")
@desk_option
def import_(opml: Path, folder: Path | None) -> None:
    """Take over the feeds of an OPML file, as feed readers write it."""
    with opened(_folder(folder)) as found:
        new, skipped = desk.import_feeds(found, opml)
    click.echo(f"{count(len(new), 'new feed')}; copydesk fetch asks them")
    for lost in skipped:
        click.secho(f"skipped {lost.path} ({lost.stage}): {lost.reason}", fg="yellow", err=True)
    raise click.exceptions.Exit(EXIT_SOME_SKIPPED if skipped else 0)


@command.command("add", epilog="Example: copydesk feeds add https://news.example/rss")
@click.argument("urls", nargs=-1, required=True, metavar="URL…")
@desk_option
def add(urls: tuple[str, ...], folder: Path | None) -> None:
    """Ask these feeds too."""
    with opened(_folder(folder)) as found:
        new = desk.add_feeds(found, urls)
    click.echo(f"{count(len(new), 'new feed')}; copydesk fetch asks them")


@command.command("drop", epilog="Example: copydesk feeds drop https://news.example/rss")
@click.argument("url", metavar="URL")
@desk_option
def drop(url: str, folder: Path | None) -> None:
    """Ask a feed no more; what it brought stays."""
    with opened(_folder(folder)) as found:
        desk.drop_feed(found, url)


@command.command("export", epilog="Example: copydesk feeds export -o subscriptions.opml")
@click.option("-o", "--out", type=click.File("wb"), default="-", help="The file to write (default: standard output).")
@desk_option
def export(out: BinaryIO, folder: Path | None) -> None:
    """Write the feeds as OPML."""
    with opened(_folder(folder)) as found:
        out.write(desk.export_feeds(found))
