"""The settings of cleaning."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class CleaningOptions:
    """What cleaning may take for an article, and how much of it.

    A capture of more than `max_bytes` is skipped; what stands behind `max_lines` lines is one last line.
    `keep_from` is the probability from which a line counts as article (higher drops more), in flattened text the
    highest such; held out by site, figures on pages are level from .4 to .6 (the cross-validation of `training/blocks.py`).
    `min_words` is the length under which an article is listed but not compared.
    `languages` names, space-separated, the languages that have a pack and so can be compared.
    """

    max_bytes: int = 20_000_000
    max_lines: int = 20_000
    keep_from: float = 0.5
    min_words: int = 12
    languages: str = "en"
    use_page_extraction: bool = True
