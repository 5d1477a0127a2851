"""Articles a second of finding quotes, other finders beside ours in the same run."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from functools import partial

from bench.rows import Request, Row, time_rounds
from copydesk.annotating import AnnotatingOptions, annotate
from copydesk.annotating.quotes import find_quotes
from copydesk.language.tagger import Tagger
from copydesk.model.articles import Article
from copydesk.model.markup import Markup
from evals.quotes import as_article
from evals.quoting.peers import Find, peers
from evals.rows import read_records, set_name

ARTICLES_MAX = 60
ROUNDS = 3
GROWN = 4  # an article this many times as long: its seconds tell how the work grows


def run(request: Request) -> Iterator[Row]:
    """Rows for the first set of attributed articles: the finding by itself, with the tagger, and how it grows."""
    paths = sorted((request.data / "quotes").glob("*.jsonl*")) if request.data.is_dir() else []
    sets = ((path, list(read_records(path))[:ARTICLES_MAX]) for path in paths)
    path, records = next((s for s in sets if s[1] and {"text", "attributions"} <= s[1][0].keys()), (None, []))
    if path is None:
        print(f"bench: no attributed articles under {request.data}", file=sys.stderr)
        return
    print(f"bench: quotes of {set_name(path)}, {len(records)} articles", file=sys.stderr)
    articles = [as_article({"id": r["id"], "text": r["text"]}) for r in records]
    options = AnnotatingOptions(quotes=False, times=False, quantities=False)
    tagger = Tagger()
    marked = list(zip(articles, annotate(articles, tagger, options), strict=True))
    work: dict[str, Callable[[], object]] = {
        "copydesk": partial(_find_all, marked),
        "copydesk+tagger": lambda: list(annotate(articles, tagger, AnnotatingOptions(times=False, quantities=False))),
        "tagger": lambda: list(annotate(articles, tagger, options)),
    }
    for system, find in peers(tagger) if request.peers else ():
        work[system] = partial(_peer_all, find, marked)
    seconds = time_rounds(work, ROUNDS)
    n = len(articles)
    for system, taken in seconds.items():
        yield Row(bench="quotes", system=system, metric="articles_per_s", value=n / taken, n=n)
    for system in sorted(seconds.keys() - {"copydesk"}):
        yield Row(
            bench="quotes",
            system="ratio",
            metric=f"copydesk/{system}",
            value=seconds[system] / seconds["copydesk"],
            n=n,
        )
    longest = max(articles, key=lambda a: len(a.text))
    grown = [as_article({"id": "grown", "text": "\n\n".join([longest.text] * times)}) for times in (1, GROWN)]
    long_marked = list(zip(grown, annotate(grown, tagger, options), strict=True))
    one, many = (time_rounds({"": partial(_find_all, [pair])}, ROUNDS)[""] for pair in long_marked)
    yield Row(bench="quotes", system="copydesk", metric=f"seconds_at_{GROWN}x", value=many / one, n=len(longest.text))


def _find_all(marked: list[tuple[Article, Markup]]) -> None:
    for article, m in marked:
        find_quotes(article.text, m.sentences, m.tokens, m.names)


def _peer_all(find: Find, marked: list[tuple[Article, Markup]]) -> None:
    for article, m in marked:
        find(article.text, m)
