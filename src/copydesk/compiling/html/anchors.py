"""Spans → places on the page, and from each place back to the statements that rest on it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from copydesk.compiling.html.views import Chip, Words
from copydesk.compiling.sources import Sources, shorten
from copydesk.model.copies import Voice
from copydesk.model.dossiers import Dossier
from copydesk.model.spans import Span

TINTS = 8
WORDS_MAX = 420  # code points of a quoted span that the page repeats; the whole stands in the article


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Back:
    """A link from the words to a statement that rests on them."""

    label: str
    href: str
    title: str


class Anchors:
    """Gives every span its id, remembering which statements asked for it."""

    def __init__(self, sources: Sources) -> None:
        self.sources = sources
        self._backs: dict[str, dict[Span, list[Back]]] = {}  # by article
        self._closed: set[str] = set()

    def of_article(self, article: str) -> str:
        source = self.sources.by_id.get(article)
        return f"#a{source.number}" if source is not None else "#skipped"

    def link(self, span: Span, back: Back | None = None) -> str:
        """The address of a span's words on the page; `back` will be shown behind them."""
        source = self.sources.by_id.get(span.article)
        if source is None:
            return "#skipped"
        text = source.article.source_text if span.in_source else source.article.text
        if not 0 <= span.start < span.end <= len(text):
            return self.of_article(span.article)
        asked = self._backs.setdefault(span.article, {})
        if span.article in self._closed and span not in asked:
            return self.of_article(span.article)
        backs = asked.setdefault(span, [])
        if back is not None and back not in backs:
            backs.append(back)
        return "#" + anchor_id(source.number, span)

    def text_at(self, span: Span) -> str:
        """The words of a span as written, "" when it is of no listed article."""
        source = self.sources.by_id.get(span.article)
        if source is None:
            return ""
        return (source.article.source_text if span.in_source else source.article.text)[span.start : span.end]

    def asked(self, article: str, *, in_source: bool) -> list[tuple[Span, tuple[Back, ...]]]:
        """The spans of one article that were linked to, in order, with their ways back; no more will be added."""
        self._closed.add(article)
        asked = self._backs.get(article, {})
        found = (s for s in asked if s.in_source == in_source)
        return [(s, tuple(asked[s])) for s in sorted(found, key=lambda s: (s.start, -s.end))]

    def words(self, span: Span, *, back: Back | None = None, chip: Chip | None = None, note: str = "") -> Words:
        """A span's words with their link, cut where they are long."""
        source = self.sources.by_id.get(span.article)
        if source is None:
            return Words(href="#skipped", number=0, label=span.article, text="", chip=chip, note=note)
        return Words(
            href=self.link(span, back),
            number=source.number,
            label=source.label,
            text=shorten(self.text_at(span), WORDS_MAX),
            chip=chip,
            note=note,
        )

    def all_words(self, spans: Iterable[Span], back: Back | None = None) -> tuple[Words, ...]:
        return tuple(self.words(s, back=back) for s in spans)


def anchor_id(number: int, span: Span) -> str:
    """The id of a span of article `number`, the same whoever asks."""
    return f"a{number}{'s' if span.in_source else ''}-{span.start}-{span.end}"


class Chips:
    """The letters and tints of one story's voices: the listed ones first, then whoever else is met."""

    def __init__(self, story: str, dossier: Dossier, sources: Sources) -> None:
        self._sources = sources
        self._story = story
        self._chips: dict[str, Chip] = {}
        for voice in dossier.voices:
            self._add(voice.id, voice)

    def _add(self, voice: str, known: Voice | None) -> Chip:
        rank = len(self._chips)
        letter = chr(65 + rank % 26) * (1 + rank // 26) if rank < 78 else str(rank)
        self._chips[voice] = Chip(
            letter=letter,
            tint=rank % TINTS,
            name=self._sources.voice_name(voice),
            href=f"#{self._story}-voice-{letter}",
            listed=known is not None,
        )
        return self._chips[voice]

    def of(self, voice: str) -> Chip:
        return self._chips.get(voice) or self._add(voice, None)

    def of_all(self, voices: Iterable[str]) -> tuple[Chip, ...]:
        return tuple(sorted((self.of(v) for v in voices), key=lambda c: (len(c.letter), c.letter)))

    def all(self) -> list[tuple[str, Chip]]:
        """Every voice met so far with its chip, in order of letter."""
        return list(self._chips.items())
