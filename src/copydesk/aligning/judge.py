"""Evidence on two claims → the probability that they say the same thing, with the reasons."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import numpy as np

from copydesk.aligning.evidence import FEATURES
from copydesk.errors import ModelError
from copydesk.linking.columns import FloatColumn, FloatMatrix
from copydesk.linking.trees import Trees, read_trees

FILE = "weights.json"  # made by training/aligning.py, as are the trees; the report stands beside the weights
TREES_FILE = "trees.npz"
LOGIT_MAX = 30.0
SURE = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Judge:
    """A logistic regression over `FEATURES` and small boosted trees over the same, whose log-odds are averaged."""

    weights: FloatColumn
    intercept: float
    trees: Trees

    def probability(self, features: FloatMatrix) -> FloatColumn:
        """The probability that each pair says the same thing; the pairs run along the first axis."""
        rows = features.astype(np.float64)
        grown = np.clip(self.trees.probabilities(rows), SURE, 1.0 - SURE)
        logit = (rows @ self.weights + self.intercept + np.log(grown / (1.0 - grown))) / 2.0
        probability: FloatColumn = 1.0 / (1.0 + np.exp(-np.clip(logit, -LOGIT_MAX, LOGIT_MAX)))
        return probability

    def parts(self, features: FloatMatrix) -> FloatMatrix:
        """What each feature adds to each pair's log-odds, by the regression."""
        added: FloatMatrix = (features * self.weights).astype(np.float32)
        return added


@lru_cache(maxsize=1)
def load_judge() -> Judge:
    """The shipped judge. Raises ModelError when its weights are not those of these features."""
    content = json.loads(files("copydesk.aligning").joinpath(FILE).read_text(encoding="utf-8"))
    if tuple(content["features"]) != FEATURES:
        raise ModelError(f"{FILE} holds other features than this version reads: run training/aligning.py")
    trees = read_trees(files("copydesk.aligning").joinpath(TREES_FILE).read_bytes())
    if trees.columns != FEATURES:
        raise ModelError(f"{TREES_FILE} holds other features than this version reads: run training/aligning.py")
    return Judge(
        weights=np.array(content["weights"], dtype=np.float64), intercept=float(content["intercept"]), trees=trees
    )
