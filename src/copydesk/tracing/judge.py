"""A comparison of two bodies → how sure it is that they share text, with the reasons."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from copydesk.linking.columns import BoolColumn, FloatColumn, IntColumn
from copydesk.tracing.chains import Chain, ChainRules, find_chains
from copydesk.tracing.compare import Comparison, Ground, compare
from copydesk.tracing.corpus import Body
from copydesk.tracing.credited import credits_part, names_other
from copydesk.tracing.literal import find_literal
from copydesk.tracing.quotations import find_said
from copydesk.tracing.sentence_features import RAW, Grid, expand
from copydesk.tracing.weights import Logistic, probability

OPENING = 3  # sentences: a teaser shows no more of another article
RUN_MIN = 5  # words: shorter common runs outside quotations are idiom
QUOTED = 0.5  # a sentence or run more than half inside quotation marks counts as quotation
# For articles that credit a part of their text to the other's source: log-odds added to pairs of sentences of at least
# this cosine, and what a chain of them must weigh: it counts where it is likelier than not.
PART_BONUS, PART_COSINE, PART_CHAIN_MIN = 1.0, 0.6, 0.0
EVIDENCE_MAX = 5.0  # log-odds that one pair of sentences can add
HALF, HALF_RUN, SURE_COPY, NO_COPY = 0.5, 8, 1.0, -30.0  # over half of a body in common runs of so many words is a copy
STOCK_LOGIT = -20.0  # log-odds of a sentence that recurs everywhere
TOPIC = 0.6  # cosine of the mean vectors from which what is left of two bodies is on one topic
REST_MIN = 2  # sentences that must be left over to tell a topic
COSINES = RAW.index("cosine") + 1  # the first grid
QUOTED_FEATURE, LARGER_SHARE = RAW.index("quoted"), RAW.index("run, larger share")
# So many words in common outside quotation marks, as most of a sentence, are nobody's idiom: such a sentence needs no
# neighbours to say that it was copied.
SURELY_COPIED, SURELY_SHARE, SURELY_LOGIT = 18.0, 0.8, 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What two bodies share, as chains of sentences, and the probability that one text was made from the other.

    `left` and `right` are the matching sentences of the chains and, once the pair counts as linked, of `find_literal`;
    of the grids a linked pair then keeps the cosines alone, for all links of a pile are held at once. `said` tells then
    which of the matches are but quotations that both have.
    """

    comparison: Comparison
    logit: Grid
    chains: tuple[Chain, ...]
    left: IntColumn
    right: IntColumn
    features: FloatColumn
    score: float
    said: BoolColumn | None = None

    def with_literal(self) -> Verdict:
        """The verdict on a pair that counts as linked: what stands in both word for word is a match too."""
        literal = find_literal(self.comparison, self.logit, self.chains)
        left, right = np.concatenate([self.left, literal[0]]), np.concatenate([self.right, literal[1]])
        said = np.zeros(len(left), dtype=bool)
        if _verbatim_share(self.comparison) <= HALF:
            size = np.minimum(_sizes(self.comparison.left)[left], _sizes(self.comparison.right)[right])
            said = find_said((left, right), size, self.comparison.grids[QUOTED_FEATURE])
        kept = replace(self.comparison, grids=self.comparison.grids[:COSINES].copy())
        return replace(self, comparison=kept, left=left, right=right, said=said)


def _sizes(body: Body) -> IntColumn:
    """The words of each sentence."""
    size: IntColumn = body.last - body.first
    return size


def judge(ground: Ground, pair: tuple[int, int], rules: ChainRules) -> Verdict:
    """The verdict on one pair of articles."""
    comparison = compare(ground, pair)
    logit, chains = find_matches(ground, comparison, ground.judges.sentence, rules)
    features = pair_features(ground, comparison, logit, chains)
    # Without a sentence in common there is nothing to show, whatever else speaks for a copy.
    logit_of_pair = float(ground.judges.pair.logit(features)) if chains else NO_COPY
    if _verbatim_share(comparison) > HALF:
        logit_of_pair = max(logit_of_pair, SURE_COPY)
    left, right = matches(chains)
    return Verdict(
        comparison=comparison,
        logit=logit,
        chains=chains,
        left=left,
        right=right,
        features=features,
        score=probability(logit_of_pair),
    )


def find_matches(
    ground: Ground, comparison: Comparison, trained: Logistic, rules: ChainRules
) -> tuple[Grid, tuple[Chain, ...]]:
    """The log-odds that each pair of sentences carries one text, and their chains.

    Who credits a part of the text to where the other stands has likely taken the doubtful sentences there too.
    """
    logit = trained.logit(expand(comparison.grids))
    if credits_part(ground.articles[comparison.pair[0]], ground.articles[comparison.pair[1]]):
        like = comparison.grids[RAW.index("cosine")] >= PART_COSINE
        logit, rules = logit + PART_BONUS * like, replace(rules, chain_min=PART_CHAIN_MIN)
    plain = comparison.run_words * (1.0 - comparison.grids[QUOTED_FEATURE])
    whole = (plain >= SURELY_COPIED) & (comparison.grids[LARGER_SHARE] >= SURELY_SHARE)
    logit = np.where(whole, np.maximum(logit, SURELY_LOGIT), logit)
    stock = ground.stock.of(comparison.left.row)[:, None] | ground.stock.of(comparison.right.row)[None, :]
    logit = np.where(stock, STOCK_LOGIT, logit)
    return logit, tuple(find_chains(logit, rules))


def matches(chains: tuple[Chain, ...]) -> tuple[IntColumn, IntColumn]:
    """The matching sentences of all chains."""
    none = np.zeros(0, dtype=np.int64)
    return np.concatenate([*(c.left for c in chains), none]), np.concatenate([*(c.right for c in chains), none])


def pair_features(ground: Ground, comparison: Comparison, logit: Grid, chains: tuple[Chain, ...]) -> FloatColumn:
    """The evidence on one pair, in the order of `PAIR_FEATURES`; counts as log(1 + count)."""
    left, right = comparison.left, comparison.right
    quoted = comparison.grids[QUOTED_FEATURE]
    free = follow = 0
    best = unquoted = 0.0
    for chain in chains:
        marks = quoted[chain.left, chain.right]
        plain = marks < QUOTED
        weight = np.clip(logit[chain.left, chain.right], 0.0, EVIDENCE_MAX)
        best = max(best, chain.score - float((marks * weight).sum()))
        unquoted += float(((1.0 - marks) * weight).sum())
        free += int(plain.sum())
        next_to = (np.diff(chain.left) == 1) & (np.diff(chain.right) == 1)
        follow += int((next_to & plain[1:]).sum())
    matched = matches(chains)
    held, written = _matched_words(comparison, matched)
    size = [max(1.0, float(len(body.word))) for body in (left, right)]
    return np.array(
        [
            np.log1p(max((c.score for c in chains), default=0.0)),
            np.log1p(sum(c.score for c in chains)),
            *np.log1p([best, free, follow]),
            max(words / n for words, n in zip(held, size, strict=True)),
            max(words / n for words, n in zip(written, size, strict=True)),
            np.log1p(min(written)),
            np.log1p(_run_words(comparison)),
            _rest_of_another_topic(ground, comparison, matched),
            # A credit joins nothing by itself: it weighs as much as the text that it speaks of.
            np.log1p(unquoted) * names_other(ground.articles[comparison.pair[0]], ground.articles[comparison.pair[1]]),
            np.log1p(_words_beside_quotations(comparison)),
            np.log1p(unquoted),
            _opening_only(matched),
        ]
    )


def _rest_of_another_topic(ground: Ground, comparison: Comparison, matched: tuple[IntColumn, IntColumn]) -> float:
    """How far the topics of what does not match lie apart, 0 where they are alike or too little is left to tell.

    Legal notices and teasers match on pages that otherwise have nothing to do with each other.
    """
    means = []
    for body, sentences in zip((comparison.left, comparison.right), matched, strict=True):
        rest = np.setdiff1d(np.arange(len(body)), sentences)
        if len(rest) < REST_MIN:
            return 0.0
        means.append(ground.vectors.of(body.row[rest]).mean(axis=0))
    length = float(np.linalg.norm(means[0]) * np.linalg.norm(means[1]))
    return max(0.0, TOPIC - float(means[0] @ means[1]) / length) if length else 0.0


def _matched_words(comparison: Comparison, matched: tuple[IntColumn, IntColumn]) -> tuple[list[float], list[float]]:
    """For both bodies the words of matching sentences, and those of them that neither text has in quotation marks."""
    quoted = comparison.grids[QUOTED_FEATURE][matched]
    held, written = [], []
    for body, sentences in zip((comparison.left, comparison.right), matched, strict=True):
        size = body.last - body.first
        most = np.zeros(len(body))
        np.maximum.at(most, sentences, 1.0 - quoted)
        held.append(float(size[np.unique(sentences)].sum()))
        written.append(float((size * most).sum()))
    return held, written


def _run_words(comparison: Comparison) -> int:
    """Words of the common runs that stand outside quotation marks."""
    runs = comparison.runs
    plain = (runs.length >= RUN_MIN) & (comparison.run_quoted() < QUOTED * runs.length)
    return int(runs.length[plain].sum())


def _words_beside_quotations(comparison: Comparison) -> float:
    """Words of the common runs that stand outside quotation marks, be the run mostly quoted or not.

    Who quotes the same words shares no word beside them: a run that goes on outside the marks was copied.
    """
    runs = comparison.runs
    plain = runs.length - comparison.run_quoted()
    return float(plain[runs.length >= RUN_MIN].sum())


def _verbatim_share(comparison: Comparison) -> float:
    """The larger share of a body, quotations and all, that stands word for word in the other."""
    shares = [0.0]
    for body, start in ((comparison.left, comparison.runs.left), (comparison.right, comparison.runs.right)):
        long = comparison.runs.length >= HALF_RUN
        steps = np.zeros(len(body.word) + 1, dtype=np.int64)
        np.add.at(steps, start[long], 1)
        np.add.at(steps, start[long] + comparison.runs.length[long], -1)
        shares.append(float((np.cumsum(steps)[:-1] > 0).mean()) if len(body.word) else 0.0)
    return max(shares)


def _opening_only(matched: tuple[IntColumn, IntColumn]) -> float:
    """1 where all that matches is the opening of one article, and stands elsewhere in the other, as a teaser does."""
    if not len(matched[0]):
        return 0.0
    last = [int(side.max()) < OPENING for side in matched]
    first = [int(side.min()) == 0 for side in matched]
    return float((last[0] and not first[1]) or (last[1] and not first[0]))
