"""A story compiled for a reader, and the brief that holds them all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from copydesk.model.articles import Article, ArticleWarning
from copydesk.model.captures import Skipped
from copydesk.model.copies import CopyLink, Voice, VoiceShare
from copydesk.model.corrections import Correction
from copydesk.model.spans import Span, Stretch
from copydesk.model.stories import Claim, Conflict, Entity, Fact, Moment, Quote, Story
from copydesk.model.times import When


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One line of a summary with the words it rests on."""

    text: str
    support: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One difference between a revision and the text before it."""

    before: Stretch
    after: Stretch


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """A later capture of the same article whose text differs."""

    id: str
    observed: date | None
    changes: tuple[Change, ...]
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TracedArticle:
    """An article with its voices by passage, its warnings and its revisions."""

    article: Article
    voices: tuple[VoiceShare, ...]
    warnings: tuple[ArticleWarning, ...]
    revisions: tuple[Revision, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """A story compiled for a reader.

    `voices` are those that count; `passing_voices` supply less than a third of every article they stand in.
    """

    story: Story
    headline: str
    when: When
    where: tuple[str, ...]
    who: tuple[str, ...]
    summary: tuple[Statement, ...]
    voices: tuple[Voice, ...]
    copies: tuple[CopyLink, ...]
    entities: tuple[Entity, ...]
    quotes: tuple[Quote, ...]
    timeline: tuple[Moment, ...]
    claims: tuple[Claim, ...]
    facts: tuple[Fact, ...]
    conflicts: tuple[Conflict, ...]
    articles: tuple[TracedArticle, ...]
    passing_voices: tuple[Voice, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """The answer for one pile: every input accounted for. `generated` is aware UTC."""

    generated: datetime
    version: str
    options: Mapping[str, Mapping[str, str | int | float | bool | None]]
    articles: tuple[TracedArticle, ...]
    skipped: tuple[Skipped, ...]
    dossiers: tuple[Dossier, ...]
    corrections: tuple[Correction, ...] = ()
