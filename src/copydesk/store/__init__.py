"""Cache and project file: SQLite."""

from copydesk.store.memory import MemoryCache
from copydesk.store.sqlite import SqliteCache

VERSION = "1"

__all__ = ["VERSION", "MemoryCache", "SqliteCache"]
