"""Pile → warnings where an article's wording is its alone and the rest of the pile agrees on another."""

from __future__ import annotations

from copydesk.model.articles import ArticleWarning
from copydesk.model.piles import Pile
from copydesk.tracing.options import TracingOptions


def find_altered_language(pile: Pile, options: TracingOptions) -> dict[str, tuple[ArticleWarning, ...]]:
    """For each article id the words that stand for others, with the articles that have the usual ones."""
    return {}
