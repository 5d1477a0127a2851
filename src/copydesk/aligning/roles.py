"""Units → how alike their words are in meaning: all of them, and those that carry them, do, and are done to."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from copydesk.aligning.terms import Word, telling_words
from copydesk.aligning.units import Unit
from copydesk.linking.columns import FloatColumn, FloatMatrix, IntColumn
from copydesk.model.ports import SentenceEncoder

WORDS_MAX = 24  # of one unit that are compared; a clause of more has been cut badly or is a list
ROLE_MAX = 4  # words of one role in one unit
NONE_ALIKE = -0.2  # where one of two units has no word in the role: less than unlike words, which count 0
UNLIKE = 0.35  # cosine at which the vectors of two words say nothing; most pairs of unlike words lie below
PAIRS_A_BLOCK = 2048
TABLE_MAX = 4000  # words of which all likenesses are held at once, 64 MB; of more they are reckoned pair by pair
_CARRIED = frozenset({"ccomp", "xcomp", "conj"})
_DOER = frozenset({"nsubj", "nsubjpass"})
_DONE_TO = frozenset({"dobj", "pobj", "attr", "nsubjpass", "oprd"})
Pairs = tuple[IntColumn, IntColumn]


def word_evidence(units: Sequence[Unit], pairs: Pairs, encoder: SentenceEncoder[FloatMatrix]) -> list[FloatColumn]:
    """For each pair the larger and the smaller share of one's words that the other has a like word for, both together, and how
    alike the nearest two words are of those that carry the units, of their verbs, of their doers, of what they are done to.

    Alike is 1 for the same word, 0 for words of unlike meaning, below 0 where a unit has no word in the role.
    """
    told = [telling_words(u) for u in units]
    words = _Words(told, encoder)
    whole = _table([[w.key for w in held] for held in told], words, WORDS_MAX)
    shares = _shares(whole, words, _rarity(told, words.place), pairs)
    roles = list(zip(*(_roles(unit, held) for unit, held in zip(units, told, strict=True)), strict=True))
    return [*shares, *(_nearest(_table(list(role), words, ROLE_MAX), words, pairs) for role in roles)]


class _Words:
    """The words of all units: each one's place, and how alike any two are by the vectors of their forms."""

    def __init__(self, told: list[list[Word]], encoder: SentenceEncoder[FloatMatrix]) -> None:
        forms: dict[str, str] = {}
        for words in told:
            for word in words:
                forms[word.key] = min(forms.get(word.key, word.form), word.form)
        keys = sorted(forms)
        self.place = {key: n for n, key in enumerate(keys)}
        self._vectors = encoder.encode([forms[key] for key in keys])
        self._table = self._vectors @ self._vectors.T if len(keys) <= TABLE_MAX else None

    def __len__(self) -> int:
        return len(self.place)

    def alike(self, ours: IntColumn, theirs: IntColumn) -> FloatMatrix:
        """How alike each two words of each pair of rows are; 0 where there is none."""
        if self._table is None:
            cosine = self._vectors[ours] @ self._vectors[theirs].transpose(0, 2, 1)
        else:
            cosine = self._table[ours[:, :, None], theirs[:, None, :]]
        alike = np.clip((cosine - UNLIKE) / (1.0 - UNLIKE), 0.0, 1.0)
        alike[ours[:, :, None] == theirs[:, None, :]] = 1.0
        alike[(ours[:, :, None] < 0) | (theirs[:, None, :] < 0)] = 0.0
        found: FloatMatrix = alike
        return found


def _rarity(told: list[list[Word]], keys: dict[str, int]) -> FloatColumn:
    held = np.zeros(len(keys))
    for words in told:
        held[sorted({keys[w.key] for w in words})] += 1
    rarity: FloatColumn = np.log((1 + len(told)) / (1 + held)) + 1
    return rarity


def _table(rows: Sequence[Sequence[str]], words: _Words, most: int) -> IntColumn:
    """The places of each row's words, −1 where it has fewer."""
    table = np.full((len(rows), most), -1, dtype=np.int64)
    for n, row in enumerate(rows):
        chosen = [words.place[k] for k in dict.fromkeys(row)][:most]
        table[n, : len(chosen)] = chosen
    return table


def _roles(unit: Unit, words: list[Word]) -> tuple[list[str], list[str], list[str], list[str]]:
    """The words that carry a unit, its verbs, who does it, and what it is done to."""
    tokens = unit.markup.tokens
    inside = range(unit.first, unit.last)
    heads = {i for i in inside if tokens.pos[i] in ("VERB", "AUX") and (not unit.first <= tokens.head[i] < unit.last or tokens.head[i] == i)}
    carrying = heads | {i for i in inside if tokens.head[i] in heads and tokens.dep[i] in _CARRIED}
    doers = {i for i in inside if tokens.dep[i] in _DOER}
    doers |= {i for i in inside if tokens.dep[i] == "compound" and tokens.head[i] in doers}
    return (
        [w.key for w in words if w.token in carrying],
        [w.key for w in words if tokens.pos[w.token] == "VERB"],
        [w.key for w in words if w.token in doers],
        [w.key for w in words if tokens.dep[w.token] in _DONE_TO],
    )


def _shares(table: IntColumn, words: _Words, rarity: FloatColumn, pairs: Pairs) -> list[FloatColumn]:
    found = np.zeros((3, len(pairs[0])))
    mass = np.where(table >= 0, rarity[table] if len(rarity) else 0.0, 0.0)
    for start in range(0, len(pairs[0]) if len(words) else 0, PAIRS_A_BLOCK):
        left, right = (side[start : start + PAIRS_A_BLOCK] for side in pairs)
        alike = words.alike(table[left], table[right])
        one = (alike.max(axis=2) * mass[left]).sum(axis=1) / np.maximum(mass[left].sum(axis=1), 1e-9)
        other = (alike.max(axis=1) * mass[right]).sum(axis=1) / np.maximum(mass[right].sum(axis=1), 1e-9)
        both = 2 * one * other / np.maximum(one + other, 1e-9)
        found[:, start : start + len(left)] = np.maximum(one, other), np.minimum(one, other), both
    return list(found)


def _nearest(table: IntColumn, words: _Words, pairs: Pairs) -> FloatColumn:
    found = np.full(len(pairs[0]), NONE_ALIKE)
    for start in range(0, len(found) if len(words) else 0, PAIRS_A_BLOCK):
        ours, theirs = (table[side[start : start + PAIRS_A_BLOCK]] for side in pairs)
        has = (ours[:, 0] >= 0) & (theirs[:, 0] >= 0)
        found[start : start + len(ours)] = np.where(has, words.alike(ours, theirs).max(axis=(1, 2)), NONE_ALIKE)
    return found
