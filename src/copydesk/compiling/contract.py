"""The shape of brief.json, field by field: what is written, what is read back, what the JSON Schema is made from."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

Offset = Annotated[int, Meta(ge=0)]
Count = Annotated[int, Meta(ge=0)]
Ratio = Annotated[float, Meta(ge=0, le=1)]
Day = Annotated[str, Meta(pattern=r"^\d{4}-\d{2}-\d{2}$")]
Instant = Annotated[str, Meta(pattern=r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$")]
Id = Annotated[str, Meta(min_length=1)]
Scalar = str | int | float | bool | None
CopyKindName = Literal["verbatim", "edited", "rewritten"]


class Record(Struct, frozen=True, forbid_unknown_fields=True, rename={"in_": "in", "from_": "from"}):
    """A JSON object with exactly these members."""


class StretchRecord(Record, frozen=True, kw_only=True):
    """A half-open range of code points in a text that the context names."""

    start: Offset
    end: Offset


class SpanRecord(Record, frozen=True, kw_only=True):
    """A half-open range of code points in one article's text, or in its source text when `in` says so."""

    article: Id
    start: Offset
    end: Offset
    in_: Literal["source"] | UnsetType = UNSET


class WhenRecord(Record, frozen=True, kw_only=True):
    """A time with its bounds (both inclusive), its method and the words it rests on."""

    value: str | None
    earliest: Day | None
    latest: Day | None
    precision: Literal["time", "day", "week", "month", "quarter", "season", "year", "decade", "range", "unknown"]
    method: str
    evidence: list[SpanRecord]


class CreditRecord(Record, frozen=True, kw_only=True):
    """Words that name where text, a photo or one fact came from."""

    name: str
    kind: Literal["text", "contribution", "relay", "photo"]
    article: Id
    start: Offset
    end: Offset
    in_: Literal["source"] | UnsetType = UNSET


class ShareRecord(Record, frozen=True, kw_only=True):
    """The part of one article's body that one voice supplies."""

    id: Id
    share: Ratio
    spans: list[StretchRecord]
    reasons: list[str]


class BlockRecord(Record, frozen=True, kw_only=True):
    """A stretch of source text with a kind; `at` is its place in `text`, null when dropped."""

    kind: Literal["headline", "body", "byline", "dateline", "caption", "credit", "legal", "furniture"]
    start: Offset
    end: Offset
    at: Offset | None
    reason: str


class WarningRecord(Record, frozen=True, kw_only=True):
    """Something about an article's wording that a reader should know."""

    kind: Literal["altered-language"]
    start: Offset
    end: Offset
    text: str
    stands_for: str | None
    support: list[SpanRecord]
    reason: str


class ChangeRecord(Record, frozen=True, kw_only=True):
    """One difference between a revision and the text before it."""

    from_: StretchRecord
    to: StretchRecord


class RevisionRecord(Record, frozen=True, kw_only=True):
    """A later capture of the same article whose text differs."""

    id: Id
    observed: Day | None
    changes: list[ChangeRecord]
    facts: list[Id]


class ArticleRecord(Record, frozen=True, kw_only=True):
    """What one capture carries, with its voices by passage."""

    id: Id
    path: str
    url: str | None
    sha256: Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$")]
    headline: str
    byline: str | None
    dateline: str | None
    outlet: str | None
    language: str
    compared: bool
    reason: str | None
    published: WhenRecord
    modified: WhenRecord | None
    observed: Day | None
    credits: list[CreditRecord]
    voices: list[ShareRecord]
    text: str
    source_text: str
    blocks: list[BlockRecord]
    warnings: list[WarningRecord]
    revisions: list[RevisionRecord]


class SkippedRecord(Record, frozen=True, kw_only=True):
    """One item that did not become what it should have, and why."""

    path: str
    stage: str
    reason: str


class MembershipRecord(Record, frozen=True, kw_only=True):
    """Why one article belongs to a story."""

    article: Id
    reasons: list[str]


class StatementRecord(Record, frozen=True, kw_only=True):
    """A line of text with the words it rests on."""

    text: str
    support: list[SpanRecord]


class VoiceRecord(Record, frozen=True, kw_only=True):
    """An agency or outlet that supplies a third or more of an article's body, or is its only voice."""

    id: Id
    name: str
    kind: Literal["agency", "outlet", "unknown"]
    articles: list[Id]
    reasons: list[str]


class OriginRecord(Record, frozen=True, kw_only=True):
    """Where copied text came from: an article of the pile, or a voice whose own article is not in it."""

    article: Id | UnsetType = UNSET
    voice: Id | UnsetType = UNSET


class PassageRecord(Record, frozen=True, kw_only=True):
    """A pair of stretches that carry the same text; `from` is null where only the voice of origin is known."""

    from_: StretchRecord | None
    to: StretchRecord
    kind: CopyKindName
    similarity: Ratio


class CopyRecord(Record, frozen=True, kw_only=True):
    """Evidence that one article's text came in whole or part from elsewhere."""

    from_: OriginRecord
    to: Id
    kind: CopyKindName
    coverage: Ratio
    score: Ratio
    direction: Literal["known", "inferred", "unknown"]
    passages: list[PassageRecord]
    reasons: list[str]
    evidence: list[SpanRecord]


class AliasRecord(Record, frozen=True, kw_only=True):
    """One spelling of an entity's name."""

    text: str
    count: Count
    articles: list[Id]


class PlaceRecord(Record, frozen=True, kw_only=True):
    """Where a place lies: degrees north and east, and its country."""

    lat: Annotated[float, Meta(ge=-90, le=90)]
    lon: Annotated[float, Meta(ge=-180, le=180)]
    country: str


class RegisterLinkRecord(Record, frozen=True, kw_only=True):
    """The record of a register of the user's own that an entity is, how surely, and why."""

    id: Id
    name: str
    score: Ratio
    reason: str


class EntityRecord(Record, frozen=True, kw_only=True):
    """A person, organization, place or other named thing of one story."""

    id: Id
    type: Literal["person", "organization", "place", "event", "work", "other"]
    name: str
    aliases: list[AliasRecord]
    roles: list[StatementRecord]
    place: PlaceRecord | None
    mentions: list[SpanRecord]
    reasons: list[str]
    links: list[RegisterLinkRecord] | UnsetType = UNSET


class QuoteRecord(Record, frozen=True, kw_only=True):
    """A statement with its speaker, across the articles that carry it."""

    id: Id
    speaker: Id | None
    speaker_text: str
    kind: Literal["direct", "indirect", "mixed"]
    text: str
    cue: str
    via: list[str]
    support: list[SpanRecord]
    variants: list[StatementRecord]


class MomentRecord(Record, frozen=True, kw_only=True):
    """Something the story dates."""

    when: WhenRecord
    modality: Literal["happened", "planned"]
    text: str
    support: list[SpanRecord]


class SlotRecord(Record, frozen=True, kw_only=True):
    """One value that a claim gives, what it is of, and the words that give it (in the article's text)."""

    about: str
    value: str
    start: Offset
    end: Offset


class ClaimRecord(Record, frozen=True, kw_only=True):
    """One thing one article says; `slots` maps a slot's name to the values given for it."""

    id: Id
    article: Id
    start: Offset
    end: Offset
    voice: Id | None
    speaker: Id | None
    modality: Literal["happened", "planned", "denied", "alleged", "asked"]
    slots: dict[Literal["number", "date", "duration", "ordinal", "name", "place", "polarity"], list[SlotRecord]]


class SupportRecord(Record, frozen=True, kw_only=True):
    """The words of one claim behind a fact, and the voice they count for (null: not compared, or too little alike)."""

    article: Id
    start: Offset
    end: Offset
    voice: Id | None


class FactRecord(Record, frozen=True, kw_only=True):
    """Claims of several articles that say the same thing."""

    id: Id
    text: str
    status: Literal["corroborated", "single-voice", "disputed"]
    claims: list[Id]
    support: list[SupportRecord]
    articles: Count
    voices: Count
    omitted_by: list[Id]
    when: WhenRecord | None
    entities: list[Id]
    weight: Ratio
    reasons: list[str]


class SideRecord(Record, frozen=True, kw_only=True):
    """One of the values that a conflict's claims give."""

    value: str
    when: WhenRecord | None
    text: str
    support: list[SpanRecord]
    voices: list[Id]


class ConflictRecord(Record, frozen=True, kw_only=True):
    """Claims that give one slot values that cannot all hold, or an update; an update's sides in order of time."""

    id: Id
    kind: Literal["conflict", "update"]
    about: str
    slot: Literal["number", "date", "duration", "ordinal", "name", "place", "polarity"]
    facts: list[Id]
    sides: list[SideRecord]
    reason: str


class StoryRecord(Record, frozen=True, kw_only=True):
    """A story compiled for a reader."""

    id: Id
    headline: str
    articles: list[Id]
    membership: list[MembershipRecord]
    part_of: Id | None
    when: WhenRecord
    where: list[Id]
    who: list[Id]
    summary: list[StatementRecord]
    voices: list[VoiceRecord]
    copies: list[CopyRecord]
    entities: list[EntityRecord]
    quotes: list[QuoteRecord]
    timeline: list[MomentRecord]
    claims: list[ClaimRecord]
    facts: list[FactRecord]
    conflicts: list[ConflictRecord]


class CorrectionRecord(Record, frozen=True, kw_only=True):
    """What the user said, and whether this run found both things and applied it."""

    subject: Literal["entity", "link", "story"]
    verdict: Literal["same", "not-same"]
    left: str
    right: str
    reason: str
    used: bool
    by: Literal["user"] = "user"


class BriefRecord(Record, frozen=True, kw_only=True):
    """The answer for one pile. `options` holds each stage's options, the models' names and the corrections."""

    schema: Literal["copydesk.brief/1"]
    generated: Instant
    copydesk: str
    options: dict[str, dict[str, Scalar] | list[CorrectionRecord]]
    articles: list[ArticleRecord]
    skipped: list[SkippedRecord]
    stories: list[StoryRecord]
