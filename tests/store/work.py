"""Work for a process beside the test, in a module that it imports quickly."""

from __future__ import annotations

from copydesk.store import SqliteCache


def fill(path: str, worker: int) -> int:
    """What one of several processes does that open a new store at once."""
    with SqliteCache(path) as cache:
        for number in range(40):
            cache.put(f"{worker} {number}", b"x" * 500)
            cache.put("shared", str(worker).encode())
        return sum(cache.get(f"{worker} {number}") is not None for number in range(40))
