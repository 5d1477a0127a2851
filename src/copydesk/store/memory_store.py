"""The store that lives as long as the process: the protocol in plain dictionaries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import datetime

from copydesk.model.articles import Article
from copydesk.model.captures import Capture, Skipped
from copydesk.model.corrections import Correction
from copydesk.model.desks import (
    HIT_END,
    HIT_START,
    ArticleVoice,
    Became,
    Counts,
    Event,
    Hit,
    Said,
    SearchQuery,
    Settled,
    StoredText,
    StoryRow,
)
from copydesk.model.fetching import FeedState, PageState
from copydesk.store.memory import MemoryCache
from copydesk.text.normalise import find_words

SNIPPET_CHARS = 160


@dataclass(slots=True)
class _Kept:
    """Everything, so that a transaction can put it back as it was."""

    captures: dict[str, Capture] = field(default_factory=dict)
    settled: dict[str, Settled] = field(default_factory=dict)
    lines: dict[int, int] = field(default_factory=dict)
    skipped: dict[tuple[str, str], Skipped] = field(default_factory=dict)
    texts: dict[str, tuple[StoredText, ...]] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    stories: dict[str, StoryRow] = field(default_factory=dict)
    renamed: dict[str, str] = field(default_factory=dict)
    voices: tuple[ArticleVoice, ...] = ()
    feeds: dict[str, FeedState] = field(default_factory=dict)
    pages: dict[str, PageState] = field(default_factory=dict)
    said: tuple[Said, ...] = ()
    events: tuple[Event, ...] = ()
    marks: dict[str, str] = field(default_factory=dict)

    def snapshot(self) -> _Kept:
        return _Kept(**{name: copy(getattr(self, name)) for name in self.__slots__})


class MemoryStore:
    """The Store protocol for one process and thread: the oracle of every other store."""

    def __init__(self) -> None:
        self._kept = _Kept()
        self._inside = False
        self._cache = MemoryCache()

    @property
    def cache(self) -> MemoryCache:
        return self._cache

    @contextmanager
    def writing(self) -> Iterator[None]:
        if self._inside:
            yield
            return
        before, self._inside = self._kept.snapshot(), True
        try:
            yield
        except BaseException:
            self._kept = before
            raise
        finally:
            self._inside = False

    def close(self) -> None:
        """Nothing to close."""

    def put_capture(self, capture: Capture, added: datetime) -> bool:
        if capture.id in self._kept.captures:
            return False
        self._kept.captures[capture.id] = capture
        self._kept.settled[capture.id] = Settled(capture=capture.id, path=capture.path, became="waiting", added=added)
        return True

    def capture(self, capture: str) -> Capture | None:
        return self._kept.captures.get(capture)

    def waiting(self, limit: int) -> tuple[Capture, ...]:
        return tuple(self._kept.captures[s.capture] for s in self.settled("waiting"))[:limit]

    def settle(self, settled: Settled) -> None:
        before = self._kept.settled[settled.capture]
        self._kept.settled[settled.capture] = replace(settled, added=before.added)

    def became(self, capture: str) -> Became | None:
        found = self._kept.settled.get(capture)
        return None if found is None else found.became

    def settled(self, became: Became | None = None) -> Iterator[Settled]:
        return iter([s for s in self._kept.settled.values() if became in (None, s.became)])

    def count_lines(self, keys: Iterable[int]) -> None:
        for key in keys:
            self._kept.lines[key] = self._kept.lines.get(key, 0) + 1

    def line_counts(self, keys: Iterable[int]) -> dict[int, int]:
        return {key: self._kept.lines[key] for key in keys if key in self._kept.lines}

    def put_skipped(self, skipped: Skipped, at: datetime) -> None:
        self._kept.skipped[skipped.path, skipped.stage] = skipped

    def drop_skipped(self, path: str, stage: str) -> None:
        self._kept.skipped.pop((path, stage), None)

    def skipped(self) -> Iterator[Skipped]:
        return iter([skipped for _, skipped in sorted(self._kept.skipped.items())])

    def put_text(self, text: StoredText) -> None:
        article = text.article.id
        before = self._kept.texts.get(article, ())
        key = before[0].key if before else text.key
        others = [replace(t, key=key) for t in before if t.number != text.number]
        self._kept.texts[article] = tuple(sorted([*others, replace(text, key=key)], key=lambda t: t.number))
        self._kept.names.pop(article, None)
        if key is not None:
            self._kept.keys[key] = article

    def article_at(self, key: str) -> str | None:
        return self._kept.keys.get(key)

    def article_ids(self) -> tuple[str, ...]:
        return tuple(sorted(self._kept.texts))

    def articles(self, ids: Iterable[str]) -> Iterator[Article]:
        return iter([self._kept.texts[i][-1].article for i in sorted(set(ids)) if i in self._kept.texts])

    def texts(self, article: str) -> tuple[StoredText, ...]:
        return self._kept.texts.get(article, ())

    def revised(self) -> frozenset[str]:
        return frozenset(a for a, texts in self._kept.texts.items() if len(texts) > 1)

    def added(self) -> dict[str, datetime]:
        return {article: texts[0].added for article, texts in self._kept.texts.items()}

    def set_names(self, names: Mapping[str, str]) -> None:
        self._kept.names.update({a: words for a, words in names.items() if a in self._kept.texts})

    def drop_article(self, article: str) -> None:
        kept = self._kept
        kept.keys = {k: a for k, a in kept.keys.items() if a != article}
        kept.texts.pop(article, None)
        kept.names.pop(article, None)
        for capture in [s.capture for s in kept.settled.values() if s.article == article]:
            del kept.captures[capture], kept.settled[capture]
        for row in [row for row in kept.stories.values() if article in row.articles]:
            self._cache.drop(row.key)
            kept.stories = {i: other for i, other in kept.stories.items() if i != row.id}
        kept.voices = tuple(v for v in kept.voices if v.article != article)

    def put_stories(self, rows: Sequence[StoryRow], renamed: Mapping[str, str], voices: Sequence[ArticleVoice]) -> None:
        kept = self._kept
        kept.stories = {row.id: row for row in sorted(rows, key=lambda r: r.id)}
        moved = {old: renamed.get(new, new) for old, new in kept.renamed.items()} | dict(renamed)
        kept.renamed = {old: new for old, new in moved.items() if old not in kept.stories}
        kept.voices = tuple(voices)

    def stories(self) -> tuple[StoryRow, ...]:
        return tuple(self._kept.stories.values())

    def story(self, story: str) -> StoryRow | None:
        wanted = self._kept.renamed.get(story, story)
        found = [row for i, row in self._kept.stories.items() if i.startswith(wanted)]
        return found[0] if len(found) == 1 else self._kept.stories.get(wanted)

    def story_of(self, article: str) -> str | None:
        return next((row.id for row in self._kept.stories.values() if article in row.articles), None)

    def article_voices(self, article: str) -> tuple[ArticleVoice, ...]:
        found = [v for v in self._kept.voices if v.article == article]
        return tuple(sorted(found, key=lambda v: (-v.share, v.voice)))

    def put_feed(self, feed: FeedState) -> None:
        self._kept.feeds[feed.url] = feed

    def feeds(self) -> tuple[FeedState, ...]:
        return tuple(feed for _, feed in sorted(self._kept.feeds.items()))

    def drop_feed(self, url: str) -> bool:
        return self._kept.feeds.pop(url, None) is not None

    def put_page(self, key: str, page: PageState) -> None:
        self._kept.pages[key] = page

    def page(self, key: str) -> PageState | None:
        return self._kept.pages.get(key)

    def due_pages(self, now: datetime) -> tuple[PageState, ...]:
        return tuple(
            page
            for _, page in sorted(self._kept.pages.items())
            if not page.gone
            and (page.checked is None or page.failures > 0 or page.next_allowed is not None)
            and (page.next_allowed is None or page.next_allowed <= now)
        )

    def say(self, correction: Correction, at: datetime) -> int:
        number = len(self._kept.said) + 1
        self._kept.said = (*self._kept.said, Said(number=number, correction=correction, at=at))
        return number

    def take_back(self, number: int, at: datetime) -> bool:
        found = any(s.number == number and s.undone is None for s in self._kept.said)
        self._kept.said = tuple(
            replace(s, undone=at) if s.number == number and s.undone is None else s for s in self._kept.said
        )
        return found

    def said(self) -> tuple[Said, ...]:
        return self._kept.said

    def tell(self, event: Event) -> None:
        self._kept.events = (*self._kept.events, replace(event, seq=len(self._kept.events) + 1))

    def events(self, after: int = 0, limit: int = 100) -> tuple[Event, ...]:
        return self._kept.events[after : after + limit]

    def last_event(self) -> int:
        return len(self._kept.events)

    def mark(self, name: str, value: str) -> None:
        self._kept.marks[name] = value

    def marked(self, name: str) -> str | None:
        return self._kept.marks.get(name)

    def search(self, query: SearchQuery) -> tuple[Hit, ...]:
        hits = [hit for texts in self._kept.texts.values() if (hit := self._hit(texts[-1].article, query))]
        return tuple(sorted(hits, key=lambda h: (-h.score, h.article))[: query.limit])

    def rare_words(self, words: Iterable[str], limit: int) -> tuple[str, ...]:
        held = [set(_keys(texts[-1].article.text)) for texts in self._kept.texts.values()]
        counts = sorted((sum(word in keys for keys in held), word) for word in set(words))
        return tuple(word for count, word in counts if count)[:limit]

    def _hit(self, article: Article, query: SearchQuery) -> Hit | None:
        """The article as a hit when it is one: its score counts the words that it has."""
        text, story, published = _folded(article.text), self.story_of(article.id), article.published
        who = _folded(self._kept.names.get(article.id, ""))
        voices = [(v.voice, v.name.casefold()) for v in self.article_voices(article.id)]
        former = {self._kept.renamed.get(s, s) for s in query.story}
        wanted = (
            all(_has(text, w) for w in query.must)
            and not any(_has(text, w) for w in query.must_not)
            and all(_has(who, w) for w in query.who)
            and (not query.like or any(_has(text, w) for w in query.like))
            and all(o.casefold() in (article.outlet or "").casefold() for o in query.outlet)
            and all(any(v == i or v.casefold() in name for i, name in voices) for v in query.voice)
            and (not query.story or any((story or "").startswith(s) for s in former))
            and (
                query.before is None
                or (published.latest is not None and published.earliest is not None and published.latest < query.before)
            )
            and (
                query.after is None
                or (
                    published.earliest is not None
                    and published.latest is not None
                    and published.earliest >= query.after
                )
            )
        )
        asked = [*query.must, *query.like]
        narrowed = bool(query.who or query.outlet or query.voice or query.story or query.before or query.after)
        if not wanted or not (asked or narrowed):
            return None
        return Hit(
            article=article.id, headline=article.headline, outlet=article.outlet, published=published.value, url=article.url,
            story=story, snippet=_snippet(article.text, asked), score=float(sum(_has(text, w) for w in asked)),
        )  # fmt: skip

    def counts(self) -> Counts:
        kept = self._kept
        became = [s.became for s in kept.settled.values()]
        return Counts(
            captures=len(became), waiting=became.count("waiting"), articles=len(kept.texts),
            outside=len(kept.texts) - sum(len(row.articles) for row in kept.stories.values()),
            revisions=sum(len(t) - 1 for t in kept.texts.values()), skipped=became.count("skipped") + len(kept.skipped),
            stories=len(kept.stories), feeds=len(kept.feeds), pages=len(kept.pages),
        )  # fmt: skip

    def faults(self) -> Iterator[str]:
        kept = self._kept
        for settled in kept.settled.values():
            if settled.became in ("article", "revision", "same") and settled.article not in kept.texts:
                yield f"capture {settled.capture} belongs to an article that is not there"
        for row in kept.stories.values():
            if not row.articles:
                yield f"story {row.id} holds no article"
            if self._cache.get(row.key) is None:
                yield f"the dossier of story {row.id} is missing"


def _keys(text: str) -> list[str]:
    return [word.key for word in find_words(text)]


def _folded(text: str) -> str:
    return " " + " ".join(_keys(text)) + " "


def _has(folded: str, words: str) -> bool:
    wanted = " ".join(_keys(words.rstrip("*")))
    return f" {wanted}" in folded if words.endswith("*") else f" {wanted} " in folded


def _snippet(text: str, asked: Sequence[str]) -> str:
    keys = {key for words in asked for key in _keys(words)}
    marked, last = [], 0
    for word in find_words(text[:SNIPPET_CHARS]):
        marked.append(text[last : word.start])
        found = text[word.start : word.end]
        marked.append(f"{HIT_START}{found}{HIT_END}" if word.key in keys else found)
        last = word.end
    return " ".join("".join(marked).split())
