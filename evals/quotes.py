"""Attributed words against PolNeAR's, and the quotations and speakers of annotated stories.

How a figure is read (words are runs of letters and digits; marks and white space count nowhere):

- `content_overlap_f1`: over the words of each article: those inside some system content against those inside some
  gold content.
- `direct_content_f1`: the same over the attributions whose content opens with a quotation mark, the system's being
  those of kind "direct".
- The others pair attributions one to one, the largest overlap of content first; a pair needs one common word.
  `content_exact_f1`: pairs whose contents hold just the same words. `cue_f1`, `source_f1`: pairs whose cues (sources)
  share a character, against all attributions that have one. `relation_f1`: pairs whose cues overlap and whose sources
  overlap or are both not expressed.

On stories (gold is a selection, so nothing is read of precision): `found_direct` and `found_indirect` are the gold
quotations that a system quotation covers by half in the quoted article, `speaker_right` those of a named speaker of
which the surname agrees, `full_name` those of them with every word of the gold name or one of its aliases in full.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from copydesk.annotating import AnnotatingOptions, annotate
from copydesk.language.tagger import Tagger
from copydesk.model.articles import Article
from copydesk.model.markup import Markup, QuoteMention
from copydesk.model.times import UNKNOWN_WHEN
from evals.rows import Request, Row, f1, leave_out, read_records, set_name

_WORD = re.compile(r"\w+")
_QUOTED = re.compile(r"[“\"«][^“”\"«»]{2,800}[”\"»]")
OPENING = "“\"«„'‘`”"

Places = Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """One attribution of either side: word numbers of its content, places of its cue and source."""

    content: frozenset[int]
    cue: tuple[tuple[int, int], ...]
    source: tuple[tuple[int, int], ...]
    direct: bool


@dataclass(slots=True, kw_only=True)
class Tally:
    """Counts over a set: of system, of gold, and of what agrees, by metric."""

    system: Counter[str] = field(default_factory=Counter)
    gold: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)

    def f1(self, metric: str) -> float:
        precision = self.right[metric] / self.system[metric] if self.system[metric] else 0.0
        recall = self.right[metric] / self.gold[metric] if self.gold[metric] else 0.0
        return f1(precision, recall)


QUOTES_ONLY = AnnotatingOptions(times=False, quantities=False)
METRICS = ("content_overlap", "content_exact", "cue", "source", "relation", "direct_content")


def words_of(text: str) -> list[tuple[int, int]]:
    """Where the words of a text stand."""
    return [m.span() for m in _WORD.finditer(text)]


def word_numbers(words: Places, places: Places) -> frozenset[int]:
    """The numbers of the words that any of the places touches."""
    return frozenset(i for i, (a, b) in enumerate(words) if any(a < end and start < b for start, end in places))


def touch(left: Places, right: Places) -> bool:
    return any(a < d and c < b for a, b in left for c, d in right)


def pair_up(system: Sequence[Attribution], gold: Sequence[Attribution]) -> list[tuple[int, int, int]]:
    """One-to-one pairs (system, gold, common words), the largest overlap first; a touching cue decides a tie."""
    offers = []
    for i, s in enumerate(system):
        for j, g in enumerate(gold):
            if common := len(s.content & g.content):
                offers.append((-common, not touch(s.cue, g.cue), i, j))
    pairs, mine, theirs = [], set(), set()
    for common, _, i, j in sorted(offers):
        if i not in mine and j not in theirs:
            mine.add(i)
            theirs.add(j)
            pairs.append((i, j, -common))
    return pairs


def _union(attributions: Iterable[Attribution]) -> frozenset[int]:
    return frozenset(i for a in attributions for i in a.content)


def count(tally: Tally, system: Sequence[Attribution], gold: Sequence[Attribution]) -> None:
    """Adds one article."""
    for side, counter in ((system, tally.system), (gold, tally.gold)):
        for a in side:
            counter["content_exact"] += 1
            counter["relation"] += 1
            counter["cue"] += bool(a.cue)
            counter["source"] += bool(a.source)
    for metric, mine, theirs in (
        ("content_overlap", _union(system), _union(gold)),
        ("direct_content", _union(a for a in system if a.direct), _union(a for a in gold if a.direct)),
    ):
        tally.system[metric] += len(mine)
        tally.gold[metric] += len(theirs)
        tally.right[metric] += len(mine & theirs)
    for i, j, _ in pair_up(system, gold):
        s, g = system[i], gold[j]
        cue = touch(s.cue, g.cue)
        source = touch(s.source, g.source)
        tally.right["content_exact"] += s.content == g.content
        tally.right["cue"] += cue
        tally.right["source"] += source
        tally.right["relation"] += cue and (source or not (s.source or g.source))


def as_article(record: Mapping[str, Any]) -> Article:
    """A record as the article that cleaning would make of it: its text is taken as it stands."""
    text = str(record["text"])
    headline = str(record.get("headline") or "")
    return Article(
        id=str(record["id"]), path=str(record["id"]), url=None, sha256="",
        headline=headline if headline and text.startswith(headline) else "",
        byline=None, dateline=None, outlet=None, language="en", compared=True, reason=None, published=UNKNOWN_WHEN,
        modified=None, observed=None, credits=(), text=text, source_text=text, blocks=(),
    )


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


def system_attributions(text: str, quotes: Iterable[QuoteMention]) -> list[Attribution]:
    words = words_of(text)
    return [
        Attribution(
            content=word_numbers(words, [(s.start, s.end) for s in q.content]),
            cue=((q.cue.start, q.cue.end),) if q.cue else (),
            source=((q.source.start, q.source.end),) if q.source else (),
            direct=q.kind == "direct",
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
        yield from _attributions(name, records, tagger, peers=request.peers)
    yield from _stories(request, tagger)


def _attributions(name: str, records: Sequence[Mapping[str, Any]], tagger: Tagger, *, peers: bool) -> Iterator[Row]:
    tallies = {"copydesk": Tally(), **({"verbs+syntax": Tally()} if peers else {})}
    plain = [{key: r[key] for key in ("id", "text", "headline") if key in r} for r in records]
    for record, markup in zip(records, annotate(map(as_article, plain), tagger, QUOTES_ONLY), strict=True):
        text = str(record["text"])
        gold = gold_attributions(text, record)
        count(tallies["copydesk"], system_attributions(text, markup.quotes), gold)
        if peers:
            count(tallies["verbs+syntax"], list(baseline(markup, text)), gold)
    for system, tally in tallies.items():
        for metric in METRICS:
            n, value = tally.gold["relation"], tally.f1(metric)
            yield Row(stage="quotes", set=name, system=system, metric=f"{metric}_f1", value=value, n=n)


# The baseline: a short list of verbs, their grammatical subject, their clause or the quotations of the sentence.
BASELINE_VERBS = frozenset(
    ["say", "tell", "add", "write", "ask", "note", "argue", "announce", "claim", "explain", "report", "state", "warn",
     "suggest", "insist", "admit", "declare", "tweet", "reply", "deny", "believe", "think", "according"]
)  # fmt: skip


def baseline(markup: Markup, text: str) -> Iterator[Attribution]:
    """Attributions of a cue-verb list and the dependency tree."""
    tokens, words = markup.tokens, words_of(text)

    def place(top: int) -> tuple[int, int]:
        reach = {top}
        for _ in range(12):
            reach |= {i for i in range(len(tokens)) if tokens.head[i] in reach and abs(i - top) < 80}
        return tokens.start[min(reach)], tokens.end[max(reach)]

    for sentence in markup.sentences:
        inside = range(sentence.first, sentence.last)
        quoted = [(m.start(), m.end()) for m in _QUOTED.finditer(text, sentence.start, sentence.end)]
        for i in inside:
            if tokens.lemma[i] not in BASELINE_VERBS:
                continue
            below = [j for j in inside if tokens.head[j] == i and j != i]
            clause = next((j for j in below if tokens.dep[j] == "ccomp"), None)
            subject = next((j for j in below if tokens.dep[j] == "nsubj"), None)
            content = quoted or ([place(clause)] if clause is not None else [])
            if content:
                yield Attribution(
                    content=word_numbers(words, content),
                    cue=((tokens.start[i], tokens.end[i]),),
                    source=(place(subject),) if subject is not None else (),
                    direct=bool(quoted),
                )
                break


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
