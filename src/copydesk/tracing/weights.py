"""The shipped weights of tracing's judges, made by training/tracing.py."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from copydesk.errors import ModelError
from copydesk.linking.columns import FloatColumn
from copydesk.tracing.sentence_features import SENTENCE_FEATURES

PAIR_FEATURES = (
    "best chain",
    "evidence of the chains",
    "best chain outside quotations",
    "sentences outside quotations",
    "sentences that follow each other",
    "larger share of a body",
    "larger share of a body outside quotations",
    "words outside quotations",
    "words in common runs",
    "rest of another topic",
    "a credit that names the other",
    "words in common beside quotations",
    "evidence outside quotations",
    "one opening only",
)
# What speaks for an article as the origin, in words that finish "the origin …".
DIRECTION_FEATURES = (
    "has the earlier date",
    "is older by many days",
    "is longer",
    "has text that the other leaves out",
    "has more text where the other is held whole",
    "uses more usual words",
    "uses more usual pairs of words",
    "joins fewer sentences",
    "has fewer stray capitals",
    "shares its opening",
    "credits its own outlet",
    "credits no other outlet",
    "credits an agency",
    "credits one source at most",
    "names no contributors",
    "has the wording that other copies have",
    "has no text that stands elsewhere",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Logistic:
    """A logistic regression: a weight a feature and an intercept."""

    names: tuple[str, ...]
    weights: FloatColumn
    intercept: float

    def logit(self, features: FloatColumn) -> FloatColumn:
        """Log-odds; the features run along the first axis."""
        total: FloatColumn = np.tensordot(self.weights, features, 1) + self.intercept
        return total

    def parts(self, features: FloatColumn) -> list[tuple[str, float]]:
        """What each feature adds to the log-odds, the largest first."""
        added = zip(self.names, (self.weights * features).tolist(), strict=True)
        return sorted(added, key=lambda part: (-abs(part[1]), part[0]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Judges:
    """The three that tracing asks: do two sentences carry one text, two articles, and which was there first."""

    sentence: Logistic
    pair: Logistic
    direction: Logistic


@cache
def load_judges() -> Judges:
    """The shipped judges. Raises ModelError where their features are others than tracing now has."""
    table = json.loads((files("copydesk.tracing") / "weights.json").read_text("utf-8"))
    return Judges(
        sentence=_read(table, "sentence", SENTENCE_FEATURES),
        pair=_read(table, "pair", PAIR_FEATURES),
        direction=_read(table, "direction", DIRECTION_FEATURES),
    )


def _read(table: dict[str, dict[str, list[str]]], name: str, features: tuple[str, ...]) -> Logistic:
    entry = table[name]
    if tuple(entry["features"]) != features:
        raise ModelError(f"weights.json knows other features for {name!r}: run training/tracing.py anew")
    return Logistic(
        names=features, weights=np.array(entry["weights"], dtype=float), intercept=float(str(entry["intercept"]))
    )


def probability(logit: float) -> float:
    """Log-odds as a probability."""
    return float(1.0 / (1.0 + np.exp(-np.clip(logit, -30.0, 30.0))))
