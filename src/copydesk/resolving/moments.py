"""Markup of a story, its clock → the timeline: what the articles date, merged where several date the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from rapidfuzz import fuzz

from copydesk.model.articles import Article
from copydesk.model.markup import Markup, Sentence, TimeMention
from copydesk.model.piles import Pile
from copydesk.model.spans import Span, Stretch
from copydesk.model.stories import Moment, Story
from copydesk.model.times import Precision, When
from copydesk.resolving.clock_evidence import bare_term
from copydesk.text.calendar import ground, split_term
from copydesk.text.normalise import find_words

TEXT_MAX = 420  # code points of a timeline entry; a longer sentence is cut to the clause that holds its time
CLAUSE_MIN = 25
SIMILAR = 68.0  # of 100: two entries of one day say the same; read off the dossiers' timelines
SIMILAR_CLOSE = 85.0  # the same where one gives the month and the other the day
CLOCKS_MAX = 3  # a sentence with more clock times is a schedule
FINER: dict[Precision, int] = {"time": 0, "day": 0, "week": 1, "range": 1, "month": 2, "quarter": 3, "season": 3, "year": 4, "decade": 5}
_CUT = re.compile(r"[;:—–]\s|,?\s(?:and|but|while|after|before|when|which|who|that|although|though|because|since|where)\s|,\s|[.!?]\s")
_NOWHERE = frozenset({"ref", "dur", "set", "last", "next", "rest", "since", "until", "before", "after"})
_AHEAD = re.compile(r"\b(?:will|shall|to be held|scheduled|planned|due|expected|plans?|set to|is to|are to|would|deadline)\b", re.IGNORECASE)

_SAYS_DAY = re.compile(r"today|tonight|this|yesterday|tomorrow|last|next", re.IGNORECASE)
_NOTICE = re.compile(r"\S@\S|https?:|www\.|\.com/|©|\(c\) ?\d{4}|all rights reserved|\bopening hours\b|\bsubscri", re.IGNORECASE)

Modality = Literal["happened", "planned"]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """One dated stretch of one article."""

    when: When
    modality: Modality
    text: str
    words: str
    spans: tuple[Span, ...]


def find_moments(pile: Pile, story: Story, published: dict[str, When]) -> tuple[Moment, ...]:
    """What the story's articles date, in order of time; the same moment of several articles is one entry.

    `published` is the story's clock: an entry of an article that it knows only as an interval is as wide as that.
    """
    entries = [
        entry
        for article, markup in zip(pile.articles, pile.markups, strict=True)
        for entry in _entries(article, markup, published.get(article.id, article.published))
    ]
    merged = [_merge(group) for group in _groups(entries)]
    return tuple(sorted(merged, key=_order))


def _order(moment: Moment) -> tuple[date, date, str]:
    return moment.when.earliest or date.min, moment.when.latest or date.max, moment.text


def _entries(article: Article, markup: Markup, published: When) -> Iterator[_Entry]:
    times = [t for t in markup.times if t.type in ("DATE", "TIME")]
    at = 0
    for sentence in markup.sentences:
        while at < len(times) and times[at].start < sentence.start:
            at += 1
        inside = []
        while at < len(times) and times[at].start < sentence.end:
            inside.append(times[at])
            at += 1
        if inside and _tells(article.text, markup, sentence, inside):
            yield from _of_sentence(article, sentence, inside, published)


def _tells(text: str, markup: Markup, sentence: Sentence, times: list[TimeMention]) -> bool:
    """Whether a sentence says that something happened: it has a verb, and is no list of hours and no notice."""
    if _NOTICE.search(text, sentence.start, sentence.end):
        return False
    if sum(t.type == "TIME" and ":" in t.expression for t in times) > CLOCKS_MAX:
        return False
    tags = markup.tokens.pos[sentence.first : sentence.last]
    return len(tags) > 4 and ("VERB" in tags or "AUX" in tags or "X" in tags)


def _of_sentence(article: Article, sentence: Sentence, times: list[TimeMention], published: When) -> Iterator[_Entry]:
    dated: list[tuple[TimeMention, When]] = []
    for mention in times:
        when = place_in_time(mention, published, article.id)
        if when is None:
            continue
        known = next((i for i, (_, other) in enumerate(dated) if other.interval == when.interval), None)
        if known is None:
            dated.append((mention, when))
    for mention, when in dated:
        stretch = _clause(article.text, sentence, mention, alone=len(dated) == 1)
        text = article.text[stretch.start : stretch.end]
        yield _Entry(
            when=when,
            modality=_modality(text, mention, when, published),
            text=" ".join(text.split()),
            words=" ".join(w.key for w in find_words(text)),
            spans=(Span(article=article.id, start=stretch.start, end=stretch.end),),
        )


def place_in_time(mention: TimeMention, published: When, article: str) -> When | None:
    """When a mention means, read by the article's clock; None where it names no place in the calendar."""
    if split_term(bare_term(mention.expression))[0] in _NOWHERE:
        return None
    if mention.type == "TIME" and mention.expression.endswith(",rel(0,day))") and not _SAYS_DAY.search(mention.text):
        return None  # a clock time of a day that nobody named
    days: list[date | None] = [d for d in (published.earliest, published.latest) if d is not None]
    read = [ground(mention.expression, d) for d in days or [None]]
    bounds = [r.bounds for r in read if r.bounds is not None]
    if not bounds or read[0].precision == "unknown":
        return None
    first, last = min(b[0] for b in bounds), max(b[1] for b in bounds)
    same = all(b == bounds[0] for b in bounds)
    return When(
        value=read[0].value if same else None, earliest=first, latest=last, precision=read[0].precision if same else "range",
        method="stated" if mention.anchor == "none" else "anchored" if published.day else published.method,
        evidence=(Span(article=article, start=mention.start, end=mention.end),),
    )  # fmt: skip


def _clause(text: str, sentence: Sentence, mention: TimeMention, *, alone: bool) -> Stretch:
    """The sentence, or where it dates several things or is too long, the clause that holds the time."""
    if alone and sentence.end - sentence.start <= TEXT_MAX:
        return Stretch(start=sentence.start, end=sentence.end)
    start, end = sentence.start, sentence.end
    for cut in _CUT.finditer(text, sentence.start, sentence.end):
        if cut.end() <= mention.start and mention.end - cut.end() >= CLAUSE_MIN:
            start = cut.end()
        elif cut.start() >= mention.end and cut.start() - start >= CLAUSE_MIN:
            end = cut.start()
            break
    if end - start > TEXT_MAX:
        start = max(start, mention.start - TEXT_MAX // 2)
        end = min(end, start + TEXT_MAX)
    return Stretch(start=start, end=end)


def _modality(text: str, mention: TimeMention, when: When, published: When) -> Modality:
    """Planned is what lies wholly after publication, or is told as still to come."""
    if when.earliest is not None and published.latest is not None and when.earliest > published.latest:
        return "planned"
    ahead = ",future" in mention.expression and _AHEAD.search(text) is not None
    behind = when.latest is not None and published.earliest is not None and when.latest < published.earliest
    return "planned" if ahead and not behind else "happened"


def _groups(entries: list[_Entry]) -> list[list[_Entry]]:
    """Entries that date the same: equal days and like words, or nearly equal words and days that hold each other."""
    groups: list[list[_Entry]] = []
    for entry in sorted(entries, key=lambda e: (FINER.get(e.when.precision, 9), e.when.earliest or date.min, e.spans)):
        home = next((g for g in groups if any(_same(entry, other) for other in g)), None)
        if home is None:
            groups.append([entry])
        else:
            home.append(entry)
    return groups


def _same(one: _Entry, other: _Entry) -> bool:
    if one.modality != other.modality or not one.when.interval.meets(other.when.interval):
        return False
    least = SIMILAR if one.when.interval == other.when.interval else SIMILAR_CLOSE
    return fuzz.token_set_ratio(one.words, other.words) >= least


def _merge(group: list[_Entry]) -> Moment:
    """One entry for a group: the finest time, the words most like all the others', every span."""
    finest = group[0].when
    best = max(group, key=lambda e: (sum(fuzz.token_set_ratio(e.words, o.words) for o in group), -len(e.text), e.text))
    spans = tuple(sorted({s for e in group for s in e.spans}))
    evidence = tuple(sorted({s for e in group if e.when.interval == finest.interval for s in e.when.evidence}))
    when = When(
        value=finest.value, earliest=finest.earliest, latest=finest.latest, precision=finest.precision, method=finest.method,
        evidence=evidence,
    )  # fmt: skip
    return Moment(when=when, modality=group[0].modality, text=best.text, support=spans)
