"""stories/ and copies/: articles whose event is known → B³ of the stories that copydesk makes of them.

One setting for every set. The event of a record is read only after the stories are made.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.sparse import csr_array

from copydesk.clustering import ClusteringOptions, cluster
from copydesk.language.encoder import CachedEncoder, MiniLmEncoder
from copydesk.model.piles import Pile
from copydesk.text.normalise import find_words
from copydesk.tracing import TracingOptions, trace
from evals.copies import build_pile, record_id
from evals.rows import Request, Row, f1, leave_out, read_records, set_name

PEER_THRESHOLD = 0.16  # the peer's own best on the set that was there when it was written


def run(request: Request) -> Iterator[Row]:
    """B³ F1 of each set."""
    for name, path in _sets(request):
        records = list(read_records(path))
        if not records or not {"id", "text", "story"} <= records[0].keys():
            leave_out(path, "records with id, text and story")
            continue
        gold = {r["id"]: r["story"] for r in records}
        told = [{k: v for k, v in r.items() if k not in ("story", "body", "voice")} for r in records]
        yield _row(name, "copydesk", gold, story_of(told))
        if request.peers:
            yield _row(name, "tfidf-average", gold, _peer(told))


def _sets(request: Request) -> Iterator[tuple[str, Path]]:
    for path in request.sets("stories", "*.jsonl*"):
        if request.wants(set_name(path)):
            yield set_name(path), path
    copies = request.data / "copies" / "articles.jsonl.gz"
    if copies.is_file() and request.wants("copies"):
        yield "copies", copies


def story_of(records: Sequence[dict[str, Any]]) -> dict[str, str]:
    """The story of each record, by the product's public functions; one that could not be read is a story of its own."""
    pile = build_pile(records)
    encoder = CachedEncoder(MiniLmEncoder())
    pile = Pile(articles=pile.articles, markups=pile.markups, trace=trace(pile, encoder, TracingOptions()))
    names = {a.id: record_id(a) for a in pile.articles}
    found = {r["id"]: f"unread {r['id']}" for r in records}
    for story in cluster(pile, encoder, ClusteringOptions()):
        found.update({names[article]: story.id for article in story.articles})
    return found


def _peer(records: Sequence[dict[str, Any]]) -> dict[str, str]:
    """Average link over TF-IDF of the whole texts, as it is commonly done."""
    counts = [Counter(w.key for w in find_words(r["text"])) for r in records]
    columns = {t: i for i, t in enumerate(sorted({t for c in counts for t in c}))}
    owners = Counter(t for c in counts for t in c)
    rows = [(i, columns[t], (1 + np.log(n)) * (np.log((1 + len(records)) / (1 + owners[t])) + 1))
            for i, c in enumerate(counts) for t, n in c.items()]  # fmt: skip
    at, place, value = (np.array(x) for x in zip(*rows, strict=True))
    matrix = csr_array((value, (at, place)), shape=(len(records), len(columns)))
    cosine = (matrix @ matrix.T).toarray()
    length = np.sqrt(np.diag(cosine))
    distance = np.maximum(1 - cosine / np.maximum(np.outer(length, length), 1e-12), 0)
    labels = fcluster(linkage(distance[np.triu_indices(len(records), 1)], "average"), 1 - PEER_THRESHOLD, "distance")
    return {r["id"]: str(label) for r, label in zip(records, labels, strict=True)}


def _row(name: str, system: str, gold: dict[str, str], found: dict[str, str]) -> Row:
    precision, recall = b_cubed([found[i] for i in gold], list(gold.values()))
    return Row(stage="stories", set=name, system=system, metric="b3_f1", value=f1(precision, recall), n=len(gold))


def b_cubed(found: Sequence[Hashable], gold: Sequence[Hashable]) -> tuple[float, float]:
    """B³ precision and recall of one grouping against another, item by item."""
    by_found: dict[Hashable, set[int]] = defaultdict(set)
    by_gold: dict[Hashable, set[int]] = defaultdict(set)
    for i, (a, b) in enumerate(zip(found, gold, strict=True)):
        by_found[a].add(i)
        by_gold[b].add(i)
    shared = [len(by_found[a] & by_gold[b]) for a, b in zip(found, gold, strict=True)]
    precision = sum(s / len(by_found[a]) for s, a in zip(shared, found, strict=True)) / max(1, len(found))
    recall = sum(s / len(by_gold[b]) for s, b in zip(shared, gold, strict=True)) / max(1, len(gold))
    return precision, recall
