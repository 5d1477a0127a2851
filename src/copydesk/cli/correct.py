"""copydesk correct: what the user knows better, and takes back."""

from __future__ import annotations

from pathlib import Path

import click
from rich.table import Table
from rich.text import Text

from copydesk import desk
from copydesk.cli.at import desk_option, json_option, make_console, opened, say_lines
from copydesk.model.corrections import Subject
from copydesk.model.desks import Said

reason_option = click.option("--reason", default="", help="Why: it is shown wherever the correction holds.")
of_option = click.option(
    "--of",
    "subject",
    type=click.Choice(["entity", "link", "story"]),
    default="entity",
    show_default=True,
    help="What the two are: names, or articles that took text from another or tell one story.",
)


@click.group("correct", epilog='Example: copydesk correct same "J. Okafor" "Jane Okafor" && copydesk update')
def command() -> None:
    """Say what you know better; it outranks what was found, from the next update on, and is marked as yours."""


@command.command("merge", epilog="Example: copydesk correct merge s-3a1b s-77c0 --reason 'one fire'")
@click.argument("stories", nargs=-1, required=True, metavar="STORY STORY…")
@reason_option
@desk_option
def merge(stories: tuple[str, ...], reason: str, folder: Path | None) -> None:
    """Say that these stories are one."""
    with opened(folder) as found:
        _say(desk.merge(found, stories, reason))


@command.command("split", epilog="Example: copydesk correct split s-3a1b a-0c12 a-99f3")
@click.argument("story", metavar="STORY")
@click.argument("articles", nargs=-1, required=True, metavar="ARTICLE…")
@reason_option
@desk_option
def split(story: str, articles: tuple[str, ...], reason: str, folder: Path | None) -> None:
    """Say that these articles do not belong to that story."""
    with opened(folder) as found:
        _say(desk.split(found, story, articles, reason))


@command.command("same", epilog='Example: copydesk correct same "J. Okafor" "Jane Okafor"')
@click.argument("left")
@click.argument("right")
@of_option
@reason_option
@desk_option
def same(left: str, right: str, subject: Subject, reason: str, folder: Path | None) -> None:
    """Say that two names, or two articles' texts, are the same."""
    with opened(folder) as found:
        _say(desk.say_same(found, left, right, subject=subject, reason=reason))


@command.command("not-same", epilog="Example: copydesk correct not-same a-0c12 a-99f3 --of link")
@click.argument("left")
@click.argument("right")
@of_option
@reason_option
@desk_option
def not_same(left: str, right: str, subject: Subject, reason: str, folder: Path | None) -> None:
    """Say that two names, or two articles' texts, are not the same."""
    with opened(folder) as found:
        _say(desk.say_not_same(found, left, right, subject=subject, reason=reason))


@command.command("undo", epilog="Example: copydesk correct undo 3")
@click.argument("number", type=int, required=False, metavar="[NUMBER]")
@desk_option
def undo(number: int | None, folder: Path | None) -> None:
    """Take a correction back: the last one, or that of a number in the log."""
    with opened(folder) as found:
        said = desk.undo(found, number)
    click.echo(f"correction {said.number} is taken back; copydesk update applies it")


@command.command("log", epilog="Example: copydesk correct log --json")
@desk_option
@json_option
def log(folder: Path | None, as_json: bool) -> None:
    """List every correction, those taken back too."""
    with opened(folder) as found:
        said = desk.read_log(found)
    if as_json:
        say_lines(said)
        return
    table = Table(box=None, pad_edge=False, header_style="dim")
    for name in ("no.", "said", "what", "left", "right", "reason"):
        table.add_column(name, overflow="fold")
    for one in said:
        c = one.correction
        what = f"{c.subject} {c.verdict}" + ("" if one.undone is None else f", taken back {one.undone:%Y-%m-%d %H:%M}")
        table.add_row(str(one.number), f"{one.at:%Y-%m-%d %H:%M}", what, Text(c.left), Text(c.right), Text(c.reason))
    make_console().print(table if said else "nothing was corrected yet")


def _say(said: Said) -> None:
    click.echo(f"correction {said.number} is kept; copydesk update applies it")
