"""Units → claims: one thing one article says, with its voice, its speaker and its modality."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from copydesk.aligning.units import Unit
from copydesk.model.piles import Pile
from copydesk.model.spans import Span
from copydesk.model.stories import Claim, Resolution


def make_claims(units: Sequence[Unit], pile: Pile, resolution: Resolution) -> tuple[Claim, ...]:
    """The claim of each unit, in the same order."""
    speakers = find_speakers(units, resolution)
    return tuple(_claim(unit, pile, speaker) for unit, speaker in zip(units, speakers, strict=True))


def _claim(unit: Unit, pile: Pile, speaker: str | None) -> Claim:
    voices = pile.trace.voices_at(unit.span)
    key = f"{unit.article.id}\0{unit.start}\0{unit.end}"
    return Claim(
        id="c-" + hashlib.sha256(key.encode()).hexdigest()[:12],
        article=unit.article.id,
        start=unit.start,
        end=unit.end,
        voice=voices[0] if voices else None,
        speaker=speaker,
        modality="happened",
        slots=(),
    )


def find_speakers(units: Sequence[Unit], resolution: Resolution) -> tuple[str | None, ...]:
    """For each unit the speaker of the quotation that holds most of it."""
    quoted: dict[str, list[tuple[Span, str | None]]] = {}
    for quote in resolution.quotes:
        for span in (*quote.support, *(s for v in quote.variants for s in v.support)):
            quoted.setdefault(span.article, []).append((span, quote.speaker))
    return tuple(_speaker(unit.span, quoted.get(unit.article.id, ())) for unit in units)


def _speaker(span: Span, quoted: Sequence[tuple[Span, str | None]]) -> str | None:
    held: dict[str | None, int] = {}
    for place, speaker in quoted:
        if overlap := place.overlap(span):
            held[speaker] = held.get(speaker, 0) + overlap
    best = max(held.items(), key=lambda item: (item[1], item[0] or ""), default=(None, 0))
    return best[0] if best[1] * 2 > span.end - span.start else None
