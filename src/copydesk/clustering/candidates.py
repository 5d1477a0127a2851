"""Keys of articles → which articles are worth holding against one, in time that does not grow with the pile.

Every article has some keys, its most telling terms. Two articles are candidates when they share a key and at most
`crowd` other articles of that key were published between them: a key that everybody has joins neighbours in time
only. That is a property of the set of articles, so it does not matter in which order they came.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from typing import TypeAlias

Place: TypeAlias = tuple[float, str]  # where an article stands in order of publication: its day, then its id
Pair: TypeAlias = tuple[str, str]


class Keyring:
    """Who has which key, in order of publication."""

    def __init__(self, crowd: int) -> None:
        self._crowd = crowd
        self._owners: dict[int, list[Place]] = {}
        self._keys: dict[str, tuple[int, ...]] = {}
        self._places: dict[str, Place] = {}

    def add(self, article: str, place: Place, keys: Iterable[int]) -> tuple[set[str], set[Pair]]:
        """The candidates of a new article, and the pairs of older ones that it pushed too far apart to be candidates."""
        self._keys[article], self._places[article] = tuple(sorted(set(keys))), place
        found: set[str] = set()
        parted: set[Pair] = set()
        for key in self._keys[article]:
            owners = self._owners.setdefault(key, [])
            at = bisect_left(owners, place)
            before, after = owners[max(0, at - self._crowd) : at], owners[at : at + self._crowd]
            found.update(other for _, other in before)
            found.update(other for _, other in after)
            for back in range(1, self._crowd + 1):  # articles `crowd` places apart until now
                if back > at or at + self._crowd - back >= len(owners):
                    continue
                a, b = owners[at - back][1], owners[at + self._crowd - back][1]
                parted.add((min(a, b), max(a, b)))
            owners.insert(at, place)
        return found, {pair for pair in parted if not self._near(*pair)}

    def drop(self, article: str) -> set[Pair]:
        """Forgets an article; the pairs of others that it held too far apart to be candidates."""
        place = self._places.pop(article)
        joined: set[Pair] = set()
        for key in self._keys.pop(article):
            owners = self._owners[key]
            at = bisect_left(owners, place)
            del owners[at]
            for back in range(1, self._crowd + 1):
                if back > at or at + self._crowd - back >= len(owners):
                    continue
                a, b = owners[at - back][1], owners[at + self._crowd - back][1]
                joined.add((min(a, b), max(a, b)))
        return joined

    def _near(self, a: str, b: str) -> bool:
        """Whether a key that both have holds them near enough."""
        for key in sorted(set(self._keys[a]) & set(self._keys[b])):
            owners = self._owners[key]
            apart = bisect_left(owners, self._places[a]) - bisect_left(owners, self._places[b])
            if abs(apart) <= self._crowd:
                return True
        return False
