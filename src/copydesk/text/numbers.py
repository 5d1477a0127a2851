"""Number words and digits → values: "two dozen", "1.5 million", "twenty-first", "2 1/2"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

ONES = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19,
}  # fmt: skip
TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
SCALES = {
    "hundred": 100,
    "dozen": 12,
    "score": 20,
    "thousand": 1_000,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
}
SHORT = {"k": 10**3, "m": 10**6, "mn": 10**6, "bn": 10**9, "tn": 10**12, "b": 10**9}
ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16,
    "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "thirtieth": 30, "fortieth": 40,
    "fiftieth": 50, "sixtieth": 60, "seventieth": 70, "eightieth": 80, "ninetieth": 90, "hundredth": 100,
    "thousandth": 1000, "millionth": 10**6,
}  # fmt: skip
FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3}

_WORDS = "|".join(sorted((*ONES, *TENS, *SCALES, *ORDINALS), key=lambda w: (-len(w), w)))
_NUMBER = re.compile(
    rf"""(?<![\w.,])(?:
      (?P<digits>\d{{1,3}}(?:,\d{{3}}){{1,5}}(?:\.\d{{1,6}})?|\d{{1,15}}(?:\.\d{{1,6}})?|\.\d{{1,4}})
      (?:\ (?P<fraction>1/2|1/4|3/4|1/3|2/3)(?![\d/]))?(?P<glyph>[½¼¾⅓⅔])?
      (?:(?P<suffix>st|nd|rd|th)\b|(?P<short>k|m|mn|bn|tn)\b|[\ -]?(?P<scale>hundred|dozen|thousand|million|billion|trillion)\b)?
    | (?P<words>(?:an?\ (?=(?:hundred|dozen|thousand|million|billion|trillion)\b))?(?:{_WORDS})
      (?:(?:[\ -]|\ and\ ){{1}}(?:{_WORDS})\b){{0,9}})\b
    )""",
    re.VERBOSE | re.IGNORECASE,
)
# "80m-deep", "a 40m dry well", "12m below": a measure; "£80m", "80m people" are not.
_MONEY_BEFORE = re.compile(r"(?:[$£€¥₹]|\b(?:USD|EUR|GBP|Rs\.?)\s?)$")
_ONE_BEFORE = re.compile(r"\b(?:a|an)\s$", re.IGNORECASE)
_MEASURED = re.compile(
    r"-[a-z]|\s(?:deep|wide|long|high|tall|away|above|below|under|underground|down|thick|apart|in (?:depth|width|length|height|diameter))\b",
    re.IGNORECASE,
)
_SPLIT = re.compile(r"[a-z]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number as written: its place, value, whether it says "third" and whether it is in digits.

    `plain` tells that it is nothing but digits.
    """

    start: int
    end: int
    value: float
    ordinal: bool
    plain: bool


def find_numbers(text: str) -> Iterator[Number]:
    """The numbers of a text in order of place. Word runs that are not one number come as several."""
    for match in _NUMBER.finditer(text):
        if match["words"]:
            yield from _from_words(text, match.start("words"), match.end("words"))
        else:
            yield _from_digits(match, text)


def _is_metres(match: re.Match[str], text: str) -> bool:
    """Whether the "m" behind digits stands for metres, not millions."""
    if (match["short"] or "").lower() != "m" or _MONEY_BEFORE.search(text, max(0, match.start() - 6), match.start()):
        return False
    return (
        _MEASURED.match(text, match.end()) is not None
        or _ONE_BEFORE.search(text, max(0, match.start() - 4), match.start()) is not None
    )


def _from_digits(match: re.Match[str], text: str) -> Number:
    value = Decimal(match["digits"].replace(",", ""))
    if match["fraction"]:
        over, under = match["fraction"].split("/")
        value += Decimal(int(over)) / Decimal(int(under))
    if match["glyph"]:
        value += Decimal(FRACTIONS[match["glyph"]])
    end, short = match.end(), (match["short"] or "").lower()
    if _is_metres(match, text):
        end, short = match.start("short"), ""
    scale = SCALES.get((match["scale"] or "").lower(), 0) or SHORT.get(short, 1)
    plain = match["digits"] == match[0]
    return Number(start=match.start(), end=end, value=float(value * scale), ordinal=bool(match["suffix"]), plain=plain)


def _from_words(text: str, start: int, end: int) -> Iterator[Number]:
    """One number, or several where the words do not combine ("nineteen ninety-six", "first two")."""
    total, current, last = 0.0, 0.0, 10**18
    at: int | None = None
    stop = start
    for match in _SPLIT.finditer(text.lower(), start, end):
        word = match[0]
        if word in ("a", "an"):
            at, current, last = match.start(), 1, 10**18
            stop = match.end()
            continue
        if word == "and":
            continue
        ordinal = word in ORDINALS
        value = ORDINALS.get(word, ONES.get(word, TENS.get(word, 0)))
        scale = (
            SCALES.get(word)
            if not ordinal
            else ({100: 100, 1000: 1000, 10**6: 10**6}.get(value) if at is not None else None)
        )
        joined = (
            at is None or bool(scale) or (value < 10 and last in TENS.values()) or last in (100, 1000, 10**6, 10**9)
        )
        joined = joined and not (word == "second" and at is not None and last not in TENS.values())
        if not joined and at is not None:
            yield Number(start=at, end=stop, value=total + current, ordinal=False, plain=False)
            total, current, at, last = 0.0, 0.0, None, 10**18
        if at is None:
            at = match.start()
        if scale:
            current = max(current, 1) * scale
            if scale >= 1000:
                total, current = total + current, 0.0
            last = scale
        else:
            current += value
            last = value
        stop = match.end()
        if ordinal:
            yield Number(start=at, end=stop, value=total + current, ordinal=True, plain=False)
            total, current, at, last = 0.0, 0.0, None, 10**18
    if at is not None:
        yield Number(start=at, end=stop, value=total + current, ordinal=False, plain=False)
