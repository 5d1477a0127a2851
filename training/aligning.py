"""Learns when two claims say the same thing: python training/aligning.py DIR → src/copydesk/aligning/{weights.json,trees.npz}.

DIR/dossiers holds stories annotated by hand (articles, facts with their quotes, near misses). Every pair of units of
different articles that aligning would compare is a positive when one gold fact holds both, a negative when both are
annotated and none does, and a weak negative when only one is: gold lists every support of its facts. Reports of one
event share much; of articles that merely have a topic in common a judge taught by them alone finds every nearest pair
alike. So each story is seen a second time with strangers in it: an article of each of two other stories, and the four
of DIR/scale nearest in meaning that were published two months or more before or after. No claim of theirs says what
another article's says. And most stories have two articles, not six, in which every word is rare and every claim the nearest:
so each is seen a third time by its articles two by two. `JUDGES` are taught by other twos each, and their log-odds averaged:
a single one moves large facts about, and link_f1 by .01. A ridge-penalised logistic regression on the standardised features and small boosted trees on the same;
cross-validated by story (each story judged by a judge that never saw it), the facts so made scored by the score.py
beside the data, and by how many facts join a stranger to anybody. Nothing but weights and figures is kept. Seeded;
about ten minutes.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.preprocessing import StandardScaler

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from copydesk import desk
from copydesk.aligning.align import Weighed, conclude, weigh
from copydesk.aligning.evidence import FEATURES
from copydesk.aligning.judge import TREES_FILE, Judge
from copydesk.clustering import cluster
from copydesk.language.encoder import CachedEncoder, MiniLmEncoder
from copydesk.linking.trees import read_trees
from copydesk.model.articles import Article
from copydesk.model.piles import Pile
from copydesk.model.stories import Alignment, Story
from copydesk.options import Options
from copydesk.resolving import resolve
from evals.rows import read_records
from training.boosting import pack_mean

OUT = Path(__file__).parents[1] / "src/copydesk/aligning/weights.json"
FIELDS = ("id", "url", "outlet", "headline", "byline", "published", "text")
PENALTY = 0.3  # C of the regression: from .03 to 3 the cross-validated figures hardly move
SEED = 7
FAR = timedelta(days=60)
NEAR_STRANGERS = 4
# Weight of a pair with a stranger; near ones may share background for once. Half of it joins more strangers, since twos have none.
STRANGE = {"far": 2.0, "near": 1.0}
JUDGES = 3
WEAK = 0.4  # the weight of a negative that the annotation only implies
LETTERS_MIN = 12  # letters and digits that a unit and a gold quote must share, as in the scorer
Column = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One story as copydesk sees it, with a label a candidate pair: 1, 0, or -1 where the gold does not say."""

    name: str
    pile: Pile
    story: Story
    weighed: Weighed
    label: Column
    weight: Column
    strangers: frozenset[str] = frozenset()


Record = Mapping[str, Any]


def pile_of(records: Sequence[Record]) -> Pile:
    """The traced pile of some articles, each named by its record's id."""
    options = Options()
    with tempfile.TemporaryDirectory() as folder:
        for record in records:
            kept = {k: record[k] for k in FIELDS if record.get(k) is not None}
            (Path(folder) / f"{record['id']}.json").write_text(json.dumps(kept), encoding="utf-8")
        articles, _ = desk.read_articles(desk.order([folder], options=options))
    pile, found = desk.trace_articles(articles, options)
    return replace(pile, trace=found)


def with_strangers(gold: Record, others: Sequence[Record], nearest: Sequence[Record], encoder: CachedEncoder) -> Part:
    """An annotated story with articles of other events put into it: `others` surely strange, `nearest` most likely."""
    strange = [{**r, "id": f"{kind}-{r['id']}"} for kind, held in (("far", others), ("near", nearest)) for r in held]
    pile = pile_of([*gold["articles"], *strange])
    story = Story(id=str(gold["story"]), articles=tuple(a.id for a in pile.articles), membership=())
    part, options = pile.of(story), Options()
    weighed = weigh(part, resolve(part, story, options.resolving), encoder, options.aligning)
    label, weight = label_pairs(weighed, gold)
    weigh_of = {a.id: STRANGE.get(Path(a.path).name.split("-")[0], 0.0) for a in part.articles}
    held: dict[int, float] = {}
    for unit, row in zip(weighed.units, weighed.rows, strict=True):
        held[row] = max(held.get(row, 0.0), weigh_of[unit.article.id])
    one, other = (np.array([held[i] for i in side.tolist()]) for side in (weighed.evidence.left, weighed.evidence.right))
    strange, both = np.maximum(one, other), (one > 0) & (other > 0)
    label = np.where(both, -1.0, np.where(strange > 0, 0.0, label))  # two strangers may know each other
    return Part(
        name=str(gold["story"]), pile=part, story=story, weighed=weighed, label=label,
        weight=np.where(strange > 0, strange, weight), strangers=frozenset(a for a, w in weigh_of.items() if w),
    )  # fmt: skip


def day_of(record: Record) -> date | None:
    try:
        return date.fromisoformat(str(record.get("published"))[:10])
    except ValueError:
        return None


def nearest_strangers(gold: Record, pool: Sequence[Record], vectors: NDArray[np.float32], encoder: CachedEncoder) -> list[Record]:
    """The articles of the pool nearest to a story in meaning that are of another time."""
    like = encoder.encode([opening(a) for a in gold["articles"]]).mean(axis=0)
    days = sorted(d for a in gold["articles"] if (d := day_of(a)) is not None)
    found: list[Record] = []
    for i in np.argsort(-(vectors @ like), kind="stable").tolist():
        day = day_of(pool[i])
        if day is not None and (not days or abs(day - days[len(days) // 2]) > FAR):
            found.append(pool[i])
        if len(found) == NEAR_STRANGERS:
            break
    return found


def opening(record: Record) -> str:
    return f"{record.get('headline') or ''}. {record['text'][:400]}"


def strange_parts(golds: Sequence[Record], data: Path, encoder: CachedEncoder) -> Iterator[Part]:
    """Every story with its strangers."""
    paths = sorted((data / "scale").glob("*.jsonl*"))
    pool = [r for path in paths for r in read_records(path) if day_of(r) and 800 < len(r["text"]) < 9000]
    vectors = encoder.encode([opening(r) for r in pool])
    for n, gold in enumerate(golds):
        others = [golds[(n + step) % len(golds)]["articles"][0] for step in (1, 5)]
        yield with_strangers(gold, others, nearest_strangers(gold, pool, vectors, encoder), encoder)


def parts_of(gold: Record, encoder: CachedEncoder) -> Iterator[Part]:
    """The stories that copydesk makes of one annotated story's articles: one, when clustering is right."""
    options, pile = Options(), pile_of(gold["articles"])
    for story in cluster(pile, encoder, options.clustering):
        part = pile.of(story)
        weighed = weigh(part, resolve(part, story, options.resolving), encoder, options.aligning)
        label, weight = label_pairs(weighed, gold)
        yield Part(name=str(gold["story"]), pile=part, story=story, weighed=weighed, label=label, weight=weight)


def in_twos(gold: Record, encoder: CachedEncoder, seed: int) -> Iterator[Part]:
    """The articles of an annotated story two by two, in chance's order; of an odd number the last three together."""
    articles = list(gold["articles"])
    Random(f"{seed}/{gold['story']}").shuffle(articles)
    firsts = range(0, len(articles) - 1, 2)
    for first in firsts:
        some = articles[first:] if first == firsts[-1] else articles[first : first + 2]
        pile, options = pile_of(some), Options()
        story = Story(id=str(gold["story"]), articles=tuple(a.id for a in pile.articles), membership=())
        part = pile.of(story)
        weighed = weigh(part, resolve(part, story, options.resolving), encoder, options.aligning)
        label, weight = label_pairs(weighed, gold)
        yield Part(name=story.id, pile=part, story=story, weighed=weighed, label=label, weight=weight)


def squeeze(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def places(article: Article, quote: str) -> list[tuple[int, int]]:
    """Where a gold quote stands in an article, in letters and digits."""
    text, words = squeeze(article.text), squeeze(quote)
    found, at = [], text.find(words)
    while at >= 0 and words:
        found.append((at, at + len(words)))
        at = text.find(words, at + 1)
    return found


def label_pairs(weighed: Weighed, gold: Record) -> tuple[Column, Column]:
    """A label and a weight for each candidate pair."""
    stem = {u.article.id: Path(u.article.path).name.split(".")[0] for u in weighed.units}
    articles = {stem[u.article.id]: u.article for u in weighed.units}
    squeezed = {
        (u.article.id, u.start): (len(squeeze(u.article.text[: u.start])), len(squeeze(u.article.text[: u.end]))) for u in weighed.units
    }

    def holders(quotes: Sequence[object]) -> set[int]:
        stretches = [
            (articles[q["article"]].id, place)  # type: ignore[index]
            for q in quotes
            if q["article"] in articles  # type: ignore[index]
            for place in places(articles[q["article"]], q["quote"])  # type: ignore[index]
        ]
        return {
            n for n, u in enumerate(weighed.units)
            if any(a == u.article.id and _same(squeezed[u.article.id, u.start], place) for a, place in stretches)
        }  # fmt: skip

    facts = [holders(f["support"]) for f in gold["facts"]]  # type: ignore[arg-type]
    near = set().union(*(holders([pair["a"], pair["b"]]) for pair in gold["not_same"]))
    rows = weighed.rows
    wordings = len(weighed.evidence.names)
    of: list[set[int]] = [set() for _ in range(wordings)]
    for k, held in enumerate(facts):
        for n in held:
            of[rows[n]].add(k)
    near = {rows[n] for n in near}
    label, weight = [], []
    for i, j in zip(weighed.evidence.left.tolist(), weighed.evidence.right.tolist(), strict=True):
        implied = bool(of[i] or of[j])
        sure = (bool(of[i]) or i in near) and (bool(of[j]) or j in near)
        label.append(1.0 if of[i] & of[j] else 0.0 if sure or implied else -1.0)
        weight.append(1.0 if of[i] & of[j] or sure else WEAK)
    return np.array(label), np.array(weight)


def _same(unit: tuple[int, int], quote: tuple[int, int]) -> bool:
    both = min(unit[1], quote[1]) - max(unit[0], quote[0])
    short = min(unit[1] - unit[0], quote[1] - quote[0])
    return both >= 0.5 * short and both >= min(LETTERS_MIN, quote[1] - quote[0]) and both > 0


def fit(parts: Sequence[Part], twos: Sequence[Sequence[Part]]) -> tuple[Judge, bytes]:
    """The judge that these stories teach, and its trees as they are shipped: the mean of those that each of `twos` makes."""
    fitted = [_fit([*parts, *some]) for some in twos]
    weights = np.round(np.mean([weights for weights, _, _ in fitted], axis=0), 4)
    intercept = round(float(np.mean([intercept for _, intercept, _ in fitted])), 4)
    trees = pack_mean([grown for _, _, grown in fitted], FEATURES)
    return Judge(weights=weights, intercept=intercept, trees=read_trees(trees)), trees


def _fit(parts: Sequence[Part]) -> tuple[Column, float, HistGradientBoostingClassifier]:
    grid = np.concatenate([p.weighed.evidence.features for p in parts]).astype(np.float64)
    label, weight = np.concatenate([p.label for p in parts]), np.concatenate([p.weight for p in parts])
    known = label >= 0
    grid, label, weight = grid[known], label[known], weight[known]
    scaler = StandardScaler().fit(grid)
    model = LogisticRegression(C=PENALTY, max_iter=3000).fit(scaler.transform(grid), label, sample_weight=weight)
    intercept = float(model.intercept_[0] - (model.coef_[0] / scaler.scale_ * scaler.mean_).sum())
    grown = HistGradientBoostingClassifier(
        max_iter=200, max_leaf_nodes=4, learning_rate=0.05, min_samples_leaf=40, l2_regularization=5.0, max_features=0.5,
        early_stopping=False, random_state=SEED,
    ).fit(grid, label, sample_weight=weight)  # fmt: skip
    return model.coef_[0] / scaler.scale_, intercept, grown


def cross_validated(
    parts: Sequence[Part], strange: Sequence[Part], twos: Sequence[Sequence[Part]], data: Path
) -> dict[str, float]:
    """The figures when every story is judged by a judge that the others taught."""
    names = sorted({p.name for p in parts})
    judges = {
        name: fit([p for p in (*parts, *strange) if p.name != name], [[p for p in some if p.name != name] for some in twos])[0]
        for name in names
    }
    known = [p.label >= 0 for p in parts]
    scores = [judges[p.name].probability(p.weighed.evidence.features) for p in parts]
    label = np.concatenate([p.label[k] for p, k in zip(parts, known, strict=True)])
    score = np.concatenate([s[k] for s, k in zip(scores, known, strict=True)])
    weight = np.concatenate([p.weight[k] for p, k in zip(parts, known, strict=True)])
    figures = {"pairs.auc": float(roc_auc_score(label, score, sample_weight=weight))}
    return figures | strangers_joined(strange, judges) | scored(parts, judges, data)


def strangers_joined(strange: Sequence[Part], judges: Mapping[str, Judge]) -> dict[str, float]:
    """Of the facts of several articles in stories with strangers: how many there are, and how many join one to the story."""
    several = joined = 0
    for part in strange:
        for fact in conclude(part.weighed, part.pile, judges[part.name], Options().aligning).facts:
            articles = {s.span.article for s in fact.support}
            several += len(articles) > 1
            joined += bool(articles & part.strangers) and not articles <= part.strangers
    return {"strangers.facts": several, "strangers.joined": joined, "strangers.share": joined / max(1, several)}


def scored(parts: Sequence[Part], judges: dict[str, Judge], data: Path) -> dict[str, float]:
    """What the scorer beside the data says of the facts and conflicts that these judges make."""
    with tempfile.TemporaryDirectory() as folder:
        briefs = []
        for name in sorted(judges):
            chosen = [(p, conclude(p.weighed, p.pile, judges[name], Options().aligning)) for p in parts if p.name == name]
            path = Path(folder) / f"{name}.json"
            path.write_text(json.dumps(_brief(chosen)), encoding="utf-8")
            briefs.append(str(path))
        command = [sys.executable, str(data / "dossiers/score.py"), *briefs, "--gold", str(data / "dossiers")]
        lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    return {k: float(v) for k, v in (line.split() for line in lines) if k.startswith(("facts.", "conflicts."))}


def _brief(made: Sequence[tuple[Part, Alignment]]) -> dict[str, object]:
    """As much of a brief as the scorer reads of facts and conflicts."""
    articles = [{"id": a.id, "path": a.path, "text": a.text} for p, _ in made for a in p.pile.articles]
    stories = [
        {
            "id": part.story.id,
            "articles": list(part.story.articles),
            "facts": [
                {
                    "status": f.status, "voices": f.voices,
                    "support": [{"article": s.span.article, "start": s.span.start, "end": s.span.end, "voice": s.voice} for s in f.support],
                }
                for f in alignment.facts
            ],
            "conflicts": [
                {
                    "kind": c.kind, "slot": c.slot,
                    "sides": [{"value": s.value, "support": [{"article": x.article, "start": x.start, "end": x.end} for x in s.support]} for s in c.sides],
                }
                for c in alignment.conflicts
            ],
        }
        for part, alignment in made
    ]  # fmt: skip
    return {"articles": articles, "stories": stories}


def main() -> None:
    data = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/data")
    encoder = CachedEncoder(MiniLmEncoder())
    golds = [json.loads(path.read_text(encoding="utf-8")) for path in sorted((data / "dossiers").glob("*.json"))]
    parts = [part for gold in golds for part in parts_of(gold, encoder)]
    strange = list(strange_parts(golds, data, encoder))
    twos = [[part for gold in golds for part in in_twos(gold, encoder, seed)] for seed in range(JUDGES)]
    judge, trees = fit([*parts, *strange], twos)
    everyone = dict.fromkeys(sorted({p.name for p in parts}), judge)
    label = np.concatenate([p.label for p in parts])
    report = {
        "trained_on": f"dossiers: {len({p.name for p in parts})} stories, {int((label == 1).sum())} positive and "
        f"{int((label == 0).sum())} negative pairs of claims; the same "
        f"with strangers of the other stories and of scale: {sum(int((p.weight[p.label == 0] > 0).sum()) for p in strange)} negative pairs; and in twos: "
        f"{sum(int((p.label == 1).sum()) for some in twos for p in some)} positive",
        "cross_validated_by_story": cross_validated(parts, strange, twos, data),
        "on_the_training_stories": strangers_joined(strange, everyone) | scored(parts, everyone, data),
    }
    content = {"features": list(FEATURES), "weights": judge.weights.tolist(), "intercept": judge.intercept, "report": report}
    OUT.with_name(TREES_FILE).write_bytes(trees)
    OUT.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
