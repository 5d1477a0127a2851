"""copydesk story: one story's dossier as files."""

from __future__ import annotations

from pathlib import Path

import click

from copydesk import desk
from copydesk.cli.at import desk_option, json_option, opened, say_json
from copydesk.cli.wording import count


@click.command("story", epilog="Example: copydesk story s-3a1b2c -o dossier && copydesk show dossier")
@click.argument("story", metavar="ID")
@click.option(
    "-o", "--out", type=click.Path(path_type=Path, file_okay=False), required=True, help="Folder for the dossier."
)
@desk_option
@json_option
def command(story: str, out: Path, folder: Path | None, as_json: bool) -> None:
    """Write the dossier of one story: brief.html, brief.json, brief.md and facts.csv.

    ID is the story's id, its beginning, an id it once had, or the id of one of its articles.
    """
    with opened(folder) as found:
        row = desk.find_story(found, story)
        files = desk.write_story(found, story, out)
    if as_json:
        say_json(
            {
                "story": row.id,
                "html": str(files.html),
                "json": str(files.json),
                "markdown": str(files.markdown),
                "facts": str(files.facts),
            }
        )
    else:
        click.echo(f"{row.headline}: {count(len(row.articles), 'article')}, {count(len(row.voices), 'voice')}")
        click.echo(f"the dossier lies in {files.html}")
