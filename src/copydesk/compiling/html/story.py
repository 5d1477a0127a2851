"""Dossier → a story's section of the page."""

from __future__ import annotations

from dataclasses import replace

from copydesk.compiling.days import day_text
from copydesk.compiling.html.anchors import Anchors, Back, Chips
from copydesk.compiling.html.articles import Articles
from copydesk.compiling.html.copying import Copying
from copydesk.compiling.html.lineage import make_lineage
from copydesk.compiling.html.mapping import make_map
from copydesk.compiling.html.matrix import make_matrix
from copydesk.compiling.html.statements import Statements
from copydesk.compiling.html.views import Point, StoryView, VoiceView
from copydesk.compiling.order import FACT_PARTS
from copydesk.compiling.sources import not_compared, one_line, story_order
from copydesk.model.dossiers import Dossier


def cut_short(dossier: Dossier) -> Dossier:
    """As much of a story of one article as a page of very many stories shows of it: when, who, voices and the text."""
    kept = {*dossier.where, *dossier.who}
    return replace(
        dossier, facts=(), claims=(), quotes=(), timeline=(), conflicts=(),
        entities=tuple(replace(e, place=None) for e in dossier.entities if e.id in kept),
    )  # fmt: skip


def make_story(
    number: int, dossier: Dossier, anchors: Anchors, numbers: dict[str, int], left_out: int = 0
) -> StoryView:
    """All that one story's section shows. `numbers` gives the number of each story by id; `left_out` counts the facts of a
    dossier that was cut short."""
    story = f"s{number}"
    chips = Chips(story, dossier, anchors.sources)
    statements = Statements(story, dossier, anchors, chips)
    copying = Copying(story, dossier, anchors, chips)
    summary = statements.summary()
    corroborated, disputed, single, details, additions = (statements.facts(part) for part in FACT_PARTS)
    conflicts, updates = statements.conflicts("conflict"), statements.conflicts("update")
    when = anchors.all_words(dossier.when.evidence, Back(label="when", href=f"#{story}", title="the story's date"))
    where, who = statements.named(dossier.where), statements.named(dossier.who)
    speakers, timeline, entities = statements.speakers(), statements.timeline(), statements.entities()
    matrix, lineage = make_matrix(statements), make_lineage(dossier, anchors, chips, copying.views)
    articles = Articles(statements, copying)
    # every article twice: what one says of itself may lie in the text of another
    sources = [anchors.sources.by_id[t.article.id] for t in story_order(dossier)]
    for source in sources:
        articles.link(source)
    shown = tuple(articles.view(s) for s in sources)
    parent = dossier.story.part_of
    return StoryView(
        anchor=story,
        number=number,
        headline=one_line(dossier.headline) or "No headline",
        left_out=left_out,
        part_of=f"story {numbers[parent]}" if parent in numbers else "",
        part_of_href=f"#s{numbers[parent]}" if parent in numbers else "",
        articles=len(dossier.story.articles),
        voices=len(dossier.voices),
        not_compared=not_compared(dossier),
        when=day_text(dossier.when),
        when_method=one_line(dossier.when.method),
        when_words=when,
        where=where,
        who=who,
        strip=tuple(Point(chip=chips.of(v.id), articles=len(v.articles)) for v in dossier.voices),
        summary=summary,
        corroborated=corroborated,
        disputed=disputed,
        single=single,
        details=details,
        additions=additions,
        conflicts=conflicts,
        updates=updates,
        speakers=speakers,
        timeline=timeline,
        voice_list=_voices(story, dossier, anchors, chips),
        copies=tuple(copying.views.values()),
        copies_more=copying.more,
        lineage=lineage,
        map=make_map(statements),
        matrix=matrix,
        entities=entities,
        sources=shown,
    )


def _voices(story: str, dossier: Dossier, anchors: Anchors, chips: Chips) -> tuple[VoiceView, ...]:
    """The listed voices, then those met only in single passages."""
    listed = {v.id: v for v in dossier.voices}
    found = []
    for voice, chip in chips.all():
        known = listed.get(voice)
        carriers = (
            known.articles
            if known is not None
            else tuple(t.article.id for t in dossier.articles if any(s.voice == voice for s in t.voices))
        )
        sources = [anchors.sources.by_id[a] for a in carriers if a in anchors.sources.by_id]
        found.append(
            VoiceView(
                chip=chip,
                anchor=chip.href.removeprefix("#"),
                kind=known.kind if known is not None else "less than a third of any article",
                articles=tuple((f"#a{s.number}", s.number, s.label) for s in sources),
                reasons=tuple(anchors.sources.tell(r) for r in known.reasons) if known is not None else (),
            )
        )
    return tuple(found)
