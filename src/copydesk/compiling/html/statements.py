"""A dossier's summary, facts, conflicts, quotes, timeline and entities → what the page shows of them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from copydesk.compiling.days import day_text
from copydesk.compiling.html.anchors import Anchors, Back, Chips
from copydesk.compiling.html.views import (
    ConflictView,
    EntityView,
    FactView,
    QuoteView,
    SideView,
    SpeakerView,
    StatementView,
    Words,
)
from copydesk.compiling.order import FACT_PARTS, FactPart, part_of
from copydesk.compiling.sources import clause, fact_line, one_line, plural, shorten
from copydesk.model.dossiers import Dossier
from copydesk.model.registers import RegisterLink
from copydesk.model.spans import Span
from copydesk.model.stories import Conflict, Entity, Fact, Quote

MENTIONS_MAX = 1  # links to an entity's mentions, per article
_WIKIDATA = re.compile(r"Q[1-9]\d{0,11}")
HINT = 90  # code points of a tooltip's quotation


class Statements:
    """The parts of one story's section that are sentences with words behind them."""

    def __init__(self, story: str, dossier: Dossier, anchors: Anchors, chips: Chips) -> None:
        self.story = story
        self.dossier = dossier
        self.anchors = anchors
        self.chips = chips
        self.fact_labels = {f.id: f"F{i}" for i, f in enumerate(_facts_in_order(dossier), start=1)}
        self.modality = {c.id: c.modality for c in dossier.claims}
        self.claim_at = {(c.article, c.start, c.end): c.id for c in dossier.claims}

    def back(self, label: str, text: str) -> tuple[str, Back]:
        """The anchor of a statement, and the link that leads to it from its words."""
        anchor = f"{self.story}-{label.lower()}"
        return anchor, Back(label=label, href=f"#{anchor}", title=shorten(text, HINT))

    def summary(self) -> tuple[StatementView, ...]:
        disputed = {s.span for f in self.dossier.facts if f.status == "disputed" for s in f.support}
        found = []
        for i, statement in enumerate(self.dossier.summary, start=1):
            anchor, back = self.back(f"S{i}", statement.text)
            found.append(
                StatementView(
                    anchor=anchor,
                    text=one_line(statement.text),
                    words=self.anchors.all_words(statement.support, back),
                    disputed=any(s in disputed for s in statement.support),
                )
            )
        return tuple(found)

    def facts(self, part: FactPart) -> tuple[FactView, ...]:
        return tuple(self._fact(f) for f in _facts_in_order(self.dossier) if part_of(f) == part)

    def _fact(self, fact: Fact) -> FactView:
        label = self.fact_labels[fact.id]
        anchor, back = self.back(label, fact.text)
        return FactView(
            anchor=anchor,
            label=label,
            text=fact_line(fact),
            context=one_line(fact.detail_of),
            status=fact.status,
            articles=plural(fact.articles, "article"),
            voices=plural(fact.voices, "voice"),
            chips=self.chips.of_all({s.voice for s in fact.support if s.voice is not None}),
            omitted=self.chips.of_all(fact.omitted_by),
            words=tuple(
                self.anchors.words(
                    s.span,
                    back=back,
                    chip=None if s.voice is None else self.chips.of(s.voice),
                    note=self._note(s.span, s.voice),
                )
                for s in fact.support
            ),
            when=day_text(fact.when) if fact.when is not None and fact.when.interval.earliest else "",
            reasons=tuple(self.anchors.sources.tell(r) for r in fact.reasons),
        )

    def _note(self, span: Span, voice: str | None) -> str:
        modality = self.modality.get(self.claim_at.get((span.article, span.start, span.end), ""), "happened")
        notes = [] if modality == "happened" else [modality]
        return ", ".join([*notes, self.anchors.sources.uncounted(span.article)] if voice is None else notes)

    def conflicts(self, kind: str) -> tuple[ConflictView, ...]:
        found = [c for c in self.dossier.conflicts if c.kind == kind]
        return tuple(self._conflict(f"{kind[0].upper()}{i}", c) for i, c in enumerate(found, start=1))

    def _conflict(self, label: str, conflict: Conflict) -> ConflictView:
        anchor, back = self.back(label, f"{conflict.kind} over {conflict.about}")
        return ConflictView(
            anchor=anchor,
            label=label,
            about=one_line(conflict.about) or conflict.slot,
            slot=conflict.slot,
            sides=tuple(
                SideView(
                    value=self._value(side.value),
                    when=day_text(side.when) if side.when is not None else "",
                    text=clause(side.text),
                    chips=self.chips.of_all(side.voices),
                    words=self.anchors.all_words(side.support, back),
                )
                for side in conflict.sides
            ),
            reason=self.anchors.sources.tell(conflict.reason),
            facts=tuple(
                (self.fact_labels[f], f"#{self.story}-{self.fact_labels[f].lower()}")
                for f in conflict.facts
                if f in self.fact_labels
            ),
        )

    def _value(self, value: str) -> str:
        """A side's value as a reader reads it: an entity's name for its id."""
        name = next((e.name for e in self.dossier.entities if e.id == value), value)
        return one_line(name)

    def speakers(self) -> tuple[SpeakerView, ...]:
        """The quotes by speaker: who is quoted most in own words comes first, speakers unknown last."""
        entities = {e.id: e for e in self.dossier.entities}
        by_speaker: dict[tuple[str, str], list[QuoteView]] = {}
        for i, quote in enumerate(self.dossier.quotes, start=1):
            entity = entities.get(quote.speaker or "")
            name = one_line(entity.name if entity else quote.speaker_text)
            key = (name, one_line(entity.roles[0].text) if entity and entity.roles else "")
            by_speaker.setdefault(key, []).append(self._quote(f"Q{i}", quote))

        def rank(found: tuple[tuple[str, str], list[QuoteView]]) -> tuple[bool, int, int, tuple[str, str]]:
            return not found[0][0], -sum(q.kind == "direct" for q in found[1]), -len(found[1]), found[0]

        return tuple(
            SpeakerView(
                name=name or "Speaker not named",
                role=role,
                quotes=tuple(q for q in quotes if q.kind != "indirect"),
                indirect=tuple(q for q in quotes if q.kind == "indirect"),
            )
            for (name, role), quotes in sorted(by_speaker.items(), key=rank)
        )

    def _quote(self, label: str, quote: Quote) -> QuoteView:
        """A quote; articles that carry it in the same words stand beside the first, others as variants."""
        anchor, back = self.back(label, quote.text)
        same = [v for v in quote.variants if one_line(v.text) == one_line(quote.text)]
        others = [v for v in quote.variants if v not in same]
        return QuoteView(
            anchor=anchor,
            label=label,
            text=one_line(quote.text),
            kind=quote.kind,
            cue=one_line(quote.cue),
            via=", ".join(one_line(v) for v in quote.via),
            words=self.anchors.all_words([*quote.support, *(s for v in same for s in v.support)], back),
            variants=tuple(
                StatementView(anchor="", text=one_line(v.text), words=self.anchors.all_words(v.support, back))
                for v in others
            ),
        )

    def timeline(self) -> tuple[StatementView, ...]:
        found = []
        for i, moment in enumerate(self.dossier.timeline, start=1):
            anchor, back = self.back(f"T{i}", moment.text)
            found.append(
                StatementView(
                    anchor=anchor,
                    text=one_line(moment.text),
                    words=self.anchors.all_words(moment.support, back),
                    when=day_text(moment.when),
                    method=one_line(moment.when.method),
                    planned=moment.modality == "planned",
                )
            )
        return tuple(found)

    def entities(self) -> tuple[EntityView, ...]:
        """Persons, organizations and places; adjectives and whatever else has a name come behind."""
        ordered = sorted(self.dossier.entities, key=lambda e: e.type in ("other", "work"))
        return tuple(self._entity(e) for e in ordered)

    def _entity(self, entity: Entity) -> EntityView:
        place = entity.place
        mentions = _first_of_each_article(entity.mentions)
        return EntityView(
            name=one_line(entity.name),
            type=entity.type,
            aliases=tuple(f"{one_line(a.text)} ×{a.count}" for a in entity.aliases),
            roles=tuple(self._role(one_line(r.text), r.support) for r in entity.roles),
            place=f"{place.lat:.2f}, {place.lon:.2f} {place.country}" if place is not None else "",
            mentions=self.anchors.all_words(mentions),
            mentioned=f"{plural(len(entity.mentions), 'mention')} in {plural(len(mentions), 'article')}",
            reasons=tuple(self.anchors.sources.tell(r) for r in entity.reasons),
            links=tuple(_registered(x) for x in entity.links),
        )

    def named(self, entities: Iterable[str]) -> tuple[Words, ...]:
        """The names of entities, each leading to its first mention."""
        known = {e.id: e for e in self.dossier.entities}
        return tuple(self._role(one_line(known[e].name), known[e].mentions) for e in entities if e in known)

    def _role(self, text: str, support: tuple[Span, ...]) -> Words:
        """A name or role with the place of its first words."""
        if not support:
            return Words(href="", number=0, label="", text=text)
        found = self.anchors.words(support[0])
        return Words(href=found.href, number=found.number, label=found.label, text=text)


def _registered(link: RegisterLink) -> tuple[str, str, str]:
    """The address of a register's record where its id is Wikidata's, what is shown of it, and why it is meant."""
    address = f"https://www.wikidata.org/wiki/{link.id}" if _WIKIDATA.fullmatch(link.id) else ""
    return address, f"{one_line(link.id)} {one_line(link.name)}", f"{one_line(link.reason)} ({link.score:.2f})"


def _facts_in_order(dossier: Dossier) -> list[Fact]:
    return sorted(dossier.facts, key=lambda f: FACT_PARTS.index(part_of(f)))


def _first_of_each_article(spans: Iterable[Span]) -> list[Span]:
    first: dict[str, Span] = {}
    for span in sorted(spans):
        first.setdefault(span.article, span)
    return list(first.values())
