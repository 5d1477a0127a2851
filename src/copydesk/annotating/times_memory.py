"""What a text has spoken of: the day, the period and the quarter that "later", "that day" and "the quarter" rest on."""

from __future__ import annotations

import re
from datetime import date
from typing import Literal

from copydesk.annotating.times_hits import NOT_A_TIME
from copydesk.text.calendar import ground
from copydesk.text.calendar_grounded import split_term

# Code points within which "a year ago" compares with the quarter just named. Tuned on timebank (evals times, value_f1).
NEAR_QUARTER = 250
Anchor = Literal["none", "published", "text", "unknown"]
_QUARTER = re.compile(r"quarter\([1-4],\w+\)")


class Memory:
    """What the text spoke of last: the day, the period and the quarter that "later", "that day" and "the quarter" mean."""

    def __init__(self) -> None:
        self._last: str | None = None
        self._day: str | None = None
        self._day_at = -1
        self._quarter: str | None = None
        self._quarter_at = 0
        self._running: str | None = None  # a quarter that had not ended: what is reported on is one that had

    def fill(self, expression: str, place: int) -> tuple[str, Anchor]:
        """The expression with "@" (what the text spoke of last) put in, and what it then rests on."""
        if expression == "quarter(@q,named)":
            return self._quarter or self._running or NOT_A_TIME, "text"
        if expression.startswith("in(@q,"):
            match = _QUARTER.match(self._quarter or "")
            return (expression.replace("@q", match[0]), "text") if match else (split_term(expression)[1][1], "none")
        if "quarter(@q)" in expression:
            quarter = self._quarter or "rel(-1,quarter)"
            return expression.replace("quarter(@q)", quarter), "text" if self._quarter else "published"
        if "@q" in expression:
            return expression.replace(
                "@q", self._quarter or self._last or "rel(0,year)"
            ), "text" if self._quarter else "published"
        if expression == "shift(-1,year)" and self._quarter and place - self._quarter_at < NEAR_QUARTER:
            return f"shift(-1,year,{self._quarter})", "text"
        if "@" not in expression:
            return expression, "published"
        wants_day = expression.startswith(("clock(", "part(")) or ",day,@" in expression or "(day,@" in expression
        remembered = self._day if wants_day else self._last
        if remembered is None or expression.count("(") + remembered.count("(") > 6:
            remembered = "rel(0,day)"
            return expression.replace("@", remembered), "published"
        return expression.replace("@", remembered), "text"

    def has_day_since(self, place: int) -> bool:
        """Whether a day was named from that place on."""
        return self._day_at >= place

    def keep(self, expression: str, place: int, day: date | None) -> None:
        """Remembers the expression as what the text spoke of last."""
        name, arguments = split_term(expression)
        if name in ("clock", "part") and len(arguments) > 1:
            expression = arguments[1]
            name, arguments = split_term(expression)
        if name in ("dur", "set", "ref", "last", "next") or not arguments:
            return
        if expression.startswith("shift(-1,year,"):
            return  # a comparison with the year before does not move the text there
        known = ground(expression, day or date(2001, 7, 4))
        if known.precision in ("day", "time"):
            self._day, self._day_at = expression, place
        if known.precision == "quarter":
            if day is None or known.bounds is None or known.bounds[1] <= day:
                self._quarter, self._quarter_at = expression, place
            else:
                self._running = expression
        if known.precision != "unknown":
            self._last = expression
