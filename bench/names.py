"""Pairs of names judged a second, other matchers beside ours in the same run."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator

from bench.rows import Request, Row, time_rounds
from copydesk.resolving import name_likeness
from copydesk.resolving.letters import letters_logit
from evals.names import peer_judges, read_pairs
from evals.rows import set_name

PAIRS_MAX = 1_000
ROUNDS = 3


def run(request: Request) -> Iterator[Row]:
    """Rows for the first list of names: nothing is remembered between rounds."""
    paths = sorted((request.data / "names").glob("*.csv*")) if request.data.is_dir() else []
    path, pairs = next(((p, found[:PAIRS_MAX]) for p in paths if (found := read_pairs(p))), (None, []))
    if path is None:
        print(f"bench: no names under {request.data}", file=sys.stderr)
        return
    print(f"bench: names of {set_name(path)}, {len(pairs)} pairs", file=sys.stderr)

    def judge_all(judge: Callable[[str, str], float]) -> Callable[[], object]:
        return lambda: [judge(p.left, p.right) for p in pairs]

    def own() -> object:
        letters_logit.cache_clear()
        return judge_all(name_likeness)()

    work = {"copydesk": own} | {n: judge_all(j) for n, j in (peer_judges() if request.peers else {}).items()}
    speeds = {system: len(pairs) / taken for system, taken in time_rounds(work, ROUNDS).items()}
    for system, speed in speeds.items():
        yield Row(bench="names", system=system, metric="pairs_per_s", value=speed, n=len(pairs))
    for system, speed in speeds.items():
        if system != "copydesk":
            yield Row(bench="names", system="ratio", metric=f"copydesk/{system}", value=speeds["copydesk"] / speed, n=len(pairs))
