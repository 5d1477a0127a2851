"""Attributions that the judges of cues and extents propose → what a third judge looks at, all of an article side by side.

The first two see one cue at a time. Whether an attribution is meant also depends on what they made of it (how much is
said, by whom, in quotation marks or not) and on its company: the other cues of the sentence, what takes the same words,
how often this article reports with this word.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from copydesk.annotating.cues import lexicon_key
from copydesk.annotating.leanings import lean_to_proposal
from copydesk.annotating.readings import Reading
from copydesk.linking.trees import Floats

_DEP_NAMES = (
    "ROOT acl advcl amod appos aux ccomp conj dep dobj nsubj nsubjpass parataxis pcomp pobj prep punct relcl xcomp attr "
    "compound npadvmod oprd advmod mark csubj intj meta dative acomp"
)
_TAG_NAMES = "VB VBD VBG VBN VBP VBZ NN NNS NNP IN JJ MD RB : , ."
_POS_NAMES = "VERB AUX NOUN ADJ ADP ADV PUNCT SCONJ PRON PROPN DET NUM PART"
_PRONOUN_NAMES = "i we he she they you it who which that this there what"
_DEPS, _TAGS = tuple(_DEP_NAMES.split()), tuple(_TAG_NAMES.split())
_POS, _PRONOUNS = tuple(_POS_NAMES.split()), tuple(_PRONOUN_NAMES.split())
_TYPES = ("person", "organization", "place", "event", "work", "other")
_SUBJECTS = ("nsubj", "nsubjpass", "csubj", "agent")
_FINITE = frozenset(["VBD", "VBZ", "VBP", "MD"])
_LEADS = frozenset(["to", "that", "of", "for", "about", "by", "as"])
_LIKELY = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A cue with its probability, and the content and source tokens that the judge of extents gives it."""

    cue: int
    probability: float
    content: tuple[int, ...]
    source: tuple[int, ...]


def columns_of(
    reading: Reading, proposals: Sequence[Proposal], lexicon: Mapping[str, float]
) -> tuple[tuple[str, ...], Floats]:
    """The names of the numbers, and a row of them a proposal."""
    if not proposals:
        return (), np.zeros((0, 0))
    company = _Company(reading, proposals)
    rows = []
    for number, proposal in enumerate(proposals):
        row = dict(_cue(reading, proposal, lexicon))
        row.update(_syntax(reading, proposal.cue))
        row.update(_content(reading, proposal))
        row.update(_source(reading, proposal))
        row.update(company.around(number))
        row.update(lean_to_proposal(reading, proposal.cue, proposal.content, proposal.source))
        rows.append(row)
    return tuple(rows[0]), np.array([list(row.values()) for row in rows], dtype=np.float64)


def _code(values: Sequence[str], value: str) -> float:
    return float(values.index(value)) if value in values else -1.0


def _cue(reading: Reading, proposal: Proposal, lexicon: Mapping[str, float]) -> Iterator[tuple[str, float]]:
    tokens, cue = reading.tokens, proposal.cue
    p = min(max(proposal.probability, 1e-6), 1 - 1e-6)
    head = tokens.head[cue]
    sentence = reading.sentences[reading.sentence_of[cue]]
    yield "logit", math.log(p / (1 - p))
    yield "rate", lexicon.get(lexicon_key(reading, cue), -0.05)
    yield "head_rate", lexicon.get(lexicon_key(reading, head), 0.0) if head != cue else -1.0
    for name, i in (("", cue), ("head_", head)):
        yield name + "pos", _code(_POS, tokens.pos[i])
        yield name + "tag", _code(_TAGS, tokens.tag[i])
    yield "dep", _code(_DEPS, tokens.dep[cue])
    for name, i in (("before", cue - 1), ("after", cue + 1)):
        inside = sentence.first <= i < sentence.last
        yield name + "_pos", _code(_POS, tokens.pos[i]) if inside else -2.0
        yield name + "_tag", _code(_TAGS, tokens.tag[i]) if inside else -2.0
        yield name + "_lead", float(reading.words[i] in _LEADS) if inside else -1.0
    quotation = reading.quotation_of[cue]
    size = reading.quotations[quotation].end - reading.quotations[quotation].start if quotation >= 0 else 0
    yield "in_quotation", float(size)
    yield "from_start", cue - sentence.first
    yield "to_end", sentence.last - cue


def _syntax(reading: Reading, cue: int) -> Iterator[tuple[str, float]]:
    tokens = reading.tokens
    below: defaultdict[str, list[int]] = defaultdict(list)
    for child in reading.children[cue]:
        below["subject" if tokens.dep[child] in _SUBJECTS else tokens.dep[child]].append(child)
    subject, objects, clauses = below["subject"][:1], below["dobj"], [*below["ccomp"], *below["xcomp"]]
    yield "subject_word", _code(_PRONOUNS, reading.words[subject[0]]) if subject else -2.0
    yield "subject_pos", _code(_POS, tokens.pos[subject[0]]) if subject else -2.0
    yield "subject_dep", _code(_DEPS, tokens.dep[subject[0]]) if subject else -2.0
    yield "objects", len(objects)
    yield "object_pos", _code(_POS, tokens.pos[objects[0]]) if objects else -1.0
    yield "clauses", len(clauses)
    yield "clause_tag", _code(_TAGS, tokens.tag[clauses[0]]) if clauses else -1.0
    yield "marked", float(any(tokens.dep[m] == "mark" for c in clauses for m in reading.children[c]))
    yield "negated", float(bool(below["neg"]))
    yield "modal", float(any(tokens.tag[a] == "MD" for a in below["aux"]))
    yield "perfect", float(any(tokens.lemma[a] == "have" for a in below["aux"]))
    yield "children", len(reading.children[cue])
    yield "height", len(reading.up(cue))


def _content(reading: Reading, proposal: Proposal) -> Iterator[tuple[str, float]]:
    tokens, cue = reading.tokens, proposal.cue
    sentence = reading.sentences[reading.sentence_of[cue]]
    words = [i for i in proposal.content if reading.is_word(i)]
    n = len(words)
    quoted = sum(reading.quotation_of[i] >= 0 for i in words)
    first = words[0] if words else -1
    yield "said", n
    yield "said_quoted", quoted
    yield "said_quoted_share", quoted / n if n else -1.0
    yield "said_of_sentence", n / max(1, sum(reading.is_word(i) for i in range(sentence.first, sentence.last)))
    yield "said_here", sum(sentence.first <= i < sentence.last for i in words) / n if n else -1.0
    yield "said_before", sum(i < cue for i in words) / n if n else -1.0
    yield "said_away", min((abs(i - cue) for i in words), default=-1)
    yield "said_finite", sum(tokens.tag[i] in _FINITE for i in words)
    yield "first_pos", _code(_POS, tokens.pos[first]) if words else -2.0
    yield "first_tag", _code(_TAGS, tokens.tag[first]) if words else -2.0
    yield "first_dep", _code(_DEPS, tokens.dep[first]) if words else -2.0
    yield "first_that", float(reading.words[first] == "that") if words else -1.0
    yield "first_to", float(reading.words[first] == "to") if words else -1.0
    yield "said_to_end", float(words[-1] >= sentence.last - 3) if words else -1.0


def _source(reading: Reading, proposal: Proposal) -> Iterator[tuple[str, float]]:
    tokens = reading.tokens
    words = [i for i in proposal.source if reading.is_word(i)]
    last = words[-1] if words else -1
    name = next((reading.names[reading.name_of[i]].type for i in words if reading.name_of[i] >= 0), "")
    yield "source", len(words)
    yield "source_word", _code(_PRONOUNS, reading.words[last]) if words else -2.0
    yield "source_pos", _code(_POS, tokens.pos[last]) if words else -2.0
    yield "source_tag", _code(_TAGS, tokens.tag[last]) if words else -2.0
    yield "source_type", _code(_TYPES, name)
    yield "source_away", last - proposal.cue if words else 0.0
    yield "source_quoted", float(any(reading.quotation_of[i] >= 0 for i in words))


class _Company:
    """What the proposals of an article tell of each other."""

    def __init__(self, reading: Reading, proposals: Sequence[Proposal]) -> None:
        self.reading = reading
        self.proposals = proposals
        self.by_cue = {p.cue: p.probability for p in proposals}
        self.by_sentence: defaultdict[int, list[int]] = defaultdict(list)
        self.holders: defaultdict[int, list[int]] = defaultdict(list)  # content token → the proposals that hold it
        self.by_lemma: defaultdict[str, list[float]] = defaultdict(list)
        for number, p in enumerate(proposals):
            self.by_sentence[reading.sentence_of[p.cue]].append(number)
            self.by_lemma[reading.tokens.lemma[p.cue]].append(p.probability)
            for i in p.content:
                self.holders[i].append(number)
        self.total = sum(p.probability for p in proposals)

    def _surest(self, sentence: int) -> float:
        return max((self.proposals[n].probability for n in self.by_sentence.get(sentence, ())), default=0.0)

    def around(self, number: int) -> Iterator[tuple[str, float]]:
        reading, proposals = self.reading, self.proposals
        p = proposals[number]
        sentence = reading.sentence_of[p.cue]
        others = [proposals[n].probability for n in self.by_sentence[sentence] if n != number]
        shared = Counter(n for i in p.content for n in self.holders[i] if n != number)
        size = max(1, len(p.content))
        surer = [count / size for n, count in sorted(shared.items()) if proposals[n].probability > p.probability]
        half = [proposals[n].probability for n, count in sorted(shared.items()) if count * 2 > size]
        same = self.by_lemma[reading.tokens.lemma[p.cue]]
        yield "others", len(others)
        yield "others_surest", max(others, default=0.0)
        yield "others_sum", sum(others)
        yield "others_surer", sum(o > p.probability for o in others)
        yield (
            "held_by",
            max((proposals[n].probability for n in self.holders.get(p.cue, ()) if n != number), default=0.0),
        )
        yield "shared_with_surer", max(surer, default=0.0)
        yield "taken_by", max(half, default=0.0)
        yield "holds", max((self.by_cue.get(i, 0.0) for i in p.content if i != p.cue), default=0.0)
        yield "above", max((self.by_cue.get(i, 0.0) for i in reading.up(p.cue)[1:]), default=0.0)
        yield "head_likely", self.by_cue.get(reading.tokens.head[p.cue], 0.0)
        yield "sentence_before", self._surest(sentence - 1)
        yield "sentence_after", self._surest(sentence + 1)
        yield "same_likely", sum(q > _LIKELY for q in same)
        yield "same_others", (sum(same) - p.probability) / (len(same) - 1) if len(same) > 1 else -1.0
        yield "per_sentence", self.total / max(1, len(reading.sentences))
        yield "per_word", self.total / max(1, len(reading.tokens))
        yield "sentence", sentence
        yield "sentence_share", sentence / max(1, len(reading.sentences))
        yield "headline", float(reading.sentences[sentence].is_headline)
        first, last = reading.sentences[sentence].first, reading.sentences[sentence].last
        yield "words", last - first
        yield "quotation_in_sentence", float(any(reading.quotation_of[i] >= 0 for i in range(first, last)))
