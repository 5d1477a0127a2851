"""Article → its terms: the lower-cased words of a text, plain enough to be counted across outlets."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from copydesk.model.articles import Article
from copydesk.model.markup import Markup

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


def vocabulary(counts: Iterable[Counter[str]]) -> dict[str, int]:
    """A column number for every term, in order of the alphabet."""
    return {term: i for i, term in enumerate(sorted({term for count in counts for term in count}))}
