"""Two bodies → how far each sentence of one says what each sentence of the other says, in the same words or not."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from copydesk.linking.columns import FloatMatrix, IntColumn
from copydesk.model.articles import Article
from copydesk.model.piles import Pile
from copydesk.model.ports import SentenceEncoder
from copydesk.tracing.corpus import Body, Corpus, build_corpus
from copydesk.tracing.runs import Runs, find_runs
from copydesk.tracing.sentence_features import Grid, Grids
from copydesk.tracing.stock import Stock
from copydesk.tracing.tables import Table, multiply, tabulate
from copydesk.tracing.vectors import Vectors
from copydesk.tracing.weights import Judges, load_judges

LENGTH_MAX = 40.0  # words from which a sentence is as much evidence as any


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """A pair of bodies: a grid a raw feature (features × sentences of left × of right), and their common runs."""

    pair: tuple[int, int]
    left: Body
    right: Body
    grids: Grids
    runs: Runs
    run_words: Grid  # words of common runs that lie in each pair of sentences

    def run_quoted(self) -> IntColumn:
        """For each common run how many of its words stand inside quotation marks, in one of the two at least."""
        length = self.runs.length
        inside = np.arange(int(length.sum())) - np.repeat(np.cumsum(length) - length, length)
        quoted = self.left.in_quote[np.repeat(self.runs.left, length) + inside]
        quoted = quoted | self.right.in_quote[np.repeat(self.runs.right, length) + inside]
        total = np.concatenate([[0], np.cumsum(quoted)])
        ends = np.cumsum(length)
        count: IntColumn = (total[ends] - total[ends - length]).astype(np.int64)
        return count


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What the sentences of one article hold."""

    content: Table
    names: Table
    numbers: Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What every comparison of one pile rests on: its articles as columns, for each distinct sentence a unit vector
    and whether it is stock, both found when they are asked for, and the judges."""

    articles: tuple[Article, ...]
    corpus: Corpus
    vectors: Vectors
    stock: Stock
    judges: Judges
    _written: dict[int, Written] = field(default_factory=dict)

    def written(self, article: int) -> Written:
        """What the sentences of an article hold; taken out of the corpus once, however often it is compared."""
        if article not in self._written:
            row = self.corpus.bodies[article].row
            content, names, numbers = (
                tabulate(m[row]) for m in (self.corpus.content, self.corpus.names, self.corpus.numbers)
            )
            self._written[article] = Written(content=content, names=names, numbers=numbers)
        return self._written[article]


def survey(
    pile: Pile, encoder: SentenceEncoder[FloatMatrix], corpus: Corpus | None = None, judges: Judges | None = None
) -> Ground:
    """The ground of a pile, whose corpus may be known already."""
    corpus = corpus or build_corpus(pile)
    vectors = Vectors(corpus.sentences, encoder)
    return Ground(
        articles=pile.articles,
        corpus=corpus,
        vectors=vectors,
        stock=Stock(corpus, vectors),
        judges=judges or load_judges(),
    )


def compare(ground: Ground, pair: tuple[int, int]) -> Comparison:
    """The comparison of two bodies."""
    corpus, vectors = ground.corpus, ground.vectors
    left, right = corpus.bodies[pair[0]], corpus.bodies[pair[1]]
    runs = find_runs(corpus.word_hash[left.word], corpus.word_hash[right.word])
    cosine = (vectors.of(left.row) @ vectors.of(right.row).T).astype(np.float64)
    mine, theirs = ground.written(pair[0]), ground.written(pair[1])
    content = multiply(mine.content.rows, theirs.content)
    names, numbers = _share(mine.names, theirs.names), _share(mine.numbers, theirs.numbers)
    has = mine.numbers.total > 0, theirs.numbers.total > 0
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
            np.minimum(1.0, np.maximum(*shares)),
            np.minimum(1.0, np.minimum(*shares)),
            np.log1p(run_words),
            names,
            numbers,
            differ,
            np.log(large / small),
            np.minimum(small, LENGTH_MAX) / LENGTH_MAX,
            # What one of two puts in quotation marks is a quotation in the other too: a post shown in a box has none.
            np.maximum(left.quoted[:, None], right.quoted[None, :]),
        ]
    )
    return Comparison(pair=pair, left=left, right=right, grids=grids, runs=runs, run_words=run_words)


def _share(left: Table, right: Table) -> Grid:
    """What two rows have in common, as a share of what either has (weighted Jaccard)."""
    both = multiply(left.rows, right)
    either = left.total[:, None] + right.total[None, :] - both
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
