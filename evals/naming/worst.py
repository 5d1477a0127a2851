"""The merges and misses that cost most, of name mentions and of spellings: `python -m evals.naming.worst [--data DIR] [--worst 20]`.

A merge is two things of the annotation in one entity, a miss one thing in two entities; each weighs the mention pairs
that it gets wrong. Of a list of spellings with `same` those are named on which the judge is surest and wrong.
"""

from __future__ import annotations

import argparse
import os
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import combinations
from pathlib import Path

from copydesk.language.tagger import Tagger
from copydesk.resolving import name_likeness, same_name
from evals.names import OWN, read_pairs
from evals.naming.coref import Named, entities_of, held_by, named_mentions, records_text
from evals.rows import Request, read_records, set_name

Wrong = tuple[int, str, str]


def wrong_groups(
    gold: Mapping[Named, str], said: Mapping[Named, str], texts: Mapping[str, str]
) -> tuple[list[Wrong], list[Wrong]]:
    """Merges and misses as (mention pairs, one name, other name), the costliest first."""
    cells: Counter[tuple[str, str]] = Counter((said[m], gold[m]) for m in gold)
    names: dict[tuple[str, str], Counter[str]] = {}
    for m in gold:
        names.setdefault((said[m], gold[m]), Counter())[" ".join(texts[m[0]][m[1] : m[2]].split())] += 1
    merges: list[Wrong] = []
    misses: list[Wrong] = []
    for side, found in ((0, merges), (1, misses)):
        by: dict[str, list[tuple[str, str]]] = {}
        for cell in sorted(cells):
            by.setdefault(cell[side], []).append(cell)
        for held in by.values():
            found += [(cells[a] * cells[b], _name(names[a]), _name(names[b])) for a, b in combinations(held, 2)]
    return sorted(merges, key=lambda w: (-w[0], w)), sorted(misses, key=lambda w: (-w[0], w))


def _name(names: Counter[str]) -> str:
    return min(names, key=lambda n: (-names[n], n))


def wrong_spellings(path: Path) -> tuple[list[Wrong], list[Wrong]]:
    """The pairs of a list that are taken for one name and are two, and the other way round, the surest first."""
    pairs = [p for p in read_pairs(path) or () if p.same is not None]
    judged = [(round(1000 * name_likeness(p.left, p.right)), p) for p in pairs if same_name(p.left, p.right) != p.same]
    merges = [(score, p.left, p.right) for score, p in judged if not p.same]
    misses = [(score, p.left, p.right) for score, p in judged if p.same]
    return sorted(merges, key=lambda w: (-w[0], w)), sorted(misses)


def tell(name: str, unit: str, wrong: tuple[list[Wrong], list[Wrong]], most: int) -> Iterator[str]:
    for kind, found in zip(("merges", "misses"), wrong, strict=True):
        yield f"{name}: {len(found)} {kind}, the worst {min(most, len(found))} ({unit})"
        yield from (f"  {weight:6d}  {one}  |  {other}" for weight, one, other in found[:most])


def main() -> None:
    parser = argparse.ArgumentParser(description="The merges and misses of names that cost most.")
    parser.add_argument("--data", type=Path, default=Path(os.environ.get("COPYDESK_DATA") or "../shared/data"))
    parser.add_argument("--worst", type=int, default=20)
    asked = parser.parse_args()
    request, tagger = Request(data=asked.data), Tagger()
    for path in request.sets("coref", "*.jsonl*"):
        records = list(read_records(path))
        if records and {"id", "text", "mentions", "annotated", "topic"} <= records[0].keys():
            gold = {m: chain for r in records for m, chain in named_mentions(r)}
            texts, found = records_text(records), entities_of(records, tagger)
            said = {m: held_by(m, found, texts) for m in gold}
            print(
                *tell(set_name(path), "mention pairs", wrong_groups(gold, said, texts), asked.worst),
                sep="\n",
                flush=True,
            )
    for path in [*request.sets("names", "*.csv*"), *sorted(OWN.glob("*.csv"))]:
        wrong = wrong_spellings(path)
        if any(wrong):
            print(*tell(set_name(path), "likeness in thousandths", wrong, asked.worst), sep="\n", flush=True)


if __name__ == "__main__":
    main()
