"""Who a cue may quote: the phrases that can be its source → what a judge of sources looks at, "nobody" among them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from copydesk.annotating.boundaries import DEP_CODE, TAG_CODE, Cut, word_code
from copydesk.annotating.cues import lexicon_key
from copydesk.annotating.leanings import lean_to_sources
from copydesk.annotating.readings import Reading
from copydesk.annotating.syntax import PHRASE_MAX, subject_phrase
from copydesk.linking.trees import Floats

OFFERS_MAX = 10  # phrases of the sentence that are looked at beside those that the judge of extents names
_REACH = 40  # tokens between a phrase and its cue
_SUBJECTS = ("nsubj", "nsubjpass")
_HEADS = frozenset(
    ["nsubj", "nsubjpass", "pobj", "poss", "appos", "dobj", "attr", "conj", "ROOT", "npadvmod", "dative"]
)
_POS = ("PRON", "NOUN", "PROPN", "DET", "ADJ", "NUM", "VERB")
_TYPES = ("person", "organization", "place", "event", "work", "other")
_VERBAL = ("VERB", "AUX")


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A phrase that may be the source: its tokens, () for nobody, and the first cut that has it, -1 for none."""

    tokens: tuple[int, ...]
    cut: int = -1
    subject: bool = False


def source_offers(reading: Reading, cue: int, cuts: Sequence[Cut]) -> list[Offer]:
    """The sources that the cuts of one cue name, its subject, the other phrases near by, and nobody."""
    content = frozenset(cuts[0].content)
    found: list[Offer] = []
    taken: set[int] = set()
    subject = subject_phrase(reading, cue, content)
    for number, cut in enumerate(cuts):
        own = [i for i in cut.source if reading.is_word(i)]
        if own and not taken & set(own):
            found.append(Offer(tokens=cut.source, cut=number, subject=bool(set(own) & set(subject))))
            taken.update(own)
    if subject and not taken & set(subject):
        found.append(Offer(tokens=tuple(subject), subject=True))
        taken.update(subject)
    sentence = reading.sentences[reading.sentence_of[cue]]
    tokens = reading.tokens
    near = range(max(sentence.first, cue - _REACH), min(sentence.last, cue + _REACH))
    heads = [
        i
        for i in near
        if i != cue
        and i not in content
        and i not in taken
        and tokens.dep[i] in _HEADS
        and tokens.pos[i] in ("PRON", "NOUN", "PROPN", "DET")
        and reading.is_word(i)
    ]
    path = set(reading.up(cue))
    heads.sort(key=lambda i: (tokens.head[i] not in path, abs(i - cue), i))
    for head in heads[:OFFERS_MAX]:
        if head not in taken:
            phrase = _phrase(reading, head, cue, content | taken)
            found.append(Offer(tokens=tuple(phrase)))
            taken.update(phrase)
    return [*found, Offer(tokens=())]


def _phrase(reading: Reading, head: int, cue: int, apart: frozenset[int] | set[int]) -> list[int]:
    """The neighbours of a noun that hang from it, without what stands beyond the cue or apart."""
    first, last = reading.subtree(head)
    start = end = head
    while start > first and start - 1 != cue and start - 1 not in apart:
        start -= 1
    while end < last and end + 1 != cue and end + 1 not in apart:
        end += 1
    while not reading.is_word(end):
        end -= 1
    while not reading.is_word(start):
        start += 1
    return list(range(start, end + 1)) if end - start < PHRASE_MAX else [head]


def source_rows(
    reading: Reading, cue: int, cuts: Sequence[Cut], offers: Sequence[Offer], lexicon: Mapping[str, float]
) -> tuple[tuple[str, ...], Floats]:
    """The names of the numbers, and a row of them an offer."""
    shared = dict(_frame(reading, cue, cuts, offers, lexicon))
    rows = []
    leanings = lean_to_sources(reading, cue, [offer.tokens for offer in offers])
    for number, (offer, leaning) in enumerate(zip(offers, leanings, strict=True)):
        row = dict(shared)
        row["number"] = float(number)
        row.update(_offer(reading, cue, cuts, offer, lexicon))
        row.update(leaning)
        rows.append(row)
    return tuple(rows[0]), np.array([list(row.values()) for row in rows], dtype=np.float64)


def _frame(
    reading: Reading, cue: int, cuts: Sequence[Cut], offers: Sequence[Offer], lexicon: Mapping[str, float]
) -> Iterator[tuple[str, float]]:
    tokens = reading.tokens
    deps = {tokens.dep[c] for c in reading.children[cue]}
    content = cuts[0].content
    yield "rate", lexicon.get(lexicon_key(reading, cue), -0.05)
    yield "cue_tag", TAG_CODE.get(tokens.tag[cue], -1.0)
    yield "cue_dep", DEP_CODE.get(tokens.dep[cue], -1.0)
    yield "cue_next", word_code(reading, cue + 1)
    yield "cue_before", word_code(reading, cue - 1)
    yield "passive", float("nsubjpass" in deps or "auxpass" in deps)
    yield "own_subject", float("nsubj" in deps)
    yield "agent", float("agent" in deps)
    yield "possessor", float("poss" in deps)
    yield "clause", float("ccomp" in deps)
    yield "quoted", sum(reading.quotation_of[i] >= 0 for i in content) / len(content)
    yield "before", sum(i < cue for i in content) / len(content)
    yield "named_by_first", float(bool(cuts[0].source))
    yield "named_by_cuts", sum(bool(c.source) for c in cuts) / len(cuts)
    yield "offers", float(len(offers))
    yield "subjects", float(any(o.subject for o in offers))


def _offer(
    reading: Reading, cue: int, cuts: Sequence[Cut], offer: Offer, lexicon: Mapping[str, float]
) -> Iterator[tuple[str, float]]:
    tokens = reading.tokens
    words = [i for i in offer.tokens if reading.is_word(i)]
    own = set(words)
    head = next((i for i in words if tokens.head[i] not in own or tokens.head[i] == i), -1)
    somebody = bool(words)
    above = tokens.head[head] if somebody else -1
    path = reading.up(cue)
    place = {node: step for step, node in enumerate(path)}
    yield "somebody", float(somebody)
    yield "cut", float(offer.cut)
    yield "cut_gap", cuts[offer.cut].gap if offer.cut >= 0 else 20.0
    yield "cuts_share", sum(bool(own & set(c.source)) for c in cuts) / len(cuts) if somebody else -1.0
    yield "subject", float(offer.subject)
    yield "words", float(len(words))
    yield "pos", float(_POS.index(tokens.pos[head])) if somebody and tokens.pos[head] in _POS else -1.0
    yield "tag", TAG_CODE.get(tokens.tag[head], -1.0) if somebody else -2.0
    yield "dep", DEP_CODE.get(tokens.dep[head], -1.0) if somebody else -2.0
    yield "word", word_code(reading, head) if somebody else -3.0
    yield "first_word", word_code(reading, words[0]) if somebody else -3.0
    yield "preceded", word_code(reading, words[0] - 1) if somebody else -3.0
    yield "followed", word_code(reading, words[-1] + 1) if somebody else -3.0
    yield "away", float(head - cue) if somebody else 0.0
    yield "above_dep", DEP_CODE.get(tokens.dep[above], -1.0) if somebody else -2.0
    yield "above_word", word_code(reading, above) if somebody else -3.0
    yield "above_rate", lexicon.get(lexicon_key(reading, above), 0.0) if somebody else -1.0
    yield "steps_up", float(place.get(above, -1)) if somebody else -2.0
    top = tokens.head[above] if somebody else -1
    yield "steps_up_above", float(place.get(top, -1)) if somebody else -2.0
    yield "under_cue", float(cue in reading.up(head)) if somebody else -1.0
    yield "holds_cue", float(head in place) if somebody else -1.0
    between = range(min(head, cue) + 1, max(head, cue)) if somebody else range(0)
    yield "commas_between", float(sum(reading.words[i] in (",", ";", ":", "—", "–", "(", ")") for i in between))
    yield "verbs_between", float(sum(tokens.pos[i] in _VERBAL for i in between))
    yield "quoted_offer", float(any(reading.quotation_of[i] >= 0 for i in words))
    yield "same_quotation", float(somebody and reading.quotation_of[head] == reading.quotation_of[cue])
    name = next((reading.names[reading.name_of[i]].type for i in words if reading.name_of[i] >= 0), "")
    yield "type", float(_TYPES.index(name)) if name in _TYPES else -1.0
    yield "head_named", float(somebody and reading.name_of[head] >= 0)
