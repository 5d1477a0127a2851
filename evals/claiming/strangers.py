"""Annotated stories with articles of other events put in → how many facts and conflicts join one of these strangers to the story.

The gold of a story is a selection of what its articles say, so it cannot see that two reports with nothing but a topic in
common are taken to say one thing, or to contradict each other. To each story come an article of another story and the three of `scale/` that share most
words with it and were published two months or more before or after. No claim of theirs says what the story's say: a fact of
several articles that holds both is wrong. The shipped judge has seen these stories, with strangers chosen in another way;
`training/aligning.py` reports the same of stories that it had not seen.
"""

from __future__ import annotations

import json
import math
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, TypeAlias

from copydesk import desk
from copydesk.aligning import align
from copydesk.language.encoder import CachedEncoder, MiniLmEncoder
from copydesk.model.stories import Alignment, Story
from copydesk.options import Options
from copydesk.resolving import resolve
from copydesk.text.normalise import FUNCTION_WORDS, find_words, stem
from evals.rows import read_records

FAR = timedelta(days=60)
STRANGERS = 3
OPENING = 600  # characters by which an article is known
SHORT, LONG = 800, 9000
Record: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """Of the facts of several articles, and of the conflicts and updates, how many there are and how many join a stranger."""

    facts: int
    facts_joined: int
    conflicts: int
    conflicts_joined: int


def strangers_joined(stories: Sequence[Sequence[Record]], data: Path) -> Joined | None:
    """What joins strangers to these stories; None without scale/."""
    pool = [r for path in sorted((data / "scale").glob("*.jsonl*")) for r in read_records(path) if SHORT < len(r["text"]) < LONG and _day(r)]
    if not pool:
        return None
    encoder, likeness = CachedEncoder(MiniLmEncoder()), Likeness([_opening(r) for r in pool])
    facts: list[bool] = []
    conflicts: list[bool] = []
    for n, story in enumerate(stories):
        near = list(_nearest(story, pool, likeness))
        others = [stories[(n + 1) % len(stories)][0]] if len(stories) > 1 else []
        found, strange = align_with(story, [*others, *near], encoder)
        facts += [joins({s.span.article for s in f.support}, strange) for f in found.facts if f.articles > 1]
        conflicts += [joins({s.article for side in c.sides for s in side.support}, strange) for c in found.conflicts]
    return Joined(facts=len(facts), facts_joined=sum(facts), conflicts=len(conflicts), conflicts_joined=sum(conflicts))


def joins(articles: AbstractSet[str], strange: AbstractSet[str]) -> bool:
    """Whether articles are both of the story and strangers."""
    return bool(articles & strange) and bool(articles - strange)


class Likeness:
    """How much two texts have in common by the rarity of their words in a pool."""

    def __init__(self, pool: Sequence[str]) -> None:
        self._words = [_words(text) for text in pool]
        held = Counter(word for words in self._words for word in words)
        self._rarity = {word: math.log(len(pool) / n) for word, n in held.items()}

    def order(self, text: str) -> list[int]:
        """The places of the pool, likest first."""
        wanted = _words(text)
        score = [sum(self._rarity[w] for w in sorted(words & wanted)) / math.sqrt(1 + len(words)) for words in self._words]
        return sorted(range(len(score)), key=lambda n: (-score[n], n))


def _words(text: str) -> frozenset[str]:
    return frozenset(stem(w.key) for w in find_words(text) if w.key not in FUNCTION_WORDS)


def _nearest(story: Sequence[Record], pool: Sequence[Record], likeness: Likeness) -> Iterator[Record]:
    days = sorted(day for r in story if (day := _day(r)))
    found = 0
    for n in likeness.order(" ".join(_opening(r) for r in story)):
        day = _day(pool[n])
        if day and (not days or abs(day - days[len(days) // 2]) > FAR):
            yield pool[n]
            found += 1
        if found == STRANGERS:
            return


def align_with(story: Sequence[Record], strangers: Sequence[Record], encoder: CachedEncoder) -> tuple[Alignment, frozenset[str]]:
    """What is told of a story with strangers in it, and the ids of the strangers."""
    options = Options()
    with tempfile.TemporaryDirectory() as folder:
        for name, held in (("own", story), ("strange", strangers)):
            for n, record in enumerate(held):
                kept = {k: record[k] for k in ("url", "outlet", "headline", "published", "text") if record.get(k) is not None}
                kept["id"] = f"{name}-{n}"
                (Path(folder) / f"{name}-{n}.json").write_text(json.dumps(kept), encoding="utf-8")
        articles, _ = desk.read_articles(desk.order([folder], options=options))
    pile, trace = desk.trace_articles(articles, options)
    pile = replace(pile, trace=trace)
    strange = frozenset(a.id for a in pile.articles if any(part.startswith("strange-") for part in Path(a.path).parts))
    whole = Story(id="s-strange", articles=tuple(a.id for a in pile.articles), membership=())
    return align(pile, resolve(pile, whole, options.resolving), encoder, options.aligning), strange


def _opening(record: Record) -> str:
    return f"{record.get('headline') or ''} {record['text'][:OPENING]}"


def _day(record: Record) -> date | None:
    try:
        return date.fromisoformat(str(record.get("published"))[:10])
    except ValueError:
        return None
