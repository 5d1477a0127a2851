"""Brief → brief.md, every source a numbered footnote."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from copydesk.compiling.days import day_text
from copydesk.compiling.order import FactPart, dossiers_in_order, part_of
from copydesk.compiling.sources import (
    Source,
    Sources,
    clause,
    count_text,
    fact_line,
    not_compared,
    number_sources,
    one_line,
    plural,
    web_address,
)
from copydesk.model.dossiers import Brief, Dossier
from copydesk.model.stories import Conflict, Fact, Quote

SPECIAL = re.compile(r"[\\`*_\[\]<>#|~&!$^@{}]|(?<=https)[:]|(?<=http)[:]|(?<=www)[.]|^[-+=]|^\d{1,9}(?=[.)])")
HEADING: dict[FactPart, str] = {
    "corroborated": "Corroborated", "disputed": "Disputed", "single-voice": "What only one voice says",
    "detail": "Details that several voices give", "addition": "What one voice alone adds",
}  # fmt: skip


def to_markdown(brief: Brief) -> str:
    """The brief as Markdown, article text escaped; a footnote names outlet, date and address (or path)."""
    sources = number_sources(brief)
    dossiers = dossiers_in_order(brief)
    lines = ["# Copydesk brief", ""]
    if len(dossiers) > 1:
        for dossier in dossiers:
            lines.append(f"- **{_count(dossier)}**: {escape(dossier.headline) or 'no headline'}")
        lines.append("")
    for dossier in dossiers:
        lines += _story(dossier, sources)
    lines += _skipped(brief)
    lines += [_footnote(s) for s in sorted(sources.by_id.values(), key=lambda s: s.number)]
    return "\n".join(lines).rstrip() + "\n"


def escape(text: str) -> str:
    """The text on one line with every character that Markdown or HTML could act on made inert."""
    return SPECIAL.sub(lambda m: f"{m.group()}\\" if m.group().isdigit() else f"\\{m.group()}", one_line(text))


def _count(dossier: Dossier) -> str:
    return count_text(len(dossier.story.articles), len(dossier.voices), not_compared(dossier))


def _notes(articles: Iterable[str], sources: Sources) -> str:
    return "".join(f"[^{n}]" for n in sources.numbers(articles))


def _story(dossier: Dossier, sources: Sources) -> Iterator[str]:
    names = {e.id: escape(e.name) for e in dossier.entities}
    yield f"## {escape(dossier.headline) or 'No headline'}"
    yield ""
    yield f"**{_count(dossier)}**"
    yield ""
    yield f"- When: {escape(day_text(dossier.when))} ({escape(dossier.when.method)})"
    if dossier.where:
        yield f"- Where: {', '.join(names.get(e, escape(e)) for e in dossier.where)}"
    if dossier.who:
        yield f"- Who: {', '.join(names.get(e, escape(e)) for e in dossier.who)}"
    for voice in dossier.voices:
        yield f"- Voice: {escape(voice.name)} ({voice.kind}) in {plural(len(voice.articles), 'article')}{_notes(voice.articles, sources)}"
    yield ""
    if dossier.summary:
        yield "### In brief"
        yield ""
        for statement in dossier.summary:
            yield f"- {escape(statement.text)}{_notes((s.article for s in statement.support), sources)}"
        yield ""
    for part, heading in HEADING.items():
        facts = [f for f in dossier.facts if part_of(f) == part]
        if facts:
            yield f"### {heading}"
            yield ""
            yield from (_fact(f, sources) for f in facts)
            yield ""
    for kind, heading in (("conflict", "Conflicts"), ("update", "Updates")):
        conflicts = [c for c in dossier.conflicts if c.kind == kind]
        if conflicts:
            yield f"### {heading}"
            yield ""
            for conflict in conflicts:
                yield from _conflict(conflict, sources)
            yield ""
    if dossier.quotes:
        yield "### Quotes"
        yield ""
        for quote in dossier.quotes:
            yield from _quote(quote, names, sources)
        yield ""
    if dossier.timeline:
        yield "### Timeline"
        yield ""
        for moment in dossier.timeline:
            planned = " (planned)" if moment.modality == "planned" else ""
            notes = _notes((s.article for s in moment.support), sources)
            yield f"- **{escape(day_text(moment.when))}**{planned}: {escape(moment.text)}{notes}"
        yield ""
    if dossier.copies:
        yield "### Who copied whom"
        yield ""
        for link in dossier.copies:
            origin = (
                f"[^{sources.of(link.origin).number}]"
                if link.origin
                else escape(sources.voice_name(link.origin_voice or ""))
            )
            verb = "shares text with" if link.direction == "unknown" else "took text from"
            reasons = "; ".join(escape(r) for r in link.reasons)
            copy = sources.of(link.copy)
            yield (
                f"- {escape(copy.label)}[^{copy.number}] {verb} {origin}: {link.kind}, "
                f"{link.coverage:.0%} of its body, direction {link.direction}. {reasons}"
            )
        yield ""


def _fact(fact: Fact, sources: Sources) -> str:
    voices = sorted({sources.voice_name(s.voice) for s in fact.support if s.voice is not None})
    counted = f"{plural(fact.articles, 'article')}, {plural(fact.voices, 'voice')}"
    named = f": {', '.join(escape(v) for v in voices)}" if voices else ""
    context = f" (in “{escape(clause(fact.detail_of))}”)" if fact.detail_of else ""
    return f"- {escape(fact_line(fact))}{context}{_notes((s.span.article for s in fact.support), sources)} *({counted}{named})*"


def _conflict(conflict: Conflict, sources: Sources) -> Iterator[str]:
    yield f"- {escape(conflict.about)} ({conflict.slot}): {escape(conflict.reason)}"
    for side in conflict.sides:
        voices = ", ".join(escape(sources.voice_name(v)) for v in side.voices)
        when = f" as of {escape(day_text(side.when))}" if side.when is not None and conflict.kind == "update" else ""
        notes = _notes((s.article for s in side.support), sources)
        yield f"    - **{escape(side.value)}**{when}: “{escape(clause(side.text))}”{notes}{f' ({voices})' if voices else ''}"


def _quote(quote: Quote, names: dict[str, str], sources: Sources) -> Iterator[str]:
    speaker = names.get(quote.speaker or "") or escape(quote.speaker_text) or "Speaker unknown"
    marks = ("“", "”") if quote.kind == "direct" else ("", "")
    via = f", via {', '.join(escape(v) for v in quote.via)}" if quote.via else ""
    yield f"- **{speaker}** ({quote.kind}{via}): {marks[0]}{escape(quote.text)}{marks[1]}{_notes((s.article for s in quote.support), sources)}"
    for variant in quote.variants:
        yield f"    - variant: {escape(variant.text)}{_notes((s.article for s in variant.support), sources)}"


def _skipped(brief: Brief) -> Iterator[str]:
    yield "## What was skipped"
    yield ""
    if not brief.skipped:
        yield "Nothing."
    for skipped in sorted(brief.skipped, key=lambda s: (s.path, s.stage, s.reason)):
        yield f"- {escape(skipped.path)}: {escape(skipped.reason)} ({escape(skipped.stage)})"
    for correction in brief.corrections:
        used = "applied" if correction.used else "not found, not applied"
        yield f"- Correction by the user: {correction.subject} {escape(correction.left)} / {escape(correction.right)} {correction.verdict} ({used})"
    yield ""


def _footnote(source: Source) -> str:
    article = source.article
    address = web_address(article.url)
    where = f"<{_address(address)}>" if address else f"`{one_line(article.path).replace('`', chr(39))}`"
    seen = "" if article.compared else f" Not compared: {escape(article.reason or 'no reason given')}."
    return f"[^{source.number}]: {escape(source.label)}, “{escape(article.headline)}”, {escape(day_text(article.published))}, {where}.{seen}"


def _address(url: str) -> str:
    return re.sub(r"[<>\s\"`]", lambda m: f"%{ord(m.group()):02X}", url)
