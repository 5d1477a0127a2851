"""Verdicts, Courses → copy links: every pair that shares text, directed without a circle, and what the user said of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from copydesk.linking.columns import BoolColumn
from copydesk.model.articles import Article
from copydesk.model.copies import CopyLink, Passage
from copydesk.model.corrections import Correction, names_article
from copydesk.tracing.corpus import Body
from copydesk.tracing.direction import Course
from copydesk.tracing.judge import Verdict
from copydesk.tracing.passages import find_passages, find_pieces, kind_of
from copydesk.tracing.voices import Source
from copydesk.tracing.weights import PAIR_FEATURES

HALF = 0.5  # of a sentence's words from which it counts for the voice whose words they are


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """One accepted pair: article numbers as in the verdict, the verdict, and its course."""

    pair: tuple[int, int]
    verdict: Verdict
    course: Course
    by_user: bool = False


def remove_circles(links: Sequence[Linked]) -> list[Linked]:
    """The same links with every circle of copies opened at its weakest link, which then follows the others."""
    after: dict[int, set[int]] = {}
    settled: list[Linked] = []
    for link in sorted(links, key=lambda x: (x.course.direction == "unknown", -x.course.strength, x.pair)):
        a, b = link.pair if link.course.left_first else link.pair[::-1]
        course = link.course
        if _reaches(after, b, a):
            a, b = b, a
            known = course.direction != "unknown"
            reason = "the other way would close a circle of copies" if known else "follows from the links of both"
            course = replace(
                course, left_first=not course.left_first, direction="inferred", reasons=(reason,), evidence=()
            )
        after.setdefault(a, set()).add(b)
        settled.append(replace(link, course=course))
    return sorted(settled, key=lambda x: x.pair)


def _reaches(after: dict[int, set[int]], start: int, goal: int) -> bool:
    seen = {start}
    stack = [start]
    while stack:
        at = stack.pop()
        if at == goal:
            return True
        fresh = after.get(at, set()) - seen
        seen |= fresh
        stack.extend(fresh)
    return False


def source_of(link: Linked) -> Source:
    """The link by sentence, from origin to copy: without quotations that both have and sentences mostly the copy's own."""
    verdict, side = link.verdict, int(link.course.left_first)
    kept = _mostly_copied(verdict, side)
    if verdict.said is not None and not link.by_user:
        kept &= ~verdict.said
    sentences = verdict.left[kept], verdict.right[kept]
    return Source(
        origin=link.pair[1 - side],
        copy=link.pair[side],
        at=sentences[1 - side],
        to=sentences[side],
        score=verdict.score,
    )


def _mostly_copied(verdict: Verdict, side: int) -> BoolColumn:
    """Of which matches the sentence in the copy (1: the right text) is to a half or more in a passage (a mask)."""
    body = (verdict.comparison.left, verdict.comparison.right)[side]
    held = np.zeros(len(body.word), dtype=bool)
    for piece in find_pieces(verdict):
        first, last = (piece.left, piece.right)[side]
        held[first:last] = True
    count = np.concatenate([[0], np.cumsum(held)])
    share = (count[body.last] - count[body.first]) / np.maximum(1, body.last - body.first)
    kept: BoolColumn = share[(verdict.left, verdict.right)[side]] >= HALF
    return kept


def make_link(link: Linked, articles: Sequence[Article]) -> CopyLink:
    """The copy link as it is reported."""
    passages = find_passages(link.verdict)
    if not link.course.left_first:
        passages = tuple(sorted((_turn(p) for p in passages), key=lambda p: (p.copy, p.origin)))
    origin, copy = link.pair if link.course.left_first else link.pair[::-1]
    body = (link.verdict.comparison.left, link.verdict.comparison.right)[copy == link.pair[1]]
    return CopyLink(
        origin=articles[origin].id,
        origin_voice=None,
        copy=articles[copy].id,
        kind=kind_of(_literal(link.verdict)),
        coverage=round(coverage(body, [p.copy for p in passages]), 4),
        score=round(link.verdict.score, 4),
        direction=link.course.direction,
        passages=passages,
        reasons=(*_why(link, passages), *link.course.reasons),
        evidence=link.course.evidence,
    )


def _turn(passage: Passage) -> Passage:
    assert passage.origin is not None
    return replace(passage, origin=passage.copy, copy=passage.origin)


def coverage(body: Body, stretches: Sequence[object]) -> float:
    """The share of a body's words that these stretches hold."""
    held = np.zeros(len(body.word), dtype=bool)
    for stretch in stretches:
        held |= (body.word_start >= stretch.start) & (body.word_end <= stretch.end)  # type: ignore[attr-defined]
    return float(held.mean()) if len(held) else 0.0


def _literal(verdict: Verdict) -> float:
    """The share of the copied sentences' words that stand in common runs."""
    comparison = verdict.comparison
    left = (comparison.left.last - comparison.left.first)[verdict.left]
    right = (comparison.right.last - comparison.right.first)[verdict.right]
    shorter = np.minimum(left, right)
    common = np.minimum(comparison.run_words[verdict.left, verdict.right], shorter)
    return float(common.sum()) / max(1.0, float(shorter.sum()))


def _why(link: Linked, passages: Sequence[Passage]) -> tuple[str, ...]:
    """What joins two articles, in words a reader can check."""
    sentences = len(link.verdict.left)
    plain = round(float(np.expm1(link.verdict.features[PAIR_FEATURES.index("sentences outside quotations")])))
    words = round(float(np.expm1(link.verdict.features[PAIR_FEATURES.index("words in common runs")])))
    matching = "1 sentence matches" if sentences == 1 else f"{sentences} sentences match"
    places = "1 passage" if len(passages) == 1 else f"{len(passages)} passages"
    reasons = [f"{matching} in {places}, {plain} outside quotations"]
    if words:
        reasons.append(f"{words} words outside quotations stand in runs that both have")
    if link.by_user:
        reasons.insert(0, "user: said to be the same text")
    return tuple(reasons)


def corrected(
    corrections: Sequence[Correction], articles: Sequence[Article]
) -> tuple[set[tuple[int, int]], set[tuple[int, int]]]:
    """The pairs of articles that the user says are, and are not, linked."""
    same: set[tuple[int, int]] = set()
    apart: set[tuple[int, int]] = set()
    for correction in corrections:
        if correction.subject != "link":
            continue
        left = [i for i, a in enumerate(articles) if names_article(correction.left, article_id=a.id, path=a.path)]
        right = [i for i, a in enumerate(articles) if names_article(correction.right, article_id=a.id, path=a.path)]
        pairs = {(min(a, b), max(a, b)) for a in left for b in right if a != b}
        if correction.verdict == "same":
            same |= pairs
        else:
            apart |= pairs
    return same, apart
