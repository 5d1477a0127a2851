"""Claims → facts: what several articles say, and how many voices say it."""

from __future__ import annotations

import hashlib

import numpy as np
from scipy.sparse import csr_array

from copydesk.aligning.options import AligningOptions
from copydesk.linking import Constraints, ScoredPairs, average_link, members
from copydesk.linking.columns import FloatMatrix
from copydesk.model.markup import Markup
from copydesk.model.piles import Pile
from copydesk.model.ports import SentenceEncoder
from copydesk.model.spans import Span
from copydesk.model.stories import Claim, Fact, Support


def group_facts(
    pile: Pile, claims: tuple[Claim, ...], encoder: SentenceEncoder[FloatMatrix], options: AligningOptions
) -> tuple[Fact, ...]:
    """Every claim in exactly one fact, weightiest first. Quadratic in the claims of one story."""
    if not claims:
        return ()
    texts = {a.id: a.text for a in pile.articles}
    words = [texts[c.article][c.start : c.end] for c in claims]
    vectors = encoder.encode(words)
    lexical = _tfidf(pile, claims)
    score = 0.5 * np.clip(vectors @ vectors.T, 0, 1) + 0.5 * lexical
    left, right = np.triu_indices(len(claims), k=1)
    article = np.array([hash_rank(claims, c.article) for c in claims])
    kept = (article[left] != article[right]) & (score[left, right] > 0.2)
    pairs = ScoredPairs(left=left[kept], right=right[kept], score=score[left, right][kept].astype(np.float64))
    labels = average_link(len(claims), pairs, threshold=0.35, constraints=Constraints())
    voices = tuple(v.id for v in pile.trace.voices)
    facts = [_fact([claims[i] for i in group], words[group[0]], voices) for group in members(labels)]
    return tuple(sorted(facts, key=lambda f: (-f.weight, f.id)))


def hash_rank(claims: tuple[Claim, ...], article: str) -> int:
    """The place of an article among the articles of the claims."""
    return sorted({c.article for c in claims}).index(article)


def _tfidf(pile: Pile, claims: tuple[Claim, ...]) -> FloatMatrix:
    markups: dict[str, Markup] = {m.article: m for m in pile.markups}
    column: dict[str, int] = {}
    rows, columns = [], []
    for row, claim in enumerate(claims):
        tokens = markups[claim.article].tokens
        for i in range(len(tokens)):
            if claim.start <= tokens.start[i] < claim.end and tokens.pos[i] in ("NOUN", "PROPN", "VERB", "ADJ", "NUM"):
                rows.append(row)
                columns.append(column.setdefault(tokens.lemma[i], len(column)))
    counts = csr_array((np.ones(len(rows)), (rows, columns)), shape=(len(claims), max(1, len(column))))
    present = counts.minimum(1)
    idf = np.log((1 + len(claims)) / (1 + np.asarray(present.sum(axis=0)).ravel())) + 1
    weighted = present.multiply(idf).tocsr()
    norms = np.sqrt(np.asarray(weighted.multiply(weighted).sum(axis=1)).ravel())
    dense: FloatMatrix = (weighted @ weighted.T).toarray().astype(np.float32)
    norms[norms == 0] = 1
    return dense / np.outer(norms, norms).astype(np.float32)


def _fact(claims: list[Claim], text: str, voices: tuple[str, ...]) -> Fact:
    named = sorted({c.voice for c in claims if c.voice is not None})
    articles = {c.article for c in claims}
    ids = tuple(c.id for c in claims)
    return Fact(
        id="f-" + hashlib.sha256("\0".join(sorted(ids)).encode()).hexdigest()[:12],
        text=text,
        status="corroborated" if len(named) >= 2 else "single-voice",
        claims=ids,
        support=tuple(Support(span=Span(article=c.article, start=c.start, end=c.end), voice=c.voice) for c in claims),
        articles=len(articles),
        voices=len(named),
        omitted_by=tuple(v for v in voices if v not in named),
        when=None,
        entities=(),
        weight=round(min(1.0, len(named) / max(1, len(voices))), 4),
        reasons=(f"{len(claims)} claims of {len(articles)} articles agree in content",),
    )
