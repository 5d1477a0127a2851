"""copydesk clean: one page's article, and what each dropped block was."""

from __future__ import annotations

import json

import click
from rich.console import Console
from rich.text import Text

from copydesk import desk
from copydesk.cli.main import EXIT_ALL_READ, EXIT_SOME_SKIPPED, EXIT_UNUSABLE
from copydesk.model.articles import Article

DROPPED_CHARS = 100


@click.command("clean", epilog="Example: copydesk clean saved-page.html")
@click.argument("path", metavar="FILE")
@click.option("--text", "text_only", is_flag=True, help="Print the article's text alone.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object an article.")
def command(path: str, text_only: bool, as_json: bool) -> None:
    """Print the article of a page and say what each dropped block was."""
    articles, skipped = desk.read_articles(desk.order([path]))
    for article in articles:
        if as_json:
            click.echo(json.dumps(_as_json(article), ensure_ascii=False))
        elif text_only:
            click.echo(article.text)
        else:
            _print(article)
    for item in skipped:
        click.secho(f"skipped {item.path} ({item.stage}): {item.reason}", fg="yellow", err=True)
    if not articles and not skipped:
        click.secho(f"copydesk: nothing was found at {path}", fg="red", err=True)
    raise click.exceptions.Exit(EXIT_UNUSABLE if not articles else EXIT_SOME_SKIPPED if skipped else EXIT_ALL_READ)


def _as_json(article: Article) -> dict[str, object]:
    return {
        "id": article.id,
        "path": article.path,
        "url": article.url,
        "headline": article.headline,
        "byline": article.byline,
        "dateline": article.dateline,
        "outlet": article.outlet,
        "language": article.language,
        "compared": article.compared,
        "reason": article.reason,
        "published": article.published.value,
        "method": article.published.method,
        "credits": [{"name": c.name, "kind": c.kind, "reason": c.reason} for c in article.credits],
        "text": article.text,
        "blocks": [
            {"kind": b.kind, "start": b.start, "end": b.end, "at": b.at, "reason": b.reason} for b in article.blocks
        ],
    }


def _print(article: Article) -> None:
    console = Console(highlight=False)
    fields = (
        ("headline", article.headline or "none found"),
        ("byline", article.byline),
        ("dateline", article.dateline),
        ("outlet", article.outlet),
        ("published", f"{article.published.value or 'unknown'} ({article.published.method})"),
        ("language", article.language),
        ("not compared", None if article.compared else article.reason),
        *(("credit", f"{c.name}: {c.kind} ({c.reason})") for c in article.credits),
    )
    for name, value in fields:
        if value:
            console.print(Text.assemble((f"{name:<13}", "dim"), value))
    console.print()
    for block in article.blocks:
        words = article.source_text[block.start : block.end]
        if block.at is not None:
            console.print(Text(words, style="bold" if block.kind == "headline" else ""))
            console.print()
        else:
            shown = " ".join(words.split())
            shown = shown if len(shown) <= DROPPED_CHARS else shown[: DROPPED_CHARS - 1] + "…"
            console.print(Text(f"  − {block.kind}: {shown}  ({block.reason})", style="dim"))
