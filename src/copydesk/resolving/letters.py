"""Two folded name parts → the log-odds that they are spellings of one name, by letters that transcribers confuse."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

SHAPES = ((1, 1), (1, 0), (0, 1), (1, 2), (2, 1), (2, 2), (3, 1), (1, 3), (3, 2), (2, 3))  # letters of either side
VOWELS = frozenset("aeiouy")
PART_MAX = 24  # letters of a part that are compared
LETTERS_FULL = 24  # letters of both sides from which more letters are no more evidence
_STRANGE = -14.0  # what it costs to align letters that no two spellings were seen to swap
_FAR = -1e9


@dataclass(frozen=True, slots=True, kw_only=True)
class Swap:
    """Letters of one spelling where the other has others: "ou" for "u", "" for "h"; `at` is "^", "$" or "-" (inside)."""

    left: str
    right: str
    at: str

    @property
    def letters(self) -> str:
        """The swap without its place, the same whichever spelling stands left: "ou>u"."""
        return ">".join(sorted((self.left, self.right)))

    @property
    def fallback(self) -> str:
        """What an unknown swap counts as: vowels for vowels, few letters, many letters."""
        both = self.left + self.right
        if set(both) <= VOWELS:
            return "#v"
        return "#c" if len(both) <= 2 else "#cc"


@dataclass(frozen=True, slots=True, kw_only=True)
class Letters:
    """The learned table: log-probabilities of aligned letters, what each swap takes from the log-odds."""

    costs: Mapping[tuple[str, str], float]
    swaps: Mapping[str, float]
    length: float
    intercept: float


@cache
def load_letters() -> Letters:
    """The shipped table, made by training/names.py."""
    table = json.loads((files("copydesk.resolving") / "letters.json").read_text("utf-8"))
    costs = {}
    for pair, cost in table["costs"].items():
        left, _, right = pair.partition(">")
        costs[left, right] = costs[right, left] = float(cost)
    return Letters(
        costs=costs,
        swaps={k: float(w) for k, w in table["swaps"].items()},
        length=float(table["length"]),
        intercept=float(table["intercept"]),
    )


def align_letters(a: str, b: str, costs: Mapping[tuple[str, str], float]) -> list[tuple[str, str]]:
    """The likeliest way to lay two spellings beside each other, letter groups of up to three."""
    n, m = len(a), len(b)
    best = [[_FAR] * (m + 1) for _ in range(n + 1)]
    best[0][0] = 0.0
    came: dict[tuple[int, int], tuple[int, int]] = {}
    for i in range(n + 1):
        for j in range(m + 1):
            here = best[i][j]
            for di, dj in SHAPES:
                if i + di > n or j + dj > m:
                    continue
                cost = costs.get((a[i : i + di], b[j : j + dj]))
                if cost is None:
                    if di + dj > 2:
                        continue
                    cost = _STRANGE
                if here + cost > best[i + di][j + dj]:
                    best[i + di][j + dj] = here + cost
                    came[i + di, j + dj] = (i, j)
    path, at = [], (n, m)
    while at != (0, 0):
        i, j = came[at]
        path.append((a[i : at[0]], b[j : at[1]]))
        at = (i, j)
    return path[::-1]


def find_swaps(a: str, b: str, costs: Mapping[tuple[str, str], float]) -> Iterator[Swap]:
    """What differs between two spellings, in order; the same whichever of them is named first but for its sides."""
    short, long = sorted((a[:PART_MAX], b[:PART_MAX]), key=lambda s: (len(s), s))
    i = j = 0
    for left, right in align_letters(short, long, costs):
        first = i == 0 or j == 0
        i, j = i + len(left), j + len(right)
        if left != right:
            yield Swap(left=left, right=right, at="^" if first else "$" if i == len(short) and j == len(long) else "-")


def letters_length(a: str, b: str) -> float:
    """How much two spellings say by their length alone, 0 to 1."""
    return min(len(a) + len(b), LETTERS_FULL) / LETTERS_FULL


@lru_cache(maxsize=1 << 15)
def letters_logit(a: str, b: str) -> float:
    """The log-odds that two folded name parts are spellings of one name. Nothing that differs ever raises them."""
    table = load_letters()
    total = table.intercept + table.length * letters_length(a, b)
    for swap in find_swaps(a, b, table.costs):
        known = table.swaps.get(swap.letters)
        total += table.swaps[swap.fallback] if known is None else known + table.swaps.get(swap.letters + swap.at, 0.0)
    return total
