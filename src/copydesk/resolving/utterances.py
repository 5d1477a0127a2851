"""Quotations → their sentences, and the sentences that every article carries together as one statement again.

Articles trim one speech in different places: "A. B," here, "B" there, "A," she said, "B." elsewhere. Held against each
other whole, A would become a variant of B. So sentences are matched, and those that always stand together stay so.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

import numpy as np

from copydesk.linking import connect
from copydesk.linking.columns import IntColumn
from copydesk.model.piles import Pile
from copydesk.resolving.sayings import WORDS_LEAST, Saying, narrow

PARTS_MAX = 60  # sentences of one quotation that are told apart; the rest of a speech printed whole stays together
_EDGE = " \t\n\u00a0“”\"«»‘’'"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One or more sentences of a quotation: its number, those sentences alone, and whether other words stand before
    them that the quotation leaves out, as in "A," she said. "B."."""

    whole: int
    saying: Saying
    apart: bool


def cut_sayings(sayings: Sequence[Saying], pile: Pile) -> list[Part]:
    """The sentences of all quotations, in order."""
    text_of = {a.id: a.text for a in pile.articles}
    starts_of = {m.article: [s.start for s in m.sentences] for m in pile.markups}
    return [
        part
        for n, saying in enumerate(sayings)
        for part in _cut(n, saying, text_of[saying.article], starts_of[saying.article])
    ]


def _cut(whole: int, saying: Saying, text: str, starts: Sequence[int]) -> Iterator[Part]:
    """A quotation cut where sentences begin, as far as both what is cut off and what is left say enough."""
    content = saying.mention.content
    inside = (s for c in content for s in starts[bisect_right(starts, c.start) : bisect_left(starts, c.end)])
    places = sorted({*(c.start for c in content), *inside})
    begins = [b for a, b in pairwise(places) if bisect_right(starts, b) > bisect_right(starts, a)]
    fresh = {c.start for c in content[1:]}
    start, last = places[0], content[-1].end
    for begin in begins[:PARTS_MAX]:
        end = begin
        while end > start and text[end - 1] in _EDGE:
            end -= 1
        part = narrow(saying, text, start, end)
        if part.words.total() >= WORDS_LEAST and narrow(saying, text, begin, last).words.total() >= WORDS_LEAST:
            yield Part(whole=whole, saying=part, apart=start in fresh)
            start = begin
    yield Part(whole=whole, saying=narrow(saying, text, start, last), apart=start in fresh)


def join_parts(parts: Sequence[Part], labels: IntColumn, sayings: Sequence[Saying], pile: Pile) -> list[list[Saying]]:
    """The quotations of every statement, given the number of the statement that each part was matched to.

    Two statements become one where every article that has either has the other right behind it. Where the teller's words
    stand between them, in more than one article, they stay two.
    """
    text_of = {a.id: a.text for a in pile.articles}
    label = labels.tolist()
    count = Counter(label)
    articles: defaultdict[int, set[str]] = defaultdict(set)
    for part, number in zip(parts, label, strict=True):
        articles[number].add(part.saying.article)
    follows: Counter[tuple[int, int]] = Counter()
    parted = set()
    for (a, m), (b, n) in pairwise(zip(parts, label, strict=True)):
        if a.whole == b.whole:
            follows[m, n] += 1
            if b.apart:
                parted.add((m, n))
    joined = [
        (m, n)
        for (m, n), times in sorted(follows.items())
        if times == count[m] == count[n] and ((m, n) not in parted or len(articles[m]) == 1)
    ]
    left, right = (np.array([pair[side] for pair in joined], dtype=np.int64) for side in (0, 1))
    group = connect(max(label, default=-1) + 1, left, right)
    found: list[list[Saying]] = [[] for _ in range(int(group.max()) + 1 if len(group) else 0)]
    for (whole, number), run in groupby(
        zip(parts, group[labels].tolist(), strict=True), key=lambda p: (p[0].whole, p[1])
    ):
        held = [part.saying.mention.content for part, _ in run]
        saying = sayings[whole]
        found[number].append(narrow(saying, text_of[saying.article], held[0][0].start, held[-1][-1].end))
    return found
