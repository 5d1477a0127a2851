"""Features and labels → labels for each fold by weights, or bounds, that the other folds gave."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import product

import numpy as np
from scipy.optimize import minimize

from copydesk.linking.columns import FloatColumn, FloatMatrix, IntColumn

FOLDS = 5
RIDGE = 30.0  # of 1 and 30 the better on claimdiff (.427, .455): the features are many and alike
BOUNDS = 25  # quantiles of a similarity that are tried as its bound
Measure = Callable[[IntColumn, IntColumn], float]


def folds_of(groups: Sequence[str]) -> IntColumn:
    """The fold of each item: items of one group are in one fold."""
    place = {group: n % FOLDS for n, group in enumerate(sorted(set(groups)))}
    return np.array([place[group] for group in groups], dtype=np.int64)


def decided(likely: FloatMatrix, gold: tuple[IntColumn, IntColumn], measure: Measure) -> IntColumn:
    """The likeliest class of each item after each class is weighed as does best on the other folds; gold is (label, fold)."""
    label, fold = gold
    tried = list(product((0.5, 0.7, 1.0, 1.4, 2.0, 2.8), repeat=likely.shape[1] - 1))
    found = np.zeros(len(label), dtype=np.int64)
    for n in range(FOLDS):
        train, test = fold != n, fold == n
        if train.any() and test.any():
            best = max(tried, key=lambda t: measure(label[train], (likely[train] * np.array([*t, 1.0])).argmax(axis=1)))
            found[test] = (likely[test] * np.array([*best, 1.0])).argmax(axis=1)
    return found


def likelihoods(grid: FloatMatrix, label: IntColumn, fold: IntColumn, classes: int) -> FloatMatrix:
    """For each item the likelihood of each class by a ridge-penalised regression on the other folds, classes weighing alike."""
    found = np.zeros((len(grid), classes), dtype=np.float32)
    for n in range(FOLDS):
        train, test = fold != n, fold == n
        if not train.any() or not test.any():
            continue
        middle, scale = grid[train].mean(axis=0), grid[train].std(axis=0) + 1e-9
        rows = np.hstack([(grid - middle) / scale, np.ones((len(grid), 1))]).astype(np.float64)
        weights = _fit(rows[train], label[train], classes)
        found[test] = _softmax(rows[test] @ weights)
    return found


def _fit(rows: FloatColumn, label: IntColumn, classes: int) -> FloatColumn:
    count = np.bincount(label, minlength=classes)
    weight = (len(label) / np.maximum(1, count) / classes)[label]
    wanted = np.eye(classes)[label]

    def loss(flat: FloatColumn) -> tuple[float, FloatColumn]:
        w = flat.reshape(rows.shape[1], classes)
        p = _softmax(rows @ w)
        penalty = w.copy()
        penalty[-1] = 0.0
        value = -(weight * np.log(np.maximum(p[np.arange(len(label)), label], 1e-12))).sum() + 0.5 * RIDGE * (penalty**2).sum()
        return float(value), (rows.T @ ((p - wanted) * weight[:, None]) + RIDGE * penalty).ravel()

    found = minimize(loss, np.zeros(rows.shape[1] * classes), jac=True, method="L-BFGS-B", options={"maxiter": 300})
    fitted: FloatColumn = np.asarray(found.x).reshape(rows.shape[1], classes)
    return fitted


def _softmax(logit: FloatColumn) -> FloatColumn:
    raised = np.exp(logit - logit.max(axis=1, keepdims=True))
    share: FloatColumn = raised / raised.sum(axis=1, keepdims=True)
    return share


def bounded(similarity: FloatColumn, gold: tuple[IntColumn, IntColumn], cuts: int, measure: Measure) -> IntColumn:
    """Classes 0 to `cuts` by bounds on one similarity, those that measure best on the other folds; gold is (label, fold)."""
    label, fold = gold
    found = np.zeros(len(label), dtype=np.int64)
    for n in range(FOLDS):
        train, test = fold != n, fold == n
        if not train.any() or not test.any():
            continue
        steps = np.unique(np.quantile(similarity[train], np.linspace(0, 1, BOUNDS)))
        tried = [(a,) for a in steps] if cuts == 1 else [(a, b) for a in steps for b in steps if a <= b]
        best = max(tried, key=lambda t: measure(label[train], np.searchsorted(t, similarity[train], side="right")))
        found[test] = np.searchsorted(best, similarity[test], side="right")
    return found


def balanced_accuracy(label: IntColumn, found: IntColumn) -> float:
    """The mean over the classes of the share that is found."""
    return float(np.mean([(found[label == k] == k).mean() for k in np.unique(label)]))


def macro_f1(label: IntColumn, found: IntColumn) -> float:
    """The mean of the classes' F1."""
    return float(np.mean([2 * ((found == k) & (label == k)).sum() / max(1, (found == k).sum() + (label == k).sum()) for k in np.unique(label)]))
