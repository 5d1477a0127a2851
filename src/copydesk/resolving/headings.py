"""Headlines and datelines that are no part of an article's text → the spellings of names that stand in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from copydesk.model.articles import Article
from copydesk.model.piles import Pile
from copydesk.resolving.spelling import Name, is_acronym
from copydesk.text.normalise import Word, find_words

ACRONYM_MAX = 6  # letters of a word in capitals that may abbreviate a known name


def heading_spellings(pile: Pile, owner_of: Mapping[Name, int]) -> Iterator[tuple[int, str, str]]:
    """The owner, the spelling and the article of every known name in a heading that `text` does not hold.

    `owner_of` gives the one entity that has a key; keys of several entities are not in it.
    """
    for article in pile.articles:
        for heading in _headings(article):
            for owner, written in _read(heading, owner_of):
                yield owner, written, article.id


def _headings(article: Article) -> Iterator[str]:
    if article.headline and not article.text.startswith(article.headline):
        yield article.headline
    if article.dateline:
        yield article.dateline


def _read(heading: str, owner_of: Mapping[Name, int]) -> Iterator[tuple[int, str]]:
    words = list(find_words(heading))
    longest = max((len(k) for k in owner_of), default=0)
    i = 0
    while i < len(words):
        for size in range(min(longest, len(words) - i), 0, -1):
            run = words[i : i + size]
            owner = _owner(heading, run, owner_of)
            if owner is not None:
                yield owner, heading[run[0].start : run[-1].end]
                i += size - 1
                break
        i += 1


def _owner(heading: str, run: Sequence[Word], owner_of: Mapping[Name, int]) -> int | None:
    key = tuple(w.key for w in run)
    written = heading[run[0].start : run[-1].end]
    if not written[0].isupper():
        return None
    if key in owner_of:
        return owner_of[key]
    if len(key) == 1 and written.isupper() and 2 <= len(written) <= ACRONYM_MAX:
        fits = {owner for name, owner in owner_of.items() if is_acronym(key[0], name)}
        if len(fits) == 1:
            return fits.pop()
    return None
