"""A linked pair → which of the two was there first, as far as the evidence decides.

A credit that names the other beats all. Then dates, completeness, wording (a garbled text is never the origin of a clean
one), and the other copies weigh together; where they do not decide, the answer is unknown.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from copydesk.linking.columns import BoolColumn, FloatColumn
from copydesk.model.articles import Article
from copydesk.model.copies import Direction
from copydesk.model.spans import Span
from copydesk.reference import read_credited
from copydesk.tracing.compare import Ground
from copydesk.tracing.credited import credit_for
from copydesk.tracing.judge import Verdict
from copydesk.tracing.passages import find_pieces
from copydesk.tracing.weights import load_judge, probability

# What speaks for an article as the origin, in words that finish "the origin …".
DIRECTION_FEATURES = (
    "has the earlier date",
    "is older by many days",
    "is longer",
    "has text that the other leaves out",
    "uses more usual words",
    "uses more usual pairs of words",
    "has the longer sentences where they match",
    "has whole sentences where the other has parts",
    "shares its opening",
    "credits its own outlet",
    "credits no other outlet",
    "credits an agency",
    "names no contributors",
    "shares more with the other copies",
)
DECIDED = 0.6  # probability from which a direction is given
OWN_MIN = 5  # words that only one has, from which their rarity tells something


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """Whether the left article is the origin (else the right one), how sure, and why."""

    left_first: bool
    direction: Direction
    strength: float
    reasons: tuple[str, ...]
    evidence: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """The other articles that both of a pair share text with: how much of it each of the two has in common with them."""

    left: float
    right: float


def find_course(ground: Ground, verdict: Verdict, company: Company) -> Course:
    """The course of one link between the two articles of a verdict."""
    articles = ground.articles[verdict.comparison.pair[0]], ground.articles[verdict.comparison.pair[1]]
    credited = by_credit(articles)
    if credited is not None:
        return credited
    features = direction_features(ground, verdict, company)
    judge = load_judge("direction", DIRECTION_FEATURES)
    sure = probability(float(judge.logit(features)))
    left_first = sure > 0.5
    strength = max(sure, 1.0 - sure)
    if strength < DECIDED:
        return Course(left_first=True, direction="unknown", strength=strength, reasons=("nothing tells which came first",))
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
        left_first=told[0] is not None, direction="known", strength=0.995, reasons=(f"the copy {found[0]}",), evidence=(found[1],)
    )


def direction_features(ground: Ground, verdict: Verdict, company: Company) -> FloatColumn:
    """What speaks for the left article as the origin, negative for the right, in the order of `DIRECTION_FEATURES`."""
    comparison = verdict.comparison
    articles = ground.articles[comparison.pair[0]], ground.articles[comparison.pair[1]]
    left, right = comparison.left, comparison.right
    sign, days = _dates(articles)
    matched = [
        max(1.0, float((body.last - body.first)[np.unique(rows)].sum()))
        for body, rows in ((left, verdict.left), (right, verdict.right))
    ]
    words = [_wording(ground, verdict, side) for side in (0, 1)]
    parts = _parts(verdict)
    credits = [_credits(a) for a in articles]
    total = company.left + company.right
    return np.array(
        [
            sign,
            days,
            np.log(max(1, len(left.word)) / max(1, len(right.word))),
            matched[1] / max(1, len(right.word)) - matched[0] / max(1, len(left.word)),
            words[1][0] - words[0][0],
            words[0][1] - words[1][1],
            np.log(matched[0] / matched[1]),
            (parts[0] - parts[1]) / (1.0 + parts[0] + parts[1]),
            float(0 in verdict.left) - float(0 in verdict.right),
            *(credits[0][i] - credits[1][i] for i in range(4)),
            (company.left - company.right) / total if total else 0.0,
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


def _wording(ground: Ground, verdict: Verdict, side: int) -> tuple[float, float]:
    """Of the matched sentences' words that only one side has: mean rarity, and the share of pairs others use too."""
    comparison = verdict.comparison
    body = (comparison.left, comparison.right)[side]
    own = own_words(verdict, side)
    if int(own.sum()) < OWN_MIN:
        return 0.0, 0.0
    rare = float(ground.corpus.rarity[body.word[own]].mean())
    pairs = body.pair[(own[:-1] | own[1:])] if len(own) > 1 else body.pair
    used = ground.corpus.pair_articles[pairs] > 1
    return rare, float(used.mean()) if len(used) else 0.0


def own_words(verdict: Verdict, side: int) -> BoolColumn:
    """Which words of one body stand in matched sentences but in no common run (a mask)."""
    comparison = verdict.comparison
    body = (comparison.left, comparison.right)[side]
    start = (comparison.runs.left, comparison.runs.right)[side]
    steps = np.zeros(len(body.word) + 1, dtype=np.int64)
    np.add.at(steps, start, 1)
    np.add.at(steps, start + comparison.runs.length, -1)
    matched = np.zeros(len(body.word), dtype=bool)
    for i in np.unique((verdict.left, verdict.right)[side]).tolist():
        matched[body.first[i] : body.last[i]] = True
    own: BoolColumn = (np.cumsum(steps)[:-1] == 0) & matched
    return own


def _parts(verdict: Verdict) -> tuple[int, int]:
    """How many sentences of the left, and of the right, go on where the other's was cut short."""
    comparison = verdict.comparison
    more = [0, 0]
    for piece in find_pieces(verdict):
        i, j = piece.sentences
        whole = int(comparison.left.last[i] - comparison.left.first[i]), int(comparison.right.last[j] - comparison.right.first[j])
        more[0] += whole[0] > piece.left[1] - piece.left[0]
        more[1] += whole[1] > piece.right[1] - piece.right[0]
    return more[0], more[1]


def _credits(article: Article) -> tuple[float, float, float, float]:
    """Own outlet credited, no other outlet credited, an agency credited, no contributors named; 1 or 0 each."""
    own = (article.outlet or "").casefold()
    kinds = {c.name.casefold(): read_credited(c.name) for c in article.credits if c.kind == "text"}
    agency = any(s is not None and s.kind == "agency" for s in kinds.values())
    other = any(name != own and (s is None or s.kind != "agency") for name, s in kinds.items())
    contributed = any(c.kind == "contribution" for c in article.credits)
    return float(own in kinds), float(not other), float(agency), float(not contributed)
