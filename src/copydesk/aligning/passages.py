"""Copied passages → how much of two units is the same copied text."""

from __future__ import annotations

from bisect import bisect_left

import numpy as np

from copydesk.aligning.units import Unit
from copydesk.linking.columns import FloatColumn, IntColumn
from copydesk.model.piles import Pile
from copydesk.model.spans import Stretch


def aligned_share(pile: Pile, units: tuple[Unit, ...], pairs: tuple[IntColumn, IntColumn]) -> FloatColumn:
    """For each pair the share of the shorter unit that a copied passage carries into the other, 0 to 1.

    Within a passage, places are taken to correspond in proportion.
    """
    by_article: dict[str, list[int]] = {}
    for n, unit in enumerate(units):
        by_article.setdefault(unit.article.id, []).append(n)
    found: dict[tuple[int, int], float] = {}
    for link in pile.trace.links:
        for passage in link.passages:
            if link.origin is None or passage.origin is None:
                continue
            ours = by_article.get(link.origin, [])
            theirs = by_article.get(link.copy, [])
            starts = [units[j].end for j in theirs]
            for i in ours:
                image = _carry(Stretch(start=units[i].start, end=units[i].end), passage.origin, passage.copy)
                if image is None:
                    continue
                for j in theirs[bisect_left(starts, image.start) :]:
                    other = Stretch(start=units[j].start, end=units[j].end)
                    if other.start >= image.end:
                        break
                    share = image.overlap(other) / max(1, min(len(image), len(other)))
                    pair = (min(i, j), max(i, j))
                    found[pair] = max(found.get(pair, 0.0), min(1.0, share))
    return np.array(
        [found.get((i, j), 0.0) for i, j in zip(pairs[0].tolist(), pairs[1].tolist(), strict=True)], dtype=np.float64
    )


def _carry(unit: Stretch, origin: Stretch, copy: Stretch) -> Stretch | None:
    """Where the part of a unit that a passage holds lies in the copy; None when that is less than half of it."""
    if 2 * unit.overlap(origin) < len(unit):
        return None
    scale = len(copy) / max(1, len(origin))
    start = copy.start + (max(unit.start, origin.start) - origin.start) * scale
    end = copy.start + (min(unit.end, origin.end) - origin.start) * scale
    return Stretch(start=round(start), end=round(end))
