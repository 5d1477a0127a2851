"""Keys of articles → which articles are worth holding against one, in time that does not grow with the pile.

Every article has some keys, its most telling terms. Two articles are candidates when they share a key and at most `near`
other articles of that key were published between them, or two keys with at most `crowd` between them: a key that
everybody has joins neighbours in time only. That is a property of the set of articles, so it does not matter in which
order they came. Articles go by number.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import TypeAlias

import numpy as np

from copydesk.clustering.keeping import WHOLE, pack, slices, unpack
from copydesk.clustering.table import Numbers

Place: TypeAlias = tuple[float, str]  # where an article stands in order of publication: its day, then its id
Two: TypeAlias = tuple[int, int]
ENOUGH = 2  # what a key counts for that brings two articles together alone; one in a crowd counts for half
NUMBER = "i"  # of an array: 32 bits


class Keyring:
    """Who has which key, in order of publication."""

    def __init__(self, near: int, crowd: int) -> None:
        self._near, self._crowd = near, crowd
        self._owners: dict[int, list[Place]] = {}
        self._numbers: dict[int, array[int]] = {}  # the same by number alone, to be counted fast
        self._keys: dict[int, frozenset[int]] = {}
        self._places: dict[int, Place] = {}

    def resume(self, places: Sequence[Place], keys: bytes, counts: bytes) -> None:
        """Takes in articles with the numbers from 0 on, as they were kept; there are none before."""
        key, count = unpack(keys, WHOLE), unpack(counts, WHOLE)
        for number, inside in enumerate(slices(count.tolist())):
            self._keys[number] = frozenset(key[inside].tolist())
        self._places = dict(enumerate(places))
        rank = np.empty(len(places), dtype=np.int64)
        rank[sorted(range(len(places)), key=places.__getitem__)] = np.arange(len(places))
        owner = np.repeat(np.arange(len(places)), count)
        order = np.lexsort((rank[owner], key))
        found, size = np.unique(key, return_counts=True)
        owners = owner[order].tolist()
        for each, inside in zip(found.tolist(), slices(size.tolist()), strict=True):
            self._numbers[each] = array(NUMBER, owners[inside])
            self._owners[each] = [places[number] for number in owners[inside]]

    def kept(self, articles: Sequence[int]) -> tuple[bytes, bytes]:
        """The keys of these articles, and how many each has."""
        keys = [sorted(self._keys[article]) for article in articles]
        return pack((key for held in keys for key in held), WHOLE), pack((len(held) for held in keys), WHOLE)

    def add(self, article: int, place: Place, keys: Iterable[int]) -> tuple[Numbers, set[Two]]:
        """The candidates of a new article, in order of number, and the pairs of older ones that it pushed too far apart
        to be candidates."""
        self._keys[article], self._places[article] = frozenset(keys), place
        seen = array(NUMBER)
        pushed: set[Two] = set()
        for key in self._keys[article]:
            owners, numbers = self._owners.setdefault(key, []), self._numbers.setdefault(key, array(NUMBER))
            at = len(owners) if not owners or owners[-1] < place else bisect_left(owners, place)
            for reach in (self._near, self._crowd):
                seen += numbers[max(0, at - reach) : at + reach]
                if 0 < at < len(numbers) and reach < len(numbers):
                    pushed.update(_across(numbers, at, reach))
            owners.insert(at, place)
            numbers.insert(at, article)
        parted = {(min(pair), max(pair)) for pair in pushed if not self._together(*pair)}
        return _often(seen), parted

    def drop(self, article: int) -> set[Two]:
        """Forgets an article; the pairs of others that are candidates and may not have been with it between them."""
        place = self._places.pop(article)
        drawn: set[Two] = set()
        for key in self._keys.pop(article):
            owners, numbers = self._owners[key], self._numbers[key]
            at = bisect_left(owners, place)
            del owners[at], numbers[at]
            for reach in (self._near, self._crowd):
                drawn.update(_across(numbers, at, reach))
        return {(min(pair), max(pair)) for pair in drawn if self._together(*pair)}

    def _together(self, a: int, b: int) -> bool:
        """Whether the keys that both have make them candidates."""
        count = 0
        for key in self._keys[a] & self._keys[b]:
            owners = self._owners[key]
            apart = abs(bisect_left(owners, self._places[a]) - bisect_left(owners, self._places[b]))
            count += (apart <= self._near) + (apart <= self._crowd)
            if count >= ENOUGH:
                return True
        return False


def _often(seen: array[int]) -> Numbers:
    """The numbers that are there ENOUGH times, in order."""
    numbers = np.sort(np.array(seen, dtype=np.int32))
    again = numbers[: len(numbers) - ENOUGH + 1] == numbers[ENOUGH - 1 :]
    again[1:] &= ~again[:-1]  # once each: between two numbers there is a place where it is not so
    found: Numbers = numbers[: len(again)][again]
    return found


def _across(numbers: array[int], at: int, reach: int) -> Iterable[Two]:
    """The pairs on both sides of a place that are `reach` apart without what stands there."""
    first = max(0, at - reach)
    last = max(first, min(at, len(numbers) - reach))
    return zip(numbers[first:last], numbers[first + reach : last + reach], strict=True)
