"""The articles of one run with what was found in them, as each stage hands them on."""

from __future__ import annotations

from dataclasses import dataclass, replace

from copydesk.model.articles import Article
from copydesk.model.copies import Trace
from copydesk.model.corrections import Correction
from copydesk.model.markup import Markup
from copydesk.model.stories import Story

EMPTY_TRACE = Trace(links=(), lines=(), voices=(), shares={})


@dataclass(frozen=True, slots=True, kw_only=True)
class Pile:
    """Articles and their markup, in parallel and in order of article id, with what the user said of them.

    `trace` is empty before tracing has run.
    """

    articles: tuple[Article, ...]
    markups: tuple[Markup, ...]
    corrections: tuple[Correction, ...] = ()
    trace: Trace = EMPTY_TRACE

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
