"""A linked pair → which of the two was there first, as far as the evidence decides.

A text credit beats dates, dates beat completeness and altered wording. Where the evidence is weak the answer is unknown.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from copydesk.linking.columns import FloatColumn
from copydesk.model.articles import Article
from copydesk.model.copies import Direction
from copydesk.model.spans import Span
from copydesk.tracing.corpus import Body, Corpus
from copydesk.tracing.judge import Verdict
from copydesk.tracing.weights import load_judge, probability

DIRECTION_FEATURES = ("earlier date", "earlier by hours", "longer text", "more of it left uncopied", "more usual wording")
DECIDED = 0.55  # probability from which a direction is given


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """Whether the left article is the origin (else the right one), how sure, and why."""

    left_first: bool
    direction: Direction
    strength: float
    reasons: tuple[str, ...]
    evidence: tuple[Span, ...] = ()


def find_course(corpus: Corpus, verdict: Verdict, articles: tuple[Article, Article]) -> Course:
    """The course of one link between two articles, left and right as in the verdict."""
    credited = by_credit(articles)
    if credited is not None:
        return credited
    features = direction_features(corpus, verdict, articles)
    judge = load_judge("direction", DIRECTION_FEATURES)
    sure = probability(float(judge.logit(features)))
    left_first = sure > 0.5
    strength = max(sure, 1.0 - sure)
    if strength < DECIDED:
        return Course(left_first=True, direction="unknown", strength=strength, reasons=("no evidence tells which came first",))
    reasons = _reasons(judge.parts(features if left_first else -features), articles)
    dated = abs(features[0]) > 0 and (features[0] > 0) == left_first
    return Course(left_first=left_first, direction="known" if dated else "inferred", strength=strength, reasons=reasons)


def by_credit(articles: tuple[Article, Article]) -> Course | None:
    """The course that a credit tells: one of the two names the other's outlet, or the agency that the other is from."""
    told = [_credits_other(articles[1], articles[0]), _credits_other(articles[0], articles[1])]
    if (told[0] is None) == (told[1] is None):
        return None
    left_first = told[0] is not None
    reason, span = told[0] or told[1] or ("", None)
    return Course(
        left_first=left_first, direction="known", strength=0.99, reasons=(reason,), evidence=(span,) if span else ()
    )


def _credits_other(copy: Article, origin: Article) -> tuple[str, Span] | None:
    """The credit of `copy` that names where `origin` stands, with its words."""
    own = {c.name.casefold() for c in origin.credits if c.kind == "text"}
    mine = {c.name.casefold() for c in copy.credits if c.kind == "text"} | {(copy.outlet or "").casefold()}
    for credit in copy.credits:
        name = credit.name.casefold()
        if credit.kind == "text" and origin.outlet and name == origin.outlet.casefold() and name != (copy.outlet or "").casefold():
            return f"credits its text to {credit.name}, the other's outlet", credit.span
        if credit.kind == "contribution" and name in own and name not in mine:
            return f"credits {credit.name} with part of the text, and the other is from {credit.name}", credit.span
    return None


def direction_features(corpus: Corpus, verdict: Verdict, articles: tuple[Article, Article]) -> FloatColumn:
    """What speaks for the left article as the origin, negative for the right, in the order of `DIRECTION_FEATURES`."""
    left, right = verdict.comparison.left, verdict.comparison.right
    sign, hours = _dates(articles)
    size = [max(1.0, float(len(b.word))) for b in (left, right)]
    rest = [_uncovered(verdict, 0), _uncovered(verdict, 1)]
    return np.array(
        [sign, hours, np.log(size[0] / size[1]), rest[0] - rest[1], _usual(corpus, verdict)]
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


def _uncovered(verdict: Verdict, side: int) -> float:
    """The share of one body that the chains leave out."""
    body = (verdict.comparison.left, verdict.comparison.right)[side]
    rows = sorted({i for c in verdict.chains for i in (c.left, c.right)[side].tolist()})
    size = body.last - body.first
    return 1.0 - float(size[rows].sum()) / max(1.0, float(size.sum()))


def _usual(corpus: Corpus, verdict: Verdict) -> float:
    """How much more usual the left wording is where the two differ: the mean rarity of the words only one has."""
    return float(_own_rarity(corpus, verdict, 1) - _own_rarity(corpus, verdict, 0))


def _own_rarity(corpus: Corpus, verdict: Verdict, side: int) -> float:
    comparison = verdict.comparison
    body: Body = (comparison.left, comparison.right)[side]
    start = (comparison.runs.left, comparison.runs.right)[side]
    common = np.zeros(len(body.word) + 1, dtype=np.int64)
    np.add.at(common, start, 1)
    np.add.at(common, start + comparison.runs.length, -1)
    own = np.cumsum(common)[:-1] == 0
    chosen = np.zeros(len(body.word), dtype=bool)
    for i in {i for c in verdict.chains for i in (c.left, c.right)[side].tolist()}:
        chosen[body.first[i] : body.last[i]] = True
    found = corpus.rarity[body.word[own & chosen]]
    return float(found.mean()) if len(found) >= 5 else 0.0


def _reasons(parts: list[tuple[str, float]], articles: tuple[Article, Article]) -> tuple[str, ...]:
    """The features that speak for the course taken, in words."""
    return tuple(f"the origin has the {name}" for name, added in parts if added > 0.2) or ("weak evidence",)
