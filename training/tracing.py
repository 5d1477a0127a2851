"""data/copies → src/copydesk/tracing/weights.json and, beside it, the report of how they were made.

    python training/tracing.py --data ../shared/data [--folds 5]

Three logistic regressions. `sentence`: do two sentences carry the same text (labels: the gold passages; negatives: the
other sentences of linked pairs, and of a seeded sample of candidate pairs that are no copies). `pair`: were two articles
made one from the other, by chains of sentences; `direction`: which was first. Folds are by story: a pair is scored by
weights that never saw its story, and the pair and direction judges are fitted on such scores. Two copies of one origin
are neither right nor wrong and are left out.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from copydesk.language.encoder import CachedEncoder, MiniLmEncoder
from copydesk.linking.columns import FloatMatrix
from copydesk.model.piles import Pile
from copydesk.model.ports import SentenceEncoder
from copydesk.model.spans import Stretch
from copydesk.tracing.candidates import find_candidates
from copydesk.tracing.chains import ChainRules
from copydesk.tracing.company import find_company
from copydesk.tracing.compare import Comparison, Ground, compare, survey
from copydesk.tracing.direction import direction_features
from copydesk.tracing.judge import Verdict, find_matches, matches, pair_features
from copydesk.tracing.options import TracingOptions
from copydesk.tracing.sentence_features import RAW, SENTENCE_FEATURES, expand
from copydesk.tracing.trace import trace_pairs
from copydesk.tracing.weights import DIRECTION_FEATURES, PAIR_FEATURES, Judges, Logistic
from evals.copies import build_pile, predictions, record_id, score_rows
from evals.rows import read_records
from training.tracing_negatives import furnished, share_quotations

Floats = NDArray[np.float64]
Pair = tuple[int, int]
WEIGHTS = Path(__file__).resolve().parents[1] / "src/copydesk/tracing/weights.json"
REPORT = Path(__file__).resolve().parents[1] / "src/copydesk/tracing/weights.md"
SEED = 7
NOTHING = Logistic(names=(), weights=np.zeros(0), intercept=0.0)
UNTRAINED = Judges(sentence=NOTHING, pair=NOTHING, direction=NOTHING)
NEGATIVE_PAIRS = 2500
FURNITURE_PAIRS = 300  # more of them and the judge thinks of nothing else
QUOTATION_PAIRS = 300
INSIDE = 0.6  # share of a sentence inside a gold passage from which it belongs to it
COMMON = 0.6  # share of a sentence in common runs from which two sentences of one passage are a pair


@dataclass(frozen=True)
class Link:
    """A gold link by article numbers, left < right: passages as source places, and which side came first."""

    passages: list[tuple[list[int], list[int]]]
    left_first: bool
    kind: str
    dates: str


@dataclass(frozen=True)
class Gold:
    links: dict[Pair, Link]
    fold: list[int]
    lines: list[set[int]]

    def akin(self, pair: Pair) -> bool:
        return bool(self.lines[pair[0]] & self.lines[pair[1]])


def read_gold(folder: Path, pile: Pile, folds: int) -> Gold:
    number = {record_id(a): i for i, a in enumerate(pile.articles)}
    stories = {r["id"]: r["story"] for r in read_records(folder / "articles.jsonl.gz")}
    order = {story: i for i, story in enumerate(sorted(set(stories.values())))}
    parents: dict[int, set[int]] = defaultdict(set)
    links: dict[Pair, Link] = {}
    for row in read_records(folder / "copies.jsonl.gz"):
        if row["from"] not in number or row["to"] not in number:
            continue
        a, b = number[row["from"]], number[row["to"]]
        parents[b].add(a)
        sides = ("from", "to") if a < b else ("to", "from")
        passages = [(p[sides[0]], p[sides[1]]) for p in row["passages"]]
        links[min(a, b), max(a, b)] = Link(passages, a < b, row["kind"], row.get("dates", "ok"))

    def line(article: int) -> set[int]:
        return {article}.union(*(line(p) for p in parents[article]))

    fold = [order[stories[record_id(a)]] % folds for a in pile.articles]
    return Gold(links, fold, [line(i) for i in range(len(pile.articles))])


def label(comparison: Comparison, pile: Pile, link: Link | None) -> NDArray[np.int64]:
    """1 for pairs of sentences that carry one text, 0 for others, -1 where the gold does not tell."""
    labels = np.zeros(comparison.grids.shape[1:], dtype=np.int64)
    if link is None:
        return labels
    places = [
        [pile.articles[n].to_source(Stretch(start=s, end=e)) for s, e in zip(body.start.tolist(), body.end.tolist(), strict=True)]
        for n, body in zip(comparison.pair, (comparison.left, comparison.right), strict=True)
    ]
    common = comparison.grids[RAW.index("run, larger share")]
    for spans in link.passages:
        inside: list[list[tuple[int, bool]]] = [[], []]
        for side in (0, 1):
            for i, pieces in enumerate(places[side]):
                start, end = pieces[0].start, pieces[-1].end
                held = min(end, spans[side][1]) - max(start, spans[side][0])
                if held > 0:
                    inside[side].append((i, held >= INSIDE * (end - start)))
        full = [[i for i, whole in side if whole] for side in inside]
        for i, _ in inside[0]:
            for j, _ in inside[1]:
                labels[i, j] = -1
        if len(full[0]) == len(full[1]):
            for x, i in enumerate(full[0]):
                for y, j in enumerate(full[1]):
                    labels[i, j] = 1 if x == y else 0 if abs(x - y) > 1 else -1
        for i, _ in inside[0]:
            for j, _ in inside[1]:
                if common[i, j] >= COMMON:
                    labels[i, j] = 1
    return labels


def fit(rows: Floats, labels: Floats, ridge: float = 1.0) -> tuple[Floats, float]:
    """Weights and intercept of a ridge logistic regression."""
    mean, scale = rows.mean(axis=0), rows.std(axis=0) + 1e-9
    table = np.c_[(rows - mean) / scale, np.ones(len(rows))]
    penalty = np.full(table.shape[1], ridge)
    penalty[-1] = 0.0
    sign = 2 * labels - 1

    def loss(at: Floats) -> tuple[float, Floats]:
        margin = sign * (table @ at)
        slope = -sign / (1.0 + np.exp(np.clip(margin, -500, 500)))
        value = np.logaddexp(0.0, -margin).sum() + 0.5 * (penalty * at * at).sum()
        return float(value), slope @ table + penalty * at

    beta = minimize(loss, np.zeros(table.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 3000, "maxfun": 6000, "ftol": 1e-11}).x
    weights = beta[:-1] / scale
    return weights, float(beta[-1] - (weights * mean).sum())


def best_f1(scores: Floats, labels: Floats, wanted: int) -> tuple[float, float]:
    """The best F1 over all thresholds, and the threshold, midway to the next score; `wanted` counts the positives, seen
    or not."""
    order = np.argsort(-scores, kind="stable")
    right = np.cumsum(labels[order])
    f1 = 2 * right / (np.arange(1, len(order) + 1) + wanted)
    best = int(np.argmax(f1))
    return float(f1[best]), float(scores[order][best : best + 2].mean())


@dataclass
class Workshop:
    """The pile, its comparisons and the gold, and what was found out."""

    pile: Pile
    ground: Ground
    gold: Gold
    folds: int
    pairs: list[Pair]
    akin: list[Pair]
    comparisons: dict[Pair, Comparison]
    said: list[str]

    def say(self, text: str) -> None:
        print(text, flush=True)
        self.said.append(text)

    def fold(self, pair: Pair) -> int:
        return self.gold.fold[pair[0]]

    def crossed(self, rows: Floats, labels: Floats, folds: NDArray[np.int64]) -> list[Logistic]:
        """One regression a fold, each fitted on the other folds."""
        names = tuple(str(i) for i in range(rows.shape[1]))
        made = [fit(rows[folds != f], labels[folds != f]) for f in range(self.folds)]
        return [Logistic(names=names, weights=w, intercept=b) for w, b in made]


def open_workshop(pile: Pile, encoder: SentenceEncoder[FloatMatrix], gold: Gold, folds: int) -> Workshop:
    ground = survey(pile, encoder, judges=UNTRAINED)
    candidates = find_candidates(ground.corpus, ground.vectors, TracingOptions()).pairs
    pairs = [p for p in candidates if p in gold.links or not gold.akin(p)]
    akin = [p for p in candidates if p not in gold.links and gold.akin(p)]
    workshop = Workshop(pile, ground, gold, folds, pairs, akin, {p: compare(ground, p) for p in candidates}, [])
    found = sum(p in gold.links for p in pairs)
    workshop.say(f"{len(candidates)} candidate pairs, {found} of {len(gold.links)} links among them")
    return workshop


def learn_sentences(shop: Workshop) -> tuple[Logistic, list[Logistic]]:
    """The sentence judge, and one a fold that never saw the fold."""
    others = [p for p in shop.pairs if p not in shop.gold.links]
    sample = Random(SEED).sample(others, min(NEGATIVE_PAIRS, len(others)))
    rows, labels, folds = [], [], []
    for pair in [p for p in shop.pairs if p in shop.gold.links] + sample:
        comparison = shop.comparisons[pair]
        told = label(comparison, shop.pile, shop.gold.links.get(pair))
        grids = expand(comparison.grids)
        at = {name: grids[RAW.index(name)] for name in ("cosine", "words in common", "run, larger share")}
        near = (at["cosine"] > 0.45) | (at["words in common"] > 0.25) | (at["run, larger share"] > 0.3)
        kept = (told == 1) | ((told == 0) & near)
        rows.append(grids[:, kept].T)
        labels.append(told[kept].astype(np.float64))
        folds.append(np.full(int(kept.sum()), shop.fold(pair)))
    table, wanted, fold = np.concatenate(rows), np.concatenate(labels), np.concatenate(folds)
    crossed = shop.crossed(table, wanted, fold)
    scores = np.array([float(crossed[f].logit(row)) for f, row in zip(fold, table, strict=True)])
    shop.say(f"sentence: {len(table)} pairs of sentences, {int(wanted.sum())} alike; F1 across stories {best_f1(scores, wanted, int(wanted.sum()))[0]:.4f}")
    weights, intercept = fit(table, wanted)
    return Logistic(names=SENTENCE_FEATURES, weights=weights, intercept=intercept), crossed


def furniture_rows(shop: Workshop, encoder: SentenceEncoder[FloatMatrix], crossed: Sequence[Logistic]) -> tuple[Floats, NDArray[np.int64]]:
    """The pair features of candidates that share page furniture, and their folds: what cleaning leaves now and then."""
    ground = survey(furnished(shop.pile), encoder, judges=UNTRAINED)
    ground = replace(ground, stock=np.zeros(len(ground.stock), dtype=bool))
    pairs = [p for p in find_candidates(ground.corpus, ground.vectors, TracingOptions()).pairs if p not in shop.gold.links and not shop.gold.akin(p)]
    pairs = sorted(Random(SEED).sample(pairs, min(FURNITURE_PAIRS, len(pairs))))
    rows = []
    for pair in pairs:
        comparison = compare(ground, pair)
        logit, chains = find_matches(ground, comparison, crossed[shop.fold(pair)], ChainRules())
        rows.append(pair_features(ground, comparison, logit, chains))
    shop.say(f"furniture: {len(pairs)} pairs of uncleaned pages that are no copies, given to the pair judge as negatives")
    return np.array(rows), np.array([shop.fold(p) for p in pairs])


def quotation_rows(shop: Workshop, encoder: SentenceEncoder[FloatMatrix], crossed: Sequence[Logistic]) -> tuple[Floats, NDArray[np.int64]]:
    """The pair features of independent reports that were given a quotation in common, and their folds."""
    others = [p for p in shop.pairs if p not in shop.gold.links]
    chosen = sorted(Random(SEED).sample(others, min(QUOTATION_PAIRS, len(others))))
    pile, pairs = share_quotations(shop.pile, shop.ground.corpus, chosen, Random(SEED))
    ground = survey(pile, encoder, judges=UNTRAINED)
    rows = []
    for pair in pairs:
        comparison = compare(ground, pair)
        logit, chains = find_matches(ground, comparison, crossed[shop.fold(pair)], ChainRules())
        rows.append(pair_features(ground, comparison, logit, chains))
    shop.say(f"quotations: {len(pairs)} independent pairs that quote the same words, given to the pair judge as negatives")
    return np.array(rows), np.array([shop.fold(p) for p in pairs])


def learn_pairs(
    shop: Workshop, encoder: SentenceEncoder[FloatMatrix], crossed: Sequence[Logistic]
) -> tuple[Logistic, list[Logistic], dict[Pair, Verdict]]:
    """The pair judge, one a fold that never saw the fold, and the verdicts that link by such judges."""
    seen = {p: verdict_on(shop, p, crossed[shop.fold(p)]) for p in [*shop.pairs, *shop.akin]}
    table = np.array([seen[p].features for p in shop.pairs])
    wanted = np.array([float(p in shop.gold.links) for p in shop.pairs])
    fold = np.array([shop.fold(p) for p in shop.pairs])
    made = [furniture_rows(shop, encoder, crossed), quotation_rows(shop, encoder, crossed)]
    dirt, dirt_fold = np.concatenate([rows for rows, _ in made]), np.concatenate([folds for _, folds in made])
    every, all_wanted = np.concatenate([table, dirt]), np.concatenate([wanted, np.zeros(len(dirt))])
    judges = shop.crossed(every, all_wanted, np.concatenate([fold, dirt_fold]))
    scores = np.array([float(judges[f].logit(row)) for f, row in zip(fold, table, strict=True)])
    called = np.mean([float(judges[f].logit(row)) > 0 for f, row in zip(dirt_fold, dirt, strict=True)])
    shop.say(f"pair: {called:.4f} of the furniture and quotation pairs called copies across stories")
    f1, threshold = best_f1(scores, wanted, len(shop.gold.links))
    score_of = dict(zip(shop.pairs, scores.tolist(), strict=True))
    missed: dict[str, int] = defaultdict(int)
    for pair, link in shop.gold.links.items():
        if score_of.get(pair, -np.inf) < threshold:
            missed[link.kind] += 1
    shop.say(f"pair: F1 across stories {f1:.4f} at log-odds {threshold:.2f}; links missed: {dict(sorted(missed.items()))}")
    # The furniture is more than a clean pile has: even odds are put where F1 across stories is best.
    judges = [replace(j, names=PAIR_FEATURES, intercept=j.intercept - threshold) for j in judges]
    weights, intercept = fit(every, all_wanted)
    linked = {p: v.with_literal() for p, v in seen.items() if float(judges[shop.fold(p)].logit(v.features)) >= 0}
    return Logistic(names=PAIR_FEATURES, weights=weights, intercept=intercept - threshold), judges, linked


def verdict_on(shop: Workshop, pair: Pair, sentence: Logistic) -> Verdict:
    """What a sentence judge makes of a pair; no pair judge is asked."""
    comparison = shop.comparisons[pair]
    logit, chains = find_matches(shop.ground, comparison, sentence, ChainRules())
    left, right = matches(chains)
    features = pair_features(shop.ground, comparison, logit, chains)
    return Verdict(comparison=comparison, logit=logit, chains=chains, left=left, right=right, features=features, score=1.0)


def both(rows: Floats, labels: Floats) -> tuple[Floats, Floats]:
    """Every row and, with the opposite label, its reverse."""
    return np.r_[rows, -rows], np.r_[labels, 1 - labels]


def learn_direction(shop: Workshop, verdicts: dict[Pair, Verdict]) -> tuple[Logistic, list[Logistic]]:
    """The direction judge, and one a fold, without intercept: turned round, every pair says the opposite."""
    company = find_company(verdicts)
    pairs = sorted(p for p in verdicts if p in shop.gold.links)
    table = np.array([direction_features(shop.ground, verdicts[p], company[p]) for p in pairs])
    wanted = np.array([float(shop.gold.links[p].left_first) for p in pairs])
    fold = np.array([shop.fold(p) for p in pairs])
    dates = np.array([shop.gold.links[p].dates for p in pairs])
    scores = np.zeros(len(pairs))
    made = []
    for f in range(shop.folds):
        weights, _ = fit(*both(table[fold != f], wanted[fold != f]))
        made.append(Logistic(names=DIRECTION_FEATURES, weights=weights, intercept=0.0))
        scores[fold == f] = table[fold == f] @ weights
    for name in sorted(set(dates.tolist())):
        of = dates == name
        shop.say(f"direction, dates {name}: {np.mean((scores[of] > 0) == wanted[of]):.4f} of {int(of.sum())} right across stories")
    weights, _ = fit(*both(table, wanted))
    return Logistic(names=DIRECTION_FEATURES, weights=weights, intercept=0.0), made


def held_out(shop: Workshop, judges: Sequence[Judges], folder: Path) -> dict[str, float]:
    """The scorer's figures when every story is traced by judges that never saw it."""
    copies, voices, credits = [], [], []
    story = [shop.gold.fold[i] for i in range(len(shop.pile.articles))]
    of = {record_id(a): f for a, f in zip(shop.pile.articles, story, strict=True)}
    pairs = [*shop.pairs, *shop.akin]
    for f, judge in enumerate(judges):
        ground = replace(shop.ground, judges=judge)
        found = trace_pairs(shop.pile, ground, [p for p in pairs if shop.fold(p) == f], TracingOptions())
        told = predictions(shop.pile, found)
        copies += [r for r in told[0] if of[r["to"]] == f]
        voices += [r for r in told[1] if of[r["article"]] == f]
        credits += [r for r in told[2] if of[r["article"]] == f]
    return score_rows(folder, (copies, voices, credits))


def learn(
    pile: Pile, encoder: SentenceEncoder[FloatMatrix], gold: Gold, folds: int, folder: Path
) -> tuple[dict[str, object], list[str]]:
    """The weights as they are shipped, and the lines of the report."""
    shop = open_workshop(pile, encoder, gold, folds)
    sentence, sentences = learn_sentences(shop)
    pair, pairs, verdicts = learn_pairs(shop, encoder, sentences)
    direction, directions = learn_direction(shop, verdicts)
    judges = {"sentence": sentence, "pair": pair, "direction": direction}
    crossed = [Judges(sentence=s, pair=p, direction=d) for s, p, d in zip(sentences, pairs, directions, strict=True)]
    for name, value in held_out(shop, crossed, folder).items():
        shop.say(f"whole chain across stories: {name} {value:.4f}")
    shipped: dict[str, object] = {
        name: {
            "features": list(judge.names),
            "weights": [round(w, 5) for w in judge.weights.tolist()],
            "intercept": round(judge.intercept, 5),
        }
        for name, judge in judges.items()
    }
    return shipped, shop.said


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--folds", type=int, default=5)
    asked = parser.parse_args()
    folder = asked.data / "copies"
    pile = build_pile(list(read_records(folder / "articles.jsonl.gz")))
    shipped, said = learn(pile, CachedEncoder(MiniLmEncoder()), read_gold(folder, pile, asked.folds), asked.folds, folder)
    write(shipped, said)


def write(shipped: dict[str, object], said: Sequence[str]) -> None:
    WEIGHTS.write_text(json.dumps(shipped, indent=1) + "\n", encoding="utf-8")
    lines = ["# How tracing's weights were made", "", "By `python training/tracing.py` from data/copies; folds by story.", ""]
    REPORT.write_text("\n".join([*lines, *(f"- {line}" for line in said), ""]), encoding="utf-8")


if __name__ == "__main__":
    main()
