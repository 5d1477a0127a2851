"""One story's pile, who and when → claims, facts, conflicts."""

from __future__ import annotations

from dataclasses import dataclass, replace

from copydesk.aligning.claims import make_claims
from copydesk.aligning.conflicts import find_conflicts
from copydesk.aligning.detail_facts import add_details
from copydesk.aligning.evidence import Evidence, weigh_evidence
from copydesk.aligning.facts import group_facts, make_teller
from copydesk.aligning.ground import lay_ground
from copydesk.aligning.judge import Judge, load_judge
from copydesk.aligning.options import AligningOptions
from copydesk.aligning.units import Unit, distinct, find_units
from copydesk.linking.columns import FloatMatrix
from copydesk.model.piles import Pile
from copydesk.model.ports import PartEncoder
from copydesk.model.spans import Span
from copydesk.model.stories import Alignment, Claim, Conflict, Fact, Resolution


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """One story's claims, the units they were made of (in the same order), and the evidence on pairs of wordings.

    `rows` gives each unit's place among the distinct wordings that `evidence` counts.
    """

    units: tuple[Unit, ...]
    rows: tuple[int, ...]
    claims: tuple[Claim, ...]
    evidence: Evidence
    resolution: Resolution


def align(pile: Pile, resolution: Resolution, encoder: PartEncoder[FloatMatrix], options: AligningOptions) -> Alignment:
    """The claims of a story, each in exactly one fact, and where they cannot all hold."""
    return conclude(weigh(pile, resolution, encoder, options), pile, load_judge(), options)


def weigh(pile: Pile, resolution: Resolution, encoder: PartEncoder[FloatMatrix], options: AligningOptions) -> Weighed:
    """The claims of a story with what speaks for and against each pair: all that comes before a judgement."""
    units = find_units(pile, options)
    claims = make_claims(units, pile, resolution)
    firsts, rows = distinct(units)
    speakers = tuple(claims[n].speaker for n in firsts)
    evidence = weigh_evidence(tuple(units[n] for n in firsts), speakers, (pile, resolution), encoder)
    return Weighed(units=units, rows=rows, claims=claims, evidence=evidence, resolution=resolution)


def conclude(weighed: Weighed, pile: Pile, judge: Judge, options: AligningOptions) -> Alignment:
    """What the judge makes of the evidence."""
    if not weighed.claims:
        return Alignment(claims=(), facts=(), conflicts=())
    score = judge.probability(weighed.evidence.features)
    ground = lay_ground((weighed.units, weighed.rows), weighed.claims, (weighed.evidence, score), weighed.resolution)
    teller = make_teller(ground, pile, judge)
    facts, conflicts = tie(group_facts(teller, options), find_conflicts(ground), weighed.claims)
    claims, details = add_details(ground, teller, facts, conflicts)
    return Alignment(claims=(*weighed.claims, *claims), facts=(*facts, *details), conflicts=conflicts)


def tie(
    facts: tuple[Fact, ...], conflicts: tuple[Conflict, ...], claims: tuple[Claim, ...]
) -> tuple[tuple[Fact, ...], tuple[Conflict, ...]]:
    """Conflicts with the facts they touch, and the facts that they dispute marked so."""
    fact_of = {claim: fact.id for fact in facts for claim in fact.claims}
    claim_at = {Span(article=c.article, start=c.start, end=c.end): c.id for c in claims}
    sides = {x.id: [[claim_at[span] for span in side.support] for side in x.sides] for x in conflicts}
    tied = tuple(replace(x, facts=tuple(sorted({fact_of[c] for side in sides[x.id] for c in side}))) for x in conflicts)
    disputing = [sides[x.id] for x in conflicts if x.kind == "conflict" and x.slot != "name"]
    return tuple(
        replace(f, status="disputed") if any(_disputes(side, f) for side in disputing) else f for f in facts
    ), tied


def _disputes(sides: list[list[str]], fact: Fact) -> bool:
    """Whether a conflict is about a fact: it holds two of its sides, or half of its claims take part in one.

    An update disputes nothing, nor does a slip of spelling.
    """
    held = [set(side) & set(fact.claims) for side in sides]
    return sum(map(bool, held)) >= 2 or 2 * len(set().union(*held)) >= len(fact.claims)
