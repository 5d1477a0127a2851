"""What a feed says of where an entry came from → a credit of the article."""

from __future__ import annotations

from dataclasses import replace

from copydesk.model.articles import Article, Credit
from copydesk.model.captures import Capture
from copydesk.model.spans import Span
from copydesk.reference import read_credited

NAME_MAX = 120  # characters: a longer "source" names nothing


def credited(article: Article, capture: Capture) -> Article:
    """The article with the origin that its feed names (RSS <source>, Atom source) as a credit of its text.

    The feed's words do not stand in the article, so the credit points at the name where the article has it, else at the
    article's first line; its reason tells whose word it is. The article's own outlet is no credit, nor what it credits.
    """
    said = capture.said("source")
    name = " ".join(said[0].split()) if said else ""
    if not name or len(name) > NAME_MAX or name.startswith(("http://", "https://")) or not article.source_text.strip():
        return article
    known = read_credited(name)
    usual = known.name if known is not None else name
    if usual.casefold() in {(article.outlet or "").casefold(), *(c.name.casefold() for c in article.credits)}:
        return article
    span = _words(article, name)
    reason = f"the feed names {name} as the source of this entry"
    found = Credit(name=usual, kind="text", span=span, reason=reason)
    return replace(
        article,
        credits=tuple(sorted((*article.credits, found), key=lambda c: (c.span.in_source, c.span.start, c.span.end))),
    )


def _words(article: Article, name: str) -> Span:
    at = article.text.find(name)
    if at >= 0:
        return Span(article=article.id, start=at, end=at + len(name))
    text = article.source_text
    at = text.find(name)
    if at >= 0:
        return Span(article=article.id, start=at, end=at + len(name), in_source=True)
    start = len(text) - len(text.lstrip())
    end = text.find("\n", start)
    return Span(article=article.id, start=start, end=len(text.rstrip()) if end < 0 else end, in_source=True)
