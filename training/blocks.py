"""data/pages, data/copies, data/dossiers → src/copydesk/cleaning/weights/{page,flat,flat-second}.npz and their report.

    python training/blocks.py --data ../shared/data [--folds 5]

Two judges of small boosted trees tell for each line of a capture whether it is article. `page` goes by the text, the
page's structure and what trafilatura and resiliparse take from it; it learns each page a second time with votes that
fail as extractors do (everything, nothing, from or up to some line), without which it leans on them too much. `flat` goes by the text alone, in two ensembles, the second of which also sees what the first
says around the line (`second_look`) and learns from first probabilities of texts that the first had not seen.
Labels: a line of a page with a gold text is article as far as a common subsequence
of both texts' words runs through it in runs of four; a line of a copies page where the body spans say so; on pages that only
have wanted and unwanted strings the lines that hold one, and `flat` learns their other lines from the `page` judge
(distillation: what structure told the one, the other has to tell by words); the dossiers' texts are clean but for
lines that say they are not; `furnished` puts clean articles on invented pages. Folds are by site and outlet, so that
no site is trained and tested on, nor taught to the other judge by one that was trained on it.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np
import numpy.typing as npt

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from copydesk.cleaning.echoes import find_echoes
from copydesk.cleaning.features import COLUMNS
from copydesk.cleaning.judge import Judgement, find_likely, without_comments, without_threads
from copydesk.cleaning.page_features import PAGE_COLUMNS, VOTES, fill_votes
from copydesk.cleaning.second_look import SECOND_COLUMNS, second_rows
from evals.pages import segment_f1, shingle_f1
from training.sheets import (
    OPTIONS,
    SEED,
    WEIGHT_OF,
    Floats,
    Rows,
    Sheet,
    aligned,
    clean_sheets,
    copies_sheets,
    furnished_sheets,
    page_sheets,
    weigh,
)  # fmt: skip

WEIGHTS = Path(__file__).resolve().parents[1] / "src" / "copydesk" / "cleaning" / "weights"
TREES = {"page": 120, "flat": 220}
LEAVES = {"page": 16, "flat": 31}
DEPTH = {"page": 6, "flat": 7}
INNER_FOLDS = 4
TOGETHER = {"page": 3, "flat": 2}  # ensembles of other seeds whose mean is shipped as one
SPOILT_WEIGHT = 0.3  # of a page whose votes fail; at .6 held-out figures fall back
SURE = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Judge:
    """The ensembles of one form; `second` is empty for pages."""

    first: list[lightgbm.Booster]
    second: list[lightgbm.Booster]


def fit(rows: Sequence[Rows], sheets: Sequence[Sheet], form: str, together: int) -> list[lightgbm.Booster]:
    every = np.concatenate(list(rows))
    labels = np.concatenate([s.labels for s in sheets]) > 0.5
    weights = np.concatenate([s.weights for s in sheets])
    used = weights > 0
    known = lightgbm.Dataset(every[used], labels[used].astype(int), weight=weights[used])
    return [
        lightgbm.train(
            {
                "objective": "binary", "num_leaves": LEAVES[form], "max_depth": DEPTH[form], "learning_rate": 0.08,
                "feature_fraction": 0.4, "bagging_fraction": 0.8, "bagging_freq": 1, "min_data_in_leaf": 40,
                "lambda_l2": 3.0, "max_bin": 63, "num_threads": 1, "verbose": -1, "seed": SEED + turn, "deterministic": True, "force_col_wise": True,
            },
            known, TREES[form],
        )
        for turn in range(together)
    ]  # fmt: skip


def probabilities(models: Sequence[lightgbm.Booster], rows: Rows) -> Floats:
    scores = np.mean([model.predict(rows, raw_score=True) for model in models], axis=0)
    return np.asarray(1.0 / (1.0 + np.exp(-scores)), dtype=np.float64)


def look_again(sheet: Sheet, first: Floats) -> Rows:
    return np.hstack([sheet.rows, second_rows(sheet.lines, without_threads(first, sheet.lines))]).astype(np.float32)


def fit_judge(sheets: Sequence[Sheet], form: str) -> Judge:
    if form == "page":
        chance = np.random.default_rng(SEED)
        known = [*sheets, *(spoil_votes(s, chance) for s in sheets if s.set.endswith("/pile"))]
        return Judge(first=fit([s.rows for s in known], known, form, TOGETHER[form]), second=[])
    again: list[Rows] = [np.zeros((0, 0), dtype=np.float32)] * len(sheets)
    for fold in range(INNER_FOLDS):
        inner = [s for s in sheets if s.fold("inner") % INNER_FOLDS != fold]
        models = fit([s.rows for s in inner], inner, form, 1)
        for i, sheet in enumerate(sheets):
            if sheet.fold("inner") % INNER_FOLDS == fold:
                again[i] = look_again(sheet, probabilities(models, sheet.rows))
    return Judge(first=fit([s.rows for s in sheets], sheets, form, TOGETHER[form]), second=fit(again, sheets, form, TOGETHER[form]))


def spoil_votes(sheet: Sheet, chance: np.random.Generator) -> Sheet:
    """The page as it would look had one extractor or both failed on it."""
    at = [len(COLUMNS) + PAGE_COLUMNS.index(vote) for vote in VOTES]
    which = int(chance.integers(3))
    votes = [
        spoil(sheet.rows[:, column].astype(np.float64), chance) if which in (turn, 2) else sheet.rows[:, column].astype(np.float64)
        for turn, column in enumerate(at)
    ]
    page = sheet.rows[:, len(COLUMNS) :].astype(np.float64)
    fill_votes(page, sheet.lines, sheet.marks or [], votes)
    rows = np.hstack([sheet.rows[:, : len(COLUMNS)], page.astype(np.float32)])
    return replace(sheet, rows=rows, weights=sheet.weights * SPOILT_WEIGHT)


def spoil(vote: Floats, chance: np.random.Generator) -> Floats:
    """A vote that takes everything, nothing, or only what stands before or behind some line that it took."""
    way = int(chance.integers(4))
    if way < 2:
        return np.full(len(vote), float(way))
    took = np.flatnonzero(vote > 0.5)
    spoilt = vote.copy()
    if len(took) > 3:
        cut = int(took[chance.integers(1, len(took) - 1)])
        spoilt[cut:] = 0.0 if way == 2 else spoilt[cut:]
        spoilt[:cut] = 0.0 if way == 3 else spoilt[:cut]
    return spoilt


def judge(model: Judge, sheet: Sheet) -> Floats:
    first = probabilities(model.first, sheet.rows)
    if sheet.marks is not None:
        return without_comments(first, sheet.lines, sheet.marks)
    return without_threads(probabilities(model.second, look_again(sheet, first)), sheet.lines)


def ship(models: Sequence[lightgbm.Booster], columns: Sequence[str], path: Path) -> None:
    """Writes the trees as arrays; a leaf points at itself, so that every row takes the same number of steps."""
    arrays: dict[str, list[float]] = {k: [] for k in ("feature", "threshold", "left", "right", "value")}
    roots, depth = [], 0

    def add(node: dict[str, Any], level: int) -> int:
        nonlocal depth
        depth = max(depth, level)
        at = len(arrays["feature"])
        leaf = "leaf_value" in node
        for name, value in (
            ("feature", 0 if leaf else node["split_feature"]), ("threshold", np.inf if leaf else node["threshold"]),
            ("left", at), ("right", at), ("value", node["leaf_value"] / len(models) if leaf else 0.0),
        ):  # fmt: skip
            arrays[name].append(value)
        if not leaf:
            arrays["left"][at] = add(node["left_child"], level + 1)
            arrays["right"][at] = add(node["right_child"], level + 1)
        return at

    for model in models:
        for tree in model.dump_model()["tree_info"]:
            roots.append(add(tree["tree_structure"], 0))
    path.parent.mkdir(exist_ok=True)
    np.savez_compressed(
        path, columns=np.array(columns), feature=np.array(arrays["feature"], dtype=np.int16),
        threshold=np.array(arrays["threshold"], dtype=np.float32), left=np.array(arrays["left"], dtype=np.int32),
        right=np.array(arrays["right"], dtype=np.int32), value=np.array(arrays["value"], dtype=np.float32),
        roots=np.array(roots, dtype=np.int32), depth=depth, start=0.0,
    )  # fmt: skip


def measure(sheets: Sequence[Sheet], kept: Sequence[Floats]) -> Iterator[tuple[str, float]]:
    """The figures of each set: by shingles, by strings, or by characters."""
    for name in sorted({s.set for s in sheets}):
        pairs = [(s, p) for s, p in zip(sheets, kept, strict=True) if s.set == name]
        texts = [(s.gold, kept_text(s, p)) for s, p in pairs]
        if "text" in pairs[0][0].gold:
            yield f"{name} shingle_f1", shingle_f1([(g["text"], t) for g, t in texts])
        elif "with" in pairs[0][0].gold:
            yield f"{name} segment_f1", segment_f1(texts)
        else:
            ink = [np.array([len("".join(line.text.split())) for line in s.lines]) * (s.weights > 0) for s, _ in pairs]
            body = sum(float((n * s.labels).sum()) for n, (s, _) in zip(ink, pairs, strict=True))
            rest = sum(float((n * (1 - s.labels)).sum()) for n, (s, _) in zip(ink, pairs, strict=True))
            taken = sum(float((n * s.labels * likely(s, p)).sum()) for n, (s, p) in zip(ink, pairs, strict=True))
            dropped = sum(float((n * (1 - s.labels) * ~likely(s, p)).sum()) for n, (s, p) in zip(ink, pairs, strict=True))
            yield f"{name} body_kept", taken / max(1.0, body)
            if rest > 0:
                yield f"{name} furniture_dropped", dropped / rest


def likely(sheet: Sheet, kept: Floats) -> npt.NDArray[np.bool_]:
    judgement = Judgement(rows=sheet.rows[:, : len(COLUMNS)].astype(np.float64), kept=kept)
    return find_likely(sheet.lines, judgement, OPTIONS.keep_from, is_page=sheet.marks is not None)


def kept_text(sheet: Sheet, kept: Floats) -> str:
    """What cleaning would keep: the likely lines without those that say again what others say."""
    texts = [line.text for line, is_it in zip(sheet.lines, likely(sheet, kept), strict=True) if is_it]
    echoes = find_echoes(texts, "")
    return "\n".join(text for i, text in enumerate(texts) if i not in echoes)


def hold_out(sheets: Sequence[Sheet], form: str, folds: int) -> list[Floats]:
    """Each sheet's probabilities from a judge that has seen nothing of its group."""
    kept: list[Floats] = [np.zeros(0)] * len(sheets)

    def one(fold: int) -> list[tuple[int, Floats]]:
        model = fit_judge([s for s in sheets if s.fold() % folds != fold], form)
        return [(i, judge(model, sheet)) for i, sheet in enumerate(sheets) if sheet.fold() % folds == fold]

    for found in in_processes(one, folds):
        for i, p in found:
            kept[i] = p
    return kept


_work: Callable[[int], list[tuple[int, Floats]]]


def _run(turn: int) -> list[tuple[int, Floats]]:
    return _work(turn)


def in_processes(work: Callable[[int], list[tuple[int, Floats]]], turns: int) -> Iterator[list[tuple[int, Floats]]]:
    """The work's results for each turn, a forked process a core: the sheets are shared, not sent."""
    global _work
    _work = work
    with multiprocessing.get_context("fork").Pool(os.cpu_count()) as pool:
        yield from pool.imap(_run, range(turns))


def teach(sheets: Sequence[Sheet], pages: Sequence[Sheet], kept: Sequence[Floats]) -> list[Sheet]:
    """The sheets of pages without a gold text, their other lines labelled by what the page judge is sure of."""
    sure: dict[str, tuple[str, str]] = {}
    for page, p in zip(pages, kept, strict=True):
        if "with" in page.gold and page.set.endswith("/pile"):
            likely = "\n".join(line.text for line, q in zip(page.lines, p, strict=True) if q > SURE)
            certain = "\n".join(line.text for line, q in zip(page.lines, p, strict=True) if q > 1 - SURE)
            sure[page.id] = certain, likely
    return [taught(sheet, *sure[sheet.id]) if "with" in sheet.gold and sheet.id in sure else sheet for sheet in sheets]


def taught(sheet: Sheet, certain: str, likely: str) -> Sheet:
    """A sheet whose lines without a string learn from a teacher's certain and at least likely text."""
    is_certain, is_likely = aligned(sheet.lines, certain), aligned(sheet.lines, likely)
    told = sheet.weights > 0
    known = ((is_certain > 0.8) | (is_likely < 0.2)).astype(np.float64)
    weights = weigh(sheet.lines, known, {}, 0.5 * WEIGHT_OF["taught"])
    return replace(
        sheet, labels=np.where(told, sheet.labels, is_certain), weights=np.where(told, sheet.weights, weights),
    )  # fmt: skip


def report_of(form: str, sheets: Sequence[Sheet]) -> dict[str, Any]:
    return {
        "pages": {name: sum(s.set == name for s in sheets) for name in sorted({s.set for s in sheets})},
        "lines": sum(len(s.lines) for s in sheets), "columns": sheets[0].rows.shape[1], "trees": TREES[form],
        "leaves": LEAVES[form], "together": TOGETHER[form], "seed": SEED,
    }  # fmt: skip


def train(form: str, sheets: list[Sheet], folds: int) -> tuple[dict[str, Any], list[Floats]]:
    """Cross-validates, fits on everything, ships, and reports; the probabilities are those held out."""
    report, kept = report_of(form, sheets), []
    if folds > 1:
        kept = hold_out(sheets, form, folds)
        report[f"held out, {folds} folds by site"] = {k: round(v, 4) for k, v in measure(sheets, kept)}
    model = fit_judge(sheets, form)
    columns = COLUMNS if form == "flat" else (*COLUMNS, *PAGE_COLUMNS)
    ship(model.first, columns, WEIGHTS / f"{form}.npz")
    if model.second:
        ship(model.second, (*columns, *SECOND_COLUMNS), WEIGHTS / f"{form}-second.npz")
    return report, kept


def main() -> None:
    parser = argparse.ArgumentParser(description="Train the judges of lines.")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--folds", type=int, default=5)
    asked = parser.parse_args()
    WEIGHTS.mkdir(exist_ok=True)
    pages = list(page_sheets(asked.data, "page"))
    page_report, kept = train("page", pages, asked.folds)
    print(json.dumps(page_report, indent=1), flush=True)
    sheets = teach(list(page_sheets(asked.data, "flat")), pages, kept)
    sheets += [*copies_sheets(asked.data), *clean_sheets(asked.data), *furnished_sheets(asked.data)]
    flat_report, _ = train("flat", sheets, asked.folds)
    report = {"page": page_report, "flat": flat_report}
    (WEIGHTS / "report.json").write_text(json.dumps(report, indent=1, ensure_ascii=False, sort_keys=True) + "\n")
    print(json.dumps(flat_report, indent=1))


if __name__ == "__main__":
    main()
