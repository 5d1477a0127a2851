"""stories/ and copies/: articles whose event is known → B³ of the stories that copydesk makes of them.

One setting for every set. `b3_f1_stream` is the same in order of publication, one article at a time, after the last;
`stream_agreement` the share of articles whose story is then the one of the whole pile at once. Copy links are traced
once, over the whole set; an article that is not placed yet joins nothing. Beside peers, which need a threshold tuned on
half of the events and are tested on the other half, `b3_f1_halves` is ours on the same two halves. The event of a record is read only after the
stories are made. `wirecopy/` has no gold: `largest_share` and `singleton_share` show what swallows the
pile and how much stands alone (`python -m bench stories` shows the same of scale/).

`python -m evals.stories --set NAME --worst 10` explains the worst joins and splits, `--plot FILE.svg` draws the stories.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from copydesk.annotating import AnnotatingOptions, annotate
from copydesk.cleaning import CleaningOptions, clean, find_repeats
from copydesk.clustering import Clustering, ClusteringOptions, lead_of
from copydesk.language.encoder import CachedEncoder, MiniLmEncoder
from copydesk.language.tagger import Tagger
from copydesk.model.articles import Article
from copydesk.model.markup import Markup
from copydesk.model.piles import Pile
from copydesk.tracing import TracingOptions, trace
from evals.__main__ import default_data
from evals.copies import captures, record_id
from evals.grouping.bcubed import b_cubed
from evals.grouping.peers import group_by_peers, halves_of
from evals.grouping.picture import draw_stories
from evals.grouping.worst import worst_of
from evals.rows import Request, Row, f1, leave_out, read_records, set_name

NAMES_ONLY = AnnotatingOptions(quotes=False, times=False, quantities=False)  # all that tracing and clustering read


__all__ = ["b_cubed", "main", "read_pile", "run", "stream"]


def run(request: Request) -> Iterator[Row]:
    """B³ F1 of each set, and how large the largest story is where no gold is."""
    for name, path in _sets(request):
        records = list(read_records(path))
        if not records or not {"id", "text", "story"} <= records[0].keys():
            leave_out(path, "records with id, text and story")
            continue
        gold = {r["id"]: r["story"] for r in records}
        made = Made.of(records)
        yield _row(name, "copydesk", "b3_f1", _f1(gold, made.together), len(gold))
        yield _row(name, "copydesk", "b3_f1_stream", _f1(gold, made.one_by_one), len(gold))
        yield _row(name, "copydesk", "stream_agreement", made.agreement(), len(gold))
        if request.peers:
            yield _row(name, "copydesk", "b3_f1_halves", made.on_halves(gold), len(gold))
            for system, value in group_by_peers(made.records, made.leads, gold):
                yield _row(name, system, "b3_f1", value, len(gold))
    for path in request.sets("wirecopy", "*.jsonl*"):
        if request.wants(set_name(path)):
            made = Made.of(list(read_records(path)), streamed=False)
            sizes = [len(g) for g in made.state.groups()]
            yield _row(set_name(path), "copydesk", "largest_share", max(sizes) / sum(sizes), sum(sizes))
            yield _row(set_name(path), "copydesk", "singleton_share", sizes.count(1) / sum(sizes), sum(sizes))


def _sets(request: Request) -> Iterator[tuple[str, Path]]:
    for path in request.sets("stories", "*.jsonl*"):
        if request.wants(set_name(path)):
            yield set_name(path), path
    copies = request.data / "copies" / "articles.jsonl.gz"
    if copies.is_file() and request.wants("copies"):
        yield "copies", copies


class Made:
    """The stories of one set by the product's public functions; a record that cannot be read is a story of its own."""

    def __init__(self, records: Sequence[dict[str, Any]], read: tuple[Pile, CachedEncoder], state: Clustering) -> None:
        self.records = records
        self.pile, self.encoder = read
        self.state = state
        self.together: Mapping[str, str] = _story_of(records, self.pile, state)
        self.one_by_one: Mapping[str, str] = self.together
        self.leads: Mapping[str, Any] = {}
        self.articles: Mapping[str, Article] = {}

    @classmethod
    def of(cls, records: Sequence[dict[str, Any]], streamed: bool = True) -> Made:
        """Groups the records at once and, when asked, one at a time in order of publication."""
        told = [{k: v for k, v in r.items() if k not in ("story", "body", "voice")} for r in records]
        pile, encoder = read_pile(told)
        state = Clustering(encoder, ClusteringOptions())
        state.place(pile)
        made = cls(told, (pile, encoder), state)
        made.articles = {record_id(a): a for a in pile.articles}
        words = ClusteringOptions().lead_words
        made.leads = {record_id(a): encoder.encode([lead_of(a, words)])[0] for a in pile.articles}
        if streamed:
            made.one_by_one = _story_of(told, pile, stream(pile, encoder))
        return made

    def on_halves(self, gold: Mapping[str, str]) -> float:
        """B³ F1 as the peers with a threshold are given it: the mean of the two halves of the events, each a pile alone."""
        values = []
        for half in halves_of(list(gold.values())):
            kept = {record: event for record, event in gold.items() if event in half}
            ids = {self.articles[r].id for r in kept if r in self.articles}
            chosen = [i for i, article in enumerate(self.pile.articles) if article.id in ids]
            links = tuple(x for x in self.pile.trace.links if x.copy in ids and (x.origin is None or x.origin in ids))
            part = replace(
                self.pile,
                articles=tuple(self.pile.articles[i] for i in chosen),
                markups=tuple(self.pile.markups[i] for i in chosen),
                trace=replace(self.pile.trace, links=links),
            )
            state = Clustering(self.encoder, ClusteringOptions())
            state.place(part)
            values.append(_f1(kept, _story_of([{"id": r} for r in kept], part, state)))
        return sum(values) / len(values)

    def agreement(self) -> float:
        """The share of records that are with the same others both ways."""
        both = [_mates(self.together), _mates(self.one_by_one)]
        return sum(both[0][r] == both[1][r] for r in self.together) / len(self.together)


def _mates(story_of: Mapping[str, str]) -> dict[str, frozenset[str]]:
    groups: dict[str, set[str]] = {}
    for record, story in story_of.items():
        groups.setdefault(story, set()).add(record)
    return {record: frozenset(groups[story]) for record, story in story_of.items()}


def read_pile(records: Sequence[dict[str, Any]]) -> tuple[Pile, CachedEncoder]:
    """The records cleaned, their names found, and traced."""
    read = captures(records)
    repeats = find_repeats(read, CleaningOptions())
    articles = [a for c in read if isinstance(a := clean(c, repeats, CleaningOptions()), Article)]
    articles.sort(key=lambda a: a.id)
    pile = Pile(articles=tuple(articles), markups=tuple(annotate(articles, Tagger(), NAMES_ONLY)))
    encoder = CachedEncoder(MiniLmEncoder())
    return replace(pile, trace=trace(pile, encoder, TracingOptions())), encoder


def stream(pile: Pile, encoder: CachedEncoder) -> Clustering:
    """The articles of a pile placed one at a time in order of publication, those without a day last."""
    state = Clustering(encoder, ClusteringOptions())
    pairs = zip(pile.articles, pile.markups, strict=True)
    for article, markup in sorted(pairs, key=_in_order):
        state.place(replace(pile, articles=(article,), markups=(markup,)))
    return state


def _in_order(pair: tuple[Article, Markup]) -> tuple[date, str]:
    return pair[0].published.earliest or pair[0].published.latest or date.max, pair[0].id


def _story_of(records: Sequence[dict[str, Any]], pile: Pile, state: Clustering) -> dict[str, str]:
    names = {a.id: record_id(a) for a in pile.articles}
    found = {r["id"]: f"unread {r['id']}" for r in records}
    for group in state.groups():
        found.update({names[article]: group[0] for article in group})
    return found


def _f1(gold: Mapping[str, str], found: Mapping[str, str]) -> float:
    precision, recall = b_cubed([found[i] for i in gold], list(gold.values()))
    return f1(precision, recall)


def _row(name: str, system: str, metric: str, value: float, n: int) -> Row:
    return Row(stage="stories", set=name, system=system, metric=metric, value=value, n=n)


def main(arguments: list[str] | None = None) -> int:
    """Explains and draws the stories of one set."""
    parser = argparse.ArgumentParser(prog="python -m evals.stories", description="Explain and draw stories.")
    parser.add_argument("--data", type=Path, default=default_data(), help="folder of the data (default: %(default)s)")
    parser.add_argument("--set", help="one set (default: all)")
    parser.add_argument("--worst", type=int, default=10, metavar="N", help="so many joins and so many splits")
    parser.add_argument("--plot", type=Path, metavar="FILE", help="draw size and purity of the stories as SVG")
    asked = parser.parse_args(arguments)
    for name, path in _sets(Request(data=asked.data, set=asked.set)):
        records = list(read_records(path))
        gold = {r["id"]: str(r["story"]) for r in records}
        made = Made.of(records, streamed=False)
        print(f"{name}: {len(gold)} articles, {len(set(gold.values()))} events, B³ F1 {_f1(gold, made.together):.4f}")
        for line in worst_of(gold, made.together, (made.articles, made.state), asked.worst):
            print(line)
        if asked.plot is not None:
            target = asked.plot if asked.set else asked.plot.with_stem(f"{asked.plot.stem}-{name}")
            target.write_text(draw_stories(gold, made.together, name), encoding="utf-8")
            print(f"drawn to {target}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
