"""The stage of claims: folds, bounds, bootstrap, strangers and alignments of questions."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import numpy as np
import pytest

from copydesk.language.encoder import CachedEncoder, MiniLmEncoder
from evals import claims
from evals.claiming import conflicts
from evals.claiming.answers import align, exact_f1
from evals.claiming.bootstrap import conflict_bounds, interval
from evals.claiming.learning import balanced_accuracy, bounded, decided, folds_of, likelihoods, macro_f1
from evals.claiming.likeness import tf_idf
from evals.claiming.strangers import Likeness, align_with, joins, strangers_joined
from evals.rows import Request


def test_items_of_one_group_are_in_one_fold() -> None:
    fold = folds_of(["a", "b", "a", "c", "b"])
    assert fold[0] == fold[2] and fold[1] == fold[4]
    assert len(set(fold.tolist())) == 3


def test_weights_of_the_other_folds_tell_two_classes_apart() -> None:
    label = np.arange(60) % 2
    grid = np.stack([label * 2.0 - 1.0, np.arange(60) / 60.0], axis=1)
    found = likelihoods(grid, label, folds_of([str(n) for n in range(60)]), 2)
    assert (found.argmax(axis=1) == label).all()
    assert np.allclose(found.sum(axis=1), 1.0)


def test_a_bound_is_chosen_on_the_other_folds() -> None:
    label = (np.arange(50) >= 25).astype(np.int64)
    fold = folds_of([str(n) for n in range(50)])
    found = bounded(np.arange(50) / 50.0, (label, fold), 1, balanced_accuracy)
    assert balanced_accuracy(label, found) > 0.9


def test_a_rare_class_is_weighed_up_where_that_measures_better() -> None:
    label = np.array([0, 1, 1, 1, 1] * 10)
    likely = np.where(label[:, None] == 0, [0.4, 0.6], [0.1, 0.9])
    fold = folds_of([str(n) for n in range(50)])
    assert macro_f1(label, likely.argmax(axis=1)) < 0.5
    assert macro_f1(label, decided(likely, (label, fold), macro_f1)) == 1.0


def test_the_interval_holds_the_figure_and_narrows_with_alike_stories() -> None:
    alike = interval([(1.0, 2.0, 1.0, 2.0)] * 12)
    assert alike == (0.5, 0.5)
    low, high = interval([(2.0, 2.0, 2.0, 2.0), (0.0, 1.0, 0.0, 2.0)] * 6)
    assert low < 0.57 < high


def test_a_scorer_without_tallies_gives_no_interval(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    scorer = tmp_path / "score.py"
    scorer.write_text("print('one figure 1.0')\n", encoding="utf-8")
    assert conflict_bounds(scorer, []) is None
    assert "no interval" in capsys.readouterr().err


def test_the_likest_text_of_a_pool_comes_first() -> None:
    pool = ["The ferry sank off Oderholm.", "The choir sang in Brannick.", "A budget was passed."]
    assert Likeness(pool).order("A choir that sang all night")[0] == 1


def test_without_a_pool_there_are_no_strangers(tmp_path: Path) -> None:
    assert strangers_joined([[{"id": "a", "text": "The ferry sank."}]], tmp_path) is None


def test_a_question_is_aligned_once_and_only_exact_alignments_count() -> None:
    score = np.array([0.9, 0.8, 0.7, 0.1])
    assert align(score, (2, 2), 0.5) == [(0, 0)]
    ask = [
        {"verb": "sank", "question": f"What sank {n}?", "answer": "the ferry", "start": 0, "end": 9} for n in range(2)
    ]
    record = {"questions_a": ask, "questions_b": ask, "alignments": [{"a": [ask[0]], "b": [ask[0]]}]}
    assert exact_f1([record], [score], 0.5) == 1.0
    assert exact_f1([record], [score[::-1]], 0.5) == 0.0


def test_tf_idf_likes_what_shares_rare_words() -> None:
    texts = ["the ferry sank", "the ferry sailed", "the choir sang", "the choir ate"]
    near, far = tf_idf(texts)([texts[0], texts[0]], [texts[1], texts[2]])
    assert near > far


def test_sets_are_told_by_their_form_and_others_are_left_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "claims"
    folder.mkdir()
    pairs = [
        {"id": str(n), "topic": f"t{n % 6}", "claim_a": a, "claim_b": b, "strengthens": n % 2 == 0, "weakens": False}
        for n, (a, b) in enumerate(
            [
                ("The ferry sank off Oderholm.", "Off Oderholm a ferry sank."),
                ("The choir sang.", "A budget was passed."),
            ]
            * 6
        )
    ]
    for name, records in (("pairs", pairs), ("other", [{"id": "1"}])):
        with gzip.open(folder / f"{name}.jsonl.gz", "wt", encoding="utf-8") as out:
            out.writelines(json.dumps(r) + "\n" for r in records)
    rows = list(claims.run(Request(data=tmp_path)))
    assert [(r.set, r.metric, r.n) for r in rows] == [("pairs", "macro_f1", 12)]
    assert rows[0].value == 1.0
    assert "other.jsonl.gz" in capsys.readouterr().err


def test_a_fact_that_a_stranger_tells_too_is_seen() -> None:
    report = (
        "A footbridge over the river Orle collapsed in Brannick on Monday morning. The town council had inspected the footbridge in spring. "
        "Mayor Ilka Toren said that the old timber market would stay closed for a week. Nobody was on the bridge at the time, a baker said. "
        "Engineers from the coast were expected on Tuesday to find out why the beams had given way so soon after the repair."
    )
    told = [
        {"text": f"{opening} {report}"}
        for opening in ("It rained all night.", "A storm blew over the hills.", "Hail fell at dawn.")
    ]
    found, strange = align_with(told[:2], told[2:], CachedEncoder(MiniLmEncoder()))
    assert any(fact.articles == 3 and joins({s.span.article for s in fact.support}, strange) for fact in found.facts)
    assert not joins(strange, strange)


def test_the_conflicts_of_known_stories_are_listed_with_their_words_and_counted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    crash = "people were injured when a tram left the rails in Oderholm on Tuesday, the tram company said."
    records = [
        {"id": str(n), "story": story, "headline": "A tram left the rails", "published": "2031-05-06", "text": f"{count} {crash}"}
        for n, (story, count) in enumerate([("one", "Nine"), ("one", "Twelve"), ("two", "Thirty")])
    ]
    (tmp_path / "stories").mkdir()
    with gzip.open(tmp_path / "stories" / "trams.jsonl.gz", "wt", encoding="utf-8") as out:
        out.writelines(json.dumps(r) + "\n" for r in records)
    assert conflicts.main(["--data", str(tmp_path), "--set", "trams"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith("one  conflict number")
    assert said[1].split()[:2] == ["9", "(1):"]
    assert said[-1].split() == ["1", "conflict", "number"]
