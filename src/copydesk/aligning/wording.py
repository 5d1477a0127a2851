"""The claims of a fact → the one that says it most clearly."""

from __future__ import annotations

from copydesk.aligning.ground import Ground
from copydesk.aligning.units import Unit
from copydesk.model.copies import Trace

LENGTH_BEST = 130  # characters: long enough to say who did what, short enough to be read at a glance
LENGTH_WORST = 400
COMPARED_MAX = 40  # claims of a fact that each wording is compared with: a fact of 300 reprints has few wordings


def rewritten_articles(trace: Trace) -> frozenset[str]:
    """The articles whose text is a translated or spun copy of another: their words are nobody's."""
    return frozenset(
        x.copy for x in trace.links if x.kind == "rewritten" and x.coverage >= 0.4 and x.direction != "unknown"
    )


def clearest(group: list[int], ground: Ground, rewritten: frozenset[str]) -> int:
    """The unit with the clearest wording: a whole sentence, short, like the others, of an origin rather than a copy."""

    def score(n: int) -> float:
        unit = ground.units[n]
        others = [m for m in group[:COMPARED_MAX] if m != n]
        central = sum(ground.probability(n, m) for m in others) / max(1, len(others))
        length = min(1.0, abs(len(unit.text) - LENGTH_BEST) / LENGTH_WORST)
        return (
            central + 1.2 * _is_whole(unit) - 1.5 * (unit.article.id in rewritten) - length - 0.3 * _needs_context(unit)
        )

    return max(group, key=lambda n: (round(score(n), 6), -ground.units[n].place, -n))


def _is_whole(unit: Unit) -> bool:
    text = unit.text.strip()
    return text[:1].lstrip("“\"'‘").isupper() and text.rstrip("”\"'’")[-1:] in ".!?"


def _needs_context(unit: Unit) -> bool:
    """Whether the wording opens with a word that points back, as "He", "It", "But"."""
    tokens = unit.markup.tokens
    first = next((i for i in range(unit.first, unit.last) if tokens.pos[i] not in ("PUNCT", "SPACE")), unit.first)
    return tokens.pos[first] in ("PRON", "CCONJ", "SCONJ") or tokens.lemma[first] in (
        "this",
        "that",
        "these",
        "those",
        "also",
    )
