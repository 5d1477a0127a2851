"""Text → the lexemes of time and a string of their symbols, on which the grammar's rules run."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from copydesk.annotating.times_lexicon import DOUBTFUL, HOLIDAYS, MONTHS, PLURAL_UNITS, WORDS
from copydesk.text.numbers import Number, find_numbers

_MONTH = "|".join(name for names in MONTHS for name in sorted(names, key=len, reverse=True))
_HOLIDAY = "|".join(f"(?P<h{i}>{pattern})" for i, (pattern, _) in enumerate(HOLIDAYS))
_HOLIDAY_FIRST = re.compile(rf"\b(?:{_HOLIDAY})(?![\w])", re.IGNORECASE)
_HOLIDAY_HINT = re.compile(
    r"day|easter|thanks|christ|xmas|x-mas|ween|nye|eve|yuandan|juneteenth|gras|pentecost|fool|gradu|night",
    re.IGNORECASE,
)
_HOURS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_HOUR = "|".join(_HOURS)
_SPECIAL = re.compile(
    rf"""
      (?P<iso>(?<![\w/.-])(?P<iy>[12]\d{{3}})(?P<isep>[-/.])(?P<im>\d{{1,2}})(?P=isep)(?P<id>\d{{1,2}})(?:T\d\d:\d\d(?::\d\d)?Z?)?(?![\w/-]))
    | (?P<named>(?<![\w/.-])(?:(?P<ny>[12]\d{{3}})[-/](?P<nm>{_MONTH})[-/](?P<nd>\d{{1,2}})|(?P<nd2>\d{{1,2}})[-/](?P<nm2>{_MONTH})[-/](?P<ny2>[12]\d{{3}}|\d\d))(?!\w))
    | (?P<slash>(?<![\w/.$€£-])(?P<s1>\d{{1,2}})(?P<ssep>[-/.])(?P<s2>\d{{1,2}})(?:(?P=ssep)|,\ ?(?=\d))(?P<s3>[12]\d{{3}}|\d\d)(?![\w/%-]|\.\d))
    | (?P<ym>(?<![\w/.$€£-])(?:(?P<yy>[12]\d{{3}})\ ?[-/]\ ?(?P<yn>0?[1-9]|1[0-2])|(?P<yn2>0?[1-9]|1[0-2])\ ?[-/]\ ?(?P<yy2>[12]\d{{3}}))(?![\w/%]|\ ?-\ ?\d|[.,]\d))
    | (?P<md>(?<![\w/.$€£:-])(?<!\d\ )(?P<d1>\d{{1,2}})(?P<dsep>/|(?:(?<=\bon\ \d)|(?<=\bon\ \d\d)|(?<=day\ \d)|(?<=day\ \d\d))[.-])(?P<d2x>\d{{1,2}})(?![\w/%-]|[.,]\d))
    | (?P<clock>(?<![\w.$€£:-])(?:
          (?P<ch>[01]?\d|2[0-4])(?:[:.](?P<cm>[0-5]\d)(?::[0-5]\d)?)?\s?(?P<half>[ap]\.?\s?m\b\.?)
        | (?P<ch2>[01]?\d|2[0-4]):(?P<cm2>[0-5]\d)(?::[0-5]\d)?(?![\d:])
        | (?P<ch3>[01]\d|2[0-3])(?P<cm3>[0-5]\d)\s?(?:hours|hrs|GMT|UTC|h)\b
        | (?P<ch4>1?\d|{_HOUR})\s+o['’]clock)
        (?:\s+(?:GMT|UTC|BST|[ECMP][SD]?T|CEST|CET|local\ time)\b)?)
    | (?P<decade>(?:\b(?P<dy>1[5-9]\d0|20[0-9]0)['’]?s|(?<!\w)['’](?P<d2>[2-9]0)s|\b(?P<dw>twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties))\b)
    | (?P<part>(?<!\w)(?:(?P<py>[12]\d{{3}})\s?[-/]?\s?)?(?P<pq>[QH][1-4]|(?-i:[1-4]Q|[12]H))(?:\s?[-/]?\s?(?P<py2>[12]\d{{3}}))?(?!\w))
    | (?P<break>\n\s*\n|[!?;])
    | (?P<word>\b(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|mon|tues?|wed|thur?s?|fri|sat|sun)\.|[^\W\d_]+)
    | (?P<mark>['’]s\b|[-–—‑/,()'’&.:"“”])
    """,
    re.VERBOSE | re.IGNORECASE,
)


_FRACTION = re.compile(r"(?<![12]\d\d)\d/$")  # 3/4, but 2018/19


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexeme:
    """A word, number or mark: its place, its symbol, what it stands for, and itself in lower case.

    Besides the symbols of the lexicon: "#" number, "o" ordinal, "Y" four-digit year, "D" whole date, "C" clock time,
    "d" decade, "Q" quarter or half with its year, "H" holiday, "|" the end of a paragraph or clause, "_" anything else.
    """

    start: int
    end: int
    symbol: str
    value: str
    word: str

    @property
    def number(self) -> float:
        return float(self.value)

    @property
    def plural(self) -> bool:
        return self.word in PLURAL_UNITS


def lex(text: str) -> list[Lexeme]:
    """All lexemes in order of place; they do not overlap."""
    taken = _holidays(text)
    numbers = list(find_numbers(text))
    found: list[Lexeme] = list(taken)
    starts = [lexeme.start for lexeme in taken]
    for match in _SPECIAL.finditer(text):
        i = bisect_left(starts, match.end())
        if i and taken[i - 1].end > match.start():
            continue
        lexeme = _special(match)
        if lexeme is not None:
            found.append(lexeme)
    found.sort(key=lambda x: x.start)
    return _mend(_with_numbers(text, found, numbers))


def _holidays(text: str) -> list[Lexeme]:
    if not _HOLIDAY_HINT.search(text):
        return []
    found = []
    for match in _HOLIDAY_FIRST.finditer(text):
        name = HOLIDAYS[int((match.lastgroup or "h0")[1:])][1]
        found.append(Lexeme(start=match.start(), end=match.end(), symbol="H", value=name, word=match[0].lower()))
    return found


def _year(text: str) -> int:
    """The year that two or four digits mean; two digits reach up to 2029."""
    return int(text) if len(text) == 4 else int(text) + (2000 if int(text) < 30 else 1900)


def _month_number(name: str) -> int:
    return int(WORDS[name.lower()][1])


def _special(match: re.Match[str]) -> Lexeme | None:
    kind = match.lastgroup
    make = _MAKERS.get(kind or "")
    symbol, value = make(match) if make else ("_", "")
    if not symbol:
        return None
    word = match[0].lower()
    if kind == "word":
        symbol, value = WORDS.get(word.rstrip("."), ("_", ""))
    return Lexeme(start=match.start(), end=match.end(), symbol=symbol, value=value, word=word)


def _read_numeric(match: re.Match[str]) -> tuple[str, str]:
    if match["iso"]:
        return "D", f"{match['iy']}-{int(match['im']):02d}-{int(match['id']):02d}"
    if match["named"]:
        year, month, day = match["ny"] or match["ny2"], match["nm"] or match["nm2"], match["nd"] or match["nd2"]
        return "D", f"{_year(year)}-{_month_number(month):02d}-{int(day):02d}"
    first, second = int(match["s1"]), int(match["s2"])
    month, day = (second, first) if first > 12 or (match["ssep"] == "." and second <= 12) else (first, second)
    if not 1 <= month <= 12 or not 1 <= day <= 31:
        return "_", ""
    return "D", f"{_year(match['s3'])}-{month:02d}-{day:02d}"


def _read_year_month(match: re.Match[str]) -> tuple[str, str]:
    year, month = match["yy"] or match["yy2"], int(match["yn"] or match["yn2"])
    if match["yy"] and (int(year) + 1) % 100 == month:  # 2010-11 is a season or a fiscal year
        return "", ""
    return "D", f"{year}-{month:02d}"


def _read_month_day(match: re.Match[str]) -> tuple[str, str]:
    first, second = int(match["d1"]), int(match["d2x"])
    month, day = (second, first) if first > 12 else (first, second)
    if (
        not 1 <= month <= 12
        or not 1 <= day <= 31
        or match[0] in ("9/11", "24/7", "7/7", "1/2", "1/3", "2/3", "1/4", "3/4")
    ):
        return "", ""
    return "b", f"{match['dsep']}{month:02d}-{day:02d}"


def _read_clock(match: re.Match[str]) -> tuple[str, str]:
    told = str(match["ch"] or match["ch2"] or match["ch3"] or match["ch4"]).lower()
    hour = int(told) if told.isdigit() else _HOURS.index(told) + 1
    minute = match["cm"] or match["cm2"] or match["cm3"] or "00"
    if match["half"]:
        if hour > 12:
            return "_", ""
        hour = hour % 12 + (12 if match["half"].lower().startswith("p") else 0)
    return "C", f"{hour:02d}:{minute}"


def _read_decade(match: re.Match[str]) -> tuple[str, str]:
    if match["dy"]:
        return "d", match["dy"][:3]
    if match["d2"]:
        return "d", f"19{match['d2'][0]}"
    words = ("twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties")
    return "d", f"19{words.index(match['dw'].lower()) + 2}"


def _read_part(match: re.Match[str]) -> tuple[str, str]:
    part, year = "".join(sorted(match["pq"].upper(), reverse=True)), match["py"] or match["py2"]
    if part in ("H3", "H4") or (part[0] == "H" and not year):
        return "_", ""
    return "Q", f"{year}-{part}" if year else part


_MAKERS: dict[str, Callable[[re.Match[str]], tuple[str, str]]] = {
    "iso": _read_numeric, "named": _read_numeric, "slash": _read_numeric, "ym": _read_year_month, "md": _read_month_day, "clock": _read_clock, "decade": _read_decade,
    "part": _read_part, "break": lambda match: ("|", ""), "word": lambda match: ("_", ""),
    "mark": lambda match: WORDS.get(match[0], ("_", "")),
}  # fmt: skip


def _with_numbers(text: str, found: list[Lexeme], numbers: list[Number]) -> list[Lexeme]:
    """The lexemes with numbers put where words and marks spelt them; whole dates and clock times stand."""
    merged: list[Lexeme] = []
    i = 0
    for number in numbers:
        while i < len(found) and found[i].end <= number.start:
            merged.append(found[i])
            i += 1
        j, blocked = i, False
        while j < len(found) and found[j].start < number.end:
            blocked = (
                blocked or found[j].symbol in "DCdQHb" or found[j].start < number.start or found[j].end > number.end
            )
            j += 1
        if blocked:
            continue
        lexeme = _number(text, number)
        if lexeme is not None:
            merged.append(lexeme)
            i = j
    return merged + found[i:]


def _number(text: str, number: Number) -> Lexeme | None:
    word = text[number.start : number.end].lower()
    after = text[number.end : number.end + 1]
    if after.isalpha() and not re.match(
        r"(?:days?|weeks?|months?|years?|hours?|hrs?|mins?|h)\b", text[number.end : number.end + 9], re.I
    ):
        return Lexeme(start=number.start, end=number.end, symbol="_", value="", word=word)
    before = text[max(0, number.start - 1) : number.start]
    symbol = "o" if number.ordinal else "#"
    if number.plain and len(word) == 4 and word.isdigit() and 1000 <= number.value < 2200:
        symbol = "Y"
    if (
        before in ("$", "€", "£", "¥", "#", "№")
        or _FRACTION.search(text, max(0, number.start - 6), number.start)
        or after in ("%", "$", "€", "£", "°")
        or number.value >= 10**9
    ):
        symbol = "_"
    return Lexeme(
        start=number.start,
        end=number.end,
        symbol=symbol,
        value=f"{number.value:g}" if number.value < 10**6 else "0",
        word=word,
    )


def _mend(found: list[Lexeme]) -> list[Lexeme]:
    """The lexemes with years in two words made one, and words that only look like time made plain."""
    mended: list[Lexeme] = []
    for lexeme in found:
        last = mended[-1] if mended else None
        if (
            last
            and lexeme.word in ("second", "sec")
            and (last.symbol == "#" or (last.symbol == "-" and mended[-2:-1] and mended[-2].symbol == "#"))
        ):
            lexeme = Lexeme(start=lexeme.start, end=lexeme.end, symbol="u", value="second", word=lexeme.word)
        spelt = (
            last is not None
            and last.symbol == "#"
            and last.word.isalpha()
            and lexeme.symbol == "#"
            and not lexeme.word[0].isdigit()
        )
        if last and spelt and 11 <= last.number <= 20 and 10 <= lexeme.number <= 99 and lexeme.start == last.end + 1:
            year = int(last.number * 100 + lexeme.number)
            mended[-1] = Lexeme(
                start=last.start, end=lexeme.end, symbol="Y", value=str(year), word=f"{last.word} {lexeme.word}"
            )
            continue
        if (
            last
            and last.symbol == "#"
            and last.word.isalpha()
            and lexeme.word in ("am", "pm")
            and 1 <= last.number <= 12
        ):
            value = f"{int(last.number) % 12 + 12 * (lexeme.word == 'pm'):02d}:00"  # ten am
            mended[-1] = Lexeme(
                start=last.start, end=lexeme.end, symbol="C", value=value, word=f"{last.word} {lexeme.word}"
            )
            continue
        if last and last.word == "year" and lexeme.symbol == "#" and 1000 <= lexeme.number < 2200:
            lexeme = Lexeme(
                start=lexeme.start, end=lexeme.end, symbol="Y", value=f"{int(lexeme.number)}", word=lexeme.word
            )
        mended.append(lexeme)
    return mended


def drop_doubtful(text: str, found: list[Lexeme]) -> list[Lexeme]:
    """The lexemes with months and weekdays that are also other words ("may", "march", "sat") kept only in company."""
    kept = []
    for i, lexeme in enumerate(found):
        if lexeme.symbol in "MW" and lexeme.word.rstrip(".") in DOUBTFUL and not _in_company(text, found, i):
            lexeme = Lexeme(start=lexeme.start, end=lexeme.end, symbol="_", value="", word=lexeme.word)
        if lexeme.word == "final" and not _means_last(found, i):
            lexeme = Lexeme(start=lexeme.start, end=lexeme.end, symbol="_", value="", word=lexeme.word)
        if lexeme.word == "that" and i + 1 < len(found) and found[i + 1].symbol in "lxi":
            lexeme = Lexeme(
                start=lexeme.start, end=lexeme.end, symbol="_", value="", word=lexeme.word
            )  # said that last week
        kept.append(lexeme)
    return kept


def _means_last(found: list[Lexeme], i: int) -> bool:
    """Whether "final" can only stand for "last": a month, year or week follows and no article or owner stands before.

    So writes a text that went through a thesaurus: otherwise the word has an article or an owner before it.
    """
    after = [x for x in found[i + 1 : i + 3] if x.symbol != "#"][:1]
    bare = i == 0 or found[i - 1].symbol not in "TA'Fwv"
    return bare and bool(after) and after[0].symbol == "u" and after[0].value in ("week", "month", "year")


@lru_cache(maxsize=16)
def _is_a_name(text: str, word: str) -> bool:
    """Whether the word ends a name somewhere in the text: another word in capitals stands before it."""
    return (
        re.search(
            rf"\b(?!By|In|On|Last|Next|This|Early|Late|Mid|Since|Until)[A-Z][a-z]{{0,20}}\.? {re.escape(word)}\b", text
        )
        is not None
    )


def _in_company(text: str, found: list[Lexeme], i: int) -> bool:
    def neighbour(step: int) -> str:
        j = i + step
        while 0 <= j < len(found) and found[j].symbol in ",-./(":
            j += step
        return found[j].symbol if 0 <= j < len(found) else "|"

    before, after = neighbour(-1), neighbour(1)
    if found[i].word.endswith(".") and found[i].word != "may." and text[found[i].start].isupper():
        return True
    if i + 1 < len(found) and found[i + 1].symbol == "'" and found[i].word == "may":
        return False
    if text[found[i].start].isupper():
        if before == "T" and found[i].symbol == "M" and re.match(r" [a-z]{3,}", text[found[i].end : found[i].end + 5]):
            return True  # the March meeting
        if i and found[i - 1].word == "by" and found[i].symbol == "M":
            return not _is_a_name(
                text, text[found[i].start : found[i].end]
            )  # by May, but not in a text with a Mrs. May
        return (
            after in "#oYDl"
            or before in ("#oYlxiEFf2BvW" if found[i].symbol == "W" else "#oYIlxiEFf2BvW")
            or (before == "&" and i > 1 and found[i - 2].symbol == "M")
        )
    return after in "#oY" or before in "olxiF" or (before in "Y" and found[i].word != "may")


def symbols_of(found: list[Lexeme]) -> str:
    """One letter a lexeme."""
    return "".join(lexeme.symbol for lexeme in found)
