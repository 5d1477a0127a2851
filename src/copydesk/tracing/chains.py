"""A grid of sentence scores → chains: sentences of one body that come back in the other, in order.

Independent reports of one event share facts, but neither their order nor their selection. So what counts is a run of
sentences in order; a sentence that follows its neighbour in both texts is worth more than one that stands alone.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from copydesk.linking.columns import FloatColumn, IntColumn
from copydesk.tracing.sentence_features import Grid

NODES_MAX = 1500  # pairs of sentences of one grid that can be links of chains


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainRules:
    """What joins sentences into chains; tuned on the copies set, re-run `python -m evals copies` on a change.

    `floor`: log-odds below which a pair of sentences is no link of a chain; `ceiling` bounds what one pair can weigh.
    `next_bonus` for following directly in both texts, `gap_cost` a doubling of the sentences left out, `share_cost`
    for one sentence that answers to two. Chains below `chain_min` are dropped.
    """

    floor: float = -1.0
    ceiling: float = 5.0
    next_bonus: float = 0.3
    gap_cost: float = 0.3
    share_cost: float = 0.3
    chain_min: float = 1.5
    chains_max: int = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """Pairs of sentences in order of both texts, and what they weigh together."""

    left: IntColumn
    right: IntColumn
    score: float


def find_chains(logit: Grid, rules: ChainRules) -> list[Chain]:
    """The chains of a grid of log-odds, best first; a sentence answers to one chain only."""
    rows, columns = np.nonzero(logit > rules.floor)
    weight = np.minimum(logit[rows, columns], rules.ceiling)
    if len(weight) > NODES_MAX:  # one sentence written over and over
        kept = np.sort(np.argsort(-weight, kind="stable")[:NODES_MAX])
        rows, columns, weight = rows[kept], columns[kept], weight[kept]
    chains: list[Chain] = []
    alive = np.ones(len(rows), dtype=bool)
    while len(chains) < rules.chains_max:
        at = np.flatnonzero(alive)
        if len(at) == 0 or weight[at].max() <= 0:
            break
        path, score = _best_path(rows[at], columns[at], weight[at], rules)
        if score < rules.chain_min:
            break
        chosen = at[path]
        chains.append(Chain(left=rows[chosen].astype(np.int64), right=columns[chosen].astype(np.int64), score=score))
        alive &= ~(np.isin(rows, rows[chosen]) | np.isin(columns, columns[chosen]))
    return chains


def _best_path(rows: IntColumn, columns: IntColumn, weight: FloatColumn, rules: ChainRules) -> tuple[list[int], float]:
    """The heaviest path through nodes in order of row, then column; each step goes forward in both or stays in one."""
    best = weight.astype(np.float64).copy()
    before = np.full(len(rows), -1)
    for k in range(1, len(rows)):
        down, across = rows[k] - rows[:k], columns[k] - columns[:k]
        skipped = np.maximum(down - 1, 0) + np.maximum(across - 1, 0)
        step = np.where(
            (down == 1) & (across == 1),
            rules.next_bonus,
            -rules.gap_cost * np.log2(1.0 + skipped) - rules.share_cost * ((down == 0) | (across == 0)),
        )
        step = np.where((across < 0) | ((down == 0) & (across > 1)) | ((across == 0) & (down > 1)), -np.inf, step)
        total = best[:k] + step
        j = int(np.argmax(total))
        if total[j] > 0:
            best[k] += total[j]
            before[k] = j
    end = int(np.argmax(best))
    path = [end]
    while before[path[-1]] >= 0:
        path.append(int(before[path[-1]]))
    return path[::-1], float(best[end])
