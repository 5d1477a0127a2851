"""Spans, articles and stories → their addresses on the desk."""

from __future__ import annotations

from urllib.parse import urlencode

from copydesk.compiling.html.anchors import Anchors, Back
from copydesk.compiling.sources import Sources, number_sources
from copydesk.model.dossiers import Brief, Dossier
from copydesk.model.spans import Span


def article_address(article: str, span: Span | None = None) -> str:
    """An article's page, opened where a span's words stand."""
    if span is None:
        return f"/articles/{article}"
    return f"/articles/{article}?{'source' if span.in_source else 'at'}={span.start}-{span.end}#at"


def compare_address(first: str, second: str, *others: str) -> str:
    return "/compare?" + urlencode([("a", first), ("b", second), *(("with", o) for o in others)])


def story_address(story: str, anchor: str = "") -> str:
    return f"/stories/{story}" + (f"#{anchor}" if anchor else "")


def brief_of_one(dossier: Dossier, like: Brief) -> Brief:
    """A brief that holds one dossier, for what writes and numbers briefs."""
    return Brief(
        generated=like.generated, version=like.version, options=like.options, articles=dossier.articles, skipped=(),
        dossiers=(dossier,),
    )  # fmt: skip


class DeskAnchors(Anchors):
    """Leads every span to its article's page instead of to a place further down."""

    def of_article(self, article: str) -> str:
        return article_address(article) if article in self.sources.by_id else "/skipped"

    def link(self, span: Span, back: Back | None = None) -> str:
        return article_address(span.article, span) if span.article in self.sources.by_id else "/skipped"


def sources_of(brief: Brief) -> Sources:
    return number_sources(brief)
