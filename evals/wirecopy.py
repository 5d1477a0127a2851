"""wirecopy/: a real pile of one day's pages → are the pairs that overlap linked, and do voices agree with bylines?

Nothing here is gold. Pairs are told by 8-grams of the cleaned bodies; bylines, kept from the product, name the agency
behind some articles. Where a byline names no agency it says nothing.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Any

from copydesk.annotating import AnnotatingOptions, annotate
from copydesk.cleaning import CleaningOptions, clean, find_repeats
from copydesk.language.encoder import CachedEncoder, MiniLmEncoder
from copydesk.language.tagger import Tagger
from copydesk.model.articles import Article
from copydesk.model.captures import Capture, Stated
from copydesk.model.copies import Trace
from copydesk.model.piles import Pile
from copydesk.reference import read_credited
from copydesk.text.normalise import find_words
from copydesk.text.shingles import hash_ngrams, hash_words
from copydesk.tracing import TracingOptions, trace
from evals.copies import record_id
from evals.rows import Request, Row, leave_out, read_records, set_name

GRAM = 8
OVER = 0.5  # share of the shorter body's 8-grams from which a pair must be found
NAME_WORDS_MAX = 4  # words of an agency's name in a byline
MARKED = AnnotatingOptions(quotes=False, times=False, quantities=False)  # tracing reads none of them


@dataclass(frozen=True, slots=True, kw_only=True)
class Missed:
    """A pair that overlaps and was not linked, or an article whose voices are none that its byline names."""

    articles: tuple[str, ...]
    reason: str


def run(request: Request) -> Iterator[Row]:
    """`found_over_half` and `byline_agreement` of each set."""
    for path in request.sets("wirecopy", "*.jsonl*"):
        records = list(read_records(path))
        if not records or not {"id", "text", "byline", "observed"} <= records[0].keys():
            leave_out(path, "records with id, text, byline and observed")
            continue
        if not request.wants(set_name(path)):
            continue
        pile = build_pile(records)
        found = trace(pile, CachedEncoder(MiniLmEncoder()), TracingOptions())
        pairs = overlapping(pile.articles)
        missed = unlinked(pairs, found)
        bylines = {r["id"]: r["byline"] for r in records if r["byline"]}
        told, differing = compare_voices(pile.articles, found, bylines)
        for metric, value, n in (
            ("found_over_half", 1.0 - len(missed) / max(1, len(pairs)), len(pairs)),
            ("byline_agreement", 1.0 - len(differing) / max(1, told), told),
        ):
            if n:
                yield Row(stage="wirecopy", set=set_name(path), system="copydesk", metric=metric, value=value, n=n)


def build_pile(records: Sequence[dict[str, Any]]) -> Pile:
    """The pile that the product makes of the pages, which are told no byline."""
    captures = []
    for record in records:
        content = record["text"].encode()
        stated = Stated(
            by="container", url=record.get("url"), outlet=record.get("outlet"), headline=record.get("headline"),
            published=record.get("published"),
            observed=date.fromisoformat(record["observed"][:10]) if record.get("observed") else None,
        )  # fmt: skip
        name = hashlib.sha256(record["id"].encode() + b"\0" + content).hexdigest()[:16]
        captures.append(Capture(id=name, path=f"pile/{record['id']}", content=content, medium="text", stated=(stated,)))
    repeats = find_repeats(captures, CleaningOptions())
    articles = [a for c in captures if isinstance(a := clean(c, repeats, CleaningOptions()), Article)]
    articles.sort(key=lambda a: a.id)
    return Pile(articles=tuple(articles), markups=tuple(annotate(articles, Tagger(), MARKED)))


def overlapping(articles: Sequence[Article]) -> dict[tuple[str, str], float]:
    """The pairs of article ids of which the shorter body has over half of its 8-grams in the other, with the share."""
    grams = {a.id: _grams(a) for a in articles}
    carriers: dict[int, list[str]] = defaultdict(list)
    for name in sorted(grams):
        for gram in grams[name]:
            carriers[gram].append(name)
    shared: dict[tuple[str, str], int] = defaultdict(int)
    for names in carriers.values():
        for pair in combinations(names, 2):
            shared[pair] += 1
    shares = {(a, b): n / min(len(grams[a]), len(grams[b])) for (a, b), n in shared.items()}
    return {pair: share for pair, share in sorted(shares.items()) if share > OVER}


def _grams(article: Article) -> set[int]:
    words = [w.key for b in article.blocks if b.kind == "body" for w in find_words(article.source_text[b.start : b.end])]
    return set(hash_ngrams(hash_words(words), GRAM).tolist())


def unlinked(pairs: dict[tuple[str, str], float], found: Trace) -> list[Missed]:
    """The pairs that no copy link joins."""
    linked = {frozenset((link.origin, link.copy)) for link in found.links}
    return [Missed(articles=p, reason=f"{share:.2f} in common") for p, share in pairs.items() if frozenset(p) not in linked]


def compare_voices(articles: Sequence[Article], found: Trace, bylines: dict[str, str]) -> tuple[int, list[Missed]]:
    """How many bylines name an agency, and the articles whose listed voices are none that theirs names."""
    told, differing = 0, []
    for article in articles:
        names, agency = sources_in(bylines.get(record_id(article), ""))
        if not agency or article.id not in found.shares:
            continue
        told += 1
        voices = {v.name for v in found.voices if article.id in v.articles}
        if not voices & names:
            differing.append(Missed(articles=(article.id,), reason=f"{sorted(names)} by byline, {sorted(voices)} found"))
    return told, differing


def sources_in(byline: str) -> tuple[set[str], bool]:
    """The agencies and outlets that a byline names, and whether there is an agency among them."""
    words = re.findall(r"[^\W_]+(?:[.&'’-][^\W_]+)*", byline)
    names, agency, at = set(), False, 0
    while at < len(words):
        for size in range(min(NAME_WORDS_MAX, len(words) - at), 0, -1):
            source = read_credited(" ".join(words[at : at + size]))
            if source is not None and source.by.startswith("table"):
                names.add(source.name)
                agency = agency or source.kind == "agency"
                at += size - 1
                break
        at += 1
    return names, agency
