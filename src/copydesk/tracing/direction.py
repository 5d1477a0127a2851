"""A linked pair → which of the two was there first, as far as the evidence decides.

A credit that names the other beats all. Then dates, completeness, wording (a garbled text is never the origin of a clean
one), and the other copies weigh together; where they do not decide, the answer is unknown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from copydesk.linking.columns import FloatColumn
from copydesk.model.articles import Article
from copydesk.model.copies import Direction
from copydesk.model.spans import Span
from copydesk.reference import read_credited
from copydesk.tracing.company import Company, own_words
from copydesk.tracing.compare import Ground
from copydesk.tracing.credited import credit_for
from copydesk.tracing.judge import Verdict
from copydesk.tracing.passages import find_pieces
from copydesk.tracing.weights import probability

# A word that begins sentences, with a capital in the midst of one: clauses were joined or moved without looking.
STRAY = re.compile(
    r"[a-z0-9”’\"],? (?:The|This|That|These|Those|It|They|There|In|On|At|But|And|However|Although|While|As|If|When|His|Her|Its|Their|He|She|We|Many|Some|Most|Two|After|Before|For|With|From) [a-z]"
)
DECIDED = 0.6  # probability from which a direction is given
WHOLE = 0.1  # share of a body that may lie outside the shared text of one that the other holds whole
AGREED_HALF = 20.0  # words of third articles that agree with one of two alone, from which that tells something
OWN_MIN, OWN_HALF = 5, 20  # words that each has alone, from which their wording tells something, and half of it


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """Whether the left article is the origin (else the right one), how sure, and why."""

    left_first: bool
    direction: Direction
    strength: float
    reasons: tuple[str, ...]
    evidence: tuple[Span, ...] = ()


def find_course(ground: Ground, verdict: Verdict, company: Company) -> Course:
    """The course of one link between the two articles of a verdict."""
    articles = ground.articles[verdict.comparison.pair[0]], ground.articles[verdict.comparison.pair[1]]
    credited = by_credit(articles)
    if credited is not None:
        return credited
    features = direction_features(ground, verdict, company)
    judge = ground.judges.direction
    sure = probability(float(judge.logit(features)))
    left_first = sure > 0.5
    strength = max(sure, 1.0 - sure)
    if strength < DECIDED:
        return by_shared_credit(articles) or Course(
            left_first=True, direction="unknown", strength=strength, reasons=("nothing tells which came first",)
        )
    parts = judge.parts(features if left_first else -features)
    reasons = tuple(f"the origin {name}" for name, added in parts if added > 0.15)[:4]
    dated = features[0] != 0 and (features[0] > 0) == left_first
    evidence = tuple(s for a in articles for s in a.published.evidence) if dated else ()
    known: Direction = "known" if dated else "inferred"
    return Course(left_first=left_first, direction=known, strength=strength, reasons=reasons, evidence=evidence)


def by_credit(articles: tuple[Article, Article]) -> Course | None:
    """The course that a credit tells when one of the two names where the other stands; None when both or neither do."""
    told = [credit_for(articles[1], articles[0]), credit_for(articles[0], articles[1])]
    found = told[0] or told[1]
    if found is None or (told[0] and told[1]):
        return None
    return Course(
        left_first=told[0] is not None,
        direction="known",
        strength=0.995,
        reasons=(f"the copy {found[0]}",),
        evidence=(found[1],),
    )


def by_shared_credit(articles: tuple[Article, Article]) -> Course | None:
    """The course where both credit one source and only one stands at another outlet: that one is further from it."""
    names = [{c.name.casefold(): c for c in a.credits if c.kind == "text"} for a in articles]
    shared = sorted(names[0].keys() & names[1].keys())
    away = [a.outlet is not None and a.outlet.casefold() not in shared for a in articles]
    if not shared or away[0] == away[1]:
        return None
    copy = 0 if away[0] else 1
    credit = names[copy][shared[0]]
    reason = f"the copy stands at {articles[copy].outlet} and credits {credit.name}; the other credits {credit.name} and stands nowhere else"
    return Course(
        left_first=copy == 1, direction="inferred", strength=DECIDED, reasons=(reason,), evidence=(credit.span,)
    )


def direction_features(ground: Ground, verdict: Verdict, company: Company) -> FloatColumn:
    """What speaks for the left article as the origin, negative for the right, in the order of `DIRECTION_FEATURES`."""
    comparison = verdict.comparison
    articles = ground.articles[comparison.pair[0]], ground.articles[comparison.pair[1]]
    left, right = comparison.left, comparison.right
    sign, days = _dates(articles)
    rest = _left_out(verdict)
    joins = [len(rows) - len(np.unique(rows)) for rows in (verdict.left, verdict.right)]
    stray = [len(STRAY.findall(a.text)) for a in articles]
    rare, used = _wording(ground, verdict)
    credits = [_credits(a) for a in articles]
    return np.array(
        [
            sign,
            days,
            np.log(max(1, len(left.word)) / max(1, len(right.word))),
            rest[0] - rest[1],
            (rest[0] - rest[1]) * (min(rest) <= WHOLE),
            rare,
            used,
            (joins[1] - joins[0]) / (1.0 + joins[0] + joins[1]),
            (stray[1] - stray[0]) / (1.0 + stray[0] + stray[1]),
            float(0 in verdict.left) - float(0 in verdict.right),
            *(credits[0][i] - credits[1][i] for i in range(5)),
            float(np.log((company.left + AGREED_HALF) / (company.right + AGREED_HALF))),
            company.right_elsewhere - company.left_elsewhere,
        ]
    )


def _dates(articles: tuple[Article, Article]) -> tuple[float, float]:
    """1 where the left is surely earlier, -1 the right, 0 where the dates do not tell; and by how much, damped."""
    a, b = articles[0].published, articles[1].published
    if a.earliest is None or a.latest is None or b.earliest is None or b.latest is None:
        return 0.0, 0.0
    if a.latest < b.earliest or b.latest < a.earliest:
        days = (b.earliest - a.earliest).days
        return float(np.sign(days)), float(np.sign(days) * np.log1p(abs(days)))
    if a.precision == b.precision == "time" and a.value and b.value and a.value[:16] != b.value[:16]:
        return (1.0, 0.0) if a.value[:16] < b.value[:16] else (-1.0, 0.0)
    return 0.0, 0.0


def _wording(ground: Ground, verdict: Verdict) -> tuple[float, float]:
    """How much more usual the left wording is where the two differ: by rarity of words, and by pairs that others use."""
    told = []
    counts = []
    for side, body in enumerate((verdict.comparison.left, verdict.comparison.right)):
        own = own_words(verdict, side)
        counts.append(int(own.sum()))
        if counts[-1] < OWN_MIN:
            return 0.0, 0.0
        pairs = body.pair[own[:-1] | own[1:]]
        used = ground.corpus.pair_articles[pairs] > 1
        told.append((float(ground.corpus.rarity[body.word[own]].mean()), float(used.mean()) if len(used) else 0.0))
    trust = min(counts) / (min(counts) + OWN_HALF)
    return trust * (told[1][0] - told[0][0]), trust * (told[0][1] - told[1][1])


def _left_out(verdict: Verdict) -> tuple[float, float]:
    """The share of each body that no piece of shared text holds."""
    comparison = verdict.comparison
    held = [np.zeros(len(b.word), dtype=bool) for b in (comparison.left, comparison.right)]
    for piece in find_pieces(verdict):
        held[0][piece.left[0] : piece.left[1]] = True
        held[1][piece.right[0] : piece.right[1]] = True
    return 1.0 - float(held[0].mean()), 1.0 - float(held[1].mean())


def _credits(article: Article) -> tuple[float, float, float, float, float]:
    """Own outlet credited, no other outlet, an agency, one source at most, no contributors named; 1 or 0 each."""
    own = (article.outlet or "").casefold()
    kinds = {c.name.casefold(): read_credited(c.name) for c in article.credits if c.kind == "text"}
    agency = any(s is not None and s.kind == "agency" for s in kinds.values())
    other = any(name != own and (s is None or s.kind != "agency") for name, s in kinds.items())
    contributed = any(c.kind == "contribution" for c in article.credits)
    sources = len(kinds.keys() - {own})
    return float(own in kinds), float(not other), float(agency), float(sources <= 1), float(not contributed)
