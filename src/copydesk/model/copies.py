"""Who took text from whom, and which voices remain."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from copydesk.model.spans import Span, Stretch

CopyKind = Literal["verbatim", "edited", "rewritten"]
Direction = Literal["known", "inferred", "unknown"]
VoiceKind = Literal["agency", "outlet", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A pair of stretches that carry the same text: `origin` in the article copied from, `copy` in the other.

    `similarity` is 0 to 1. Where the link's origin is only a voice, `origin` is None.
    """

    origin: Stretch | None
    copy: Stretch
    kind: CopyKind
    similarity: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyLink:
    """Evidence that the text of `copy` came in whole or part from `origin`.

    `origin` is an article id, or None when the text is known to come from a voice (`origin_voice`) whose own
    article is not in the pile. `coverage` is the share of the copy's body that the passages cover, `score` the
    judge's probability. With `direction` "unknown" origin and copy are in order of id and mean nothing.
    """

    origin: str | None
    origin_voice: str | None
    copy: str
    kind: CopyKind
    coverage: float
    score: float
    direction: Direction
    passages: tuple[Passage, ...]
    reasons: tuple[str, ...]
    evidence: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Text of one origin: which stretches of which articles carry it, and the voice behind it."""

    id: str
    voice: str
    spans: tuple[Span, ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceShare:
    """The part of one article that one voice supplies; `share` is of the body, 0 to 1."""

    voice: str
    share: float
    spans: tuple[Stretch, ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """The agency or outlet behind one or more lines: one independent source of reporting.

    `articles` are those of whose body it supplies a third or more, or whose only voice it is.
    """

    id: str
    name: str
    kind: VoiceKind
    articles: tuple[str, ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """All that tracing found in one pile. `shares` maps an article id to its voices by passage, largest first.

    `keys_cut` counts the fingerprints that were in too many articles to join any: idiom, furniture, and what everybody has.
    """

    links: tuple[CopyLink, ...]
    lines: tuple[Line, ...]
    voices: tuple[Voice, ...]
    shares: dict[str, tuple[VoiceShare, ...]]
    keys_cut: int = 0

    def voices_at(self, span: Span) -> tuple[str, ...]:
        """The voices whose lines hold most of a span of an article's text; the article's first voice when none does.

        What is left over in a copy is no witness: a voice that is listed for no article gives way to the first.
        """
        shares = self.shares.get(span.article, ())
        place = Stretch(start=span.start, end=span.end)
        held = [(max((place.overlap(s) for s in share.spans), default=0), share.voice) for share in shares]
        found = tuple(voice for n, voice in held if n * 2 > len(place))
        first = tuple(share.voice for share in shares[:1])
        listed = {voice.id for voice in self.voices if voice.articles}
        return tuple(voice for voice in found if voice in listed) or first
