"""The shipped weights of quotes → how likely a token is a cue, what each token around it is, and whether to keep both."""

from __future__ import annotations

import gzip
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from copydesk.linking.trees import Trees, read_trees

WEIGHTS = "quotes.json.gz"
TREES = "quotes.npz"
OUTSIDE, SOURCE, CONTENT = 0, 1, 2
LABELS = 3


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

    def best(self, features: Sequence[tuple[Sequence[str], Sequence[str]]]) -> list[int]:
        """The most likely labels of all units together among those with some content: a cue reports something."""
        own = [_sum(self.units, mine, LABELS) for mine, _ in features]
        moves = [_sum(self.edges, change, LABELS * LABELS) for _, change in features]
        free = _best_path(own, moves)
        return free if CONTENT in free or not free else _best_path_with_content(own, moves)


def _best_path(own: Sequence[Sequence[float]], moves: Sequence[Sequence[float]]) -> list[int]:
    """The labels with the highest sum of their own scores and those of the changes between them."""
    if not own:
        return []
    best = list(own[0])
    back: list[list[int]] = []
    for here, change in zip(own[1:], moves[1:], strict=True):
        chosen, scores = [], []
        for label in range(LABELS):
            offers = [best[before] + change[before * LABELS + label] for before in range(LABELS)]
            before = offers.index(max(offers))
            chosen.append(before)
            scores.append(offers[before] + here[label])
        back.append(chosen)
        best = scores
    labels = [best.index(max(best))]
    for chosen in reversed(back):
        labels.append(chosen[labels[-1]])
    return labels[::-1]


def _best_path_with_content(own: Sequence[Sequence[float]], moves: Sequence[Sequence[float]]) -> list[int]:
    """The same among the paths that hold a content label: every label twice, before and after the first content."""
    never = -1e9
    width = 2 * LABELS

    def enter(state: int) -> tuple[int, bool]:
        return state % LABELS, state >= LABELS

    best = [never] * width
    for label in range(LABELS):
        best[label + LABELS * (label == CONTENT)] = own[0][label]
    back: list[list[int]] = []
    for here, change in zip(own[1:], moves[1:], strict=True):
        chosen, scores = [0] * width, [never] * width
        for state in range(width):
            label, seen = enter(state)
            for before in range(width):
                earlier, was = enter(before)
                if seen != (was or label == CONTENT):
                    continue
                offer = best[before] + change[earlier * LABELS + label] + here[label]
                if offer > scores[state]:
                    chosen[state], scores[state] = before, offer
        back.append(chosen)
        best = scores
    states = [LABELS + best[LABELS:].index(max(best[LABELS:]))]
    for chosen in reversed(back):
        states.append(chosen[states[-1]])
    return [state % LABELS for state in reversed(states)]


def _sum(weights: Mapping[str, tuple[float, ...]], features: Sequence[str], width: int) -> list[float]:
    total = [0.0] * width
    for feature in features:
        row = weights.get(feature)
        if row is not None:
            for i, weight in enumerate(row):
                total[i] += weight
    return total


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteJudges:
    """The judges, and the probability that a cue needs.

    `proposals` weighs what the first two judges make of every cue of some likelihood, beside its company; without it
    the probability of the cue alone decides.
    """

    cues: CueJudge
    extents: ExtentJudge
    cue_min: float
    proposals: Trees | None = None
    keep_min: float = 0.0


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
        keep_min=stored["keep_min"],
    )
