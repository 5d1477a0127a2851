"""Where words stand."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Stretch:
    """A half-open range of code points in a text that the context names."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def overlap(self, other: Stretch) -> int:
        """Count of code points that both hold, 0 when apart."""
        return max(0, min(self.end, other.end) - max(self.start, other.start))


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Span:
    """A half-open range of code points in one article's `text`, or in its `source_text` when `in_source`."""

    article: str
    start: int
    end: int
    in_source: bool = False

    def overlap(self, other: Span) -> int:
        """Count of code points that both hold, 0 in different articles or texts."""
        if self.article != other.article or self.in_source != other.in_source:
            return 0
        return max(0, min(self.end, other.end) - max(self.start, other.start))
