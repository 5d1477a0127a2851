"""The shipped weights of quotes → how likely a token is a cue, what each token around it is, and whether to keep both."""

from __future__ import annotations

import gzip
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import repeat
from struct import Struct

from copydesk.annotating.paths import LABELS, Scores, best_path
from copydesk.linking.trees import Trees, read_trees

WEIGHTS = "quotes.json.gz"
TREES = "quotes.npz"
CUTS = "quotes-cuts.npz"
SOURCES = "quotes-sources.npz"
# A packed weight has 32 bits, and half of what they hold is added before unpacking, so that no sum is below nought.
_LANE, _HALF = 32, 1 << 31
_LANES = {width: Struct(f"<{width}i") for width in (LABELS, LABELS * LABELS)}
_HALVES = {width: sum(_HALF << (_LANE * i) for i in range(width)) for width in _LANES}
_NONE = repeat(0)


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
    """A linear chain over the units around one cue: label weights by feature, and weights of label changes.

    All weights of a feature are one whole number (`pack_row`), so that adding up features adds up every label at once.
    """

    units: Mapping[str, int]
    edges: Mapping[str, int]

    def scores(self, features: Sequence[tuple[Sequence[str], Sequence[str]]]) -> tuple[Scores, Scores]:
        """What every unit's labels score, and every change of label before it, in hundredths."""
        units, edges = self.units.get, self.edges.get
        own = [unpack_row(sum(map(units, mine, _NONE)), LABELS) for mine, _ in features]
        moves = [unpack_row(sum(map(edges, change, _NONE)), LABELS * LABELS) for _, change in features]
        return own, moves

    def best(self, features: Sequence[tuple[Sequence[str], Sequence[str]]]) -> list[int]:
        """The most likely labels of all units together among those with some content."""
        return best_path(*self.scores(features))


def pack_row(row: Sequence[int]) -> int:
    """Some weights in hundredths as one whole number: sums of such numbers hold the sums of the weights."""
    return sum(weight << (_LANE * i) for i, weight in enumerate(row))


def unpack_row(packed: int, width: int) -> tuple[int, ...]:
    """The weights that a number from `pack_row`, or a sum of such numbers, holds."""
    lanes, halves = _LANES[width], _HALVES[width]
    # The half added, then its bit turned over, leaves every weight as a signed number of its own 32 bits.
    return lanes.unpack(((packed + halves) ^ halves).to_bytes(lanes.size, "little"))


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
            units={key: pack_row(row) for key, row in stored["units"].items()},
            edges={key: pack_row(row) for key, row in stored["edges"].items()},
        ),
        cue_min=stored["cue_min"],
        proposals=read_trees(folder.joinpath(TREES).read_bytes()),
        worth_min=stored["worth_min"],
        cuts=read_trees(folder.joinpath(CUTS).read_bytes()),
        sources=read_trees(folder.joinpath(SOURCES).read_bytes()),
    )
