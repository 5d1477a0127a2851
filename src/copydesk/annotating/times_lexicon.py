"""The words of time, each with the one-letter symbol that the grammar reads and what it stands for."""

from __future__ import annotations

MONTHS = (
    ("january", "jan"), ("february", "feb"), ("march", "mar"), ("april", "apr"), ("may",), ("june", "jun"), ("july", "jul"),
    ("august", "aug"), ("september", "sept", "sep"), ("october", "oct"), ("november", "nov"), ("december", "dec"),
)  # fmt: skip
WEEKDAYS = (
    ("monday", "mon"), ("tuesday", "tues", "tue"), ("wednesday", "wednes", "weds", "wed"), ("thursday", "thurs", "thur", "thu"),
    ("friday", "fri"), ("saturday", "sat"), ("sunday", "sun"),
)  # fmt: skip
UNITS = {
    "second": ("seconds", "secs"), "minute": ("minutes", "mins", "min"), "hour": ("hours", "hrs", "hr", "h"), "day": ("days",),
    "weekend": ("weekends",), "week": ("weeks", "wk", "wks", "fortnights", "fortnight"), "month": ("months",),
    "quarter": ("quarters",), "year": ("years", "yrs", "yr"), "decade": ("decades",), "century": ("centuries",),
    "millennium": ("millennia", "millenniums"),
}  # fmt: skip
PLURAL_UNITS = frozenset(w for words in UNITS.values() for w in words if w.endswith("s") or w == "millennia")
SEASONS = {"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}
PARTS = {
    "morning": "MO", "mornings": "MO", "forenoon": "MO", "dawn": "MO", "daybreak": "MO", "sunrise": "MO", "afternoon": "AF",
    "afternoons": "AF", "evening": "EV", "evenings": "EV", "dusk": "EV", "sunset": "EV", "nightfall": "EV", "night": "NI",
    "nights": "NI", "overnight": "NI", "noon": "12:00", "midday": "12:00", "lunchtime": "12:00", "midnight": "24:00",
}  # fmt: skip

# symbol → words and what they stand for; "" stands for nothing but itself.
OTHERS: dict[str, dict[str, str]] = {
    "l": dict.fromkeys(("last", "past", "previous", "preceding", "prior", "final"), "-1"),
    "x": dict.fromkeys(("next", "coming", "upcoming", "following", "ensuing"), "1"),
    "i": dict.fromkeys(("this", "current"), "0"),
    "k": {"ago": "", "back": ""},
    "e": {"earlier": "-1", "before": "-1"},
    "r": {"later": "1", "after": "1", "afterwards": "1", "afterward": "1", "hence": "1"},
    "E": {
        "early": "early", "beginning": "early", "start": "early", "late": "late", "end": "late", "mid": "mid", "middle": "mid",
        "close": "late", "outset": "early", "earliest": "early", "dawn": "early",
    },
    "T": dict.fromkeys(("the", "that", "these", "those", "its", "his", "her", "their", "our", "my", "your"), ""),
    "A": {"a": "1", "an": "1", "one": "1"},
    "F": {"of": ""},
    "I": {"in": "", "during": "", "within": "", "over": ""},
    "O": {"on": "", "at": "", "by": "", "for": "", "around": "", "about": ""},
    "&": {"and": "", "or": "", "&": ""},
    "2": {"to": "", "until": "", "till": "", "til": "", "through": "", "thru": "", "untill": ""},
    "f": {"from": "", "between": "", "since": ""},
    "B": {"since": "since"},
    "w": {"few": "X", "several": "X", "some": "X", "many": "X", "couple": "2", "numerous": "X", "multiple": "X", "recent": "X"},
    "v": {"every": "", "each": ""},
    "g": dict.fromkeys(("fiscal", "full", "whole", "all", "entire", "calendar", "financial", "academic", "comparable", "same", "very"), ""),
    "Z": {"another": ""},
    "j": {"half": ""},
    "J": dict.fromkeys(("more", "additional", "extra", "consecutive", "straight", "successive", "trading", "working", "business", "further"), ""),
    "N": {"today": "0", "tonight": "0", "yesterday": "-1", "tomorrow": "1"},
    "y": {"daily": "P1D", "weekly": "P1W", "monthly": "P1M", "annually": "P1Y", "yearly": "P1Y", "hourly": "PT1H",
          "nightly": "P1D", "biweekly": "P2W", "fortnightly": "P2W", "biannually": "P6M"},
    "P": {
        "now": "PRESENT_REF", "nowadays": "PRESENT_REF", "currently": "PRESENT_REF", "future": "FUTURE_REF",
        "recently": "PAST_REF", "lately": "PAST_REF", "soon": "FUTURE_REF",
    },
    "h": {"old": "", "long": ""},
    "L": {"latest": "", "most": ""},
    "p": {"period": ""},
    "n": {"other": ""},
    "'": {"'s": "", "’s": "", "'": "", "’": ""},
    "-": {"-": "", "–": "", "—": "", "‑": ""},
    ",": {",": ""},
    "/": {"/": ""},
    "(": {"(": "", ")": ""},
    ".": {".": ""},
}  # fmt: skip

HOLIDAYS: tuple[tuple[str, str], ...] = (
    (r"christmas\s+eve|xmas\s+eve", "christmas-eve"), (r"(?:christmas|xmas|x-mas)(?:\s+day)?", "christmas"),
    (r"boxing\s+day", "boxing-day"), (r"new\s+year['’]?s['’]?\s+eve|new\s+year\s+eve|nye", "new-year-eve"),
    (r"new\s+year['’]?s?['’]?\s+day|yuandan", "new-year"), (r"(?:independence\s+day|fourth\s+of\s+july|4th\s+of\s+july)", "independence-day"),
    (r"hall?oween(?:\s+day)?|all\s+hallows['’]?\s+eve", "halloween"), (r"(?:st\.?\s+|saint\s+)?valentine['’]?s?['’]?\s+day", "valentine"),
    (r"(?:st\.?\s+|saint\s+)patrick['’]?s?\s+day", "patrick"), (r"may\s+day|(?:international|int['’]?l)\s+workers?['’]?s?\s+day", "may-day"),
    (r"veterans?['’]?\s+day", "veterans-day"), (r"april\s+fools?['’]?s?\s+day|april\s+fools?", "april-fools"),
    (r"(?:international\s+)?women['’]?s\s+day", "women-day"), (r"earth\s+day", "earth-day"), (r"juneteenth", "juneteenth"),
    (r"bastille\s+day", "bastille-day"), (r"groundhog\s+day|ground\s+hog\s+day", "groundhog-day"), (r"inauguration\s+day", "inauguration-day"),
    (r"guy\s+fawkes\s+(?:day|night)", "guy-fawkes"), (r"teacher['’]?s?['’]?\s+day|teachers['’]\s+day", "teacher-day"), (r"singles?['’]?s?\s+day", "singles-day"),
    (r"thanks\s?giving(?:\s+day)?", "thanksgiving"), (r"(?:martin\s+luther\s+king|mlk)(?:['’]?s)?(?:,?\s+jr\.?)?\s+day", "martin-luther-king"),
    (r"president['’]?s?['’]?\s+day|washington['’]?s\s+birthday", "presidents-day"), (r"memorial\s+day", "memorial-day"),
    (r"labou?r\s+day", "labor-day"), (r"columbus\s+day", "columbus-day"), (r"mother['’]?s?['’]?\s+day", "mother-day"),
    (r"father['’]?s?['’]?\s+day", "father-day"), (r"good\s+friday", "good-friday"), (r"easter\s+monday", "easter-monday"),
    (r"palm\s+sunday", "palm-sunday"), (r"ash\s+wednesday", "ash-wednesday"), (r"maundy\s+thursday", "maundy-thursday"),
    (r"easter\s+week(?!end)", "easter-week"), (r"easter(?:\s+sunday|\s+day)?", "easter"), (r"pentecost|whit\s+sunday", "pentecost"),
    (r"ascension\s+day", "ascension"), (r"mardi\s+gras|shrove\s+tuesday", "mardi-gras"), (r"clean\s+monday", "clean-monday"),
    (r"corpus\s+christi\s+day", "corpus-christi"), (r"trinity\s+sunday", "trinity-sunday"), (r"whit\s+monday", "whit-monday"),
    (r"black\s+friday", "black-friday"), (r"cyber\s+monday", "cyber-monday"), (r"election\s+day", "election-day"),
    (r"all\s+saints['’]?\s+day", "all-saints"), (r"all\s+souls['’]?\s+day", "all-souls"), (r"canada\s+day", "canada-day"),
    (r"australia\s+day", "australia-day"), (r"flag\s+day", "flag-day"),
)  # fmt: skip


def _words() -> dict[str, tuple[str, str]]:
    words: dict[str, tuple[str, str]] = {}
    for symbol, group in OTHERS.items():
        for word, value in group.items():
            words.setdefault(word, (symbol, value))
    for number, names in enumerate(MONTHS, start=1):
        words.update(dict.fromkeys(names, ("M", f"{number:02d}")))
    for number, names in enumerate(WEEKDAYS, start=1):
        words.update({name: ("W", str(number)) for name in names})
        words[names[0] + "s"] = ("V", str(number))
    for unit, forms in UNITS.items():
        words[unit] = ("u", unit)
        words.update(dict.fromkeys(forms, ("u", unit)))
    words.update({word: ("S", value) for word, value in SEASONS.items()})
    words.update({word: ("t", value) for word, value in PARTS.items()})
    return words


WORDS = _words()
# Abbreviations and names that are also other words: a month or weekday only beside a number or another word of time.
DOUBTFUL = frozenset(
    {"may", "march", "mar", "jan", "jun", "sat", "sun", "mon", "wed", "dec", "apr", "fri", "thu", "tue", "sep"}
)
