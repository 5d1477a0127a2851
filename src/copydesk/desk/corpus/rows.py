"""What was found in a block → rows of the tables."""

from __future__ import annotations

from collections.abc import Mapping

from copydesk.desk.corpus.files import Row
from copydesk.model.articles import Article
from copydesk.model.copies import CopyLink, Trace
from copydesk.model.dossiers import Dossier
from copydesk.model.spans import Span
from copydesk.model.stories import Story
from copydesk.model.times import UNKNOWN_WHEN, When

Rows = dict[str, list[Row]]
DIGITS = 4


def trace_rows(trace: Trace) -> Rows:
    """copies, lines and voices."""
    named = {v.id: v for v in trace.voices}
    listed = {(v.id, article) for v in trace.voices for article in v.articles}
    voices: list[Row] = []
    for article, shares in sorted(trace.shares.items()):
        for share in shares:
            voice = named[share.voice]
            row = (
                voice.id,
                voice.name,
                voice.kind,
                article,
                share.share,
                (voice.id, article) in listed,
                list(share.reasons),
            )
            voices.append(row)
    return {
        "copies": [_copy(link) for link in trace.links],
        "lines": [(x.id, x.voice, s.article, s.start, s.end) for x in trace.lines for s in x.spans],
        "voices": voices,
    }


def _copy(link: CopyLink) -> Row:
    passages = [
        {
            "origin_start": p.origin.start if p.origin else None, "origin_end": p.origin.end if p.origin else None,
            "start": p.copy.start, "end": p.copy.end, "kind": p.kind, "similarity": round(p.similarity, DIGITS),
        }
        for p in link.passages
    ]  # fmt: skip
    return (
        link.origin, link.origin_voice, link.copy, link.kind, round(link.coverage, DIGITS), round(link.score, DIGITS),
        link.direction, passages, list(link.reasons),
    )  # fmt: skip


def membership_rows(story: Story) -> list[Row]:
    return [(story.id, m.article, list(m.reasons)) for m in story.membership]


def plain_story_row(story: Story, articles: Mapping[str, Article], trace: Trace) -> Row:
    """A story without a dossier: named and dated by its first article in order of publication."""
    first = min((articles[a] for a in story.articles), key=lambda a: (str(a.published.earliest or "9999"), a.id))
    when = first.published if len(story.articles) == 1 else UNKNOWN_WHEN
    voices = {v.id for v in trace.voices if set(v.articles) & set(story.articles)}
    return (story.id, first.headline, len(story.articles), len(voices), story.part_of, *_when(when), [], [], False)


def dossier_rows(dossier: Dossier) -> Rows:
    """stories, entities, quotes, facts and conflicts of one dossier."""
    story = dossier.story.id
    row: Row = (
        story, dossier.headline, len(dossier.articles), len(dossier.voices), dossier.story.part_of, *_when(dossier.when),
        list(dossier.where), list(dossier.who), True,
    )  # fmt: skip
    return {
        "stories": [row],
        "entities": [
            (
                story, e.id, e.type, e.name, [a.text for a in e.aliases], [r.text for r in e.roles],
                e.place.lat if e.place else None, e.place.lon if e.place else None, e.place.country if e.place else None,
                _spans(e.mentions),
            )
            for e in dossier.entities
        ],
        "quotes": [
            (story, q.id, q.speaker, q.speaker_text, q.kind, q.text, q.cue, list(q.via), _spans(q.support))
            for q in dossier.quotes
        ],
        "facts": [
            (
                story, f.id, f.text, f.status, f.articles, f.voices, round(f.weight, DIGITS), *_when(f.when or UNKNOWN_WHEN),
                list(f.entities), [_span(s.span) | {"voice": s.voice} for s in f.support],
            )
            for f in dossier.facts
        ],
        "conflicts": [
            (
                story, c.id, c.kind, c.about, c.slot, list(c.facts),
                [{"value": s.value, "text": s.text, "voices": list(s.voices)} for s in c.sides], c.reason,
            )
            for c in dossier.conflicts
        ],
    }  # fmt: skip


def _when(when: When) -> Row:
    return when.value, when.earliest, when.latest


def _spans(spans: tuple[Span, ...]) -> list[dict[str, str | int | None]]:
    return [_span(s) for s in spans]


def _span(span: Span) -> dict[str, str | int | None]:
    return {"article": span.article, "start": span.start, "end": span.end}
