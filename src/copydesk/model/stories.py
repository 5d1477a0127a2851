"""Articles about one event, and what they tell of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from copydesk.model.markup import NameType, QuoteKind
from copydesk.model.registers import RegisterLink
from copydesk.model.spans import Span
from copydesk.model.times import Modality, When

SlotName = Literal["number", "date", "duration", "ordinal", "name", "place", "polarity"]
Status = Literal["corroborated", "single-voice", "disputed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """Why one article belongs to a story."""

    article: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """The articles about one event or one closely linked course of events, in order of id."""

    id: str
    articles: tuple[str, ...]
    membership: tuple[Membership, ...]
    part_of: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Alias:
    """One spelling of an entity's name, how often and where."""

    text: str
    count: int
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """What an entity is called besides its name ("foreign minister of …"), in the words of the text."""

    text: str
    support: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a place lies: degrees north and east, ISO 3166 alpha-2 country."""

    lat: float
    lon: float
    country: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """A person, organization, place or other named thing of one story; `links` lead to a register of the user's own."""

    id: str
    type: NameType
    name: str
    aliases: tuple[Alias, ...]
    roles: tuple[Role, ...]
    place: Place | None
    mentions: tuple[Span, ...]
    reasons: tuple[str, ...]
    links: tuple[RegisterLink, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteVariant:
    """The same statement as another article has it."""

    text: str
    support: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A statement with its speaker, across the articles that carry it.

    `speaker` is an entity id or None; `speaker_text` the words that name the speaker, "" when none do.
    """

    id: str
    speaker: str | None
    speaker_text: str
    kind: QuoteKind
    text: str
    cue: str
    via: tuple[str, ...]
    support: tuple[Span, ...]
    variants: tuple[QuoteVariant, ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """Something the story dates: the sentence or clause, and when it happened or is to happen."""

    when: When
    modality: Literal["happened", "planned"]
    text: str
    support: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """Who, where and when of one story.

    `when` is the time of the story's main event; `published` maps an article id to its publication time as the
    story's clock narrows it (the article's own where that was known). `entity_of` maps each name mention's span
    to its entity, pronouns and titles that stand for a person among them.
    """

    story: Story
    entities: tuple[Entity, ...]
    entity_of: dict[Span, str]
    quotes: tuple[Quote, ...]
    moments: tuple[Moment, ...]
    when: When
    where: tuple[str, ...]
    who: tuple[str, ...]
    published: dict[str, When]


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One value that a claim gives: what it is of ("people killed"), and the words that give it.

    `value` is normalised (a number, an ISO interval, an entity id, "yes"/"no"); `start` and `end` count in `text`.
    """

    name: SlotName
    about: str
    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One thing one article says, with its place, its voice, its speaker and its modality."""

    id: str
    article: str
    start: int
    end: int
    voice: str | None
    speaker: str | None
    modality: Modality
    slots: tuple[Slot, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """The words of one claim behind a fact, and the voice they count for (None: not compared, or too little alike)."""

    span: Span
    voice: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """Claims of several articles that say the same thing.

    `voices` counts distinct voices of the support; `omitted_by` lists the story's other voices;
    `weight` (0 to 1) orders facts by how much they matter. `detail_of` is the clause that tells best what a detail is of,
    "" where the claims are clauses themselves.
    """

    id: str
    text: str
    status: Status
    claims: tuple[str, ...]
    support: tuple[Support, ...]
    articles: int
    voices: int
    omitted_by: tuple[str, ...]
    when: When | None
    entities: tuple[str, ...]
    weight: float
    reasons: tuple[str, ...]
    detail_of: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the values that a conflict's claims give, in the words of the text."""

    value: str
    when: When | None
    text: str
    support: tuple[Span, ...]
    voices: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Claims that give one slot values that cannot all hold, or an update where a later one replaces an earlier."""

    id: str
    kind: Literal["conflict", "update"]
    about: str
    slot: SlotName
    facts: tuple[str, ...]
    sides: tuple[Side, ...]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Alignment:
    """The claims of one story, each in exactly one fact, and where they cannot all hold."""

    claims: tuple[Claim, ...]
    facts: tuple[Fact, ...]
    conflicts: tuple[Conflict, ...]
