"""copydesk trace: two articles side by side with what they share."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import PurePath

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from copydesk import desk
from copydesk.cli.main import EXIT_ALL_READ, EXIT_UNUSABLE
from copydesk.cli.wording import count
from copydesk.model.articles import Article
from copydesk.model.copies import CopyKind, CopyLink, Trace
from copydesk.model.spans import Stretch

# Each kind differs in weight or line as well as in colour: colour alone reaches not everyone.
STYLES: dict[CopyKind, str] = {"verbatim": "bold green", "edited": "underline yellow", "rewritten": "italic cyan"}
NARROW = 90
ASIDE = 160  # characters that are shown before and after a passage of what only one article has


@click.command("trace", epilog="Example: copydesk trace wire.txt reprint.html")
@click.argument("left", metavar="A")
@click.argument("right", metavar="B")
@click.option("--json", "as_json", is_flag=True, help="Print the link as one JSON object.")
@click.option("--whole", is_flag=True, help="Print all of both texts, what they do not share too.")
def command(left: str, right: str, as_json: bool, whole: bool) -> None:
    """Show two articles side by side with the shared passages coloured.

    Ends with 0 whether or not they share text, 2 when one of them cannot be read.
    """
    articles = [_read_one(path) for path in (left, right)]
    options = desk.find_options_here()
    _, trace = desk.trace_articles(articles, options)
    if as_json:
        click.echo(json.dumps(_as_json(articles, trace), ensure_ascii=False))
    else:
        _print(articles, trace, whole)
    raise click.exceptions.Exit(EXIT_ALL_READ)


def _read_one(path: str) -> Article:
    articles, skipped = desk.read_articles(desk.order([path]))
    if not articles:
        reason = skipped[0].reason if skipped else "nothing was found there"
        click.secho(f"copydesk: {path} cannot be read as an article: {reason}", fg="red", err=True)
        raise click.exceptions.Exit(EXIT_UNUSABLE)
    if len(articles) > 1:
        click.echo(f"{path} holds {count(len(articles), 'article')}; the first is shown", err=True)
    return articles[0]


def _stretches(link: CopyLink, article: Article) -> list[tuple[int, Stretch, CopyKind]]:
    """The numbered passages of a link on one article's side."""
    side = []
    for number, passage in enumerate(link.passages, start=1):
        place = passage.copy if article.id == link.copy else passage.origin
        if place is not None:
            side.append((number, place, passage.kind))
    return sorted(side, key=lambda found: found[1])


def _name(article: Article) -> str:
    """What an article goes by here: its outlet, or its file."""
    return article.outlet or PurePath(article.path).name


def _aside(text: str, whole: bool) -> str:
    """Text that only one article has, without its middle where that is long."""
    if whole or len(text) <= 2 * ASIDE + 40:
        return text
    head, tail = text[:ASIDE].rsplit(maxsplit=1)[0], text[-ASIDE:].split(maxsplit=1)[-1]
    words = max(1, len(text.split()) - len(head.split()) - len(tail.split()))
    return f"{head} … [{count(words, 'word')} of its own] … {tail}"


def _numbered(stretches: Sequence[tuple[int, Stretch, CopyKind]]) -> list[tuple[str, Stretch, CopyKind]]:
    """The passages with what to call them; one that lies inside another, where the copy joined both, is named with it."""
    shown: list[tuple[str, Stretch, CopyKind]] = []
    for number, place, kind in stretches:
        if shown and place.end <= shown[-1][1].end:
            shown[-1] = (f"{shown[-1][0]}, {number}", *shown[-1][1:])
        else:
            shown.append((str(number), place, kind))
    return shown


def _coloured(article: Article, stretches: Sequence[tuple[int, Stretch, CopyKind]], whole: bool) -> Text:
    shown, at = Text(), 0
    for numbers, place, kind in _numbered(stretches):
        start = max(at, place.start)
        shown.append(_aside(article.text[at:start], whole), style="dim")
        shown.append(f"[{numbers}] ", style="bold magenta")
        shown.append(article.text[start : place.end], style=STYLES[kind])
        at = place.end
    shown.append(_aside(article.text[at:], whole), style="dim")
    return shown


def _print(articles: Sequence[Article], trace: Trace, whole: bool) -> None:
    console = Console(highlight=False)
    link = next((x for x in trace.links if x.origin is not None), None)
    names = {a.id: _name(a) for a in articles}
    if link is None:
        console.print(Text("no shared passages: nothing shows that one was copied from the other", style="bold"))
    else:
        arrow = {"known": "was copied into", "inferred": "was probably copied into"}.get(
            link.direction, "shares text with"
        )
        console.print(Text(f"{names.get(link.origin or '')} {arrow} {names[link.copy]}", style="bold"))
        share = f"{link.kind}, {link.coverage:.0%} of the copy, score {link.score:.2f}, {count(len(link.passages), 'passage')}"
        console.print(Text(share))
        for reason in link.reasons:
            console.print(Text(f"· {reason}"))
        legend = Text("key: ")
        for kind, style in STYLES.items():
            legend.append(kind, style=style)
            legend.append("  ")
        console.print(legend)
    for article in articles:
        voices = ", ".join(f"{_voice_name(trace, s.voice)} ({s.share:.0%})" for s in trace.shares.get(article.id, ()))
        console.print(Text(f"{_name(article)}: {'voices' if ', ' in voices else 'voice'} {voices or 'unknown'}"))
    console.print()
    sides = [_coloured(a, _stretches(link, a) if link else (), whole) for a in articles]
    if console.width < NARROW:
        for article, side in zip(articles, sides, strict=True):
            console.rule(Text(article.path))
            console.print(side)
        return
    table = Table(box=None, padding=(0, 2), expand=True)
    for article in articles:
        table.add_column(Text(article.path), ratio=1, overflow="fold")
    table.add_row(*sides)
    console.print(table)


def _voice_name(trace: Trace, voice: str) -> str:
    return next((v.name for v in trace.voices if v.id == voice), voice)


def _as_json(articles: Sequence[Article], trace: Trace) -> dict[str, object]:
    """The links in the form of brief.json's copies, with the paths of both articles."""
    return {
        "articles": [{"id": a.id, "path": a.path} for a in articles],
        "voices": {
            a.id: [{"name": _voice_name(trace, s.voice), "share": s.share} for s in trace.shares.get(a.id, ())]
            for a in articles
        },
        "copies": [
            {
                "from": {"article": x.origin} if x.origin else {"voice": x.origin_voice},
                "to": x.copy,
                "kind": x.kind,
                "coverage": x.coverage,
                "score": x.score,
                "direction": x.direction,
                "reasons": list(x.reasons),
                "passages": [
                    {
                        "from": {"start": p.origin.start, "end": p.origin.end} if p.origin else None,
                        "to": {"start": p.copy.start, "end": p.copy.end},
                        "kind": p.kind,
                        "similarity": p.similarity,
                    }
                    for p in x.passages
                ],
            }
            for x in trace.links
        ],
    }
