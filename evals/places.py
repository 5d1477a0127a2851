"""places/: the place names of articles, and where they lie.

- `toponym_f1`: place names found that share a character with a gold one, and gold ones found; `toponym_f1_strict` needs
  the same stretch.
- `country`, `acc161`: the gold spans are given and the product says where they lie, from the article's text and outlet;
  read over those that gold locates, one without an answer is wrong. Gold has no country: it is that of the gazetteer's
  nearest town. `/no-outlet` is the same with the outlets hidden.
- `country_found`, `acc161_found`: gold spans that the product found by itself and located rightly, of all located.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
from scipy.spatial import KDTree

from copydesk.annotating import AnnotatingOptions, annotate
from copydesk.language.tagger import Tagger
from copydesk.model.articles import Article
from copydesk.reference import GazetteerPlace
from copydesk.reference.shipped import read_rows
from copydesk.resolving import Toponym, find_toponyms, locate_toponyms
from copydesk.resolving.locating import candidates, distance_km
from evals.quotes import as_article
from evals.rows import Request, Row, f1, leave_out, read_records, set_name

NAMES_ONLY = AnnotatingOptions(times=False, quantities=False)
NEAR_KM = 161.0
SPACY_PLACES = frozenset(["GPE", "LOC", "FAC", "NORP"])

Located = Sequence[GazetteerPlace | None]
Locate = Callable[[Sequence[Toponym], Sequence[Article]], Located]


def run(request: Request) -> Iterator[Row]:
    """The figures of every set in places/."""
    tagger: Tagger | None = None
    for path in request.sets("places", "*.jsonl*"):
        name = set_name(path)
        if not request.wants(name):
            continue
        records = list(read_records(path))
        if not records or not {"id", "text", "toponyms"} <= records[0].keys():
            leave_out(path, "records with id, text and toponyms")
            continue
        tagger = tagger or Tagger()
        articles = [
            replace(as_article({k: r[k] for k in ("id", "text")}), outlet=r.get("outlet"), url=r.get("url")) for r in records
        ]
        found = [find_toponyms(a, m) for a, m in zip(articles, annotate(articles, tagger, NAMES_ONLY), strict=True)]
        yield from _spans(name, "copydesk", [[(t.start, t.end) for t in ts] for ts in found], records)
        yield from _places(name, "copydesk", records, articles, locate_toponyms)
        unnamed = [replace(a, outlet=None) for a in articles]
        yield from _places(f"{name}/no-outlet", "copydesk", records, unnamed, locate_toponyms)
        yield from _found(name, [t for ts in found for t in ts], records, articles)
        if request.peers:
            docs = tagger.tag(a.text for a in articles)
            spans = [[(e.start_char, e.end_char) for e in d.ents if e.label_ in SPACY_PLACES] for d in docs]
            yield from _spans(name, "spacy-sm", spans, records)
            yield from _places(name, "most-populous", records, articles, most_populous)


def most_populous(toponyms: Sequence[Toponym], articles: Sequence[Article]) -> Located:
    """The peer: of the gazetteer's places of that name the one with the most people, countries and regions first."""
    order = {"country": 3, "region": 2, "county": 1, "city": 0}
    return [max(candidates(t.text), key=lambda p: (order[p.kind], p.population), default=None) for t in toponyms]


def gold_toponyms(records: Sequence[Mapping[str, Any]]) -> list[Toponym]:
    """The gold spans, nothing of where they lie."""
    return [
        Toponym(article=str(r["id"]), start=t["start"], end=t["end"], text=t["text"]) for r in records for t in r["toponyms"]
    ]


def _spans(
    name: str, system: str, found: Sequence[Sequence[tuple[int, int]]], records: Sequence[Mapping[str, Any]]
) -> Iterator[Row]:
    said = right = exact = wanted = reached = 0
    for spans, record in zip(found, records, strict=True):
        gold = [(t["start"], t["end"]) for t in record["toponyms"]]
        said, wanted = said + len(spans), wanted + len(gold)
        right += sum(any(a < d and c < b for c, d in gold) for a, b in spans)
        reached += sum(any(a < d and c < b for c, d in spans) for a, b in gold)
        exact += len(set(gold) & set(spans))
    for metric, p, r in (("toponym_f1", right, reached), ("toponym_f1_strict", exact, exact)):
        value = f1(p / max(1, said), r / max(1, wanted))
        yield Row(stage="places", set=name, system=system, metric=metric, value=value, n=wanted)


def _places(
    name: str, system: str, records: Sequence[Mapping[str, Any]], articles: Sequence[Article], locate: Locate
) -> Iterator[Row]:
    answers = locate(gold_toponyms(records), articles)
    yield from _right(name, system, "", list(answers), [t for r in records for t in r["toponyms"]])


def _found(
    name: str, found: Sequence[Toponym], records: Sequence[Mapping[str, Any]], articles: Sequence[Article]
) -> Iterator[Row]:
    spans: dict[str, list[tuple[Toponym, GazetteerPlace | None]]] = {}
    for toponym, place in zip(found, locate_toponyms(found, articles), strict=True):
        spans.setdefault(toponym.article, []).append((toponym, place))
    answers: list[GazetteerPlace | None] = []
    for g in gold_toponyms(records):
        over = [p for t, p in spans.get(g.article, []) if t.start < g.end and g.start < t.end]
        answers.append(over[0] if over else None)
    yield from _right(name, "copydesk", "_found", answers, [t for r in records for t in r["toponyms"]])


def _right(
    name: str, system: str, ending: str, answers: Located, gold: Sequence[Mapping[str, Any]]
) -> Iterator[Row]:
    located = [(p, g) for p, g in zip(answers, gold, strict=True) if g.get("lat") is not None]
    country = sum(p is not None and p.country == country_at(g["lat"], g["lon"]) for p, g in located)
    near = sum(p is not None and distance_km((p.lat, p.lon), (g["lat"], g["lon"])) <= NEAR_KM for p, g in located)
    for metric, count in ((f"country{ending}", country), (f"acc161{ending}", near)):
        yield Row(stage="places", set=name, system=system, metric=metric, value=count / max(1, len(located)), n=len(located))


@cache
def _towns() -> tuple[KDTree, tuple[str, ...]]:
    rows = [(float(r[2]), float(r[3]), r[4]) for r in read_rows("cities.tsv.gz")]
    return KDTree(np.array([_on_sphere(lat, lon) for lat, lon, _ in rows])), tuple(c for _, _, c in rows)


def _on_sphere(lat: float, lon: float) -> tuple[float, float, float]:
    a, b = math.radians(lat), math.radians(lon)
    return math.cos(a) * math.cos(b), math.cos(a) * math.sin(b), math.sin(a)


def country_at(lat: float, lon: float) -> str:
    """The country of the gazetteer's nearest town."""
    tree, countries = _towns()
    return countries[int(tree.query(_on_sphere(lat, lon))[1])]
