"""Entities → ids that stay when more articles come: where an entity was first named, and nothing else, makes its id.

The first article is the one published first, the undated after all dated ones. In it the first name counts that the
tagger itself saw: its markup is the article's own and stays as it is, while names that other articles give it (the
words beside it, the same name elsewhere) come and go with them. Spellings, kind and name of an entity are no part of it.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Sequence
from datetime import date

from copydesk.model.articles import Article
from copydesk.model.piles import Pile
from copydesk.model.spans import Span

Place = tuple[bool, date, str, int]  # undated, the day, the article, the place in it


def lasting_ids(pile: Pile, mentions: Sequence[Sequence[Span]]) -> list[str]:
    """The id of each entity, given by its mentions; no two are alike."""
    known = _Known(pile)
    firsts = [(known.first(spans), min(spans)) for spans in mentions]
    ids: list[str] = [""] * len(firsts)
    taken: set[tuple[str, int]] = set()
    for n in sorted(range(len(firsts)), key=lambda n: (firsts[n], n)):
        (_, _, article, start), earliest = firsts[n]
        words = f"{article}:{start}"
        if (article, start) in taken:  # one name of the tagger that was cut into two entities
            words += f":{earliest.article}:{earliest.start}"
        taken.add((article, start))
        ids[n] = "e-" + hashlib.sha256(words.encode()).hexdigest()[:12]
    return ids


class _Known:
    """The names that the tagger saw in each article, and when the article was published."""

    def __init__(self, pile: Pile) -> None:
        self._names = {m.article: sorted((n.start, n.end) for n in m.names) for m in pile.markups}
        self._day = {a.id: _day(a) for a in pile.articles}

    def first(self, spans: Sequence[Span]) -> Place:
        """The first place among an entity's mentions, by day, article and place; one that the tagger saw, if there is any."""
        seen = [(s.article, start) for s in spans if (start := self._seen(s)) is not None]
        return min(
            (*self._day[article], article, start) for article, start in seen or [(s.article, s.start) for s in spans]
        )

    def _seen(self, span: Span) -> int | None:
        """Where the name begins that the tagger saw in the words of a mention."""
        names = self._names.get(span.article, [])
        at = bisect_left(names, (span.end, 0)) - 1  # the last that begins before the mention ends
        return names[at][0] if at >= 0 and names[at][1] > span.start else None


def _day(article: Article) -> tuple[bool, date]:
    day = article.published.earliest
    return day is None, day or date.max
