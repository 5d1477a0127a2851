"""The order in which a brief is read: one for every output."""

from __future__ import annotations

from typing import Literal, TypeAlias

from copydesk.model.dossiers import Brief, Dossier, TracedArticle
from copydesk.model.stories import Fact

FactPart: TypeAlias = Literal["corroborated", "disputed", "single-voice", "detail", "addition"]
FACT_PARTS: tuple[FactPart, ...] = ("corroborated", "disputed", "single-voice", "detail", "addition")


def part_of(fact: Fact) -> FactPart:
    """Where a fact stands: details by themselves, apart what one article or voice adds to a fact; the others by status."""
    if fact.detail_of:
        return "detail" if fact.articles > 1 and fact.status != "single-voice" else "addition"
    return fact.status


def dossiers_in_order(brief: Brief) -> list[Dossier]:
    """The stories, most voices first, then most articles; equal ones by id."""
    return sorted(brief.dossiers, key=lambda d: (-len(d.voices), -len(d.story.articles), d.story.id))


def articles_in_order(brief: Brief) -> list[TracedArticle]:
    """Every article once, in order of path: the reading of a story's own dossier (its narrowed date) wins."""
    found = {a.article.id: a for a in brief.articles}
    found.update((a.article.id, a) for d in brief.dossiers for a in d.articles)
    return sorted(found.values(), key=lambda a: (a.article.path, a.article.id))
