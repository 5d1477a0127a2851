"""Articles, Markup → the words and sentences of a pile as columns, the form in which copies are looked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import count
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from copydesk.linking.columns import BoolColumn, FloatColumn, IntColumn, KeyColumn
from copydesk.model.articles import Article
from copydesk.model.piles import Pile
from copydesk.model.wordings import Wording
from copydesk.text.normalise import FUNCTION_WORDS, is_number, stem
from copydesk.text.shingles import hash_words
from copydesk.tracing.tables import Sparse
from copydesk.tracing.wording import flags_of, numbers_of, read_wording

# A pile of five articles cannot tell a rare word from "the": it is read as if this many others lay beside it, of which
# a function word stands in half and any other word in a hundredth. In a large pile its own counts decide.
OTHERS = 100
OTHERS_WITH_FUNCTION_WORD, OTHERS_WITH_WORD = 50.0, 1.0
WIDTH = 4  # bytes of a whole number in a column that is kept
Kind = TypeVar("Kind", np.int64, np.float64, np.bool_)


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """One article's body: its words in order and its sentences, the headline left out.

    `word` numbers the pile's vocabulary; `first` ≤ i < `last` are a sentence's words, `row` its place among the
    pile's distinct sentences, `quoted` the share of its words inside quotation marks. `pair` numbers each word with the
    one after it.
    """

    word: IntColumn
    word_start: IntColumn
    word_end: IntColumn
    in_quote: BoolColumn
    start: IntColumn
    end: IntColumn
    first: IntColumn
    last: IntColumn
    row: IntColumn
    quoted: FloatColumn
    pair: IntColumn

    def __len__(self) -> int:
        return len(self.start)


class Rows:
    """What a pile's distinct sentences hold, a sparse row each, made for those that are asked for: most never are.

    `column` says for each word in which column it counts, -1 for none; each column counts once a row with its weight,
    and `unit` makes rows of length 1.
    """

    def __init__(
        self, words: Sequence[IntColumn], column: IntColumn, weight: FloatColumn, *, unit: bool = False
    ) -> None:
        self._words, self._column, self._weight, self._unit = words, column, weight, unit
        self._made: dict[int, tuple[IntColumn, FloatColumn]] = {}

    def __getitem__(self, rows: IntColumn) -> Sparse:
        """These rows, in order."""
        made = [self._row(row) for row in rows.tolist()]
        starts = np.concatenate([[0], np.cumsum([len(columns) for columns, _ in made])]).astype(np.int64)
        columns = np.concatenate([*(columns for columns, _ in made), np.zeros(0, dtype=np.int64)])
        values = np.concatenate([*(values for _, values in made), np.zeros(0)])
        return Sparse(starts=starts, columns=columns, values=values)

    def _row(self, row: int) -> tuple[IntColumn, FloatColumn]:
        found = self._made.get(row)
        if found is None:
            columns = np.unique(self._column[self._words[row]])
            columns = columns[columns >= 0]
            values = self._weight[columns]
            if self._unit and len(values):
                values = values / float(np.sqrt((values**2).sum()))
            found = self._made[row] = (columns, values)
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """A pile's bodies, in order of the pile, and what its words and distinct sentences are worth.

    `articles_of` counts the articles that have a word, `small` says which words one of them writes without a capital,
    `rarity` is a word's inverse document frequency; `pair_articles` counts the articles that have two words in a row.
    The three of rows have one a distinct sentence: `content` (stems, weighted by rarity, rows of length 1), `names`
    (capitalised words inside sentences), `numbers`.
    """

    bodies: tuple[Body, ...]
    words: tuple[str, ...]
    word_hash: KeyColumn
    articles_of: IntColumn
    small: BoolColumn
    rarity: FloatColumn
    pair_articles: IntColumn
    sentences: tuple[str, ...]
    content: Rows
    names: Rows
    numbers: Rows


class _Vocabulary:
    """Numbers for words and for distinct sentences, in order of first appearance."""

    def __init__(self) -> None:
        self.words: defaultdict[str, int] = defaultdict(count().__next__)
        self.sentences: dict[str, int] = {}
        self.sentence_words: list[IntColumn] = []
        self.sentence_names: list[IntColumn] = []

    def number(self, keys: Iterable[str]) -> IntColumn:
        return np.array([*map(self.words.__getitem__, keys)], dtype=np.int64)

    def sentence(self, text: str, words: IntColumn, names: IntColumn) -> int:
        row = self.sentences.get(text)
        if row is None:
            row = self.sentences[text] = len(self.sentences)
            self.sentence_words.append(words)
            self.sentence_names.append(names)
        return row


def build_corpus(pile: Pile, words_max: int = 20_000) -> Corpus:
    """The pile's bodies as columns; of a body longer than `words_max` words the rest is not compared."""
    vocabulary = _Vocabulary()
    given = zip(pile.articles, pile.markups, strict=True)
    wordings = [pile.wordings.get(article.id) or read_wording(article, markup, words_max) for article, markup in given]
    own = [vocabulary.number(w.words.split("\n") if w.words else ()) for w in wordings]
    bodies, pair_articles = _bodies(pile.articles, wordings, own, vocabulary)
    words = tuple(vocabulary.words)
    numbers, flags = _joined(own), flags_of(b"".join(w.small for w in wordings))
    frequency, small = np.bincount(numbers, minlength=len(words)), np.zeros(len(words), dtype=bool)
    small[numbers[flags]] = True
    n = max(1, sum(len(b.word) > 0 for b in bodies))
    common = np.array([w in FUNCTION_WORDS for w in words], dtype=bool)
    expected = np.where(common, OTHERS_WITH_FUNCTION_WORD, OTHERS_WITH_WORD)
    rarity = np.log(1.0 + (n + OTHERS) / (frequency + expected))
    every = np.arange(len(words))
    numeric = np.array([is_number(w) for w in words], dtype=bool)
    return Corpus(
        bodies=bodies,
        words=words,
        word_hash=hash_words(words),
        articles_of=frequency,
        small=small,
        rarity=rarity,
        pair_articles=pair_articles,
        sentences=tuple(vocabulary.sentences),
        content=_content(vocabulary, words, rarity),
        names=Rows(vocabulary.sentence_names, every, np.sqrt(rarity)),
        numbers=Rows(vocabulary.sentence_words, np.where(numeric, every, -1), np.ones(len(words))),
    )


def _bodies(
    articles: Sequence[Article], wordings: Sequence[Wording], own: Sequence[IntColumn], vocabulary: _Vocabulary
) -> tuple[tuple[Body, ...], IntColumn]:
    """The bodies, `own` being the pile's numbers of the words of each, and how many of them have each two words in a row.

    All are read as one body: what numpy does four thousand times takes longer than what it does of four thousand.
    """
    sizes, lengths = [len(w.in_quote) for w in wordings], [len(w.names_count) // WIDTH for w in wordings]
    table, first_own = _joined(own), _starts([len(held) for held in own])
    word, named = numbers_of(b"".join(w.word for w in wordings)), numbers_of(b"".join(w.names for w in wordings))
    word = table[word + np.repeat(first_own, sizes)]
    named = table[named + np.repeat(first_own, [len(w.names) // WIDTH for w in wordings])]
    in_quote = flags_of(b"".join(w.in_quote for w in wordings))
    places = numbers_of(b"".join(w.sentences for w in wordings)).reshape(-1, 4)
    first, last = (places[:, side] + np.repeat(_starts(sizes), lengths) for side in (2, 3))
    name_counts = numbers_of(b"".join(w.names_count for w in wordings))
    columns = (first, last, _starts(name_counts), np.cumsum(name_counts))
    texts = (
        article.text[start:end]
        for article, of_article in zip(articles, _parted(places, lengths), strict=True)
        for start, end, _, _ in of_article.tolist()
    )
    given = zip(texts, *(column.tolist() for column in columns), strict=True)
    row = np.array([vocabulary.sentence(text, word[a:b], named[x:y]) for text, a, b, x, y in given], dtype=np.int64)
    total = np.concatenate([[0], np.cumsum(in_quote)])
    quoted = (total[last] - total[first]) / np.maximum(1, last - first)
    pair, pair_articles = _number_pairs(word, sizes, len(vocabulary.words))
    starts, ends = (numbers_of(b"".join(column)) for column in ((w.start for w in wordings), (w.end for w in wordings)))
    of_words = [_parted(column, sizes) for column in (word, starts, ends)]
    of_sentences = [_parted(places[:, side].copy(), lengths) for side in range(4)]
    pairs = _parted(pair, [max(0, size - 1) for size in sizes])
    of_both = (_parted(in_quote, sizes), _parted(row, lengths), _parted(quoted, lengths))
    bodies = tuple(
        Body(
            word=w, word_start=ws, word_end=we, in_quote=q, start=s, end=e, first=f, last=t, row=r, quoted=share, pair=p
        )
        for w, ws, we, s, e, f, t, q, r, share, p in zip(*of_words, *of_sentences, *of_both, pairs, strict=True)
    )
    return bodies, pair_articles


def _number_pairs(word: IntColumn, sizes: Sequence[int], width: int) -> tuple[IntColumn, IntColumn]:
    """A number for each two words in a row of one body, body behind body, and how many bodies have each."""
    owner = np.repeat(np.arange(len(sizes)), sizes)
    inside = owner[:-1] == owner[1:]
    known, place = np.unique((word[:-1] * max(1, width) + word[1:])[inside], return_inverse=True)
    carried = np.sort(
        place * max(1, len(sizes)) + owner[:-1][inside]
    )  # `unique` alone goes by hashes, five times as slow
    carried = carried[np.diff(carried, prepend=-1) > 0]
    articles = np.bincount(carried // max(1, len(sizes)), minlength=len(known))
    return place.astype(np.int64), articles.astype(np.int64)


def _joined(columns: Sequence[IntColumn]) -> IntColumn:
    return np.concatenate([*columns, np.zeros(0, dtype=np.int64)])


def _starts(sizes: Sequence[int] | IntColumn) -> IntColumn:
    """Where each of many columns of these lengths begins, one behind the other."""
    ends = np.cumsum(np.array(sizes, dtype=np.int64))
    return ends - np.array(sizes, dtype=np.int64)


def _parted(column: NDArray[Kind], sizes: Sequence[int]) -> list[NDArray[Kind]]:
    """The column in parts of these lengths."""
    ends = np.cumsum(np.array(sizes, dtype=np.int64)).tolist()
    return [column[end - size : end] for size, end in zip(sizes, ends, strict=True)]


def _content(vocabulary: _Vocabulary, words: tuple[str, ...], rarity: FloatColumn) -> Rows:
    """Rows of length 1 over stems, each stem once a sentence, weighted by the rarity of its least rare word."""
    stems: dict[str, int] = {}
    stem_of = np.array([stems.setdefault(stem(w), len(stems)) for w in words], dtype=np.int64)
    weight = np.full(len(stems), np.inf)
    np.minimum.at(weight, stem_of, rarity)
    return Rows(vocabulary.sentence_words, stem_of, weight, unit=True)
