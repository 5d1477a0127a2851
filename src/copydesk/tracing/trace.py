"""Pile → Trace: who took text from whom, passage by passage, and how many voices remain."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from copydesk.linking.columns import FloatMatrix
from copydesk.model.articles import Article
from copydesk.model.copies import CopyLink, Trace, VoiceShare
from copydesk.model.piles import Pile
from copydesk.model.ports import SentenceEncoder
from copydesk.tracing.candidates import find_candidates
from copydesk.tracing.chains import ChainRules
from copydesk.tracing.company import find_company
from copydesk.tracing.compare import Ground, survey
from copydesk.tracing.corpus import Corpus, build_corpus
from copydesk.tracing.direction import find_course
from copydesk.tracing.judge import Verdict, judge
from copydesk.tracing.links import Linked, corrected, make_link, remove_circles, source_of
from copydesk.tracing.options import TracingOptions
from copydesk.tracing.voices import (
    Name,
    find_roots,
    make_lines,
    make_shares,
    make_voices,
    name_roots,
    share_of,
    text_credits,
)


def trace(
    pile: Pile, encoder: SentenceEncoder[FloatMatrix], options: TracingOptions, corpus: Corpus | None = None
) -> Trace:
    """Every pair of the pile's articles that share text, and the voices behind each article's body."""
    ground = survey(pile, encoder, corpus or build_corpus(pile, options.words_max))
    blocked = find_candidates(ground.corpus, ground.vectors, options)
    judged = sorted({article for pair in blocked.pairs for article in pair})
    ground.vectors.want(np.concatenate([*(ground.corpus.bodies[i].row for i in judged), np.zeros(0, dtype=np.int64)]))
    return replace(trace_pairs(pile, ground, blocked.pairs, options), keys_cut=blocked.keys_cut)


def trace_pairs(pile: Pile, ground: Ground, pairs: Iterable[tuple[int, int]], options: TracingOptions) -> Trace:
    """The same, where the pairs worth comparing are known."""
    corpus = ground.corpus
    links = remove_circles(_link(pile, ground, pairs, options))
    reported = [make_link(link, pile.articles) for link in links]
    roots = find_roots(corpus.bodies, [source_of(link) for link in links])
    held = [share_of(body, found) for body, found in zip(corpus.bodies, roots, strict=True)]
    names = name_roots(pile.articles, held)
    shares = _shares(pile, corpus, roots, names)
    copied = {link.copy for link in reported}
    reported += _from_agencies(pile.articles, shares, copied, names)
    return Trace(
        links=tuple(sorted(reported, key=lambda x: (x.copy, x.origin or "", x.origin_voice or ""))),
        lines=make_lines(pile.articles, corpus.bodies, roots, names),
        voices=make_voices(shares, names, options.listed_share),
        shares=shares,
    )


def _link(pile: Pile, ground: Ground, pairs: Iterable[tuple[int, int]], options: TracingOptions) -> list[Linked]:
    """The pairs that share text, each with its course."""
    same, apart = corrected(pile.corrections, pile.articles)
    comparable = [a.compared for a in pile.articles]
    verdicts: dict[tuple[int, int], Verdict] = {}
    for pair in sorted(set(pairs) | same):
        if pair in apart or not (comparable[pair[0]] and comparable[pair[1]]):
            continue
        verdict = judge(ground, pair, ChainRules())
        if pair in same or verdict.score >= options.link_min:
            verdicts[pair] = replace(verdict.with_literal(), score=1.0 if pair in same else verdict.score)
    company = find_company(verdicts)
    return [
        Linked(pair=pair, verdict=verdict, course=find_course(ground, verdict, company[pair]), by_user=pair in same)
        for pair, verdict in verdicts.items()
    ]


def _shares(
    pile: Pile, corpus: Corpus, roots: list[list[int]], names: dict[int, Name]
) -> dict[str, tuple[VoiceShare, ...]]:
    """The voices of every compared article; one without a sentence still has its own."""
    shares = {}
    for number, article in enumerate(pile.articles):
        if not article.compared:
            continue
        found = make_shares(article, corpus.bodies[number], roots[number], names)
        own = names[number]
        shares[article.id] = found or (VoiceShare(voice=own.id, share=1.0, spans=(), reasons=own.reasons),)
    return shares


def _from_agencies(
    articles: Sequence[Article], shares: dict[str, tuple[VoiceShare, ...]], copied: set[str], names: dict[int, Name]
) -> list[CopyLink]:
    """A link to the voice itself for each article whose text credit names an agency without its own article here."""
    links = []
    for number, article in enumerate(articles):
        name = names[number]
        credited = text_credits(article)
        if article.id in copied or not article.compared or name.kind != "agency" or not credited:
            continue
        spans = tuple(c.span for c in article.credits if c.kind == "text" and c.name == credited[0])
        share = next((s.share for s in shares[article.id] if s.voice == name.id), 1.0)
        links.append(
            CopyLink(
                origin=None,
                origin_voice=name.id,
                copy=article.id,
                kind="edited",
                coverage=share,
                score=1.0,
                direction="known",
                passages=(),
                reasons=(f"credits its text to {name.name}, whose own article is not in the pile",),
                evidence=spans,
            )
        )
    return links
