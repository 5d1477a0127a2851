"""Attributed words against PolNeAR's, and the quotations and speakers of annotated stories.

How a figure is read (words are runs of letters and digits; marks and white space count nowhere):

- `content_overlap_f1`: over the words of each article: those inside some system content against those inside some
  gold content.
- `direct_content_f1`: the same over the attributions whose content opens with a quotation mark, on both sides.
- The others pair attributions one to one, the largest overlap of content first; a pair needs one common word.
  `content_exact_f1`: pairs whose contents hold just the same words. `cue_f1`, `source_f1`: pairs whose cues (sources)
  share a character, against all attributions that have one. `relation_f1`: pairs whose cues overlap and whose sources
  overlap or are both not expressed.

On stories (gold is a selection, so nothing is read of precision): `found_direct` and `found_indirect` are the gold
quotations that a system quotation covers by half in the quoted article, `speaker_right` those of a named speaker of
which the surname agrees, `full_name` those of them with every word of the gold name or one of its aliases in full.
Variants are counted on whole dossiers (evals/quoting/variants.py). `python -m evals.quoting.errors` prints the errors by type.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from copydesk.annotating import AnnotatingOptions, annotate
from copydesk.language.tagger import Tagger
from copydesk.model.articles import Article
from copydesk.model.markup import QuoteMention
from copydesk.model.times import UNKNOWN_WHEN
from evals.quoting.peers import peers
from evals.quoting.scoring import METRICS, Attribution, Tally, count, word_numbers, words_of
from evals.quoting.variants import count_variants
from evals.rows import Request, Row, leave_out, read_records, set_name

_WORD = re.compile(r"\w+")
OPENING = "“\"«„'‘`”"
QUOTES_ONLY = AnnotatingOptions(times=False, quantities=False)


def as_article(record: Mapping[str, Any]) -> Article:
    """A record as the article that cleaning would make of it: its text is taken as it stands."""
    text = str(record["text"])
    headline = str(record.get("headline") or "")
    return Article(
        id=str(record["id"]), path=str(record["id"]), url=None, sha256="",
        headline=headline if headline and text.startswith(headline) else "",
        byline=None, dateline=None, outlet=None, language="en", compared=True, reason=None, published=UNKNOWN_WHEN,
        modified=None, observed=None, credits=(), text=text, source_text=text, blocks=(),
    )  # fmt: skip


def gold_attributions(text: str, record: Mapping[str, Any]) -> list[Attribution]:
    words = words_of(text)
    found = []
    for a in record["attributions"]:
        content = [(s, e) for s, e in a["content"]]
        direct = bool(content) and text[content[0][0]] in OPENING
        if content:
            found.append(
                Attribution(
                    content=word_numbers(words, content),
                    cue=tuple((s, e) for s, e in a["cue"]),
                    source=tuple((s, e) for s, e in a["source"]),
                    direct=direct,
                )
            )
    return found


def _opens(text: str, start: int) -> bool:
    """Whether a quotation mark opens what starts here; contents are given without their marks.

    A mark that closes what stands before, as at the end of the last paragraph, opens nothing.
    """
    if text[start] in OPENING:
        return True
    at = start
    while at and text[at - 1] in " \t\u00a0":
        at -= 1
    before = text[:at].rstrip(OPENING)[-1:] if at and text[at - 1] in OPENING else "x"
    return not before.isalnum() and before not in tuple(".,!?;:…%)")


def system_attributions(text: str, quotes: Iterable[QuoteMention]) -> list[Attribution]:
    words = words_of(text)
    return [
        Attribution(
            content=word_numbers(words, [(s.start, s.end) for s in q.content]),
            cue=((q.cue.start, q.cue.end),) if q.cue else (),
            source=((q.source.start, q.source.end),) if q.source else (),
            direct=q.kind != "indirect" and _opens(text, q.content[0].start),
        )
        for q in quotes
    ]


def run(request: Request) -> Iterator[Row]:
    """The figures of every set of attributions in quotes/, then of the annotated stories in dossiers/."""
    tagger = Tagger()
    for path in request.sets("quotes", "*.jsonl*"):
        name = set_name(path)
        if not request.wants(name):
            continue
        records = list(read_records(path))
        if not records or not all("text" in r and "attributions" in r for r in records):
            if not records or not all("text" in r and "wire" in r for r in records):
                leave_out(path, "records with text and attributions")
            continue
        yield from _attributions(name, records, tagger, peers_too=request.peers)
    yield from _stories(request, tagger)


def _attributions(name: str, records: Sequence[Mapping[str, Any]], tagger: Tagger, *, peers_too: bool) -> Iterator[Row]:
    others = dict(peers(tagger)) if peers_too else {}
    tallies = {"copydesk": Tally(), **{system: Tally() for system in others}}
    for record, markup in zip(records, annotate(_articles(records), tagger, QUOTES_ONLY), strict=True):
        text = str(record["text"])
        gold = gold_attributions(text, record)
        count(tallies["copydesk"], system_attributions(text, markup.quotes), gold)
        for system, find in others.items():
            count(tallies[system], find(text, markup), gold)
    for system, tally in tallies.items():
        for metric in METRICS:
            n, value = tally.gold["relation"], tally.f1(metric)
            yield Row(stage="quotes", set=name, system=system, metric=f"{metric}_f1", value=value, n=n)


def _articles(records: Sequence[Mapping[str, Any]]) -> Iterator[Article]:
    """The records without their attributions, as articles."""
    return (as_article({key: r[key] for key in ("id", "text", "headline") if key in r}) for r in records)


def both_sides(path: Path) -> Iterator[tuple[list[Attribution], list[Attribution]]]:
    """What the system finds in each article of a set, and what its annotators marked."""
    records = list(read_records(path))
    for record, markup in zip(records, annotate(_articles(records), Tagger(), QUOTES_ONLY), strict=True):
        text = str(record["text"])
        yield system_attributions(text, markup.quotes), gold_attributions(text, record)


def _stories(request: Request, tagger: Tagger) -> Iterator[Row]:
    right: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    for path in request.sets("dossiers", "*.json"):
        story = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(story, dict) or "articles" not in story or "quotes" not in story:
            leave_out(path, "a story with articles and quotes")
            continue
        if request.wants("dossiers"):
            _count_story(story, tagger, right, asked)
            count_variants(story, right, asked)
    for metric in sorted(asked):
        value = right[metric] / asked[metric]
        yield Row(stage="quotes", set="dossiers", system="copydesk", metric=metric, value=value, n=asked[metric])


def _count_story(story: Mapping[str, Any], tagger: Tagger, right: Counter[str], asked: Counter[str]) -> None:
    texts = {str(a["id"]): f"{a['headline']}\n\n{a['text']}" for a in story["articles"]}
    articles = [as_article({"id": i, "headline": t.split("\n", 1)[0], "text": t}) for i, t in texts.items()]
    found = {m.article: m.quotes for m in annotate(articles, tagger, QUOTES_ONLY)}
    aliases = {a["entity"]: [*a["names"], a["entity"]] for a in story.get("aliases", [])}
    for quote in story["quotes"]:
        start = texts[quote["article"]].find(quote["text"])
        place = (start, start + len(quote["text"]))
        hits = [q for q in found[quote["article"]] if start >= 0 and covers(q, place)]
        kind = "found_indirect" if quote["kind"] == "indirect" else "found_direct"
        asked[kind] += 1
        right[kind] += bool(hits)
        if "unnamed" in quote["speaker"]:
            continue
        names = [_plain(n) for n in [quote["speaker"], *aliases.get(quote["speaker"], [])]]
        good = [_plain(q.source_name) for q in hits if q.source_name and _same_speaker(_plain(q.source_name), names)]
        asked["found_with_speaker"] += 1
        right["found_with_speaker"] += bool(good)
        if hits:
            asked["speaker_right"] += 1
            right["speaker_right"] += bool(good)
        if good:
            asked["full_name"] += 1
            right["full_name"] += any(set(names[0]) <= set(g) for g in good)


def covers(quote: QuoteMention, place: tuple[int, int]) -> bool:
    """Whether a quote and a gold place share at least half of the shorter one, no overlong quote among them."""
    size = sum(s.end - s.start for s in quote.content)
    shared = sum(max(0, min(s.end, place[1]) - max(s.start, place[0])) for s in quote.content)
    return shared * 2 >= min(size, place[1] - place[0]) and not (size > 400 and size > 3 * (place[1] - place[0]))


def _plain(name: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(name.casefold()))


def _same_speaker(name: tuple[str, ...], names: Sequence[tuple[str, ...]]) -> bool:
    return name in names or any(name[-1:] == n[-1:] for n in names[:1])
