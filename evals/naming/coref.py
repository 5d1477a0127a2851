"""coref/: the name mentions of articles about one event → B³ of the entities that copydesk makes of them.

A gold mention is a name when it is an entity or a place, stands in the `annotated` sentences, has one stretch, and all
its words but small ones have a capital, one of them not the first of its sentence or more than one word. An entity of
the system holds a gold mention when one of its spans has the mention's last word and no other entity's span there is
longer; a mention that no span holds is an entity of its own. The articles of one `topic` are one pile: chains run through its events.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from copydesk.annotating import AnnotatingOptions, annotate
from copydesk.language.tagger import Tagger
from copydesk.model.piles import Pile
from copydesk.model.spans import Span
from copydesk.model.stories import Story
from copydesk.resolving import ResolvingOptions, resolve
from evals.quotes import as_article
from evals.rows import Request, Row, f1, leave_out, read_records, set_name
from evals.stories import b_cubed

_WORD = re.compile(r"[^\W_][\w.'’-]*")
_SMALL = frozenset(["of", "the", "and", "for", "in", "de", "von", "van", "al", "&", "'s", "s"])
NAMES_ONLY = AnnotatingOptions(times=False, quantities=False)

Named = tuple[str, int, int]


def name_mentions(request: Request) -> Iterator[Row]:
    """`b3_f1` over the name mentions of every set, beside grouping them by their last word."""
    tagger: Tagger | None = None
    for path in request.sets("coref", "*.jsonl*"):
        if not request.wants(set_name(path)):
            continue
        records = list(read_records(path))
        if not records or not {"id", "text", "mentions", "annotated", "topic"} <= records[0].keys():
            leave_out(path, "records with id, text, mentions and annotated sentences")
            continue
        tagger = tagger or Tagger()
        gold = {m: chain for r in records for m, chain in named_mentions(r)}
        found = entities_of(records, tagger)
        said: dict[str, dict[Named, str]] = {"copydesk": {m: held_by(m, found, records_text(records)) for m in gold}}
        if request.peers:
            said["last-word"] = last_words(gold, records)
        for system, answers in said.items():
            precision, recall = b_cubed([answers[m] for m in gold], list(gold.values()))
            for metric, value in (("b3_f1", f1(precision, recall)), ("b3_precision", precision), ("b3_recall", recall)):
                yield Row(stage="names", set=set_name(path), system=system, metric=metric, value=value, n=len(gold))


def records_text(records: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    return {str(r["id"]): str(r["text"]) for r in records}


def named_mentions(record: Mapping[str, Any]) -> Iterator[tuple[Named, str]]:
    """The mentions of one record that are names, with their chain."""
    text = str(record["text"])
    lines = {0, *(m.end() for m in re.finditer("\n", text))}
    for mention in record["mentions"]:
        start, end = mention["start"], mention["end"]
        inside = any(a <= start and end <= b for a, b in record["annotated"])
        if mention["kind"] not in ("entity", "loc") or mention.get("parts") or not inside:
            continue
        words = [w for w in _WORD.findall(text[start:end]) if w not in _SMALL and w.lower() != "the"]
        if words and all(w[0].isupper() or w[0].isdigit() for w in words) and any(w[0].isupper() for w in words):
            first = start in lines or words[0] in ("I", "He", "She", "They", "It")
            if len(words) > 1 or not first:
                yield (str(record["id"]), start, end), str(mention["chain"])


def entities_of(records: Sequence[Mapping[str, Any]], tagger: Tagger) -> dict[str, list[tuple[Span, str]]]:
    """The name spans of every article with their entities, the articles of one topic resolved as one pile."""
    groups: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for r in records:
        groups[str(r["topic"])].append(r)
    found: dict[str, list[tuple[Span, str]]] = defaultdict(list)
    for topic in sorted(groups):
        articles = sorted((as_article({"id": r["id"], "text": r["text"]}) for r in groups[topic]), key=lambda a: a.id)
        pile = Pile(articles=tuple(articles), markups=tuple(annotate(articles, tagger, NAMES_ONLY)))
        story = Story(id=topic, articles=tuple(a.id for a in articles), membership=())
        resolved = resolve(pile, story, ResolvingOptions())
        for entity in resolved.entities:
            for span in entity.mentions:
                found[span.article].append((span, entity.id))
    return found


def held_by(mention: Named, found: Mapping[str, Sequence[tuple[Span, str]]], text_of: Mapping[str, str]) -> str:
    """The entity whose span has the mention's last word, the longest such span's; else the mention itself."""
    article, start, end = mention
    words = list(_WORD.finditer(text_of[article], start, end))
    last = words[-1].start() if words else start
    over = [(s.end - s.start, e) for s, e in found.get(article, ()) if s.start <= last < s.end and s.end > start]
    return max(over)[1] if over else f"{article}:{start}-{end}"


def last_words(gold: Mapping[Named, str], records: Sequence[Mapping[str, Any]]) -> dict[Named, str]:
    """The peer: gold spans grouped by their last word and topic."""
    text_of = records_text(records)
    topic = {str(r["id"]): str(r["topic"]) for r in records}
    said = {}
    for article, start, end in gold:
        words = _WORD.findall(text_of[article][start:end])
        said[article, start, end] = f"{topic[article]} {words[-1].lower().removesuffix(chr(39) + 's')}"
    return said
