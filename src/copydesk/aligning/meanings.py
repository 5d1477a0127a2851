"""Units → vectors of what they mean: of each clause, of its sentence, and of its words, all read within the sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from copydesk.aligning.terms import Word, telling_words
from copydesk.aligning.units import Unit
from copydesk.linking.columns import FloatMatrix, IntColumn
from copydesk.model.parts import Parts
from copydesk.model.ports import PartEncoder

WORDS_MAX = 24  # of one unit that are compared; a clause of more has been cut badly or is a list
Halves = NDArray[np.float16]


@dataclass(frozen=True, slots=True, kw_only=True)
class Meanings:
    """Unit vectors of units: `clauses` and `sentences` a row a unit; `words` a row a word, those of unit n from
    `bounds[n]` to `bounds[n + 1]`, named by `keys` (each once a unit, in order of their first place), as `told` finds them.

    A clause read alone loses what its sentence is about: of pairs of clauses that say the same, the mean of the pieces
    of the clause in its sentence knows more than a vector of its text alone (area under the curve on dossiers .840
    against .792), and a word's pieces in their sentence more than the word alone (.903 against .885, shares of both).
    """

    clauses: FloatMatrix
    sentences: FloatMatrix
    words: Halves
    bounds: IntColumn
    keys: list[list[str]]
    told: list[list[Word]]


def read_meanings(units: Sequence[Unit], encoder: PartEncoder[FloatMatrix]) -> Meanings:
    """What the encoder makes of the units; each sentence is encoded once."""
    told = [telling_words(u) for u in units]
    tokens = [_tokens_of(words) for words in told]
    bounds = np.cumsum([0, *(len(held) for held in tokens)])
    clauses, sentences = (np.zeros((len(units), encoder.dimensions), dtype=np.float32) for _ in range(2))
    words = np.zeros((int(bounds[-1]), encoder.dimensions), dtype=np.float16)
    holders: dict[str, list[int]] = {}
    for n, unit in enumerate(units):
        holders.setdefault(unit.sentence_text, []).append(n)
    texts = sorted(holders)
    asked = [_parts(text, [(units[n], tokens[n]) for n in holders[text]]) for text in texts]
    for text, (fine, rough) in zip(texts, encoder.encode_parts(asked), strict=True):
        first = 0
        for place, n in enumerate(holders[text], start=1):
            sentences[n], clauses[n] = fine[0], fine[place]
            last = first + len(tokens[n])
            words[bounds[n] : bounds[n + 1]] = rough[first:last]
            first = last
    return Meanings(
        clauses=clauses, sentences=sentences, words=words, bounds=bounds, keys=[list(t) for t in tokens], told=told
    )


def _parts(sentence: str, held: Sequence[tuple[Unit, dict[str, list[int]]]]) -> Parts:
    """What is asked of a sentence: its units and their words, by place in it."""
    fine = tuple(((u.start - u.sentence.start, u.end - u.sentence.start),) for u, _ in held)
    rough = tuple(
        tuple((u.markup.tokens.start[i] - u.sentence.start, u.markup.tokens.end[i] - u.sentence.start) for i in places)
        for u, words in held
        for places in words.values()
    )
    return Parts(sentence=sentence, fine=fine, rough=rough)


def _tokens_of(words: Sequence[Word]) -> dict[str, list[int]]:
    """The tokens of each of a unit's words."""
    found: dict[str, list[int]] = {}
    for word in words:
        if word.key in found or len(found) < WORDS_MAX:
            found.setdefault(word.key, []).append(word.token)
    return found
