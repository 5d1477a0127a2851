"""python -m evals.copying.confusion [--data DIR] [--worst N]: which kinds are taken for which, and the worst mistakes.

Mistakes are told by article ids, the judge's score and its reasons; no text is printed.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from copydesk.language.encoder import CachedEncoder, MiniLmEncoder
from copydesk.model.copies import CopyLink
from copydesk.model.piles import Pile
from copydesk.tracing import TracingOptions, trace
from evals.__main__ import default_data
from evals.copies import build_pile, record_id
from evals.rows import read_records

Pair = frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """One pair that was judged wrongly, or nearly so: its ids, what it is, its score and what was said of it."""

    pair: Pair
    truth: str
    score: float | None
    reasons: tuple[str, ...]

    def __str__(self) -> str:
        score = "no candidate" if self.score is None else f"{self.score:.3f}"
        return f"{' '.join(sorted(self.pair))}  {self.truth}  {score}  {'; '.join(self.reasons)}"


def score_all(pile: Pile) -> dict[Pair, CopyLink]:
    """What tracing makes of every pair that it compares, linked or not."""
    found = trace(pile, CachedEncoder(MiniLmEncoder()), replace(TracingOptions(), link_min=0.0))
    names = {a.id: record_id(a) for a in pile.articles}
    return {frozenset((names[x.origin], names[x.copy])): x for x in found.links if x.origin is not None}


def related(links: Sequence[Mapping[str, Any]]) -> dict[str, set[str]]:
    """Each article with all that its text goes back to, itself included."""
    parents: dict[str, set[str]] = {}
    for link in links:
        parents.setdefault(link["to"], set()).add(link["from"])
        parents.setdefault(link["from"], set())

    def line(name: str) -> set[str]:
        return {name}.union(*(line(p) for p in parents[name]))

    return {name: line(name) for name in parents}


def confuse(gold: Mapping[Pair, str], scored: Mapping[Pair, CopyLink], least: float) -> Counter[tuple[str, str]]:
    """How many pairs of each kind were taken for which."""
    taken = {p: x.kind if p in scored and (x := scored[p]).score >= least else "no copy" for p in gold}
    return Counter((kind, taken[pair]) for pair, kind in gold.items())


def find_mistakes(
    gold: Mapping[Pair, str], scored: Mapping[Pair, CopyLink], lines: Mapping[str, set[str]], least: float
) -> tuple[list[Mistake], list[Mistake]]:
    """The copies of the lowest score, and the pairs that are none of the highest; two copies of one text are neither."""
    missed = [_mistake(p, kind, scored.get(p)) for p, kind in gold.items() if p not in scored or scored[p].score < least]
    false = []
    for pair, link in scored.items():
        a, b = sorted(pair)
        if pair not in gold and not lines.get(a, {a}) & lines.get(b, {b}):
            false.append(_mistake(pair, "no copy", link))
    missed.sort(key=lambda m: (m.score if m.score is not None else -1.0, sorted(m.pair)))
    return missed, sorted(false, key=lambda m: (-(m.score or 0.0), sorted(m.pair)))


def _mistake(pair: Pair, truth: str, link: CopyLink | None) -> Mistake:
    return Mistake(pair=pair, truth=truth, score=link.score if link else None, reasons=link.reasons[:2] if link else ())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=default_data())
    parser.add_argument("--worst", type=int, default=5, help="how many misses and false links to list (default: 5)")
    asked = parser.parse_args()
    folder = asked.data / "copies"
    scored = score_all(build_pile(list(read_records(folder / "articles.jsonl.gz"))))
    rows = list(read_records(folder / "copies.jsonl.gz"))
    gold = {frozenset((r["from"], r["to"])): str(r["kind"]) for r in rows}
    least = TracingOptions().link_min
    for (kind, taken), n in sorted(confuse(gold, scored, least).items()):
        print(f"{kind:18} taken for {taken:10} {n:5}")
    missed, false = find_mistakes(gold, scored, related(rows), least)
    print(f"missed: {len(missed)}; the worst:", *missed[: asked.worst], sep="\n  ")
    over = sum((m.score or 0.0) >= least for m in false)
    print(f"false links: {over}; the highest of what is no copy:", *false[: asked.worst], sep="\n  ")


if __name__ == "__main__":
    main()
