"""Texts of one article → what changed from each to the next, and which facts that touches."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import pairwise

from copydesk.model.articles import Article
from copydesk.model.desks import StoredText
from copydesk.model.dossiers import Change, Dossier, Revision
from copydesk.model.spans import Stretch
from copydesk.model.stories import Fact

_PIECE = re.compile(r"\w+|[^\w\s]")
PIECES_MAX = 12_000  # of a text that are aligned word by word; what stands behind is one piece


@dataclass(frozen=True, slots=True, kw_only=True)
class Diff:
    """One step from a text to the next, with both and the stretches of each that differ."""

    before: Article
    after: Article
    changes: tuple[Change, ...]
    facts: tuple[Fact, ...] = ()


def find_changes(before: str, after: str) -> tuple[Change, ...]:
    """The stretches that differ, word by word and in order; one side is empty where words were added or cut."""
    left, right = _pieces(before), _pieces(after)
    matcher = SequenceMatcher(None, [before[a:b] for a, b in left], [after[a:b] for a, b in right], autojunk=False)
    return tuple(
        Change(before=_stretch(left, i1, i2, len(before)), after=_stretch(right, j1, j2, len(after)))
        for tag, i1, i2, j1, j2 in matcher.get_opcodes()
        if tag != "equal"
    )


def _pieces(text: str) -> list[tuple[int, int]]:
    found = [match.span() for match in _PIECE.finditer(text)]
    if len(found) <= PIECES_MAX:
        return found
    return [*found[:PIECES_MAX], (found[PIECES_MAX][0], len(text.rstrip()))]


def _stretch(pieces: Sequence[tuple[int, int]], first: int, last: int, length: int) -> Stretch:
    """Where pieces stand; for none of them the point behind the piece before."""
    if first < last:
        return Stretch(start=pieces[first][0], end=pieces[last - 1][1])
    at = pieces[first - 1][1] if first else (pieces[0][0] if pieces else length)
    return Stretch(start=at, end=at)


def find_diffs(texts: Sequence[StoredText]) -> tuple[Diff, ...]:
    """Each step from one text of an article to the next."""
    return tuple(
        Diff(before=a.article, after=b.article, changes=find_changes(a.article.text, b.article.text))
        for a, b in pairwise(texts)
    )


def touched(changes: Sequence[Change], article: str, facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """The facts whose words in this article's present text were changed, or had words cut out of them."""
    stretches = [c.after for c in changes]
    return tuple(
        fact
        for fact in facts
        if any(
            s.span.article == article and s.span.start < max(x.end, x.start + 1) and x.start < s.span.end
            for s in fact.support
            for x in stretches
        )
    )


def with_revisions(dossier: Dossier, texts: dict[str, tuple[StoredText, ...]]) -> Dossier:
    """The dossier with the revisions of its articles.

    What a revision changed is told from the text before it; the facts it touches are found in the present text, so for
    a revision that others followed the changes are those from the text before it to the present one.
    """
    articles = []
    for traced in dossier.articles:
        found = texts.get(traced.article.id, ())
        revisions = []
        for before, after in pairwise(found):
            since = find_changes(before.article.text, traced.article.text)
            facts = touched(since, traced.article.id, dossier.facts)
            changes = find_changes(before.article.text, after.article.text)
            observed = after.article.observed or after.added.date()
            revisions.append(
                Revision(id=after.capture, observed=observed, changes=changes, facts=tuple(f.id for f in facts))
            )
        articles.append(replace(traced, revisions=tuple(revisions)))
    return replace(dossier, articles=tuple(articles))
