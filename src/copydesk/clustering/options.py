"""What a user can set about clustering."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusteringOptions:
    """One setting for every pile.

    `threshold` (0 to 1) is the mean likeness two groups need to become one story; `contrast` the share of the mean
    likeness inside the looser of two groups of `tight` articles or more that what lies between them must reach. Chosen
    among a few dozen settings on the sets under stories/ and copies/ and on the events of coref/ together, in scratch
    runs; none of them is held out. After a change of the likeness re-run `python -m evals stories`.
    """

    threshold: float = 0.19
    contrast: float = 0.7
    tight: int = 3
    floor: float = 0.1  # pairs less alike than this count as not alike at all
    follow_up: float = 0.17  # mean likeness that makes a later story a follow-up of an earlier one
    follow_up_days: int = 90  # a story more than this after another is not its follow-up
    copy_joins: float = 0.35  # share of an article that a copy link must cover to join two articles for certain
    copy_likeness: float = 0.3  # likeness that a link of other than verbatim text needs for that, too
    lead_words: int = 70  # words of headline and opening that the sentence encoder and the lead's terms see
    crowd: int = 256  # articles of one telling term between two that it still brings together
