"""The articles of one run with what was found in them, as each stage hands them on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from copydesk.model.articles import Article
from copydesk.model.copies import CopyLink, Line, Trace, Voice, VoiceShare
from copydesk.model.corrections import Correction
from copydesk.model.markup import Markup, NameType
from copydesk.model.registers import Register
from copydesk.model.stories import Story
from copydesk.model.wordings import Terms, Wording

EMPTY_TRACE = Trace(links=(), lines=(), voices=(), shares={})


@dataclass(frozen=True, slots=True, kw_only=True)
class Pile:
    """Articles and their markup, in parallel and in order of article id, with what the user said of them.

    `trace` is empty before tracing has run. `register` holds what the user's own register has of their names,
    `kinds` what most articles of the whole run call a name (its folded words), `wordings` the words of those bodies that
    were read before, `terms` the terms of those articles that were counted before, both by article.
    """

    articles: tuple[Article, ...]
    markups: tuple[Markup, ...]
    corrections: tuple[Correction, ...] = ()
    trace: Trace = EMPTY_TRACE
    register: Register = field(default_factory=dict)
    kinds: Mapping[tuple[str, ...], NameType] = field(default_factory=dict)
    wordings: Mapping[str, Wording] = field(default_factory=dict)
    terms: Mapping[str, Terms] = field(default_factory=dict)

    def of(self, story: Story) -> Pile:
        """The part of the pile that one story holds, with the copy links, lines and voices that touch it."""
        ids = frozenset(story.articles)
        pairs = [(a, m) for a, m in zip(self.articles, self.markups, strict=True) if a.id in ids]
        voices = frozenset(s.voice for a in ids for s in self.trace.shares.get(a, ()))
        trace = Trace(
            links=tuple(x for x in self.trace.links if x.copy in ids and (x.origin is None or x.origin in ids)),
            lines=tuple(x for x in self.trace.lines if any(s.article in ids for s in x.spans)),
            voices=tuple(
                replace(v, articles=tuple(a for a in v.articles if a in ids))
                for v in self.trace.voices
                if v.id in voices or ids.intersection(v.articles)
            ),
            shares={a: s for a, s in self.trace.shares.items() if a in ids},
        )
        return replace(self, articles=tuple(a for a, _ in pairs), markups=tuple(m for _, m in pairs), trace=trace)

    def split(self, stories: Sequence[Story]) -> Iterator[Pile]:
        """The part of each story, as `of` gives it; all of them for little more than the price of one."""
        story_of = {article: number for number, story in enumerate(stories) for article in story.articles}
        pairs: list[list[tuple[Article, Markup]]] = [[] for _ in stories]
        shares: list[dict[str, tuple[VoiceShare, ...]]] = [{} for _ in stories]
        links: list[list[CopyLink]] = [[] for _ in stories]
        lines: list[list[Line]] = [[] for _ in stories]
        voices: list[list[Voice]] = [[] for _ in stories]
        heard: dict[str, set[int]] = {}
        for article, markup in zip(self.articles, self.markups, strict=True):
            if article.id in story_of:
                pairs[story_of[article.id]].append((article, markup))
        for article_id, found in self.trace.shares.items():
            if article_id in story_of:
                shares[story_of[article_id]][article_id] = found
                for share in found:
                    heard.setdefault(share.voice, set()).add(story_of[article_id])
        for link in self.trace.links:
            number = story_of.get(link.copy)
            if number is not None and (link.origin is None or story_of.get(link.origin) == number):
                links[number].append(link)
        for line in self.trace.lines:
            for number in sorted({story_of[s.article] for s in line.spans if s.article in story_of}):
                lines[number].append(line)
        for voice in self.trace.voices:
            inside: dict[int, list[str]] = {number: [] for number in heard.get(voice.id, ())}
            for article_id in voice.articles:
                if article_id in story_of:
                    inside.setdefault(story_of[article_id], []).append(article_id)
            for number, ids in sorted(inside.items()):
                voices[number].append(replace(voice, articles=tuple(ids)))
        for number in range(len(stories)):
            trace = Trace(
                links=tuple(links[number]),
                lines=tuple(lines[number]),
                voices=tuple(voices[number]),
                shares=shares[number],
            )
            articles, markups = tuple(a for a, _ in pairs[number]), tuple(m for _, m in pairs[number])
            yield replace(self, articles=articles, markups=markups, trace=trace)
