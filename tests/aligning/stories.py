"""Invented stories for the tests of aligning, annotated by the shipped tagger, with voices as the test says."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache

from copydesk.aligning import AligningOptions, align
from copydesk.annotating import AnnotatingOptions, annotate
from copydesk.language.encoder import CachedEncoder, MiniLmEncoder
from copydesk.language.tagger import Tagger
from copydesk.model.articles import Article, Block, Credit
from copydesk.model.copies import CopyLink, Passage, Trace, Voice, VoiceShare
from copydesk.model.piles import Pile
from copydesk.model.spans import Span, Stretch
from copydesk.model.stories import Alignment, Conflict, Fact, Story
from copydesk.model.times import UNKNOWN_WHEN, When
from copydesk.resolving import ResolvingOptions, resolve


@cache
def tagger() -> Tagger:
    return Tagger()


@cache
def encoder() -> CachedEncoder:
    return CachedEncoder(MiniLmEncoder())


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An article: its text, its voice (its own name when not given), its day, and whom it credits for a fact."""

    text: str
    voice: str | None = None
    day: date | None = None
    relay: tuple[str, str] | None = None
    copies: str | None = None
    compared: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Aligned:
    """An alignment with its pile, and ways to ask for parts of it."""

    pile: Pile
    alignment: Alignment
    texts: Mapping[str, str] = field(default_factory=dict)

    def words(self, span: Span) -> str:
        return self.texts[span.article][span.start : span.end]

    def fact(self, words: str) -> Fact:
        """The one fact of which some support holds the words."""
        found = [f for f in self.alignment.facts if any(words in self.words(s.span) for s in f.support)]
        assert len(found) == 1, (words, [f.text for f in found])
        return found[0]

    def conflicts(self, slot: str, kind: str = "conflict") -> list[Conflict]:
        return [c for c in self.alignment.conflicts if c.slot == slot and c.kind == kind]

    def values(self, slot: str, kind: str = "conflict") -> list[list[str]]:
        return [[s.value for s in c.sides] for c in self.conflicts(slot, kind)]


def tell(told: Mapping[str, Told | str], order: Sequence[str] | None = None) -> Aligned:
    """The alignment of one story."""
    entries = {name: entry if isinstance(entry, Told) else Told(text=entry) for name, entry in told.items()}
    articles = [_article(name, entries[name]) for name in (order or sorted(entries))]
    articles.sort(key=lambda a: a.id)
    markups = tuple(annotate(articles, tagger(), AnnotatingOptions()))
    pile = Pile(articles=tuple(articles), markups=markups, trace=_trace(articles, entries))
    story = Story(id="s-test", articles=tuple(a.id for a in articles), membership=())
    resolution = resolve(pile, story, ResolvingOptions())
    alignment = align(pile, resolution, encoder(), AligningOptions())
    return Aligned(pile=pile, alignment=alignment, texts={a.id: a.text for a in articles})


def _article(name: str, told: Told) -> Article:
    day = told.day
    published = (
        UNKNOWN_WHEN
        if day is None
        else When(value=day.isoformat(), earliest=day, latest=day, precision="day", method="meta")
    )
    credits: tuple[Credit, ...] = ()
    if told.relay is not None:
        source, words = told.relay
        at = told.text.index(words)
        credits = (
            Credit(name=source, kind="relay", span=Span(article=name, start=at, end=at + len(words)), reason="test"),
        )
    return Article(
        id=name, path=f"{name}.txt", url=None, sha256=hashlib.sha256(told.text.encode()).hexdigest(), headline="",
        byline=None, dateline=None, outlet=None, language="en", compared=told.compared, reason=None, published=published,
        modified=None, observed=None, credits=credits, text=told.text, source_text=told.text,
        blocks=(Block(kind="body", start=0, end=len(told.text), at=0, reason="test"),),
    )  # fmt: skip


def _trace(articles: Sequence[Article], entries: Mapping[str, Told]) -> Trace:
    voices: dict[str, list[str]] = {}
    for article in articles:
        voices.setdefault(entries[article.id].voice or f"v-{article.id}", []).append(article.id)
    shares = {
        a.id: (
            VoiceShare(
                voice=entries[a.id].voice or f"v-{a.id}",
                share=1.0,
                spans=(Stretch(start=0, end=len(a.text)),),
                reasons=(),
            ),
        )
        for a in articles
    }
    texts = {a.id: a.text for a in articles}
    links = tuple(
        CopyLink(
            origin=origin, origin_voice=None, copy=a.id, kind="verbatim", coverage=1.0, score=1.0, direction="known", reasons=(),
            passages=(Passage(origin=Stretch(start=0, end=len(texts[origin])), copy=Stretch(start=0, end=len(a.text)), kind="verbatim", similarity=1.0),),
        )
        for a in articles
        if (origin := entries[a.id].copies) is not None
    )  # fmt: skip
    return Trace(
        links=links, lines=(), shares=shares,
        voices=tuple(Voice(id=v, name=v.removeprefix("v-"), kind="outlet", articles=tuple(held), reasons=()) for v, held in sorted(voices.items())),
    )  # fmt: skip


def later(told: Told, day: date) -> Told:
    return replace(told, day=day)
