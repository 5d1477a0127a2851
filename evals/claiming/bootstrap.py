"""Briefs and the scorer beside the data → between what bounds the F1 of conflicts lies when other stories had been drawn."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from evals.rows import f1

ROUNDS = 2000
SEED = 7
SHARE = 0.95  # of the rounds that lie between the bounds

# Runs the scorer's own functions in a process of their own, a story at a time: its printed figures are ratios already.
_TALLY = """
import json, runpy, sys
names = runpy.run_path(sys.argv[1], run_name="scorer")
golds = names["load_gold"](sys.argv[2])
briefs = [names["Brief"](json.load(open(b, encoding="utf-8")), golds) for b in sys.argv[3:]]
for gold in golds:
    own = [b for b in briefs if any(a in b.gold_of.values() for a in gold.ids)]
    if own:
        tally = names["Tally"]()
        names["score_conflicts"](tally, gold, max(own, key=lambda b: sum(a in gold.ids for a in b.gold_of.values())))
        print(json.dumps([tally.n[k] for k in ("conflicts.p", "conflicts.r")]))
"""
Counts = tuple[float, float, float, float]


def conflict_bounds(scorer: Path, briefs: Sequence[Path]) -> tuple[float, float, int] | None:
    """The lower and upper bound of the F1 of conflicts, drawing the stories anew, and the number of contradictions in gold.

    None, said on stderr, where the scorer keeps no tallies.
    """
    command = [sys.executable, "-c", _TALLY, str(scorer), str(scorer.parent), *map(str, briefs)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"evals: no interval of conflicts: {scorer} keeps no tallies a story", file=sys.stderr)
        return None
    stories = [tuple(n for pair in json.loads(line) for n in pair) for line in done.stdout.splitlines()]
    low, high = interval([(s[0], s[1], s[2], s[3]) for s in stories])
    return low, high, round(sum(s[3] for s in stories))


def interval(stories: Sequence[Counts]) -> tuple[float, float]:
    """The bounds of F1 when as many stories are drawn again and again; a story is (right, told, found, wanted)."""
    if not stories:
        return 0.0, 0.0
    draw = random.Random(SEED)
    found = sorted(_f1(draw.choices(stories, k=len(stories))) for _ in range(ROUNDS))
    cut = round(ROUNDS * (1 - SHARE) / 2)
    return found[cut], found[-cut - 1]


def _f1(stories: Sequence[Counts]) -> float:
    right, told, found, wanted = (sum(column) for column in zip(*stories, strict=True))
    return f1(right / told if told else 0.0, found / wanted if wanted else 0.0)
