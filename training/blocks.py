"""data/pages, data/copies, data/dossiers → src/copydesk/cleaning/weights/{flat,page}.npz and their report.

    python training/blocks.py --data ../shared/data [--folds 5] [--only page|flat]

Two ensembles of small boosted trees tell for each line of a capture whether it is article: `flat` by the text alone,
`page` by the text, the page's structure and trafilatura's reading of it. Labels: a line of an AEB page is article
where most of its words stand in 4-word runs of the gold text; of a copies page where the body spans say so; on
trafilatura's pages only the lines that hold a wanted or unwanted string have one; the dossiers' texts are clean but
for lines that say they are not; `furnished` puts clean articles on invented pages. Folds are by site and outlet, so that no site is trained and tested on.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import md5
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import urlsplit

import numpy as np
import numpy.typing as npt
from selectolax.lexbor import LexborHTMLParser
from sklearn.ensemble import HistGradientBoostingClassifier

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from copydesk.cleaning.features import COLUMNS, columns_of, line_features
from copydesk.cleaning.judge import extract_text, headline_hint, structure_rows
from copydesk.cleaning.lines import Line, split_lines
from copydesk.cleaning.metadata import read_meta
from copydesk.cleaning.options import CleaningOptions
from copydesk.cleaning.page_features import PAGE_COLUMNS, covered
from copydesk.cleaning.repeats import find_repeats, site_of
from copydesk.cleaning.source import SourceText, read_source
from copydesk.model.articles import Repeats
from evals.flat import body_sets, by_inscriptis, by_selectolax, capture_record, flatten_capture
from evals.pages import capture_page, page_sets, segment_f1, shingle_f1
from evals.rows import Request
from training.furniture import furnish

Rows = npt.NDArray[np.float32]
Floats = npt.NDArray[np.float64]
SEED = 20240613
OPTIONS = CleaningOptions()
NO_REPEATS = Repeats(pages=1, by_pile={}, by_outlet={})
WEIGHTS = Path(__file__).resolve().parents[1] / "src" / "copydesk" / "cleaning" / "weights"
# Chosen on the folds' figures: deeper or longer ensembles gain nothing on AEB and cost time on every page.
TREES = {"flat": 120, "page": 80}
DEPTH, LEAVES, RATE = 5, 16, 0.1
WEIGHT_OF = {"copies": 0.35, "dossiers": 0.3, "furnished": 0.6}  # many pages of few outlets, and text that is nearly all article
STRING_WEIGHT = 1.5  # of a line with a wanted or unwanted string; a whole AEB page weighs 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One capture's rows with a label and a weight a line; `gold` is what the fold's figures are read from."""

    set: str
    group: str
    lines: list[str]
    rows: Rows
    labels: Floats
    weights: Floats
    gold: dict[str, Any]

    @property
    def fold(self) -> int:
        return int(md5(self.group.encode()).hexdigest(), 16)


def plain_text(markup: str) -> str:
    """The page's text nodes as they stand, as the simplest flatteners give them."""
    page = LexborHTMLParser(markup)
    page.strip_tags(["script", "style", "noscript", "template"])
    return page.body.text() if page.body is not None else ""


FLATTENERS: dict[str, Callable[[str], str]] = {"inscriptis": by_inscriptis, "selectolax": by_selectolax, "plain": plain_text}


def label_lines(lines: Sequence[Line], gold: dict[str, Any]) -> tuple[Floats, Floats]:
    """Share of each line that is article, and whether that is known."""
    if "text" in gold:
        return covered(lines, gold["text"]), np.ones(len(lines))
    labels, known = np.zeros(len(lines)), np.zeros(len(lines))
    for i, line in enumerate(lines):
        text = " ".join(line.text.split())
        for sign, strings in ((1.0, gold["with"]), (0.0, gold["without"])):
            for string in (" ".join(s.split()) for s in strings):
                if (string in text and (sign or len(text) < 4 * len(string))) or (len(text) > 15 and text in string):
                    labels[i], known[i] = sign, 1.0
    return labels, known


def weigh(lines: Sequence[Line], known: Floats, gold: dict[str, Any], share: float) -> Floats:
    """Each line by its length, each page alike; strings by themselves."""
    if "with" in gold:
        return known * STRING_WEIGHT
    weights = known * (0.3 + np.minimum([len(line.text) for line in lines], 400) / 100)
    return weights / max(30.0, float(weights.sum())) * 100 * share


def sheet_of(source: SourceText, rows: Floats, place: tuple[str, str], gold: dict[str, Any]) -> Sheet:
    labels, known = label_lines(source.lines, gold)
    return Sheet(
        set=place[0], group=place[1], lines=[line.text for line in source.lines], rows=rows.astype(np.float32),
        labels=labels, weights=weigh(source.lines, known, gold, 1.0), gold=gold,
    )  # fmt: skip


def page_sheets(data: Path, form: str) -> Iterator[Sheet]:
    """Every page, as a page or as each flattener gives it."""
    for pages in page_sets(Request(data=data)):
        for record in pages.records:
            capture = capture_page(pages, record)
            site = urlsplit(record.get("url") or "").hostname or record["id"].split("-")[0]
            if form == "page":
                source = read_source(capture, OPTIONS)
                if isinstance(source, str) or source.tree is None:
                    continue
                rows = line_features(source.lines, headline_hint(read_meta(source.tree), None), "", NO_REPEATS)
                yield sheet_of(source, np.hstack([rows, structure_rows(source, rows, extract_text(source.tree))]), (pages.name, site), record)
                continue
            for name, flattener in FLATTENERS.items():
                source = read_source(flatten_capture(capture, flattener), OPTIONS)
                if not isinstance(source, str):
                    rows = line_features(source.lines, "", "", NO_REPEATS)
                    yield sheet_of(source, rows, (f"{pages.name}/{name}", site), record)


def copies_sheets(data: Path) -> Iterator[Sheet]:
    """Every page built by hand, once with all that a pile tells and once by itself."""
    for name, records in body_sets(Request(data=data)):
        captures = [capture_record(r) for r in records]
        repeats = find_repeats(captures, OPTIONS)
        for record, capture in zip(records, captures, strict=True):
            source = read_source(capture, OPTIONS)
            if isinstance(source, str):
                continue
            body = np.zeros(len(record["text"]) + 1)
            for start, end in record["body"]:
                body[start:end] = 1.0
            labels = np.array([body[line.start : line.end].mean() for line in source.lines])
            weights = weigh(source.lines, np.ones(len(labels)), {}, WEIGHT_OF["copies"])
            for kind, headline, known in (("pile", record["headline"] or "", repeats), ("alone", "", NO_REPEATS)):
                rows = line_features(source.lines, headline, site_of(capture), known).astype(np.float32)
                yield Sheet(
                    set=f"{name}/{kind}", group=record["outlet"], lines=[line.text for line in source.lines], rows=rows,
                    labels=labels, weights=weights, gold={},
                )  # fmt: skip


def clean_sheets(data: Path) -> Iterator[Sheet]:
    """Texts that are article nearly whole; lines that speak of anything else are left out of training."""
    at = columns_of()
    doubtful = [at[f"turn_{t}"] for t in ("legal", "prompt", "advert", "photo", "credit", "byline", "stamp", "related", "share")]
    for path in sorted((data / "dossiers").glob("*/*.txt")):
        lines = split_lines(path.read_text(encoding="utf-8"), OPTIONS.max_lines)
        if len(lines) < 4:
            continue
        rows = line_features(lines, "", "", NO_REPEATS)
        known = (rows[:, doubtful].max(axis=1) == 0).astype(np.float64)
        known[0] = 0.0
        weights = weigh(lines, known, {}, WEIGHT_OF["dossiers"])
        yield Sheet(
            set="dossiers", group=path.parent.name, lines=[line.text for line in lines], rows=rows.astype(np.float32),
            labels=np.ones(len(lines)), weights=weights, gold={},
        )  # fmt: skip


def furnished_sheets(data: Path) -> Iterator[Sheet]:
    """Clean articles on invented pages; lines of an article that are no sentences are left out of training."""
    articles: list[tuple[str, list[str], str]] = []
    for pages in page_sets(Request(data=data)):
        for record in pages.records:
            if "text" in record:
                lines = [piece.strip() for piece in record["text"].split("\n") if piece.strip()]
                site = urlsplit(record.get("url") or "").hostname or record["id"]
                articles.append((" ".join(lines[0].split()[:11]) if lines else "", lines, site))
    for path in sorted((data / "dossiers").glob("*/*.txt")):
        lines = [piece.strip() for piece in path.read_text(encoding="utf-8").split("\n") if piece.strip()]
        articles.append((lines[0] if lines else "", lines[1:], path.parent.name))
    articles = [a for a in articles if len(a[1]) > 3]
    at = columns_of()
    for i, (headline, paragraphs, group) in enumerate(articles):
        random = Random(SEED + i)
        near = [a for a in articles if a[2] != group]
        others = [(h, p[0]) for h, p, _ in random.sample(near, min(10, len(near)))]
        furnished = furnish(paragraphs, headline, others, random)
        between = random.choice(("\n", "\n\n", "\n\n\n"))
        text, places = "", []
        for line, is_article in furnished:
            places.append((len(text), len(text) + len(line), is_article))
            text += line + (between if random.random() < 0.9 else "\n")
        lines = split_lines(text, OPTIONS.max_lines)
        body = np.zeros(len(text) + 1)
        for start, end, is_article in places:
            body[start:end] = is_article
        labels = np.array([body[line.start : line.end].mean() for line in lines])
        rows = line_features(lines, headline if random.random() < 0.3 else "", "", NO_REPEATS)
        known = ((labels < 0.5) | (rows[:, at["prose"]] > 0.15)).astype(np.float64)
        yield Sheet(
            set="furnished", group=group, lines=[line.text for line in lines], rows=rows.astype(np.float32), labels=labels,
            weights=weigh(lines, known, {}, WEIGHT_OF["furnished"]), gold={},
        )  # fmt: skip


def fit(sheets: Sequence[Sheet], trees: int) -> HistGradientBoostingClassifier:
    rows = np.concatenate([s.rows for s in sheets])
    labels = np.concatenate([s.labels for s in sheets]) > 0.5
    weights = np.concatenate([s.weights for s in sheets])
    used = weights > 0
    model = HistGradientBoostingClassifier(
        max_iter=trees, max_depth=DEPTH, max_leaf_nodes=LEAVES, learning_rate=RATE, min_samples_leaf=50,
        l2_regularization=1.0, random_state=SEED, early_stopping=False,
    )  # fmt: skip
    model.fit(rows[used], labels[used], weights[used])
    return model


def ship(model: HistGradientBoostingClassifier, columns: Sequence[str], path: Path) -> None:
    """Writes the trees as arrays; a leaf points at itself, so that every row takes the same number of steps."""
    parts: dict[str, list[Any]] = {k: [] for k in ("feature", "threshold", "left", "right", "value")}
    roots, depth = [], 0
    for (tree,) in model._predictors:
        nodes = tree.nodes
        offset = sum(len(p) for p in parts["feature"])
        roots.append(offset)
        own = np.arange(len(nodes))
        leaf = nodes["is_leaf"].astype(bool)
        parts["feature"].append(np.where(leaf, 0, nodes["feature_idx"]))
        parts["threshold"].append(np.where(leaf, np.inf, nodes["num_threshold"]))
        parts["left"].append(np.where(leaf, own, nodes["left"]) + offset)
        parts["right"].append(np.where(leaf, own, nodes["right"]) + offset)
        parts["value"].append(np.where(leaf, nodes["value"], 0.0))
        depth = max(depth, int(nodes["depth"].max()))
    arrays = {k: np.concatenate(v) for k, v in parts.items()}
    path.parent.mkdir(exist_ok=True)
    np.savez_compressed(
        path, columns=np.array(columns), feature=arrays["feature"].astype(np.int16),
        threshold=arrays["threshold"].astype(np.float32), left=arrays["left"].astype(np.int16),
        right=arrays["right"].astype(np.int16), value=arrays["value"].astype(np.float32),
        roots=np.array(roots, dtype=np.int16), depth=depth, start=float(np.ravel(model._baseline_prediction)[0]),
    )  # fmt: skip


def measure(sheets: Sequence[Sheet], kept: Sequence[Floats]) -> Iterator[tuple[str, float]]:
    """The figures of each set: by shingles, by strings, or by characters."""
    for name in sorted({s.set for s in sheets}):
        pairs = [(s, p) for s, p in zip(sheets, kept, strict=True) if s.set == name]
        texts = [(s.gold, "\n".join(t for t, q in zip(s.lines, p, strict=True) if q >= OPTIONS.keep_from)) for s, p in pairs]
        if "text" in pairs[0][0].gold:
            yield f"{name} shingle_f1", shingle_f1([(g["text"], t) for g, t in texts])
        elif "with" in pairs[0][0].gold:
            yield f"{name} segment_f1", segment_f1(texts)
        else:
            ink = [np.array([len("".join(t.split())) for t in s.lines]) * (s.weights > 0) for s, _ in pairs]
            body = sum(float((n * s.labels).sum()) for n, (s, _) in zip(ink, pairs, strict=True))
            rest = sum(float((n * (1 - s.labels)).sum()) for n, (s, _) in zip(ink, pairs, strict=True))
            taken = sum(float((n * s.labels * (p >= 0.5)).sum()) for n, (s, p) in zip(ink, pairs, strict=True))
            dropped = sum(float((n * (1 - s.labels) * (p < 0.5)).sum()) for n, (s, p) in zip(ink, pairs, strict=True))
            yield f"{name} body_kept", taken / max(1.0, body)
            if rest > 0:
                yield f"{name} furniture_dropped", dropped / rest


def train(form: str, sheets: list[Sheet], folds: int) -> dict[str, Any]:
    """Cross-validates, fits on everything, ships, and reports."""
    columns = COLUMNS if form == "flat" else (*COLUMNS, *PAGE_COLUMNS)
    report: dict[str, Any] = {
        "pages": {name: sum(s.set == name for s in sheets) for name in sorted({s.set for s in sheets})},
        "lines": sum(len(s.lines) for s in sheets), "columns": len(columns), "trees": TREES[form], "depth": DEPTH,
        "leaves": LEAVES, "rate": RATE, "seed": SEED,
    }  # fmt: skip
    if folds > 1:
        kept: list[Floats] = [np.zeros(0)] * len(sheets)
        for fold in range(folds):
            model = fit([s for s in sheets if s.fold % folds != fold], TREES[form])
            for i, sheet in enumerate(sheets):
                if sheet.fold % folds == fold:
                    kept[i] = model.predict_proba(sheet.rows)[:, 1]
        report[f"held out, {folds} folds by site"] = {k: round(v, 4) for k, v in measure(sheets, kept)}
    ship(fit(sheets, TREES[form]), columns, WEIGHTS / f"{form}.npz")
    return report


def main() -> None:
    parser = argparse.ArgumentParser(description="Train the judge of lines.")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--folds", type=int, default=5, help="0 trains without cross-validation")
    parser.add_argument("--only", choices=["page", "flat"])
    asked = parser.parse_args()
    WEIGHTS.mkdir(exist_ok=True)
    path = WEIGHTS / "report.json"
    report = json.loads(path.read_text()) if path.is_file() else {}
    for form in ("page", "flat"):
        if asked.only not in (None, form):
            continue
        sheets = list(page_sheets(asked.data, form))
        if form == "flat":
            sheets += [*copies_sheets(asked.data), *clean_sheets(asked.data), *furnished_sheets(asked.data)]
        report[form] = train(form, sheets, asked.folds)
        path.write_text(json.dumps(report, indent=1, ensure_ascii=False, sort_keys=True) + "\n")
        print(json.dumps(report[form], indent=1))


if __name__ == "__main__":
    main()
