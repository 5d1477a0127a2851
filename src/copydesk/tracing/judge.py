"""A comparison of two bodies → how sure it is that they share text, with the reasons."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from copydesk.linking.columns import FloatColumn, FloatMatrix
from copydesk.tracing.chains import Chain, ChainRules, find_chains
from copydesk.tracing.compare import SENTENCE_FEATURES, Comparison, Grid, compare
from copydesk.tracing.corpus import Body, Corpus
from copydesk.tracing.weights import load_judge, probability

PAIR_FEATURES = (
    "sentences in order",
    "best chain",
    "evidence of the chains",
    "sentences outside quotations",
    "sentences that follow each other",
    "larger share of a body",
    "smaller share of a body",
    "words outside quotations",
    "words in common runs",
    "longest chain",
)
RUN_MIN = 5  # words: shorter common runs outside quotations are idiom
QUOTED = 0.5  # a sentence or run more than half inside quotation marks counts as quotation
QUOTED_FEATURE = SENTENCE_FEATURES.index("quoted")


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What two bodies share, as chains of sentences, and the probability that one text was made from the other."""

    comparison: Comparison
    logit: Grid
    chains: tuple[Chain, ...]
    features: FloatColumn
    score: float


def judge(corpus: Corpus, vectors: FloatMatrix, pair: tuple[int, int], rules: ChainRules) -> Verdict:
    """The verdict on one pair of articles."""
    comparison = compare(corpus, vectors, pair)
    logit = load_judge("sentence", SENTENCE_FEATURES).logit(comparison.grids)
    chains = tuple(find_chains(logit, rules))
    features = pair_features(comparison, chains)
    score = probability(float(load_judge("pair", PAIR_FEATURES).logit(features))) if chains else 0.0
    return Verdict(comparison=comparison, logit=logit, chains=chains, features=features, score=score)


def pair_features(comparison: Comparison, chains: tuple[Chain, ...]) -> FloatColumn:
    """The evidence on one pair, in the order of `PAIR_FEATURES`; counts as log(1 + count)."""
    left, right = comparison.left, comparison.right
    quoted = comparison.grids[QUOTED_FEATURE]
    free = follow = 0
    for chain in chains:
        plain = quoted[chain.left, chain.right] < QUOTED
        free += int(plain.sum())
        next_to = (np.diff(chain.left) == 1) & (np.diff(chain.right) == 1)
        follow += int((next_to & plain[1:]).sum())
    held = [_held(left, {i for c in chains for i in c.left.tolist()}), _held(right, {j for c in chains for j in c.right.tolist()})]
    shares = [words / max(1.0, float(len(body.word))) for (words, _), body in zip(held, (left, right), strict=True)]
    counts = [
        sum(len(c.left) for c in chains),
        max((c.score for c in chains), default=0.0),
        sum(c.score for c in chains),
        free,
        follow,
    ]
    return np.array(
        [
            *np.log1p(counts),
            max(shares),
            min(shares),
            np.log1p(min(outside for _, outside in held)),
            np.log1p(_run_words(comparison)),
            np.log1p(max((len(c.left) for c in chains), default=0)),
        ]
    )


def _held(body: Body, sentences: set[int]) -> tuple[float, float]:
    """Words of these sentences, and those of them outside quotation marks."""
    rows = sorted(sentences)
    size = (body.last - body.first)[rows]
    return float(size.sum()), float((size * (1.0 - body.quoted[rows])).sum())


def _run_words(comparison: Comparison) -> int:
    """Words of the common runs that stand outside quotation marks."""
    total = np.concatenate([[0], np.cumsum(comparison.left.in_quote)])
    runs = comparison.runs
    quoted = total[runs.left + runs.length] - total[runs.left]
    plain = (runs.length >= RUN_MIN) & (quoted < QUOTED * runs.length)
    return int(runs.length[plain].sum())
