"""copydesk search: articles by words, names, outlets, voices, stories and days."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from rich.padding import Padding
from rich.text import Text

from copydesk import desk
from copydesk.cli.at import desk_option, json_option, make_console, opened, say_lines
from copydesk.model.desks import HIT_END, HIT_START


@click.command("search", epilog="""Example: copydesk search 'harbour "pilot error" who:Vasko after:2026-11'""")
@click.argument("query", nargs=-1, metavar="QUERY…")
@click.option("--like", is_flag=True, help="QUERY is a passage (- for standard input): find what is worded like it.")
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True, help="How many to print.")
@desk_option
@json_option
def command(query: tuple[str, ...], like: bool, limit: int, folder: Path | None, as_json: bool) -> None:
    """Find articles.

    Words and "quoted phrases" must stand in an article, -words must not (quote the whole QUERY then, so that they are no
    options), and begin* finds beginnings. Narrow it with who:NAME outlet:NAME voice:NAME story:ID before:DAY after:DAY
    (a day, a month or a year; before leaves its day out).
    """
    words = " ".join(query)
    if like and words == "-":
        words = sys.stdin.read()
    with opened(folder) as found:
        hits = desk.search_like(found, words, limit=limit) if like else desk.search(found, words, limit=limit)
    if as_json:
        say_lines(hits)
        return
    console = make_console()
    for hit in hits:
        note = "  ".join(part for part in (hit.outlet, hit.published, hit.article, hit.story) if part)
        console.print(Text.assemble((hit.headline or hit.url or hit.article, "bold"), (f"  {note}", "dim")))
        console.print(Padding(_marked(hit.snippet), (0, 0, 0, 2)))
    if not hits:
        console.print("nothing found")


def _marked(snippet: str) -> Text:
    """The snippet with the words that were asked for in bold."""
    words = Text()
    for part in snippet.split(HIT_START):
        found, end, rest = part.partition(HIT_END)
        words.append(found, style="bold magenta" if end else "")
        words.append(rest)
    return words
