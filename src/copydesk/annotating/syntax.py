"""A verb → who does it, by the tagger's tree."""

from __future__ import annotations

from copydesk.annotating.readings import Reading

_EMPTY = frozenset(["it", "there", "that", "which", "this", "what"])
_JOINED = ("conj", "xcomp", "advcl", "ccomp", "dep", "pcomp", "prep", "acl")
PHRASE_MAX = 30  # tokens of a subject; a longer one is a slip of the tagger


def subject_phrase(reading: Reading, verb: int, apart: frozenset[int]) -> list[int]:
    """The tokens of a verb's subject, its own or that of the verb it hangs from; [] when none stands outside `apart`."""
    tokens = reading.tokens
    if tokens.pos[verb] not in ("VERB", "AUX") or any(tokens.dep[c] == "auxpass" for c in reading.children[verb]):
        return []
    if verb > 0 and reading.quotation_of[verb - 1] >= 0 and reading.quotation_of[verb] < 0:
        # “…” confirmed a spokesman: the tagger takes who speaks for an object.
        after = next(
            (c for c in reading.children[verb] if c > verb and tokens.dep[c] in ("dobj", "nsubj", "attr")), None
        )
        before = any(tokens.dep[c] == "nsubj" and c not in apart for c in reading.children[verb] if c < verb)
        if after is not None and not before:
            return _phrase(reading, after, verb, apart)
    at = verb
    for _ in range(4):
        subject = next((c for c in reading.children[at] if tokens.dep[c] == "nsubj"), None)
        if tokens.dep[at] == "acl" and tokens.tag[at] == "VBG" and subject is None:
            # "…, saying …" hung to a noun: whoever does what the main verb says, says it.
            at = _verb_above(reading, at)
            subject = next((c for c in reading.children[at] if tokens.dep[c] == "nsubj"), None)
        elif tokens.dep[at] in ("relcl", "acl") and (
            subject is None or reading.words[subject] in ("who", "which", "that")
        ):
            subject = tokens.head[at]
        if subject is None and reading.name_of[at] >= 0:
            subject = at  # a headless name that the tagger hung the verb to
        if subject is not None:
            return _phrase(reading, subject, verb, apart)
        if tokens.dep[at] not in _JOINED or tokens.head[at] == at:
            return []
        at = tokens.head[at]
    return []


def _verb_above(reading: Reading, i: int) -> int:
    """The nearest verb that a token hangs from, a bare name at the top, or the token itself."""
    tokens = reading.tokens
    return next((j for j in reading.up(i)[1:] if tokens.pos[j] in ("VERB", "AUX") or tokens.head[j] == j), i)


def _phrase(reading: Reading, subject: int, verb: int, apart: frozenset[int]) -> list[int]:
    if reading.words[subject] in _EMPTY or subject in apart:
        return []
    first, last = reading.subtree(subject)
    if verb > subject:
        last = min(last, verb - 1)
    phrase = [i for i in range(first, last + 1) if i not in apart]
    kept = [i for i in phrase if i <= subject or all(j in apart or j != verb for j in range(subject, i))]
    while kept and not reading.is_word(kept[-1]):
        kept.pop()
    return kept if len(kept) <= PHRASE_MAX else [subject]
