"""What a desk keeps: captures and what became of them, texts of articles, stories as listed, what it did, searches."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from copydesk.model.articles import Article
from copydesk.model.corrections import Correction

Became = Literal["waiting", "article", "revision", "same", "skipped"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What became of one capture: an article, a revision of one, the same text again, or skipped for a reason."""

    capture: str
    path: str
    became: Became
    article: str | None = None
    reason: str | None = None
    added: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredText:
    """One text of an article as one capture carried it; `number` 1 is the first, each later one a revision.

    `key` is the address (or path) by which a later capture is known to be of the same article.
    """

    article: Article
    capture: str
    number: int
    added: datetime
    key: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryRow:
    """A story as a list shows it. `key` names the dossier it was compiled to; `added` is the day it first stood."""

    id: str
    key: str
    headline: str
    articles: tuple[str, ...]
    voices: tuple[tuple[str, str], ...]  # id and name
    facts: int
    corroborated: int
    disputed: int
    conflicts: int
    value: str | None
    earliest: date | None
    latest: date | None
    outlets: tuple[str, ...]
    languages: tuple[str, ...]
    places: tuple[str, ...]
    arrivals: tuple[datetime, ...]  # when each article was added, in order
    added: datetime | None  # when it was formed; None before it is kept
    changed: datetime | None
    part_of: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleVoice:
    """One voice in one article with the share of its body that it supplies."""

    article: str
    voice: str
    name: str
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that a desk did or found: `kind` "formed", "grew", "joined", "parted", "revised", "corrected", "forgot"."""

    at: datetime
    kind: str
    story: str | None
    article: str | None
    words: str
    seq: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A correction with its number in the desk's log, when it was said, and when it was taken back."""

    number: int
    correction: Correction
    at: datetime
    undone: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchQuery:
    """A search, taken apart: words and phrases that must stand, those that must not, and what narrows it.

    `like` are words of which any may stand: the more, and the rarer, the better. `before` is exclusive.
    """

    must: tuple[str, ...] = ()
    must_not: tuple[str, ...] = ()
    like: tuple[str, ...] = ()
    who: tuple[str, ...] = ()
    outlet: tuple[str, ...] = ()
    voice: tuple[str, ...] = ()
    story: tuple[str, ...] = ()
    before: date | None = None
    after: date | None = None
    limit: int = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One article that a search found. In `snippet` U+2402 and U+2403 stand around each word that was asked for."""

    article: str
    headline: str
    outlet: str | None
    published: str | None
    url: str | None
    story: str | None
    snippet: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How much a desk holds; `outside` are the articles that are in no story until the next update."""

    captures: int
    waiting: int
    articles: int
    outside: int
    revisions: int
    skipped: int
    stories: int
    feeds: int
    pages: int


HIT_START, HIT_END = "\u2402", "\u2403"
