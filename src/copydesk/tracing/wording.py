"""Article, Markup → the words of its body, as copies are looked for in them; the headline is left out."""

from __future__ import annotations

import re

import numpy as np

from copydesk.linking.columns import BoolColumn, IntColumn
from copydesk.model.articles import Article
from copydesk.model.markup import Markup
from copydesk.model.wordings import Wording
from copydesk.text.normalise import find_words

# An opening mark to its closing one or the paragraph's end: a quotation over several paragraphs opens each anew. Single
# marks, which are apostrophes too, have to close, and what they hold to be longer than a word or two.
_QUOTED = re.compile(
    r"[“«„][^”»\n]{1,4000}|\"[^\"\n]{1,4000}|(?<!\w)‘[^\n’]{1,400}(?:’\w[^\n’]{0,400}){0,40}(?=’)"
    r"|(?<![\w'])'(?=\w)(?=[^\n]{20})[^\n']{1,400}(?:'\w[^\n']{0,400}){0,40}(?='(?!\w))"
)
SENTENCES_MAX = 600  # of a body that are compared: two bodies make a grid of their product
_NUMBER, _FLAG = np.dtype("<i4"), np.dtype("?")


def read_wording(article: Article, markup: Markup, words_max: int) -> Wording:
    """The words of one body; of one longer than `words_max` words the rest is not compared."""
    text = article.text
    quoted = np.zeros(len(text) + 1, dtype=bool)
    for match in _QUOTED.finditer(text):
        quoted[match.start() : match.end()] = True
    known: dict[str, int] = {}
    columns: list[tuple[int, int, int]] = []
    rows: list[tuple[int, int, int, int]] = []
    names: list[list[int]] = []
    small: set[int] = set()
    for sentence in markup.sentences:
        if sentence.is_headline or len(columns) >= words_max or len(rows) >= SENTENCES_MAX:
            continue
        base = sentence.start
        words = list(find_words(text[base : sentence.end]))
        if not words:
            continue
        numbers = [known.setdefault(w.key, len(known)) for w in words]
        names.append([
            numbers[i] for i, w in enumerate(words) if i and text[base + w.start].isupper() and len(w.key) > 1
        ])  # fmt: skip
        small.update(number for number, w in zip(numbers, words, strict=True) if text[base + w.start].islower())
        rows.append((base, sentence.end, len(columns), len(columns) + len(words)))
        columns.extend((number, base + w.start, base + w.end) for number, w in zip(numbers, words, strict=True))
    table = np.array(columns, dtype=np.int64).reshape(-1, 3)
    return Wording(
        words="\n".join(known),
        word=_packed(table[:, 0]),
        start=_packed(table[:, 1]),
        end=_packed(table[:, 2]),
        in_quote=quoted[table[:, 1]].tobytes(),
        small=bytes(number in small for number in range(len(known))),
        sentences=_packed(np.array(rows, dtype=np.int64).reshape(-1, 4)),
        names=_packed(np.array([n for held in names for n in held], dtype=np.int64)),
        names_count=_packed(np.array([len(held) for held in names], dtype=np.int64)),
    )


def numbers_of(column: bytes) -> IntColumn:
    """A column of whole numbers."""
    return np.frombuffer(column, dtype=_NUMBER).astype(np.int64)


def flags_of(column: bytes) -> BoolColumn:
    """A column of yes and no."""
    return np.frombuffer(column, dtype=_FLAG)


def _packed(column: IntColumn) -> bytes:
    return column.astype(_NUMBER).tobytes()
