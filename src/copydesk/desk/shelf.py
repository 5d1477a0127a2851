"""Where a desk's encoder looks before it encodes: vectors of sentences, kept one by one, and those of each story told.

What tracing and clustering ask for is asked again at every update, and is kept by sentence. What telling a story asks for
is wanted only when that story is told anew, since an article came to it: it is kept in one record beside the dossier, is
replaced with it and goes with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

import msgspec

from copydesk.model.ports import Cache
from copydesk.store import beside

_VECTORS = msgspec.msgpack.Decoder(dict[str, bytes])


class Shelf:
    """The cache of a desk as its encoder sees it."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache
        self._told: dict[str, bytes] | None = None  # of the story that is being told

    def get(self, key: str) -> bytes | None:
        """What was put under the key last, or is held for the story that is being told."""
        held = None if self._told is None else self._told.get(key)
        return self._cache.get(key) if held is None else held

    def get_all(self, keys: Sequence[str]) -> dict[str, bytes]:
        """What was put under those of the keys that anything was, or is held."""
        held = {key: self._told[key] for key in keys if key in self._told} if self._told else {}
        return held | self._cache.get_all([key for key in keys if key not in held])

    def put(self, key: str, value: bytes) -> None:
        """Keeps a value, beside the story that is being told if one is."""
        if self._told is None:
            self._cache.put(key, value)
        else:
            self._told[key] = value

    def drop(self, key: str) -> None:
        """Forgets what was put under the key."""
        self._cache.drop(key)

    @contextmanager
    def telling(self, before: Iterable[str]) -> Iterator[None]:
        """While a story is told: `before` are the keys of the dossiers that told its articles last."""
        self._told = {}
        for key in before:
            record = self._cache.get(beside(key))
            if record is not None:
                self._told |= _VECTORS.decode(record)
        try:
            yield
        finally:
            self._told = None

    def keep(self, key: str) -> None:
        """Puts what was held while a story was told beside its dossier of this key."""
        if self._told:
            self._cache.put(beside(key), msgspec.msgpack.encode(self._told))
