"""Text, sentences, tokens → numbers with what they count, in which unit, and how exact they are."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from copydesk.model.markup import QuantityMention, Sentence, Tokens
from copydesk.text.numbers import Number, find_numbers

CURRENCIES = {
    "$": "USD", "us$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "dollar": "USD", "dollars": "USD", "euro": "EUR",
    "euros": "EUR", "yen": "JPY", "yuan": "CNY", "rupees": "INR", "rubles": "RUB", "roubles": "RUB", "francs": "CHF",
    "cents": "USD cent", "usd": "USD", "eur": "EUR", "gbp": "GBP", "naira": "NGN", "shekels": "ILS", "sterling": "GBP",
}  # fmt: skip
UNITS = {
    "second": "second", "seconds": "second", "minute": "minute", "minutes": "minute", "mins": "minute", "hour": "hour",
    "hours": "hour", "day": "day", "days": "day", "week": "week", "weeks": "week", "month": "month", "months": "month",
    "year": "year", "years": "year", "decade": "decade", "decades": "decade", "century": "century", "centuries": "century",
    "kilometre": "kilometre", "kilometres": "kilometre", "kilometer": "kilometre", "kilometers": "kilometre", "km": "kilometre",
    "kms": "kilometre", "metre": "metre", "metres": "metre", "meter": "metre", "meters": "metre", "m": "metre",
    "centimetre": "centimetre", "centimetres": "centimetre", "centimeters": "centimetre", "cm": "centimetre", "mm": "millimetre",
    "millimetres": "millimetre", "millimeters": "millimetre", "mile": "mile", "miles": "mile", "foot": "foot", "feet": "foot", "ft": "foot",
    "inch": "inch", "inches": "inch", "yards": "yard", "yard": "yard", "acres": "acre", "acre": "acre", "hectares": "hectare",
    "hectare": "hectare", "kg": "kilogram", "kgs": "kilogram", "kilogram": "kilogram", "kilograms": "kilogram", "kilos": "kilogram",
    "kilo": "kilogram", "gram": "gram", "grams": "gram", "g": "gram", "ton": "ton", "tons": "ton", "tonne": "tonne", "tonnes": "tonne",
    "pound": "pound", "pounds": "pound", "lb": "pound", "lbs": "pound", "ounces": "ounce", "ounce": "ounce", "litre": "litre", "litres": "litre",
    "liters": "litre", "gallons": "gallon", "barrels": "barrel", "mph": "mile/hour", "kph": "kilometre/hour", "km/h": "kilometre/hour",
    "knots": "knot", "degrees": "degree", "°c": "degree celsius", "°f": "degree fahrenheit", "°": "degree", "megawatts": "megawatt",
    "mw": "megawatt", "gigawatts": "gigawatt", "percent": "percent", "per cent": "percent", "percentage points": "percentage point",
    "percentage point": "percentage point", "pc": "percent", "%": "percent", "basis points": "basis point",
}  # fmt: skip
TIME_UNITS = frozenset({"second", "minute", "hour", "day", "week", "month", "year", "decade", "century"})
LOWER = re.compile(
    r"\b(?:more than|over|above|at least|no (?:less|fewer) than|not less than|upwards of|in excess of|exceeding|as many as(?=\x00)|greater than|a minimum of)\s+(?:an? |the |another )?$",
    re.I,
)
UPPER = re.compile(
    r"\b(?:less than|fewer than|lower than|under|below|up to|at most|no more than|not more than|as (?:many|much|long|high) as|a maximum of|nearly|almost|close to|just short of)\s+(?:an? |the |another )?$",
    re.I,
)
ABOUT = re.compile(
    r"(?:\b(?:about|around|approximately|roughly|some|circa|an estimated|estimated|in the region of|or so)\s+|~\s?)(?:an? |the |another )?$",
    re.I,
)
_VAGUE = re.compile(
    r"\b(?:(?P<tens>tens|dozens|scores|hundreds|thousands|millions|billions)(?:\s+of\s+(?P<of>dozens|hundreds|thousands|millions|billions))?"
    r"|(?P<few>several|a\s+few|a\s+couple(?:\s+of)?|couple\s+of)(?:\s+(?P<scale>dozen|hundred|thousand|million|billion))?)\b",
    re.IGNORECASE,
)
PLURALS = {
    "tens": 10,
    "dozens": 12,
    "scores": 20,
    "hundreds": 100,
    "thousands": 1000,
    "millions": 10**6,
    "billions": 10**9,
}
SCALE = {"dozen": 12, "hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9}
_RANGE = re.compile(r"\s?(?:[-–—]|to)\s?$|\s+(?:and|to|or)\s+$", re.IGNORECASE)
_UNIT = re.compile(
    r"[\s-]?(?P<unit>percentage\s+points?|basis\s+points|per\s+cent|%|°\s?[CF]?\b|°|km/h|[A-Za-z]+)(?P<old>[\s-]olds?\b)?",
    re.IGNORECASE,
)
_MONEY = re.compile(r"(?:(?:\b(?:US|A|C|NZ|HK))?[$]|[€£¥₹]|\b(?:USD|EUR|GBP|Rs\.?)\s?)\s?$")
_MONTH = r"(?:jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)?|apr(?:il|\.)?|may|june?\.?|july?\.?|aug(?:ust|\.)?|sept?(?:ember|\.)?|oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?)"
_DATE_BEFORE = re.compile(rf"\b{_MONTH}\s*$", re.IGNORECASE)
_DATE_AFTER = re.compile(rf"(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}\b", re.IGNORECASE)
_YEAR_BEFORE = re.compile(
    rf"(?:\b(?:in|since|of|by|until|from|during|before|after|early|late|mid|the|and|to|between|through|year|spring|summer|fall|autumn|winter)[\s-]+|{_MONTH}\s+(?:\d{{1,2}},?\s+)?|[(©–—-]\s?|^)$",
    re.IGNORECASE,
)
_CLOCK_AFTER = re.compile(r"(?:[:.]\d\d)?\s?(?:[ap]\.?m\b|o['’]clock|hrs\b|GMT\b)|:\d\d", re.IGNORECASE)
_NAME_BEFORE = re.compile(
    r"(?:\b(?:Boeing|Airbus|Flight|Route|Highway|Interstate|Room|Section|Article|Chapter|Page|Channel|Article|Apollo|No|Number|Gate|Terminal|Formula|Type|Windows|iPhone|Galaxy|World\s+War|Group|Grade|Phase|Version|Lot|Unit|Line|Zone|Title|Act|Article|Level|Category|Division|Resolution)\.?\s|#|№\s?|\b[A-Z]{1,4}-?|[/.,:]|[^\W\d]-)$"
)
_FRACTION = re.compile(
    r"[\s-](?P<part>half|halves|thirds?|quarters?|fourths?|fifths?|tenths?)\b(?!\s+(?:of\s+)?(?:\d{4}|last|this|next|the\s+year))",
    re.IGNORECASE,
)
PARTS = {"half": 2, "halves": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "tenth": 10}
# A participle or adjective that stands for people where no noun follows: "12 dead", "50 injured".
PEOPLE = frozenset(
    {
        "dead",
        "killed",
        "kill",
        "injured",
        "injure",
        "wounded",
        "wound",
        "missing",
        "hurt",
        "arrested",
        "arrest",
        "detained",
        "detain",
        "rescued",
        "rescue",
    }
)
_AGE_AFTER = re.compile(r"(?:,|\.|;|\)|\s+and\b|\s*$)")
_AGE_BEFORE = re.compile(r"[A-Z][\w'’.-]+,\s$")
_TIMELY = re.compile(r"[\s-](?:quarter|century|centuries|anniversary)\b", re.IGNORECASE)
_ONCE = re.compile(r"-(?:time|off|way|on|to|sided|liner|stop|man|woman)\b", re.IGNORECASE)
_LIST_AFTER = re.compile(r"\s*(?:st|street|avenue|ave|road|rd|boulevard)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Amount:
    """A number or vague count before its unit and noun are known."""

    start: int
    end: int
    value: float
    low: float | None
    high: float | None
    ordinal: bool = False


def find_quantities(text: str, sentences: Sequence[Sentence], tokens: Tokens) -> tuple[QuantityMention, ...]:
    """The quantities of a text in order of place; dates, clock times and numbers in names are left out."""
    amounts = [_exact(text, n) for n in find_numbers(text) if not _is_name_or_date(text, n)]
    amounts += [_vague(m) for m in _VAGUE.finditer(text)]
    found: list[_Amount] = []
    last: _Amount | None = None
    for amount in sorted(amounts, key=lambda a: (a.start, a.end)):
        if last is not None and amount.start < last.end:
            continue
        joined = _join(text, last, amount)
        if joined is not None:
            found.pop()
            amount = joined
        found.append(amount)
        last = amount
    ends = [s.end for s in sentences]
    return tuple(q for q in (_finish(text, a, _sentence_end(ends, a, text), tokens) for a in found) if q is not None)


def _sentence_end(ends: Sequence[int], amount: _Amount, text: str) -> int:
    at = bisect_left(ends, amount.end)
    return ends[at] if at < len(ends) else len(text)


def _exact(text: str, number: Number) -> _Amount:
    part = _FRACTION.match(text, number.end)
    if part and not number.ordinal and number.value == int(number.value) and number.value < 20:
        name = part["part"].lower()
        value = number.value / PARTS[name if name in PARTS else name.rstrip("s")]
        return _Amount(start=number.start, end=part.end(), value=value, low=value, high=value)
    return _Amount(
        start=number.start,
        end=number.end,
        value=number.value,
        low=number.value,
        high=number.value,
        ordinal=number.ordinal,
    )


def _vague(match: re.Match[str]) -> _Amount:
    if match["tens"]:
        least = PLURALS[match["tens"].lower()] * (PLURALS[match["of"].lower()] if match["of"] else 1)
        return _Amount(start=match.start(), end=match.end(), value=2 * least, low=2 * least, high=None)
    scale = SCALE[match["scale"].lower()] if match["scale"] else 1
    couple = "couple" in match["few"].lower()
    return _Amount(
        start=match.start(),
        end=match.end(),
        value=(2 if couple else 3) * scale,
        low=2 * scale,
        high=(3 if couple else 9) * scale,
    )


def _join(text: str, first: _Amount | None, second: _Amount) -> _Amount | None:
    """ "10 to 15", "10-15", "between 10 and 15", "two or three" as one range."""
    if (
        first is None
        or first.ordinal
        or second.ordinal
        or not 0 < second.start - first.end < 8
        or first.value >= second.value
    ):
        return None
    between = text[first.end : second.start].removeprefix("%")
    if not _RANGE.fullmatch(between.strip(" $€£") and between.replace("$", "").replace("€", "").replace("£", "")):
        return None
    opened = re.search(r"\bbetween\s+[$€£]?$", text[max(0, first.start - 12) : first.start], re.I) is not None
    if "and" in between and not opened:
        return None
    low = first.value
    if second.value >= 10**6 and first.value < 1000:  # "2 to 3 million"
        unit = 10 ** (len(str(int(second.value))) - 1) // (10 ** (len(str(int(second.value // 10**6))) - 1))
        low = first.value * unit if first.value * unit < second.value else first.value
    return _Amount(start=first.start, end=second.end, value=(low + second.value) / 2, low=low, high=second.value)


def _is_name_or_date(text: str, number: Number) -> bool:
    """Whether the digits are part of a date, a clock time, a name or an address."""
    start, end = number.start, number.end
    before, after = text[max(0, start - 24) : start], text[end : end + 16]
    if _NAME_BEFORE.search(before) and not _MONEY.search(before):
        return True
    if _CLOCK_AFTER.match(after) or (
        re.match(r"[/:]\d|\.\d|-\d{3}|\w", after)
        and not number.ordinal
        and not re.match(r"(?:km|kg|cm|mm|mph|ft|lb|m)s?\b", after)
    ):
        return True
    if (_DATE_BEFORE.search(before) and number.value <= 31) or (_DATE_AFTER.match(after) and number.value <= 31):
        return True
    if number.plain and end - start == 4 and 1500 <= number.value <= 2100:
        return (
            bool(_YEAR_BEFORE.search(before))
            or bool(re.search(r"\b(?:an?|this|that|its|his|her|their)\s+$", before, re.I))
            or not re.match(r"\s+[a-z]", after)
        )
    word = text[start:end].lower()
    if (number.ordinal and _TIMELY.match(after)) or _ONCE.match(after):
        return True
    if word in ("one", "second", "first") and re.match(r"(?:\s+(?:of|another|day|that|who|by)\b)|[,.;]", after):
        return True
    return _LIST_AFTER.match(after) is not None


def _finish(text: str, amount: _Amount, limit: int, tokens: Tokens) -> QuantityMention | None:
    start, end = amount.start, amount.end
    unit, counted, low, high = "", "", amount.low, amount.high
    money = _MONEY.search(text, max(0, start - 6), start)
    if money:
        start, unit = money.start(), CURRENCIES.get(money[0].strip().lower(), money[0].strip().upper().rstrip("."))
        unit = "USD" if unit == "US$" else unit
    before = text[max(0, start - 32) : start]
    if _after_particle(start, tokens):
        match = None
    elif match := LOWER.search(before):
        high = None
    elif match := UPPER.search(before):
        low = (
            None
            if re.match(r"less|fewer|lower|under|below|up|at|no|as|a max", match[0].strip(), re.I)
            else amount.value * 0.9
        )
    elif match := ABOUT.search(before):
        low, high = (amount.value * 0.9, amount.value * 1.1) if amount.low == amount.high else (amount.low, amount.high)
    if match is not None:
        start -= len(before) - match.start()
    if not unit and (after := _UNIT.match(text, end, min(limit, end + 24))):
        name = re.sub(r"\s+", " ", after["unit"].lower()).replace("° ", "°")
        found = UNITS.get(name) or CURRENCIES.get(name)
        if found == "metre" and name == "m" and text[end : end + 1] != " " and amount.value >= 10**4:
            found = None
        if found:
            unit, end = found, after.end()
            if after["old"]:
                counted = "age"
    if unit in TIME_UNITS and (re.match(r"[\s-]old\b", text[end : end + 5], re.I) or re.search(r"\baged?\s+$", before)):
        counted = "age"
    if not unit and 1 <= amount.value <= 110 and _AGE_BEFORE.search(before) and _AGE_AFTER.match(text, end):
        unit, counted = "year", "age"
    if not counted and unit not in TIME_UNITS:
        counted = _counted(amount, end, limit, tokens, near=bool(unit))
        counted = (
            "person"
            if counted in ("people", "person")
            else ""
            if counted == name_of_unit(text, amount.end, end)
            else counted
        )
    if not unit and counted in CURRENCIES:
        unit, counted = CURRENCIES[counted], ""
    if re.search(r"\b(?:aged?)\s+$", before) and not unit:
        unit, counted = "year", "age"
    return QuantityMention(
        start=start, end=end, text=text[start:end], value=amount.value, low=low, high=high, unit=unit, counted=counted,
        ordinal=amount.ordinal,
    )  # fmt: skip


def name_of_unit(text: str, start: int, end: int) -> str:
    """The word of the unit that stands after a number, in the singular: it is not what is counted."""
    return text[start:end].strip(" -").lower().rstrip("s")


def _after_particle(start: int, tokens: Tokens) -> bool:
    """Whether the word before is the particle of a verb: "handed over 21 girls"."""
    at = bisect_left(tokens.start, start) - 1
    return at >= 0 and tokens.tag[at] == "RP"


def _counted(amount: _Amount, end: int, limit: int, tokens: Tokens, *, near: bool) -> str:
    """The lemma of the noun that is counted: the number's head by syntax, else the next noun to the right.

    With `near` (the number has a unit) only a noun right behind it or behind "of" counts.
    """
    first = bisect_left(tokens.start, amount.start)
    last = bisect_left(tokens.start, amount.end)
    for i in range(first, min(last, len(tokens))):
        head = tokens.head[i]
        if near and head - last > 3:
            break
        if (
            tokens.dep[i] in ("nummod", "amod", "quantmod", "det")
            and head >= last
            and tokens.pos[head] in ("NOUN", "PROPN")
        ):
            return tokens.lemma[head]
    for i in range(bisect_left(tokens.start, end), len(tokens)):
        if tokens.start[i] >= limit or i - last > (2 if near else 6):
            return ""
        if tokens.lemma[i] in PEOPLE and tokens.pos[i] in ("VERB", "ADJ", "X", "NOUN"):
            return "person"
        if (tokens.pos[i] == "ADP" and tokens.lemma[i] != "of") or (
            tokens.pos[i] in ("VERB", "PUNCT", "CCONJ", "SCONJ", "AUX") and tokens.tag[i] not in ("VBG", "VBN")
        ):
            return ""
        if tokens.pos[i] in ("NOUN", "PROPN"):
            while i + 1 < len(tokens) and tokens.start[i + 1] < limit and tokens.pos[i + 1] == "NOUN":
                i += 1
            return tokens.lemma[i]
        if tokens.pos[i] == "X" and tokens.lemma[i] != "of":
            return tokens.lemma[i] if tokens.lemma[i].isalpha() and tokens.lemma[i] not in _SMALL else ""
    return ""


_SMALL = frozenset(
    {
        "of",
        "and",
        "or",
        "in",
        "to",
        "the",
        "a",
        "at",
        "on",
        "by",
        "for",
        "with",
        "was",
        "were",
        "is",
        "are",
        "have",
        "has",
        "had",
    }
)
