"""Lines of an article → those that say again what its other lines say: a copy of the text for machines, a pulled quote."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from statistics import median_low

from copydesk.cleaning.features import WORD

# By eye on pages that hold their article twice: in runs of six words two lines of one template differ, and a copy in
# one line loses only the runs across its paragraphs' ends.
RUN = 6
SHARE = 0.75
BY_LINES = 0.5  # a first paragraph that was taken for the headline says only that again, and is not dropped
MIN_WORDS = 12
# A copy for machines, or a teaser of it, says a line two or three times. What stands there more often is meant so: the
# days of a meal plan, the terms under every offer (held out on the pages of `training/blocks.py`, 3 or 2 against any).
MOST_TIMES = 3
MAX_WORDS = 200_000


def find_echoes(texts: Sequence[str], headline: str) -> set[int]:
    """The places of the texts whose words the others say, longest and last first; of two that are alike the first stays."""
    runs: list[list[str]] = []
    budget = MAX_WORDS
    for text in texts:
        words = [w.casefold() for w in WORD.findall(text)[: max(0, budget)]]
        budget -= len(words)
        runs.append(_runs(words))
    said = Counter(run for some in runs for run in set(some))
    times = dict(said)
    title = set(_runs([w.casefold() for w in WORD.findall(headline)]))
    echoes = set()
    for i in sorted(range(len(texts)), key=lambda i: (-len(runs[i]), -i)):
        own = runs[i]
        if len(own) + RUN - 1 < MIN_WORDS or median_low(times[run] for run in own) > MOST_TIMES:
            continue
        by_lines = sum(said[run] > 1 for run in own)
        by_title = sum(said[run] <= 1 and run in title for run in own)
        if by_lines + by_title >= SHARE * len(own) and by_lines >= BY_LINES * len(own):
            echoes.add(i)
            said.subtract(set(own))
    return echoes


def _runs(words: Sequence[str]) -> list[str]:
    return [" ".join(words[i : i + RUN]) for i in range(len(words) - RUN + 1)]
