"""Name mentions → what the text calls the person beside the name: titles before it, appositions around it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from copydesk.model.markup import Sentence
from copydesk.model.spans import Span
from copydesk.reference.naming import ADDRESS, OFFICES
from copydesk.resolving.syntax import Syntax

WORDS_MAX = 14  # tokens of a role; a longer apposition is cut at its first comma or relative clause
CLIMB_MAX = 4
_BEFORE = frozenset({"compound", "amod", "nmod", "poss", "case", "punct", "det", "nummod", "npadvmod"})
_OPENS = frozenset({",", ";", ":", "(", "—", "–", "-", "who", "which", "that", "whose", "where", "when"})


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleMention:
    """A role as one place of the text has it; `head` is the lemma of the noun that names the office."""

    text: str
    head: str
    span: Span


def roles_at(syntax: Syntax, start: int, end: int) -> Iterator[RoleMention]:
    """The roles that stand beside the name at a place."""
    if not syntax.markup.sentences:
        return
    number = syntax.sentence_at(start)
    sentence = syntax.markup.sentences[number]
    head = syntax.head_of(start, end)
    if head is None:
        return
    yield from _before(syntax, sentence, start, head)
    for child in syntax.children(head, sentence):
        if syntax.tokens.dep[child] == "appos" and syntax.tokens.start[child] >= end:
            yield from _apposition(syntax, sentence, child)
    if syntax.tokens.dep[head] == "appos":
        top = syntax.tokens.head[head]
        for _ in range(CLIMB_MAX):  # "the mayor of Port Vessel, Ada Lund": the name is often hung on the place
            if _is_office(syntax, top) or syntax.tokens.dep[top] not in ("pobj", "prep", "compound", "conj"):
                break
            top = syntax.tokens.head[top]
        yield from _named_after(syntax, sentence, start, top)


def _role(syntax: Syntax, first: int, last: int, head: int) -> Iterator[RoleMention]:
    """The role in tokens first ≤ i < last, if its head is a noun of office and it is not a bare form of address."""
    tokens = syntax.tokens
    while first < last and (tokens.pos[first] in ("DET", "PUNCT", "PRON", "SPACE") or tokens.dep[first] == "case"):
        first += 1
    while last > first and tokens.pos[last - 1] in ("PUNCT", "SPACE"):
        last -= 1
    if first >= last or last - first > WORDS_MAX or not _is_office(syntax, head):
        return
    text = syntax.words(first, last)
    if last - first == 1 and text.rstrip(".").lower() in ADDRESS and text.rstrip(".").lower() not in OFFICES:
        return
    span = Span(article=syntax.markup.article, start=tokens.start[first], end=tokens.end[last - 1])
    yield RoleMention(text=text, head=tokens.lemma[head].rstrip("."), span=span)


def _is_office(syntax: Syntax, i: int) -> bool:
    lemma = syntax.tokens.lemma[i].rstrip(".")
    return lemma in OFFICES or lemma in ADDRESS or lemma.rpartition("-")[2] in OFFICES


def _before(syntax: Syntax, sentence: Sentence, start: int, head: int) -> Iterator[RoleMention]:
    """ "Port Vessel mayor Ada Lund": the words right before the name that belong to it."""
    last = syntax.within(start, start + 1)
    if not last:
        return
    first = last[0]
    tokens = syntax.tokens
    while first - 1 >= sentence.first and last[0] - first < WORDS_MAX:
        i = first - 1
        if tokens.dep[i] not in _BEFORE or (
            tokens.pos[i] == "PUNCT" and syntax.words(i, i + 1) not in ("-", "'", "’", ".")
        ):
            break
        first = i
    if first < last[0]:
        yield from _role(syntax, first, last[0], last[0] - 1)


def _apposition(syntax: Syntax, sentence: Sentence, top: int) -> Iterator[RoleMention]:
    """ "Ada Lund, the mayor of Port Vessel": the phrase after the name."""
    held = syntax.subtree(top, sentence)
    last = top + 1
    for i in held:
        if i <= top:
            continue
        if i != last or syntax.words(i, i + 1).lower() in _OPENS:
            break
        last = i + 1
    first = top
    while first - 1 in held and syntax.words(first - 1, first) not in (",", "–", "—", "("):
        first -= 1
    yield from _role(syntax, first, last, top)


def _named_after(syntax: Syntax, sentence: Sentence, start: int, top: int) -> Iterator[RoleMention]:
    """ "The mayor of Port Vessel, Ada Lund": the phrase that the name explains."""
    held = {i for i in syntax.subtree(top, sentence) if syntax.tokens.end[i] <= start}
    if top in held:
        first = min(i for i in held if all(j in held for j in range(i, top)))
        last = max(i for i in held if all(j in held for j in range(top, i))) + 1
        yield from _role(syntax, first, last, top)
