"""A cue and its source → the speaker, and whoever relayed the words ("quoted by …", "… quoted her as saying")."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from copydesk.annotating.readings import Reading
from copydesk.model.spans import Stretch

_QUOTING = frozenset(["quote", "cite"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Relay:
    """The tokens that name the speaker, the names of the relays, and the first token that can be content."""

    source: tuple[int, ...]
    via: tuple[Stretch, ...]
    said_from: int = 0


def find_relay(reading: Reading, cue: int, source: Sequence[int]) -> Relay:
    """Who speaks and who passed it on. Without a relay the source stays as it is."""
    tokens = reading.tokens
    sentence = reading.sentences[reading.sentence_of[cue]]
    for verb in range(sentence.first, sentence.last):
        if tokens.lemma[verb] not in _QUOTING or tokens.pos[verb] != "VERB":
            continue
        if (by := _agent(reading, verb)) is not None and (tokens.dep[verb] == "acl" or verb in reading.up(cue)):
            # "Quill, quoted by the agency N, said …", "Quill was quoted by N as saying …"
            kept = [i for i in source if i < verb] if verb in source else list(source)
            return Relay(source=tuple(kept), via=(by,))
        if verb == cue or verb in reading.up(cue):
            relay = _quoted_as_saying(reading, verb, sentence.last)
            if relay is not None:
                return relay
    return Relay(source=tuple(source), via=())


def _agent(reading: Reading, verb: int) -> Stretch | None:
    """Who quotes, in the passive: the name after "by"."""
    dep = reading.tokens.dep
    by = next((c for c in reading.children[verb] if dep[c] == "agent"), None)
    name = next((c for c in reading.children[by] if dep[c] == "pobj"), None) if by is not None else None
    return _name(reading, name) if name is not None else None


def _quoted_as_saying(reading: Reading, verb: int, last: int) -> Relay | None:
    """ "The agency N quoted Quill as saying …": N relays what Quill says."""
    dep, lemma = reading.tokens.dep, reading.tokens.lemma
    subjects = [c for c in reading.children[verb] if dep[c] == "nsubj"]
    spoken = next((c for c in reading.children[verb] if dep[c] in ("dobj", "dative")), None)
    saying = next(
        (i for i in range(verb + 2, min(verb + 25, last)) if lemma[i] == "say" and lemma[i - 1] == "as"), None
    )
    if not subjects or spoken is None or saying is None or not verb < spoken < saying:
        return None
    subject = next((c for c in subjects if reading.name_of[c] >= 0), subjects[0])
    by = _name(reading, subject)
    first, end = reading.subtree(spoken)
    source = tuple(range(first, min(end + 1, saying - 1)))
    return Relay(source=source, via=(by,) if by is not None else (), said_from=saying + 1)


def _name(reading: Reading, head: int) -> Stretch | None:
    """The organization's or outlet's name in a noun phrase, else the phrase; None for a pronoun."""
    if reading.tokens.pos[head] == "PRON":
        return None
    first, last = reading.subtree(head)
    for i in (head, *range(last, first - 1, -1)):
        if reading.name_of[i] >= 0:
            name = reading.names[reading.name_of[i]]
            if i == head or name.type == "organization":
                return Stretch(start=name.start, end=name.end)
    return Stretch(start=reading.tokens.start[first], end=reading.tokens.end[head])
