"""Questions on two sentences → the pairs of questions whose answers say the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np

from copydesk.aligning.likenesses import class_of
from copydesk.language.encoder import CachedEncoder
from copydesk.linking.columns import FloatColumn, FloatMatrix, IntColumn
from copydesk.text.normalise import FUNCTION_WORDS, find_words
from evals.claiming.pairs import Pair
from evals.rows import f1

Record: TypeAlias = Mapping[str, Any]
Key = tuple[str, str, str]


def key_of(question: Record) -> Key:
    """What tells a question from the others of its sentence."""
    return str(question["verb"]), str(question["question"]), str(question["answer"])


def told(question: Record) -> str:
    """A question with its answer, as one text."""
    return f"{question['question']} {question['answer']}"


def gold_of(record: Record) -> set[tuple[frozenset[Key], frozenset[Key]]]:
    """The alignments of a record, each two groups of questions."""
    return {(frozenset(map(key_of, x["a"])), frozenset(map(key_of, x["b"]))) for x in record["alignments"]}


def features(record: Record, pair: Pair, encoder: CachedEncoder) -> FloatMatrix:
    """A row for each two questions, those of B running faster: verbs, answers and clauses alike."""
    ours, theirs = record["questions_a"], record["questions_b"]
    if not ours or not theirs:
        return np.zeros((0, 11), dtype=np.float32)
    asked, answered = (
        encoder.encode([f(q) for q in ours]) @ encoder.encode([f(q) for q in theirs]).T
        for f in (told, lambda q: str(q["answer"]))
    )
    verbs = encoder.encode([q["verb"] for q in ours]) @ encoder.encode([q["verb"] for q in theirs]).T
    clause = [[_clauses(pair, side, q) for q in held] for side, held in ((0, ours), (1, theirs))]
    words = [[_words(q["answer"]) for q in held] for held in (ours, theirs)]
    rows = []
    for i, one in enumerate(ours):
        for j, other in enumerate(theirs):
            same = class_of(str(one["verb"]).lower()) == class_of(str(other["verb"]).lower())
            common = len(words[0][i] & words[1][j])
            likely = max((pair.probability(a, b) for a in clause[0][i] for b in clause[1][j]), default=0.0)
            asks = [str(q["question"]).split()[0].lower() for q in (one, other)]
            rows.append([
                asked[i, j], answered[i, j], verbs[i, j], same, common / max(1, min(len(words[0][i]), len(words[1][j]))),
                common / max(1, max(len(words[0][i]), len(words[1][j]))), likely, asks[0] == asks[1], asked[i, j] - asked[i].max(), asked[i, j] - asked[:, j].max(),
                same * answered[i, j],
            ])  # fmt: skip
    return np.array(rows, dtype=np.float32)


def _words(answer: str) -> frozenset[str]:
    return frozenset(class_of(w.key) for w in find_words(answer) if w.key not in FUNCTION_WORDS)


def _clauses(pair: Pair, side: int, question: Record) -> list[int]:
    """The clauses in which a question's answer stands."""
    held = pair.units(side)
    return [n for n in held if pair.weighed.units[n].start < question["end"] and question["start"] < pair.weighed.units[n].end]


def align(score: FloatColumn, shape: tuple[int, int], bound: float) -> list[tuple[int, int]]:
    """The likeliest pairs above a bound, each question in one at most."""
    taken: tuple[set[int], set[int]] = (set(), set())
    found = []
    for n in np.argsort(-score, kind="stable").tolist():
        i, j = divmod(n, shape[1])
        if score[n] < bound:
            break
        if i not in taken[0] and j not in taken[1]:
            taken[0].add(i)
            taken[1].add(j)
            found.append((i, j))
    return found


def exact_f1(records: Sequence[Record], scores: Sequence[FloatColumn], bound: float) -> float:
    """F1 of the alignments found exactly, over all records."""
    return f1(*_shares(_counts(records, scores, bound)))


def _counts(records: Sequence[Record], scores: Sequence[FloatColumn], bound: float) -> tuple[int, int, int]:
    right = given = wanted = 0
    for record, score in zip(records, scores, strict=True):
        ours, theirs, gold = record["questions_a"], record["questions_b"], gold_of(record)
        made = {(frozenset([key_of(ours[i])]), frozenset([key_of(theirs[j])])) for i, j in align(score, (len(ours), len(theirs)), bound)}
        right, given, wanted = right + len(made & gold), given + len(made), wanted + len(gold)
    return right, given, wanted


def _shares(counts: tuple[int, int, int]) -> tuple[float, float]:
    right, given, wanted = counts
    return right / max(1, given), right / max(1, wanted)


def held_out_f1(records: Sequence[Record], scores: Sequence[FloatColumn], fold: IntColumn) -> float:
    """The same, each fold's bound being the one that does best on the others."""
    total = [0, 0, 0]
    pool = np.concatenate([s for s in scores if len(s)])
    tried = np.unique(np.quantile(pool, np.linspace(0.5, 1, 30)))
    for n in sorted(set(fold.tolist())):
        train, test = np.flatnonzero(fold != n).tolist(), np.flatnonzero(fold == n).tolist()
        bound = max(tried, key=lambda b: exact_f1([records[k] for k in train], [scores[k] for k in train], b))
        total = [a + b for a, b in zip(total, _counts([records[k] for k in test], [scores[k] for k in test], bound), strict=True)]
    return f1(*_shares((total[0], total[1], total[2])))
