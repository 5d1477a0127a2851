"""Learns when two claims say the same thing: python training/aligning.py DIR → src/copydesk/aligning/weights.json.

DIR/dossiers holds stories annotated by hand (articles, facts with their quotes, near misses). Every pair of units of
different articles that aligning would compare is a positive when one gold fact holds both, a negative when both are
annotated and none does, and a weak negative when only one is: gold lists every support of its facts. A ridge-penalised logistic regression on the standardised features; cross-validated by story (each
story judged by weights that never saw it), the facts so made scored by the score.py beside the data. Nothing but
weights and figures is kept. No randomness; about two minutes.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.preprocessing import StandardScaler

from copydesk import desk
from copydesk.aligning.align import Weighed, conclude, weigh
from copydesk.aligning.evidence import FEATURES
from copydesk.aligning.judge import Judge
from copydesk.clustering import cluster
from copydesk.language.encoder import CachedEncoder, MiniLmEncoder
from copydesk.model.articles import Article
from copydesk.model.piles import Pile
from copydesk.model.stories import Alignment, Story
from copydesk.options import Options
from copydesk.resolving import resolve

OUT = Path(__file__).parents[1] / "src/copydesk/aligning/weights.json"
FIELDS = ("id", "url", "outlet", "headline", "byline", "published", "text")
PENALTY = 0.3  # C of the regression: from .03 to 3 the cross-validated figures hardly move
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


def parts_of(path: Path, encoder: CachedEncoder) -> Iterator[Part]:
    """The stories that copydesk makes of one annotated story's articles: one, when clustering is right."""
    gold, options = json.loads(path.read_text(encoding="utf-8")), Options()
    with tempfile.TemporaryDirectory() as folder:
        for article in gold["articles"]:
            record = {k: article[k] for k in FIELDS if article.get(k) is not None}
            (Path(folder) / f"{article['id']}.json").write_text(json.dumps(record), encoding="utf-8")
        articles, _ = desk.read_articles(desk.order([folder], options=options))
    pile, found = desk.trace_articles(articles, options)
    pile = replace(pile, trace=found)
    for story in cluster(pile, encoder, options.clustering):
        part = pile.of(story)
        weighed = weigh(part, resolve(part, story, options.resolving), encoder, options.aligning)
        label, weight = label_pairs(weighed, gold)
        yield Part(name=path.stem, pile=part, story=story, weighed=weighed, label=label, weight=weight)


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


def label_pairs(weighed: Weighed, gold: dict[str, list[dict[str, object]]]) -> tuple[Column, Column]:
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


def fit(parts: Sequence[Part]) -> Judge:
    """The judge that these stories teach."""
    grid = np.concatenate([p.weighed.evidence.features for p in parts]).astype(np.float64)
    label, weight = np.concatenate([p.label for p in parts]), np.concatenate([p.weight for p in parts])
    known = label >= 0
    scaler = StandardScaler().fit(grid[known])
    model = LogisticRegression(C=PENALTY, max_iter=2000).fit(scaler.transform(grid[known]), label[known], sample_weight=weight[known])
    weights = np.round(model.coef_[0] / scaler.scale_, 4)
    intercept = round(float(model.intercept_[0] - (model.coef_[0] / scaler.scale_ * scaler.mean_).sum()), 4)
    return Judge(weights=weights, intercept=intercept)


def cross_validated(parts: Sequence[Part], data: Path) -> dict[str, float]:
    """The figures when every story is judged by the others' weights."""
    names = sorted({p.name for p in parts})
    judges = {name: fit([p for p in parts if p.name != name]) for name in names}
    known = [p.label >= 0 for p in parts]
    scores = [judges[p.name].probability(p.weighed.evidence.features) for p in parts]
    label = np.concatenate([p.label[k] for p, k in zip(parts, known, strict=True)])
    score = np.concatenate([s[k] for s, k in zip(scores, known, strict=True)])
    weight = np.concatenate([p.weight[k] for p, k in zip(parts, known, strict=True)])
    figures = {"pairs.auc": float(roc_auc_score(label, score, sample_weight=weight))}
    return figures | scored(parts, judges, data)


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
    parts = [part for path in sorted((data / "dossiers").glob("*.json")) for part in parts_of(path, encoder)]
    judge = fit(parts)
    label = np.concatenate([p.label for p in parts])
    report = {
        "trained_on": f"dossiers: {len({p.name for p in parts})} stories, {int((label == 1).sum())} positive and "
        f"{int((label == 0).sum())} negative pairs of claims",
        "cross_validated_by_story": cross_validated(parts, data),
        "on_the_training_stories": scored(parts, dict.fromkeys(sorted({p.name for p in parts}), judge), data),
    }
    content = {"features": list(FEATURES), "weights": judge.weights.tolist(), "intercept": judge.intercept, "report": report}
    OUT.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
