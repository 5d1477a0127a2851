"""The cache that stays: a table of one SQLite file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from copydesk.store.connection import Connection
from copydesk.store.values import parts, places


class SqliteCache:
    """Bytes by key in a file, for readers and writers of several threads and processes at once.

    The file and its folder are made when missing. Opening raises StoreError for a file that is no store of copydesk,
    is one of a newer version, or cannot be opened; so do `get` and `put` when the file is damaged or stays locked.
    A copy made by pickling opens the same file anew.
    """

    def __init__(self, path: str | Path | Connection) -> None:
        self._connection = path if isinstance(path, Connection) else Connection(path)

    def get(self, key: str) -> bytes | None:
        """What was put under the key last, None when nothing was."""
        row = self._connection.one("SELECT value FROM cache WHERE key = ?", (key,))
        return bytes(row[0]) if row is not None and isinstance(row[0], bytes) else None

    def get_all(self, keys: Sequence[str]) -> dict[str, bytes]:
        """What was put under those of the keys that anything was."""
        found: dict[str, bytes] = {}
        for part in parts(sorted(set(keys))):
            rows = self._connection.all(f"SELECT key, value FROM cache WHERE key IN ({places(part)})", part)
            found.update((str(key), value) for key, value in rows if isinstance(value, bytes))
        return found

    def put(self, key: str, value: bytes) -> None:
        """Keeps a value under its key, in place of an earlier one."""
        self._connection.change("INSERT OR REPLACE INTO cache VALUES (?, ?)", (key, bytes(value)))

    def drop(self, key: str) -> None:
        """Forgets what was put under the key."""
        self._connection.change("DELETE FROM cache WHERE key = ?", (key,))

    def trim(self, prefix: str, count: int) -> None:
        """Of the values whose keys begin so, keeps only as many as `count`, those that were put last.

        `prefix` ends with a character that is not the last of all. A value that is put anew gets the highest rowid.
        """
        self._connection.change(
            """DELETE FROM cache WHERE rowid IN (
            SELECT rowid FROM cache WHERE key >= ? AND key < ? ORDER BY rowid DESC LIMIT -1 OFFSET ?)""",
            (prefix, prefix[:-1] + chr(ord(prefix[-1]) + 1), count),
        )

    def close(self) -> None:
        """Closes the file; after that nothing can be got or put."""
        self._connection.close()

    def __enter__(self) -> SqliteCache:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __reduce__(self) -> tuple[type[SqliteCache], tuple[Path]]:
        return SqliteCache, (self._connection.path,)
