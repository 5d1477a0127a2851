"""Units → sparse columns of what they say: content words, names, runs of words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from scipy.sparse import csr_array

from copydesk.aligning.likenesses import class_of
from copydesk.aligning.units import Unit
from copydesk.linking.columns import FloatColumn, IntColumn
from copydesk.model.stories import Resolution
from copydesk.text.normalise import find_words, fold, stem

Incidence: TypeAlias = "csr_array[np.float64]"

_CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM"})
_LIGHT = frozenset(
    ["be", "have", "do", "say", "tell", "make", "get", "go", "come", "take", "give", "would", "could", "should", "will", "may", "might", "can", "must", "one", "also", "just"]
)  # fmt: skip
RUN = 5  # words of a run: long enough that two reporters do not find it by chance


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A content word of a unit: what it is compared by, its form in a dictionary (in the text, of names and numbers), its token."""

    key: str
    form: str
    token: int


def telling_words(unit: Unit) -> list[Word]:
    """A unit's content words, without verbs that say little."""
    tokens, text = unit.markup.tokens, unit.article.text
    found = []
    for i in range(unit.first, unit.last):
        if tokens.pos[i] not in _CONTENT or tokens.lemma[i] in _LIGHT or not any(c.isalnum() for c in tokens.lemma[i]):
            continue
        is_name = tokens.pos[i] in ("PROPN", "NUM")
        form = text[tokens.start[i] : tokens.end[i]] if is_name else tokens.lemma[i].lower()
        found.append(Word(key=stem(fold(form)) if is_name else class_of(tokens.lemma[i]), form=form, token=i))
    return found


def content_words(unit: Unit) -> list[str]:
    """The stems of a unit's content words, without verbs that say little."""
    return [word.key for word in telling_words(unit)]


def runs_of_words(unit: Unit) -> list[str]:
    """Every run of `RUN` words of a unit."""
    words = [w.key for w in find_words(unit.text)]
    return [" ".join(words[i : i + RUN]) for i in range(len(words) - RUN + 1)]


def names_in(units: Sequence[Unit], resolution: Resolution) -> list[list[str]]:
    """The entities that each unit names, stand-ins included."""
    spans: dict[str, list[tuple[int, int, str]]] = {}
    for span, entity in resolution.entity_of.items():
        spans.setdefault(span.article, []).append((span.start, span.end, entity))
    return [sorted({e for a, b, e in spans.get(u.article.id, ()) if u.start <= a and b <= u.end}) for u in units]


def incidence(rows: Iterable[Iterable[str]]) -> tuple[Incidence, list[str]]:
    """A row a unit, a column a term, 1 where the unit holds the term."""
    lists = [sorted(set(row)) for row in rows]
    vocabulary = {term: i for i, term in enumerate(sorted({t for row in lists for t in row}))}
    columns = [vocabulary[t] for row in lists for t in row]
    starts = np.cumsum([0, *(len(row) for row in lists)])
    shape = (len(lists), max(1, len(vocabulary)))
    return csr_array((np.ones(len(columns)), np.array(columns, dtype=np.int32), starts), shape=shape), sorted(
        vocabulary
    )


def rarity(table: Incidence) -> FloatColumn:
    """For each column how telling it is among these units: log of the units over those that hold it."""
    held = np.asarray(table.sum(axis=0)).ravel()
    weight: FloatColumn = np.log((1 + table.shape[0]) / (1 + held)) + 1
    return weight


def weigh(table: Incidence, weight: FloatColumn) -> Incidence:
    """The table with each column multiplied by its weight."""
    return csr_array(table.multiply(weight))


def shared(left: Incidence, right: Incidence, pairs: tuple[IntColumn, IntColumn]) -> FloatColumn:
    """The product of the two rows of each pair, summed over the columns."""
    total: FloatColumn = np.asarray(left[pairs[0]].multiply(right[pairs[1]]).sum(axis=1)).ravel()
    return total
