"""Given names that are common in some region's news: a hint that a name is a person's."""

from __future__ import annotations

from functools import cache

from copydesk.reference.shipped import read_rows


@cache
def _given_names() -> frozenset[str]:
    return frozenset(name for _, names in read_rows("given_names.tsv") for name in names.split())


def is_given_name(word: str) -> bool:
    """Whether a word, as written, is a common given name."""
    return word in _given_names()
