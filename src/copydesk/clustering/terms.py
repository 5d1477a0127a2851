"""Article → its terms: the lower-cased words of a text, plain enough to be counted across outlets."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

import numpy as np

from copydesk.linking.columns import IntColumn
from copydesk.model.articles import Article
from copydesk.model.markup import Markup
from copydesk.model.wordings import Terms

_NUMBER = np.dtype("<i4")
WORDS_MAX = 5_000  # words of one article that are counted; a longer text says no more about what it is about
_WORD = re.compile(r"[^\W_]+(?:'[^\W\d_]{1,3})?")
_CURLY = str.maketrans({"’": "'", "‘": "'", "ʼ": "'"})
_OWN = ("'s", "'")


def words_of(text: str) -> list[str]:
    """The words of a text, lower-cased, without the 's of possession."""
    words = []
    for match in _WORD.finditer(text.translate(_CURLY).lower()):
        word = match.group()
        for ending in _OWN:
            word = word.removesuffix(ending)
        words.append(word)
        if len(words) >= WORDS_MAX:
            break
    return words


def whole_text(article: Article) -> str:
    """The headline and the text: a headline that only the container states is not in `text`."""
    return article.text if article.text.startswith(article.headline) else f"{article.headline}\n\n{article.text}"


def text_terms(article: Article) -> Counter[str]:
    """Every word of the article with its count."""
    return Counter(words_of(whole_text(article)))


def lead_of(article: Article, words: int) -> str:
    """The headline and the opening, as one line of at most so many words."""
    return " ".join(whole_text(article)[: words * 40].split()[:words])


def lead_terms(article: Article, words: int) -> Counter[str]:
    """The words of the headline and the opening with their counts."""
    return Counter(words_of(lead_of(article, words)))


def name_terms(markup: Markup) -> Counter[str]:
    """The words of the names in the article with their counts."""
    return Counter(word for name in markup.names for word in words_of(name.text))


def count_terms(article: Article, markup: Markup, words: int) -> Terms:
    """The terms of one article in its three views: its text, its opening of so many words, its names."""
    views = text_terms(article), lead_terms(article, words), name_terms(markup)
    known: dict[str, int] = {}
    parts = []
    for view in views:
        fresh = [term for term in view if term not in known]
        known.update(zip(fresh, range(len(known), len(known) + len(fresh)), strict=True))
        parts.append("\n".join(fresh))
    return Terms(
        words="\n\n".join(parts),
        places=np.array([known[term] for view in views for term in view], dtype=_NUMBER).tobytes(),
        counts=np.array([count for view in views for count in view.values()], dtype=_NUMBER).tobytes(),
        lengths=(len(views[0]), len(views[1]), len(views[2])),
    )


def parts_of(terms: Terms) -> list[list[str]]:
    """The terms of the first view, and what the second and the third have beside them."""
    return [part.split("\n") if part else [] for part in terms.words.split("\n\n")]


def views_of(terms: Terms) -> Iterator[tuple[IntColumn, IntColumn]]:
    """The places of each view's terms, and their counts."""
    places, counts = (np.frombuffer(column, dtype=_NUMBER) for column in (terms.places, terms.counts))
    first = 0
    for length in terms.lengths:
        yield places[first : first + length].astype(np.int64), counts[first : first + length].astype(np.int64)
        first += length


def vocabulary(counts: Iterable[Counter[str]]) -> dict[str, int]:
    """A column number for every term, in order of the alphabet."""
    return {term: i for i, term in enumerate(sorted({term for count in counts for term in count}))}
