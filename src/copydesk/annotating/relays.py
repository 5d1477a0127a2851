"""A cue and its source → the speaker, and whoever relayed the words ("quoted by …", "… quoted her as saying")."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from copydesk.annotating.readings import Reading
from copydesk.model.spans import Stretch

_QUOTING = frozenset(["quote", "cite"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Relay:
    """The tokens that name the speaker, and the names of the relays."""

    source: tuple[int, ...]
    via: tuple[Stretch, ...]


def find_relay(reading: Reading, cue: int, source: Sequence[int]) -> Relay:
    """Who speaks and who passed it on. Without a relay the source stays as it is."""
    tokens = reading.tokens
    sentence = reading.sentences[reading.sentence_of[cue]]
    quoting = [i for i in range(sentence.first, sentence.last) if tokens.lemma[i] in _QUOTING and tokens.pos[i] == "VERB"]
    for verb in quoting:
        agent = next((c for c in reading.children[verb] if tokens.dep[c] == "agent"), None)
        name = next((c for c in reading.children[agent] if tokens.dep[c] == "pobj"), None) if agent is not None else None
        by = _name(reading, name) if name is not None else None
        if by is not None and (tokens.dep[verb] == "acl" or verb in reading.up(cue)):
            # "Quill, quoted by the agency N, said …", "Quill was quoted by N as saying …"
            kept = [i for i in source if i < verb] if verb in source else list(source)
            return Relay(source=tuple(kept), via=(by,))
        if verb != cue and verb not in reading.up(cue):
            continue
        subject = next((c for c in reading.children[verb] if tokens.dep[c] == "nsubj"), None)
        spoken = next((c for c in reading.children[verb] if tokens.dep[c] == "dobj"), None)
        told = range(verb, cue + 1 if verb < cue else sentence.last)
        as_saying = any(tokens.lemma[i] == "as" for i in told)
        if subject is not None and spoken is not None and as_saying and (by := _name(reading, subject)) is not None:
            # "The agency N quoted Quill as saying …"
            first, last = reading.subtree(spoken)
            stop = next((i for i in told if tokens.lemma[i] == "as"), last + 1)
            return Relay(source=tuple(range(first, min(last + 1, stop))), via=(by,))
    return Relay(source=tuple(source), via=())


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
