"""The tables of a store, and how an older file is brought to them: one step a version, each in one transaction."""

from __future__ import annotations

APPLICATION = 0x436F7079  # "Copy": tells our files from other programs' SQLite files

_CACHE = ("CREATE TABLE cache (key TEXT PRIMARY KEY NOT NULL, value BLOB NOT NULL)",)

_DESK = (
    """CREATE TABLE captures (seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, path TEXT NOT NULL, added TEXT NOT NULL,
        became TEXT NOT NULL, article TEXT, reason TEXT, sha256 TEXT NOT NULL, record BLOB NOT NULL)""",
    "CREATE INDEX captures_became ON captures (became, seq)",
    "CREATE INDEX captures_article ON captures (article)",
    "CREATE TABLE lines (key INTEGER PRIMARY KEY, pages INTEGER NOT NULL)",
    """CREATE TABLE skipped (path TEXT NOT NULL, stage TEXT NOT NULL, reason TEXT NOT NULL, at TEXT NOT NULL,
        PRIMARY KEY (path, stage))""",
    """CREATE TABLE articles (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, key TEXT UNIQUE, added TEXT NOT NULL,
        texts INTEGER NOT NULL, outlet TEXT, url TEXT, value TEXT, earliest TEXT, latest TEXT, sha256 TEXT NOT NULL,
        record BLOB NOT NULL)""",
    "CREATE INDEX articles_texts ON articles (id) WHERE texts > 1",
    "CREATE INDEX articles_narrowed ON articles (outlet, earliest, latest, id)",  # all that narrows a search
    """CREATE TABLE texts (article TEXT NOT NULL, number INTEGER NOT NULL, capture TEXT NOT NULL, added TEXT NOT NULL,
        record BLOB NOT NULL, PRIMARY KEY (article, number))""",
    """CREATE VIRTUAL TABLE words USING fts5(headline, body, who, tokenize = "unicode61 remove_diacritics 2")""",
    "CREATE VIRTUAL TABLE vocabulary USING fts5vocab(words, row)",
    "CREATE TABLE stories (id TEXT PRIMARY KEY NOT NULL, key TEXT NOT NULL, record BLOB NOT NULL)",
    "CREATE TABLE story_articles (article TEXT PRIMARY KEY NOT NULL, story TEXT NOT NULL)",
    "CREATE INDEX story_articles_story ON story_articles (story)",
    "CREATE TABLE story_names (id TEXT PRIMARY KEY NOT NULL, story TEXT NOT NULL)",
    """CREATE TABLE article_voices (article TEXT NOT NULL, voice TEXT NOT NULL, name TEXT NOT NULL, share REAL NOT NULL,
        PRIMARY KEY (article, voice)) WITHOUT ROWID""",
    "CREATE INDEX article_voices_name ON article_voices (name, voice, article)",
    "CREATE TABLE feeds (url TEXT PRIMARY KEY NOT NULL, record BLOB NOT NULL)",
    """CREATE TABLE pages (key TEXT PRIMARY KEY NOT NULL, due INTEGER NOT NULL, next_allowed TEXT, record BLOB NOT NULL)""",
    "CREATE INDEX pages_due ON pages (key) WHERE due",
    """CREATE TABLE corrections (number INTEGER PRIMARY KEY AUTOINCREMENT, record BLOB NOT NULL, at TEXT NOT NULL,
        undone TEXT)""",
    """CREATE TABLE events (seq INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, kind TEXT NOT NULL, story TEXT,
        article TEXT, words TEXT NOT NULL)""",
    "CREATE TABLE marks (name TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL)",
)

# An index of the beginnings of words: `a*` then costs what a word costs, not what all words that begin so cost together.
_BEGINNINGS = (
    "DROP TABLE vocabulary",
    """CREATE VIRTUAL TABLE words_anew USING fts5(headline, body, who, tokenize = "unicode61 remove_diacritics 2",
        prefix = '1 2 3')""",
    "INSERT INTO words_anew (rowid, headline, body, who) SELECT rowid, headline, body, who FROM words",
    "DROP TABLE words",
    "ALTER TABLE words_anew RENAME TO words",
    "CREATE VIRTUAL TABLE vocabulary USING fts5vocab(words, row)",
)

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    _CACHE,
    _DESK,
    _BEGINNINGS,
)  # from version n to n + 1; never edit one that was released
SCHEMA = len(MIGRATIONS)
