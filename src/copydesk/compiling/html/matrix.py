"""Facts and articles → the table of who says what."""

from __future__ import annotations

from collections.abc import Mapping

from copydesk.compiling.days import day_text
from copydesk.compiling.html.anchors import Anchors, Chips
from copydesk.compiling.html.statements import Statements
from copydesk.compiling.html.views import Cell, MatrixColumn, MatrixRow, MatrixView
from copydesk.compiling.sources import fact_line, one_line, shorten, story_order
from copydesk.model.stories import Fact, Support

CELLS_MAX, ROWS_MIN = 12_000, 24  # about 3 MB of page; the JSON and the CSV hold every fact
TEXT_MAX = 110  # code points of a fact in its row
MARK = {"happened": "", "planned": "planned", "denied": "denied", "alleged": "alleged", "asked": "asked"}


def make_matrix(statements: Statements) -> MatrixView:
    """A row a fact in order of its label, a column an article in order of its number; cells hold the voice's letter."""
    dossier, anchors, chips, labels = (
        statements.dossier, statements.anchors, statements.chips, statements.fact_labels,
    )  # fmt: skip
    modality = {(c.article, c.start, c.end): c.modality for c in dossier.claims}
    columns = [anchors.sources.by_id[t.article.id] for t in story_order(dossier)]
    rows = []
    ordered = sorted(dossier.facts, key=lambda f: int(labels[f.id][1:]))
    shown = max(ROWS_MIN, CELLS_MAX // max(1, len(columns)))
    for fact in ordered[:shown]:
        by_article = _by_article(fact)
        cells = [
            _cell(by_article[c.article.id], modality, anchors, chips) if c.article.id in by_article else None
            for c in columns
        ]
        rows.append(
            MatrixRow(
                label=labels[fact.id],
                href=f"#{statements.story}-{labels[fact.id].lower()}",
                text=shorten(fact_line(fact), TEXT_MAX),
                status=fact.status,
                voices=fact.voices,
                cells=tuple(cells),
            )
        )
    heads = tuple(
        MatrixColumn(
            number=c.number,
            href=f"#a{c.number}",
            label=shorten(c.label, 19),
            title=f"{c.label}: {one_line(c.article.headline)} ({day_text(c.article.published)})",
            compared=c.article.compared,
        )
        for c in columns
    )
    return MatrixView(columns=heads, rows=tuple(rows), more=max(0, len(ordered) - shown))


def _by_article(fact: Fact) -> dict[str, Support]:
    found: dict[str, Support] = {}
    for support in sorted(fact.support, key=lambda s: (s.voice is None, s.span)):
        found.setdefault(support.span.article, support)
    return found


def _cell(support: Support, modality: Mapping[tuple[str, int, int], str], anchors: Anchors, chips: Chips) -> Cell:
    span = support.span
    how = MARK[modality.get((span.article, span.start, span.end), "happened")]
    chip = chips.of(support.voice) if support.voice is not None else None
    said = shorten(anchors.text_at(span), 160)
    named = chip.name if chip else anchors.sources.uncounted(span.article)
    return Cell(
        letter=chip.letter if chip else "–",
        tint=chip.tint if chip else -1,
        href=anchors.link(span),
        mark=how,
        title=f"{named}{f', {how}' if how else ''}: {said}",
    )
