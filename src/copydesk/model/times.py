"""Points and stretches of time, and how sure they are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from copydesk.model.spans import Span

Precision = Literal["time", "day", "week", "month", "quarter", "season", "year", "decade", "range", "unknown"]
Modality = Literal["happened", "planned", "denied", "alleged", "asked"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """Whole days, both ends inclusive; None is an open end."""

    earliest: date | None
    latest: date | None

    def meets(self, other: Interval) -> bool:
        """Whether some day can lie in both."""
        starts = [d for d in (self.earliest, other.earliest) if d is not None]
        ends = [d for d in (self.latest, other.latest) if d is not None]
        return not starts or not ends or max(starts) <= min(ends)


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """A time with its bounds, its method and the words it rests on.

    `value` is an ISO date, month ("2023-02"), year, or "a/b"; None when only bounds are known or nothing is.
    `method` is one word or short phrase: "meta", "url", "dateline", "user", "anchored", "story clock", "unknown", …
    """

    value: str | None
    earliest: date | None
    latest: date | None
    precision: Precision
    method: str
    evidence: tuple[Span, ...] = ()

    @property
    def interval(self) -> Interval:
        return Interval(earliest=self.earliest, latest=self.latest)

    @property
    def day(self) -> date | None:
        """The one day this can be, None when it may be several."""
        return self.earliest if self.earliest is not None and self.earliest == self.latest else None


UNKNOWN_WHEN = When(value=None, earliest=None, latest=None, precision="unknown", method="unknown")
