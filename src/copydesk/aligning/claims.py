"""Sentences → claims: one thing one article says, with its voice, its speaker and its modality."""

from __future__ import annotations

import hashlib

from copydesk.aligning.options import AligningOptions
from copydesk.model.articles import Article
from copydesk.model.markup import Markup, Sentence
from copydesk.model.piles import Pile
from copydesk.model.spans import Span
from copydesk.model.stories import Claim, Resolution


def find_claims(pile: Pile, resolution: Resolution, options: AligningOptions) -> tuple[Claim, ...]:
    """The claims of every compared article, in order of article and place."""
    claims = []
    for article, markup in zip(pile.articles, pile.markups, strict=True):
        if article.compared:
            claims += [
                _claim(article, sentence, pile, resolution)
                for sentence in markup.sentences
                if is_claim(article, markup, sentence, options)
            ]
    return tuple(claims[: options.claims_max])


def is_claim(article: Article, markup: Markup, sentence: Sentence, options: AligningOptions) -> bool:
    """Whether a sentence says something that another article could say too: no headline, no fragment."""
    words = sum(markup.tokens.pos[i] not in ("PUNCT", "SPACE", "SYM") for i in range(sentence.first, sentence.last))
    return not sentence.is_headline and words >= options.words_min


def _claim(article: Article, sentence: Sentence, pile: Pile, resolution: Resolution) -> Claim:
    span = Span(article=article.id, start=sentence.start, end=sentence.end)
    voices = pile.trace.voices_at(span)
    key = f"{article.id}\0{sentence.start}\0{sentence.end}"
    return Claim(
        id="c-" + hashlib.sha256(key.encode()).hexdigest()[:12],
        article=article.id,
        start=sentence.start,
        end=sentence.end,
        voice=voices[0] if voices else None,
        speaker=_speaker(span, resolution),
        modality="happened",
        slots=(),
    )


def _speaker(span: Span, resolution: Resolution) -> str | None:
    """The speaker of the quotation that holds most of the span."""
    best = max(
        ((sum(s.overlap(span) for s in quote.support), quote.speaker) for quote in resolution.quotes),
        key=lambda found: found[0],
        default=(0, None),
    )
    return best[1] if best[0] * 2 > span.end - span.start else None
