"""A folder of piles → a line for every relative time: its words, how they were read, and the days they were taken for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import copydesk
from copydesk.annotating import AnnotatingOptions, annotate
from copydesk.language.tagger import Tagger
from copydesk.model.articles import Article
from copydesk.model.markup import TimeMention
from copydesk.model.times import When
from copydesk.text.calendar import ground, needs_anchor

HEAD = "article | words | read as | written | earliest | latest | precision | anchor | why"


def table(folder: Path) -> Iterator[str]:
    """The lines of the table, pile by pile; `folder` is one pile or holds folders with a `pile` each."""
    piles = sorted(folder.glob("*/pile")) or [folder]
    for pile in piles:
        yield f"# {pile.parent.name if pile.name == 'pile' else pile.name}"
        yield HEAD
        articles = sorted((t.article for d in copydesk.brief([pile]) for t in d.articles), key=lambda a: (a.path, a.id))
        options = AnnotatingOptions(names=False, quotes=False, quantities=False)
        for article, markup in zip(articles, annotate(articles, Tagger(), options), strict=True):
            yield from (_line(article, article.published, t) for t in markup.times if needs_anchor(t.expression))


def _line(article: Article, published: When, mention: TimeMention) -> str:
    """What the words mean by the story's clock: as wide as the days on which they can have been written."""
    days = [d for d in (published.earliest, published.latest) if d is not None]
    known = [ground(mention.expression, day) for day in days or (None,)]
    starts = [k.interval.earliest for k in known if k.interval.earliest is not None]
    ends = [k.interval.latest for k in known if k.interval.latest is not None]
    written = published.value or f"{published.earliest or '?'}/{published.latest or '?'}"
    cells = (
        article.path, " ".join(mention.text.split()), mention.expression, f"{written} ({published.method})",
        min(starts, default="?"), max(ends, default="?"), known[0].precision if len(set(known)) == 1 else "range",
        mention.anchor if published.day else "story clock", mention.reason,
    )  # fmt: skip
    return " | ".join(str(cell) for cell in cells)
