"""The store of a desk in one SQLite file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path

from copydesk.errors import StoreError
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
from copydesk.store.connection import Connection, Row, Value, copy_to
from copydesk.store.faults import find_faults
from copydesk.store.records import ARTICLE, CAPTURE, CORRECTION, FEED, PAGE, STORY
from copydesk.store.search import statement_of, words_of
from copydesk.store.sqlite import SqliteCache
from copydesk.store.values import content, day, digest, moment, parts, places, plain, real, stamp, whole, words_or_none


class SqliteStore:
    """The Store protocol in one file, for a writer and readers of several threads and processes.

    Opening raises StoreError for a file that is no store, is damaged or of a newer version; so does every call that
    the disk, the rights or another writer stand in the way of.
    """

    def __init__(self, path: str | Path, *, create: bool = True, busy_seconds: float = 30.0) -> None:
        self._file = Connection(path, create=create, busy_seconds=busy_seconds)
        self._cache = SqliteCache(self._file)

    @property
    def path(self) -> Path:
        return self._file.path

    @property
    def cache(self) -> SqliteCache:
        return self._cache

    def writing(self) -> AbstractContextManager[None]:
        return self._file.writing()

    def close(self) -> None:
        self._file.close()

    def copy_to(self, target: Path) -> None:
        """A whole copy of the file as it is at this moment."""
        copy_to(self._file.path, target)

    # captures, and lines that recur on them

    def put_capture(self, capture: Capture, added: datetime) -> bool:
        values = (capture.id, capture.path, stamp(added), "waiting", digest(capture.content), CAPTURE.pack(capture))
        return bool(
            self._file.change(
                "INSERT OR IGNORE INTO captures (id, path, added, became, sha256, record) VALUES (?, ?, ?, ?, ?, ?)",
                values,
            )
        )

    def capture(self, capture: str) -> Capture | None:
        row = self._file.one("SELECT record FROM captures WHERE id = ?", (capture,))
        return None if row is None else self._file.guarded(lambda: CAPTURE.unpack(content(row[0])))

    def waiting(self, limit: int) -> tuple[Capture, ...]:
        rows = self._file.all("SELECT record FROM captures WHERE became = 'waiting' ORDER BY seq LIMIT ?", (limit,))
        return self._file.guarded(lambda: tuple(CAPTURE.unpack(content(r[0])) for r in rows))

    def settle(self, settled: Settled) -> None:
        self._file.change(
            "UPDATE captures SET became = ?, article = ?, reason = ? WHERE id = ?",
            (settled.became, settled.article, settled.reason, settled.capture),
        )

    def became(self, capture: str) -> Became | None:
        row = self._file.one("SELECT became FROM captures WHERE id = ?", (capture,))
        return None if row is None else row[0]  # type: ignore[return-value]

    def settled(self, became: Became | None = None) -> Iterator[Settled]:
        rows = self._file.all(
            "SELECT id, path, became, article, reason, added FROM captures WHERE ? IS NULL OR became = ? ORDER BY seq",
            (became, became),
        )
        for capture, path, what, article, reason, added in rows:
            yield Settled(
                capture=str(capture), path=str(path), became=what, article=words_or_none(article),  # type: ignore[arg-type]
                reason=words_or_none(reason), added=moment(added),
            )  # fmt: skip

    def count_lines(self, keys: Iterable[int]) -> None:
        self._file.many(
            "INSERT INTO lines VALUES (?, 1) ON CONFLICT (key) DO UPDATE SET pages = pages + 1",
            ((k,) for k in sorted(keys)),
        )

    def line_counts(self, keys: Iterable[int]) -> dict[int, int]:
        found: dict[int, int] = {}
        for part in parts(sorted(set(keys))):
            rows = self._file.all(f"SELECT key, pages FROM lines WHERE key IN ({places(part)})", part)
            found.update((whole(key), whole(pages)) for key, pages in rows)
        return found

    def put_skipped(self, skipped: Skipped, at: datetime) -> None:
        values = (skipped.path, skipped.stage, skipped.reason, stamp(at))
        self._file.change("INSERT OR REPLACE INTO skipped VALUES (?, ?, ?, ?)", values)

    def drop_skipped(self, path: str, stage: str) -> None:
        self._file.change("DELETE FROM skipped WHERE path = ? AND stage = ?", (path, stage))

    def skipped(self) -> Iterator[Skipped]:
        for path, stage, reason in self._file.all("SELECT path, stage, reason FROM skipped ORDER BY path, stage"):
            yield Skipped(path=str(path), stage=str(stage), reason=str(reason))

    # articles

    def put_text(self, text: StoredText) -> None:
        article, record = text.article, ARTICLE.pack(text.article)
        published = article.published
        with self.writing():
            self._file.change(
                "INSERT OR REPLACE INTO texts VALUES (?, ?, ?, ?, ?)",
                (article.id, text.number, text.capture, stamp(text.added), record),
            )
            self._file.change(
                """INSERT INTO articles (id, key, added, texts, outlet, url, value, earliest, latest, sha256, record)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET texts = excluded.texts,
                outlet = excluded.outlet, url = excluded.url, value = excluded.value, earliest = excluded.earliest,
                latest = excluded.latest, sha256 = excluded.sha256, record = excluded.record""",
                (article.id, text.key, stamp(text.added), text.number, article.outlet, article.url, published.value,
                 day(published.earliest), day(published.latest), article.sha256, record),
            )  # fmt: skip
            number = self._number(article.id)
            self._file.change("DELETE FROM words WHERE rowid = ?", (number,))
            body = article.text.removeprefix(article.headline)
            values = (number, plain(article.headline), plain(body))
            self._file.change("INSERT INTO words (rowid, headline, body, who) VALUES (?, ?, ?, '')", values)

    def article_at(self, key: str) -> str | None:
        row = self._file.one("SELECT id FROM articles WHERE key = ?", (key,))
        return None if row is None else str(row[0])

    def article_ids(self) -> tuple[str, ...]:
        return tuple(str(r[0]) for r in self._file.all("SELECT id FROM articles ORDER BY id"))

    def articles(self, ids: Iterable[str]) -> Iterator[Article]:
        for part in parts(sorted(set(ids))):
            rows = self._file.all(f"SELECT record FROM articles WHERE id IN ({places(part)}) ORDER BY id", part)
            yield from self._file.guarded(lambda rows=rows: [ARTICLE.unpack(content(r[0])) for r in rows])  # type: ignore[misc]

    def texts(self, article: str) -> tuple[StoredText, ...]:
        rows = self._file.all(
            """SELECT t.number, t.capture, t.added, t.record, a.key FROM texts t JOIN articles a ON a.id = t.article
            WHERE t.article = ? ORDER BY t.number""",
            (article,),
        )
        return tuple(
            StoredText(
                article=self._file.guarded(lambda r=record: ARTICLE.unpack(content(r))), capture=str(capture),  # type: ignore[misc]
                number=whole(number), added=moment(added), key=words_or_none(key),
            )
            for number, capture, added, record, key in rows
        )  # fmt: skip

    def revised(self) -> frozenset[str]:
        return frozenset(str(r[0]) for r in self._file.all("SELECT id FROM articles WHERE texts > 1"))

    def added(self) -> dict[str, datetime]:
        return {str(i): moment(at) for i, at in self._file.all("SELECT id, added FROM articles")}

    def set_names(self, names: Mapping[str, str]) -> None:
        with self.writing():
            for article, words in sorted(names.items()):
                self._file.change("UPDATE words SET who = ? WHERE rowid = ?", (plain(words), self._number(article)))

    def drop_article(self, article: str) -> None:
        with self.writing():
            story = self.story_of(article)
            self._file.change("DELETE FROM words WHERE rowid = ?", (self._number(article),))
            for table, column in (
                ("captures", "article"), ("texts", "article"), ("articles", "id"), ("article_voices", "article"),
            ):  # fmt: skip
                self._file.change(f"DELETE FROM {table} WHERE {column} = ?", (article,))
            row = None if story is None else self._file.one("SELECT key FROM stories WHERE id = ?", (story,))
            if row is not None:
                self._cache.drop(str(row[0]))
                self._file.change("DELETE FROM stories WHERE id = ?", (story,))
                self._file.change("DELETE FROM story_articles WHERE story = ?", (story,))

    def _number(self, article: str) -> Value:
        row = self._file.one("SELECT number FROM articles WHERE id = ?", (article,))
        return None if row is None else row[0]

    # stories

    def put_stories(self, rows: Sequence[StoryRow], renamed: Mapping[str, str], voices: Sequence[ArticleVoice]) -> None:
        with self.writing():
            for table in ("stories", "story_articles", "article_voices"):
                self._file.change(f"DELETE FROM {table}")
            self._file.many("INSERT INTO stories VALUES (?, ?, ?)", ((r.id, r.key, STORY.pack(r)) for r in rows))
            self._file.many("INSERT INTO story_articles VALUES (?, ?)", ((a, r.id) for r in rows for a in r.articles))
            self._file.many(
                "INSERT OR REPLACE INTO article_voices VALUES (?, ?, ?, ?)",
                ((v.article, v.voice, v.name, v.share) for v in voices),
            )
            for old, new in sorted(renamed.items()):
                self._file.change("UPDATE story_names SET story = ? WHERE story = ?", (new, old))
                self._file.change("INSERT OR REPLACE INTO story_names VALUES (?, ?)", (old, new))
            self._file.change("DELETE FROM story_names WHERE id IN (SELECT id FROM stories)")

    def stories(self) -> tuple[StoryRow, ...]:
        rows = self._file.all("SELECT record FROM stories ORDER BY id")
        return self._file.guarded(lambda: tuple(STORY.unpack(content(r[0])) for r in rows))

    def story(self, story: str) -> StoryRow | None:
        former = self._file.one("SELECT story FROM story_names WHERE id = ?", (story,))
        wanted = str(former[0]) if former else story
        rows = self._file.all(
            "SELECT record FROM stories WHERE id >= ? AND id < ? LIMIT 2", (wanted, wanted + "\U0010ffff")
        )
        if len(rows) != 1:
            rows = self._file.all("SELECT record FROM stories WHERE id = ?", (wanted,))
        return self._file.guarded(lambda: STORY.unpack(content(rows[0][0]))) if rows else None

    def story_of(self, article: str) -> str | None:
        row = self._file.one("SELECT story FROM story_articles WHERE article = ?", (article,))
        return None if row is None else str(row[0])

    def article_voices(self, article: str) -> tuple[ArticleVoice, ...]:
        rows = self._file.all(
            "SELECT voice, name, share FROM article_voices WHERE article = ? ORDER BY share DESC, voice", (article,)
        )
        return tuple(ArticleVoice(article=article, voice=str(v), name=str(n), share=real(s)) for v, n, s in rows)

    # feeds and pages

    def put_feed(self, feed: FeedState) -> None:
        self._file.change("INSERT OR REPLACE INTO feeds VALUES (?, ?)", (feed.url, FEED.pack(feed)))

    def feeds(self) -> tuple[FeedState, ...]:
        rows = self._file.all("SELECT record FROM feeds ORDER BY url")
        return self._file.guarded(lambda: tuple(FEED.unpack(content(r[0])) for r in rows))

    def drop_feed(self, url: str) -> bool:
        return bool(self._file.change("DELETE FROM feeds WHERE url = ?", (url,)))

    def put_page(self, key: str, page: PageState) -> None:
        due = not page.gone and (page.checked is None or page.failures > 0 or page.next_allowed is not None)
        later = None if page.next_allowed is None else stamp(page.next_allowed)
        self._file.change("INSERT OR REPLACE INTO pages VALUES (?, ?, ?, ?)", (key, int(due), later, PAGE.pack(page)))

    def page(self, key: str) -> PageState | None:
        row = self._file.one("SELECT record FROM pages WHERE key = ?", (key,))
        return None if row is None else self._file.guarded(lambda: PAGE.unpack(content(row[0])))

    def due_pages(self, now: datetime) -> tuple[PageState, ...]:
        rows = self._file.all(
            "SELECT record FROM pages WHERE due AND (next_allowed IS NULL OR next_allowed <= ?) ORDER BY key",
            (stamp(now),),
        )
        return self._file.guarded(lambda: tuple(PAGE.unpack(content(r[0])) for r in rows))

    # what the user said, and what the desk did

    def say(self, correction: Correction, at: datetime) -> int:
        values = (CORRECTION.pack(correction), stamp(at))
        row = self._file.one("INSERT INTO corrections (record, at) VALUES (?, ?) RETURNING number", values)
        return whole(row[0]) if row else 0

    def take_back(self, number: int, at: datetime) -> bool:
        statement = "UPDATE corrections SET undone = ? WHERE number = ? AND undone IS NULL"
        return bool(self._file.change(statement, (stamp(at), number)))

    def said(self) -> tuple[Said, ...]:
        return tuple(
            Said(
                number=whole(number), correction=self._file.guarded(lambda r=record: CORRECTION.unpack(content(r))),  # type: ignore[misc]
                at=moment(at), undone=None if undone is None else moment(undone),
            )
            for number, record, at, undone in self._file.all(
                "SELECT number, record, at, undone FROM corrections ORDER BY number"
            )
        )  # fmt: skip

    def tell(self, event: Event) -> None:
        values = (stamp(event.at), event.kind, event.story, event.article, plain(event.words))
        self._file.change("INSERT INTO events (at, kind, story, article, words) VALUES (?, ?, ?, ?, ?)", values)

    def events(self, after: int = 0, limit: int = 100) -> tuple[Event, ...]:
        rows = self._file.all(
            "SELECT seq, at, kind, story, article, words FROM events WHERE seq > ? ORDER BY seq LIMIT ?", (after, limit)
        )
        return tuple(
            Event(
                seq=whole(seq),
                at=moment(at),
                kind=str(kind),
                story=words_or_none(story),
                article=words_or_none(article),
                words=str(words),
            )
            for seq, at, kind, story, article, words in rows
        )

    def last_event(self) -> int:
        row = self._file.one("SELECT coalesce(max(seq), 0) FROM events")
        return 0 if row is None else whole(row[0])

    def mark(self, name: str, value: str) -> None:
        self._file.change("INSERT OR REPLACE INTO marks VALUES (?, ?)", (name, value))

    def marked(self, name: str) -> str | None:
        row = self._file.one("SELECT value FROM marks WHERE name = ?", (name,))
        return None if row is None else str(row[0])

    # the whole

    def search(self, query: SearchQuery) -> tuple[Hit, ...]:
        statement, values = statement_of(query)
        return tuple(_hit(row) for row in self._file.all(statement, values))

    def rare_words(self, words: Iterable[str], limit: int) -> tuple[str, ...]:
        found: list[Row] = []
        for part in parts(sorted(set(words))):
            found += self._file.all(f"SELECT term, doc FROM vocabulary WHERE term IN ({places(part)})", part)
        return words_of(found, limit)

    def counts(self) -> Counts:
        row = self._file.one(
            """SELECT (SELECT count(*) FROM captures), (SELECT count(*) FROM captures WHERE became = 'waiting'),
            (SELECT count(*) FROM articles),
            (SELECT count(*) FROM articles) - (SELECT count(*) FROM story_articles), (SELECT coalesce(sum(texts - 1), 0) FROM articles WHERE texts > 1),
            (SELECT count(*) FROM captures WHERE became = 'skipped') + (SELECT count(*) FROM skipped),
            (SELECT count(*) FROM stories), (SELECT count(*) FROM feeds), (SELECT count(*) FROM pages)"""
        )
        if row is None:
            raise StoreError(f"{self.path} cannot be counted: call copydesk check")
        captures, waiting, articles, outside, revisions, skipped, stories, feeds, pages = (whole(n) for n in row)
        return Counts(
            captures=captures, waiting=waiting, articles=articles, outside=outside, revisions=revisions, skipped=skipped,
            stories=stories, feeds=feeds, pages=pages,
        )  # fmt: skip

    def faults(self) -> Iterator[str]:
        return find_faults(self._file)


def _hit(row: Row) -> Hit:
    article, snippet, headline, outlet, value, url, story, score = row
    return Hit(
        article=str(article), headline=str(headline), outlet=words_or_none(outlet), published=words_or_none(value), url=words_or_none(url),
        story=words_or_none(story), snippet=" ".join(str(snippet).split()), score=-real(score),
    )  # fmt: skip
