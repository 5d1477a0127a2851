"""The protocols that are used below where they are implemented."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol, TypeVar

from copydesk.model.articles import Article
from copydesk.model.captures import Capture, Skipped
from copydesk.model.corrections import Correction
from copydesk.model.desks import (
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
from copydesk.model.parts import Parts

Item = TypeVar("Item")
Result = TypeVar("Result")
MatrixT_co = TypeVar("MatrixT_co", covariant=True)


class SentenceEncoder(Protocol[MatrixT_co]):
    """Turns sentences into unit vectors.

    `encode` gives float32 of shape (len(sentences), dimensions), row i for sentence i, each of length 1 (a blank
    sentence is all zeros). A row depends on its own sentence alone. `name` tells versions apart in cache keys.
    """

    @property
    def name(self) -> str: ...

    @property
    def dimensions(self) -> int: ...

    def encode(self, sentences: Sequence[str]) -> MatrixT_co: ...


class PartEncoder(SentenceEncoder[MatrixT_co], Protocol[MatrixT_co]):
    """A sentence encoder that also reads parts of a sentence within it, such as its clauses and its words.

    `encode_parts` gives for each sentence, in order, float32 rows of length 1: that of the sentence (`encode`'s, but for the
    order of sums) and of each fine part; and that of each rough part. Rows depend on what is asked of their sentence alone.
    """

    def encode_parts(self, asked: Sequence[Parts]) -> Iterator[tuple[MatrixT_co, MatrixT_co]]: ...


class Cache(Protocol):
    """Bytes by key: content hash + stage version + options hash."""

    def get(self, key: str) -> bytes | None: ...

    def get_all(self, keys: Sequence[str]) -> dict[str, bytes]:
        """What was put under those of the keys that anything was."""

    def put(self, key: str, value: bytes) -> None: ...

    def drop(self, key: str) -> None: ...

    def trim(self, prefix: str, count: int) -> None:
        """Of the values whose keys begin so, keeps only as many as `count`, those that were put last."""


class Store(Protocol):
    """All that a desk keeps, for one writer and any number of readers at once.

    What happens inside `with store.writing()` happens wholly or not at all, whatever ends the process; a call outside
    it is a transaction of its own. A second writer waits its turn and fails with StoreError when that does not come.
    """

    @property
    def cache(self) -> Cache: ...

    def writing(self) -> AbstractContextManager[None]: ...

    def close(self) -> None: ...

    # captures, and lines that recur on them
    def put_capture(self, capture: Capture, added: datetime) -> bool:
        """Whether it was new: the same bytes under the same name are kept once."""

    def capture(self, capture: str) -> Capture | None: ...

    def waiting(self, limit: int) -> tuple[Capture, ...]:
        """Captures of which nothing has become yet, in order of arrival."""

    def settle(self, settled: Settled) -> None: ...

    def became(self, capture: str) -> Became | None: ...

    def settled(self, became: Became | None = None) -> Iterator[Settled]:
        """What became of each capture, in order of arrival."""

    def count_lines(self, keys: Iterable[int]) -> None:
        """One page more for each key; key 0 counts the pages."""

    def line_counts(self, keys: Iterable[int]) -> dict[int, int]: ...

    def put_skipped(self, skipped: Skipped, at: datetime) -> None: ...

    def drop_skipped(self, path: str, stage: str) -> None:
        """What was skipped there is skipped no more."""

    def skipped(self) -> Iterator[Skipped]:
        """What never became a capture, in order of path."""

    # articles
    def put_text(self, text: StoredText) -> None:
        """The text of an article's newest capture speaks for it; earlier ones stay as `texts`."""

    def article_at(self, key: str) -> str | None: ...

    def article_ids(self) -> tuple[str, ...]: ...

    def articles(self, ids: Iterable[str]) -> Iterator[Article]:
        """The articles of these ids that the desk has, in order of id."""

    def texts(self, article: str) -> tuple[StoredText, ...]:
        """Every text of one article, oldest first."""

    def revised(self) -> frozenset[str]:
        """The articles with more than one text."""

    def added(self) -> dict[str, datetime]:
        """When each article came."""

    def set_names(self, names: Mapping[str, str]) -> None:
        """For each article the names in it, by which `who:` finds it."""

    def drop_article(self, article: str) -> None:
        """Forgets an article with its captures and texts, and the story that told of it, until that is told anew."""

    # stories
    def put_stories(self, rows: Sequence[StoryRow], renamed: Mapping[str, str], voices: Sequence[ArticleVoice]) -> None:
        """In place of all stories before; `renamed` says under which story an id that is gone is found now."""

    def stories(self) -> tuple[StoryRow, ...]: ...

    def story(self, story: str) -> StoryRow | None:
        """The story of this id, of a former id, or of the beginning of an id that only one has."""

    def story_of(self, article: str) -> str | None: ...

    def article_voices(self, article: str) -> tuple[ArticleVoice, ...]: ...

    # feeds and pages
    def put_feed(self, feed: FeedState) -> None: ...

    def feeds(self) -> tuple[FeedState, ...]: ...

    def drop_feed(self, url: str) -> bool: ...

    def put_page(self, key: str, page: PageState) -> None: ...

    def page(self, key: str) -> PageState | None: ...

    def due_pages(self, now: datetime) -> tuple[PageState, ...]:
        """Pages not yet asked for, or to be asked again (after a failure, or for edits), whose time has come."""

    # what the user said, and what the desk did
    def say(self, correction: Correction, at: datetime) -> int: ...

    def take_back(self, number: int, at: datetime) -> bool: ...

    def said(self) -> tuple[Said, ...]: ...

    def tell(self, event: Event) -> None: ...

    def events(self, after: int = 0, limit: int = 100) -> tuple[Event, ...]:
        """What came after event number `after`, oldest first."""

    def last_event(self) -> int:
        """The number of the last event, 0 before the first."""

    def mark(self, name: str, value: str) -> None: ...

    def marked(self, name: str) -> str | None:
        """A small note kept under a name, such as how far somebody has looked."""

    # the whole
    def search(self, query: SearchQuery) -> tuple[Hit, ...]: ...

    def rare_words(self, words: Iterable[str], limit: int) -> tuple[str, ...]:
        """Of these words the ones that fewest articles have, those that none has left out."""

    def counts(self) -> Counts: ...

    def faults(self) -> Iterator[str]:
        """What is wrong with the store itself, in words; nothing when it is sound."""


class Engine(Protocol):
    """Runs work that does not depend on its neighbours.

    `map` keeps the order of its input; `group` gives each key once, keys sorted, items in order of input.
    """

    @property
    def name(self) -> str: ...

    def map(self, work: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]: ...

    def group(self, key: Callable[[Item], str], items: Iterable[Item]) -> Iterator[tuple[str, list[Item]]]: ...


class Progress(Protocol):
    """Is told how far a stage has come. `total` None means it is not known."""

    def __call__(self, stage: str, done: int, total: int | None) -> None: ...


def be_silent(stage: str, done: int, total: int | None) -> None:
    """Progress that nobody watches."""
