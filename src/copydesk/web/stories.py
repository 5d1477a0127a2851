"""Dossier → a story's page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from copydesk.compiling.days import day_text
from copydesk.compiling.html.anchors import Chips
from copydesk.compiling.html.copying import Copying
from copydesk.compiling.html.lineage import make_lineage
from copydesk.compiling.html.mapping import make_map
from copydesk.compiling.html.matrix import make_matrix
from copydesk.compiling.html.statements import Statements
from copydesk.compiling.html.views import (
    Chip,
    ConflictView,
    CopyView,
    EntityView,
    FactView,
    LineageView,
    MapView,
    MatrixView,
    SpeakerView,
    StatementView,
    Words,
)
from copydesk.compiling.order import FACT_PARTS, FactPart, part_of
from copydesk.compiling.sources import Source, Sources, not_compared, one_line, shorten, story_order
from copydesk.model.dossiers import Brief, Dossier
from copydesk.web.courses import Course, make_course
from copydesk.web.places import DeskAnchors, article_address, brief_of_one, compare_address, sources_of

PREFIX = "s"  # of every id on the page that is no id of the desk
ADDRESSED_MAX = 1_000  # entities with a page of their own that a page links to


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """An entity with its page."""

    id: str
    view: EntityView


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleLine:
    """One article of the story in its list."""

    id: str
    number: int
    label: str
    headline: str
    href: str
    published: str
    language: str
    chips: tuple[Chip, ...]
    not_compared: str
    reasons: tuple[str, ...]
    compare: str  # with the article that it took most from, "" without one


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceLine:
    chip: Chip
    anchor: str
    kind: str
    articles: tuple[tuple[str, int, str], ...]
    share: int  # of sixteen: how wide it stands in the strip
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkLine:
    view: CopyView
    compare: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryPage:
    """All that a story's page shows. `permalink` gives the desk's id of what bears a label on this page."""

    id: str
    headline: str
    part_of: str
    articles: int
    voices: int
    not_compared: int
    when: str
    when_method: str
    when_words: tuple[Words, ...]
    where: tuple[Words, ...]
    who: tuple[Words, ...]
    summary: tuple[StatementView, ...]
    corroborated: tuple[FactView, ...]
    disputed: tuple[FactView, ...]
    single: tuple[FactView, ...]
    details: tuple[FactView, ...]
    additions: tuple[FactView, ...]
    conflicts: tuple[ConflictView, ...]
    updates: tuple[Course, ...]
    speakers: tuple[SpeakerView, ...]
    timeline: tuple[StatementView, ...]
    matrix: MatrixView
    lineage: LineageView
    map: MapView | None
    links: tuple[LinkLine, ...]
    links_more: int
    voice_list: tuple[VoiceLine, ...]
    entities: tuple[Named, ...]
    sources: tuple[ArticleLine, ...]
    permalink: dict[str, str]


def make_story_page(dossier: Dossier, like: Brief) -> StoryPage:
    """The page of one dossier; nothing is worked out anew."""
    sources = sources_of(brief_of_one(dossier, like))
    anchors = DeskAnchors(sources)
    chips = Chips(PREFIX, dossier, sources)
    statements = Statements(PREFIX, dossier, anchors, chips)
    copying = Copying(PREFIX, dossier, anchors, chips)
    facts = {part: statements.facts(part) for part in FACT_PARTS}
    conflicts, updates = statements.conflicts("conflict"), statements.conflicts("update")
    speakers = statements.speakers()
    compared = {f"#{v.anchor}": _compare(dossier, i) for i, v in copying.views.items()}
    page_of = {f"#a{s.number}": article_address(a) for a, s in sources.by_id.items()}
    lineage = _relinked(make_lineage(dossier, anchors, chips, copying.views), page_of | compared)
    matrix = make_matrix(statements)
    matrix = replace(matrix, columns=tuple(replace(c, href=page_of.get(c.href, c.href)) for c in matrix.columns))
    ordered = sorted(dossier.entities, key=lambda e: e.type in ("other", "work"))
    return StoryPage(
        id=dossier.story.id,
        headline=one_line(dossier.headline) or "No headline",
        part_of=dossier.story.part_of or "",
        articles=len(dossier.story.articles),
        voices=len(dossier.voices),
        not_compared=not_compared(dossier),
        when=day_text(dossier.when),
        when_method=one_line(dossier.when.method),
        when_words=anchors.all_words(dossier.when.evidence),
        where=_entity_words(dossier, dossier.where),
        who=_entity_words(dossier, dossier.who),
        summary=statements.summary(),
        corroborated=facts["corroborated"],
        disputed=facts["disputed"],
        single=facts["single-voice"],
        details=facts["detail"],
        additions=facts["addition"],
        conflicts=conflicts,
        updates=tuple(make_course(u) for u in updates),
        speakers=speakers,
        timeline=statements.timeline(),
        matrix=matrix,
        lineage=lineage,
        map=make_map(statements),
        links=tuple(
            LinkLine(view=_addressed(view, page_of), compare=compared[f"#{view.anchor}"])
            for view in copying.views.values()
        ),
        links_more=copying.more,
        voice_list=_voices(dossier, chips, sources),
        entities=tuple(Named(id=e.id, view=v) for e, v in zip(ordered, statements.entities(), strict=True))[
            :ADDRESSED_MAX
        ],
        sources=tuple(_line(sources.by_id[t.article.id], dossier, chips, sources) for t in story_order(dossier)),
        permalink=_permalinks(dossier, facts, (conflicts, updates)),
    )


def _permalinks(
    dossier: Dossier, facts: dict[FactPart, tuple[FactView, ...]], conflicts: tuple[tuple[ConflictView, ...], ...]
) -> dict[str, str]:
    """Label on the page → the id that the desk knows it by: labels move when a story grows, ids do not."""
    found: dict[str, str] = {}
    for part, views in facts.items():
        known = [f.id for f in dossier.facts if part_of(f) == part]
        found.update((view.anchor, name) for view, name in zip(views, known, strict=True))
    for kind, shown in zip(("conflict", "update"), conflicts, strict=True):
        held = [c.id for c in dossier.conflicts if c.kind == kind]
        found.update((view.anchor, name) for view, name in zip(shown, held, strict=True))
    found.update((f"{PREFIX}-q{i}", quote.id) for i, quote in enumerate(dossier.quotes, start=1))
    return found


def _compare(dossier: Dossier, index: int) -> str:
    """The page that shows a link passage by passage; for one whose original is not there, the copy itself."""
    link = dossier.copies[index]
    return compare_address(link.origin, link.copy) if link.origin is not None else article_address(link.copy)


def _relinked(picture: LineageView, address: dict[str, str]) -> LineageView:
    edges = tuple(replace(e, href=address.get(e.href, e.href)) for e in picture.edges)
    boxes = tuple(replace(b, href=address.get(b.href, b.href)) if b.href else b for b in picture.boxes)
    return replace(picture, edges=edges, boxes=boxes)


def _addressed(view: CopyView, page_of: dict[str, str]) -> CopyView:
    return replace(
        view,
        origin_href=page_of.get(view.origin_href, view.origin_href),
        copy_href=page_of.get(view.copy_href, view.copy_href),
    )


def _entity_words(dossier: Dossier, entities: Sequence[str]) -> tuple[Words, ...]:
    known = {e.id: e for e in dossier.entities}
    return tuple(
        Words(href=f"/entities/{e}?story={dossier.story.id}", number=0, label="", text=one_line(known[e].name))
        for e in entities
        if e in known
    )


def _voices(dossier: Dossier, chips: Chips, sources: Sources) -> tuple[VoiceLine, ...]:
    """The voices that count, then those met only in passing."""
    listed = {v.id: v for v in (*dossier.voices, *dossier.passing_voices)}
    counting = {v.id for v in dossier.voices}
    most = max((len(v.articles) for v in dossier.voices), default=1) or 1
    found = []
    for voice, chip in chips.all():
        known = listed.get(voice)
        carriers = (
            known.articles
            if voice in counting and known is not None
            else tuple(t.article.id for t in dossier.articles if any(s.voice == voice for s in t.voices))
        )
        held = [sources.by_id[a] for a in carriers if a in sources.by_id]
        found.append(
            VoiceLine(
                chip=replace(chip, listed=voice in counting),
                anchor=chip.href.removeprefix("#"),
                kind=known.kind if known is not None and voice in counting else "less than a third of any article",
                articles=tuple((article_address(s.article.id), s.number, s.label) for s in held),
                share=max(1, round(16 * len(held) / most)) if voice in counting else 0,
                reasons=tuple(sources.tell(r) for r in known.reasons) if known is not None else (),
            )
        )
    return tuple(found)


def _line(source: Source, dossier: Dossier, chips: Chips, sources: Sources) -> ArticleLine:
    article = source.article
    membership = next((m.reasons for m in dossier.story.membership if m.article == article.id), ())
    origins = [x for x in dossier.copies if x.copy == article.id and x.origin is not None]
    strongest = max(origins, key=lambda x: (x.coverage, x.score), default=None)
    return ArticleLine(
        id=article.id,
        number=source.number,
        label=source.label,
        headline=shorten(article.headline, 200),
        href=article_address(article.id),
        published=day_text(article.published),
        language=article.language,
        chips=chips.of_all({s.voice for s in source.traced.voices}),
        not_compared="" if article.compared else one_line(article.reason or "no reason given"),
        reasons=tuple(sources.tell(r) for r in membership),
        compare=compare_address(strongest.origin, article.id) if strongest is not None and strongest.origin else "",
    )
