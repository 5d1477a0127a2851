"""One story's pile, who and when → claims, facts, conflicts."""

from __future__ import annotations

from copydesk.aligning.claims import find_claims
from copydesk.aligning.facts import group_facts
from copydesk.aligning.options import AligningOptions
from copydesk.linking.columns import FloatMatrix
from copydesk.model.piles import Pile
from copydesk.model.ports import SentenceEncoder
from copydesk.model.stories import Alignment, Resolution


def align(
    pile: Pile, resolution: Resolution, encoder: SentenceEncoder[FloatMatrix], options: AligningOptions
) -> Alignment:
    """The claims of a story, each in exactly one fact, and where they cannot all hold."""
    claims = find_claims(pile, resolution, options)
    facts = group_facts(pile, claims, encoder, options)
    return Alignment(claims=claims, facts=facts, conflicts=())
