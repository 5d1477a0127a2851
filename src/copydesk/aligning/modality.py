"""A clause's words → whether it tells of something that happened, is planned, denied, alleged or asked."""

from __future__ import annotations

from copydesk.aligning.units import Unit
from copydesk.model.times import Modality
from copydesk.reference.attribution import attribution_class

_AHEAD = frozenset(["will", "shall", "’ll", "'ll"])
_UNSURE = frozenset(["may", "might", "could"])
_PLANS = frozenset(["plan", "intend", "schedule", "expect", "prepare", "aim", "hope"])
_HEARSAY = frozenset(
    ["allegedly", "reportedly", "apparently", "suspect", "purportedly", "presumably", "alleged", "suspected"]
)
_DENIALS = frozenset(["deny", "refute", "reject", "rebut", "dispute"])
NEGATIONS = frozenset(["no", "never", "without", "deny", "refuse", "fail", "none", "nobody", "nothing"])


def find_modality(unit: Unit) -> Modality:
    """How sure the clause is of what it tells, by its question mark, modals, adverbs, negation and reporting verb."""
    tokens = unit.markup.tokens
    lemmas = [tokens.lemma[i] for i in range(unit.first, unit.last)]
    kinds = {attribution_class(tokens.lemma[i]) for i in range(unit.first, unit.last) if tokens.pos[i] == "VERB"}
    if unit.text.rstrip("\"'”’ ").endswith("?") or "ask" in kinds:
        return "asked"
    if _DENIALS & set(lemmas):
        return "denied"
    if _HEARSAY & set(lemmas) or _UNSURE & set(lemmas) or "claim" in kinds:
        return "alleged"
    if _AHEAD & set(lemmas) or "promise" in kinds or _is_planned(unit):
        return "planned"
    return "denied" if negation_at(unit) is not None and _negates_main(unit) else "happened"


def negation_at(unit: Unit) -> int | None:
    """The first token that negates, None when nothing does."""
    tokens = unit.markup.tokens
    return next(
        (i for i in range(unit.first, unit.last) if tokens.dep[i] == "neg" or tokens.lemma[i] in NEGATIONS), None
    )


def _negates_main(unit: Unit) -> bool:
    """Whether the clause's own verb is negated, rather than something inside it."""
    tokens = unit.markup.tokens
    heads = {
        i for i in range(unit.first, unit.last) if not unit.first <= tokens.head[i] < unit.last or tokens.head[i] == i
    }
    heads |= {i for i in range(unit.first, unit.last) if tokens.dep[i] == "ccomp" and tokens.head[i] in heads}
    return any(tokens.dep[i] == "neg" and tokens.head[i] in heads for i in range(unit.first, unit.last))


def _is_planned(unit: Unit) -> bool:
    """ "plans to close", "is scheduled to reopen": a planning verb with an infinitive."""
    tokens = unit.markup.tokens
    return any(
        tokens.dep[i] == "xcomp" and tokens.lemma[tokens.head[i]] in _PLANS and unit.first <= tokens.head[i] < unit.last
        for i in range(unit.first, unit.last)
    )
