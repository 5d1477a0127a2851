"""copydesk diff: what changed from one text of an article to the next."""

from __future__ import annotations

from pathlib import Path

import click
from rich.console import Console
from rich.text import Text

from copydesk import desk
from copydesk.cli.at import desk_option, json_option, make_console, opened, say_lines

CONTEXT_CHARS = 60


@click.command("diff", epilog="Example: copydesk diff https://news.example/harbour")
@click.argument("article", metavar="ARTICLE")
@desk_option
@json_option
def command(article: str, folder: Path | None, as_json: bool) -> None:
    """Show what changed in an article from each text to the next, and which facts the last change touches.

    ARTICLE is an id, its beginning, an address or a path.
    """
    with opened(folder) as found:
        meant = desk.find_article(found, article)
        diffs = desk.diff_article(found, article)
    if as_json:
        say_lines(diffs)
        return
    console = make_console()
    if not diffs:
        console.print(Text(f"{meant.headline or meant.path}: one text only, nothing changed"))
    for number, diff in enumerate(diffs, start=2):
        seen = diff.after.observed or (diff.after.modified and diff.after.modified.value)
        console.print(Text(f"text {number}: {diff.after.headline}" + (f"  ({seen})" if seen else ""), style="bold"))
        _print(console, diff)


def _print(console: Console, diff: desk.Diff) -> None:
    for change in diff.changes:
        before, after = diff.before.text, diff.after.text
        words = Text(
            "  … " + " ".join(after[max(0, change.after.start - CONTEXT_CHARS) : change.after.start].split()) + " "
        )
        cut, put = before[change.before.start : change.before.end], after[change.after.start : change.after.end]
        if cut:
            words.append(f"[-{' '.join(cut.split())}-]", style="red strike")
        if put:
            words.append(f"{{+{' '.join(put.split())}+}}", style="green bold")
        words.append(" " + " ".join(after[change.after.end : change.after.end + CONTEXT_CHARS].split()) + " …")
        console.print(words)
    for fact in diff.facts:
        console.print(Text(f"  touches {fact.id} ({fact.status}): {' '.join(fact.text.split())}", style="magenta"))
