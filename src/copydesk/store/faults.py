"""A store → what is wrong with it: the file, its records, and what must hold between its tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from copydesk.errors import StoreError
from copydesk.store.connection import Connection
from copydesk.store.records import ARTICLE, CAPTURE, FEED, PAGE, STORY, Form
from copydesk.store.values import content, digest

# What must give no row, with the words for a row that it gives.
LAWS: tuple[tuple[str, str], ...] = (
    (
        """SELECT id FROM captures WHERE became IN ('article', 'revision', 'same')
        AND (article IS NULL OR NOT EXISTS (SELECT 1 FROM articles a WHERE a.id = captures.article))""",
        "capture {} belongs to an article that is not there",
    ),
    ("SELECT id FROM captures WHERE became = 'skipped' AND reason IS NULL", "capture {} was skipped without a reason"),
    (
        "SELECT id FROM articles WHERE texts <> (SELECT count(*) FROM texts t WHERE t.article = articles.id)",
        "article {} has not the texts that it counts",
    ),
    (
        "SELECT t.article FROM texts t LEFT JOIN articles a ON a.id = t.article WHERE a.id IS NULL",
        "a text belongs to article {}, which is not there",
    ),
    (
        "SELECT t.capture FROM texts t LEFT JOIN captures c ON c.id = t.capture WHERE c.id IS NULL",
        "a text was made from capture {}, which is not there",
    ),
    (
        "SELECT id FROM articles WHERE number NOT IN (SELECT rowid FROM words)",
        "article {} cannot be found by its words",
    ),
    (
        "SELECT rowid FROM words WHERE rowid NOT IN (SELECT number FROM articles)",
        "there are words of article number {}, which is not there",
    ),
    (
        "SELECT s.article FROM story_articles s LEFT JOIN articles a ON a.id = s.article WHERE a.id IS NULL",
        "a story holds article {}, which is not there",
    ),
    (
        "SELECT s.article FROM story_articles s LEFT JOIN stories x ON x.id = s.story WHERE x.id IS NULL",
        "article {} is in a story that is not there",
    ),
    (
        "SELECT id FROM stories WHERE NOT EXISTS (SELECT 1 FROM story_articles s WHERE s.story = stories.id)",
        "story {} holds no article",
    ),
    (
        "SELECT id FROM stories WHERE NOT EXISTS (SELECT 1 FROM cache c WHERE c.key = stories.key)",
        "the dossier of story {} is missing",
    ),
)
RECORDS: tuple[tuple[str, str, Form[Any]], ...] = (
    ("captures", "id", CAPTURE),
    ("articles", "id", ARTICLE),
    ("texts", "article", ARTICLE),
    ("stories", "id", STORY),
    ("feeds", "url", FEED),
    ("pages", "key", PAGE),
)


def find_faults(file: Connection) -> Iterator[str]:
    """In words; nothing when the store is sound."""
    for (fault,) in file.all("PRAGMA integrity_check"):
        if fault != "ok":
            yield f"the file is damaged: {fault!s}"
    for statement, words in LAWS:
        for name, *_ in file.all(statement):
            yield words.format(str(name))
    for table, column, form in RECORDS:
        last = 0
        while rows := file.all(
            f"SELECT rowid, {column}, record FROM {table} WHERE rowid > ? ORDER BY rowid LIMIT 200", (last,)
        ):
            for rowid, name, record in rows:
                try:
                    found = form.unpack(content(record))
                except ValueError as error:
                    yield f"{table}: {name!s} is {error}"
                else:
                    yield from _wrong_bytes(file, found, str(name)) if table == "captures" else ()
                last = int(str(rowid))
    yield from _word_faults(file)


def _wrong_bytes(file: Connection, found: object, name: str) -> Iterator[str]:
    row = file.one("SELECT sha256 FROM captures WHERE id = ?", (name,))
    if row is not None and row[0] != digest(getattr(found, "content", b"")):
        yield f"capture {name} has not the bytes that were captured"


def _word_faults(file: Connection) -> Iterator[str]:
    try:
        with file.writing():
            file.change("INSERT INTO words (words) VALUES ('integrity-check')")
    except StoreError as error:
        if "readonly" not in str(error):
            yield f"the words for searching are damaged: {error}"
