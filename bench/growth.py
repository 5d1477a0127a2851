"""The same run as `bench whole` up to 8,000 articles: time and memory, their slopes, and a picture of both.

scale/ has 4,000 articles. Of each the first two pieces of up to PIECE characters are articles of their own here, the first
with the headline and the address, so that there are 8,000 and a pile of any size is of the same mix: half of its articles
have a neighbour that tells of the same. Rows, processes and threads are those of `bench whole`, its start-up times left out.
COPYDESK_BENCH_ARTICLES sets the largest size (default 8,000). `python -m bench growth --plot FILE.svg` draws the growth.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bench.picture import draw_growth
from bench.rows import Request, Row
from bench.whole import Piles, figures, find_articles, largest_size

ARTICLES = 8_000
PIECE = 300  # characters, some 50 words


def run(request: Request) -> Iterator[Row]:
    """Ratios, slopes and memory over short articles, drawn where a plot is asked for."""
    path = find_articles(request)
    if path is None:
        return
    found = []
    for row in figures(Piles(path=path, largest=largest_size(ARTICLES), piece=PIECE)):
        found.append(replace(row, bench="growth"))
        yield found[-1]
    if request.plot is not None:
        request.plot.write_text(draw_growth(found), encoding="utf-8")
