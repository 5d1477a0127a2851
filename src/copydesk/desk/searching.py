"""What a user types → SearchQuery → hits."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from copydesk.desk.project import Desk
from copydesk.errors import DeskError
from copydesk.model.desks import Hit, SearchQuery
from copydesk.text.normalise import FUNCTION_WORDS, find_words

FIELDS = ("who", "outlet", "voice", "story", "before", "after")
_PART = re.compile(
    rf"""(?P<minus>-)?(?:(?P<field>{"|".join(FIELDS)}):\s{{0,5}})?(?:"(?P<phrase>[^"]{{0,500}})"?|(?P<word>[^\s"]{{1,200}}))"""
)
LIKE_WORDS = 12  # of a passage that are looked for: its rarest
PASSAGE_CHARS = 20_000
LIMIT = 20


def parse_query(text: str, limit: int = LIMIT) -> SearchQuery:
    """A search as a user types it: words and "quoted phrases" that must stand, -words that must not, a beginning*, and
    who: outlet: voice: story: before: after: with a word or a quoted phrase. Raises DeskError for what cannot be read.
    """
    query = SearchQuery(limit=limit)
    for part in _PART.finditer(text):
        words = (part["phrase"] if part["phrase"] is not None else part["word"] or "").strip()
        field = part["field"] or (words[:-1] if words[:-1] in FIELDS and words.endswith(":") else None)
        if field is not None and (part["field"] is None or not any(c.isalnum() for c in words)):
            raise DeskError(f'{field}: has nothing behind it; write {field}:word or {field}:"some words"')
        if not any(c.isalnum() for c in words):
            continue
        if field is None:
            query = (
                replace(query, must_not=(*query.must_not, words))
                if part["minus"]
                else replace(query, must=(*query.must, words))
            )
        else:
            query = _READERS[field](query, words)
    if query == SearchQuery(limit=limit):
        raise DeskError(
            'nothing to search for; write words, a "quoted phrase", or one of ' + ", ".join(f"{f}:" for f in FIELDS)
        )
    if query.must_not and not (query.must or query.who):
        raise DeskError("a search cannot only leave out; give a word that must stand, too")
    return query


def _day(field: str, words: str) -> date:
    """The first day of what is written: a day, a month, a year."""
    for form in (words, f"{words}-01", f"{words}-01-01"):
        try:
            return date.fromisoformat(form)
        except ValueError:
            continue
    raise DeskError(f"{field}: found {words!r}, expected a day like 2026-11-22, a month like 2026-11 or a year")


_READERS: dict[str, Callable[[SearchQuery, str], SearchQuery]] = {
    "who": lambda q, w: replace(q, who=(*q.who, w)),
    "outlet": lambda q, w: replace(q, outlet=(*q.outlet, w)),
    "voice": lambda q, w: replace(q, voice=(*q.voice, w)),
    "story": lambda q, w: replace(q, story=(*q.story, w)),
    "before": lambda q, w: replace(q, before=_day("before", w)),
    "after": lambda q, w: replace(q, after=_day("after", w)),
}


def search(desk: Desk, text: str, *, limit: int = LIMIT) -> tuple[Hit, ...]:
    """The articles that a search finds, the best first. Raises DeskError for what cannot be read as a search."""
    return desk.store.search(parse_query(text, limit))


def search_like(desk: Desk, passage: str, *, limit: int = LIMIT) -> tuple[Hit, ...]:
    """The articles that share most, and the rarest, words with a passage. Raises DeskError for one without words."""
    words = {w.key for w in find_words(passage[:PASSAGE_CHARS]) if len(w.key) > 2 and w.key not in FUNCTION_WORDS}
    rare = desk.store.rare_words(sorted(words), LIKE_WORDS)
    if not words:
        raise DeskError("the passage has no word to search by; give a sentence or more")
    return desk.store.search(SearchQuery(like=rare, limit=limit)) if rare else ()
