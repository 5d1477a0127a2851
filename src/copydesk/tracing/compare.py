"""Two bodies → how far each sentence of one says what each sentence of the other says, in the same words or not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from copydesk.linking.columns import FloatColumn, FloatMatrix, IntColumn
from copydesk.tracing.corpus import Body, Corpus
from copydesk.tracing.runs import Runs, find_runs

Grid: TypeAlias = NDArray[np.float64]

SENTENCE_FEATURES = (
    "cosine",
    "cosine margin",
    "words in common",
    "words in common, margin",
    "cosine × words",
    "run, larger share",
    "run, smaller share",
    "names in common",
    "numbers in common",
    "numbers that differ",
    "length ratio",
    "short",
    "quoted",
)
SHORT = 8.0  # words below which a sentence is little evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """A pair of bodies: a grid a feature (features × sentences of left × sentences of right), and their common runs."""

    left: Body
    right: Body
    grids: NDArray[np.float64]
    runs: Runs
    run_words: Grid  # words of common runs that lie in each pair of sentences


def compare(corpus: Corpus, vectors: FloatMatrix, pair: tuple[int, int]) -> Comparison:
    """The comparison of two bodies of the corpus; `vectors` has a row for each of its distinct sentences."""
    left, right = corpus.bodies[pair[0]], corpus.bodies[pair[1]]
    runs = find_runs(corpus.word_hash[left.word], corpus.word_hash[right.word])
    cosine = (vectors[left.row] @ vectors[right.row].T).astype(np.float64)
    content = (corpus.content[left.row] @ corpus.content[right.row].T).toarray()
    names = _share(corpus.names[left.row] @ corpus.names[right.row].T, corpus.names, (left.row, right.row))
    both = corpus.numbers[left.row] @ corpus.numbers[right.row].T
    numbers = _share(both, corpus.numbers, (left.row, right.row))
    has = [np.asarray(corpus.numbers[b.row].sum(axis=1)).ravel() > 0 for b in (left, right)]
    differ = (has[0][:, None] & has[1][None, :] & (numbers == 0)).astype(np.float64)
    run_words = spread(runs, left, right)
    size = [(b.last - b.first).astype(np.float64) for b in (left, right)]
    shares = [run_words / size[0][:, None], run_words / size[1][None, :]]
    small, large = np.minimum(*np.meshgrid(*size, indexing="ij")), np.maximum(*np.meshgrid(*size, indexing="ij"))
    grids = np.stack(
        [
            cosine,
            cosine - _rival(cosine),
            content,
            content - _rival(content),
            np.maximum(cosine, 0) * content,
            np.minimum(1.0, np.maximum(*shares)),
            np.minimum(1.0, np.minimum(*shares)),
            names,
            numbers,
            differ,
            np.log(large / small),
            np.maximum(0.0, 1.0 - small / SHORT),
            np.minimum(left.quoted[:, None], right.quoted[None, :]),
        ]
    )
    return Comparison(left=left, right=right, grids=grids, runs=runs, run_words=run_words)


def _share(common: object, table: object, rows: tuple[IntColumn, IntColumn]) -> Grid:
    """What two rows have in common, as a share of what either has (weighted Jaccard)."""
    both = common.toarray()  # type: ignore[attr-defined]
    totals = [np.asarray(table[r].power(2).sum(axis=1)).ravel() for r in rows]  # type: ignore[index]
    either = totals[0][:, None] + totals[1][None, :] - both
    share: Grid = np.divide(both, either, out=np.zeros_like(both), where=either > 0)
    return share


def _rival(grid: Grid) -> Grid:
    """For each cell the best of the other cells in its row or column."""
    rival = np.full(grid.shape, 0.0)
    for axis in (0, 1):
        if grid.shape[axis] < 2:
            continue
        top = np.sort(grid, axis=axis)
        best, second = np.take(top, [-1], axis=axis), np.take(top, [-2], axis=axis)
        rival = np.maximum(rival, np.where(grid == best, second, best))
    return rival


def spread(runs: Runs, left: Body, right: Body) -> Grid:
    """How many words of common runs lie in each pair of sentences; a word counts once a pair, in its longest run."""
    words = np.zeros((len(left), len(right)))
    for a, b, length in zip(runs.left.tolist(), runs.right.tolist(), runs.length.tolist(), strict=True):
        i = int(np.searchsorted(left.last, a, side="right"))
        j = int(np.searchsorted(right.last, b, side="right"))
        done = 0
        while done < length:
            step = min(length - done, int(left.last[i]) - a - done, int(right.last[j]) - b - done)
            words[i, j] += step
            done += step
            i += int(left.last[i]) <= a + done
            j += int(right.last[j]) <= b + done
    size = np.minimum((left.last - left.first)[:, None], (right.last - right.first)[None, :])
    clipped: Grid = np.minimum(words, size)
    return clipped


def quoted_words(body: Body, first: int, length: int) -> int:
    """How many of these words stand inside quotation marks."""
    return int(body.in_quote[first : first + length].sum())


def rarity_of(corpus: Corpus, body: Body, place: tuple[int, int]) -> FloatColumn:
    """The rarity of the words from place[0] to place[1]."""
    return corpus.rarity[body.word[place[0] : place[1]]]
