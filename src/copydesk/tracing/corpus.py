"""Articles, Markup → the words and sentences of a pile as columns, the form in which copies are looked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import csr_array

from copydesk.linking.columns import BoolColumn, FloatColumn, IntColumn, KeyColumn
from copydesk.model.articles import Article
from copydesk.model.piles import Pile
from copydesk.model.wordings import Wording
from copydesk.text.normalise import FUNCTION_WORDS, is_number, stem
from copydesk.text.shingles import hash_words
from copydesk.tracing.wording import flags_of, numbers_of, read_wording

# A pile of five articles cannot tell a rare word from "the": it is read as if this many others lay beside it, of which
# a function word stands in half and any other word in a hundredth. In a large pile its own counts decide.
OTHERS = 100
OTHERS_WITH_FUNCTION_WORD, OTHERS_WITH_WORD = 50.0, 1.0


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

    def __init__(self, words: Sequence[IntColumn], column: IntColumn, weight: FloatColumn, *, unit: bool = False) -> None:
        self._words, self._column, self._weight, self._unit = words, column, weight, unit
        self._made: dict[int, tuple[IntColumn, FloatColumn]] = {}

    def __getitem__(self, rows: IntColumn) -> csr_array:
        """These rows, in order, as one sparse matrix."""
        made = [self._row(row) for row in rows.tolist()]
        starts = np.concatenate([[0], np.cumsum([len(columns) for columns, _ in made])]).astype(np.int64)
        columns = np.concatenate([*(columns for columns, _ in made), np.zeros(0, dtype=np.int64)])
        values = np.concatenate([*(values for _, values in made), np.zeros(0)])
        return csr_array((values, columns, starts), shape=(len(made), max(1, len(self._weight))))

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
        self.words: dict[str, int] = {}
        self.sentences: dict[str, int] = {}
        self.sentence_words: list[IntColumn] = []
        self.sentence_names: list[IntColumn] = []

    def number(self, keys: Sequence[str]) -> IntColumn:
        words = self.words
        return np.array([words.setdefault(key, len(words)) for key in keys], dtype=np.int64)

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
    bodies: list[Body] = []
    own: list[tuple[IntColumn, BoolColumn]] = []
    for article, markup in zip(pile.articles, pile.markups, strict=True):
        wording = pile.wordings.get(article.id) or read_wording(article, markup, words_max)
        number = vocabulary.number(wording.words.split("\n") if wording.words else ())
        bodies.append(_body(article, wording, number, vocabulary))
        own.append((number, flags_of(wording.small)))
    words = tuple(vocabulary.words)
    numbered, pair_articles = _number_pairs(bodies, len(words))
    frequency, small = np.zeros(len(words), dtype=np.int64), np.zeros(len(words), dtype=bool)
    for number, flags in own:
        frequency[number] += 1
        small[number] |= flags
    n = max(1, sum(len(b.word) > 0 for b in bodies))
    common = np.array([w in FUNCTION_WORDS for w in words], dtype=bool)
    expected = np.where(common, OTHERS_WITH_FUNCTION_WORD, OTHERS_WITH_WORD)
    rarity = np.log(1.0 + (n + OTHERS) / (frequency + expected))
    every = np.arange(len(words))
    numeric = np.array([is_number(w) for w in words], dtype=bool)
    return Corpus(
        bodies=numbered,
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


def _number_pairs(bodies: Sequence[Body], width: int) -> tuple[tuple[Body, ...], IntColumn]:
    """The bodies with a number for each pair of words in a row, and how many articles have each pair."""
    pairs = [b.word[:-1] * max(1, width) + b.word[1:] for b in bodies]
    known, place = np.unique(np.concatenate([*pairs, np.zeros(0, dtype=np.int64)]), return_inverse=True)
    numbers = np.split(place.astype(np.int64), np.cumsum([len(p) for p in pairs])[:-1]) if pairs else []
    articles = np.zeros(len(known), dtype=np.int64)
    for column in numbers:
        articles[np.unique(column)] += 1
    return tuple(replace(b, pair=p) for b, p in zip(bodies, numbers, strict=True)), articles


def _body(article: Article, wording: Wording, number: IntColumn, vocabulary: _Vocabulary) -> Body:
    """A body whose words have the pile's numbers, those of its own being `number`."""
    word, in_quote = number[numbers_of(wording.word)], flags_of(wording.in_quote)
    places = numbers_of(wording.sentences).reshape(-1, 4)
    names = number[numbers_of(wording.names)]
    last_name = np.cumsum(numbers_of(wording.names_count)).tolist()
    rows, at = [], 0
    for (start, end, first, last), upto in zip(places.tolist(), last_name, strict=True):
        rows.append(vocabulary.sentence(article.text[start:end], word[first:last], names[at:upto]))
        at = upto
    total = np.concatenate([[0], np.cumsum(in_quote)])
    count = np.maximum(1, places[:, 3] - places[:, 2])
    return Body(
        word=word,
        word_start=numbers_of(wording.start),
        word_end=numbers_of(wording.end),
        in_quote=in_quote,
        start=places[:, 0],
        end=places[:, 1],
        first=places[:, 2],
        last=places[:, 3],
        row=np.array(rows, dtype=np.int64),
        quoted=(total[places[:, 3]] - total[places[:, 2]]) / count,
        pair=np.zeros(0, dtype=np.int64),
    )


def _content(vocabulary: _Vocabulary, words: tuple[str, ...], rarity: FloatColumn) -> Rows:
    """Rows of length 1 over stems, each stem once a sentence, weighted by the rarity of its least rare word."""
    stems: dict[str, int] = {}
    stem_of = np.array([stems.setdefault(stem(w), len(stems)) for w in words], dtype=np.int64)
    weight = np.full(len(stems), np.inf)
    np.minimum.at(weight, stem_of, rarity)
    return Rows(vocabulary.sentence_words, stem_of, weight, unit=True)
