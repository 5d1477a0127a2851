"""Brief → facts.csv: a fact a line, for a spreadsheet."""

from __future__ import annotations

import csv
import io

from copydesk.compiling.days import iso_text
from copydesk.compiling.order import dossiers_in_order
from copydesk.compiling.sources import Sources, number_sources, one_line
from copydesk.model.dossiers import Brief, Dossier
from copydesk.model.stories import Fact

COLUMNS = (
    "story", "story_headline", "fact", "status", "text", "articles", "voices", "voice_names", "omitted_by", "when",
    "entities", "weight", "sources", "article", "start", "end",
)  # fmt: skip
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def to_csv(brief: Brief) -> str:
    """RFC 4180 with a header line; cells that a spreadsheet would run as a formula begin with an apostrophe.

    `article`, `start` and `end` say where the fact's first words stand; `sources` lists outlet and address of all.
    """
    sources = number_sources(brief)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for dossier in dossiers_in_order(brief):
        for fact in dossier.facts:
            writer.writerow([_guard(cell) for cell in _row(dossier, fact, sources)])
    return out.getvalue()


def _row(dossier: Dossier, fact: Fact, sources: Sources) -> list[str]:
    names = {e.id: one_line(e.name) for e in dossier.entities}
    voices = sorted({sources.voice_name(s.voice) for s in fact.support if s.voice is not None})
    by_number = {sources.of(s.span.article).number: sources.of(s.span.article) for s in fact.support}
    first = fact.support[0].span if fact.support else None
    return [
        dossier.story.id,
        one_line(dossier.headline),
        fact.id,
        fact.status,
        one_line(fact.text),
        str(fact.articles),
        str(fact.voices),
        "; ".join(voices),
        "; ".join(sources.voice_name(v) for v in fact.omitted_by),
        iso_text(fact.when),
        "; ".join(names[e] for e in fact.entities if e in names),
        f"{fact.weight:.4f}",
        "; ".join(f"{s.label}, {s.where}" for _, s in sorted(by_number.items())),
        first.article if first else "",
        str(first.start) if first else "",
        str(first.end) if first else "",
    ]


def _guard(cell: str) -> str:
    return "'" + cell if cell.startswith(FORMULA) else cell
