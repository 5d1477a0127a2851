"""What a desk keeps, and caches: in SQLite, or in memory."""

from copydesk.store.desk import SqliteStore
from copydesk.store.memory import MemoryCache
from copydesk.store.memory_store import MemoryStore
from copydesk.store.records import Form
from copydesk.store.sqlite import SqliteCache

VERSION = "1"

__all__ = ["VERSION", "Form", "MemoryCache", "MemoryStore", "SqliteCache", "SqliteStore"]
