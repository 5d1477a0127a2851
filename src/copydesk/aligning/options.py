"""The settings of aligning."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class AligningOptions:
    """`threshold` is the mean probability (0 to 1) at which two groups of claims become one fact, `alone` that at which two
    claims do that agree with no third."""

    threshold: float = 0.12  # training/aligning.py: link_f1, near misses and strangers' facts cross-validated by story
    alone: float = (
        0.16  # the same: .12 joins a fifth more strangers to facts of several articles, .2 costs .002 of link_f1
    )
    score_min: float = 0.02
    words_min: int = 4
    clause_words_min: int = 6
    claims_max: int = 4000
