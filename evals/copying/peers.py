"""Copies → what other methods call copies, on the same articles: near-duplicate hashes, shared n-grams, sentence vectors.

All of them read tidied pages (lines of ten words or more that no other page of the outlet has); none is told the gold
body. Direction: the earlier date, else the longer text. Settings are those at which the set's README found each best; the
hashes get a low threshold, for at a higher one they find hardly anything on another outlet's page.
"""

from __future__ import annotations

import importlib
import importlib.util
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from copydesk.linking import join_keys
from copydesk.linking.columns import FloatMatrix
from copydesk.model.ports import SentenceEncoder
from copydesk.text.normalise import find_words
from copydesk.text.sentences import find_sentences
from copydesk.text.shingles import hash_ngrams, hash_words, winnow

LINE_WORDS = 10
PERMUTATIONS, JACCARD = 128, 0.2  # of 5-word shingles
SHINGLE, GRAM, WINDOW, CONTAINMENT = 5, 8, 4, 0.2
COSINE, IN_ORDER, OF_SHORTER = 0.8, 4, 0.2  # the strict setting of the set's README

Pair = tuple[int, int]
Predict = Callable[["Tidied"], list[dict[str, Any]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tidied:
    """The records with, for each, the places of the lines that a careful reader would keep."""

    records: Sequence[dict[str, Any]]
    lines: list[list[tuple[int, int]]]
    encoder: SentenceEncoder[FloatMatrix]

    def words(self, number: int) -> list[tuple[str, int, int]]:
        """The words of an article, each with its place on the page."""
        text = self.records[number]["text"]
        return [(w.key, s + w.start, s + w.end) for s, e in self.lines[number] for w in find_words(text[s:e])]


def tidy(records: Sequence[dict[str, Any]], encoder: SentenceEncoder[FloatMatrix]) -> Tidied:
    """The records without short lines and without the lines that another page of the same outlet has."""
    seen: Counter[tuple[str, str]] = Counter()
    for record in records:
        seen.update({(record.get("outlet") or "", line.strip()) for line in record["text"].split("\n")})
    lines = []
    for record in records:
        kept, at = [], 0
        for line in record["text"].split("\n"):
            if len(line.split()) >= LINE_WORDS and seen[record.get("outlet") or "", line.strip()] < 2:
                kept.append((at, at + len(line)))
            at += len(line) + 1
        lines.append(kept)
    return Tidied(records=records, lines=lines, encoder=encoder)


def peers() -> dict[str, Predict]:
    """The peers that can run here, by name."""
    found: dict[str, Predict] = {"winnowing": by_winnowing, "minilm-order": by_vectors}
    for name, run in (("datasketch", by_datasketch), ("rensa", by_rensa)):
        if importlib.util.find_spec(name):
            found[name] = run
        else:
            print(f"evals: the peer {name} is not installed: left out", file=sys.stderr)
    return found


def by_datasketch(tidied: Tidied) -> list[dict[str, Any]]:
    """MinHash-LSH of 5-word shingles: whole articles that are near-duplicates."""
    datasketch = importlib.import_module("datasketch")
    index = datasketch.MinHashLSH(threshold=JACCARD, num_perm=PERMUTATIONS)
    hashes = []
    for number in range(len(tidied.records)):
        made = datasketch.MinHash(num_perm=PERMUTATIONS, seed=1)
        made.update_batch([s.encode() for s in shingles(tidied, number)])
        hashes.append(made)
        index.insert(str(number), made)
    pairs = {(min(i, int(j)), max(i, int(j))) for i, made in enumerate(hashes) for j in index.query(made) if int(j) != i}
    alike = {p for p in pairs if hashes[p[0]].jaccard(hashes[p[1]]) >= JACCARD}
    return [_row(tidied, pair, _whole(tidied, pair)) for pair in sorted(alike)]


def by_rensa(tidied: Tidied) -> list[dict[str, Any]]:
    """The same with rensa's R-MinHash."""
    rensa = importlib.import_module("rensa")
    index = rensa.RMinHashLSH(threshold=JACCARD, num_perm=PERMUTATIONS, num_bands=64)
    hashes = []
    for number in range(len(tidied.records)):
        made = rensa.RMinHash(num_perm=PERMUTATIONS, seed=1)
        made.update(shingles(tidied, number))
        hashes.append(made)
        index.insert(number, made)
    pairs = {(min(i, j), max(i, j)) for i, made in enumerate(hashes) for j in index.query(made) if j != i}
    alike = {p for p in pairs if hashes[p[0]].jaccard(hashes[p[1]]) >= JACCARD}
    return [_row(tidied, pair, _whole(tidied, pair)) for pair in sorted(alike)]


def shingles(tidied: Tidied, number: int) -> list[str]:
    """The distinct 5-word shingles of an article."""
    words = [w for w, _, _ in tidied.words(number)]
    return sorted({" ".join(words[i : i + SHINGLE]) for i in range(max(1, len(words) - SHINGLE + 1))})


def by_winnowing(tidied: Tidied) -> list[dict[str, Any]]:
    """Winnowed 8-grams, a pair by the share of the smaller set in the other; passages from the shared n-grams."""
    words = [tidied.words(i) for i in range(len(tidied.records))]
    grams = [hash_ngrams(hash_words([w for w, _, _ in ws]), GRAM) for ws in words]
    chosen = [np.unique(g[winnow(g, WINDOW)]) for g in grams]
    owner = np.concatenate([np.full(len(c), i, dtype=np.int64) for i, c in enumerate(chosen)])
    joined = join_keys(owner, np.concatenate(chosen), key_max=10_000)
    rows = []
    for a, b, shared in zip(joined.left.tolist(), joined.right.tolist(), joined.shared.tolist(), strict=True):
        if shared >= CONTAINMENT * max(1, min(len(chosen[a]), len(chosen[b]))):
            rows.append(_row(tidied, (a, b), _runs(words, grams, (a, b))))
    return rows


def _runs(words: list[list[tuple[str, int, int]]], grams: list[Any], pair: Pair) -> list[tuple[list[int], list[int]]]:
    """The stretches that shared 8-grams cover, those on one diagonal joined."""
    first = {int(g): i for i, g in reversed(list(enumerate(grams[pair[0]].tolist())))}
    found: list[list[int]] = []
    for j, gram in enumerate(grams[pair[1]].tolist()):
        i = first.get(gram)
        if i is None:
            continue
        if found and found[-1][0] - found[-1][1] == i - j and j <= found[-1][1] + found[-1][2]:
            found[-1][2] = j - found[-1][1] + GRAM
        else:
            found.append([i, j, GRAM])
    left, right = words[pair[0]], words[pair[1]]
    return [([left[i][1], left[i + n - 1][2]], [right[j][1], right[j + n - 1][2]]) for i, j, n in found]


def by_vectors(tidied: Tidied) -> list[dict[str, Any]]:
    """MiniLM: at least so many sentence pairs of high cosine in one order, a fifth of the shorter article."""
    places = [
        [(s + a, s + b) for s, e in lines for a, b in find_sentences(r["text"][s:e])]
        for r, lines in zip(tidied.records, tidied.lines, strict=True)
    ]
    texts = [[r["text"][s:e] for s, e in p] for r, p in zip(tidied.records, places, strict=True)]
    vectors = tidied.encoder.encode([t for article in texts for t in article])
    starts = np.concatenate([[0], np.cumsum([len(p) for p in places])])
    owner = np.repeat(np.arange(len(places)), np.diff(starts))
    near: dict[Pair, list[tuple[int, int]]] = defaultdict(list)
    for start in range(0, len(vectors), 1024):
        for i, j in zip(*np.nonzero(vectors[start : start + 1024] @ vectors.T >= COSINE), strict=True):
            a, b = int(owner[start + i]), int(owner[j])
            if a < b:
                near[a, b].append((int(start + i - starts[a]), int(j - starts[b])))
    rows = []
    for (a, b), cells in sorted(near.items()):
        chain = longest_in_order(cells)
        if len(chain) >= max(IN_ORDER, OF_SHORTER * min(len(places[a]), len(places[b]))):
            rows.append(_row(tidied, (a, b), _joined([(list(places[a][i]), list(places[b][j])) for i, j in chain], chain)))
    return rows


def longest_in_order(cells: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The most cells that go forward in both."""
    ordered = sorted(set(cells))
    best, before = [1] * len(ordered), [-1] * len(ordered)
    for k, (i, j) in enumerate(ordered):
        for m in range(k):
            if ordered[m][0] < i and ordered[m][1] < j and best[m] + 1 > best[k]:
                best[k], before[k] = best[m] + 1, m
    path, at = [], max(range(len(ordered)), key=lambda k: best[k])
    while at >= 0:
        path.append(ordered[at])
        at = before[at]
    return path[::-1]


def _joined(spans: list[tuple[list[int], list[int]]], chain: list[tuple[int, int]]) -> list[tuple[list[int], list[int]]]:
    """Spans of sentences that follow each other in both, made one."""
    out = [spans[0]]
    for before, after, span in zip(chain, chain[1:], spans[1:], strict=False):
        if after[0] == before[0] + 1 and after[1] == before[1] + 1:
            out[-1] = ([out[-1][0][0], span[0][1]], [out[-1][1][0], span[1][1]])
        else:
            out.append(span)
    return out


def _whole(tidied: Tidied, pair: Pair) -> list[tuple[list[int], list[int]]]:
    """All of both: what near-duplicate hashes can say of passages."""
    ends = [[tidied.lines[i][0][0], tidied.lines[i][-1][1]] if tidied.lines[i] else [0, 0] for i in pair]
    return [(ends[0], ends[1])]


def _row(tidied: Tidied, pair: Pair, passages: Sequence[tuple[list[int], list[int]]]) -> dict[str, Any]:
    """The link in the scorer's form."""
    a, b = (tidied.records[i] for i in pair)
    if a.get("published") and b.get("published") and a["published"] != b["published"]:
        left_first = a["published"] < b["published"]
    else:
        left_first = len(tidied.words(pair[0])) >= len(tidied.words(pair[1]))
    spans = [{"from": x, "to": y} if left_first else {"from": y, "to": x} for x, y in passages]
    ends = (a["id"], b["id"]) if left_first else (b["id"], a["id"])
    return {"from": ends[0], "to": ends[1], "passages": spans}


def voices_of(records: Sequence[dict[str, Any]], rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Articles that links join are one voice: no peer tells passages of two voices apart."""
    group = {r["id"]: r["id"] for r in records}

    def root(name: str) -> str:
        while group[name] != name:
            name = group[name]
        return name

    for row in rows:
        ends = sorted((root(row["from"]), root(row["to"])))
        group[ends[1]] = ends[0]
    return [{"article": r["id"], "voice": root(r["id"])} for r in records]
