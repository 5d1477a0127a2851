"""Two sides' attributions → how many errors of each type, and of each kind of quote: `python -m evals.quoting.errors`."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from evals.quoting.scoring import Attribution, pair_up, touch

TYPES = (
    "right", "missed", "spurious", "another cue", "no cue", "source apart", "source missing", "source extra",
    "content starts early", "content starts late", "content ends early", "content ends late", "content differs inside",
)  # fmt: skip


def error_types(system: Sequence[Attribution], gold: Sequence[Attribution]) -> Iterator[tuple[str, str]]:
    """(type, kind of quote) of every error of one article, and ("right", kind) of what is right in all its parts.

    A quote is "direct" when its content opens with a quotation mark in gold (in the system's view where gold has none).
    """
    pairs = pair_up(system, gold)
    mine, theirs = {i for i, _, _ in pairs}, {j for _, j, _ in pairs}
    yield from (("missed", _kind(g)) for j, g in enumerate(gold) if j not in theirs)
    yield from (("spurious", _kind(s)) for i, s in enumerate(system) if i not in mine)
    for i, j, _ in pairs:
        found = [*_cue_and_source(system[i], gold[j]), *_content(system[i].content, gold[j].content)]
        yield from ((type_, _kind(gold[j])) for type_ in found or ["right"])


def _kind(attribution: Attribution) -> str:
    return "direct" if attribution.direct else "other"


def _cue_and_source(system: Attribution, gold: Attribution) -> Iterator[str]:
    if not touch(system.cue, gold.cue):
        yield "another cue" if system.cue else "no cue"
    if system.source and gold.source:
        if not touch(system.source, gold.source):
            yield "source apart"
    elif gold.source:
        yield "source missing"
    elif system.source:
        yield "source extra"


def _content(system: frozenset[int], gold: frozenset[int]) -> Iterator[str]:
    if system == gold:
        return
    first, last = min(system) - min(gold), max(system) - max(gold)
    if first:
        yield "content starts early" if first < 0 else "content starts late"
    if last:
        yield "content ends early" if last < 0 else "content ends late"
    if not first and not last:
        yield "content differs inside"


def error_table(counts: Counter[tuple[str, str]]) -> Iterator[str]:
    """A line a type: how often with direct quotes, with others, and together."""
    yield f"{'type':24} {'direct':>7} {'other':>7} {'all':>7}"
    for type_ in TYPES:
        direct, other = counts[type_, "direct"], counts[type_, "other"]
        yield f"{type_:24} {direct:7} {other:7} {direct + other:7}"


def count_errors(articles: Iterable[tuple[Sequence[Attribution], Sequence[Attribution]]]) -> Counter[tuple[str, str]]:
    """The errors of many articles, each given as what the system has and what gold has."""
    return Counter(found for system, gold in articles for found in error_types(system, gold))


def main() -> None:
    from evals.__main__ import default_data
    from evals.quotes import both_sides
    from evals.rows import Request, set_name

    parser = argparse.ArgumentParser(description="Count the errors of quotes by type.")
    parser.add_argument("--data", type=Path, default=default_data())
    parser.add_argument("--set", default="polnear-dev", help="the set of quotes/ (default: %(default)s)")
    asked = parser.parse_args()
    for path in Request(data=asked.data).sets("quotes", "*.jsonl*"):
        if set_name(path) == asked.set:
            print("\n".join(error_table(count_errors(both_sides(path)))))


if __name__ == "__main__":
    main()
