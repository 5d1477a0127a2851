"""Two convex learners in NumPy: a logistic regression, and a linear chain whose changes of label have features too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sparse
from numpy.typing import NDArray
from scipy.optimize import minimize

Matrix = NDArray[np.float64]
BATCH = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """One sequence: for every unit its own features and those of the change before it, and its label."""

    own: Sequence[Sequence[str]]
    change: Sequence[Sequence[str]]
    labels: Sequence[int]


def vocabulary(rows: Iterable[Sequence[str]], least: int) -> dict[str, int]:
    """The features that occur in at least `least` rows, numbered in order of spelling."""
    counts: Counter[str] = Counter()
    for row in rows:
        counts.update(set(row))
    return {f: i for i, f in enumerate(sorted(f for f, n in counts.items() if n >= least))}


def matrix(rows: Iterable[Sequence[str]], numbers: dict[str, int]) -> sparse.csr_matrix:
    """One row of ones and zeros for each list of features."""
    ends, places = [0], []
    for row in rows:
        places.extend(sorted({numbers[f] for f in row if f in numbers}))
        ends.append(len(places))
    data = np.ones(len(places), dtype=np.float32)
    return sparse.csr_matrix((data, np.array(places, dtype=np.int32), np.array(ends)), shape=(len(ends) - 1, len(numbers)))


def fit_logistic(rows: Sequence[Sequence[str]], truth: Sequence[bool], least: int, penalty: float) -> tuple[float, dict[str, float]]:
    """Bias and weights by feature."""
    numbers = vocabulary(rows, least)
    x = matrix(rows, numbers)
    turned = x.T.tocsr()
    sign = np.where(np.array(truth), 1.0, -1.0)

    def loss(w: Matrix) -> tuple[float, Matrix]:
        margin = sign * (x @ w[1:].astype(np.float32) + w[0])
        pull = -sign / (1.0 + np.exp(np.clip(margin, -30, 30)))
        gradient = np.concatenate([[pull.sum()], turned @ pull.astype(np.float32) + penalty * w[1:]])
        return float(np.logaddexp(0.0, -margin).sum() + 0.5 * penalty * w[1:] @ w[1:]), gradient

    w = minimize(loss, np.zeros(len(numbers) + 1), jac=True, method="L-BFGS-B", options={"maxiter": 200}).x
    return float(w[0]), {f: float(w[i + 1]) for f, i in numbers.items()}


def _log_sum(values: Matrix, axis: int) -> Matrix:
    top = values.max(axis=axis, keepdims=True)
    total: Matrix = (top + np.log(np.exp(values - top).sum(axis=axis, keepdims=True))).squeeze(axis)
    return total


@dataclass(frozen=True, slots=True, kw_only=True)
class _Batch:
    """Sequences of like length side by side: row numbers (-1 past the end), labels, and which places are real."""

    rows: NDArray[np.int64]
    labels: NDArray[np.int64]
    real: NDArray[np.bool_]


def _batches(chains: Sequence[Chain]) -> list[_Batch]:
    lengths = [len(c.labels) for c in chains]
    starts = np.cumsum([0, *lengths])
    order = np.argsort(lengths, kind="stable")
    found = []
    for at in range(0, len(order), BATCH):
        chosen = order[at : at + BATCH]
        width = max(lengths[i] for i in chosen)
        rows = np.full((len(chosen), width), -1, dtype=np.int64)
        labels = np.zeros((len(chosen), width), dtype=np.int64)
        for j, i in enumerate(chosen):
            rows[j, : lengths[i]] = np.arange(starts[i], starts[i + 1])
            labels[j, : lengths[i]] = chains[i].labels
        found.append(_Batch(rows=rows, labels=labels, real=rows >= 0))
    return found


def _loss_of(batch: _Batch, own: Matrix, change: Matrix, width: int) -> tuple[float, Matrix, Matrix]:
    """Negative log-likelihood of a batch, and how it moves with every unit's and every change's score."""
    count, length = batch.rows.shape
    real = batch.real
    e = own[batch.rows]
    t = change[batch.rows].reshape(count, length, width, width)
    forward = np.empty((count, length, width))
    forward[:, 0] = e[:, 0]
    for i in range(1, length):
        step = _log_sum(forward[:, i - 1, :, None] + t[:, i], 1) + e[:, i]
        forward[:, i] = np.where(real[:, i, None], step, forward[:, i - 1])
    total = _log_sum(forward[:, -1], 1)
    backward = np.zeros((count, length, width))
    for i in range(length - 2, -1, -1):
        step = _log_sum(t[:, i + 1] + (e[:, i + 1] + backward[:, i + 1])[:, None, :], 2)
        backward[:, i] = np.where(real[:, i + 1, None], step, 0.0)
    by_unit = np.exp(forward + backward - total[:, None, None]) * real[:, :, None]
    by_change = np.zeros((count, length, width, width))
    ahead = (e[:, 1:] + backward[:, 1:])[:, :, None, :]
    by_change[:, 1:] = np.exp(forward[:, :-1, :, None] + t[:, 1:] + ahead - total[:, None, None, None])
    by_change[:, 1:] *= real[:, 1:, None, None]
    seq, place = np.nonzero(real)
    label = batch.labels[seq, place]
    score = e[seq, place, label].sum()
    by_unit[seq, place, label] -= 1.0
    seq, place = np.nonzero(real[:, 1:])
    before, after = batch.labels[seq, place], batch.labels[seq, place + 1]
    score += t[seq, place + 1, before, after].sum()
    by_change[seq, place + 1, before, after] -= 1.0
    return float(total.sum() - score), by_unit, by_change.reshape(count, length, width * width)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainFit:
    """How a chain is fitted: labels, least count of a feature, strength of the penalty, steps."""

    width: int
    least: int
    penalty: float
    steps: int


def fit_chain(chains: Sequence[Chain], fit: ChainFit) -> tuple[dict[str, list[float]], dict[str, list[float]]]:
    """Label weights by feature, and weights of label changes by feature (before × after, row by row)."""
    width = fit.width
    own_numbers = vocabulary((row for c in chains for row in c.own), fit.least)
    change_numbers = vocabulary((row for c in chains for row in c.change), fit.least)
    f = matrix((row for c in chains for row in c.own), own_numbers)
    g = matrix((row for c in chains for row in c.change), change_numbers)
    f_turned, g_turned = f.T.tocsr(), g.T.tocsr()
    batches = _batches(chains)
    split = len(own_numbers) * width

    def loss(w: Matrix) -> tuple[float, Matrix]:
        narrow = w.astype(np.float32)
        own = (f @ narrow[:split].reshape(-1, width)).astype(np.float64)
        change = (g @ narrow[split:].reshape(-1, width * width)).astype(np.float64)
        pull_own, pull_change = np.zeros_like(own, dtype=np.float32), np.zeros_like(change, dtype=np.float32)
        total = 0.0
        for batch in batches:
            value, by_unit, by_change = _loss_of(batch, own, change, width)
            total += value
            pull_own[batch.rows[batch.real]] = by_unit[batch.real]
            pull_change[batch.rows[batch.real]] = by_change[batch.real]
        gradient = np.concatenate([(f_turned @ pull_own).ravel(), (g_turned @ pull_change).ravel()]).astype(np.float64)
        return total + 0.5 * fit.penalty * float(w @ w), gradient + fit.penalty * w

    start = np.zeros(split + len(change_numbers) * width * width)
    w = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": fit.steps, "maxcor": 8}).x
    own_w, change_w = w[:split].reshape(-1, width), w[split:].reshape(-1, width * width)
    return (
        {name: own_w[i].tolist() for name, i in own_numbers.items()},
        {name: change_w[i].tolist() for name, i in change_numbers.items()},
    )
