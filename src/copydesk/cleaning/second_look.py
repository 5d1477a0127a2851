"""Lines with a first probability each → what that says around and about every line, columns by `SECOND_COLUMNS`.

Of flattened text, where no structure tells. The first judgement sees a line by itself and little around it. Seen together its probabilities tell where the
article stands and what it speaks of; a second ensemble, trained on first
probabilities of pages that the first had not seen, judges again with that (stacked generalisation, Wolpert 1992).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from copydesk.cleaning.cues import FUNCTION_WORDS
from copydesk.cleaning.features import Matrix, densest, words_of
from copydesk.cleaning.lines import Line

Floats = npt.NDArray[np.float64]
SHIFTS = (1, 2, 3, 4, 5, 6)
FLOORS = (0.3, 0.5, 0.8)
WIDTHS = (5, 11, 25, 51)
CORE_FROM = 0.6
MAX_WORDS = 150
SECOND_COLUMNS: tuple[str, ...] = (
    "first", *(f"first{sign}{k}" for k in SHIFTS for sign in "-+"),
    *(f"{what}_{floor}" for floor in FLOORS for what in ("in", "from", "through")),
    "mass", "mass_share", "mass_before", "mass_after", "mass_here", *(f"near_{w}" for w in WIDTHS),
    "on_topic", "on_topic_new", "names_known", "names_new", "topic_near",
)  # fmt: skip


def second_rows(lines: Sequence[Line], first: Floats) -> Matrix:
    """One row a line; `first` is float64 (lines,)."""
    ink = np.minimum(np.array([len(line.text) for line in lines], dtype=np.float64), 600.0) + 1.0
    columns = [first]
    for k in SHIFTS:
        columns += [_shifted(first, k), _shifted(first, -k)]
    columns += _places(first, ink)
    columns += _masses(first, ink)
    columns += _topics(lines, first)
    return np.column_stack(columns)


def _shifted(values: Floats, by: int) -> Floats:
    moved = np.zeros_like(values)
    if by > 0 and len(values) > by:
        moved[by:] = values[:-by]
    elif by < 0 and len(values) > -by:
        moved[:by] = values[-by:]
    return moved


def _places(first: Floats, ink: Floats) -> list[Floats]:
    """Where each line stands to the densest stretch of likely lines."""
    place = np.arange(len(first), dtype=np.float64)
    columns = []
    for floor in FLOORS:
        begin, end = densest((first - floor) * ink)
        columns += [
            ((place >= begin) & (place <= end)).astype(np.float64),
            np.log1p(np.maximum(np.maximum(begin - place, place - end), 0.0)),
            np.clip((place - begin) / max(1, end - begin), -3.0, 4.0),
        ]
    return columns


def _masses(first: Floats, ink: Floats) -> list[Floats]:
    """How much likely text the page holds, before, after, here and near."""
    n = len(first)
    mass = first * ink
    total = float(mass.sum()) + 1e-9
    run = np.cumsum(mass)
    columns = [
        np.full(n, np.log1p(total)), np.full(n, total / ink.sum()), (run - mass) / total, 1.0 - run / total, mass / total,
    ]  # fmt: skip
    for width in WIDTHS:
        half, kernel = width // 2, np.ones(width)
        here = np.convolve(mass, kernel, "full")[half : half + n]
        columns.append(here / np.convolve(ink, kernel, "full")[half : half + n])
    return columns


def _topics(lines: Sequence[Line], first: Floats) -> list[Floats]:
    """How far each line speaks of what the likely lines speak of, and of the names that they name."""
    n = len(lines)
    telling: list[set[str]] = []
    names: list[set[str]] = []
    for line in lines:
        words = words_of(line.text[:2000])[:MAX_WORDS]
        telling.append({w.lower() for w in words if len(w) > 3 and w.lower() not in FUNCTION_WORDS})
        names.append({w for w in words[1:] if w[0].isupper() and len(w) > 2})
    core = Counter[str]()
    named = Counter[str]()
    for i in np.flatnonzero(first >= CORE_FROM).tolist():
        core.update(telling[i])
        named.update(names[i])
    columns = np.zeros((5, n))
    for i in range(n):
        own = int(first[i] >= CORE_FROM)
        if telling[i]:
            met = [core[w] - own for w in telling[i]]
            columns[0, i] = sum(m > 0 for m in met) / len(met)
            columns[1, i] = sum(m > 1 for m in met) / len(met)
        if names[i]:
            known = sum(named[w] > own for w in names[i])
            columns[2, i] = known / len(names[i])
            columns[3, i] = np.log1p(len(names[i]) - known)
    columns[4] = np.convolve(columns[0], np.ones(7) / 7, "full")[3 : 3 + n]
    return list(columns)
