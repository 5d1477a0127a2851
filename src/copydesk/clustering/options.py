"""What a user can set about clustering."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusteringOptions:
    """One setting for every pile.

    `threshold` (0 to 1) is the mean likeness two groups need to become one story; `contrast` the share of the mean
    likeness inside the looser of two groups of `tight` lines or more that what lies between them must reach, `lone` the
    same where only one has so many; `seam` the share below which a story is cut in two. These and the cost of seasons
    were chosen among a thousand settings drawn at random, on the sets under stories/ and copies/ and on the events of
    coref/ together, in scratch runs: none is held out. What was best on half of the stories was .003 to .014 better on
    the other half of newscluster and copies than the setting before, and .003 to .04 worse on coref's. After a change
    of the likeness re-run `python -m evals stories`.
    """

    threshold: float = 0.17
    contrast: float = 0.7
    lone: float = 0.45
    tight: int = 3
    seam: float = 0.66
    floor: float = 0.1  # pairs less alike than this count as not alike at all
    follow_up: float = 0.15  # mean likeness that makes a later story a follow-up of an earlier one
    follow_up_days: int = 90  # a story more than this after another is not its follow-up
    copy_joins: float = 0.35  # share of an article that a copy link must cover to join two articles for certain
    copy_likeness: float = 0.3  # likeness that a link of other than verbatim text needs for that, too
    lead_words: int = 70  # words of headline and opening that the sentence encoder and the lead's terms see
    near: int = 8  # articles of one telling term between two that it alone still brings together
    crowd: int = 256  # the same for a term that another must help
