"""A sentence's tokens → its clauses, where each can stand alone."""

from __future__ import annotations

from itertools import pairwise

from copydesk.aligning.options import AligningOptions
from copydesk.model.markup import Sentence, Tokens
from copydesk.reference.attribution import attribution_class

ATTRIBUTION_MAX = 10  # words of a trailing attribution
REACH = 80  # tokens before an attribution in which its clause has its verb
_CLAUSES = frozenset({"conj", "relcl", "acl", "advcl", "parataxis", "ccomp"})
_WITH = frozenset({"when", "than"})  # "two men died when a ship rammed the pier" tells of one event
_VERBS = frozenset({"VERB", "AUX"})
_NO_WORD = frozenset({"PUNCT", "SPACE", "SYM"})


def split_sentence(tokens: Tokens, sentence: Sentence, options: AligningOptions) -> list[tuple[int, int]]:
    """The clauses of a sentence as token ranges, in order; every token lies in exactly one of them.

    A clause is cut off where its words run to the end of what is left (or of the sentence, an attribution aside)
    or open the sentence, and only when both parts keep `clause_words_min` words.
    """
    first, last = sentence.first, sentence.last
    if options.clause_words_min <= 0 or _words(tokens, first, last) < 2 * options.clause_words_min:
        return [(first, last)]
    edges = _edges(tokens, first, last)
    cuts: list[int] = []
    for at in sorted(_cut_points(tokens, first, last, edges)):
        start = cuts[-1] if cuts else first
        if (
            _words(tokens, start, at) >= options.clause_words_min
            and _words(tokens, at, last) >= options.clause_words_min
        ):
            cuts.append(at)
    bounds = [first, *cuts, last]
    return list(pairwise(bounds))


def _edges(tokens: Tokens, first: int, last: int) -> dict[int, tuple[int, int]]:
    """The leftmost and rightmost token below each token of the sentence."""
    low, high = list(range(first, last)), list(range(first, last))
    for i in range(first, last):
        at, steps = i, 0
        while tokens.head[at] != at and first <= tokens.head[at] < last and steps < 64:
            at = tokens.head[at]
            low[at - first], high[at - first] = min(low[at - first], i), max(high[at - first], i)
            steps += 1
    return {i: (low[i - first], high[i - first]) for i in range(first, last)}


def _cut_points(tokens: Tokens, first: int, last: int, edges: dict[int, tuple[int, int]]) -> set[int]:
    points = set()
    for i in range(first, last):
        if tokens.dep[i] not in _CLAUSES or tokens.pos[i] not in _VERBS or tokens.head[i] == i:
            continue
        left, right = edges[i]
        if tokens.dep[i] == "relcl" and (at := _predicate_after(tokens, i, right, last)) is not None:
            points.add(at)
            continue
        if tokens.dep[i] == "ccomp" and not _parted(tokens, left, first):
            continue
        if tokens.dep[i] == "conj" and not _stands(tokens, i, left, right):
            continue
        if tokens.dep[i] == "advcl" and any(tokens.head[j] == i and tokens.lemma[j] in _WITH for j in range(left, i)):
            continue
        if _ends(tokens, right + 1, last) and left > first:
            points.add(_open(tokens, left, first))
        elif left == first and right + 1 < last and tokens.pos[right + 1] == "PUNCT":
            points.add(right + 2)
    return {p for p in points if first < p < last}


def _predicate_after(tokens: Tokens, relative: int, right: int, last: int) -> int | None:
    """Where the predicate starts whose subject a relative clause is of: "The ship that rammed the pier | had failed …"."""
    subject = tokens.head[relative]
    at = right + 2 if right + 1 < last and tokens.pos[right + 1] == "PUNCT" else right + 1
    if tokens.dep[subject] not in ("nsubj", "nsubjpass") or at >= last:
        return None
    verb = tokens.head[subject]
    return at if verb > subject and (at == verb or tokens.head[at] == verb) and tokens.pos[at] in _VERBS else None


def _parted(tokens: Tokens, left: int, first: int) -> bool:
    """Whether a stop other than a comma stands before the clause ("…; he said that …")."""
    return left > first and tokens.lemma[left - 1] in (";", ":", "–", "—")


def _stands(tokens: Tokens, verb: int, left: int, right: int) -> bool:
    """Whether a coordinated verb brings enough of its own to be told alone: a subject, or an object and more."""
    return any(
        tokens.head[j] == verb and tokens.dep[j] in ("nsubj", "nsubjpass", "dobj", "prep", "ccomp", "xcomp", "mark")
        for j in range(left, right + 1)
    )


def _ends(tokens: Tokens, at: int, last: int) -> bool:
    """Whether only marks, or a short attribution, follow."""
    rest = [j for j in range(at, last) if tokens.pos[j] not in _NO_WORD]
    return not rest or (len(rest) <= ATTRIBUTION_MAX and any(_attributes(tokens, j, at) for j in rest))


def _attributes(tokens: Tokens, verb: int, end: int) -> bool:
    """Whether a token is the verb of an attribution of words before it: "…, the ministry said", "…, according to the port"."""
    if tokens.lemma[verb] == "accord" or tokens.dep[verb] == "parataxis":
        return True
    if attribution_class(tokens.lemma[verb]) is None:
        return False
    return any(tokens.head[i] == verb and tokens.dep[i] == "ccomp" for i in range(max(0, end - REACH), end))


def _open(tokens: Tokens, left: int, first: int) -> int:
    """The clause's start, its conjunction with it, the comma before it left to the clause before."""
    at = left
    while at - 1 > first and tokens.pos[at - 1] == "CCONJ":
        at -= 1
    while at > first and tokens.pos[at] == "PUNCT" and tokens.lemma[at] not in ("“", '"', "'", "‘"):
        at += 1
    return at


def _words(tokens: Tokens, first: int, last: int) -> int:
    return sum(tokens.pos[i] not in _NO_WORD for i in range(first, last))
