"""Units → claims: one thing one article says, with its voice, its speaker, its modality and its slots."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from copydesk.aligning.modality import find_modality, negation_at
from copydesk.aligning.units import Unit
from copydesk.aligning.values import find_values
from copydesk.model.piles import Pile
from copydesk.model.spans import Span
from copydesk.model.stories import Claim, Resolution, Slot, SlotName


def make_claims(units: Sequence[Unit], pile: Pile, resolution: Resolution) -> tuple[Claim, ...]:
    """The claim of each unit, in the same order."""
    speakers = find_speakers(units, resolution)
    slots = _slots(units, resolution)
    return tuple(_claim(unit, pile, speakers[n], slots[n]) for n, unit in enumerate(units))


def _claim(unit: Unit, pile: Pile, speaker: str | None, slots: list[Slot]) -> Claim:
    voices = pile.trace.voices_at(unit.span)
    key = f"{unit.article.id}\0{unit.start}\0{unit.end}"
    return Claim(
        id="c-" + hashlib.sha256(key.encode()).hexdigest()[:12],
        article=unit.article.id,
        start=unit.start,
        end=unit.end,
        voice=voices[0] if voices else None,
        speaker=speaker,
        modality=find_modality(unit),
        slots=tuple(sorted(slots, key=lambda s: (s.start, s.end, s.name, s.value))),
    )


def _slots(units: Sequence[Unit], resolution: Resolution) -> list[list[Slot]]:
    """The slots of each unit: its numbers, times, names and places, and its negation."""
    found: list[list[Slot]] = [[] for _ in units]
    for value in find_values(units, resolution):
        found[value.unit].append(
            Slot(name=value.slot, about=value.about, value=value.value, start=value.start, end=value.end)
        )
    kinds = {e.id: (e.type, e.name) for e in resolution.entities}
    spans: dict[str, list[tuple[Span, str]]] = {}
    for span, entity in resolution.entity_of.items():
        spans.setdefault(span.article, []).append((span, entity))
    for n, unit in enumerate(units):
        for span, entity in spans.get(unit.article.id, ()):
            if unit.start <= span.start and span.end <= unit.end and entity in kinds:
                kind, name = kinds[entity]
                slot: SlotName = "place" if kind == "place" else "name"
                found[n].append(Slot(name=slot, about=name, value=entity, start=span.start, end=span.end))
        if (at := negation_at(unit)) is not None:
            tokens = unit.markup.tokens
            found[n].append(Slot(name="polarity", about="", value="no", start=tokens.start[at], end=tokens.end[at]))
    return found


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
