"""Piles of invented articles for the tests of the clock and the timeline."""

from __future__ import annotations

from datetime import date

from copydesk.annotating.columns import join_grids, plain_grid
from copydesk.annotating.times import find_times
from copydesk.model.articles import Article, Block
from copydesk.model.markup import Markup
from copydesk.model.piles import Pile
from copydesk.model.stories import Story
from copydesk.model.times import UNKNOWN_WHEN, When
from copydesk.text.sentences import find_paragraphs


def known(day: str) -> When:
    """A publication day that the article states."""
    read = date.fromisoformat(day)
    return When(value=day, earliest=read, latest=read, precision="day", method="meta")


def article(
    identity: str, text: str, *, published: When = UNKNOWN_WHEN, observed: str | None = None, footer: str = ""
) -> Article:
    """An article of one body block; `footer` stands in the source text only."""
    headline = text.split("\n", 1)[0]
    return Article(
        id=identity, path=f"{identity}.txt", url=None, sha256="", headline=headline, byline=None, dateline=None, outlet=None,
        language="en", compared=True, reason=None, published=published, modified=None,
        observed=date.fromisoformat(observed) if observed else None, credits=(), text=text, source_text=text + footer,
        blocks=(Block(kind="body", start=0, end=len(text), at=0, reason="test"),),
    )  # fmt: skip


def pile(*articles: Article) -> Pile:
    """The articles with their sentences, words and times, in order of id."""
    ordered = sorted(articles, key=lambda a: a.id)
    return Pile(articles=tuple(ordered), markups=tuple(_markup(a) for a in ordered))


def _markup(a: Article) -> Markup:
    sentences, tokens = join_grids([(s, plain_grid(a.text[s:e])) for s, e in find_paragraphs(a.text)], len(a.headline))
    times = find_times(a.text, sentences, tokens, a.published)
    return Markup(article=a.id, sentences=sentences, tokens=tokens, names=(), quotes=(), times=times, quantities=())


def story(of: Pile) -> Story:
    """One story of all the pile's articles."""
    return Story(id="s", articles=tuple(a.id for a in of.articles), membership=())
