"""What tracing can be told."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class TracingOptions:
    """Thresholds and bounds of the work.

    `link_min`: the probability from which two articles count as linked. `fingerprint_articles_max`: a fingerprint
    in more articles than this is furniture or idiom and joins nothing. `fingerprints_min`: fingerprints that two
    articles must share to be compared. `cosine_floor` and `sentences_min`: how alike, and how many, sentences must be
    for two articles to be compared in full. `exhaustive` holds every sentence of a pile against every other instead of
    those alone that share words: for measuring what is lost. `listed_share`: share of an article's body from which a voice is
    listed for it. `words_max`: words of an article that are compared. `altered_language` switches that search off.
    """

    link_min: float = 0.5
    fingerprint_articles_max: int = 30
    fingerprints_min: int = 2
    cosine_floor: float = 0.75
    sentences_min: int = 2
    exhaustive: bool = False
    listed_share: float = 1 / 3
    words_max: int = 20_000
    altered_language: bool = True
