"""An article, its markup and its story → its page: the text in layers, what was dropped, and its revisions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from copydesk import desk
from copydesk.compiling.days import day_of, day_text
from copydesk.compiling.html.anchors import Back, Chips
from copydesk.compiling.html.marked import Anchored, Insert, Marks, Tint, lines_of, mark_lines
from copydesk.compiling.html.statements import Statements
from copydesk.compiling.html.views import Chip, Paragraph, ShareView, Token
from copydesk.compiling.sources import one_line, shorten, web_address
from copydesk.model.articles import Article, Block
from copydesk.model.dossiers import Brief, Dossier, TracedArticle
from copydesk.model.markup import Markup
from copydesk.model.spans import Stretch
from copydesk.web.places import DeskAnchors, brief_of_one, compare_address, sources_of
from copydesk.web.stories import PREFIX

LAYERS = ("voices", "claims", "quotes", "names", "times")
DROPPED_CHARS, DROPPED_BLOCKS = 4_000, 400
REVISIONS_MAX, CHANGES_MAX, AROUND = 20, 60, 60
HINT = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """The words that a reader was led to."""

    start: int
    end: int
    in_source: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What of an article a reader asked to see."""

    layers: tuple[str, ...] = ()
    dropped: bool = False
    place: Place | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A copy link of the article: `words` tells which way."""

    label: str
    arrow: str
    kind: str
    coverage: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DroppedBlock:
    kind: str
    reason: str
    tokens: tuple[Token, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeLine:
    """One change with the words around it."""

    around: str
    before: str
    after: str
    behind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisionPage:
    seen: str
    changes: tuple[ChangeLine, ...]
    more: int
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticlePage:
    id: str
    headline: str
    label: str
    byline: str
    dateline: str
    language: str
    not_compared: str
    published: str
    published_method: str
    modified: str
    observed: str
    address: str
    path: str
    story: str
    story_headline: str
    asked: Asked
    counts: dict[str, int]
    paragraphs: tuple[Paragraph, ...]
    dropped: tuple[DroppedBlock, ...]
    dropped_count: int
    shares: tuple[ShareView, ...]
    credits: tuple[tuple[str, str, str, str], ...]
    warnings: tuple[tuple[str, str, str], ...]
    links: tuple[Link, ...]
    entities: tuple[tuple[str, str, str], ...]
    revisions: tuple[RevisionPage, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the desk knows of an article: its markup, its story's dossier, its revisions."""

    article: Article
    markup: Markup | None
    dossier: Dossier | None
    diffs: tuple[desk.Diff, ...]
    like: Brief


def make_article_page(known: Known, asked: Asked) -> ArticlePage:
    """The page of one article as it was asked for."""
    article = known.article
    told = _Told(known)
    marks = _marks(known, told, asked)
    lines = list(lines_of(article.text, Stretch(start=0, end=len(article.text))))
    heads = [
        Stretch(start=b.at, end=b.at + b.end - b.start)
        for b in article.blocks
        if b.kind == "headline" and b.at is not None
    ]
    tokens = mark_lines(article.text, lines, marks)
    dropped = [b for b in article.blocks if b.at is None and article.source_text[b.start : b.end].strip()]
    return ArticlePage(
        id=article.id, headline=one_line(article.headline) or "No headline", label=told.label, byline=one_line(article.byline or ""),
        dateline=one_line(article.dateline or ""), language=article.language,
        not_compared="" if article.compared else one_line(article.reason or "no reason given"),
        published=day_text(article.published), published_method=one_line(article.published.method),
        modified=day_text(article.modified) if article.modified is not None else "",
        observed=day_of(article.observed) if article.observed is not None else "", address=web_address(article.url) or "",
        path=one_line(article.path), story=known.dossier.story.id if known.dossier else "",
        story_headline=one_line(known.dossier.headline) if known.dossier else "", asked=asked, counts=_counts(known, told),
        paragraphs=tuple(
            Paragraph(css="head" if any(line.overlap(h) for h in heads) else "", tokens=t)
            for line, t in zip(lines or [Stretch(start=0, end=0)], tokens, strict=False)
        ),
        dropped=tuple(_dropped(article, dropped, asked)) if asked.dropped else (), dropped_count=len(dropped),
        shares=told.shares(), credits=told.credits(), warnings=told.warnings(), links=told.links(), entities=told.entities(),
        revisions=tuple(told.revision(d) for d in known.diffs[-REVISIONS_MAX:][::-1]),
    )  # fmt: skip


class _Told:
    """What the story's dossier says of one article, each thing with its address; nothing without a dossier."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._article = known.article
        dossier = known.dossier
        self.traced: TracedArticle | None = None
        self.label = one_line(known.article.outlet or "") or one_line(known.article.path.rsplit("/", 1)[-1])
        self.labels: dict[str, str] = {}
        if dossier is None:
            return
        self._sources = sources_of(brief_of_one(dossier, known.like))
        self._chips = Chips(PREFIX, dossier, self._sources)
        statements = Statements(PREFIX, dossier, DeskAnchors(self._sources), self._chips)
        self.labels = statements.fact_labels
        source = self._sources.by_id.get(known.article.id)
        if source is not None:
            self.traced, self.label = source.traced, source.label

    def story(self, anchor: str) -> str:
        return f"/stories/{self._known.dossier.story.id}#{anchor}" if self._known.dossier else ""

    def chip(self, voice: str) -> Chip:
        chip = self._chips.of(voice)
        return replace(chip, href=self.story(chip.href.removeprefix("#")))

    def shares(self) -> tuple[ShareView, ...]:
        voices = self.traced.voices if self.traced else ()
        return tuple(
            ShareView(
                chip=self.chip(s.voice), share=f"{s.share:.0%}", reasons=tuple(self._sources.tell(r) for r in s.reasons)
            )
            for s in voices
        )

    def credits(self) -> tuple[tuple[str, str, str, str], ...]:
        return tuple(
            (one_line(c.name), c.kind, one_line(c.reason),
             f"?{'source' if c.span.in_source else 'at'}={c.span.start}-{c.span.end}{'&dropped=1' if c.span.in_source else ''}#at")
            for c in self._article.credits
        )  # fmt: skip

    def warnings(self) -> tuple[tuple[str, str, str], ...]:
        found = self.traced.warnings if self.traced else ()
        return tuple((one_line(w.text), one_line(w.stands_for or ""), f"?at={w.start}-{w.end}#at") for w in found)

    def links(self) -> tuple[Link, ...]:
        if self._known.dossier is None:
            return ()
        found = []
        for link in self._known.dossier.copies:
            if self._article.id not in (link.origin, link.copy):
                continue
            outward = link.origin == self._article.id
            other = link.copy if outward else link.origin
            source = self._sources.by_id.get(other or "")
            arrow = "↔" if link.direction == "unknown" else "→" if outward else "←"
            name = source.label if source else self._sources.voice_name(link.origin_voice or "")
            href = compare_address(link.origin, link.copy) if link.origin else ""
            found.append(Link(label=name, arrow=arrow, kind=link.kind, coverage=f"{link.coverage:.0%}", href=href))
        return tuple(found)

    def entities(self) -> tuple[tuple[str, str, str], ...]:
        dossier = self._known.dossier
        if dossier is None:
            return ()
        here = [e for e in dossier.entities if any(m.article == self._article.id for m in e.mentions)]
        return tuple((one_line(e.name), e.type, f"/entities/{e.id}?story={dossier.story.id}") for e in here)

    def revision(self, diff: desk.Diff) -> RevisionPage:
        before, after = diff.before.text, diff.after.text
        lines = [
            ChangeLine(
                around=before[max(0, c.before.start - AROUND) : c.before.start], before=before[c.before.start : c.before.end],
                after=after[c.after.start : c.after.end], behind=before[c.before.end : c.before.end + AROUND],
            )
            for c in diff.changes[:CHANGES_MAX]
        ]  # fmt: skip
        seen = day_of(diff.after.observed) if diff.after.observed else ""
        facts = tuple((self.labels[f.id], self.story(f.id)) for f in diff.facts if f.id in self.labels)
        return RevisionPage(seen=seen, changes=tuple(lines), more=max(0, len(diff.changes) - CHANGES_MAX), facts=facts)


def _counts(known: Known, told: _Told) -> dict[str, int]:
    """How much each layer has to show."""
    markup, dossier, article = known.markup, known.dossier, known.article.id
    claims = sum(c.article == article for c in dossier.claims) if dossier else 0
    return {
        "voices": len(told.traced.voices) if told.traced else 0,
        "claims": claims,
        "quotes": len(markup.quotes) if markup else 0,
        "names": len(markup.names) if markup else 0,
        "times": len(markup.times) if markup else 0,
    }


def _marks(known: Known, told: _Told, asked: Asked) -> Marks:
    anchored: list[Anchored] = []
    tints: list[Tint] = []
    inserts: list[Insert] = []
    if asked.place is not None and not asked.place.in_source:
        anchored.append(Anchored(start=asked.place.start, end=asked.place.end, id="at"))
        tints.append(Tint(start=asked.place.start, end=asked.place.end, css="hit"))
    if known.dossier is not None:
        anchored += _claims(known.dossier, known.article.id, told, shown="claims" in asked.layers)
    if "voices" in asked.layers and told.traced is not None:
        for share in told.traced.voices:
            chip = told.chip(share.voice)
            tints += [Tint(start=s.start, end=s.end, css=f"v{chip.tint}", title=chip.name) for s in share.spans]
            inserts += [
                Insert(
                    at=s.start,
                    css=f"tag v{chip.tint}",
                    text=chip.letter,
                    href=chip.href,
                    title=f"from here: {chip.name}",
                )
                for s in share.spans[:1]
            ]
    if told.traced is not None:
        tints += [
            Tint(
                start=w.start,
                end=w.end,
                css="altered",
                title=f"stands for “{one_line(w.stands_for)}”" if w.stands_for else one_line(w.reason),
            )
            for w in told.traced.warnings
        ]
    if known.markup is not None:
        tints += _layers(known.markup, asked.layers)
    length = len(known.article.text)
    return Marks(
        anchored=[a for a in anchored if 0 <= a.start < a.end <= length],
        tints=[t for t in tints if 0 <= t.start < t.end <= length],
        inserts=[i for i in inserts if 0 <= i.at < length],
    )


def _claims(dossier: Dossier, article: str, told: _Told, *, shown: bool) -> list[Anchored]:
    """Every claim's permalink, and with `shown` the way to the fact that rests on it."""
    fact_of = {claim: fact for fact in dossier.facts for claim in fact.claims}
    found = []
    for claim in dossier.claims:
        if claim.article != article:
            continue
        fact = fact_of.get(claim.id)
        backs = (
            (
                Back(
                    label=told.labels[fact.id],
                    href=told.story(fact.id),
                    title=f"{fact.status}: {shorten(fact.text, HINT)}",
                ),
            )
            if shown and fact is not None and fact.id in told.labels
            else ()
        )
        found.append(Anchored(start=claim.start, end=claim.end, id=claim.id, backs=backs))
    return found


def _layers(markup: Markup, layers: Sequence[str]) -> list[Tint]:
    tints: list[Tint] = []
    if "quotes" in layers:
        for quote in markup.quotes:
            title = f"{quote.kind} quote" + (f" of {one_line(quote.source_name)}" if quote.source_name else "")
            tints += [Tint(start=s.start, end=s.end, css=f"l-quote l-{quote.kind}", title=title) for s in quote.content]
            tints += [Tint(start=s.start, end=s.end, css="l-cue", title="cue") for s in [quote.cue] if s is not None]
            tints += [
                Tint(start=s.start, end=s.end, css="l-source", title="speaker") for s in [quote.source] if s is not None
            ]
    if "names" in layers:
        tints += [
            Tint(start=n.start, end=n.end, css="l-name", title=f"{n.type}: {one_line(n.reason)}") for n in markup.names
        ]
    if "times" in layers:
        tints += [
            Tint(start=t.start, end=t.end, css="l-time", title=f"{t.value or 'no value'} ({one_line(t.reason)})")
            for t in markup.times
        ]
    return tints


def _dropped(article: Article, blocks: Sequence[Block], asked: Asked) -> list[DroppedBlock]:
    place = asked.place if asked.place is not None and asked.place.in_source else None
    wanted = [b for b in blocks if place is not None and b.start <= place.start < b.end]
    shown = sorted({*blocks[:DROPPED_BLOCKS], *wanted}, key=lambda b: b.start)
    found, given = [], False
    for block in shown:
        here = []
        if place is not None and not given and block.start <= place.start < block.end:
            here, given = [Anchored(start=place.start, end=min(place.end, block.end), id="at")], True
        hits = [Tint(start=a.start, end=a.end, css="hit") for a in here]
        end = min(block.end, max(block.start + DROPPED_CHARS, here[0].end if here else 0))
        lines = list(lines_of(article.source_text, Stretch(start=block.start, end=end)))
        tokens = mark_lines(article.source_text, lines, Marks(anchored=here, tints=hits))
        flat = tuple(t for line in tokens for t in (*line, Token(kind="text", text="\n")))
        found.append(DroppedBlock(kind=block.kind, reason=one_line(block.reason), tokens=flat))
    return found
