"""The settings of aligning."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class AligningOptions:
    """`threshold` is the mean probability (0 to 1) at which two groups of claims become one fact."""

    threshold: float = 0.12  # training/aligning.py: link_f1, near misses and strangers' facts cross-validated by story
    score_min: float = 0.02
    words_min: int = 4
    clause_words_min: int = 6
    claims_max: int = 4000
