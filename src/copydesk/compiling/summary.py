"""Facts → the few lines that tell the story, in the articles' own words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from copydesk.model.dossiers import Statement, TracedArticle
from copydesk.model.spans import Span
from copydesk.model.stories import Claim, Fact

LINES_MAX = 6
LENGTH_BEST = (40, 320)  # code points of a line that says something and is still read
REPEATED = 0.6  # share of a line's words that one chosen line already holds
WORD = re.compile(r"\w+")
LEANING = re.compile(  # openings that need the sentence before them
    r"(?:he|she|it|they|this|that|these|those|his|her|its|their|but|and|or|so|also|however|meanwhile|who|which)\b",
    re.IGNORECASE,
)
CLOSED = re.compile(r"[.!?…][\"'”’»)\]]*$")


def summarise(
    facts: Sequence[Fact], claims: Iterable[Claim], articles: Sequence[TracedArticle]
) -> tuple[Statement, ...]:
    """Three to six lines (fewer when there are fewer facts), corroborated ones first, each quoted from its first span.

    Then come facts that several voices tell and dispute in a part, then what one voice says. What is only asked is
    left out.
    """
    texts = {a.article.id: a.article.text for a in articles}
    altered = {a.article.id for a in articles if a.warnings}
    asked = {c.id for c in claims if c.modality == "asked"}
    chosen: list[tuple[Statement, frozenset[str]]] = []
    for rank in range(3):
        usable = [f for f in facts if _rank(f) == rank and not (f.claims and asked.issuperset(f.claims))]
        lines = [line for f in usable if (line := _line(f, texts, altered)) is not None]
        for statement, _ in sorted(lines, key=lambda x: -x[1]):
            words = frozenset(w.lower() for w in WORD.findall(statement.text))
            if len(chosen) < LINES_MAX and not any(_repeats(words, before) for _, before in chosen):
                chosen.append((statement, words))
    return tuple(statement for statement, _ in chosen)


def _rank(fact: Fact) -> int:
    return 0 if fact.status == "corroborated" else 1 if fact.voices > 1 else 2


def _repeats(words: frozenset[str], before: frozenset[str]) -> bool:
    return not words or len(words & before) > REPEATED * min(len(words), len(before))


def _line(fact: Fact, texts: dict[str, str], altered: set[str]) -> tuple[Statement, float] | None:
    """The fact as its best-written span has it, that span first among the support, and what the line weighs."""
    spans = [s.span for s in fact.support if _words_at(s.span, texts)]
    if not spans:
        return None

    told = {s: _words_at(s, texts) for s in spans}
    apart = _apart(told)

    def badness(span: Span) -> tuple[float, bool, Span]:
        faults = _faults(told[span]) + 0.5 * (span.article in altered) + 0.4 * apart[span]
        return round(faults, 6), told[span] != fact.text, span

    best = min(spans, key=badness)
    words = told[best]
    support = (best, *sorted(s for s in set(spans) if s != best))
    return Statement(text=words, support=support), fact.weight - 0.3 * _faults(words)


def _apart(told: dict[Span, str]) -> dict[Span, float]:
    """How far each span's wording lies from the others', 0 to 1: a spun copy says it in words nobody else has."""
    words = {span: frozenset(w.lower() for w in WORD.findall(text)) for span, text in told.items()}
    counts = Counter(w for found in words.values() for w in found)
    others = max(1, len(told) - 1)
    return {
        span: 1 - sum(counts[w] - 1 for w in found) / (others * max(1, len(found))) if len(told) > 1 else 0.0
        for span, found in words.items()
    }


def _words_at(span: Span, texts: dict[str, str]) -> str:
    """The words of a span as written, "" when it lies in dropped matter or in no article of the story."""
    return "" if span.in_source else texts.get(span.article, "")[span.start : span.end].strip()


def _faults(words: str) -> float:
    shortest, longest = LENGTH_BEST
    first = words.lstrip("\"'“‘«([")
    return (
        0.5 * (not first[:1].isupper() and not first[:1].isdigit())
        + 0.3 * bool(LEANING.match(first))
        + 0.3 * (CLOSED.search(words) is None)
        + 0.5 * ("\n" in words)
        + 0.5 * (len(words) < shortest)
        + 0.5 * (len(words) > longest)
        + 0.2 * (words.count('"') % 2)
    )
