"""What one article says happened and another says did not, or not yet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from copydesk.aligning.ground import Contest, Ground
from copydesk.aligning.likenesses import class_of
from copydesk.aligning.units import Unit
from copydesk.model.markup import Tokens

_LIGHT = frozenset(
    [
        "be",
        "have",
        "do",
        "say",
        "tell",
        "make",
        "get",
        "go",
        "come",
        "take",
        "give",
        "know",
        "think",
        "want",
        "see",
        "need",
        "use",
    ]
)
_NEGATIVE = frozenset(["no", "neither", "nobody", "none", "nothing"])
_DENYING = frozenset(["deny", "refute", "reject", "rebut"])
_OPEN = frozenset(
    ["until", "since", "yet", "if", "whether", "unless", "only", "would", "could", "should", "can", "may", "might"]
)
_UP_TO = frozenset(["until", "till", "since", "before", "unless"])
_AHEAD = frozenset(["will", "shall", "’ll", "'ll"])
_PLANS = frozenset(["plan", "intend", "schedule", "expect", "prepare", "aim", "hope", "set", "due", "about", "want"])
_PAST = frozenset({"VBD", "VBN"})
PROBABILITY = 0.25
ALIKE = 0.45  # least cosine of the sentences of what is ahead and what is done


@dataclass(frozen=True, slots=True, kw_only=True)
class _Event:
    """A verb of a unit with the classes of its arguments, and whether it is negated or still ahead."""

    unit: int
    verb: str
    subject: frozenset[str]
    others: frozenset[str]
    negated: bool
    ahead: bool
    past: bool
    told_so: bool
    told: str


def contest_negations(ground: Ground) -> Iterator[Contest]:
    """The contests over whether something happened."""
    events = [e for n, unit in enumerate(ground.units) for e in _events(n, unit)]
    by_verb: dict[str, list[_Event]] = {}
    for event in events:
        by_verb.setdefault(event.verb, []).append(event)
    for verb in sorted(by_verb):
        for no in (e for e in by_verb[verb] if e.negated):
            yes = sorted({e.unit for e in by_verb[verb] if e.told_so and not e.negated and _same_event(no, e, ground)})
            if yes:
                yield Contest(
                    slot="polarity",
                    about=f"whether {no.told}",
                    sides=(("no", (no.unit,)), ("yes", tuple(yes))),
                    told=(ground.units[no.unit].text, ground.units[yes[0]].text),
                )
        for plan in (e for e in by_verb[verb] if e.ahead and not e.negated):
            done = sorted(
                {
                    e.unit
                    for e in by_verb[verb]
                    if e.past and not e.negated and not e.ahead and _is_carried_out(plan, e, ground)
                }
            )
            if done:
                yield Contest(
                    slot="polarity",
                    about=f"whether {plan.told} yet",
                    sides=(("ahead", (plan.unit,)), ("done", tuple(done))),
                    told=(ground.units[plan.unit].text, ground.units[done[0]].text),
                    is_update=True,
                )


def _same_event(no: _Event, yes: _Event, ground: Ground) -> bool:
    if ground.units[no.unit].index == ground.units[yes.unit].index or not no.others & yes.others:
        return False
    same_doer = bool(no.subject & yes.subject) or not (no.subject and yes.subject)
    return same_doer and ground.probability(no.unit, yes.unit) >= PROBABILITY


def _is_carried_out(plan: _Event, done: _Event, ground: Ground) -> bool:
    """Whether what was ahead in one article is told as done in another that is not known to be older."""
    if not _same_event(plan, done, ground) or ground.cosine(plan.unit, done.unit) < ALIKE:
        return False
    known = [
        ground.resolution.published.get(a.id, a.published) for a in (ground.units[e.unit].article for e in (plan, done))
    ]
    return known[0].earliest is None or known[1].latest is None or known[0].earliest <= known[1].latest


def _events(n: int, unit: Unit) -> Iterator[_Event]:
    tokens = unit.markup.tokens
    inside = range(unit.first, unit.last)
    open_words = {tokens.head[i] for i in inside if tokens.lemma[i] in _OPEN}
    last = max((i for i in inside if tokens.lemma[i] in _UP_TO), default=-1)
    ahead = {tokens.head[i] for i in inside if tokens.lemma[i] in _AHEAD}
    ahead |= {i for i in inside if tokens.dep[i] == "xcomp" and tokens.lemma[tokens.head[i]] in _PLANS}
    for verb in inside:
        if tokens.pos[verb] != "VERB" or tokens.lemma[verb] in _LIGHT or verb in open_words:
            continue
        if verb < last:
            continue  # "did not apologise until the debate"
        children = [i for i in inside if tokens.head[i] == verb and i != verb]
        subject = [i for i in children if tokens.dep[i] == "nsubj"]
        others = [i for i in children if tokens.dep[i] in ("dobj", "nsubjpass")]
        others += [i for i in inside if tokens.dep[i] == "pobj" and tokens.head[tokens.head[i]] == verb]
        denied = tokens.dep[verb] == "ccomp" and tokens.lemma[tokens.head[verb]] in _DENYING
        above = tokens.head[verb] if tokens.dep[verb] == "xcomp" and tokens.lemma[tokens.head[verb]] == "go" else verb
        negated = denied or any(tokens.dep[i] == "neg" and tokens.head[i] in (verb, above) for i in inside)
        negated = negated or any(tokens.head[i] in (*subject, *others) and tokens.lemma[i] in _NEGATIVE for i in inside)
        yield _Event(
            unit=n, verb=class_of(tokens.lemma[verb]), negated=negated, ahead=verb in ahead, past=_is_past(tokens, verb, children), told_so=_is_told_so(tokens, verb, children), told=_told(unit, verb, [i for i in children if tokens.dep[i] in ("nsubj", "nsubjpass")]),
            subject=frozenset(class_of(tokens.lemma[i]) for i in subject if tokens.pos[i] != "PRON"),
            others=frozenset(class_of(tokens.lemma[i]) for i in others if tokens.pos[i] != "PRON"),
        )  # fmt: skip


def _is_past(tokens: Tokens, verb: int, children: list[int]) -> bool:
    """Whether a verb tells what came about: "launched", "has launched", "was launched", not "launching" nor "to launch"."""
    if tokens.tag[verb] not in _PAST or any(tokens.lemma[i] in _AHEAD for i in children):
        return False
    helped = [i for i in children if tokens.dep[i] in ("aux", "auxpass")]
    doers = [i for i in children if tokens.dep[i] in ("nsubj", "nsubjpass")]
    if helped and doers and helped[0] < doers[0]:
        return False  # "had it shot the missile down"
    return tokens.tag[verb] == "VBD" or any(tokens.lemma[i] in ("have", "be", "get") for i in helped)


def _is_told_so(tokens: Tokens, verb: int, children: list[int]) -> bool:
    """Whether a verb tells what is or was, no aim ("to win"), no manner ("winning")."""
    ahead = any(tokens.lemma[i] in _AHEAD for i in children)
    return not ahead and (tokens.tag[verb] in ("VBZ", "VBP") or _is_past(tokens, verb, children))


def _told(unit: Unit, verb: int, subject: list[int]) -> str:
    """The event in two or three words: "fighters were released"."""
    tokens, text = unit.markup.tokens, unit.article.text
    words = [text[tokens.start[i] : tokens.end[i]] for i in subject[:1]]
    passive = ["were"] if subject and tokens.dep[subject[0]] == "nsubjpass" else []
    return " ".join([*words, *passive, text[tokens.start[verb] : tokens.end[verb]]])
