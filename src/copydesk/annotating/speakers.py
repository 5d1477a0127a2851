"""Quotes whose source is "he" or "the minister" → the name behind it, where the article gives one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from copydesk.annotating.readings import Reading
from copydesk.model.markup import QuoteMention


def name_speakers(reading: Reading, quotes: Sequence[QuoteMention]) -> tuple[QuoteMention, ...]:
    """The same quotes with `source_name` where it is clear."""
    named = []
    for quote in quotes:
        name = None
        if quote.source is not None:
            inner = [
                n for n in reading.names
                if quote.source.start <= n.start and n.end <= quote.source.end and n.type in ("person", "organization")
            ]
            name = inner[0].text if inner else None
        named.append(replace(quote, source_name=name))
    return tuple(named)
