"""Rows of growing piles → a picture of how time and memory grow, as SVG."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil, exp, floor, log, log10

import numpy as np

from bench.rows import Row

WIDTH, HEIGHT = 420, 340  # of one panel
LEFT, RIGHT, TOP, BOTTOM = 60, 20, 44, 50
TIME, PEAK, BASE = "unique.cpu_s", "unique.peak_mb", "unique.base_mb"


def draw_growth(rows: Sequence[Row]) -> str:
    """Two panels, both axes logarithmic: processor seconds, and megabytes above the loaded models, against articles.

    A dot is a run; the line is the straight one nearest to the dots, its slope written beside it, and the dashed one
    through the first dot has a slope of 1.
    """
    by = {(row.metric, row.n): row.value for row in rows}
    sizes = sorted(n for metric, n in by if metric == TIME)
    panels = {"seconds of the processor": [by[TIME, n] for n in sizes]}
    if all((PEAK, n) in by for n in sizes):  # not every system tells what a process holds
        panels["megabytes above the models"] = [max(1.0, by[PEAK, n] - by[BASE, n]) for n in sizes]
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH * len(panels)} {HEIGHT}" font-family="sans-serif" font-size="12">',
        f'<rect width="{WIDTH * len(panels)}" height="{HEIGHT}" fill="white"/>',
    ]
    for number, (title, values) in enumerate(panels.items()):
        parts += [f'<g transform="translate({WIDTH * number} 0)">', *_panel(title, sizes, values), "</g>"]
    return "\n".join([*parts, "</svg>", ""])


def _panel(title: str, sizes: Sequence[int], values: Sequence[float]) -> Iterator[str]:
    grown, start = np.polyfit(np.log(sizes), np.log(values), 1) if len(sizes) > 1 else (0.0, log(values[0]))
    ends = sizes[0], sizes[-1]
    even = [values[0] * n / sizes[0] for n in ends]
    low, high = floor(log10(min(values))), max(ceil(log10(max(*values, *even))), floor(log10(min(values))) + 1)

    def x(n: float) -> float:
        span = log(sizes[-1] / sizes[0]) or 1.0
        return LEFT + (WIDTH - LEFT - RIGHT) * log(n / sizes[0]) / span

    def y(value: float) -> float:
        return TOP + (HEIGHT - TOP - BOTTOM) * (high - log10(value)) / (high - low)

    yield f'<text x="{LEFT}" y="24">{title}, slope {grown:.2f}</text>'
    yield f'<text x="{(WIDTH + LEFT - RIGHT) / 2:.0f}" y="{HEIGHT - 12}" text-anchor="middle">articles</text>'
    for power in range(low, high + 1):
        at = y(10.0**power)
        yield f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{at:.1f}" y2="{at:.1f}" stroke="#ddd"/>'
        yield f'<text x="{LEFT - 6}" y="{at + 4:.1f}" text-anchor="end">{10.0**power:,g}</text>'
    for n in sizes:
        yield f'<text x="{x(n):.1f}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle">{n:,}</text>'
    fitted = [exp(start + grown * log(n)) for n in ends]
    for kind, line in (('stroke="#999" stroke-dasharray="4 4"', even), ('stroke="#1f6f8b"', fitted)):
        places = " ".join(f"{x(n):.1f},{y(value):.1f}" for n, value in zip(ends, line, strict=True))
        yield f'<polyline points="{places}" fill="none" {kind}/>'
    for n, value in zip(sizes, values, strict=True):
        yield f'<circle cx="{x(n):.1f}" cy="{y(value):.1f}" r="4" fill="#1f6f8b"><title>{n:,} articles: {value:,.1f}</title></circle>'
