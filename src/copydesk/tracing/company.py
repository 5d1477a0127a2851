"""Linked pairs → what the third articles of each pair say about the two: whose wording they have, and whose other text.

An origin shares more of its wording with every copy than the copies share with each other; and what was put together
from two texts shares its halves with articles that know nothing of each other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from copydesk.linking.columns import BoolColumn
from copydesk.tracing.judge import Verdict

SURE = 1.0  # log-odds from which two sentences surely carry one text, so that their wording can be compared
Pair = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """The other articles that one or both of a pair share text with.

    `left` counts the words in which others agree with the left article and not with the right; `left_elsewhere` is the
    share of the left body that stands, not in the right one, but in articles that share nothing with the right one.
    """

    left: float
    right: float
    left_elsewhere: float
    right_elsewhere: float


def find_company(verdicts: Mapping[Pair, Verdict]) -> dict[Pair, Company]:
    """The company of each pair that shares text."""
    near: dict[int, dict[int, tuple[Verdict, int]]] = {}
    for (a, b), verdict in verdicts.items():
        near.setdefault(a, {})[b] = (verdict, 0)
        near.setdefault(b, {})[a] = (verdict, 1)
    # For each article and each one it shares text with: its words that stand in common runs, and in matching sentences.
    alike = {(a, b): _in_runs(v, side) for a, others in near.items() for b, (v, side) in others.items()}
    held = {(a, b): matched_words(v, side) for a, others in near.items() for b, (v, side) in others.items()}
    found = {}
    for a, b in verdicts:
        both = sorted((near[a].keys() & near[b].keys()) - {a, b})
        elsewhere = []
        for one, other in ((a, b), (b, a)):
            words = np.zeros(len(held[one, other]), dtype=bool)
            for third in sorted(near[one].keys() - near[other].keys() - {other}):
                words |= held[one, third]
            elsewhere.append(float((words & ~held[one, other]).mean()) if len(words) else 0.0)
        found[a, b] = Company(
            left=float(sum(int((alike[c, a] & ~alike[c, b]).sum()) for c in both)),
            right=float(sum(int((alike[c, b] & ~alike[c, a]).sum()) for c in both)),
            left_elsewhere=elsewhere[0],
            right_elsewhere=elsewhere[1],
        )
    return found


def _run_words(verdict: Verdict, side: int) -> BoolColumn:
    """Which words of one body stand in common runs (a mask)."""
    runs = verdict.comparison.runs
    body = (verdict.comparison.left, verdict.comparison.right)[side]
    start = (runs.left, runs.right)[side]
    steps = np.zeros(len(body.word) + 1, dtype=np.int64)
    np.add.at(steps, start, 1)
    np.add.at(steps, start + runs.length, -1)
    inside: BoolColumn = np.cumsum(steps)[:-1] > 0
    return inside


def matched_words(verdict: Verdict, side: int, least: float = -np.inf) -> BoolColumn:
    """Which words of one body stand in matching sentences of at least these log-odds (a mask)."""
    body = (verdict.comparison.left, verdict.comparison.right)[side]
    chosen = verdict.logit[verdict.left, verdict.right] >= least
    matched = np.zeros(len(body.word), dtype=bool)
    for i in np.unique((verdict.left, verdict.right)[side][chosen]).tolist():
        matched[body.first[i] : body.last[i]] = True
    return matched


def _in_runs(verdict: Verdict, side: int) -> BoolColumn:
    return _run_words(verdict, side) & matched_words(verdict, side)


def own_words(verdict: Verdict, side: int) -> BoolColumn:
    """Which words of one body stand in surely matched sentences but in no common run (a mask)."""
    return matched_words(verdict, side, SURE) & ~_run_words(verdict, side)
