"""What was found in one article, each with its place in `text`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from copydesk.model.spans import Stretch
from copydesk.model.times import Precision

NameType = Literal["person", "organization", "place", "event", "work", "other"]
QuoteKind = Literal["direct", "indirect", "mixed"]
TimexType = Literal["DATE", "TIME", "DURATION", "SET"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """The tokens of one article as parallel columns of equal length, in order of `start`.

    `lemma` is lower-cased; `pos` holds Universal POS tags, `tag` Penn tags, `dep` dependency labels,
    `head` the index of the head token (a root is its own head).
    """

    start: tuple[int, ...]
    end: tuple[int, ...]
    lemma: tuple[str, ...]
    pos: tuple[str, ...]
    tag: tuple[str, ...]
    dep: tuple[str, ...]
    head: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.start)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence of the article's text: its place, and its tokens `first` ≤ i < `last`. The headline is one too."""

    start: int
    end: int
    first: int
    last: int
    is_headline: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NameMention:
    """A name as written. `reason` says what decided the type: the tagger, a table, or both."""

    start: int
    end: int
    text: str
    type: NameType
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteMention:
    """Words or a statement attributed to a speaker, as found in one article.

    `content` holds one or more stretches (a quotation may be interrupted by its cue), quotation marks left out;
    `cue` the reporting words, `source` the words that name the speaker (None when not expressed);
    `via` the names of whoever relayed it ("quoted by RIA" → RIA). `source_name` is the longest name mention in or
    behind `source`, as text, when the sentence or its neighbours give one; None for "he", "officials".
    """

    kind: QuoteKind
    content: tuple[Stretch, ...]
    cue: Stretch | None
    source: Stretch | None
    source_name: str | None
    via: tuple[Stretch, ...]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeMention:
    """A time expression with its TIMEX3 reading.

    `expression` is the reading before an anchor is known, a compact string that `copydesk.text.calendar.ground`
    turns into an interval for any anchor day; `value` is the TIMEX3 value for the article's own publication day,
    None when that day is unknown and the expression needs it. `anchor` says what `value` rests on. `ends` are the words
    of the two ends of a range ("from 3 to 5 May"), which TIMEX3 counts as two times.
    """

    start: int
    end: int
    text: str
    type: TimexType
    expression: str
    value: str | None
    earliest: date | None
    latest: date | None
    precision: Precision
    anchor: Literal["none", "published", "text", "unknown"]
    reason: str
    ends: tuple[Stretch, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class QuantityMention:
    """A number with what it counts.

    `low` ≤ `value` ≤ `high` is the range that the words allow ("about 100", "more than 20", "dozens"; None = open);
    `unit` is a normalised unit or currency ("USD", "kilometre", "percent", "day", "") and `counted` the lemma of the
    head noun ("person", "soldier"), "" when there is none. `ordinal` tells "third" from "three".
    """

    start: int
    end: int
    text: str
    value: float
    low: float | None
    high: float | None
    unit: str
    counted: str
    ordinal: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Markup:
    """What was found in one article. Every list is in order of place."""

    article: str
    sentences: tuple[Sentence, ...]
    tokens: Tokens
    names: tuple[NameMention, ...]
    quotes: tuple[QuoteMention, ...]
    times: tuple[TimeMention, ...]
    quantities: tuple[QuantityMention, ...]
