"""The shipped weights of quotes → how likely a token is a cue, what each token around it is, and whether to keep both."""

from __future__ import annotations

import gzip
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from copydesk.annotating.paths import LABELS, Scores, best_path
from copydesk.linking.trees import Trees, read_trees

WEIGHTS = "quotes.json.gz"
TREES = "quotes.npz"
CUTS = "quotes-cuts.npz"
SOURCES = "quotes-sources.npz"


@dataclass(frozen=True, slots=True, kw_only=True)
class CueJudge:
    """A logistic regression over features of one token. `lexicon` gives how often a word was a cue in training."""

    lexicon: Mapping[str, float]
    bias: float
    weights: Mapping[str, float]

    def probability(self, features: Sequence[str]) -> float:
        get = self.weights.get
        score = self.bias + sum(get(f, 0.0) for f in features)
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, score))))


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtentJudge:
    """A linear chain over the units around one cue: label weights by feature, and weights of label changes."""

    units: Mapping[str, tuple[float, ...]]
    edges: Mapping[str, tuple[float, ...]]

    def scores(self, features: Sequence[tuple[Sequence[str], Sequence[str]]]) -> tuple[Scores, Scores]:
        """What every unit's labels score, and every change of label before it."""
        own = [_sum(self.units, mine, LABELS) for mine, _ in features]
        moves = [_sum(self.edges, change, LABELS * LABELS) for _, change in features]
        return own, moves

    def best(self, features: Sequence[tuple[Sequence[str], Sequence[str]]]) -> list[int]:
        """The most likely labels of all units together among those with some content."""
        return best_path(*self.scores(features))


def _sum(weights: Mapping[str, tuple[float, ...]], features: Sequence[str], width: int) -> list[float]:
    get = weights.get
    rows = [row for feature in features if (row := get(feature)) is not None]
    return [sum(column) for column in zip(*rows, strict=True)] if rows else [0.0] * width


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteJudges:
    """The judges, and the probability that a cue needs.

    `proposals` weighs what the first two judges make of every cue of some likelihood, beside its company; `cuts` and
    `sources` then choose among the ways to cut its content and the phrases that may be its source, and what is worth
    `worth_min` together is kept. Without these three the probability of the cue alone decides.
    """

    cues: CueJudge
    extents: ExtentJudge
    cue_min: float
    proposals: Trees | None = None
    worth_min: float = 0.0
    cuts: Trees | None = None
    sources: Trees | None = None


@cache
def load_judges() -> QuoteJudges:
    """The shipped judges. Weights are stored as whole hundredths."""
    folder = resources.files("copydesk.annotating").joinpath("weights")
    stored = json.loads(gzip.decompress(folder.joinpath(WEIGHTS).read_bytes()))
    return QuoteJudges(
        cues=CueJudge(
            lexicon={key: rate / 1000 for key, rate in stored["lexicon"].items()},
            bias=stored["cue_bias"] / 100,
            weights={key: weight / 100 for key, weight in stored["cues"].items()},
        ),
        extents=ExtentJudge(
            units={key: tuple(w / 100 for w in row) for key, row in stored["units"].items()},
            edges={key: tuple(w / 100 for w in row) for key, row in stored["edges"].items()},
        ),
        cue_min=stored["cue_min"],
        proposals=read_trees(folder.joinpath(TREES).read_bytes()),
        worth_min=stored["worth_min"],
        cuts=read_trees(folder.joinpath(CUTS).read_bytes()),
        sources=read_trees(folder.joinpath(SOURCES).read_bytes()),
    )
