"""Brief → the bytes of brief.json, and back to typed records."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from datetime import UTC, date
from typing import Literal

import msgspec

from copydesk.compiling.contract import (
    AliasRecord,
    ArticleRecord,
    BlockRecord,
    BriefRecord,
    ChangeRecord,
    ClaimRecord,
    ConflictRecord,
    CopyRecord,
    CorrectionRecord,
    CreditRecord,
    EntityRecord,
    FactRecord,
    MembershipRecord,
    MomentRecord,
    OriginRecord,
    PassageRecord,
    PlaceRecord,
    QuoteRecord,
    RegisterLinkRecord,
    RevisionRecord,
    Scalar,
    ShareRecord,
    SideRecord,
    SkippedRecord,
    SlotRecord,
    SpanRecord,
    StatementRecord,
    StoryRecord,
    StretchRecord,
    SupportRecord,
    VoiceRecord,
    WarningRecord,
    WhenRecord,
)
from copydesk.compiling.order import articles_in_order, dossiers_in_order
from copydesk.errors import BriefError
from copydesk.model.articles import Credit
from copydesk.model.copies import CopyLink, Voice
from copydesk.model.dossiers import Brief, Dossier, Revision, TracedArticle
from copydesk.model.spans import Span, Stretch
from copydesk.model.stories import Claim, Conflict, Entity, Fact, Moment, Quote
from copydesk.model.times import When

SURROGATES = re.compile("[\ud800-\udfff]")
DIGITS = 4  # decimals kept: what the judges' scores can carry, and the same bytes on every machine
DEGREE_DIGITS = 5  # about a metre


def to_json(brief: Brief) -> bytes:
    """The bytes of brief.json: UTF-8, one member a line, the same for the same brief."""
    return msgspec.json.format(msgspec.json.encode(to_record(brief)), indent=1) + b"\n"


def from_json(content: bytes) -> BriefRecord:
    """The brief as typed records. Raises BriefError when it is not a brief of this schema."""
    try:
        return msgspec.json.decode(content, type=BriefRecord)
    except msgspec.MsgspecError as error:
        raise BriefError(f"not a brief.json of schema copydesk.brief/1: {error}; make the brief anew") from error


def to_record(brief: Brief) -> BriefRecord:
    """The brief in the shape of brief.json."""
    options: dict[str, dict[str, Scalar] | list[CorrectionRecord]] = {
        stage: {name: _scalar(value) for name, value in sorted(chosen.items())}
        for stage, chosen in sorted(brief.options.items())
    }
    options["corrections"] = [
        CorrectionRecord(
            subject=c.subject,
            verdict=c.verdict,
            left=_clean(c.left),
            right=_clean(c.right),
            reason=_clean(c.reason),
            used=c.used,
        )
        for c in brief.corrections
    ]
    return BriefRecord(
        schema="copydesk.brief/1",
        generated=brief.generated.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        copydesk=brief.version,
        options=options,
        articles=[_article(a) for a in articles_in_order(brief)],
        skipped=[
            SkippedRecord(path=_clean(s.path), stage=s.stage, reason=_clean(s.reason))
            for s in sorted(brief.skipped, key=lambda s: (s.path, s.stage, s.reason))
        ],
        stories=[_story(d) for d in dossiers_in_order(brief)],
    )


def _clean(text: str) -> str:
    """The text with lone surrogates, which UTF-8 cannot carry, replaced one for one: every span keeps its place."""
    return text if text.isascii() else SURROGATES.sub("\ufffd", text)


def _clean_or_none(text: str | None) -> str | None:
    return None if text is None else _clean(text)


def _all(texts: Iterable[str]) -> list[str]:
    return [_clean(t) for t in texts]


def _ratio(value: float) -> float:
    return 0.0 if math.isnan(value) else round(min(1.0, max(0.0, float(value))), DIGITS)


def _scalar(value: Scalar) -> Scalar:
    if isinstance(value, float):
        return round(value, 6) if math.isfinite(value) else None
    return _clean(value) if isinstance(value, str) else value


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()[:10]


def _stretch(stretch: Stretch) -> StretchRecord:
    return StretchRecord(start=stretch.start, end=stretch.end)


def _span(span: Span) -> SpanRecord:
    where: Literal["source"] | msgspec.UnsetType = "source" if span.in_source else msgspec.UNSET
    return SpanRecord(article=span.article, start=span.start, end=span.end, in_=where)


def _spans(spans: Iterable[Span]) -> list[SpanRecord]:
    return [_span(s) for s in spans]


def _when(when: When) -> WhenRecord:
    return WhenRecord(
        value=when.value,
        earliest=_day(when.earliest),
        latest=_day(when.latest),
        precision=when.precision,
        method=_clean(when.method),
        evidence=_spans(when.evidence),
    )


def _when_or_none(when: When | None) -> WhenRecord | None:
    return None if when is None else _when(when)


def _article(traced: TracedArticle) -> ArticleRecord:
    article = traced.article
    return ArticleRecord(
        id=article.id,
        path=_clean(article.path),
        url=_clean_or_none(article.url),
        sha256=article.sha256,
        headline=_clean(article.headline),
        byline=_clean_or_none(article.byline),
        dateline=_clean_or_none(article.dateline),
        outlet=_clean_or_none(article.outlet),
        language=article.language,
        compared=article.compared,
        reason=_clean_or_none(article.reason),
        published=_when(article.published),
        modified=_when_or_none(article.modified),
        observed=_day(article.observed),
        credits=[_credit(c) for c in article.credits],
        voices=[
            ShareRecord(
                id=v.voice, share=_ratio(v.share), spans=[_stretch(s) for s in v.spans], reasons=_all(v.reasons)
            )
            for v in traced.voices
        ],
        text=_clean(article.text),
        source_text=_clean(article.source_text),
        blocks=[
            BlockRecord(kind=b.kind, start=b.start, end=b.end, at=b.at, reason=_clean(b.reason)) for b in article.blocks
        ],
        warnings=[
            WarningRecord(
                kind=w.kind,
                start=w.start,
                end=w.end,
                text=_clean(w.text),
                stands_for=_clean_or_none(w.stands_for),
                support=_spans(w.support),
                reason=_clean(w.reason),
            )
            for w in traced.warnings
        ],
        revisions=[_revision(r) for r in traced.revisions],
    )


def _credit(credit: Credit) -> CreditRecord:
    span = _span(credit.span)
    return CreditRecord(
        name=_clean(credit.name), kind=credit.kind, article=span.article, start=span.start, end=span.end, in_=span.in_
    )


def _revision(revision: Revision) -> RevisionRecord:
    return RevisionRecord(
        id=revision.id,
        observed=_day(revision.observed),
        changes=[ChangeRecord(from_=_stretch(c.before), to=_stretch(c.after)) for c in revision.changes],
        facts=list(revision.facts),
    )


def _story(dossier: Dossier) -> StoryRecord:
    story = dossier.story
    return StoryRecord(
        id=story.id,
        headline=_clean(dossier.headline),
        articles=list(story.articles),
        membership=[MembershipRecord(article=m.article, reasons=_all(m.reasons)) for m in story.membership],
        part_of=story.part_of,
        when=_when(dossier.when),
        where=list(dossier.where),
        who=list(dossier.who),
        summary=[StatementRecord(text=_clean(s.text), support=_spans(s.support)) for s in dossier.summary],
        voices=[_voice(v) for v in dossier.voices],
        copies=[_copy(c) for c in dossier.copies],
        entities=[_entity(e) for e in dossier.entities],
        quotes=[_quote(q) for q in dossier.quotes],
        timeline=[_moment(m) for m in dossier.timeline],
        claims=[_claim(c) for c in dossier.claims],
        facts=[_fact(f) for f in dossier.facts],
        conflicts=[_conflict(c) for c in dossier.conflicts],
    )


def _voice(voice: Voice) -> VoiceRecord:
    return VoiceRecord(
        id=voice.id,
        name=_clean(voice.name),
        kind=voice.kind,
        articles=list(voice.articles),
        reasons=_all(voice.reasons),
    )


def _copy(link: CopyLink) -> CopyRecord:
    origin = OriginRecord(article=link.origin) if link.origin else OriginRecord(voice=link.origin_voice or "unknown")
    return CopyRecord(
        from_=origin,
        to=link.copy,
        kind=link.kind,
        coverage=_ratio(link.coverage),
        score=_ratio(link.score),
        direction=link.direction,
        passages=[
            PassageRecord(
                from_=None if p.origin is None else _stretch(p.origin),
                to=_stretch(p.copy),
                kind=p.kind,
                similarity=_ratio(p.similarity),
            )
            for p in link.passages
        ],
        reasons=_all(link.reasons),
        evidence=_spans(link.evidence),
    )


def _entity(entity: Entity) -> EntityRecord:
    place = entity.place
    return EntityRecord(
        id=entity.id,
        type=entity.type,
        name=_clean(entity.name),
        aliases=[AliasRecord(text=_clean(a.text), count=a.count, articles=list(a.articles)) for a in entity.aliases],
        roles=[StatementRecord(text=_clean(r.text), support=_spans(r.support)) for r in entity.roles],
        place=None
        if place is None
        else PlaceRecord(
            lat=round(place.lat, DEGREE_DIGITS), lon=round(place.lon, DEGREE_DIGITS), country=place.country
        ),
        mentions=_spans(entity.mentions),
        reasons=_all(entity.reasons),
        links=[
            RegisterLinkRecord(id=_clean(x.id), name=_clean(x.name), score=_ratio(x.score), reason=_clean(x.reason))
            for x in entity.links
        ]
        or msgspec.UNSET,
    )


def _quote(quote: Quote) -> QuoteRecord:
    return QuoteRecord(
        id=quote.id,
        speaker=quote.speaker,
        speaker_text=_clean(quote.speaker_text),
        kind=quote.kind,
        text=_clean(quote.text),
        cue=_clean(quote.cue),
        via=_all(quote.via),
        support=_spans(quote.support),
        variants=[StatementRecord(text=_clean(v.text), support=_spans(v.support)) for v in quote.variants],
    )


def _moment(moment: Moment) -> MomentRecord:
    return MomentRecord(
        when=_when(moment.when),
        modality=moment.modality,
        text=_clean(moment.text),
        support=_spans(moment.support),
    )


def _claim(claim: Claim) -> ClaimRecord:
    record = ClaimRecord(
        id=claim.id,
        article=claim.article,
        start=claim.start,
        end=claim.end,
        voice=claim.voice,
        speaker=claim.speaker,
        modality=claim.modality,
        slots={},
    )
    for slot in sorted(claim.slots, key=lambda s: (s.name, s.start, s.end, s.about, s.value)):
        value = SlotRecord(about=_clean(slot.about), value=_clean(slot.value), start=slot.start, end=slot.end)
        record.slots.setdefault(slot.name, []).append(value)
    return record


def _fact(fact: Fact) -> FactRecord:
    return FactRecord(
        id=fact.id,
        text=_clean(fact.text),
        status=fact.status,
        claims=list(fact.claims),
        support=[
            SupportRecord(article=s.span.article, start=s.span.start, end=s.span.end, voice=s.voice)
            for s in fact.support
        ],
        articles=fact.articles,
        voices=fact.voices,
        omitted_by=list(fact.omitted_by),
        when=_when_or_none(fact.when),
        entities=list(fact.entities),
        weight=_ratio(fact.weight),
        reasons=_all(fact.reasons),
    )


def _conflict(conflict: Conflict) -> ConflictRecord:
    return ConflictRecord(
        id=conflict.id,
        kind=conflict.kind,
        about=_clean(conflict.about),
        slot=conflict.slot,
        facts=list(conflict.facts),
        sides=[
            SideRecord(
                value=_clean(s.value),
                when=_when_or_none(s.when),
                text=_clean(s.text),
                support=_spans(s.support),
                voices=list(s.voices),
            )
            for s in conflict.sides
        ],
        reason=_clean(conflict.reason),
    )
