"""Word lists as they stand in the code: words in a string, one set."""

from __future__ import annotations


def word_set(text: str) -> frozenset[str]:
    """The words of a text, split at white space, as a set."""
    return frozenset(text.split())
