"""Units → how alike their words are in meaning: all of them, and those that carry them, do, and are done to."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from copydesk.aligning.meanings import Meanings
from copydesk.aligning.terms import Word
from copydesk.aligning.units import Unit
from copydesk.linking.columns import FloatColumn, IntColumn

NONE_ALIKE = -0.2  # where one of two units has no word in the role: less than unlike words, which count 0
UNLIKE = 0.09  # cosine at which two words in their sentences say nothing; most pairs of unlike words lie below (median .04 on dossiers)
SAME_WORD = 0.5  # at least, of one word in two sentences: the encoder may read it as two things
ROLES = 4
SHARES = 3
_CARRIED = frozenset({"ccomp", "xcomp", "conj"})
_DOER = frozenset({"nsubj", "nsubjpass"})
_DONE_TO = frozenset({"dobj", "pobj", "attr", "nsubjpass", "oprd"})
Pairs = tuple[IntColumn, IntColumn]


def word_evidence(units: Sequence[Unit], pairs: Pairs, meanings: Meanings) -> list[FloatColumn]:
    """For each pair the larger and the smaller share of one's words that the other has a like word for, both together, and how
    alike the nearest two words are of those that carry the units, of their verbs, of their doers, of what they are done to.

    Alike is 1 for one meaning, 0 for words of unlike meaning, below 0 where a unit has no word in the role. The pairs
    are in order of their left units.
    """
    found = np.zeros((SHARES + ROLES, len(pairs[0])))
    found[SHARES:] = NONE_ALIKE
    words = _Words(units, meanings)
    starts = np.flatnonzero(np.diff(pairs[0], prepend=-1))
    for start, end in pairwise([*starts.tolist(), len(pairs[0])]):
        found[:, start:end] = words.against(int(pairs[0][start]), pairs[1][start:end])
    return list(found)


class _Words:
    """The words of all units: a row each in one table, with what each weighs and which roles it has."""

    def __init__(self, units: Sequence[Unit], meanings: Meanings) -> None:
        names = sorted({key for held in meanings.keys for key in held})
        place = {key: n for n, key in enumerate(names)}
        self._bounds, self._vectors = meanings.bounds, meanings.words
        self._key = np.array([place[key] for held in meanings.keys for key in held], dtype=np.int64)
        held = np.bincount(self._key, minlength=len(names))
        self._mass = (np.log((1 + len(units)) / (1 + held)) + 1)[self._key]
        per_unit = [_roles(unit, told) for unit, told in zip(units, meanings.told, strict=True)]
        self._roles = np.array(
            [
                [key in roles[r] for keys, roles in zip(meanings.keys, per_unit, strict=True) for key in keys]
                for r in range(ROLES)
            ],
            dtype=bool,
        ).reshape(ROLES, len(self._key))

    def against(self, one: int, others: IntColumn) -> FloatColumn:
        """The evidence on one unit and each of some others, a row a kind."""
        found = np.zeros((SHARES + ROLES, len(others)))
        found[SHARES:] = NONE_ALIKE
        ours = slice(int(self._bounds[one]), int(self._bounds[one + 1]))
        counts = self._bounds[others + 1] - self._bounds[others]
        with_words = np.flatnonzero(counts)
        if ours.start == ours.stop or not len(with_words):
            return found
        rows = np.concatenate([np.arange(self._bounds[n], self._bounds[n + 1]) for n in others[with_words].tolist()])
        at = np.cumsum([0, *counts[with_words][:-1].tolist()])
        alike = self._alike(ours, rows)
        mass, theirs = self._mass[ours], self._mass[rows]
        best = np.maximum.reduceat(alike, at, axis=1)
        nearest = alike.max(axis=0)
        forth = mass @ best / mass.sum()
        back = np.add.reduceat(nearest * theirs, at) / np.add.reduceat(theirs, at)
        both = 2 * forth * back / np.maximum(forth + back, 1e-9)
        found[:SHARES, with_words] = np.maximum(forth, back), np.minimum(forth, back), both
        for role in range(ROLES):
            mine, their = self._roles[role, ours], self._roles[role, rows]
            if mine.any():
                nearest = np.where(their, alike[mine].max(axis=0), NONE_ALIKE)
                found[SHARES + role, with_words] = np.maximum.reduceat(nearest, at)
        return found

    def _alike(self, ours: slice, rows: IntColumn) -> FloatColumn:
        """How alike each of a unit's words is to each of the words of some rows."""
        cosine = self._vectors[ours].astype(np.float32) @ self._vectors[rows].astype(np.float32).T
        alike = np.clip((cosine.astype(np.float64) - UNLIKE) / (1.0 - UNLIKE), 0.0, 1.0)
        same = self._key[ours][:, None] == self._key[rows][None, :]
        found: FloatColumn = np.where(same, np.maximum(alike, SAME_WORD), alike)
        return found


def _roles(unit: Unit, words: list[Word]) -> tuple[set[str], set[str], set[str], set[str]]:
    """The words that carry a unit, its verbs, who does it, and what it is done to."""
    tokens = unit.markup.tokens
    inside = range(unit.first, unit.last)
    heads = {
        i
        for i in inside
        if tokens.pos[i] in ("VERB", "AUX") and (not unit.first <= tokens.head[i] < unit.last or tokens.head[i] == i)
    }
    carrying = heads | {i for i in inside if tokens.head[i] in heads and tokens.dep[i] in _CARRIED}
    doers = {i for i in inside if tokens.dep[i] in _DOER}
    doers |= {i for i in inside if tokens.dep[i] == "compound" and tokens.head[i] in doers}
    return (
        {w.key for w in words if w.token in carrying},
        {w.key for w in words if tokens.pos[w.token] == "VERB"},
        {w.key for w in words if w.token in doers},
        {w.key for w in words if tokens.dep[w.token] in _DONE_TO},
    )
