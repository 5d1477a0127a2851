"""What one capture carries, block by block."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from copydesk.model.spans import Span, Stretch
from copydesk.model.times import When

BlockKind = Literal["headline", "body", "byline", "dateline", "caption", "credit", "legal", "furniture"]
CreditKind = Literal["text", "contribution", "relay", "photo"]
KEPT_KINDS: frozenset[BlockKind] = frozenset({"headline", "body"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A stretch of source text with a kind.

    `start` and `end` count in `source_text`; `at` is the block's place in `text`, None when it was dropped.
    """

    kind: BlockKind
    start: int
    end: int
    at: int | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """Words that name where text, a photo or one fact came from.

    `name` is the agency's or outlet's usual name ("AFP"); `span` covers the words that say so, `in_source`
    when they stand in a dropped block.
    """

    name: str
    kind: CreditKind
    span: Span
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleWarning:
    """Something about an article's wording that a reader should know, such as words that stand for others."""

    kind: Literal["altered-language"]
    start: int
    end: int
    text: str
    stands_for: str | None
    support: tuple[Span, ...]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """What one capture carries; once made it never changes.

    `text` is the headline, then the kept blocks in their order, each characters-for-characters from `source_text`,
    joined by a blank line. `compared` False (with `reason`) means: listed, but adds to no count of voices.
    `published` never rests on when the page was seen: that is `observed`. `sha256` is of the captured bytes.
    """

    id: str
    path: str
    url: str | None
    sha256: str
    headline: str
    byline: str | None
    dateline: str | None
    outlet: str | None
    language: str
    compared: bool
    reason: str | None
    published: When
    modified: When | None
    observed: date | None
    credits: tuple[Credit, ...]
    text: str
    source_text: str
    blocks: tuple[Block, ...]

    def to_source(self, stretch: Stretch) -> list[Stretch]:
        """The pieces of `source_text` that a stretch of `text` was taken from, in order."""
        pieces = []
        for block in self.blocks:
            if block.at is None:
                continue
            start, end = max(stretch.start, block.at), min(stretch.end, block.at + block.end - block.start)
            if start < end:
                shift = block.start - block.at
                pieces.append(Stretch(start=start + shift, end=end + shift))
        return pieces


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeats:
    """Lines that recur across a site or a pile, by the key that cleaning gives a line.

    `pages` counts the pages of the pile; `by_pile` maps a line's key to the number of pages that hold it,
    `by_outlet` the same within one outlet ("outlet\\tkey"). Only keys on two or more pages are kept.
    """

    pages: int
    by_pile: dict[str, int]
    by_outlet: dict[str, int]
