"""Facts → the few lines that tell the story, in the articles' own words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from copydesk.compiling.wording import Wording, faults, word_list
from copydesk.model.dossiers import Statement
from copydesk.model.spans import Span
from copydesk.model.stories import Claim, Conflict, Fact

LINES_MAX = 6
SCRAP = (
    0.6  # what a fault weighs against a fact's weight: .3 let half sentences and "I" into the summaries of real stories
)
NEWS = 0.2  # what a fact weighs more when it replaces an earlier state
REPEATED = 0.6  # share of a line's words that one chosen line already holds


def summarise(
    facts: Sequence[Fact], claims: Iterable[Claim], conflicts: Iterable[Conflict], wording: Wording
) -> tuple[Statement, ...]:
    """Three to six lines (fewer when there are fewer facts), corroborated ones first, each quoted from its first span.

    Then come facts that several voices tell and dispute in a part, then what one voice says. What is only asked is
    left out, and so are details, and what a later report has replaced: two tolls side by side tell a reader nothing.
    """
    replaced, standing = _updated(conflicts)
    asked = {c.id for c in claims if c.modality == "asked"}
    chosen: list[tuple[Statement, frozenset[str]]] = []
    for rank in range(3):
        usable = [
            f for f in facts if _rank(f) == rank and not f.detail_of and not (f.claims and asked.issuperset(f.claims))
        ]
        spans = {f.id: frozenset(s.span for s in f.support) for f in usable}
        usable = [f for f in usable if spans[f.id] & standing or not spans[f.id] & replaced]
        lines = [
            (line[0], line[1] + NEWS * bool(spans[f.id] & standing))
            for f in usable
            if (line := _line(f, wording)) is not None
        ]
        for statement, _ in sorted(lines, key=lambda x: -x[1]):
            words = frozenset(word_list(statement.text))
            if len(chosen) < LINES_MAX and not any(_repeats(words, before) for _, before in chosen):
                chosen.append((statement, words))
    return tuple(statement for statement, _ in chosen)


def _updated(conflicts: Iterable[Conflict]) -> tuple[frozenset[Span], frozenset[Span]]:
    """The spans of all sides of updates but the last, which are replaced, and those of the last, which stand."""
    updates = [c for c in conflicts if c.kind == "update" and c.sides]
    standing = frozenset(span for c in updates for span in c.sides[-1].support)
    return frozenset(span for c in updates for side in c.sides[:-1] for span in side.support) - standing, standing


def _rank(fact: Fact) -> int:
    return 0 if fact.status == "corroborated" else 1 if fact.voices > 1 else 2


def _repeats(words: frozenset[str], before: frozenset[str]) -> bool:
    return not words or len(words & before) > REPEATED * min(len(words), len(before))


def _line(fact: Fact, wording: Wording) -> tuple[Statement, float] | None:
    """The fact as its best span has it, and what the line weighs."""
    best = wording.best(fact)
    if best is None:
        return None
    words = wording.words(best)
    others = sorted({s.span for s in fact.support} - {best})
    return Statement(text=words, support=(best, *others)), fact.weight - SCRAP * faults(words)
