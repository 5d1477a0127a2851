"""Judged lines → blocks and the article's text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from copydesk.model.articles import KEPT_KINDS, Block, BlockKind

BETWEEN = "\n\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One stretch of the source text with what it is and why."""

    start: int
    end: int
    kind: BlockKind
    reason: str


def assemble(source_text: str, judged: Iterable[Judged]) -> tuple[str, tuple[Block, ...]]:
    """The article's text (headline, then body blocks) and all blocks in order of the source text."""
    ordered = sorted(judged, key=lambda j: j.start)
    kept = [j for j in ordered if j.kind in KEPT_KINDS]
    kept.sort(key=lambda j: (j.kind != "headline", j.start))
    places: dict[int, int] = {}
    length = 0
    for j in kept:
        places[j.start] = length
        length += j.end - j.start + len(BETWEEN)
    text = BETWEEN.join(source_text[j.start : j.end] for j in kept)
    blocks = tuple(
        Block(
            kind=j.kind,
            start=j.start,
            end=j.end,
            at=places.get(j.start) if j.kind in KEPT_KINDS else None,
            reason=j.reason,
        )
        for j in ordered
    )
    return text, blocks
