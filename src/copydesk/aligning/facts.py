"""Claims and the evidence on their pairs → facts: what several articles say, and how many voices say it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from copydesk.aligning.evidence import Evidence
from copydesk.aligning.options import AligningOptions
from copydesk.aligning.units import Unit
from copydesk.linking import ScoredPairs, average_link, members
from copydesk.linking.columns import FloatColumn
from copydesk.model.piles import Pile
from copydesk.model.stories import Claim, Fact, Support


def group_facts(
    units: Sequence[Unit], claims: Sequence[Claim], judged: tuple[Evidence, FloatColumn], given: tuple[Pile, AligningOptions]
) -> tuple[Fact, ...]:
    """Every claim in exactly one fact, weightiest first."""
    (evidence, score), (pile, options) = judged, given
    kept = score > options.score_min
    pairs = ScoredPairs(left=evidence.left[kept], right=evidence.right[kept], score=score[kept])
    labels = average_link(len(claims), pairs, threshold=options.threshold)
    voices = tuple(v.id for v in pile.trace.voices)
    facts = [_fact([units[i] for i in group], [claims[i] for i in group], voices) for group in members(labels)]
    return tuple(sorted(facts, key=lambda f: (-f.weight, f.id)))


def _fact(units: list[Unit], claims: list[Claim], voices: tuple[str, ...]) -> Fact:
    named = sorted({c.voice for c in claims if c.voice is not None})
    articles = {c.article for c in claims}
    ids = tuple(c.id for c in claims)
    return Fact(
        id="f-" + hashlib.sha256("\0".join(sorted(ids)).encode()).hexdigest()[:12],
        text=units[0].text,
        status="corroborated" if len(named) >= 2 else "single-voice",
        claims=ids,
        support=tuple(Support(span=u.span, voice=c.voice) for u, c in zip(units, claims, strict=True)),
        articles=len(articles),
        voices=len(named),
        omitted_by=tuple(v for v in voices if v not in named),
        when=None,
        entities=(),
        weight=round(min(1.0, len(named) / max(1, len(voices))), 4),
        reasons=(f"{len(claims)} claims of {len(articles)} articles agree in content",),
    )
