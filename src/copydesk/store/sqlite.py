"""The cache that stays: one SQLite file."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from copydesk.errors import StoreError

SCHEMA = 1
APPLICATION = 0x436F7079  # "Copy": tells our files from other programs' SQLite files
BUSY_SECONDS = 30.0
TABLE = "CREATE TABLE cache (key TEXT PRIMARY KEY NOT NULL, value BLOB NOT NULL)"

Answer = TypeVar("Answer")


class SqliteCache:
    """Bytes by key in a file, for readers and writers of several threads and processes at once.

    The file and its folder are made when missing. Opening raises StoreError for a file that is no store of copydesk,
    is one of a newer version, or cannot be opened; so do `get` and `put` when the file is damaged or stays locked.
    A copy made by pickling opens the same file anew.
    """

    def __init__(self, path: str | Path) -> None:
        self._path = Path(path)
        self._lock = threading.Lock()
        self._connection = self._guarded(self._open)

    def get(self, key: str) -> bytes | None:
        """What was put under the key last, None when nothing was."""
        row = self._guarded(lambda: self._one("SELECT value FROM cache WHERE key = ?", (key,)))
        return bytes(row[0]) if row is not None else None

    def put(self, key: str, value: bytes) -> None:
        """Keeps a value under its key, in place of an earlier one."""
        self._guarded(lambda: self._one("INSERT OR REPLACE INTO cache VALUES (?, ?)", (key, value)))

    def close(self) -> None:
        """Closes the file; after that nothing can be got or put."""
        with self._lock:
            self._connection.close()

    def __enter__(self) -> SqliteCache:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __reduce__(self) -> tuple[type[SqliteCache], tuple[Path]]:
        return SqliteCache, (self._path,)

    def _one(self, statement: str, values: tuple[str | bytes, ...]) -> tuple[bytes] | None:
        with self._lock:
            row: tuple[bytes] | None = self._connection.execute(statement, values).fetchone()
        return row

    def _open(self) -> sqlite3.Connection:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(
            self._path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
        )
        try:
            self._make_ready(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _make_ready(self, connection: sqlite3.Connection) -> None:
        connection.execute("BEGIN IMMEDIATE")  # two that open a new file at once: the second waits for the first
        try:
            application = connection.execute("PRAGMA application_id").fetchone()[0]
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            if application == 0 and connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0:
                connection.execute(TABLE)
                connection.execute(f"PRAGMA application_id = {APPLICATION}")
                connection.execute(f"PRAGMA user_version = {SCHEMA}")
            elif application != APPLICATION:
                raise StoreError(f"{self._path} is a database of another program: give another path for the store")
            elif version > SCHEMA:
                raise StoreError(
                    f"{self._path} has schema {version}, this copydesk knows {SCHEMA}: update copydesk or give another path"
                )
            connection.execute("COMMIT")
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")  # a lost machine loses the last values, never the file

    def _guarded(self, work: Callable[[], Answer]) -> Answer:
        try:
            return work()
        except sqlite3.OperationalError as error:
            hint = "another run holds it" if "locked" in str(error) else "look at the path, its rights and the space left"
            raise StoreError(f"{self._path} cannot be used as a store ({error}): {hint}") from error
        except sqlite3.DatabaseError as error:
            raise StoreError(f"{self._path} is not a store of copydesk, or is damaged ({error}): remove it or give another path") from error
        except (OSError, ValueError) as error:
            raise StoreError(f"{self._path} cannot be used as a store: {error}") from error
