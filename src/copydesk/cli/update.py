"""copydesk update: the stories over all that is on the desk."""

from __future__ import annotations

from pathlib import Path

import click
from rich.text import Text

from copydesk import desk
from copydesk.cli.at import desk_option, json_option, make_console, opened, quiet_option, say_json
from copydesk.cli.wording import count


@click.command("update", epilog="Example: copydesk update && copydesk stories")
@desk_option
@json_option
@quiet_option
def command(folder: Path | None, as_json: bool, quiet: bool) -> None:
    """Bring the stories to what is on the desk.

    Only what changed is worked out anew. Stopped at any point, the next update goes on from there.
    """
    with opened(folder, quiet=quiet or as_json) as found:
        last = found.store.last_event()
        done = desk.update(found)
        events = found.store.events(after=last, limit=12)
    if as_json:
        say_json(done)
    elif not quiet:
        console = make_console()
        words = f"{count(done.articles, 'article')} in {count(done.stories, 'story', 'stories')}, {done.told} told anew"
        console.print(Text(words, style="bold"))
        for event in events:
            console.print(Text(f"{event.kind:<8}{event.words}"), overflow="ellipsis", no_wrap=True)
        for correction in done.unused:
            console.print(
                Text(f"correction not used: {correction.left} / {correction.right} were not both found", style="yellow")
            )
