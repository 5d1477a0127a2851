"""Learns which letters transcribers confuse: python training/names.py DIR → src/copydesk/resolving/letters.json.

DIR/names/ holds lists of romanised spellings of one name (rows with `left,right`, `via`). Read is the half of the names
that evals/names.py does not call unseen. First the letter groups of two spellings are aligned (expectation
maximisation over groups of up to three letters), then a logistic regression learns what each swap takes from the
log-odds that two spellings are one name, against the nearest other name (by Levenshtein and by Jaro-Winkler) and two
random ones. No swap may raise the odds: near misses differ in fewer letters than true variants do, and without that
bound a model learns that what differs more is likelier the same. Only letter groups and numbers are kept. Seeded;
about two minutes.
"""

from __future__ import annotations

import json
import math
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from copydesk.resolving.letters import SHAPES, Swap, find_swaps, letters_length
from copydesk.text.normalise import fold
from evals.names import NamePair, Tied, nearest_others, random_others, read_pairs

ROUNDS = 6  # of expectation maximisation; the likelihood has settled by then
SWAP_MIN = 5  # pairs that must show a swap before it gets a weight of its own
PRIOR = {"#v": -1.0, "#c": -2.0, "#cc": -2.0}  # what a swap takes before anything is known of it
RIDGE = 0.3
ALPHABET = "abcdefghijklmnopqrstuvwxyz"

Costs = dict[tuple[str, str], float]
Spelled = tuple[str, str]


def learn_costs(pairs: Sequence[Spelled]) -> Costs:
    """Log-probabilities of aligned letter groups, both ways round."""
    counts: Counter[Spelled] = Counter()
    for a, b in pairs:
        for i in range(len(a)):
            for j in range(max(0, i - 2), min(len(b), i + 3)):
                for di, dj in SHAPES:
                    if i + di <= len(a) and j + dj <= len(b):
                        x, y = a[i : i + di], b[j : j + dj]
                        counts[min(x, y), max(x, y)] += (1.0 if x == y else 0.05) * (0.1 if di + dj > 2 else 1.0)
    share = _shares(counts)
    for _ in range(ROUNDS):
        counts = Counter()
        for a, b in pairs:
            _expect(a, b, share, counts)
        kept: dict[Spelled, float] = {}
        for (x, y), count in counts.items():
            plain = x == y and len(x) == 1
            held = count - (0.0 if plain else 0.3 + 0.2 * (len(x) + len(y) - 2))  # long groups must pay for themselves
            if held > 0.3:
                kept[x, y] = held
        for c in ALPHABET:
            kept.setdefault((c, c), 0.5)
            kept.setdefault(("", c), 0.5)
        share = _shares(kept)
    return {pair: round(math.log(p), 2) for (x, y), p in share.items() for pair in ((x, y), (y, x))}


def _shares(counts: Mapping[Spelled, float]) -> dict[Spelled, float]:
    total = sum(counts.values())
    return {pair: count / total for pair, count in counts.items()}


def _expect(a: str, b: str, share: Mapping[Spelled, float], counts: Counter[Spelled]) -> None:
    """Adds how often each letter group is expected in the alignments of one pair (forward and backward)."""
    n, m = len(a), len(b)
    steps = [
        (i, j, i + di, j + dj, pair, share[pair])
        for i in range(n + 1) for j in range(m + 1) for di, dj in SHAPES
        if i + di <= n and j + dj <= m
        and (pair := (min(a[i : i + di], b[j : j + dj]), max(a[i : i + di], b[j : j + dj]))) in share
    ]  # fmt: skip
    ahead = {(0, 0): 1.0}
    for i, j, k, m_, _, p in steps:
        ahead[k, m_] = ahead.get((k, m_), 0.0) + ahead.get((i, j), 0.0) * p
    behind = {(n, m): 1.0}
    for i, j, k, m_, _, p in reversed(steps):
        behind[i, j] = behind.get((i, j), 0.0) + behind.get((k, m_), 0.0) * p
    if total := ahead.get((n, m), 0.0):
        for i, j, k, m_, pair, p in steps:
            counts[pair] += ahead.get((i, j), 0.0) * p * behind.get((k, m_), 0.0) / total  # type: ignore[assignment]


def swap_names(swap: Swap, known: frozenset[str]) -> list[str]:
    """The features of one swap: itself and itself at its place, or what an unknown swap counts as."""
    if swap.letters not in known:
        return [swap.fallback]
    return [swap.letters, swap.letters + swap.at] if swap.letters + swap.at in known else [swap.letters]


def learn_swaps(pairs: Sequence[Spelled], same: Sequence[bool], costs: Costs) -> dict[str, object]:
    """The weights of the swaps, of the length, and the intercept."""
    swaps = [list(find_swaps(a, b, costs)) for a, b in pairs]
    shown = Counter(n for found in swaps for s in found for n in (s.letters, s.letters + s.at))
    known = frozenset(n for n, count in shown.items() if count >= SWAP_MIN)
    names = sorted(known) + sorted(PRIOR)
    column = {name: i for i, name in enumerate(names)}
    prior = np.zeros(len(names) + 1)
    fallback = {s.letters: PRIOR[s.fallback] for found in swaps for s in found}
    for name, i in column.items():
        prior[i] = PRIOR.get(name, fallback.get(name, 0.0))
    cells = [(n, column[f], 1.0) for n, found in enumerate(swaps) for s in found for f in swap_names(s, known)]
    cells += [(n, len(names), letters_length(a, b)) for n, (a, b) in enumerate(pairs)]
    at, place, value = (np.array(x) for x in zip(*cells, strict=True))
    matrix = csr_matrix((value, (at, place)), shape=(len(pairs), len(names) + 1))
    solved = _fit(matrix, np.array(same), prior)
    kept = {n: round(float(solved[i]), 2) for n, i in column.items()}
    return {
        "intercept": round(float(solved[-1]), 3),
        "length": round(float(solved[-2]), 3),
        "swaps": {n: w for n, w in sorted(kept.items()) if w or n in PRIOR or n[-1] not in "^$-"},
    }


def _fit(matrix: csr_matrix, same: np.ndarray, prior: np.ndarray) -> np.ndarray:
    """Logistic regression, both classes of one weight, drawn to `prior`; swaps at most 0, the length at least 0."""
    weight = np.where(same, (~same).sum() / same.sum(), 1.0)
    sign = np.where(same, 1.0, -1.0)
    turned = matrix.T.tocsr()

    def loss(theta: np.ndarray) -> tuple[float, np.ndarray]:
        margin = sign * (matrix @ theta[:-1] + theta[-1])
        pull = -sign * weight / (1 + np.exp(np.clip(margin, -50, 50)))
        off = theta[:-1] - prior
        total = (np.logaddexp(0, -margin) * weight).sum() + RIDGE * (off**2).sum()
        return float(total), np.r_[turned @ pull + 2 * RIDGE * off, pull.sum()]

    bounds = [(None, 0.0)] * (len(prior) - 1) + [(0.0, None), (None, None)]
    return minimize(loss, np.r_[prior, 2.0], jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 500}).x


def folded(pairs: Iterable[tuple[str, str]]) -> list[Spelled]:
    """The pairs as letters alone, those left out that have none or are alike then."""
    plain = (tuple("".join(c for c in fold(n) if c.isalpha()) for n in pair) for pair in pairs)
    return [(a, b) for a, b in plain if a and b]


def main(data: Path) -> None:
    read: list[NamePair] = []
    for path in sorted((data / "names").glob("*.csv*")):
        found = read_pairs(path) or []
        tied = Tied(found)
        read += [p for p in found if p.same is None and tied.seen(p.left)]
    tied = Tied(read)
    right = folded((p.left, p.right) for p in read)
    costs = learn_costs([(a, b) for a, b in right if a != b])
    others = [*nearest_others(read, tied), *nearest_others(read, tied, jaro=True)]
    wrong = folded([*others, *random_others(read, tied), *random_others(read[::-1], tied)])
    table = learn_swaps([*right, *wrong], [True] * len(right) + [False] * len(wrong), costs)
    table["about"] = f"training/names.py: {len(right)} pairs of spellings of one name, {len(wrong)} of other names"
    table["costs"] = {f"{x}>{y}": c for (x, y), c in sorted(costs.items()) if x <= y}
    out = Path(__file__).resolve().parents[1] / "src/copydesk/resolving/letters.json"
    out.write_text(json.dumps(table, ensure_ascii=False, sort_keys=True, indent=0) + "\n", encoding="utf-8")
    print(f"{out}: {len(costs)} letter groups, {len(table['swaps'])} swaps")  # type: ignore[arg-type]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
