"""One SQLite file, opened safely: a connection a thread, migrations, transactions, and errors as words."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TypeAlias, TypeVar

from copydesk.errors import StoreError
from copydesk.store.schema import APPLICATION, MIGRATIONS, SCHEMA

BUSY_SECONDS = 30.0  # a second writer waits so long for its turn
CACHE_KIB = 16_384

Answer = TypeVar("Answer")
Value: TypeAlias = str | int | float | bytes | None
Row: TypeAlias = tuple[Value, ...]


class Connection:
    """The file, for any number of threads and processes. Raises StoreError for whatever goes wrong with it.

    The file and its folder are made when missing, unless `create` is False. Where the folder may not be written, the
    file is opened for reading alone.
    """

    def __init__(self, path: str | Path, *, create: bool = True, busy_seconds: float = BUSY_SECONDS) -> None:
        self.path = Path(path)
        self._create = create
        self._busy = busy_seconds
        self._local = threading.local()
        self._all: list[sqlite3.Connection] = []
        self._lock = threading.Lock()
        self._closed = False
        self.guarded(self._mine)

    def close(self) -> None:
        """Closes the file; after that every call raises StoreError."""
        with self._lock:
            self._closed = True
            for connection in self._all:
                connection.close()
            self._all.clear()

    def all(self, statement: str, values: Iterable[Value] = ()) -> list[Row]:
        """Every row of one statement."""
        return self.guarded(lambda: self._mine().execute(statement, tuple(values)).fetchall())

    def one(self, statement: str, values: Iterable[Value] = ()) -> Row | None:
        """The first row of one statement, None when there is none."""
        found: Row | None = self.guarded(lambda: self._mine().execute(statement, tuple(values)).fetchone())
        return found

    def many(self, statement: str, rows: Iterable[Iterable[Value]]) -> None:
        """One statement for each row, all or none."""
        with self.writing():
            self.guarded(lambda: self._mine().executemany(statement, (tuple(r) for r in rows)))

    def change(self, statement: str, values: Iterable[Value] = ()) -> int:
        """How many rows one statement changed."""
        return self.guarded(lambda: self._mine().execute(statement, tuple(values)).rowcount)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """All that happens inside happens wholly or not at all. One inside another belongs to the outer one."""
        connection = self.guarded(self._mine)
        if connection.in_transaction:
            yield
            return
        self.guarded(lambda: connection.execute("BEGIN IMMEDIATE"))
        try:
            yield
            self.guarded(lambda: connection.execute("COMMIT"))
        except BaseException:
            if connection.in_transaction:  # a full disk has ended it already
                connection.execute("ROLLBACK")
            raise

    def guarded(self, work: Callable[[], Answer]) -> Answer:
        """What the work gives, its errors turned into words about this file."""
        try:
            return work()
        except sqlite3.OperationalError as error:
            raise StoreError(f"{self.path} cannot be used as a store ({error}): {_hint(str(error))}") from error
        except sqlite3.DatabaseError as error:
            raise StoreError(
                f"{self.path} is not a store of copydesk, or is damaged ({error}): remove it or give another path"
            ) from error
        except (OSError, ValueError) as error:
            raise StoreError(f"{self.path} cannot be used as a store: {error}") from error

    def _mine(self) -> sqlite3.Connection:
        """This thread's connection. A reader then never waits for the writer beside it."""
        if self._closed:
            raise ValueError("it was closed")
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._open()
            self._local.connection = connection
            with self._lock:
                self._all.append(connection)
        return connection

    def _open(self) -> sqlite3.Connection:
        if not self._create and not self.path.is_file():
            raise FileNotFoundError(f"there is no such file as {self.path}")
        if self.path.is_file() and not (os.access(self.path, os.W_OK) and os.access(self.path.parent, os.W_OK)):
            return self._open_to_read()
        self.path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(self.path, timeout=self._busy, isolation_level=None, check_same_thread=False)
        try:
            self._make_ready(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _open_to_read(self) -> sqlite3.Connection:
        """The file as it lies. Nobody writes where we may not, or its log lies beside it and is read, too."""
        mode = "mode=ro" if Path(f"{self.path}-wal").exists() else "immutable=1"
        connection = sqlite3.connect(f"{self.path.absolute().as_uri()}?{mode}", uri=True, check_same_thread=False)
        self._check(connection, may_be_new=False)
        return connection

    def _check(self, connection: sqlite3.Connection, *, may_be_new: bool) -> int:
        """The version of the file's tables, 0 for a new file."""
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        version: int = connection.execute("PRAGMA user_version").fetchone()[0]
        if (
            may_be_new
            and application == 0
            and connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0
        ):
            return 0
        if application != APPLICATION:
            raise StoreError(f"{self.path} is a database of another program: give another path for the store")
        if version > SCHEMA:
            raise StoreError(
                f"{self.path} has schema {version}, this copydesk knows {SCHEMA}: update copydesk or give another path"
            )
        return version

    def _make_ready(self, connection: sqlite3.Connection) -> None:
        connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        if self._check(connection, may_be_new=True) < SCHEMA:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("BEGIN IMMEDIATE")  # two that open a new file at once: the second waits for the first
            try:
                for step in MIGRATIONS[self._check(connection, may_be_new=True) :]:
                    for statement in step:
                        connection.execute(statement)
                connection.execute(f"PRAGMA application_id = {APPLICATION}")
                connection.execute(f"PRAGMA user_version = {SCHEMA}")
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
        connection.execute("PRAGMA synchronous = FULL")  # what was reported as kept outlives a power cut


def copy_to(path: Path, target: Path) -> None:
    """A whole and sound copy of a store that others may be writing to. Raises StoreError."""
    try:
        with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(target)) as copy:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")  # one file, nothing beside it
    except sqlite3.Error as error:
        raise StoreError(f"{path} cannot be copied to {target} ({error}): {_hint(str(error))}") from error


def _hint(error: str) -> str:
    if "locked" in error:
        return "another run holds it; wait for that to end and call again"
    if "full" in error or "disk I/O" in error:
        return "the disk is full or gone: make room and call again; what was kept before is kept"
    if "readonly" in error:
        return "the folder may only be read: give yourself the right to write there, or copy the desk"
    return "look at the path, its rights and the space left"
