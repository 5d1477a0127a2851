"""Articles, Markup → the words and sentences of a pile as columns, the form in which copies are looked for."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import csr_array

from copydesk.linking.columns import BoolColumn, FloatColumn, IntColumn, KeyColumn
from copydesk.model.articles import Article
from copydesk.model.markup import Markup
from copydesk.model.piles import Pile
from copydesk.text.normalise import FUNCTION_WORDS, find_words, is_number, stem
from copydesk.text.shingles import hash_words

# An opening mark to its closing one or the paragraph's end: a quotation over several paragraphs opens each anew. Single
# marks, which are apostrophes too, have to close, and what they hold to be longer than a word or two.
_QUOTED = re.compile(
    r"[“«„][^”»\n]{1,4000}|\"[^\"\n]{1,4000}|(?<!\w)‘[^\n’]{1,400}(?:’\w[^\n’]{0,400}){0,40}(?=’)"
    r"|(?<![\w'])'(?=\w)(?=[^\n]{20})[^\n']{1,400}(?:'\w[^\n']{0,400}){0,40}(?='(?!\w))"
)
SENTENCES_MAX = 600  # of a body that are compared: two bodies make a grid of their product
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """A pile's bodies, in order of the pile, and what its words and distinct sentences are worth.

    `rarity` is a word's inverse document frequency, `pair_articles` counts the articles that have two words in a row.
    The three matrices have a row a distinct sentence: `content`
    (stems, weighted by rarity, rows of length 1), `names` (capitalised words inside sentences), `numbers`.
    """

    bodies: tuple[Body, ...]
    words: tuple[str, ...]
    word_hash: KeyColumn
    rarity: FloatColumn
    pair_articles: IntColumn
    sentences: tuple[str, ...]
    content: csr_array
    names: csr_array
    numbers: csr_array


class _Vocabulary:
    """Numbers for words and for distinct sentences, in order of first appearance."""

    def __init__(self) -> None:
        self.words: dict[str, int] = {}
        self.sentences: dict[str, int] = {}
        self.sentence_words: list[list[int]] = []
        self.sentence_names: list[list[int]] = []

    def word(self, key: str) -> int:
        return self.words.setdefault(key, len(self.words))

    def sentence(self, text: str, words: list[int], names: list[int]) -> int:
        row = self.sentences.get(text)
        if row is None:
            row = self.sentences[text] = len(self.sentences)
            self.sentence_words.append(words)
            self.sentence_names.append(names)
        return row


def build_corpus(pile: Pile, words_max: int = 20_000) -> Corpus:
    """The pile's bodies as columns; of a body longer than `words_max` words the rest is not compared."""
    vocabulary = _Vocabulary()
    bodies = tuple(_body(a, m, vocabulary, words_max) for a, m in zip(pile.articles, pile.markups, strict=True))
    words = tuple(vocabulary.words)
    bodies, pair_articles = _number_pairs(bodies, len(words))
    frequency = np.zeros(len(words), dtype=np.int64)
    for body in bodies:
        frequency[np.unique(body.word)] += 1
    n = max(1, sum(len(b.word) > 0 for b in bodies))
    common = np.array([w in FUNCTION_WORDS for w in words], dtype=bool)
    expected = np.where(common, OTHERS_WITH_FUNCTION_WORD, OTHERS_WITH_WORD)
    rarity = np.log(1.0 + (n + OTHERS) / (frequency + expected))
    return Corpus(
        bodies=bodies,
        words=words,
        word_hash=hash_words(words),
        rarity=rarity,
        pair_articles=pair_articles,
        sentences=tuple(vocabulary.sentences),
        content=_content(vocabulary, words, rarity),
        names=_weighted(vocabulary.sentence_names, rarity, len(words)),
        numbers=_numbers(vocabulary, words),
    )


def _number_pairs(bodies: tuple[Body, ...], width: int) -> tuple[tuple[Body, ...], IntColumn]:
    """The bodies with a number for each pair of words in a row, and how many articles have each pair."""
    pairs = [b.word[:-1] * max(1, width) + b.word[1:] for b in bodies]
    known, place = np.unique(np.concatenate([*pairs, np.zeros(0, dtype=np.int64)]), return_inverse=True)
    numbers = np.split(place.astype(np.int64), np.cumsum([len(p) for p in pairs])[:-1]) if pairs else []
    articles = np.zeros(len(known), dtype=np.int64)
    for column in numbers:
        articles[np.unique(column)] += 1
    return tuple(replace(b, pair=p) for b, p in zip(bodies, numbers, strict=True)), articles


def _body(article: Article, markup: Markup, vocabulary: _Vocabulary, words_max: int) -> Body:
    text = article.text
    quoted = np.zeros(len(text) + 1, dtype=bool)
    for match in _QUOTED.finditer(text):
        quoted[match.start() : match.end()] = True
    columns: list[tuple[int, int, int]] = []
    rows: list[tuple[int, int, int, int, int]] = []
    for sentence in markup.sentences:
        if sentence.is_headline or len(columns) >= words_max or len(rows) >= SENTENCES_MAX:
            continue
        words = list(find_words(text[sentence.start : sentence.end]))
        if not words:
            continue
        numbers = [vocabulary.word(w.key) for w in words]
        names = [
            numbers[i]
            for i, w in enumerate(words)
            if i and text[sentence.start + w.start].isupper() and len(w.key) > 1
        ]
        row = vocabulary.sentence(text[sentence.start : sentence.end], numbers, names)
        rows.append((sentence.start, sentence.end, len(columns), len(columns) + len(words), row))
        columns.extend(
            (number, sentence.start + w.start, sentence.start + w.end) for number, w in zip(numbers, words, strict=True)
        )
    table = np.array(columns, dtype=np.int64).reshape(-1, 3)
    places = np.array(rows, dtype=np.int64).reshape(-1, 5)
    in_quote = quoted[table[:, 1]]
    total = np.concatenate([[0], np.cumsum(in_quote)])
    count = np.maximum(1, places[:, 3] - places[:, 2])
    return Body(
        word=table[:, 0],
        word_start=table[:, 1],
        word_end=table[:, 2],
        in_quote=in_quote,
        start=places[:, 0],
        end=places[:, 1],
        first=places[:, 2],
        last=places[:, 3],
        row=places[:, 4],
        quoted=(total[places[:, 3]] - total[places[:, 2]]) / count,
        pair=np.zeros(0, dtype=np.int64),
    )


def _matrix(rows: list[list[int]], values: list[list[float]], width: int) -> csr_array:
    """A sparse matrix from its columns and values, row by row; repeats add up."""
    starts = np.concatenate([[0], np.cumsum([len(r) for r in rows])]).astype(np.int64)
    flat = np.array([c for r in rows for c in r], dtype=np.int64)
    value = np.array([v for r in values for v in r], dtype=np.float64)
    matrix = csr_array((value, flat, starts), shape=(len(rows), max(1, width)))
    matrix.sum_duplicates()
    return matrix


def _content(vocabulary: _Vocabulary, words: tuple[str, ...], rarity: FloatColumn) -> csr_array:
    """Rows of length 1 over stems, each stem once a sentence, weighted by the squared rarity of its rarest word."""
    stems: dict[str, int] = {}
    stem_of = [stems.setdefault(stem(w), len(stems)) for w in words]
    weight = np.full(len(stems), np.inf)
    np.minimum.at(weight, stem_of, rarity)
    rows = [sorted({stem_of[w] for w in ws}) for ws in vocabulary.sentence_words]
    values = []
    for row in rows:
        value = weight[row] if row else np.zeros(0)
        norm = float(np.sqrt((value**2).sum()))
        values.append((value / norm).tolist() if norm else [])
    return _matrix(rows, values, len(stems))


def _weighted(rows: list[list[int]], rarity: FloatColumn, width: int) -> csr_array:
    """Each entry once a row, with the root of its rarity, so that a product of rows sums rarities."""
    unique = [sorted(set(r)) for r in rows]
    return _matrix(unique, [np.sqrt(rarity[r]).tolist() if r else [] for r in unique], width)


def _numbers(vocabulary: _Vocabulary, words: tuple[str, ...]) -> csr_array:
    numeric = [is_number(w) for w in words]
    rows = [sorted({w for w in ws if numeric[w]}) for ws in vocabulary.sentence_words]
    return _matrix(rows, [[1.0] * len(r) for r in rows], len(words))
