"""Other ways to group the same articles: average link and single pass over TF-IDF, HDBSCAN and Louvain over MiniLM vectors.

The vectors are of the headline and opening, as copydesk encodes them. A threshold is tuned on half of the events and
tested on the other half, both ways round; the figure is the mean of the two tests.
"""

from __future__ import annotations

import importlib
import importlib.util
import sys
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.sparse import csr_array

from copydesk.linking.columns import FloatColumn
from copydesk.text.normalise import find_words
from evals.grouping.bcubed import b_cubed
from evals.rows import f1

Labels = Sequence[Hashable]
STEPS = tuple(round(0.05 + 0.025 * i, 3) for i in range(31))  # thresholds of cosine from .05 to .8
SEED = 5
NOISE = -1


def group_by_peers(
    records: Sequence[dict[str, Any]], leads: Mapping[str, FloatColumn], gold: Mapping[str, str]
) -> Iterator[tuple[str, float]]:
    """The B³ F1 of each peer, by name."""
    tfidf = _tfidf(records)
    nothing = np.zeros(len(next(iter(leads.values()))), dtype=np.float32)
    vectors = np.stack([leads.get(r["id"], nothing) for r in records]).astype(np.float64)
    events = [gold[r["id"]] for r in records]
    yield "tfidf-average", _halves(lambda at, t: _average(tfidf[np.ix_(at, at)], t), events)
    yield "tfidf-single-pass", _halves(lambda at, t: _single_pass(tfidf[np.ix_(at, at)], t), events, _order(records))
    yield "minilm-average", _halves(lambda at, t: _average((vectors @ vectors.T)[np.ix_(at, at)], t), events)
    if importlib.util.find_spec("sklearn") is None:
        print("evals: the peer scikit-learn is not installed: HDBSCAN is left out", file=sys.stderr)
    else:
        yield "minilm-hdbscan", _f1(_hdbscan(vectors), events)
    if importlib.util.find_spec("networkx") is None:
        print("evals: the peer networkx is not installed: Louvain is left out", file=sys.stderr)
    else:
        cosine = vectors @ vectors.T
        yield "minilm-louvain", _halves(lambda at, t: _louvain(cosine[np.ix_(at, at)], t), events)


def _order(records: Sequence[dict[str, Any]]) -> list[int]:
    return sorted(range(len(records)), key=lambda i: (records[i].get("published") or "9", records[i]["id"]))


def halves_of(events: Sequence[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Every second event, and the others."""
    ordered = sorted(set(events))
    return frozenset(ordered[::2]), frozenset(ordered[1::2])


def _halves(group: Callable[[Any, float], Labels], events: Sequence[str], order: Sequence[int] | None = None) -> float:
    """Tuned on the articles of every second event, tested on the others, and the other way round."""
    places = order or range(len(events))
    halves = [np.array([i for i in places if events[i] in half], dtype=np.int64) for half in halves_of(events)]
    told = [[events[i] for i in half] for half in halves]
    if not all(told):
        return 0.0
    values = []
    for tuned, tested in ((0, 1), (1, 0)):
        best = max(STEPS, key=lambda t: _f1(group(halves[tuned], t), told[tuned]))
        values.append(_f1(group(halves[tested], best), told[tested]))
    return sum(values) / 2


def _f1(found: Labels, events: Sequence[str]) -> float:
    return f1(*b_cubed(found, events))


def _tfidf(records: Sequence[dict[str, Any]]) -> Any:
    """Cosines of TF-IDF over the whole texts, as it is commonly done."""
    counts = [Counter(w.key for w in find_words(r["text"])) for r in records]
    columns = {t: i for i, t in enumerate(sorted({t for c in counts for t in c}))}
    owners = Counter(t for c in counts for t in c)
    rows = [(i, columns[t], (1 + np.log(n)) * (np.log((1 + len(records)) / (1 + owners[t])) + 1))
            for i, c in enumerate(counts) for t, n in c.items()]  # fmt: skip
    at, place, value = (np.array(x) for x in zip(*rows, strict=True))
    matrix = csr_array((value, (at, place)), shape=(len(records), len(columns)))
    cosine = (matrix @ matrix.T).toarray()
    length = np.sqrt(np.diag(cosine))
    return cosine / np.maximum(np.outer(length, length), 1e-12)


def _average(cosine: Any, threshold: float) -> Labels:
    distance = np.maximum(1 - cosine, 0)
    found: Labels = fcluster(
        linkage(distance[np.triu_indices(len(cosine), 1)], "average"), 1 - threshold, "distance"
    ).tolist()
    return found


def _single_pass(cosine: Any, threshold: float) -> Labels:
    """Each article joins the group of the highest mean cosine, or begins one; never looked at again."""
    groups: list[list[int]] = []
    labels = []
    for i in range(len(cosine)):
        means = [float(cosine[i, g].mean()) for g in groups]
        best = int(np.argmax(means)) if means else -1
        if best < 0 or means[best] < threshold:
            groups.append([])
            best = len(groups) - 1
        groups[best].append(i)
        labels.append(best)
    return labels


def _hdbscan(vectors: Any) -> Labels:
    """As it comes, with the smallest groups allowed; what it calls noise stands alone."""
    found = importlib.import_module("sklearn.cluster").HDBSCAN(min_cluster_size=2, copy=True).fit_predict(vectors)
    return [f"noise {i}" if label == NOISE else int(label) for i, label in enumerate(found)]


def _louvain(cosine: Any, threshold: float) -> Labels:
    networkx = importlib.import_module("networkx")
    graph = networkx.Graph()
    graph.add_nodes_from(range(len(cosine)))
    left, right = np.nonzero(np.triu(cosine, 1) >= threshold)
    graph.add_weighted_edges_from(zip(left.tolist(), right.tolist(), cosine[left, right].tolist(), strict=True))
    labels: list[Hashable] = [0] * len(cosine)
    for number, members in enumerate(networkx.community.louvain_communities(graph, seed=SEED)):
        for i in members:
            labels[i] = number
    return labels
