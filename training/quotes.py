"""python training/quotes.py --networks DIR [--data DIR] [-o FILE]: the weights of quotes from PolNeAR's training articles.

Reads every quotes/*train*.jsonl[.gz] under --data whose records have `attributions`, and from --networks the two networks
that training/marking.py tuned on one half of these articles each (marks-half0.onnx has not read every second article
from the first on, marks-half1.onnx the others): no judge learns from marks on an article that the network was tuned on.
Takes some ten minutes on two cores. The judges of cues and extents are fitted to one half of the articles and tried out on the other,
and turned about; from these trials the judges of proposals, cuts and sources learn. A fifth of the trials is held out of
them to write the report, which shows what other least probabilities would give (by judges of half the articles, so lower than
what ships); the shipped weights are then fitted to all.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import sys
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from copydesk.annotating import AnnotatingOptions, annotate
from copydesk.annotating.attributions import PROPOSE_MIN, cuts_of, draft_of, propose, weigh_cues
from copydesk.annotating.boundaries import Claims, boundary_rows
from copydesk.annotating.cues import candidates, cue_features, lexicon_key
from copydesk.annotating.extents import unit_features, units_of
from copydesk.annotating.judges import (
    CUTS,
    SOURCES,
    TREES,
    WEIGHTS,
    CueJudge,
    ExtentJudge,
    QuoteJudges,
    pack_row,
    unpack_row,
)
from copydesk.annotating.marking import Marker
from copydesk.annotating.paths import CONTENT, LABELS, OUTSIDE, SOURCE
from copydesk.annotating.proposals import columns_of
from copydesk.annotating.quotes import quotes_of
from copydesk.annotating.readings import Reading, read_unmarked
from copydesk.annotating.sources import source_offers, source_rows
from copydesk.language.tagger import Tagger
from copydesk.linking.trees import Floats, Trees, read_trees
from evals.quotes import as_article, gold_attributions, system_attributions
from evals.quoting.scoring import METRICS, Tally, count
from evals.rows import read_records
from training.boosting import pack_trees
from training.chains import Chain, ChainFit, fit_chain, fit_logistic

FOLDS = 10  # a word's rate in the lexicon is taken without the tenth of the articles that it is looked up for
FIT = ChainFit(width=LABELS, least=8, penalty=1.0, steps=80)
CUE_LEAST, CUE_PENALTY = 4, 5.0
# Held out, relation + exact is flat from .3 to .5 (a point at most); look at the report before moving it.
CUE_MIN = 0.4
HALVES, HELD_OUT = 2, 5
HALF_NETWORK = "marks-half{}.onnx"
TREE_LEAVES, TREE_RATE, SEED = 15, 0.05, 7
TREES_OF = {TREES: (250, 40), CUTS: (250, 30), SOURCES: (200, 30)}  # how many, and the fewest rows of a leaf
TAUGHT_MIN = 0.2  # the least probability of a cue whose content and source are taught: unlikelier ones are seldom kept
# Held out, relation and exact together are flat from 1.5 to 1.9, and precision is dearer than recall to a reader; look
# at the report before moving it.
WORTH_MIN = 1.7
WORTH_MINS = (1.3, 1.5, 1.7, 1.9)
CUE_POS = frozenset(["VERB", "AUX", "NOUN", "ADJ", "ADP", "ADV", "PUNCT", "SCONJ"])
SMALL = 0.03  # a feature whose weights are all smaller is left out


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """One article as the judges read it, with what its annotators marked, as token numbers."""

    reading: Reading
    marked: tuple[tuple[frozenset[int], frozenset[int], frozenset[int]], ...]  # cue, source, content
    record: Mapping[str, Any]


def lesson(record: Mapping[str, Any], reading: Reading) -> Lesson:
    def tokens(places: Sequence[Sequence[int]]) -> frozenset[int]:
        starts, ends = reading.tokens.start, reading.tokens.end
        return frozenset(i for a, b in places for i in range(bisect_right(ends, a), bisect_left(starts, b)))

    marked = tuple((tokens(a["cue"]), tokens(a["source"]), tokens(a["content"])) for a in record["attributions"])
    return Lesson(reading=reading, marked=marked, record=record)


def anchor(reading: Reading, cue: frozenset[int], lexicon: Mapping[str, float]) -> int | None:
    """The one token that stands for a marked cue: the one that reports most often, a verb or the topmost before others."""
    best: tuple[float, int] | None = None
    for i in sorted(cue):
        if reading.tokens.pos[i] not in CUE_POS:
            continue
        top = reading.tokens.head[i] not in cue or reading.tokens.head[i] == i
        score = lexicon.get(lexicon_key(reading, i), 0.0) + 0.25 * top + 0.15 * (reading.tokens.pos[i] == "VERB")
        if best is None or score > best[0]:
            best = (score, i)
    return best[1] if best else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How often each word occurs, stands capitalised and is a cue, in some lessons."""

    total: Counter[str]
    capital: Counter[str]
    cues: Counter[str]

    def without(self, part: Counts) -> Counts:
        return Counts(total=self.total - part.total, capital=self.capital - part.capital, cues=self.cues - part.cues)

    def lexicon(self) -> dict[str, float]:
        """How often each word is a cue, smoothed; names are left out, and other words than verbs where they are rare."""
        found = {}
        for key, n in sorted(self.cues.items()):
            verb = "/" not in key
            rate = (n + 0.3) / (self.total[key] + (2 if verb else 4))
            if self.capital[key] * 2 <= self.total[key] and (verb or (n >= 4 and rate >= 0.04)):
                found[key] = round(rate, 3)
        return found


def count_words(lessons: Sequence[Lesson], lexicon: Mapping[str, float]) -> Counts:
    counts = Counts(total=Counter(), capital=Counter(), cues=Counter())
    for one in lessons:
        reading = one.reading
        keys = [lexicon_key(reading, i) for i in range(len(reading.tokens))]
        counts.total.update(keys)
        counts.capital.update(k for k, at in zip(keys, reading.tokens.start, strict=True) if reading.text[at].isupper())
        anchors = (anchor(reading, cue, lexicon) for cue, _, _ in one.marked)
        counts.cues.update(keys[i] for i in anchors if i is not None)
    return counts


def lexicons_of(lessons: Sequence[Lesson]) -> tuple[dict[str, float], list[dict[str, float]]]:
    """The lexicon of all lessons, and for every lesson one that has not seen it."""
    lexicon: dict[str, float] = {}
    for _ in range(3):  # what stands for a marked cue depends on the lexicon, which depends on what stands for cues
        lexicon = count_words(lessons, lexicon).lexicon()
    parts = [count_words(lessons[fold::FOLDS], lexicon) for fold in range(FOLDS)]
    whole = count_words(lessons, lexicon)
    without = [whole.without(part).lexicon() for part in parts]
    return whole.lexicon(), [without[j % FOLDS] for j in range(len(lessons))]


def fit_cues(
    lessons: Sequence[Lesson], lexicons: Sequence[Mapping[str, float]], lexicon: Mapping[str, float]
) -> CueJudge:
    rows, truth = [], []
    for one, own in zip(lessons, lexicons, strict=True):
        anchors = {anchor(one.reading, cue, lexicon) for cue, _, _ in one.marked}
        unsure = {i for cue, _, _ in one.marked for i in cue} - anchors
        for i in candidates(one.reading, lexicon):
            if i not in unsure:
                rows.append(cue_features(one.reading, i, own))
                truth.append(i in anchors)
    bias, weights = fit_logistic(rows, truth, CUE_LEAST, CUE_PENALTY)
    return CueJudge(lexicon=lexicon, bias=bias, weights={f: w for f, w in weights.items() if abs(w) >= SMALL})


def fit_extents(
    lessons: Sequence[Lesson], lexicons: Sequence[Mapping[str, float]], lexicon: Mapping[str, float]
) -> ExtentJudge:
    chains = []
    for one, own in zip(lessons, lexicons, strict=True):
        for cue, source, content in one.marked:
            at = anchor(one.reading, cue, lexicon)
            if at is None:
                continue
            units = units_of(one.reading, at)
            labels = [_label(range(u.first, u.last), source, content) for u in units]
            if CONTENT in labels:
                features = unit_features(one.reading, at, units, own)
                chains.append(Chain(own=[f for f, _ in features], change=[g for _, g in features], labels=labels))
    units_w, edges_w = fit_chain(chains, FIT)
    return ExtentJudge(units=_large(units_w), edges=_large(edges_w))


def _label(tokens: range, source: frozenset[int], content: frozenset[int]) -> int:
    if sum(i in source for i in tokens) * 2 > len(tokens):
        return SOURCE
    return CONTENT if sum(i in content for i in tokens) * 2 > len(tokens) else OUTSIDE


def _large(weights: Mapping[str, Sequence[float]]) -> dict[str, int]:
    """The weights that ship: in hundredths, without features that hardly weigh."""
    return {f: pack_row([round(w * 100) for w in row]) for f, row in weights.items() if max(abs(w) for w in row) >= SMALL}


def fit_base(lessons: Sequence[Lesson]) -> QuoteJudges:
    """The judges of cues and extents alone."""
    lexicon, lexicons = lexicons_of(lessons)
    cues = fit_cues(lessons, lexicons, lexicon)
    return QuoteJudges(cues=cues, extents=fit_extents(lessons, lexicons, lexicon), cue_min=CUE_MIN)


@dataclass(slots=True)
class Sheet:
    """Rows of numbers with the truth about each and how much it counts."""

    columns: tuple[str, ...] = ()
    rows: list[Floats] = field(default_factory=list)
    truth: list[bool] = field(default_factory=list)
    weights: list[float] = field(default_factory=list)

    def add(self, numbers: tuple[tuple[str, ...], Floats], truth: Sequence[bool], weights: Sequence[float]) -> None:
        if len(truth):
            self.columns = numbers[0]
            self.rows.append(numbers[1])
            self.truth.extend(truth)
            self.weights.extend(weights)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What judges that have not seen a lesson make of it: a sheet for each of the judges that learn from that."""

    lesson: Lesson
    judges: QuoteJudges
    sheets: Mapping[str, Sheet]


def try_out(one: Lesson, judges: QuoteJudges) -> Trial:
    """What unknowing judges propose. Tokens of a marked cue other than the one that stands for it teach nothing."""
    reading, lexicon = one.reading, judges.cues.lexicon
    cues = weigh_cues(reading, judges, PROPOSE_MIN)
    drafts = {cue: draft_of(reading, judges, cue) for _, cue in cues.likely}
    proposals = propose(reading, cues, drafts)
    claims = Claims(lexicon, ((p.cue, p.probability, p.content) for p in proposals), gap_max=math.inf)
    meant = {anchor(reading, cue, lexicon): (source, _words(reading, content)) for cue, source, content in one.marked}
    unsure = {i for cue, _, _ in one.marked for i in cue} - meant.keys()
    sheets = {name: Sheet() for name in TREES_OF}
    counts = [float(p.cue not in unsure) for p in proposals]
    sheets[TREES].add(columns_of(reading, proposals, lexicon), [p.cue in meant for p in proposals], counts)
    for p in proposals:
        if p.cue not in meant or p.probability <= TAUGHT_MIN or not (ways := cuts_of(reading, drafts[p.cue])):
            continue
        source, content = meant[p.cue]
        rows = boundary_rows(reading, p.cue, ways, claims)
        sheets[CUTS].add(rows, [_words(reading, way.content) == content for way in ways], [1.0] * len(ways))
        offers = source_offers(reading, p.cue, ways)
        right = [bool(source & set(o.tokens)) if o.tokens else not source for o in offers]
        sheets[SOURCES].add(source_rows(reading, p.cue, ways, offers, lexicon), right, [1.0] * len(offers))
    return Trial(lesson=one, judges=judges, sheets=sheets)


def _words(reading: Reading, tokens: Iterable[int]) -> frozenset[int]:
    return frozenset(i for i in tokens if reading.is_word(i))


def fit_trees(trials: Sequence[Trial], out: Path) -> Trees:
    """Trees over the rows of all trials, written and read back: what is measured is what ships."""
    sheets = [sheet for t in trials if (sheet := t.sheets[out.name]).truth]
    count, least = TREES_OF[out.name]
    model = HistGradientBoostingClassifier(
        max_iter=count, max_leaf_nodes=TREE_LEAVES, learning_rate=TREE_RATE, min_samples_leaf=least, l2_regularization=5.0,
        max_features=0.4, random_state=SEED, early_stopping=False,
    )  # fmt: skip
    rows = np.concatenate([part for s in sheets for part in s.rows])
    truth, weights = np.concatenate([s.truth for s in sheets]), np.concatenate([s.weights for s in sheets])
    model.fit(rows, truth, weights)
    out.write_bytes(pack_trees(model, sheets[0].columns))
    return read_trees(out.read_bytes())


def with_choosers(judges: QuoteJudges, trials: Sequence[Trial], folder: Path) -> QuoteJudges:
    """Judges with those that learn from trials."""
    fitted = {name: fit_trees(trials, folder / name) for name in TREES_OF}
    return replace(judges, proposals=fitted[TREES], cuts=fitted[CUTS], sources=fitted[SOURCES], worth_min=WORTH_MIN)


def measure(judged: Sequence[tuple[Lesson, QuoteJudges]]) -> dict[str, float]:
    tally = Tally()
    for one, judges in judged:
        text = one.reading.text
        count(tally, system_attributions(text, quotes_of(one.reading, judges)), gold_attributions(text, one.record))
    return {metric: round(tally.f1(metric), 4) for metric in METRICS}


def pack(judges: QuoteJudges) -> dict[str, Any]:
    return {
        "lexicon": {key: round(rate * 1000) for key, rate in sorted(judges.cues.lexicon.items())},
        "cue_bias": round(judges.cues.bias * 100),
        "cues": {f: round(w * 100) for f, w in sorted(judges.cues.weights.items())},
        "units": {f: unpack_row(row, LABELS) for f, row in sorted(judges.extents.units.items())},
        "edges": {f: unpack_row(row, LABELS**2) for f, row in sorted(judges.extents.edges.items())},
        "cue_min": judges.cue_min,
        "worth_min": judges.worth_min,
    }


def read_lessons(data: Path) -> Iterator[Lesson]:
    records = [
        r
        for path in sorted((data / "quotes").glob("*train*.jsonl*"))
        for r in read_records(path)
        if r.get("attributions")
    ]
    articles = [as_article(r) for r in records]
    options = AnnotatingOptions(quotes=False, times=False, quantities=False)
    for record, article, markup in zip(records, articles, annotate(articles, Tagger(), options), strict=True):
        yield lesson(record, read_unmarked(article.text, markup.sentences, markup.tokens, markup.names))


def mark_halves(lessons: Sequence[Lesson], networks: Path) -> list[Lesson]:
    """The lessons by id, each marked by the network that was not tuned on it."""
    ordered = sorted(lessons, key=lambda one: str(one.record["id"]))
    markers = [Marker((networks / HALF_NETWORK.format(half)).read_bytes()) for half in range(HALVES)]
    marked = []
    for number, one in enumerate(ordered):
        r = one.reading
        marks = markers[number % HALVES].mark(r.text, r.sentences, r.tokens)
        marked.append(replace(one, reading=replace(r, marks=marks)))
    return marked


def train(ordered: Sequence[Lesson], out: Path) -> None:
    """Writes the weights and, beside them, the report. The lessons come marked and by id."""
    out.parent.mkdir(parents=True, exist_ok=True)
    trials: list[Trial] = []
    for half in range(HALVES):
        judges = fit_base([x for j, x in enumerate(ordered) if j % HALVES != half])
        trials.extend(try_out(x, judges) for x in ordered[half::HALVES])
        print("half", half, "tried out", flush=True)
    held = trials[::HELD_OUT]
    fitted = with_choosers(trials[0].judges, [t for j, t in enumerate(trials) if j % HELD_OUT], out.parent)
    tried = {"cues alone": measure([(t.lesson, t.judges) for t in held])}
    for least in WORTH_MINS:
        own = [replace(fitted, cues=t.judges.cues, extents=t.judges.extents, worth_min=least) for t in held]
        tried[f"kept from {least}"] = measure([(t.lesson, j) for t, j in zip(held, own, strict=True)])
        print(least, tried[f"kept from {least}"], flush=True)
    final = with_choosers(fit_base(ordered), trials, out.parent)
    packed = pack(final)
    out.write_bytes(gzip.compress(json.dumps(packed, ensure_ascii=False, separators=(",", ":")).encode(), 9, mtime=0))
    report = {
        "made_by": "training/quotes.py",
        "trained_on": "PolNeAR, training part",
        "articles": len(ordered),
        "attributions": sum(len(x.marked) for x in ordered),
        "rows": {name: sum(len(t.sheets[name].truth) for t in trials) for name in TREES_OF},
        "networks": "training/marking.py, one a half",
        "held_out_articles": len(held),
        "held_out_f1_of_judges_of_half_the_articles": tried,
        "cue_min": CUE_MIN,
        "worth_min": WORTH_MIN,
        "trees": {name: count for name, (count, _) in TREES_OF.items()},
        "features": {part: len(packed[part]) for part in ("lexicon", "cues", "units", "edges")},
    }
    out.with_name("quotes.report.json").write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description="Fit the weights of quotes.")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    default = Path(__file__).resolve().parents[1] / "src" / "copydesk" / "annotating" / "weights" / WEIGHTS
    parser.add_argument("-o", "--out", type=Path, default=default)
    parser.add_argument("--networks", type=Path, required=True)
    asked = parser.parse_args()
    train(mark_halves(list(read_lessons(asked.data)), asked.networks), asked.out)


if __name__ == "__main__":
    main()
