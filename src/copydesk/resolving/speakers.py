"""A quotation's source → the entity that speaks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from copydesk.model.markup import QuoteMention
from copydesk.model.spans import Span
from copydesk.model.stories import Entity
from copydesk.reference.naming import ADDRESS, OFFICES
from copydesk.resolving.syntax import Syntax
from copydesk.text.normalise import find_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Who speaks: the entity's id or None, the words that say so, and how it was found."""

    entity: str | None
    text: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """The entities of a story, and what every span of one article stands for, names and stand-ins together."""

    entities: Mapping[str, Entity]
    spans: Mapping[Span, str]


def find_speaker(syntax: Syntax, quote: QuoteMention, cast: Cast) -> Speaker:
    """The speaker of a quotation as this article tells it."""
    source = quote.source
    text = "" if source is None else " ".join(syntax.text[source.start : source.end].split())
    pronoun = text.lower() in ("he", "she", "it", "they")
    if pronoun and quote.source_name:
        known = _by_name(quote.source_name, cast)
        if known is not None:
            return Speaker(entity=known, text=text, reason="the name behind the pronoun")
    if source is not None:
        inside = sorted(s for s in cast.spans if s.start < source.end and source.start < s.end)
        people = [s for s in inside if cast.entities[cast.spans[s]].type == "person"]
        if _are_several(syntax, people, cast):
            return Speaker(entity=None, text=text, reason="two people together")
        chosen = _of_source(syntax, inside, cast, (source.start, source.end))
        if chosen is not None:
            return Speaker(entity=cast.spans[chosen], text=text, reason="named as the source of the words")
    if quote.source_name:
        known = _by_name(quote.source_name, cast)
        if known is not None:
            return Speaker(entity=known, text=text or quote.source_name, reason="the name behind the source")
    return Speaker(entity=None, text=text or quote.source_name or "", reason="no named speaker found")


def _of_source(syntax: Syntax, inside: list[Span], cast: Cast, source: tuple[int, int]) -> Span | None:
    """Of the names in a source phrase the one that speaks: a person; else the phrase's head, or all of the phrase."""
    people = [s for s in inside if cast.entities[cast.spans[s]].type == "person"]
    head = syntax.head_of(*source)
    at = -1 if head is None else syntax.tokens.start[head]
    for s in people:
        if s.start <= at < s.end:
            return s
    if head is not None and syntax.tokens.lemma[head] in OFFICES and not any(s.start <= at < s.end for s in inside):
        beside = [s for s in people if _is_apposed(syntax, head, s)]
        return beside[0] if beside else None
    if people:
        return people[0]
    for s in inside:
        if s.start <= at < s.end:
            return s
    return None


def _are_several(syntax: Syntax, people: list[Span], cast: Cast) -> bool:
    """Whether a source begins with two people joined by "and": their words are no one's alone."""
    if len(people) < 2 or cast.spans[people[0]] == cast.spans[people[1]]:
        return False
    return syntax.text[people[0].end : people[1].start].strip() in ("and", "&")


def _is_apposed(syntax: Syntax, head: int, span: Span) -> bool:
    """Whether a name explains a noun ("the mayor, Ada Lund") and does not only belong to it ("Ada Lund's lawyer")."""
    top = syntax.head_of(span.start, span.end)
    return top is not None and (
        top == head or (syntax.tokens.head[top] == head and syntax.tokens.dep[top] in ("appos", "nmod", "compound"))
    )


def _by_name(name: str, cast: Cast) -> str | None:
    """The entity of this article that has a name for its spelling, with or without its form of address; of several the
    one that is called so most often."""
    wanted = _plain(name)
    called = {
        entity: sum(alias.count for alias in cast.entities[entity].aliases if _plain(alias.text) == wanted)
        for entity in sorted(set(cast.spans.values()))
    }
    return max((e for e in called if called[e]), key=lambda e: (called[e], e), default=None)


def _plain(name: str) -> tuple[str, ...]:
    keys = [w.key for w in find_words(name)]
    while len(keys) > 1 and (keys[0] in ADDRESS or keys[0] == "the"):
        keys = keys[1:]
    return tuple(keys)
