"""A verdict's matching sentences → passages: where the shared text starts and ends in both articles.

Sentences that were copied one after the other are one passage. A reworded sentence is taken whole; of a copied one
that was cut short or joined to another, only the words that both have.
"""

from __future__ import annotations

from dataclasses import dataclass

from copydesk.model.copies import CopyKind, Passage
from copydesk.model.spans import Stretch
from copydesk.tracing.compare import Comparison
from copydesk.tracing.corpus import Body
from copydesk.tracing.judge import Verdict

TRIM_MIN = 3  # words at a sentence's edge that only one text has; fewer are copy-editing
SLACK = 1  # words that the other text may have there
SEAM, TWO_SEAMS = 3, 6  # words between two pieces that do not part them: in one text alone, in either
REWORDED, ALIKE = 30, 3  # words in both texts that do not either, and how many times more one of them may have
LITERAL = 0.6  # share of the shorter sentence in common runs from which it was copied, not reworded
# Share of words in common runs from which a passage is verbatim, and edited. Of the copies set's spun and translated
# links nineteen in twenty lie below the lower bound, of its edited ones above it.
VERBATIM, EDITED = 0.95, 0.87


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One pair of sentences as far as it was copied: word places in both bodies, and how literally."""

    left: tuple[int, int]
    right: tuple[int, int]
    sentences: tuple[int, int]
    common: float
    cosine: float


def find_passages(verdict: Verdict) -> tuple[Passage, ...]:
    """The passages of one pair, `origin` in its left article, in order of the right one."""
    pieces = sorted(find_pieces(verdict), key=lambda p: (p.right, p.left))
    groups: list[list[Piece]] = []
    for piece in pieces:
        if groups and _goes_on(groups[-1][-1], piece):
            groups[-1].append(piece)
        else:
            groups.append([piece])
    return tuple(_passage(verdict.comparison, group) for group in groups)


def find_pieces(verdict: Verdict) -> list[Piece]:
    """The matching sentences, each pair as far as it was copied."""
    return [
        _piece(verdict.comparison, i, j) for i, j in zip(verdict.left.tolist(), verdict.right.tolist(), strict=True)
    ]


def _piece(comparison: Comparison, i: int, j: int) -> Piece:
    left, right = comparison.left, comparison.right
    a, b = [int(left.first[i]), int(left.last[i])], [int(right.first[j]), int(right.last[j])]
    words = comparison.run_words[i, j]
    common = float(words) / max(1, min(a[1] - a[0], b[1] - b[0]))
    cosine = float(comparison.grids[0][i, j])
    if common >= LITERAL:
        _trim(comparison, a, b)
        common = float(words) / max(1, a[1] - a[0], b[1] - b[0])
    return Piece(
        left=(a[0], a[1]), right=(b[0], b[1]), sentences=(i, j), common=min(1.0, common), cosine=max(0.0, cosine)
    )


def _trim(comparison: Comparison, a: list[int], b: list[int]) -> None:
    """Takes words off the edges of a pair of word ranges where only one text has them."""
    runs = comparison.runs
    ends = runs.left + runs.length
    inside = (runs.left < a[1]) & (ends > a[0]) & (runs.right < b[1]) & (runs.right + runs.length > b[0])
    if not inside.any():
        return
    shift = runs.right[inside] - runs.left[inside]
    start = [max(a[0], x, b[0] - d) for x, d in zip(runs.left[inside].tolist(), shift.tolist(), strict=True)]
    stop = [min(a[1], x, b[1] - d) for x, d in zip(ends[inside].tolist(), shift.tolist(), strict=True)]
    first = min(range(len(start)), key=lambda k: start[k])
    last = max(range(len(stop)), key=lambda k: stop[k])
    head = (start[first] - a[0], start[first] + int(shift[first]) - b[0])
    tail = (a[1] - stop[last], b[1] - stop[last] - int(shift[last]))
    if max(head) >= TRIM_MIN and min(head) <= SLACK:
        a[0], b[0] = a[0] + head[0], b[0] + head[1]
    if max(tail) >= TRIM_MIN and min(tail) <= SLACK:
        a[1], b[1] = a[1] - tail[0], b[1] - tail[1]


def _goes_on(before: Piece, after: Piece) -> bool:
    """Whether two pieces are one stretch of copying: they touch in both texts, or what parts them was reworded too.

    A few words at the seam, or some in both texts alike, are wording that changed; more in one text alone was left out.
    """
    gaps = [_gap(before.left, after.left), _gap(before.right, after.right)]
    for side in (0, 1):
        if after.sentences[side] == before.sentences[side]:
            gaps[side] = max(gaps[side], 0)
    small, large = min(gaps), max(gaps)
    if small < -1:
        return False
    return large <= SEAM or (small > 0 and large <= max(TWO_SEAMS, min(REWORDED, ALIKE * small)))


def _gap(before: tuple[int, int], after: tuple[int, int]) -> int:
    return after[0] - before[1]


def _stretch(body: Body, first: Piece, last: Piece, side: int) -> Stretch:
    """Whole sentences with their marks, or the words themselves where a sentence was trimmed."""
    start_word = (first.left, first.right)[side][0]
    stop_word = (last.left, last.right)[side][1]
    head, tail = first.sentences[side], last.sentences[side]
    start = int(body.start[head]) if start_word == int(body.first[head]) else int(body.word_start[start_word])
    stop = int(body.end[tail]) if stop_word == int(body.last[tail]) else int(body.word_end[stop_word - 1])
    return Stretch(start=start, end=max(stop, start + 1))


def _passage(comparison: Comparison, group: list[Piece]) -> Passage:
    size = sum(p.right[1] - p.right[0] for p in group)
    common = sum(p.common * (p.right[1] - p.right[0]) for p in group) / max(1, size)
    cosine = sum(p.cosine * (p.right[1] - p.right[0]) for p in group) / max(1, size)
    return Passage(
        origin=_stretch(comparison.left, group[0], group[-1], 0),
        copy=_stretch(comparison.right, group[0], group[-1], 1),
        kind=kind_of(common),
        similarity=round(min(1.0, max(common, cosine)), 4),
    )


def kind_of(common: float) -> CopyKind:
    """The kind of a copy by the share of its words that stand in common runs."""
    if common >= VERBATIM:
        return "verbatim"
    return "edited" if common >= EDITED else "rewritten"
