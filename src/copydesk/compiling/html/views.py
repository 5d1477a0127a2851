"""What the page shows, part by part: text and links, no markup."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """A voice as the page marks it: a letter and a tint, the same everywhere in one story."""

    letter: str
    tint: int
    name: str
    href: str
    listed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Words in an article that a statement rests on, and where they stand on the page."""

    href: str
    number: int
    label: str
    text: str
    chip: Chip | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementView:
    """A summary line, or a dated line of the timeline."""

    anchor: str
    text: str
    words: tuple[Words, ...]
    when: str = ""
    method: str = ""
    planned: bool = False
    disputed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FactView:
    anchor: str
    label: str
    text: str
    context: str
    status: str
    articles: str
    voices: str
    chips: tuple[Chip, ...]
    omitted: tuple[Chip, ...]
    words: tuple[Words, ...]
    when: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SideView:
    value: str
    when: str
    text: str
    chips: tuple[Chip, ...]
    words: tuple[Words, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictView:
    anchor: str
    label: str
    about: str
    slot: str
    sides: tuple[SideView, ...]
    reason: str
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteView:
    anchor: str
    label: str
    text: str
    kind: str
    cue: str
    via: str
    words: tuple[Words, ...]
    variants: tuple[StatementView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerView:
    """One speaker: what stands in quotation marks, and what the articles say in their own words."""

    name: str
    role: str
    quotes: tuple[QuoteView, ...]
    indirect: tuple[QuoteView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceView:
    chip: Chip
    anchor: str
    kind: str
    articles: tuple[tuple[str, int, str], ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityView:
    name: str
    type: str
    aliases: tuple[str, ...]
    roles: tuple[Words, ...]
    place: str
    mentions: tuple[Words, ...]
    mentioned: str
    reasons: tuple[str, ...]
    links: tuple[tuple[str, str, str], ...] = ()  # address or "", what is shown, why


@dataclass(frozen=True, slots=True, kw_only=True)
class PassageView:
    kind: str
    similarity: str
    origin: Words | None
    copy: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyView:
    anchor: str
    origin: str
    origin_href: str
    copy: str
    copy_href: str
    kind: str
    coverage: str
    score: str
    direction: str
    reasons: tuple[str, ...]
    evidence: tuple[Words, ...]
    passages: tuple[PassageView, ...]
    more: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One article's box in the matrix: empty text where the article does not say it."""

    letter: str
    tint: int
    href: str
    mark: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixColumn:
    number: int
    href: str
    label: str
    title: str
    compared: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixRow:
    label: str
    href: str
    text: str
    status: str
    voices: int
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixView:
    columns: tuple[MatrixColumn, ...]
    rows: tuple[MatrixRow, ...]
    more: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A piece of marked text: opening and closing an anchor, a run of text, or a small link set into it."""

    kind: Literal["open", "close", "text", "ref"]
    id: str = ""
    css: str = ""
    text: str = ""
    href: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    css: str
    tokens: tuple[Token, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DroppedView:
    kind: str
    reason: str
    tokens: tuple[Token, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WarningView:
    anchor: str
    text: str
    stands_for: str
    reason: str
    href: str
    support: tuple[Words, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditView:
    name: str
    kind: str
    reason: str
    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareView:
    chip: Chip
    share: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisionView:
    observed: str
    changes: int
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleView:
    anchor: str
    number: int
    label: str
    headline: str
    byline: str
    dateline: str
    language: str
    not_compared: str
    published: str
    published_method: str
    published_words: tuple[Words, ...]
    modified: str
    observed: str
    address: str
    path: str
    chips: tuple[Chip, ...]
    shares: tuple[ShareView, ...]
    credits: tuple[CreditView, ...]
    warnings: tuple[WarningView, ...]
    revisions: tuple[RevisionView, ...]
    membership: tuple[str, ...]
    paragraphs: tuple[Paragraph, ...]
    dropped: tuple[DroppedView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A voice's share of the strip under the count."""

    chip: Chip
    articles: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A rectangle of the lineage picture with its words."""

    x: int
    y: int
    width: int
    height: int
    css: str
    text: str = ""
    second: str = ""
    href: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """A line of the lineage picture; `label` stands at (x, y)."""

    path: str
    css: str
    marker: str
    label: str
    x: int
    y: int
    href: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LineageView:
    width: int
    height: int
    lanes: tuple[Box, ...]
    boxes: tuple[Box, ...]
    edges: tuple[Edge, ...]
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceView:
    """A place on the map: its mark at (x, y), its name at (name_x, name_y), "" where there is no room for one."""

    x: int
    y: int
    css: str
    name: str
    name_x: int
    name_y: int
    href: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MapView:
    """A map drawn from the gazetteer's towns: `land` and `grid` are SVG paths, `lines` the degrees of the grid."""

    width: int
    height: int
    land: str
    grid: str
    lines: tuple[tuple[int, int, str], ...]
    places: tuple[PlaceView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryView:
    anchor: str
    number: int
    headline: str
    left_out: int
    part_of: str
    part_of_href: str
    articles: int
    voices: int
    not_compared: int
    when: str
    when_method: str
    when_words: tuple[Words, ...]
    where: tuple[Words, ...]
    who: tuple[Words, ...]
    strip: tuple[Point, ...]
    summary: tuple[StatementView, ...]
    corroborated: tuple[FactView, ...]
    disputed: tuple[FactView, ...]
    single: tuple[FactView, ...]
    details: tuple[FactView, ...]
    additions: tuple[FactView, ...]
    conflicts: tuple[ConflictView, ...]
    updates: tuple[ConflictView, ...]
    speakers: tuple[SpeakerView, ...]
    timeline: tuple[StatementView, ...]
    voice_list: tuple[VoiceView, ...]
    copies: tuple[CopyView, ...]
    copies_more: int
    lineage: LineageView
    map: MapView | None
    matrix: MatrixView
    entities: tuple[EntityView, ...]
    sources: tuple[ArticleView, ...]
