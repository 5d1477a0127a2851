"""A fact's spans → the one that tells it best: complete, plain, in the words that most articles share."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from copydesk.model.dossiers import TracedArticle
from copydesk.model.spans import Span
from copydesk.model.stories import Fact

LENGTH_BEST = (40, 320)  # code points of a line that says something and is still read
WORD = re.compile(r"\w+")
LEANING = re.compile(  # openings that need the sentence before them
    r"(?:he|she|it|they|this|that|these|those|his|her|its|their|but|and|or|so|also|however|meanwhile|who|which)\b",
    re.IGNORECASE,
)
HALF = re.compile(
    r"(?:after|when|while|as|because|if|although|though|since|before|with)\b", re.IGNORECASE
)  # of a sentence, when no stop ends it
QUOTED = re.compile(r"[\"“][^\"“”]{0,600}[\"”]|‘[^‘’]{0,600}’")
SPOKEN = re.compile(
    r"\b(?:I|[Mm]e|[Mm]y|[Ww]e|[Oo]ur|us|[Yy]ou|[Yy]our)\b|\bI['’]"
)  # somebody's own words, outside quotation marks
CLOSED = re.compile(r"[.!?…][\"'”’»)\]]*$")


class Wording:
    """Chooses words for facts from one story's articles; those with altered language speak last."""

    def __init__(self, articles: Sequence[TracedArticle]) -> None:
        self._texts = {a.article.id: a.article.text for a in articles}
        self._altered = {a.article.id for a in articles if a.warnings}

    def words(self, span: Span) -> str:
        """The words of a span as written, "" when it lies in dropped matter or in no article of the story."""
        return "" if span.in_source else self._texts.get(span.article, "")[span.start : span.end].strip()

    def best(self, fact: Fact) -> Span | None:
        """The fact's best-written span, None when it has none in the articles' text."""
        told = {s.span: words for s in fact.support if (words := self.words(s.span))}
        apart = _apart(told)

        def badness(span: Span) -> tuple[float, bool, Span]:
            found = faults(told[span]) + 0.5 * (span.article in self._altered) + 0.4 * apart[span]
            return round(found, 6), told[span] != fact.text, span

        return min(told, key=badness, default=None)

    def told(self, fact: Fact) -> Fact:
        """The fact with the words of its best span as its text, that span first among the support; a detail has the words
        that stand in the clause it is of."""
        best = (
            self.best(fact)
            if not fact.detail_of
            else next((s.span for s in fact.support if self.words(s.span) == fact.text), None)
        )
        if best is None:
            return fact
        support = sorted(fact.support, key=lambda s: s.span != best)
        return replace(fact, text=self.words(best), support=tuple(support))


def _apart(told: dict[Span, str]) -> dict[Span, float]:
    """How far each span's wording lies from the others', 0 to 1: a spun copy says it in words nobody else has."""
    words = {span: frozenset(word_list(text)) for span, text in told.items()}
    counts = Counter(w for found in words.values() for w in found)
    others = max(1, len(told) - 1)
    return {
        span: 1 - sum(counts[w] - 1 for w in found) / (others * max(1, len(found))) if len(told) > 1 else 0.0
        for span, found in words.items()
    }


def word_list(text: str) -> list[str]:
    """The words of a text, lower-cased."""
    return [w.lower() for w in WORD.findall(text)]


def faults(words: str) -> float:
    """What keeps a line from standing alone: 0 for a whole plain sentence, above 1 for a scrap."""
    shortest, longest = LENGTH_BEST
    first = words.lstrip("\"'“‘«([")
    return (
        0.5 * (not first[:1].isupper() and not first[:1].isdigit())
        + 0.3 * bool(LEANING.match(first))
        + 0.3 * (CLOSED.search(words) is None)
        + 0.6 * (CLOSED.search(words) is None and HALF.match(first) is not None)
        + 0.5 * ("\n" in words)
        + 0.6 * (SPOKEN.search(QUOTED.sub("", words)) is not None)
        + 0.3 * (QUOTED.fullmatch(words.strip(" ,.")) is not None)
        + 0.5 * (len(words) < shortest)
        + 0.5 * (len(words) > longest)
        + 0.2 * (words.count('"') % 2)
    )
