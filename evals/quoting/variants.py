"""Dossiers of annotated stories → whether one utterance in several articles became one quote, and different ones not.

`variants_recall`: of the pairs of places that gold gives one utterance in two articles, those that one quote of the
dossier holds together. `variants_precision`: of the pairs of annotated places in two articles that a quote of the
dossier holds together, those of one gold utterance; places that are not annotated are not judged.
"""

from __future__ import annotations

import json
import tempfile
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from copydesk import desk
from copydesk.model.dossiers import Brief
from copydesk.model.spans import Span
from copydesk.options import Options

FIELDS = ("id", "url", "outlet", "headline", "byline", "published", "text")
Place = tuple[str, int, int]  # article, start and end in its letters and digits


def count_variants(story: Mapping[str, Any], right: Counter[str], asked: Counter[str]) -> None:
    """Adds one story. Nothing but its articles is read before they are compiled."""
    brief = make_brief([{k: a[k] for k in FIELDS if a.get(k) is not None} for a in story["articles"]])
    inked = {Path(t.article.path).stem: Ink(t.article.text) for t in brief.articles}
    names = {t.article.id: Path(t.article.path).stem for t in brief.articles}
    gold = [list(_gold_places(quote, inked)) for quote in story["quotes"]]
    system = [
        [_place(span, names, inked) for span in (*quote.support, *(s for v in quote.variants for s in v.support))]
        for dossier in brief.dossiers
        for quote in dossier.quotes
    ]
    held = [[_meet(place, mine) for mine in system] for place in (p for places in gold for p in places)]
    places = [(p, number) for number, own in enumerate(gold) for p in own]
    for (i, (a, m)), (j, (b, n)) in combinations(enumerate(places), 2):
        if a[0] == b[0]:
            continue
        together = any(x and y for x, y in zip(held[i], held[j], strict=True))
        one = m == n or (_meet(a, gold[n]) or _meet(b, gold[m]))
        if m == n:
            asked["variants_recall"] += 1
            right["variants_recall"] += together
        if together:
            asked["variants_precision"] += 1
            right["variants_precision"] += one


def make_brief(articles: Iterable[Mapping[str, object]]) -> Brief:
    """The brief of one story's articles, each written as a JSON file."""
    with tempfile.TemporaryDirectory() as folder:
        for article in articles:
            (Path(folder) / f"{article['id']}.json").write_text(
                json.dumps(article, ensure_ascii=False), encoding="utf-8"
            )
        return desk.make_brief(desk.order([Path(folder)], options=Options()))


@dataclass(slots=True)
class Ink:
    """A text's letters and digits: what is left whatever was done to marks and white space."""

    letters: str
    offsets: list[int]

    def __init__(self, text: str) -> None:
        kept = [(i, low) for i, c in enumerate(text) if c.isalnum() for low in c.casefold()]
        self.letters = "".join(c for _, c in kept)
        self.offsets = [i for i, _ in kept]

    def place(self, start: int, end: int) -> tuple[int, int]:
        return bisect_left(self.offsets, start), bisect_left(self.offsets, end)


def _gold_places(quote: Mapping[str, Any], inked: Mapping[str, Ink]) -> Iterator[Place]:
    """Where an utterance stands, in every article that has it."""
    for spot in (quote, *quote.get("variants", [])):
        ink, wanted = inked.get(spot["article"]), Ink(spot["text"]).letters
        at = ink.letters.find(wanted) if ink else -1
        if at >= 0:
            yield spot["article"], at, at + len(wanted)


def _place(span: Span, names: Mapping[str, str], inked: Mapping[str, Ink]) -> Place:
    name = names[span.article]
    return (name, *inked[name].place(span.start, span.end))


def _meet(place: Place, others: Sequence[Place]) -> bool:
    """Whether one of the others shares at least half of the shorter one."""
    article, start, end = place
    for other, a, b in others:
        shared = min(end, b) - max(start, a)
        if other == article and shared > 0 and shared * 2 >= min(end - start, b - a):
            return True
    return False
