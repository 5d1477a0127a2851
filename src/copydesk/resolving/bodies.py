""" "The airline", "the agency" → the organization that it stands for, within one article."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from copydesk.model.markup import Sentence
from copydesk.model.spans import Span
from copydesk.model.stories import Entity
from copydesk.reference import find_agency
from copydesk.resolving.syntax import Syntax
from copydesk.text.normalise import find_words

# Nouns that stand for an organization named before, with the words of names that fit them; the noun itself always does.
# An empty set: the noun fits any organization that has no better noun.
NOUNS: dict[str, frozenset[str]] = {
    "airline": frozenset({"airlines", "airways", "air"}), "carrier": frozenset({"airlines", "airways", "air"}),
    "bank": frozenset({"bank", "banking", "bancorp"}), "lender": frozenset({"bank", "banking"}),
    "agency": frozenset({"authority", "administration", "bureau", "service"}),
    "authority": frozenset(), "department": frozenset({"dept"}), "ministry": frozenset(), "bureau": frozenset(),
    "company": frozenset(), "firm": frozenset(), "corporation": frozenset(), "maker": frozenset(), "manufacturer": frozenset(),
    "retailer": frozenset(), "operator": frozenset(), "startup": frozenset(), "utility": frozenset(), "provider": frozenset(),
    "zoo": frozenset(), "university": frozenset({"college"}), "museum": frozenset(), "hospital": frozenset({"clinic"}),
    "club": frozenset({"fc"}), "team": frozenset(), "party": frozenset(), "union": frozenset(), "council": frozenset(),
    "court": frozenset(), "committee": frozenset(), "commission": frozenset(), "charity": frozenset({"foundation", "trust"}),
    "group": frozenset(), "organization": frozenset(), "organisation": frozenset(), "institute": frozenset(),
    "newspaper": frozenset({"times", "post", "news", "herald"}), "network": frozenset({"tv", "news"}),
}  # fmt: skip
ANY = frozenset({"company", "firm", "airline", "carrier", "bank", "lender", "agency", "utility", "provider", "operator",
                 "maker", "manufacturer", "retailer", "startup", "corporation", "zoo"})  # fmt: skip


def follow_bodies(syntax: Syntax, named: Mapping[Span, str], entities: Mapping[str, Entity]) -> dict[Span, str]:
    """The organizations that an article's "the airline" and the like stand for."""
    bodies = sorted((s, e) for s, e in named.items() if entities[e].type == "organization")
    found: dict[Span, str] = {}
    for sentence in syntax.markup.sentences:
        for i in range(sentence.first, sentence.last):
            noun = syntax.tokens.lemma[i]
            if noun not in NOUNS or not _definite(syntax, sentence, i, named):
                continue
            at = syntax.tokens.start[i]
            chosen = _choose(noun, [(s, e) for s, e in bodies if s.start < at], entities)
            if chosen:
                found[Span(article=syntax.markup.article, start=at, end=syntax.tokens.end[i])] = chosen
    return found


def _definite(syntax: Syntax, sentence: Sentence, i: int, named: Mapping[Span, str]) -> bool:
    """Whether token i heads "the airline", singular, with no name in the phrase and nothing that tells it apart."""
    tokens = syntax.tokens
    if tokens.tag[i] != "NN" or tokens.dep[i] not in ("nsubj", "nsubjpass", "pobj", "dobj", "poss"):
        return False
    children = list(syntax.children(i, sentence))
    if not any(tokens.lemma[j] == "the" for j in children) or any(
        tokens.dep[j] in ("prep", "relcl", "appos", "poss") for j in children
    ):
        return False
    at = tokens.start[i]
    return not any(s.start <= at < s.end for s in named)


def _choose(noun: str, before: list[tuple[Span, str]], entities: Mapping[str, Entity]) -> str | None:
    """Of the organizations named before: one with a fitting word in its name, the last; else the most named."""
    fitting = NOUNS[noun] | {noun}
    for _, entity in reversed(before):
        if any(w.key in fitting for alias in entities[entity].aliases for w in find_words(alias.text)):
            return entity
    if noun not in ANY:
        return None
    counts = Counter(e for _, e in before if find_agency(entities[e].name) is None)
    last = {e: s.start for s, e in before}
    return max(counts, key=lambda e: (counts[e], last[e], e)) if counts else None
