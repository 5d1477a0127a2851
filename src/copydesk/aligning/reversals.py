"""What a later report has turned round: the missing found, the wanted caught, what was shut open, a price up that was down."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from copydesk.aligning.ground import Contest, Ground
from copydesk.aligning.likenesses import class_of
from copydesk.aligning.units import Unit

# A state, and the states that replace it; rising and falling replace each other.
_FOLLOWS = {
    "missing": ("found",), "at large": ("caught",), "held": ("freed",), "trapped": ("found", "freed"), "shut": ("open",),
    "unknown": ("known",), "gone": ("back",), "rising": ("falling",), "falling": ("rising",),
}  # fmt: skip
_STATES = {
    "missing": "missing vanish disappear",
    "found": "find locate recover discover rescue",
    "at large": "flee escape abscond",
    "caught": "arrest capture apprehend catch detain",
    "held": "detain hold jail imprison",
    "freed": "free release liberate",
    "trapped": "trap strand",
    "shut": "close shut suspend halt cancel",
    "open": "open reopen resume restart",
    "known": "identify name",
    "gone": "remove withdraw pull ban",
    "back": "reinstate restore relaunch reopen",
    "rising": "rise climb gain jump surge increase advance",
    "falling": "fall drop decline slip sink decrease tumble plunge",
}  # fmt: skip
_STATE_OF = {(lemma, state) for state, lemmas in _STATES.items() for lemma in lemmas.split()}
_MOVES = frozenset(
    {"rising", "falling"}
)  # whoever moves is the subject; else it is done to somebody, or somebody does it
_AHEAD = frozenset(["expect", "hope", "plan", "intend", "promise", "aim"])
_WILL = frozenset(["will", "shall", "’ll", "'ll"])
_UNSURE = frozenset(["would", "could", "should", "can", "may", "might", "if", "whether", "unless", "until", "deny"])
_MOVED = frozenset(
    class_of(w)
    for w in (
        "share",
        "stock",
        "price",
        "index",
        "rate",
        "level",
        "number",
        "sale",
        "profit",
        "revenue",
        "value",
        "cost",
        "temperature",
        "output",
    )
) | {"oil", "gold", "dollar", "euro", "pound", "yen"}  # what rises and falls without anybody climbing or stumbling
_TOLD_APART = frozenset(
    {"back", "open"}
)  # plans and deeds that different verbs tell; those of one verb are weighed elsewhere
_TRADING = tuple(
    re.compile(words, re.I)
    for words in (
        r"\b(?:pre-?market|before the (?:opening )?bell|(?:before|ahead of) (?:the|markets?) open)", r"\b(?:early trad|at the open|(?:after|since) the opening|in the morning)",
        r"\b(?:midday|recent trad|afternoon|late trad)", r"\b(?:at the close|closed|by the close|after(?:-| )hours|after the (?:closing )?bell)",
    )
)  # fmt: skip
STEPS = 4  # from a verb up to what makes it an aim
_ALIKE, _SURE = (
    0.45,
    0.1,
)  # least cosine of the sentences, or probability of the judge, at which two units speak of one matter
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_LONG = re.compile(
    r"\b(?:last|this|past|previous|each|every|in) (?:year|month|quarter|decade|\d{4})\b|\b(?:19|20)\d\d\b|\bsince\b",
    re.I,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """A state that a unit tells somebody or something to be in; `ahead` when it is still to come."""

    unit: int
    state: str
    whom: frozenset[str]
    ahead: bool
    words: str
    told: str


def contest_states(ground: Ground) -> Iterator[Contest]:
    """The updates by which a later article tells the state that follows on an earlier one's, of the same people or things."""
    told: dict[str, list[_Told]] = {}
    for n, unit in enumerate(ground.units):
        for found in _states(n, unit):
            told.setdefault(found.state, []).append(found)
    for state in [*sorted(_STATES), "unknown"]:
        changed: dict[tuple[str, str], list[tuple[_Told, _Told]]] = {}
        for old in told.get(state, ()):
            for after in (state,) if old.ahead else _FOLLOWS.get(state, ()):
                for new in told.get(after, ()):
                    if not new.ahead and _follows(old, new, ground) and not _tells(told.get(after, ()), old, ground):
                        changed.setdefault((after, min(old.whom & new.whom)), []).append((old, new))
        yield from (_contest(changed[key], ground) for key in sorted(changed))


def _contest(pairs: list[tuple[_Told, _Told]], ground: Ground) -> Contest:
    """One update of all that tell one change of one person or thing."""
    old, new = pairs[0]
    return Contest(
        slot="polarity",
        about=f"whether {new.told} yet" if old.ahead else f"{old.told}, then {new.words}",
        sides=(
            ("ahead" if old.ahead else old.state, tuple(sorted({o.unit for o, _ in pairs}))),
            (new.state, tuple(sorted({n.unit for _, n in pairs}))),
        ),
        told=(ground.units[old.unit].text, ground.units[new.unit].text),
        is_update=True,
    )


def _tells(later: Sequence[_Told], old: _Told, ground: Ground) -> bool:
    """Whether the article of the earlier state tells the later one too: then it tells a course, and nothing is new."""
    index = ground.units[old.unit].index
    return any(ground.units[x.unit].index == index and not x.ahead and x.whom & old.whom for x in later)


def _follows(old: _Told, new: _Told, ground: Ground) -> bool:
    """Whether two states are of the same people or things, and the second was told on a later day."""
    ours, theirs = ground.units[old.unit], ground.units[new.unit]
    if ours.index == theirs.index or not old.whom & new.whom:
        return False
    if ground.cosine(old.unit, new.unit) < _ALIKE and ground.probability(old.unit, new.unit) < _SURE:
        return False
    known = [ground.resolution.published.get(u.article.id, u.article.published) for u in (ours, theirs)]
    if known[0].latest is None or known[1].earliest is None:
        return False
    if old.state in _MOVES:
        return known[0].latest <= known[1].earliest and _is_first(ours, theirs)
    return known[0].latest < known[1].earliest


def _is_first(ours: Unit, theirs: Unit) -> bool:
    """Whether the first of two moves comes before the second: by the hour of trading they name, else by day and place in the pile."""
    hours = [
        next((n for n, words in enumerate(_TRADING) if words.search(u.sentence_text)), None) for u in (ours, theirs)
    ]
    if hours[0] is not None and hours[1] is not None and hours[0] != hours[1]:
        return hours[0] < hours[1]
    days = (ours.article.published.day, theirs.article.published.day)
    return ours.index < theirs.index if None in days or days[0] == days[1] else True


def _states(n: int, unit: Unit) -> Iterator[_Told]:
    tokens = unit.markup.tokens
    inside = range(unit.first, unit.last)
    unsure = {tokens.head[i] for i in inside if tokens.lemma[i] in _UNSURE}
    for verb in inside:
        states = _states_at(unit, verb)
        if not states or verb in unsure:
            continue
        negated = any(tokens.dep[i] == "neg" and tokens.head[i] == verb for i in inside)
        if negated and states != ["known"]:
            continue
        ahead = _is_ahead(unit, verb)
        if ahead is None:
            continue
        if states[0] in _MOVES and _LONG.search(unit.text):
            continue  # what rose over a year may fall on a day
        for state in states:
            if (whom := _whom(unit, verb, state)) and (not ahead or state in _TOLD_APART):
                words = unit.article.text[tokens.start[verb] : tokens.end[verb]]
                yield _Told(
                    unit=n, state="unknown" if negated else state, whom=frozenset(whom), ahead=ahead, words=words,
                    told=" ".join([min(whom.values()), words]),
                )  # fmt: skip


def _is_ahead(unit: Unit, verb: int) -> bool | None:
    """Whether what a verb tells is expected; None when it is a mere aim ("worked to free five people")."""
    tokens = unit.markup.tokens
    inside = range(unit.first, unit.last)
    if any(tokens.head[i] == verb and tokens.lemma[i] in _WILL for i in inside):
        return True
    at, aims = verb, False
    for _ in range(STEPS):
        aims |= any(tokens.head[i] == at and tokens.pos[i] == "PART" and tokens.lemma[i] == "to" for i in inside)
        up = tokens.head[at]
        if up == at or not unit.first <= up < unit.last or tokens.dep[at] not in ("xcomp", "ccomp", "advcl", "acl"):
            break
        if tokens.lemma[up] in _AHEAD or any(tokens.head[i] == up and tokens.lemma[i] in _WILL for i in inside):
            return True
        at = up
    return None if aims else False


def _states_at(unit: Unit, at: int) -> list[str]:
    """The states that a verb tells; of "be back" and of "missing" after a form of "be" too."""
    tokens = unit.markup.tokens
    if tokens.lemma[at] == "be":
        near = {tokens.lemma[i] for i in range(at, min(at + 3, unit.last)) if tokens.head[i] == at}
        return [state for word, state in (("back", "back"), ("missing", "missing")) if word in near]
    if tokens.pos[at] != "VERB":
        return []
    return [state for state in sorted(_STATES) if (tokens.lemma[at], state) in _STATE_OF]


def _whom(unit: Unit, verb: int, state: str) -> dict[str, str]:
    """Who or what is in the state, by class with the word in the text: what the verb is done to, else whose verb it is."""
    tokens = unit.markup.tokens
    children = [i for i in range(unit.first, unit.last) if tokens.head[i] == verb and i != verb]
    done_to = [i for i in children if tokens.dep[i] in ("dobj", "nsubjpass")]
    noun = tokens.head[verb]
    if tokens.dep[verb] == "acl" and tokens.lemma[tokens.head[noun]] == "be" and tokens.head[noun] < noun:
        done_to.append(noun)  # "only then were the lines reopened"
    chosen = [i for i in children if tokens.dep[i] in _SUBJECTS] if state in _MOVES or not done_to else done_to
    found = {
        class_of(tokens.lemma[i]): unit.article.text[tokens.start[i] : tokens.end[i]]
        for i in chosen if tokens.pos[i] in ("NOUN", "PROPN")
    }  # fmt: skip
    return {word: text for word, text in found.items() if state not in _MOVES or word in _MOVED}
