"""The shipped weights of tracing's judges, made by training/tracing.py."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import numpy as np

from copydesk.errors import ModelError
from copydesk.linking.columns import FloatColumn


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


@lru_cache(maxsize=8)
def load_judge(name: str, features: tuple[str, ...]) -> Logistic:
    """The judge of this name ("sentence", "pair", "direction"). Raises ModelError where its features are others."""
    table = json.loads((files("copydesk.tracing") / "weights.json").read_text("utf-8"))[name]
    if tuple(table["features"]) != features:
        raise ModelError(f"weights.json knows other features for {name!r}: run training/tracing.py anew")
    return Logistic(names=features, weights=np.array(table["weights"]), intercept=float(table["intercept"]))


def probability(logit: float) -> float:
    """Log-odds as a probability."""
    return float(1.0 / (1.0 + np.exp(-np.clip(logit, -30.0, 30.0))))
