"""A page's elements → which of them holds the article, and where each line stands to it; columns by `TREE_COLUMNS`.

Two ways to name the element: the one whose lines gain most when each counts its prose and pays for being a line
(the tree's form of the densest stretch), and the one that paragraphs vote for, each for its parent and half for its
grandparent, less the share of links (as Readability does, Arc90 2009).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from copydesk.cleaning.flatten import Mark

Floats = npt.NDArray[np.float64]
TREE_COLUMNS = (
    "in_best", "in_top", "best_prose", "top_prose", "branch_prose", "branch_link_share", "branch_lines", "hops", "rise",
)  # fmt: skip
LINE_COST = 4.0  # words of prose that a line has to hold to be worth having: as in `features`, not tuned
MAX_HOPS = 30


def tree_columns(parents: Sequence[int], marks: Sequence[Mark], lengths: Floats, prose: Floats) -> Floats:
    """float64 (lines, len(TREE_COLUMNS)); linear in elements and lines."""
    element = np.array([m.element for m in marks])
    n = len(parents)
    words = _subtrees(parents, np.bincount(element, prose, minlength=n))
    gains = _subtrees(parents, np.bincount(element, prose - LINE_COST, minlength=n))
    ink = _subtrees(parents, np.bincount(element, lengths, minlength=n))
    links = _subtrees(
        parents, np.bincount(element, [min(m.link_chars, k) for m, k in zip(marks, lengths, strict=True)], minlength=n)
    )
    held = _subtrees(parents, np.bincount(element, minlength=n).astype(np.float64))
    total = max(1e-9, float(words[0]))
    best = _lowest(parents, gains)
    score = np.bincount([m.home for m in marks], prose, minlength=n) + np.bincount(
        [m.yard for m in marks], prose / 2, minlength=n
    )
    top = int(np.argmax(score * (1.0 - links / np.maximum(1.0, ink))))
    inside, in_top, branch, hops, rise = _stand(parents, best, top)
    share = links / np.maximum(1.0, ink)
    columns = np.column_stack([
        inside, in_top, np.full(n, words[best] / total), np.full(n, words[top] / total),
        np.where(inside > 0, words[branch] / total, 0.0), np.where(inside > 0, share[branch], 1.0),
        np.log1p(held[branch]), hops, rise,
    ])  # fmt: skip
    return np.asarray(columns[element], dtype=np.float64)


def _subtrees(parents: Sequence[int], own: npt.NDArray[Any]) -> Floats:
    """Each element's own amount with that of all it holds; an element stands before what it holds."""
    sums: list[float] = own.tolist()
    for i in range(len(sums) - 1, 0, -1):
        sums[parents[i]] += sums[i]
    return np.array(sums)


def _lowest(parents: Sequence[int], gains: Floats) -> int:
    """The innermost of the elements with the largest gain: numbers grow inwards."""
    return int(len(gains) - 1 - np.argmax(gains[::-1]))


def _stand(parents: Sequence[int], best: int, top: int) -> tuple[Floats, Floats, npt.NDArray[np.int64], Floats, Floats]:
    """For each element whether it is in the best one and in the top one, the best one's child that it is in, how many
    elements lie between it and the best one's chain of ancestors, and how far up that chain they meet."""
    n = len(parents)
    chain = {best: 0}
    at = best
    while at != 0:
        at = parents[at]
        chain[at] = len(chain)
    inside, in_top, hops, rise, branch = [0.0] * n, [0.0] * n, [0.0] * n, [0.0] * n, list(range(n))
    for i in range(n):
        up = parents[i]
        if i == top or (i and in_top[up]):
            in_top[i] = 1.0
        if i in chain:
            rise[i] = float(chain[i])
            inside[i] = float(i == best)
            continue
        rise[i] = rise[up]
        hops[i] = min(MAX_HOPS, hops[up] + 1)
        inside[i] = inside[up]
        if up != best:
            branch[i] = branch[up]
    return np.array(inside), np.array(in_top), np.array(branch), np.array(hops), np.minimum(np.array(rise), MAX_HOPS)
