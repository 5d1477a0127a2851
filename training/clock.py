"""Learns how far from publication bare dates lie: python training/clock.py DIR → src/copydesk/resolving/clock.json.

DIR holds dated articles in `scale/` and `stories/` (JSON lines with `published` and `text`). For every time that names
no year (a month and day, a month, a holiday) it counts the days from its nearest occurrence to publication, by the
direction that tense gives it; for dates with a year, the days from the newest of an article, by how fine it is; for
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
from copydesk.model.times import UNKNOWN_WHEN
from copydesk.resolving.clock_evidence import (
    NEWEST_EDGES,
    SIBLING_EDGES,
    YEARLESS_EDGES,
    nearest_gap,
    newest_dates,
    yearless_terms,
)
from copydesk.text.sentences import find_paragraphs

OUT = Path(__file__).parents[1] / "src/copydesk/resolving/clock.json"
TEXT_MAX = 12_000
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
        for kind, first in newest_dates(times).items():
            gap = (published - first).days
            counts.setdefault(kind, Counter())[bisect_right(NEWEST_EDGES, gap)] += 1
    print(f"{read} articles", file=sys.stderr)
    for gap in siblings(root):
        counts.setdefault("siblings", Counter())[bisect_right(SIBLING_EDGES, gap)] += 1
    table: dict[str, dict[str, list[float]]] = {}
    for kind in sorted(counts):
        edges = SIBLING_EDGES if kind == "siblings" else NEWEST_EDGES if kind.startswith("newest") else YEARLESS_EDGES
        total = sum(counts[kind].values()) + SMOOTHING * (len(edges) - 1)
        widths = [b - a for a, b in pairwise(edges)]
        shares = [(counts[kind][i + 1] + SMOOTHING) / total / w for i, w in enumerate(widths)]
        table[kind] = {"per_day": [float(f"{s:.4g}") for s in shares], "seen": [float(sum(counts[kind].values()))]}
    return table


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    OUT.write_text(json.dumps(learn(Path(sys.argv[1])), indent=1, sort_keys=True) + "\n", encoding="utf-8")
    print(f"wrote {OUT}", file=sys.stderr)
