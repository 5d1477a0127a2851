"""copydesk fetch: what the feeds have that is new."""

from __future__ import annotations

from pathlib import Path

import click

from copydesk import desk
from copydesk.cli.add import end, tell_json
from copydesk.cli.at import desk_option, json_option, opened, quiet_option, say_json
from copydesk.cli.wording import count


@click.command("fetch", epilog="Example: copydesk fetch && copydesk update")
@desk_option
@json_option
@quiet_option
def command(folder: Path | None, as_json: bool, quiet: bool) -> None:
    """Ask the desk's feeds, and the pages that they name, for news.

    Politely: robots.txt is kept, nothing is asked twice that has not changed, one host is asked slowly, and one that
    fails is left alone for a while. Private addresses are refused unless [fetching] in copydesk.toml allows them.
    """
    with opened(folder, quiet=quiet or as_json) as found:
        done = desk.fetch(found, told=tell_json if as_json else desk.tell_nobody)
        outside = found.store.counts().outside
    for feed in done.feeds:
        if as_json:
            say_json({"feed": feed.url, "answer": feed.answer, "failures": feed.failures})
        elif not quiet:
            click.echo(f"{feed.title or feed.url}: {feed.answer}")
    if done.early and not quiet and not as_json:
        first = min(f.next_allowed for f in done.early if f.next_allowed is not None)
        click.echo(f"{count(len(done.early), 'feed')} not due before {first:%Y-%m-%d %H:%M} UTC")
    end(done.added, told=(as_json, quiet), outside=outside)
