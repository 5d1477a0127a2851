"""Learns how far from publication bare dates lie: python training/clock.py DIR → src/copydesk/resolving/clock.json.

DIR holds dated articles in `scale/` and `stories/` (JSON lines with `published` and `text`). For every time that names
no year (a month and day, a month, a holiday) it counts the days from its nearest occurrence to publication, by the
direction that tense gives it; for dates with a year, the days from the newest of an article, by how fine it is; from
the first day of the year of its copyright notice; for
articles of one `story`, the days between them. The
table keeps shares per day in fixed bins, smoothed. Nothing but counts is kept. No randomness; about a minute.
"""

from __future__ import annotations

import gzip
import json
import sys
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path

from copydesk.annotating.columns import join_grids, plain_grid
from copydesk.annotating.times import find_times
from copydesk.model.articles import Article, Block
from copydesk.model.markup import Markup
from copydesk.model.piles import Pile
from copydesk.model.stories import Story
from copydesk.model.times import UNKNOWN_WHEN
from copydesk.resolving.clock import set_clock
from copydesk.resolving.clock_evidence import (
    NEWEST_EDGES,
    YEARLESS_EDGES,
    copyright_year,
    edges_of,
    nearest_gap,
    newest_dates,
    yearless_terms,
)
from copydesk.text.sentences import find_paragraphs

OUT = Path(__file__).parents[1] / "src/copydesk/resolving/clock.json"
TEXT_MAX = 12_000
EVERY = 10  # articles of which one is dated to see how often the true day lies inside
SMOOTHING = 0.5  # counts added to every bin


def articles(root: Path) -> Iterator[tuple[str, date]]:
    """Text and publication day of every dated article."""
    for path in sorted([*root.glob("scale/*.jsonl.gz"), *root.glob("stories/*.jsonl.gz")]):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                record = json.loads(line)
                if record.get("published"):
                    yield f"{record.get('headline') or ''}\n\n{record['text']}"[:TEXT_MAX], date.fromisoformat(record["published"][:10])


def siblings(root: Path) -> Iterator[int]:
    """Days between two articles of one story, for every pair."""
    days: dict[str, list[date]] = {}
    for path in sorted(root.glob("stories/*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                record = json.loads(line)
                if record.get("published") and record.get("story"):
                    days.setdefault(f"{path.name} {record['story']}", []).append(date.fromisoformat(record["published"][:10]))
    for group in days.values():
        yield from (abs((a - b).days) for i, a in enumerate(group) for b in group[:i])


def learn(root: Path) -> dict[str, dict[str, list[float]]]:
    """kind → share of its mentions in each bin, per day of the bin; and the counts they rest on."""
    counts: dict[str, Counter[int]] = {}
    seen: set[str] = set()
    read = 0
    for text, published in articles(root):
        if text in seen:
            continue
        seen.add(text)
        read += 1
        sentences, tokens = join_grids([(a, plain_grid(text[a:b])) for a, b in find_paragraphs(text)], 0)
        times = find_times(text, sentences, tokens, UNKNOWN_WHEN)
        for kind, term in yearless_terms(times):
            gap = nearest_gap(term, published)
            if gap is not None:
                counts.setdefault(kind, Counter())[bisect_right(YEARLESS_EDGES, gap)] += 1
        if notice := copyright_year(text):
            counts.setdefault("copyright", Counter())[bisect_right(edges_of("copyright"), (published - date(notice[0], 1, 1)).days)] += 1
        for kind, first in newest_dates(text, times).items():
            gap = (published - first).days
            counts.setdefault(kind, Counter())[bisect_right(NEWEST_EDGES, gap)] += 1
    print(f"{read} articles", file=sys.stderr)
    for gap in siblings(root):
        counts.setdefault("siblings", Counter())[bisect_right(edges_of("siblings"), gap)] += 1
    table: dict[str, dict[str, list[float]]] = {}
    for kind in sorted(counts):
        edges = edges_of(kind)
        total = sum(counts[kind].values()) + SMOOTHING * (len(edges) - 1)
        widths = [b - a for a, b in pairwise(edges)]
        shares = [(counts[kind][i + 1] + SMOOTHING) / total / w for i, w in enumerate(widths)]
        table[kind] = {"per_day": [float(f"{s:.4g}") for s in shares], "seen": [float(sum(counts[kind].values()))]}
    return table


def coverage(root: Path) -> tuple[float, int]:
    """In how many of a sample of single articles the true day lies in the interval that the clock gives, and how many those are."""
    inside = given = 0
    for i, (text, published) in enumerate(articles(root)):
        if i % EVERY:
            continue
        sentences, tokens = join_grids([(a, plain_grid(text[a:b])) for a, b in find_paragraphs(text)], 0)
        article = Article(
            id=str(i), path=str(i), url=None, sha256="", headline="", byline=None, dateline=None, outlet=None, language="en",
            compared=True, reason=None, published=UNKNOWN_WHEN, modified=None, observed=None, credits=(), text=text,
            source_text=text, blocks=(Block(kind="body", start=0, end=len(text), at=0, reason="record"),),
        )  # fmt: skip
        times = find_times(text, sentences, tokens, UNKNOWN_WHEN)
        markup = Markup(article=article.id, sentences=sentences, tokens=tokens, names=(), quotes=(), times=times, quantities=())
        story = Story(id="s", articles=(article.id,), membership=())
        answer = set_clock(Pile(articles=(article,), markups=(markup,)), story)[article.id]
        if answer.earliest is not None and answer.latest is not None:
            given += 1
            inside += answer.earliest <= published <= answer.latest
    return inside / max(given, 1), given


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    OUT.write_text(json.dumps(learn(Path(sys.argv[1])), indent=1, sort_keys=True) + "\n", encoding="utf-8")
    print(f"wrote {OUT}", file=sys.stderr)
    share, given = coverage(Path(sys.argv[1]))
    print(f"true day inside {share:.3f} of {given} intervals of single articles", file=sys.stderr)
