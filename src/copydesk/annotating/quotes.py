"""Sentences, tokens and names of one article → who is quoted saying what."""

from __future__ import annotations

from collections.abc import Sequence

from copydesk.model.markup import NameMention, QuoteMention, Sentence, Tokens
from copydesk.model.spans import Stretch

_VERB_WORDS = (
    "say tell add claim announce state report believe argue warn note explain insist suggest declare deny admit "
    "acknowledge confirm write tweet ask accuse describe call criticize stress allege assert reveal predict "
    "estimate vow pledge promise think hope"
)
_VERBS = frozenset(_VERB_WORDS.split())
_OPEN = "“\"«„"
_CLOSE = "”\"»“"


def find_quotes(
    text: str, sentences: Sequence[Sentence], tokens: Tokens, names: Sequence[NameMention]
) -> tuple[QuoteMention, ...]:
    """The quotations and attributed statements of one article."""
    found = []
    for sentence in sentences:
        for i in range(sentence.first, sentence.last):
            if tokens.lemma[i] in _VERBS and tokens.pos[i] == "VERB":
                quote = _attribution(text, sentence, tokens, names, i)
                if quote:
                    found.append(quote)
                    break
    return tuple(found)


def _attribution(
    text: str, sentence: Sentence, tokens: Tokens, names: Sequence[NameMention], cue: int
) -> QuoteMention | None:
    inside = range(sentence.first, sentence.last)
    subject = next((i for i in inside if tokens.head[i] == cue and tokens.dep[i] in ("nsubj", "nsubjpass")), None)
    said = next((i for i in inside if tokens.head[i] == cue and tokens.dep[i] in ("ccomp", "parataxis", "dobj")), None)
    if said is None:
        return None
    content = _subtree(tokens, said, sentence)
    source = _subtree(tokens, subject, sentence) if subject is not None else None
    words = text[content.start : content.end]
    marks = sum(words.count(c) for c in set(_OPEN + _CLOSE))
    kind = "indirect" if not marks else "direct" if words[:1] in _OPEN else "mixed"
    name = None
    if source is not None:
        inner = [n for n in names if n.start >= source.start and n.end <= source.end and n.type in ("person", "organization")]
        name = inner[0].text if inner else None
    return QuoteMention(
        kind=kind,  # type: ignore[arg-type]
        content=(content,),
        cue=Stretch(start=tokens.start[cue], end=tokens.end[cue]),
        source=source,
        source_name=name,
        via=(),
        reason=f"clause of the reporting verb {tokens.lemma[cue]!r}",
    )


def _subtree(tokens: Tokens, top: int, sentence: Sentence) -> Stretch:
    members = {top}
    for _ in range(12):
        grown = {i for i in range(sentence.first, sentence.last) if tokens.head[i] in members} | members
        if len(grown) == len(members):
            break
        members = grown
    return Stretch(start=tokens.start[min(members)], end=tokens.end[max(members)])
