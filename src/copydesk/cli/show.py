"""copydesk show: a written brief in the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from copydesk import desk
from copydesk.cli.wording import count
from copydesk.compiling.contract import BriefRecord, ConflictRecord, FactRecord, StoryRecord, WhenRecord

FACTS_SHOWN = 12
QUOTES_SHOWN = 8
MOMENTS_SHOWN = 12


@click.command("show", epilog="Example: copydesk show dossier | less -R")
@click.argument("out", metavar="OUT", type=click.Path(path_type=Path))
@click.option("--story", "story_id", help="Only the story with this id (or its beginning).")
@click.option("--all", "show_all", is_flag=True, help="Every fact, quote and moment.")
def command(out: Path, story_id: str | None, show_all: bool) -> None:
    """Print the brief that lies in OUT; the ids are for copydesk why."""
    brief = desk.open_brief(out)
    stories = [s for s in brief.stories if story_id is None or s.id.startswith(story_id)]
    if not stories:
        raise click.BadParameter(f"no story {story_id!r} in {out}; there are {', '.join(s.id for s in brief.stories)}")
    console = Console(highlight=False)
    for story in stories:
        _print_story(console, brief, story, None if show_all else 1)
    for skipped in brief.skipped:
        console.print(Text(f"skipped {skipped.path} ({skipped.stage}): {skipped.reason}", style="yellow"))


def when_words(when: WhenRecord) -> str:
    """A time as a reader says it, with how it was found."""
    if when.value is None and when.earliest is None and when.latest is None:
        return "unknown"
    bounds = f"{when.earliest or '…'} to {when.latest or '…'}"
    value = when.value or bounds
    return (
        f"{value} ({when.method})"
        if when.earliest == when.latest or when.value is None
        else f"{value}, {bounds} ({when.method})"
    )


def _print_story(console: Console, brief: BriefRecord, story: StoryRecord, limit: int | None) -> None:
    names = {e.id: e.name for e in story.entities}
    compared = {a.id: a.compared for a in brief.articles}
    uncompared = sum(not compared[a] for a in story.articles)
    note = f" ({uncompared} not compared)" if uncompared else ""
    console.print()
    console.print(Text.assemble((story.headline, "bold"), (f"  {story.id}", "dim")))
    console.print(
        Text(
            f"{count(len(story.articles), 'article')}, {count(len(story.voices), 'voice')}{note}", style="bold magenta"
        )
    )
    for label, value in (
        ("when", when_words(story.when)),
        ("where", ", ".join(names[e] for e in story.where)),
        ("who", ", ".join(names[e] for e in story.who)),
        ("voices", "; ".join(f"{v.name} ({count(len(v.articles), 'article')})" for v in story.voices)),
    ):
        if value:
            console.print(Text.assemble((f"{label:<7}", "dim"), value))
    corroborated = [f for f in story.facts if f.voices >= 2]
    single = [f for f in story.facts if f.voices < 2]
    _print_facts(console, "Said by more than one voice", corroborated, limit)
    _print_conflicts(console, [c for c in story.conflicts if c.kind == "conflict"], "Where they differ")
    _print_conflicts(console, [c for c in story.conflicts if c.kind == "update"], "What changed in the telling")
    _print_facts(console, "Said by one voice only", single, limit)
    quotes = story.quotes[: QUOTES_SHOWN * limit if limit else None]
    if quotes:
        _heading(console, "Quotes", len(story.quotes))
        for quote in quotes:
            speaker = names.get(quote.speaker or "", quote.speaker_text) or "unnamed"
            console.print(_item(f"{speaker}: “{_short(quote.text)}”", quote.id))
    moments = story.timeline[: MOMENTS_SHOWN * limit if limit else None]
    if moments:
        _heading(console, "Timeline", len(story.timeline))
        for moment in moments:
            console.print(_item(f"{moment.when.value or '?'}  {_short(moment.text)}", moment.modality))


def _heading(console: Console, words: str, n: int) -> None:
    console.print()
    console.print(Text.assemble((words, "bold underline"), (f"  {n}", "dim")))


def _item(words: str, note: str) -> Padding:
    return Padding(Text.assemble(words, (f"  {note}", "dim")), (0, 0, 0, 2))


def _short(words: str, length: int = 240) -> str:
    flat = " ".join(words.split())
    return flat if len(flat) <= length else flat[: length - 1] + "…"


def _print_facts(console: Console, words: str, facts: Sequence[FactRecord], limit: int | None) -> None:
    if not facts:
        return
    _heading(console, words, len(facts))
    for fact in facts[: FACTS_SHOWN * limit if limit else None]:
        disputed = ", disputed" if fact.status == "disputed" else ""
        console.print(
            _item(
                f"[{count(fact.voices, 'voice')}, {count(fact.articles, 'article')}{disputed}] {_short(fact.text)}",
                fact.id,
            )
        )


def _print_conflicts(console: Console, conflicts: Sequence[ConflictRecord], words: str) -> None:
    if not conflicts:
        return
    _heading(console, words, len(conflicts))
    for conflict in conflicts:
        console.print(_item(f"{conflict.about} ({conflict.slot})", conflict.id))
        for side in conflict.sides:
            console.print(Padding(Text(f"{side.value}: {_short(side.text)}"), (0, 0, 0, 6)))
