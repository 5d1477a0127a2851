"""Articles a second of finding times, other taggers beside ours in the same run."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import datetime
from time import perf_counter

from bench.rows import Request, Row, time_rounds
from copydesk.annotating import AnnotatingOptions, annotate
from copydesk.annotating.times import find_times
from copydesk.language.tagger import Tagger
from copydesk.model.articles import Article
from evals.rows import read_records, set_name
from evals.temporal.peers import peers, quietly
from evals.times import article_of

ARTICLES_MAX = 60
FEW = {"heideltime": 6, "recognizers-text": 12}  # articles for those that take seconds for one; ours are timed on the same
ROUNDS = 3


def run(request: Request) -> Iterator[Row]:
    """Rows for the first set of times with whole texts: the grammar by itself, and with the tagger that it is given.

    The other taggers run beside wherever they are installed, asked for or not: a speed is told as a ratio to theirs.
    """
    paths = sorted((request.data / "times").glob("*.jsonl.gz")) if request.data.is_dir() else []
    sets = ((path, list(read_records(path))[:ARTICLES_MAX]) for path in paths)
    path, records = next((s for s in sets if s[1] and {"text", "times"} <= s[1][0].keys()), (None, []))
    if path is None:
        print(f"bench: no times under {request.data}", file=sys.stderr)
        return
    print(f"bench: times of {set_name(path)}, {len(records)} articles", file=sys.stderr)
    articles = [article_of(r["id"], r["text"], r["published"]) for r in records]
    tagger = Tagger()
    speeds = _own(articles, tagger)
    for system, speed in speeds.items():
        yield Row(bench="times", system=system, metric="articles_per_s", value=speed, n=len(articles))
    for system, tag in peers():
        some = records[: FEW.get(system, ARTICLES_MAX)]
        start = perf_counter()
        for record in some:
            quietly(tag, record["text"], datetime.fromisoformat(record["published"][:10]))
        speed = len(some) / (perf_counter() - start)
        yield Row(bench="times", system=system, metric="articles_per_s", value=speed, n=len(some))
        beside = speeds if len(some) == len(records) else _own(articles[: len(some)], tagger)
        for ours, own in beside.items():
            yield Row(bench="times", system="ratio", metric=f"{ours}/{system}", value=own / speed, n=len(some))


def _own(articles: list[Article], tagger: Tagger) -> dict[str, float]:
    """Articles a second of the grammar on what the tagger has read, and of both."""
    options = AnnotatingOptions(names=False, quotes=False, quantities=False)
    marked = list(annotate(articles, tagger, options))
    seconds = time_rounds(
        {
            "copydesk": lambda: [
                find_times(a.text, m.sentences, m.tokens, a.published) for a, m in zip(articles, marked, strict=True)
            ],
            "copydesk+tagger": lambda: list(annotate(articles, tagger, options)),
        },
        ROUNDS,
    )
    return {system: len(articles) / taken for system, taken in seconds.items()}
