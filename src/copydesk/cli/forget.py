"""copydesk forget: articles off a desk."""

from __future__ import annotations

from pathlib import Path

import click

from copydesk import desk
from copydesk.cli.at import desk_option, opened
from copydesk.cli.wording import count


@click.command("forget", epilog="Example: copydesk forget a-0c12ab34cd56 && copydesk update")
@click.argument("articles", nargs=-1, required=True, metavar="ARTICLE…")
@click.option("--yes", is_flag=True, help="Do not ask first.")
@desk_option
def command(articles: tuple[str, ...], yes: bool, folder: Path | None) -> None:
    """Take articles off the desk, with their captures, every text, and what was found in them.

    ARTICLE is an id, its beginning, an address or a path. The stories that told of them are told anew by the next update.
    """
    with opened(folder) as found:
        meant = [desk.find_article(found, article) for article in articles]
        if not yes:
            for article in meant:
                click.echo(f"{article.id}  {article.headline or article.path}")
            click.confirm(f"Forget {count(len(meant), 'article')}? This cannot be undone", abort=True)
        gone = desk.forget(found, [article.id for article in meant])
    click.echo(f"{count(len(gone), 'article')} forgotten; copydesk update tells the stories anew")
