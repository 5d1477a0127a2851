"""Keys of articles → which articles are worth holding against one, in time that does not grow with the pile.

Every article has some keys, its most telling terms. Two articles are candidates when they share a key and at most `near`
other articles of that key were published between them, or two keys with at most `crowd` between them: a key that
everybody has joins neighbours in time only. That is a property of the set of articles, so it does not matter in which
order they came.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from typing import TypeAlias

Place: TypeAlias = tuple[float, str]  # where an article stands in order of publication: its day, then its id
Pair: TypeAlias = tuple[str, str]
ENOUGH = 2  # what a key counts for that brings two articles together alone; one in a crowd counts for half


class Keyring:
    """Who has which key, in order of publication."""

    def __init__(self, near: int, crowd: int) -> None:
        self._near, self._crowd = near, crowd
        self._owners: dict[int, list[Place]] = {}
        self._names: dict[int, list[str]] = {}  # the same by id alone, to be counted fast
        self._keys: dict[str, frozenset[int]] = {}
        self._places: dict[str, Place] = {}

    def add(self, article: str, place: Place, keys: Iterable[int]) -> tuple[set[str], set[Pair]]:
        """The candidates of a new article, and the pairs of older ones that it pushed too far apart to be candidates."""
        self._keys[article], self._places[article] = frozenset(keys), place
        seen: list[str] = []
        pushed: set[Pair] = set()
        for key in self._keys[article]:
            owners, names = self._owners.setdefault(key, []), self._names.setdefault(key, [])
            at = bisect_left(owners, place)
            for reach in (self._near, self._crowd):
                seen += names[max(0, at - reach) : at + reach]
                if 0 < at < len(names) and reach < len(names):
                    pushed.update(_across(names, at, reach))
            owners.insert(at, place)
            names.insert(at, article)
        parted = {(min(pair), max(pair)) for pair in pushed if not self._together(*pair)}
        return {other for other, times in Counter(seen).items() if times >= ENOUGH}, parted

    def drop(self, article: str) -> set[Pair]:
        """Forgets an article; the pairs of others that are candidates and may not have been with it between them."""
        place = self._places.pop(article)
        drawn: set[Pair] = set()
        for key in self._keys.pop(article):
            owners, names = self._owners[key], self._names[key]
            at = bisect_left(owners, place)
            del owners[at], names[at]
            for reach in (self._near, self._crowd):
                drawn.update(_across(names, at, reach))
        return {(min(pair), max(pair)) for pair in drawn if self._together(*pair)}

    def _together(self, a: str, b: str) -> bool:
        """Whether the keys that both have make them candidates."""
        count = 0
        for key in self._keys[a] & self._keys[b]:
            owners = self._owners[key]
            apart = abs(bisect_left(owners, self._places[a]) - bisect_left(owners, self._places[b]))
            count += (apart <= self._near) + (apart <= self._crowd)
            if count >= ENOUGH:
                return True
        return False


def _across(names: list[str], at: int, reach: int) -> Iterable[Pair]:
    """The pairs on both sides of a place that are `reach` apart without what stands there."""
    first = max(0, at - reach)
    last = max(first, min(at, len(names) - reach))
    return zip(names[first:last], names[first + reach : last + reach], strict=True)
