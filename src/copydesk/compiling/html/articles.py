"""An article → its text with every mark, and what is known of it."""

from __future__ import annotations

from collections.abc import Sequence

from copydesk.compiling.days import day_of, day_text
from copydesk.compiling.html.anchors import Anchors, Back, Chips, anchor_id
from copydesk.compiling.html.copying import Copying
from copydesk.compiling.html.marked import Anchored, Insert, Marks, Tint, lines_of, mark_lines
from copydesk.compiling.html.statements import Statements
from copydesk.compiling.html.views import (
    ArticleView,
    CreditView,
    DroppedView,
    Paragraph,
    RevisionView,
    ShareView,
    Token,
    WarningView,
)
from copydesk.compiling.sources import Source, one_line, web_address
from copydesk.model.articles import ArticleWarning, Block, Credit
from copydesk.model.dossiers import Dossier, TracedArticle
from copydesk.model.spans import Span, Stretch

DROPPED_MAX = 4_000  # code points of one dropped block that the page repeats
DROPPED_BLOCKS = 400  # dropped blocks that the page repeats; the JSON lists them all


class Articles:
    """The articles of one story as the page shows them. Ask for them after all that links into them."""

    def __init__(self, statements: Statements, copying: Copying) -> None:
        self._anchors: Anchors = statements.anchors
        self._chips: Chips = statements.chips
        self._dossier: Dossier = statements.dossier
        self._statements = statements
        self._copying = copying

    def link(self, source: Source) -> None:
        """Asks for the anchors of what an article says of itself: call it for all before the first `view`."""
        self._anchors.all_words(source.article.published.evidence)
        for credit in source.article.credits:
            self._credit(source, credit)
        for warning in source.traced.warnings:
            self._warning(source, warning)

    def view(self, source: Source) -> ArticleView:
        """One article, with every anchor that was asked for in it."""
        traced, article = source.traced, source.article
        membership = next((m.reasons for m in self._dossier.story.membership if m.article == article.id), ())
        published = self._anchors.all_words(article.published.evidence)
        credits = tuple(self._credit(source, c) for c in article.credits)
        warnings = tuple(self._warning(source, w) for w in traced.warnings)
        return ArticleView(
            anchor=f"a{source.number}",
            number=source.number,
            label=source.label,
            headline=one_line(article.headline),
            byline=one_line(article.byline or ""),
            dateline=one_line(article.dateline or ""),
            language=article.language,
            not_compared="" if article.compared else one_line(article.reason or "no reason given"),
            published=day_text(article.published),
            published_method=one_line(article.published.method),
            published_words=published,
            modified=day_text(article.modified) if article.modified is not None else "",
            observed=day_of(article.observed) if article.observed is not None else "",
            address=web_address(article.url) or "",
            path=one_line(article.path),
            chips=self._chips.of_all({s.voice for s in traced.voices}),
            shares=tuple(
                ShareView(
                    chip=self._chips.of(s.voice),
                    share=f"{s.share:.0%}",
                    reasons=tuple(self._anchors.sources.tell(r) for r in s.reasons),
                )
                for s in traced.voices
            ),
            credits=credits,
            warnings=warnings,
            revisions=tuple(
                RevisionView(
                    observed=day_of(r.observed) if r.observed is not None else "day unknown",
                    changes=len(r.changes),
                    facts=tuple(
                        (label, f"#{self._statements.story}-{label.lower()}")
                        for f in r.facts
                        if (label := self._statements.fact_labels.get(f))
                    ),
                )
                for r in traced.revisions
            ),
            membership=tuple(self._anchors.sources.tell(r) for r in membership),
            paragraphs=self._paragraphs(source),
            dropped=self._dropped(source),
        )

    def _credit(self, source: Source, credit: Credit) -> CreditView:
        back = Back(label="credit", href=f"#a{source.number}-about", title=one_line(credit.name))
        return CreditView(
            name=one_line(credit.name),
            kind=credit.kind,
            reason=self._anchors.sources.tell(credit.reason),
            words=self._anchors.words(credit.span, back=back),
        )

    def _warning(self, source: Source, warning: ArticleWarning) -> WarningView:
        span = Span(article=source.article.id, start=warning.start, end=warning.end)
        return WarningView(
            anchor=f"a{source.number}-w{warning.start}",
            text=one_line(warning.text),
            stands_for=one_line(warning.stands_for or ""),
            reason=self._anchors.sources.tell(warning.reason),
            href=self._anchors.link(span),
            support=self._anchors.all_words(warning.support),
        )

    def _paragraphs(self, source: Source) -> tuple[Paragraph, ...]:
        article = source.article
        lines = list(lines_of(article.text, Stretch(start=0, end=len(article.text))))
        heads = [
            Stretch(start=b.at, end=b.at + b.end - b.start)
            for b in article.blocks
            if b.kind == "headline" and b.at is not None
        ]
        marks = Marks(
            anchored=self._anchored(source, self._anchors.asked(article.id, in_source=False)),
            tints=[*self._voice_tints(source.traced), *self._copying.tints.get(article.id, ())],
            inserts=[*self._voice_tags(source.traced), *self._copying.inserts.get(article.id, ())],
        )
        tokens = mark_lines(article.text, lines, marks)
        return tuple(
            Paragraph(css="head" if any(line.overlap(h) for h in heads) else "", tokens=t)
            for line, t in zip(lines or [Stretch(start=0, end=0)], tokens, strict=False)
        )

    def _anchored(self, source: Source, asked: Sequence[tuple[Span, tuple[Back, ...]]]) -> list[Anchored]:
        return [Anchored(start=s.start, end=s.end, id=anchor_id(source.number, s), backs=backs) for s, backs in asked]

    def _voice_tints(self, traced: TracedArticle) -> list[Tint]:
        """Two voices and more in one article are told apart by tint; words that stand for others are marked."""
        tints = [
            Tint(start=s.start, end=s.end, css=f"v{self._chips.of(share.voice).tint}")
            for share in traced.voices
            for s in share.spans
            if len(traced.voices) > 1
        ]
        warned = [
            Tint(
                start=w.start,
                end=w.end,
                css="altered",
                title=f"stands for “{one_line(w.stands_for)}”" if w.stands_for else one_line(w.reason),
            )
            for w in traced.warnings
        ]
        return tints + warned

    def _voice_tags(self, traced: TracedArticle) -> list[Insert]:
        """A letter where a voice begins to speak: not again where it goes on after a gap."""
        starts = sorted((s.start, share.voice) for share in traced.voices for s in share.spans)
        tags: list[Insert] = []
        before = ""
        for at, voice in starts:
            if voice != before:
                chip = self._chips.of(voice)
                css = f"tag v{chip.tint}"
                tags.append(Insert(at=at, css=css, text=chip.letter, href=chip.href, title=f"from here: {chip.name}"))
            before = voice
        return tags

    def _dropped(self, source: Source) -> tuple[DroppedView, ...]:
        """The blocks that are not in the text, each with the anchors that stand in it."""
        article = source.article
        blocks = [b for b in article.blocks if b.at is None and article.source_text[b.start : b.end].strip()]
        asked = self._anchored(source, self._anchors.asked(article.id, in_source=True))
        shown = _blocks_shown(blocks, asked)
        found = []
        for i, block in enumerate(shown):
            here = [a for a in asked if block.start <= a.start < block.end]
            rest = [a for a in asked if not any(b.start <= a.start < b.end for b in shown)] if i == 0 else []
            lines = list(lines_of(article.source_text, Stretch(start=block.start, end=_cut(block))))
            tokens = mark_lines(article.source_text, lines, Marks(anchored=[*here, *rest]))
            found.append(
                DroppedView(kind=block.kind, reason=self._anchors.sources.tell(block.reason), tokens=_as_one(tokens))
            )
        if asked and not shown:
            tokens = mark_lines(article.source_text, [], Marks(anchored=asked))
            found.append(DroppedView(kind="source", reason="words outside every block", tokens=tokens[0]))
        return tuple(found)


def _as_one(lines: Sequence[tuple[Token, ...]]) -> tuple[Token, ...]:
    return tuple(t for line in lines for t in (*line, Token(kind="text", text="\n")))


def _cut(block: Block) -> int:
    return min(block.end, block.start + DROPPED_MAX)


def _blocks_shown(blocks: Sequence[Block], asked: Sequence[Anchored]) -> list[Block]:
    """The first blocks, and every one that somebody links into."""
    wanted = {b for b in blocks if any(b.start <= a.start < b.end for a in asked)}
    first = set(blocks[:DROPPED_BLOCKS])
    return [b for b in blocks if b in first or b in wanted]
