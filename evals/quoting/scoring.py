"""Attributions of two sides → how much of them agrees: contents word by word, cues and sources by touch."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from evals.rows import f1

_WORD = re.compile(r"\w+")

Places = Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """One attribution of either side: word numbers of its content, places of its cue and source."""

    content: frozenset[int]
    cue: tuple[tuple[int, int], ...]
    source: tuple[tuple[int, int], ...]
    direct: bool


@dataclass(slots=True, kw_only=True)
class Tally:
    """Counts over a set: of system, of gold, and of what agrees, by metric."""

    system: Counter[str] = field(default_factory=Counter)
    gold: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)

    def f1(self, metric: str) -> float:
        precision = self.right[metric] / self.system[metric] if self.system[metric] else 0.0
        recall = self.right[metric] / self.gold[metric] if self.gold[metric] else 0.0
        return f1(precision, recall)


METRICS = ("content_overlap", "content_exact", "cue", "source", "relation", "direct_content")


def words_of(text: str) -> list[tuple[int, int]]:
    """Where the words of a text stand."""
    return [m.span() for m in _WORD.finditer(text)]


def word_numbers(words: Places, places: Places) -> frozenset[int]:
    """The numbers of the words that any of the places touches."""
    return frozenset(i for i, (a, b) in enumerate(words) if any(a < end and start < b for start, end in places))


def touch(left: Places, right: Places) -> bool:
    return any(a < d and c < b for a, b in left for c, d in right)


def pair_up(system: Sequence[Attribution], gold: Sequence[Attribution]) -> list[tuple[int, int, int]]:
    """One-to-one pairs (system, gold, common words), the largest overlap first; a touching cue decides a tie."""
    offers = []
    for i, s in enumerate(system):
        for j, g in enumerate(gold):
            if common := len(s.content & g.content):
                offers.append((-common, not touch(s.cue, g.cue), i, j))
    pairs, mine, theirs = [], set(), set()
    for common, _, i, j in sorted(offers):
        if i not in mine and j not in theirs:
            mine.add(i)
            theirs.add(j)
            pairs.append((i, j, -common))
    return pairs


def _union(attributions: Iterable[Attribution]) -> frozenset[int]:
    return frozenset(i for a in attributions for i in a.content)


def count(tally: Tally, system: Sequence[Attribution], gold: Sequence[Attribution]) -> None:
    """Adds one article."""
    for side, counter in ((system, tally.system), (gold, tally.gold)):
        for a in side:
            counter["content_exact"] += 1
            counter["relation"] += 1
            counter["cue"] += bool(a.cue)
            counter["source"] += bool(a.source)
    for metric, mine, theirs in (
        ("content_overlap", _union(system), _union(gold)),
        ("direct_content", _union(a for a in system if a.direct), _union(a for a in gold if a.direct)),
    ):
        tally.system[metric] += len(mine)
        tally.gold[metric] += len(theirs)
        tally.right[metric] += len(mine & theirs)
    for i, j, _ in pair_up(system, gold):
        s, g = system[i], gold[j]
        cue = touch(s.cue, g.cue)
        source = touch(s.source, g.source)
        tally.right["content_exact"] += s.content == g.content
        tally.right["cue"] += cue
        tally.right["source"] += source
        tally.right["relation"] += cue and (source or not (s.source or g.source))
