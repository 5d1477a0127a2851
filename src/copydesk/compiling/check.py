"""brief.json → what in it does not hold together: ids, spans, counts, words. Beyond what the schema can say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

import msgspec

from copydesk.compiling.contract import (
    ArticleRecord,
    BriefRecord,
    ClaimRecord,
    ConflictRecord,
    CopyRecord,
    FactRecord,
    QuoteRecord,
    SpanRecord,
    StoryRecord,
    SupportRecord,
    WhenRecord,
)

Place = SpanRecord | SupportRecord | ClaimRecord
JOINERS = (" ", " … ", " ... ", " [...] ", ", ", "")  # between the parts of an interrupted quotation


def check_brief(brief: Mapping[str, object]) -> list[str]:
    """One line for everything that does not hold, [] when the brief is sound."""
    try:
        record = msgspec.convert(brief, BriefRecord)
    except msgspec.ValidationError as error:
        return [f"shape: {error}"]
    return list(_Checker(record).run())


def _joined(words: str) -> str:
    return " ".join(words.split())


def _repeated(kind: str, ids: Iterable[str]) -> Iterator[str]:
    for item, count in sorted(Counter(ids).items()):
        if count > 1:
            yield f"{kind} {item} stands {count} times"


class _Checker:
    """The look-ups that the checks of one brief share."""

    def __init__(self, brief: BriefRecord) -> None:
        self.brief = brief
        self.articles = {a.id: a for a in brief.articles}
        self.voices = {v.id for s in brief.stories for v in s.voices} | {v.id for a in brief.articles for v in a.voices}
        self.facts = {f.id for s in brief.stories for f in s.facts}

    def run(self) -> Iterator[str]:
        brief = self.brief
        yield from _repeated("article", (a.id for a in brief.articles))
        yield from _repeated("story", (s.id for s in brief.stories))
        yield from _repeated("claim", (c.id for s in brief.stories for c in s.claims))
        yield from _repeated("fact", (f.id for s in brief.stories for f in s.facts))
        yield from _repeated("quote", (q.id for s in brief.stories for q in s.quotes))
        yield from _repeated("conflict", (c.id for s in brief.stories for c in s.conflicts))
        held = Counter(a for s in brief.stories for a in s.articles)
        for article in brief.articles:
            if held[article.id] != 1:
                yield f"article {article.id} is in {held[article.id]} stories"
            yield from self.article(article)
        for unknown in sorted(held.keys() - self.articles.keys()):
            yield f"a story holds article {unknown}, which is not listed"
        stories = {s.id for s in brief.stories}
        for story in brief.stories:
            if story.part_of is not None and (story.part_of not in stories or story.part_of == story.id):
                yield f"story {story.id} is part of {story.part_of}, which is no other story"
            yield from self.story(story)

    def words(self, span: Place) -> str:
        article = self.articles.get(span.article)
        if article is None:
            return ""
        in_source = isinstance(span, SpanRecord) and span.in_ == "source"
        return (article.source_text if in_source else article.text)[span.start : span.end]

    def places(self, where: str, spans: Iterable[Place]) -> Iterator[str]:
        for span in spans:
            if span.article not in self.articles:
                yield f"{where}: article {span.article} is not listed"
            elif not span.start < span.end or len(self.words(span)) != span.end - span.start:
                yield f"{where}: span {span.start}-{span.end} does not lie inside article {span.article}"

    def when(self, where: str, when: WhenRecord | None) -> Iterator[str]:
        if when is None:
            return
        yield from self.places(f"{where} when", when.evidence)
        for day in (when.earliest, when.latest):
            try:
                date.fromisoformat(day or "2000-01-01")
            except ValueError:
                yield f"{where}: {day} is no day"
        if when.earliest and when.latest and when.earliest > when.latest:
            yield f"{where}: earliest {when.earliest} is after latest {when.latest}"

    def known_voices(self, where: str, voices: Iterable[str | None]) -> Iterator[str]:
        for voice in voices:
            if voice is not None and voice not in self.voices:
                yield f"{where}: voice {voice} is not listed"

    def article(self, article: ArticleRecord) -> Iterator[str]:
        where = f"article {article.id}"
        if not article.compared and not article.reason:
            yield f"{where} is not compared and says no reason"
        yield from self.when(where, article.published)
        yield from self.when(where, article.modified)
        credits = [SpanRecord(article=c.article, start=c.start, end=c.end, in_=c.in_) for c in article.credits]
        yield from self.places(f"{where} credit", credits)
        stretches = [(v.start, v.end, "voice") for share in article.voices for v in share.spans]
        stretches += [(w.start, w.end, "warning") for w in article.warnings]
        for start, end, what in stretches:
            if not start < end <= len(article.text):
                yield f"{where}: {what} {start}-{end} does not lie inside the text"
        for warning in article.warnings:
            yield from self.places(f"{where} warning", warning.support)
        for revision in article.revisions:
            for fact in revision.facts:
                if fact not in self.facts:
                    yield f"{where}: revision {revision.id} names fact {fact}, which is not listed"
        yield from self.blocks(article)

    def blocks(self, article: ArticleRecord) -> Iterator[str]:
        """The text is the kept blocks, characters for characters, joined by a blank line."""
        kept = sorted((b.at, b.start, b.end) for b in article.blocks if b.at is not None)
        for block in article.blocks:
            if not block.start <= block.end <= len(article.source_text):
                yield f"article {article.id}: block {block.start}-{block.end} does not lie inside the source text"
        place = 0
        for i, (at, start, end) in enumerate(kept):
            if article.text[place:at] != ("\n\n" if i else ""):
                yield f"article {article.id}: text before {at} is not a blank line"
            place = at + end - start
            if article.text[at:place] != article.source_text[start:end]:
                yield f"article {article.id}: text at {at} is not the source text at {start}"
        if place != len(article.text):
            yield f"article {article.id}: its blocks give {place} of {len(article.text)} characters of text"

    def story(self, story: StoryRecord) -> Iterator[str]:
        where = f"story {story.id}"
        members = set(story.articles)
        if {m.article for m in story.membership} != members:
            yield f"{where}: membership does not list its articles"
        yield from _repeated(f"{where} voice", (v.id for v in story.voices))
        yield from _repeated(f"{where} entity", (e.id for e in story.entities))
        yield from self.when(where, story.when)
        entities = {e.id for e in story.entities}
        used = [*story.where, *story.who, *(e for f in story.facts for e in f.entities)]
        speakers = [*(q.speaker for q in story.quotes), *(c.speaker for c in story.claims)]
        used += [s for s in speakers if s is not None]
        for unknown in sorted(set(used) - entities):
            yield f"{where}: entity {unknown} is not listed"
        for voice in story.voices:
            if not voice.articles or not members.issuperset(voice.articles):
                yield f"{where}: voice {voice.id} has no article, or one of another story"
            for article in voice.articles:
                if article in self.articles and not self.articles[article].compared:
                    yield f"{where}: voice {voice.id} counts article {article}, which is not compared"
        for entity in story.entities:
            yield from self.places(
                f"entity {entity.id}", [*entity.mentions, *(s for r in entity.roles for s in r.support)]
            )
            if not members.issuperset(a for alias in entity.aliases for a in alias.articles):
                yield f"entity {entity.id}: an alias names an article of another story"
        for i, statement in enumerate(story.summary):
            yield from self.quoted(f"{where} summary {i}", statement.text, statement.support)
        for i, moment in enumerate(story.timeline):
            yield from self.quoted(f"{where} timeline {i}", moment.text, moment.support)
            yield from self.when(f"{where} timeline {i}", moment.when)
        for quote in story.quotes:
            yield from self.quote(quote)
        for link in story.copies:
            yield from self.copy(link, members)
        yield from self.claims(story, members)
        for conflict in story.conflicts:
            yield from self.conflict(conflict, {f.id for f in story.facts})

    def quoted(self, where: str, text: str, support: Sequence[Place]) -> Iterator[str]:
        """The text stands in the words of one of the spans."""
        yield from self.places(where, support)
        if not any(_joined(text) in _joined(self.words(s)) for s in support):
            yield f"{where}: its text stands in none of its {len(support)} spans"

    def quote(self, quote: QuoteRecord) -> Iterator[str]:
        for text, support in [(quote.text, quote.support), *((v.text, v.support) for v in quote.variants)]:
            yield from self.places(f"quote {quote.id}", support)
            if not self.carried(_joined(text), support):
                yield f"quote {quote.id}: its text is not the words of its spans"

    def carried(self, text: str, support: Sequence[SpanRecord]) -> bool:
        """Whether the text is one span's words, or those of neighbouring spans (an interrupted quotation)."""
        words = [_joined(self.words(s)) for s in support]
        for first in range(len(words)):
            for last in range(first + 1, min(len(words), first + 6) + 1):
                if any(joiner.join(words[first:last]) == text for joiner in JOINERS):
                    return True
        return False

    def copy(self, link: CopyRecord, members: set[str]) -> Iterator[str]:
        origin = link.from_.article if isinstance(link.from_.article, str) else None
        where = f"copy {origin or link.from_.voice} to {link.to}"
        if link.to not in members or (origin is not None and (origin not in members or origin == link.to)):
            yield f"{where}: not two articles of this story"
        if origin is None:
            yield from self.known_voices(where, [str(link.from_.voice)])
        for passage in link.passages:
            spans = [SpanRecord(article=link.to, start=passage.to.start, end=passage.to.end)]
            if passage.from_ is not None and origin is not None:
                spans.append(SpanRecord(article=origin, start=passage.from_.start, end=passage.from_.end))
            elif origin is not None:
                yield f"{where}: a passage has no place in the article it came from"
            yield from self.places(where, spans)
        yield from self.places(where, link.evidence)

    def claims(self, story: StoryRecord, members: set[str]) -> Iterator[str]:
        claims = {c.id: c for c in story.claims}
        held = Counter(c for f in story.facts for c in f.claims)
        for claim in story.claims:
            if claim.article not in members:
                yield f"claim {claim.id}: article {claim.article} is of another story"
            if held[claim.id] != 1:
                yield f"claim {claim.id} is in {held[claim.id]} facts"
            yield from self.places(f"claim {claim.id}", [claim])
            yield from self.known_voices(f"claim {claim.id}", [claim.voice])
            text = self.articles[claim.article].text if claim.article in self.articles else ""
            for slot in (s for values in claim.slots.values() for s in values):
                if not slot.start < slot.end <= len(text):
                    yield f"claim {claim.id}: slot {slot.start}-{slot.end} does not lie inside the text"
        for fact in story.facts:
            yield from self.fact(fact, claims, members)

    def fact(self, fact: FactRecord, claims: Mapping[str, ClaimRecord], members: set[str]) -> Iterator[str]:
        where = f"fact {fact.id}"
        yield from self.quoted(where, fact.text, fact.support)
        yield from self.when(where, fact.when)
        if not fact.claims or any(c not in claims for c in fact.claims):
            yield f"{where}: no claim, or one that is not listed"
        if not members.issuperset(s.article for s in fact.support):
            yield f"{where}: a span is of another story"
        voices = {s.voice for s in fact.support if s.voice is not None}
        yield from self.known_voices(where, [*sorted(voices), *fact.omitted_by])
        if fact.articles != len({s.article for s in fact.support}) or fact.voices != len(voices):
            yield f"{where}: says {fact.articles} articles and {fact.voices} voices, its support says otherwise"
        if (fact.status == "corroborated" and len(voices) < 2) or (fact.status == "single-voice" and len(voices) > 1):
            yield f"{where}: {fact.status} with {len(voices)} voices"
        if voices.intersection(fact.omitted_by):
            yield f"{where}: omitted by a voice that says it"

    def conflict(self, conflict: ConflictRecord, facts: set[str]) -> Iterator[str]:
        where = f"conflict {conflict.id}"
        if len(conflict.sides) < 2:
            yield f"{where}: fewer than two sides"
        if not facts.issuperset(conflict.facts):
            yield f"{where}: a fact that is not listed"
        for side in conflict.sides:
            yield from self.quoted(where, side.text, side.support)
            yield from self.when(where, side.when)
            yield from self.known_voices(where, side.voices)
