"""copydesk why: the reasons and the words behind anything in a brief."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import click
from msgspec import UnsetType
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from copydesk import desk
from copydesk.cli.main import EXIT_UNUSABLE
from copydesk.cli.show import when_words
from copydesk.cli.wording import count
from copydesk.compiling.contract import (
    ArticleRecord,
    BriefRecord,
    ConflictRecord,
    CopyRecord,
    EntityRecord,
    FactRecord,
    QuoteRecord,
    SpanRecord,
    StoryRecord,
    VoiceRecord,
)

CONTEXT_CHARS = 60
SPANS_SHOWN = 12


@click.command("why", epilog="Example: copydesk why dossier f-3a1b2c4d5e6f")
@click.argument("out", metavar="OUT", type=click.Path(path_type=Path))
@click.argument("wanted", metavar="ID")
def command(out: Path, wanted: str) -> None:
    """Print the reasons and the words behind any fact, voice, link, date, quote, conflict or entity.

    ID is an id of the brief or its beginning. An article's id (or file name) explains its date, its credits, its voices
    and its links; "FROM>TO" one link; a story's id its date and who belongs to it.
    """
    explainer = _Explainer(desk.open_brief(out), Console(highlight=False))
    if not explainer.explain(wanted):
        click.secho(
            f"copydesk: nothing in {out} has the id {wanted!r}; copydesk show {out} prints ids", fg="red", err=True
        )
        raise click.exceptions.Exit(EXIT_UNUSABLE)


class _Explainer:
    """Prints what a brief knows of one id."""

    def __init__(self, brief: BriefRecord, console: Console) -> None:
        self._brief = brief
        self._console = console
        self._articles = {a.id: a for a in brief.articles}

    def explain(self, wanted: str) -> bool:
        """Whether anything was found, and printed."""
        if ">" in wanted:
            origin, copy = wanted.split(">", 1)
            return self._links(
                [(s, x) for s in self._brief.stories for x in s.copies if self._is_link(x, origin, copy)]
            )
        found = [self._explain_article(a) for a in self._brief.articles if self._is_article(a, wanted)]
        for story in self._brief.stories:
            found += [self._explain_in(story, wanted)]
        return any(found)

    def _is_article(self, article: ArticleRecord, wanted: str) -> bool:
        path = Path(article.path)
        return article.id.startswith(wanted) or wanted in (article.path, path.name, path.stem)

    def _is_link(self, link: CopyRecord, origin: str, copy: str) -> bool:
        source = link.from_.article or link.from_.voice or ""
        article = self._articles.get(str(source))
        from_matches = str(source).startswith(origin) or (article is not None and self._is_article(article, origin))
        return from_matches and self._is_article(self._articles[link.to], copy)

    def _explain_in(self, story: StoryRecord, wanted: str) -> bool:
        voices = {v.id: v.name for v in story.voices}
        found = [self._explain_fact(f, voices) for f in story.facts if f.id.startswith(wanted) or wanted in f.claims]
        found += [self._explain_voice(v) for v in story.voices if v.id.startswith(wanted)]
        found += [self._explain_entity(e) for e in story.entities if e.id.startswith(wanted)]
        found += [self._explain_quote(q, story) for q in story.quotes if q.id.startswith(wanted)]
        found += [self._explain_conflict(c, voices) for c in story.conflicts if c.id.startswith(wanted)]
        found += [self._explain_story(story) for _ in [0] if story.id.startswith(wanted)]
        return any(found)

    def _explain_fact(self, fact: FactRecord, voices: dict[str, str]) -> bool:
        self._title(f"fact {fact.id}: {fact.text}")
        self._lines(
            [f"{fact.status}: {count(fact.voices, 'voice')} in {count(fact.articles, 'article')}", *fact.reasons]
        )
        if fact.omitted_by:
            self._lines(["not said by " + ", ".join(voices.get(v, v) for v in fact.omitted_by)])
        for one in fact.support:
            self._lines([voices.get(one.voice or "", one.voice or "not compared")])
            self._spans([SpanRecord(article=one.article, start=one.start, end=one.end)])
        return True

    def _explain_voice(self, voice: VoiceRecord) -> bool:
        self._title(f"voice {voice.id}: {voice.name} ({voice.kind})")
        self._lines([*voice.reasons, "articles: " + ", ".join(self._name(a) for a in voice.articles)])
        return True

    def _explain_entity(self, entity: EntityRecord) -> bool:
        self._title(f"{entity.type} {entity.id}: {entity.name}")
        spellings = ", ".join(f"{a.text} ({a.count})" for a in entity.aliases)
        listed = () if isinstance(entity.links, UnsetType) else entity.links
        self._lines(
            [
                *entity.reasons,
                f"spellings: {spellings}",
                *(f"called: {r.text}" for r in entity.roles),
                *(f"in your register: {x.name} ({x.id}), {x.score:.2f}: {x.reason}" for x in listed),
            ]
        )
        self._spans(entity.mentions[:SPANS_SHOWN])
        return True

    def _explain_quote(self, quote: QuoteRecord, story: StoryRecord) -> bool:
        speaker = next((e.name for e in story.entities if e.id == quote.speaker), quote.speaker_text)
        self._title(f"quote {quote.id}: {speaker}, {quote.kind}")
        self._lines(
            [f"cue: {quote.cue}", *(f"via {v}" for v in quote.via), *(f"variant: {v.text}" for v in quote.variants)]
        )
        self._spans(quote.support)
        return True

    def _explain_conflict(self, conflict: ConflictRecord, voices: dict[str, str]) -> bool:
        self._title(f"{conflict.kind} {conflict.id}: {conflict.about} ({conflict.slot})")
        self._lines([conflict.reason])
        for side in conflict.sides:
            self._lines([f"{side.value}, said by {', '.join(voices.get(v, v) for v in side.voices)}"])
            self._spans(side.support)
        return True

    def _explain_story(self, story: StoryRecord) -> bool:
        self._title(f"story {story.id}: {story.headline}")
        self._lines([f"when: {when_words(story.when)}"])
        self._spans(story.when.evidence)
        self._lines([f"{self._name(m.article)}: {'; '.join(m.reasons)}" for m in story.membership])
        return True

    def _explain_article(self, article: ArticleRecord) -> bool:
        self._title(f"article {article.id}: {article.headline or article.path}")
        self._lines(
            [
                f"published: {when_words(article.published)}",
                *(f"observed: {article.observed}" for _ in [0] if article.observed),
                *(f"not compared: {article.reason}" for _ in [0] if not article.compared),
            ]
        )
        self._spans(article.published.evidence)
        for credit in article.credits:
            self._lines([f"credit: {credit.name} ({credit.kind})"])
            self._spans([SpanRecord(article=credit.article, start=credit.start, end=credit.end, in_=credit.in_)])
        voices = {v.id: v.name for s in self._brief.stories for v in s.voices}
        for share in article.voices:
            self._lines([f"voice: {voices.get(share.id, share.id)}, {share.share:.0%} of the body", *share.reasons])
        self._links([(s, x) for s in self._brief.stories for x in s.copies if article.id in (x.to, x.from_.article)])
        return True

    def _links(self, links: Sequence[tuple[StoryRecord, CopyRecord]]) -> bool:
        for story, link in links:
            voices = {v.id: v.name for v in story.voices}
            source = str(link.from_.article or link.from_.voice)
            name = self._name(source) if source in self._articles else voices.get(source, source)
            self._title(f"link {source}>{link.to}: {name} → {self._name(link.to)}")
            self._lines(
                [
                    f"{link.kind}, {link.coverage:.0%} of the copy, score {link.score:.2f}, direction {link.direction}",
                    *link.reasons,
                ]
            )
            self._spans(link.evidence)
            self._spans(
                [SpanRecord(article=link.to, start=p.to.start, end=p.to.end) for p in link.passages[:SPANS_SHOWN]]
            )
        return bool(links)

    def _name(self, article: str) -> str:
        found = self._articles.get(article)
        return (found.outlet or Path(found.path).name) if found else article

    def _title(self, words: str) -> None:
        self._console.print()
        self._console.print(Text(words, style="bold"))

    def _lines(self, lines: Sequence[str]) -> None:
        for line in lines:
            self._console.print(Padding(Text(f"· {line}"), (0, 0, 0, 2)))

    def _spans(self, spans: Sequence[SpanRecord]) -> None:
        for words in self._quoted(spans):
            self._console.print(Padding(words, (0, 0, 0, 6)))

    def _quoted(self, spans: Sequence[SpanRecord]) -> Iterator[Text]:
        for span in spans:
            article = self._articles[span.article]
            text = article.source_text if span.in_ == "source" else article.text
            before = text[max(0, span.start - CONTEXT_CHARS) : span.start].replace("\n", " ")
            after = text[span.end : span.end + CONTEXT_CHARS].replace("\n", " ")
            words = Text(f"{self._name(span.article)} {span.start}–{span.end}: ", style="dim")
            words.append(before)
            words.append(text[span.start : span.end].replace("\n", " "), style="not dim bold")
            words.append(after)
            yield words
