"""Pile, Resolution, Alignment → Dossier: a story put in the order in which a reader wants it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from copydesk.compiling.headline import choose_headline
from copydesk.compiling.summary import summarise
from copydesk.compiling.wording import Wording
from copydesk.model.articles import ArticleWarning
from copydesk.model.copies import CopyLink, Voice
from copydesk.model.dossiers import Dossier, TracedArticle
from copydesk.model.piles import Pile
from copydesk.model.stories import Alignment, Claim, Conflict, Entity, Fact, Moment, Quote, Resolution


def compile_dossier(
    pile: Pile,
    resolution: Resolution,
    alignment: Alignment,
    warnings: Mapping[str, tuple[ArticleWarning, ...]],
) -> Dossier:
    """The story's dossier, from the story's part of the pile; every list is ordered by what it weighs.

    A published date is the one that the story's clock narrowed; a fact is told in the words that most share.
    """
    articles = tuple(
        TracedArticle(
            article=replace(article, published=resolution.published.get(article.id, article.published)),
            voices=pile.trace.shares.get(article.id, ()),
            warnings=tuple(sorted(warnings.get(article.id, ()), key=lambda w: (w.start, w.end, w.kind))),
        )
        for article in sorted(pile.articles, key=lambda a: a.id)
    )
    wording = Wording(articles)
    facts = tuple(wording.told(f) for f in sorted(alignment.facts, key=_fact_key))
    voices = _listed_voices(pile)
    listed = {v.id for v in voices}
    return Dossier(
        story=resolution.story,
        headline=choose_headline(articles, pile.trace.links),
        when=resolution.when,
        where=resolution.where,
        who=resolution.who,
        summary=summarise(facts, alignment.claims, alignment.conflicts, wording),
        voices=voices,
        passing_voices=tuple(v for v in sorted(pile.trace.voices, key=lambda v: v.id) if v.id not in listed),
        copies=tuple(sorted(pile.trace.links, key=_copy_key)),
        entities=tuple(sorted(resolution.entities, key=_entity_key)),
        quotes=tuple(sorted(resolution.quotes, key=_quote_key)),
        timeline=tuple(sorted(resolution.moments, key=_moment_key)),
        claims=tuple(sorted(alignment.claims, key=_claim_key)),
        facts=facts,
        conflicts=_conflicts_in_order(alignment.conflicts, facts),
        articles=articles,
    )


def _listed_voices(pile: Pile) -> tuple[Voice, ...]:
    """The voices that supply a third or more of a compared article of this story, or are its only one."""
    compared = {a.id for a in pile.articles if a.compared}
    found = (
        replace(v, articles=tuple(sorted(a for a in v.articles if a in compared)))
        for v in pile.trace.voices
        if compared.intersection(v.articles)
    )
    return tuple(sorted(found, key=lambda v: (-len(v.articles), v.name, v.id)))


def _fact_key(fact: Fact) -> tuple[float, int, str]:
    return -fact.weight, -fact.voices, fact.id


def _copy_key(link: CopyLink) -> tuple[float, str, str, str]:
    return -link.coverage, link.copy, link.origin or "", link.origin_voice or ""


def _entity_key(entity: Entity) -> tuple[int, int, str, str]:
    articles = {m.article for m in entity.mentions}
    return -len(articles), -len(entity.mentions), entity.name, entity.id


def _quote_key(quote: Quote) -> tuple[int, int, str]:
    spans = [*quote.support, *(s for v in quote.variants for s in v.support)]
    return -len({s.article for s in spans}), quote.kind == "indirect", quote.id


def _moment_key(moment: Moment) -> tuple[date, date, str, str]:
    """Earliest first; a moment with one known bound stands at it, one with none at the end."""
    when = moment.when
    first = when.earliest or when.latest or date.max
    return first, when.latest or date.max, moment.text, moment.modality


def _claim_key(claim: Claim) -> tuple[str, int, int, str]:
    return claim.article, claim.start, claim.end, claim.id


def _conflicts_in_order(conflicts: tuple[Conflict, ...], facts: tuple[Fact, ...]) -> tuple[Conflict, ...]:
    """Conflicts before updates, each by the heaviest fact it touches, the sides with more voices first."""
    weight = {f.id: f.weight for f in facts}

    def key(conflict: Conflict) -> tuple[bool, float, str]:
        return conflict.kind == "update", -max((weight.get(f, 0.0) for f in conflict.facts), default=0.0), conflict.id

    return tuple(_by_voices(c) if c.kind == "conflict" else c for c in sorted(conflicts, key=key))


def _by_voices(conflict: Conflict) -> Conflict:
    return replace(
        conflict, sides=tuple(sorted(conflict.sides, key=lambda s: (-len(s.voices), -len(s.support), s.value)))
    )
