"""What the verbs of a desk share: which desk is meant, how far it has come, and its words as JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import click
import msgspec
from rich.console import Console

from copydesk import desk
from copydesk.cli.progress import StageProgress

Command = TypeVar("Command", bound=Callable[..., Any])
PIPED_COLUMNS = 120  # a file or a pipe has no width of its own


def desk_option(command: Command) -> Command:
    """--desk behind a verb."""
    words = "The desk's folder (default: the nearest one from here upwards)."
    return click.option("--desk", "folder", type=click.Path(path_type=Path, file_okay=False), help=words)(command)


json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")
quiet_option = click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors.")


@contextmanager
def opened(folder: Path | None, *, quiet: bool = True) -> Iterator[desk.Desk]:
    """The desk that is meant, with progress on stderr unless `quiet`."""
    with StageProgress(quiet=quiet) as progress, desk.open_desk(folder, progress=progress) as found:
        yield found


def say_json(noun: object) -> None:
    """One JSON object or list on one line."""
    click.echo(msgspec.json.encode(noun).decode())


def say_lines(nouns: Iterator[object] | tuple[object, ...]) -> None:
    """One JSON object a line."""
    for noun in nouns:
        say_json(noun)


def make_console() -> Console:
    """Where the words go."""
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = PIPED_COLUMNS
    return console
