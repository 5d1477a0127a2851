"""A match of the grammar, and what its lexemes say: how many, which day, counted from where.

In an expression "~" stands for the direction that tense and clause decide, and "@" for the time that the text spoke of
last: `annotating.times` puts both in.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from copydesk.annotating.times_lexer import Lexeme
from copydesk.model.markup import TimexType

Reading = tuple[TimexType, str]
NOT_A_TIME = "none()"  # what a rule gives for words that only look like a time: nothing else may read them
DIRECTION = {"-1": "last", "1": "next", "0": "this"}
UNITS_BIG = ("week", "weekend", "month", "quarter", "year", "decade", "century")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """Where a rule's pattern matched, with the lexemes behind its named groups."""

    match: re.Match[str]
    lexemes: list[Lexeme]

    def get(self, name: str) -> Lexeme | None:
        """The first lexeme of a group, None when the group is empty or the pattern has none of that name."""
        if name not in self.match.re.groupindex:
            return None
        start, end = self.match.span(name)
        return self.lexemes[start] if start < end else None

    def __getitem__(self, name: str) -> Lexeme:
        return self.lexemes[self.match.start(name)]

    @property
    def before(self) -> str:
        """The word before the match, in lower case; "" at the start."""
        start = self.match.start()
        return self.lexemes[start - 1].word if start else ""

    def between(self, first: str, last: str) -> str:
        """The symbols between the first lexeme of one group and that of another."""
        return "".join(x.symbol for x in self.lexemes[self.match.start(first) + 1 : self.match.start(last)])

    def before_is(self, *words: str) -> bool:
        """Whether these very words stand before the match."""
        start = self.match.start()
        return tuple(x.word for x in self.lexemes[max(0, start - len(words)) : start]) == words

    @property
    def before_symbol(self) -> str:
        start = self.match.start()
        return self.lexemes[start - 1].symbol if start else "|"

    @property
    def next_symbol(self) -> str:
        """The symbol behind the match; "|" at the end."""
        end = self.match.end()
        return self.lexemes[end].symbol if end < len(self.lexemes) else "|"

    @property
    def after(self) -> str:
        end = self.match.end()
        return self.lexemes[end].word if end < len(self.lexemes) else ""


def direction_of(lexeme: Lexeme | None) -> str:
    return DIRECTION[lexeme.value] if lexeme else "~"


def day_number(lexeme: Lexeme) -> int | None:
    return (
        int(lexeme.number)
        if lexeme.number == int(lexeme.number) and 1 <= lexeme.number <= 31 and len(lexeme.word) < 16
        else None
    )


def unit_away(lexeme: Lexeme, unit: Lexeme) -> str:
    return f"rel({lexeme.value},{unit.value})"


def container(hit: Hit) -> str | None:
    """The month, year or calendar unit that the match ends with."""
    year, month, relative, unit = hit.get("y"), hit.get("m"), hit.get("r"), hit.get("u")
    if month:
        return f"date({year.value}-{month.value})" if year else f"month({month.value},~)"
    if year:
        return f"date({year.value})"
    if unit and unit.value in ("week", "month", "year", "quarter") and not unit.plural:
        return f"rel({relative.value if relative else 0},{unit.value})"
    return None


def base_of(hit: Hit) -> str | None:
    """The time that a shift starts from when it stands beside it."""
    if deictic := hit.get("bn"):
        return f"rel({deictic.value},day)"
    if whole := hit.get("bd"):
        return f"date({whole.value})"
    if weekday := hit.get("bw"):
        return f"weekday({weekday.value},~)"
    if month := hit.get("bm"):
        day = day_number(hit["bmd"])
        return f"month-day({month.value}-{day:02d},~)" if day else None
    if feast := hit.get("bh"):
        return f"holiday({feast.value},~)"
    return None


def count_of(hit: Hit) -> str | None:
    """How many units the match speaks of: a number, or X for "a few"."""
    number, word = hit.get("n"), hit.get("w")
    if word:
        return word.value
    if number is None:
        return "1"
    value = number.number
    return None if value > 5000 else f"{value:g}"


Builder = Callable[[Hit], Reading | None]
