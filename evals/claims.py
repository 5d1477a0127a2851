"""claims/: sentence pairs out of context, by aligning's evidence, judge and slots, beside bounds on one similarity.

Sets are told by their form: `questions_a` (qa-align: F1 of the alignments found exactly), `strengthens` (claimdiff: macro F1
of strengthens, weakens, neither) and `consistent` (summedits: balanced accuracy). None of these is what the judge was
taught, so what it and the slots find is weighed anew for each set: five folds by topic (by article, by source), figures of
records that the weights had not seen. Peers get the bounds that do best on the same folds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from copydesk.language.encoder import CachedEncoder, MiniLmEncoder
from copydesk.linking.columns import FloatColumn
from evals.claiming.answers import features, held_out_f1, told
from evals.claiming.learning import balanced_accuracy, bounded, decided, folds_of, likelihoods, macro_f1
from evals.claiming.likeness import Similarity, meaning, tf_idf
from evals.claiming.pairs import Reader, clashes, in_pairs, support
from evals.rows import Request, Row, leave_out, read_records, set_name

Record = dict[str, Any]


def run(request: Request) -> Iterator[Row]:
    """A figure a set, and with peers the same of theirs."""
    for path in request.sets("claims", "*.jsonl*"):
        if not request.wants(set_name(path)):
            continue
        records = list(read_records(path))
        form = set(records[0]) if records else set()
        encoder = CachedEncoder(MiniLmEncoder())
        if {"questions_a", "questions_b", "alignments"} <= form:
            figures = _answers(records, encoder, request.peers)
        elif {"claim_a", "claim_b", "strengthens", "weakens"} <= form:
            figures = _claims(records, encoder, request.peers)
        elif {"text", "summary", "consistent"} <= form:
            figures = _summaries(records, encoder, request.peers)
        else:
            leave_out(path, "records with questions, with strengthens and weakens, or with a summary and whether it is consistent")
            continue
        yield from (_row(path, system, metric, value, len(records)) for system, metric, value in figures)


def _row(path: Path, system: str, metric: str, value: float, n: int) -> Row:
    return Row(stage="claims", set=set_name(path), system=system, metric=metric, value=value, n=n)


def _peers(texts: Sequence[str], encoder: CachedEncoder) -> list[tuple[str, Similarity]]:
    return [("tf-idf", tf_idf(texts)), ("minilm", meaning(encoder))]


def _answers(records: list[Record], encoder: CachedEncoder, with_peers: bool) -> Iterator[tuple[str, str, float]]:
    """Pairs of questions with one answer; gold is what pairs of questions the alignments hold."""
    fold = folds_of([str(r.get("topic") or r["id"]) for r in records])
    pairs = in_pairs([(r["sentence_a"], r["sentence_b"]) for r in records], Reader(encoder))
    grids = [features(r, pair, encoder) for r, pair in zip(records, pairs, strict=True)]
    label = [_is_aligned(r) for r in records]
    of = np.repeat(fold, [len(g) for g in grids])
    likely = likelihoods(np.concatenate(grids), np.concatenate(label), of, 2)[:, 1].astype(np.float64)
    yield "copydesk", "f1", held_out_f1(records, _split(likely, grids), fold)
    texts = [(told(a), told(b)) for r in records for a in r["questions_a"] for b in r["questions_b"]]
    for system, similarity in _peers([t for pair in texts for t in pair], encoder) if with_peers else ():
        alike = similarity([a for a, _ in texts], [b for _, b in texts])
        yield system, "f1", held_out_f1(records, _split(alike, grids), fold)


def _is_aligned(record: Record) -> np.ndarray[Any, np.dtype[np.int64]]:
    together = {(str(a), str(b)) for x in record["alignments"] for a in x["a"] for b in x["b"]}
    return np.array([(str(a), str(b)) in together for a in record["questions_a"] for b in record["questions_b"]], dtype=np.int64)


def _split(column: FloatColumn, like: Sequence[Any]) -> list[FloatColumn]:
    return np.split(column, np.cumsum([len(x) for x in like])[:-1])


def _claims(records: list[Record], encoder: CachedEncoder, with_peers: bool) -> Iterator[tuple[str, str, float]]:
    """What one claim does to another: weakens (0), neither (1), strengthens (2)."""
    label = np.array([0 if r["weakens"] else 2 if r["strengthens"] else 1 for r in records], dtype=np.int64)
    fold = folds_of([str(r["topic"]) for r in records])
    texts = [(r["claim_a"], r["claim_b"]) for r in records]
    grid = np.array([np.concatenate([support(p, 0), support(p, 1), clashes(p)]) for p in in_pairs(texts, Reader(encoder))])
    yield "copydesk", "macro_f1", macro_f1(label, decided(likelihoods(grid, label, fold, 3), (label, fold), macro_f1))
    for system, similarity in _peers([t for pair in texts for t in pair], encoder) if with_peers else ():
        alike = similarity([a for a, _ in texts], [b for _, b in texts])
        yield system, "macro_f1", macro_f1(label, bounded(alike, (label, fold), 2, macro_f1))


def _summaries(records: list[Record], encoder: CachedEncoder, with_peers: bool) -> Iterator[tuple[str, str, float]]:
    """Whether what a summary says is what its article says."""
    label = np.array([int(r["consistent"]) for r in records], dtype=np.int64)
    fold = folds_of([r["text"] for r in records])
    texts = [(r["summary"], r["text"]) for r in records]
    grid = np.array([np.concatenate([support(p, 0), clashes(p)]) for p in in_pairs(texts, Reader(encoder))])
    yield "copydesk", "balanced_accuracy", balanced_accuracy(label, likelihoods(grid, label, fold, 2).argmax(axis=1))
    for system, similarity in _peers([t for pair in texts for t in pair], encoder) if with_peers else ():
        alike = similarity([a for a, _ in texts], [b for _, b in texts])
        yield system, "balanced_accuracy", balanced_accuracy(label, bounded(alike, (label, fold), 1, balanced_accuracy))
