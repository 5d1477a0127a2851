"""Units → candidate pairs and the evidence on each pair."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from copydesk.aligning.figures import amount_evidence, number_evidence, numbers_of, time_evidence, times_of
from copydesk.aligning.kinship import kinship, neighbours_alike, ranks
from copydesk.aligning.meanings import read_meanings
from copydesk.aligning.modality import negation_at
from copydesk.aligning.passages import aligned_share
from copydesk.aligning.roles import word_evidence
from copydesk.aligning.terms import Incidence, content_words, incidence, names_in, rarity, runs_of_words, shared, weigh
from copydesk.aligning.units import Unit
from copydesk.linking import join_keys, neighbours
from copydesk.linking.columns import FloatColumn, FloatMatrix, IntColumn
from copydesk.model.piles import Pile
from copydesk.model.ports import PartEncoder
from copydesk.model.stories import Resolution

FEATURES = (
    "words in common",
    "meaning of the clauses",
    "meaning of the sentences",
    "larger share of one's words",
    "smaller share of one's words",
    "rarest common word",
    "common names",
    "other names",
    "numbers agree",
    "numbers differ",
    "times agree",
    "times differ",
    "only one denies",
    "words run alike",
    "same speaker",
    "other speaker",
    "copied passage",
    "best of both articles",
    "lead over the second best",
    "place in the articles",
    "names and numbers alone",
    "articles alike",
    "articles share",
    "articles' best",
    "larger share of one's words, by meaning",
    "smaller share of one's words, by meaning",
    "words alike in meaning",
    "carrying words alike",
    "verbs alike",
    "doers alike",
    "done to alike",
    "neighbours alike",
    "amounts agree",
    "amounts differ",
    "lengths apart",
    "length of the shorter",
)
KEY_MAX = 60  # a word in more units than this joins no candidates: rarer ones and the vectors do
NEIGHBOURS = 20
# Tuned on dossiers, cross-validated by story: .35 and .15 gave the same figures from 1.4 times as many pairs, .5 and .25
# joined more strangers. Re-run training/aligning.py after a change.
MEANING_NEAR = 0.45  # cosine of two clauses from which they are candidates without a rare word in common
BASE_MIN = 0.2  # half words in common, half meaning of the clauses: below it a pair is no candidate


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Candidate pairs of units of different articles, `features` a row each in the order of `FEATURES`.

    `sentences` holds the vector of each unit's sentence, `names` the entities that each unit names.
    """

    left: IntColumn
    right: IntColumn
    features: FloatMatrix
    sentences: FloatMatrix
    names: list[list[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tables:
    words: Incidence
    weight: FloatColumn
    names: Incidence
    runs: Incidence
    vectors: FloatMatrix
    sentences: FloatMatrix
    article: IntColumn


def weigh_evidence(
    units: tuple[Unit, ...],
    speakers: tuple[str | None, ...],
    given: tuple[Pile, Resolution],
    encoder: PartEncoder[FloatMatrix],
) -> Evidence:
    """The pairs that may say the same thing, and what speaks for and against it."""
    pile, resolution = given
    words, _ = incidence(content_words(u) for u in units)
    named = names_in(units, resolution)
    names, _ = incidence(named)
    runs, _ = incidence(runs_of_words(u) for u in units)
    meanings = read_meanings(units, encoder)
    tables = _Tables(
        words=words,
        weight=rarity(words),
        names=names,
        runs=runs,
        vectors=meanings.clauses,
        sentences=meanings.sentences,
        article=np.array([u.index for u in units], dtype=np.int64),
    )
    left, right = _candidates(tables)
    alike = word_evidence(units, (left, right), meanings)
    grid = _features(tables, (left, right), units, speakers, (pile, resolution), alike)
    return Evidence(left=left, right=right, features=grid, sentences=tables.sentences, names=named)


def _candidates(tables: _Tables) -> tuple[IntColumn, IntColumn]:
    owner, key = tables.words.nonzero()
    joined = join_keys(owner.astype(np.int64), key.astype(np.uint64), key_max=KEY_MAX)
    near = neighbours(tables.vectors, floor=MEANING_NEAR, count_max=NEIGHBOURS)
    n = max(1, len(tables.article))
    pair = np.unique(np.concatenate([joined.left * n + joined.right, near.left * n + near.right]))
    left, right = pair // n, pair % n
    apart = tables.article[left] != tables.article[right]
    left, right = left[apart], right[apart]
    cosine = np.einsum("ij,ij->i", tables.vectors[left], tables.vectors[right])
    lexical = _cosine(weigh(tables.words, tables.weight), (left, right))
    keep = 0.5 * cosine + 0.5 * lexical > BASE_MIN
    return left[keep], right[keep]


def _cosine(table: Incidence, pairs: tuple[IntColumn, IntColumn]) -> FloatColumn:
    norm = np.sqrt(np.asarray(table.multiply(table).sum(axis=1)).ravel())
    norm[norm == 0] = 1
    cosine: FloatColumn = shared(table, table, pairs) / (norm[pairs[0]] * norm[pairs[1]])
    return cosine


def _features(
    t: _Tables,
    pairs: tuple[IntColumn, IntColumn],
    units: tuple[Unit, ...],
    speakers: tuple[str | None, ...],
    given: tuple[Pile, Resolution],
    alike: list[FloatColumn],
) -> FloatMatrix:
    (left, right), (pile, resolution) = pairs, given
    weighed = weigh(t.words, t.weight)
    lexical = _cosine(weighed, pairs)
    cosine = np.einsum("ij,ij->i", t.vectors[left], t.vectors[right])
    sentence = np.einsum("ij,ij->i", t.sentences[left], t.sentences[right])
    mass = np.asarray(weighed.sum(axis=1)).ravel()
    mass[mass == 0] = 1
    common = shared(weighed, t.words, pairs)
    shares = np.stack([common / mass[left], common / mass[right]])
    both = t.words[left].multiply(t.words[right]).multiply(t.weight).tocsr()
    rarest = np.asarray(both.max(axis=1).todense()).ravel() if len(left) else np.zeros(0)
    names = shared(t.names, t.names, pairs)
    count = np.asarray(t.names.sum(axis=1)).ravel()
    fewest = np.minimum(count[left], count[right])
    numbers = [numbers_of(u) for u in units]
    times = [times_of(u, resolution) for u in units]
    numeric = np.array(
        [number_evidence(numbers[i], numbers[j]) for i, j in zip(left.tolist(), right.tolist(), strict=True)]
    ).reshape(-1, 2)
    amounts = np.array(
        [amount_evidence(numbers[i], numbers[j]) for i, j in zip(left.tolist(), right.tolist(), strict=True)]
    ).reshape(-1, 2)
    held = np.asarray(t.words.sum(axis=1)).ravel()
    least, most = np.minimum(held[left], held[right]), np.maximum(held[left], held[right])
    timed = np.array(
        [time_evidence(times[i], times[j]) for i, j in zip(left.tolist(), right.tolist(), strict=True)]
    ).reshape(-1, 2)
    denies = np.array([negation_at(u) is not None for u in units])
    runs = shared(t.runs, t.runs, pairs)
    known = {s: n for n, s in enumerate(sorted({s for s in speakers if s is not None}))}
    speaker = np.array([-1 if s is None else known[s] for s in speakers])
    told = (speaker[left] >= 0) & (speaker[right] >= 0)
    same = told & (speaker[left] == speaker[right])
    base = 0.5 * alike[2] + 0.5 * lexical
    best, lead = ranks(base, pairs, t.article)
    place = np.array([u.place for u in units])
    grid = np.stack(
        [
            lexical, cosine, sentence, shares.max(axis=0), shares.min(axis=0), rarest / max(1.0, float(t.weight.max())),
            np.log1p(names), (fewest > 0) & (names == 0), numeric[:, 0], numeric[:, 1], timed[:, 0], timed[:, 1],
            denies[left] != denies[right], np.log1p(runs), same, told & ~same,
            aligned_share(pile, units, pairs), best, lead, np.abs(place[left] - place[right]),
            np.minimum(1, names) * numeric[:, 0], *kinship(base, pairs, t.article, t.sentences),
            *alike, neighbours_alike(base, pairs, units), amounts[:, 0], amounts[:, 1], 1.0 - least / np.maximum(1, most), least,
        ],
        axis=1,
    )  # fmt: skip
    return grid.astype(np.float32)
