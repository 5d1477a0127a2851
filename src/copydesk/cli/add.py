"""copydesk add: articles onto a desk."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import click

from copydesk import desk
from copydesk.cli.at import desk_option, json_option, opened, quiet_option, say_json
from copydesk.cli.main import EXIT_ALL_READ, EXIT_SOME_SKIPPED, EXIT_UNUSABLE
from copydesk.cli.wording import count
from copydesk.model.desks import Settled

SHOWN_MAX = 12
ADDRESS = ("http://", "https://")


@click.command("add", epilog="Example: copydesk add saved-pages/ wire.jsonl.gz https://news.example/harbour")
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT…")
@desk_option
@click.option(
    "--about",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="CSV of what you know of each file: path, url, outlet, published, observed.",
)
@json_option
@quiet_option
def command(inputs: tuple[str, ...], folder: Path | None, about: Path | None, as_json: bool, quiet: bool) -> None:
    """Put articles on the desk.

    INPUT is what copydesk brief takes, or an address. What was added once is known again: the same bytes are kept once, and
    another text under the same address (or path) is a revision of that article. With --json a line a capture, as it is
    kept; a line that was printed is never lost.
    """
    urls = [i for i in inputs if i.startswith(ADDRESS)]
    others = [i for i in inputs if not i.startswith(ADDRESS)]
    told = tell_json if as_json else desk.tell_nobody
    with opened(folder, quiet=quiet or as_json) as found:
        parts = []
        if others:
            parts.append(
                desk.add(found, others, about=about, stdin=sys.stdin.buffer if "-" in others else None, told=told)
            )
        if urls:
            parts.append(desk.add_pages(found, urls, told=told))
        outside = found.store.counts().outside
    end(desk.join_added(parts), told=(as_json, quiet), outside=outside)


def tell_json(settled: Settled) -> None:
    """A line for what became of a capture, when that is kept and not before."""
    say_json(settled)
    sys.stdout.flush()


def end(added: desk.Added, *, told: tuple[bool, bool], outside: int) -> None:
    """Says what came of it and ends with the exit code for that."""
    as_json, quiet = told
    lost = [(s.path, "cleaning", s.reason or "") for s in added.settled if s.became == "skipped"]
    lost += [(s.path, s.stage, s.reason) for s in added.skipped]
    if as_json:
        for path, stage, reason in ((s.path, s.stage, s.reason) for s in added.skipped):
            say_json({"path": path, "stage": stage, "reason": reason, "became": "skipped"})
        say_json({"settled": len(added.settled), "known": added.known, "skipped": len(lost), "outside": outside})
    elif not quiet:
        say_added(click.echo, added)
    if not quiet and not as_json:
        for path, stage, reason in lost[:SHOWN_MAX]:
            click.secho(f"skipped {path} ({stage}): {reason}", fg="yellow", err=True)
        if len(lost) > SHOWN_MAX:
            click.secho(f"… and {len(lost) - SHOWN_MAX} more skipped", fg="yellow", err=True)
        if outside:
            click.echo(f"{count(outside, 'article')} in no story yet: call copydesk update")
    usable = len(added.settled) + added.known - sum(s.became == "skipped" for s in added.settled)
    raise click.exceptions.Exit(EXIT_UNUSABLE if lost and not usable else EXIT_SOME_SKIPPED if lost else EXIT_ALL_READ)


def say_added(say: Callable[[str], None], added: desk.Added) -> None:
    """One line of what became of the captures."""
    words = [
        count(added.count("article"), "new article"),
        *(count(n, "revision") for n in [added.count("revision")] if n),
        *(f"{n} again with the same text" for n in [added.count("same")] if n),
        *(f"{n} known already" for n in [added.known] if n),
        *(f"{n} skipped" for n in [added.count("skipped") + len(added.skipped)] if n),
    ]
    say(", ".join(words))
