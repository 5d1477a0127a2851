"""Number words → numbers."""

from __future__ import annotations

UNITS: dict[str, int] = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
TENS: dict[str, int] = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
SCALES: dict[str, int] = {
    "hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000, "trillion": 1_000_000_000_000,
}  # fmt: skip
ORDINALS: dict[str, int] = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16,
    "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "thirtieth": 30, "fortieth": 40,
    "fiftieth": 50, "sixtieth": 60, "seventieth": 70, "eightieth": 80, "ninetieth": 90, "hundredth": 100,
}  # fmt: skip
NUMBER_WORDS: frozenset[str] = frozenset({*UNITS, *TENS, *SCALES, "dozen", "dozens", "half", "couple"})


def read_number(words: str) -> int | None:
    """The number that English number words say ("twenty-one", "three hundred and five thousand"), else None."""
    parts = words.casefold().replace("-", " ").split()
    parts = [p for p in parts if p != "and"]
    if not parts or not all(p in UNITS or p in TENS or p in SCALES or p == "a" for p in parts):
        return None
    total, current = 0, 0
    for part in parts:
        if part == "a":
            current += 1
        elif part in UNITS or part in TENS:
            current += UNITS.get(part, TENS.get(part, 0))
        elif part == "hundred":
            current = max(1, current) * 100
        else:
            total += max(1, current) * SCALES[part]
            current = 0
    return total + current
