"""An article under another id: a later capture speaks for the article that it is a revision of."""

from __future__ import annotations

from dataclasses import replace

from copydesk.model.articles import Article
from copydesk.model.times import When


def renamed(article: Article, name: str) -> Article:
    """The same article with another id, in all its spans too."""
    return replace(
        article,
        id=name,
        published=_when(article.published, name),
        modified=None if article.modified is None else _when(article.modified, name),
        credits=tuple(replace(c, span=replace(c.span, article=name)) for c in article.credits),
    )


def _when(when: When, name: str) -> When:
    return replace(when, evidence=tuple(replace(span, article=name) for span in when.evidence))
