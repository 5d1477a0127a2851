"""Article, Markup → the place names of the article, adjectives of countries and places inside other names among them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copydesk.model.articles import Article
from copydesk.model.markup import Markup, NameMention
from copydesk.reference import gazetteer
from copydesk.reference.titles import ORGANIZATION_ENDS, PLACE_HEADS
from copydesk.resolving.locating import Toponym, candidates

_WORD = re.compile(r"[^\W\d_][\w.’'-]*")
INSIDE_MAX = 3  # words of a place inside another name
TOWN = 20_000  # a place of fewer people inside a name is taken only where the article names it by itself, too
_COMMON = frozenset(
    [
        "university",
        "police",
        "central",
        "metro",
        "movement",
        "superior",
        "pacific",
        "spring",
        "best",
        "impact",
        "chapel",
    ]
)
_OWNERS = re.compile(r"\b(?:of|at|in|for)\s(?:the\s)?$")


def find_toponyms(article: Article, markup: Markup) -> list[Toponym]:
    """The toponyms of one article in order: "Malian", "Gao", and "Ohio" in "University of Ohio"."""
    by_itself = {n.text for n in markup.names if n.type == "place"}
    found = []
    for name in markup.names:
        if name.type == "place" or gazetteer().country_of(name.text):
            found.append((name.start, name.end))
        elif name.type in ("organization", "work", "event"):
            found += _inside(article.text, name, by_itself)
    return [Toponym(article=article.id, start=a, end=b, text=article.text[a:b]) for a, b in sorted(set(found))]


def _inside(text: str, name: NameMention, by_itself: set[str]) -> Iterator[tuple[int, int]]:
    """Places that an organization's name begins with, or has behind "of", "at" or "in"."""
    words = [m.span() for m in _WORD.finditer(text, name.start, name.end)]
    for i, (start, _) in enumerate(words):
        if i and not _OWNERS.search(text, name.start, start):
            continue
        for last in range(min(i + INSIDE_MAX, len(words)) - 1, i - 1, -1):
            end = words[last][1]
            if (i, last) != (0, len(words) - 1) and _is_place(text[start:end], by_itself):
                yield start, end
                break


def _is_place(written: str, by_itself: set[str]) -> bool:
    if not written[0].isupper() or written.casefold() in ORGANIZATION_ENDS | PLACE_HEADS | _COMMON:
        return False
    if "." in written:
        return gazetteer().country_of(written) is not None
    if written in by_itself:
        return True
    places = candidates(written)
    return any(p.kind != "city" or p.population >= TOWN for p in places)
