"""Facts of growing stories: time, memory and their growth, and beside them plain average link over the same sentences.

A story is the articles of scale/ that share most words with one of them, cut to their first 1,500 characters: 8, 16, … 128.
Seconds are of the processor, so that a busy machine does not tell. Markup, names and vectors are made before the clock
starts; what reading the vectors of one more article costs is a row of its own. The peers (a hierarchy by SciPy, average
link at .35) get the same clauses, and only group them: no voices, no slots, no conflicts.
"""

from __future__ import annotations

import sys
import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from time import process_time

import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage

from bench.rows import Request, Row
from bench.tracing import bare_article, slope
from copydesk.aligning import AligningOptions, align
from copydesk.aligning.terms import content_words, incidence, rarity, weigh
from copydesk.aligning.units import Unit, find_units
from copydesk.annotating import AnnotatingOptions, annotate
from copydesk.language.encoder import CachedEncoder, MiniLmEncoder
from copydesk.language.tagger import Tagger
from copydesk.linking.columns import FloatMatrix
from copydesk.model.piles import Pile
from copydesk.model.stories import Resolution, Story
from copydesk.resolving import ResolvingOptions, resolve
from evals.claiming.strangers import Likeness
from evals.rows import read_records

SIZES = (8, 16, 32, 64, 128)
LENGTH = 1500
POOL = 1000  # records of which the story's are the likest
LINK = 0.35  # least mean cosine of two groups that a peer joins
Weighed = tuple[Pile, Resolution]


def run(request: Request) -> Iterator[Row]:
    """Seconds and megabytes a size, their slopes on a log-log scale, the peers' and the ratio to them."""
    files = sorted((request.data / "scale").glob("*.jsonl.gz")) if request.data.is_dir() else []
    if not files:
        print(f"bench: no scale/ under {request.data}", file=sys.stderr)
        return
    texts = [r["text"][:LENGTH] for r, _ in zip(read_records(files[0]), range(POOL), strict=False)]
    articles = [bare_article(n, texts[k]) for n, k in enumerate(Likeness(texts).order(texts[0])[: SIZES[-1]])]
    markups = list(annotate(articles, Tagger(), AnnotatingOptions()))
    encoder = CachedEncoder(MiniLmEncoder())
    stories = [_story(Pile(articles=tuple(articles[:n]), markups=tuple(markups[:n]))) for n in SIZES if n <= len(articles)]
    start = process_time()
    align(*stories[-1], encoder, AligningOptions())
    first = process_time() - start
    seconds = []
    for pile, resolution in stories:
        n = len(pile.articles)
        seconds.append(_seconds(partial(align, pile, resolution, encoder, AligningOptions())))
        yield _row("copydesk", "seconds", seconds[-1], n)
        yield _row("copydesk", "clauses", len(find_units(pile, AligningOptions())), n)
    yield _row("copydesk", "encode_s_an_article", (first - seconds[-1]) / len(articles), len(articles))
    yield _row("copydesk", "slope_seconds", slope(SIZES[: len(seconds)], seconds), len(articles))
    yield from _memory(stories, encoder)
    if request.peers:
        yield from _peers(stories, encoder, seconds[-1])


def _memory(stories: Sequence[Weighed], encoder: CachedEncoder) -> Iterator[Row]:
    """The peak of megabytes beyond what was held before, in runs of their own: they are slower for it."""
    megabytes = []
    for pile, resolution in stories:
        tracemalloc.start()
        align(pile, resolution, encoder, AligningOptions())
        megabytes.append(tracemalloc.get_traced_memory()[1] / 1e6)
        tracemalloc.stop()
        yield _row("copydesk", "megabytes", megabytes[-1], len(pile.articles))
    yield _row("copydesk", "slope_megabytes", slope(SIZES[: len(megabytes)], megabytes), len(stories[-1][0].articles))


def _peers(stories: Sequence[Weighed], encoder: CachedEncoder, ours: float) -> Iterator[Row]:
    for system, vectors in (("tf-idf", _tf_idf), ("minilm", lambda units: encoder.encode([u.text for u in units]))):
        seconds = []
        for pile, _ in stories:
            units = find_units(pile, AligningOptions())
            seconds.append(_seconds(partial(_grouped, units, vectors)))
            yield _row(system, "seconds", seconds[-1], len(pile.articles))
        yield _row(system, "slope_seconds", slope(SIZES[: len(seconds)], seconds), len(stories[-1][0].articles))
        yield _row("ratio", f"copydesk/{system}", ours / max(seconds[-1], 1e-9), len(stories[-1][0].articles))


def _tf_idf(units: Sequence[Unit]) -> FloatMatrix:
    table, _ = incidence(content_words(u) for u in units)
    dense: FloatMatrix = weigh(table, rarity(table)).toarray().astype(np.float32)
    long: FloatMatrix = np.maximum(np.linalg.norm(dense, axis=1, keepdims=True), 1e-9).astype(np.float32)
    return dense / long


def _grouped(units: Sequence[Unit], vectors_of: Callable[[Sequence[Unit]], FloatMatrix]) -> int:
    """How many groups average link makes of the clauses."""
    vectors = vectors_of(units)
    distance = np.clip(1.0 - vectors @ vectors.T, 0.0, 2.0)
    tree = linkage(distance[np.triu_indices(len(vectors), 1)], method="average")
    return int(fcluster(tree, 1.0 - LINK, criterion="distance").max())


def _seconds(work: Callable[[], object]) -> float:
    start = process_time()
    work()
    return process_time() - start


def _story(pile: Pile) -> Weighed:
    story = Story(id="s-bench", articles=tuple(a.id for a in pile.articles), membership=())
    return pile, resolve(pile, story, ResolvingOptions())


def _row(system: str, metric: str, value: float, n: int) -> Row:
    return Row(bench="facts", system=system, metric=metric, value=value, n=n)
