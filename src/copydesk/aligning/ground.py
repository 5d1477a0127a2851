"""What comparing the values of one story's claims rests on."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from copydesk.aligning.evidence import Evidence
from copydesk.aligning.likenesses import class_of
from copydesk.aligning.units import Unit
from copydesk.linking.columns import FloatColumn
from copydesk.model.stories import Claim, Resolution, SlotName

UNITS_MIN = 40  # a story of fewer clauses cannot tell a rare word from a common one: it is weighed as if it had so many


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """A story's units and claims (in the same order) with the evidence on their pairs and the judge's score.

    `rows` gives each unit's place among the distinct wordings that the evidence counts, `place` finds a pair of these,
    `rarity` is the weight of a word class among the units. `places` are the places among the entities, `told_in` all
    that each article names.
    """

    units: tuple[Unit, ...]
    rows: tuple[int, ...]
    claims: tuple[Claim, ...]
    evidence: Evidence
    score: FloatColumn
    resolution: Resolution
    place: dict[tuple[int, int], int]
    rarity: dict[str, float]
    places: frozenset[str]
    told_in: dict[int, frozenset[str]]

    def probability(self, one: int, other: int) -> float:
        """The judge's probability that two units say the same: 1 in the same words, 0 for a pair that was no candidate."""
        ours, theirs = sorted((self.rows[one], self.rows[other]))
        if ours == theirs:
            return 1.0
        found = self.place.get((ours, theirs))
        return float(self.score[found]) if found is not None else 0.0

    def cosine(self, one: int, other: int) -> float:
        """How alike the sentences of two units are in meaning."""
        return float(self.evidence.sentences[self.rows[one]] @ self.evidence.sentences[self.rows[other]])

    def names(self, unit: int) -> list[str]:
        """The entities that a unit names."""
        return self.evidence.names[self.rows[unit]]

    def sentence_names(self, unit: int) -> set[str]:
        """The entities that the sentence of a unit names."""
        ours = self.units[unit]
        found: set[str] = set()
        for step in (1, -1):
            at = unit if step == 1 else unit - 1
            while (
                0 <= at < len(self.units)
                and self.units[at].index == ours.index
                and self.units[at].sentence == ours.sentence
            ):
                found.update(self.names(at))
                at += step
        return found

    def places_of(self, unit: int) -> frozenset[str]:
        """The places that a unit names."""
        return self.places.intersection(self.names(unit))


@dataclass(frozen=True, slots=True, kw_only=True)
class Contest:
    """Values that cannot all hold: each with the units that give it, in order; of an update in order of time.

    `ending` says what is wrong with them, "" what is wrong with most of the slot.
    """

    slot: SlotName
    about: str
    sides: tuple[tuple[str, tuple[int, ...]], ...]
    told: tuple[str, ...]
    is_update: bool = False
    ending: str = ""


def lay_ground(
    told: tuple[tuple[Unit, ...], tuple[int, ...]],
    claims: tuple[Claim, ...],
    judged: tuple[Evidence, FloatColumn],
    resolution: Resolution,
) -> Ground:
    """The ground of one story; `told` holds its units and each one's place among the distinct wordings."""
    (units, rows), (evidence, score) = told, judged
    places = frozenset(e.id for e in resolution.entities if e.type == "place")
    named: dict[int, set[str]] = {}
    for unit, row in zip(units, rows, strict=True):
        named.setdefault(unit.index, set()).update(evidence.names[row])
    return Ground(
        units=units, rows=rows, claims=claims, evidence=evidence, score=score, resolution=resolution,
        place={pair: n for n, pair in enumerate(zip(evidence.left.tolist(), evidence.right.tolist(), strict=True))},
        rarity=_rarity(units), places=places, told_in={index: frozenset(held) for index, held in named.items()},
    )  # fmt: skip


def _rarity(units: Sequence[Unit]) -> dict[str, float]:
    held: Counter[str] = Counter()
    for unit in units:
        held.update({class_of(unit.markup.tokens.lemma[i]) for i in range(unit.first, unit.last)})
    many = max(len(units), UNITS_MIN)
    return {word: math.log((1 + many) / (1 + n)) for word, n in held.items()}
