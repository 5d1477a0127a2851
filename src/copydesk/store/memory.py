"""The cache that lives as long as the run."""

from __future__ import annotations

from collections.abc import Sequence


class MemoryCache:
    """Bytes by key, in this process."""

    def __init__(self) -> None:
        self._values: dict[str, bytes] = {}

    def get(self, key: str) -> bytes | None:
        """What was put under the key last, None when nothing was."""
        return self._values.get(key)

    def get_all(self, keys: Sequence[str]) -> dict[str, bytes]:
        """What was put under those of the keys that anything was."""
        return {key: self._values[key] for key in keys if key in self._values}

    def put(self, key: str, value: bytes) -> None:
        """Keeps a value under its key, in place of an earlier one."""
        self._values.pop(key, None)  # the last put is the last of all
        self._values[key] = bytes(value)

    def close(self) -> None:
        """Nothing to close: there for the sake of the other caches."""

    def drop(self, key: str) -> None:
        """Forgets what was put under the key."""
        self._values.pop(key, None)

    def trim(self, prefix: str, count: int) -> None:
        """Of the values whose keys begin so, keeps only as many as `count`, those that were put last."""
        held = [key for key in self._values if key.startswith(prefix)]
        for key in held[: max(0, len(held) - count)]:
            del self._values[key]
