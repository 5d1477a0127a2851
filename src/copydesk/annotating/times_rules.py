"""The grammar: patterns over lexeme symbols, each with the expression that it builds.

In an expression "~" stands for the direction that tense and clause decide, and "@" for the time that the text spoke of
last: `annotating.times` puts both in. Symbols are those of `times_lexicon` and `times_lexer.Lexeme`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from copydesk.annotating.times_lexer import Lexeme
from copydesk.model.markup import TimexType
from copydesk.text.calendar import duration_value

Reading = tuple[TimexType, str]


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

    @property
    def after(self) -> str:
        end = self.match.end()
        return self.lexemes[end].word if end < len(self.lexemes) else ""


Builder = Callable[[Hit], Reading | None]
Rule = tuple[re.Pattern[str], Builder]
DIRECTION = {"-1": "last", "1": "next", "0": "this"}
UNITS_BIG = ("week", "weekend", "month", "quarter", "year", "decade", "century")


def _direction(lexeme: Lexeme | None) -> str:
    return DIRECTION[lexeme.value] if lexeme else "~"


def _day_number(lexeme: Lexeme) -> int | None:
    return int(lexeme.number) if lexeme.number == int(lexeme.number) and 1 <= lexeme.number <= 31 and len(lexeme.word) < 16 else None


def _rel(lexeme: Lexeme, unit: Lexeme) -> str:
    return f"rel({lexeme.value},{unit.value})"


def _whole_date(hit: Hit) -> Reading:
    return "DATE", f"date({hit['d'].value})"


def _digits_day(hit: Hit) -> Reading | None:
    """4/22, and where a weekday or "on" stands before it 4-22 and 4.22."""
    mark, place = hit["d"].value[0], hit["d"].value[1:]
    weekday = hit.get("wd")
    if not weekday and hit.before not in (("on",) if mark != "/" else ("on", "from", "to", "by", "until", "till", "since", "through")):
        return None
    return "DATE", f"month-day({place},~)"


def _month_day(hit: Hit) -> Reading | None:
    day = _day_number(hit["d"])
    if day is None or (hit["d"].symbol == "#" and "." in hit["d"].word):
        return None
    place = f"{hit['m'].value}-{day:02d}"
    if year := hit.get("y"):
        return "DATE", f"date({year.value}-{place})"
    if (relative := hit.get("r")) and (unit := hit.get("u")):
        return ("DATE", f"in(month-day({place},past),{_rel(relative, unit)})") if unit.value == "year" else None
    weekday = hit.get("wd")
    return "DATE", f"month-day({place},~,{weekday.value})" if weekday else f"month-day({place},~)"


def _day_of_month(hit: Hit) -> Reading | None:
    """The 27th where no noun follows; the 20th of next month."""
    number = _day_number(hit["d"])
    if number is None:
        return None
    if (relative := hit.get("r")) and (unit := hit.get("u")):
        return ("DATE", f"in(day({number},past),{_rel(relative, unit)})") if unit.value == "month" and not unit.plural else None
    follows = hit.lexemes[hit.match.end()].symbol if hit.match.end() < len(hit.lexemes) else "|"
    if not hit["d"].word[0].isdigit() or follows not in "|,.OI&2" or hit.before in ("his", "her", "their"):
        return None
    return "DATE", f"day({number},~)"


def _month_year(hit: Hit) -> Reading | None:
    if (relative := hit.get("r")) and (unit := hit.get("u")):
        return ("DATE", f"in(month({hit['m'].value},past),{_rel(relative, unit)})") if unit.value == "year" else None
    return "DATE", f"date({hit['y'].value}-{hit['m'].value})"


def _month(hit: Hit) -> Reading:
    return "DATE", f"month({hit['m'].value},{_direction(hit.get('r'))})"


def _weekday(hit: Hit) -> Reading | None:
    term = f"weekday({hit['w'].value},{_direction(hit.get('r'))})"
    if (relative := hit.get("rw")) and (unit := hit.get("u")):
        if unit.value != "week" or unit.plural:
            return None
        term = f"in(weekday({hit['w'].value},past),{_rel(relative, unit)})"
    if day := hit.get("d"):
        number = _day_number(day)
        if number is None:
            return None
        term = f"day({number},~,{hit['w'].value})"
    return _in_day(hit, term)


def _in_day(hit: Hit, term: str) -> Reading:
    """A day with the clock time or part of the day that stands beside it."""
    clock, part = hit.get("c"), hit.get("p")
    if clock:
        return "TIME", f"clock({clock.value},{term})"
    if part:
        return "TIME", f"{'clock' if ':' in part.value else 'part'}({part.value},{term})"
    return "DATE", term


def _deictic(hit: Hit) -> Reading:
    term = f"rel({hit['n'].value},day)"
    part = hit.get("p")
    if hit["n"].word == "tonight" and not hit.get("c") and not (part and ":" in part.value):
        return "TIME", f"part(NI,{term})"
    return _in_day(hit, term)


def _part_of_day(hit: Hit) -> Reading | None:
    relative, part = hit.get("r"), hit["p"]
    if (relative and relative.word == "following") or (relative and relative.value == "1"):
        return _in_day(hit, "shift(1,day,@)")
    return _in_day(hit, f"rel({relative.value},day)" if relative and relative.value == "-1" else "@" if not relative else "rel(0,day)") if part else None


def _clock(hit: Hit) -> Reading | None:
    if hit["c"].symbol == "#":
        hour = int(hit["c"].number)
        if not 1 <= hour <= 12:
            return None
        late = hit["p"].value in ("AF", "EV") or (hit["p"].value == "NI" and hour >= 6)
        return "TIME", f"clock({hour % 12 + (12 if late else 0):02d}:00,@)"
    return "TIME", f"clock({hit['c'].value},@)"


def _nth(hit: Hit) -> Reading | None:
    nth = int(hit["o"].number) if hit["o"].symbol == "o" else -1
    if not -1 <= nth <= 5:
        return None
    outer = _container(hit)
    return ("DATE", f"nth({nth},{hit['w'].value},{outer})") if outer else None


def _nth_unit(hit: Hit) -> Reading | None:
    nth = int(hit["o"].number) if hit["o"].symbol == "o" else -1
    outer = _container(hit)
    if not outer or nth > 53 or hit["v"].plural or hit["v"].value not in ("day", "week", "weekend", "month", "quarter"):
        return None
    if hit["v"].value == "quarter":
        return ("DATE", f"in(quarter({nth},past),{outer})") if 1 <= nth <= 4 else None
    return "DATE", f"nth-unit({nth},{hit['v'].value},{outer})"


def _container(hit: Hit) -> str | None:
    """The month, year or calendar unit that the match ends with."""
    year, month, relative, unit = hit.get("y"), hit.get("m"), hit.get("r"), hit.get("u")
    if month:
        return f"date({year.value}-{month.value})" if year else f"month({month.value},~)"
    if year:
        return f"date({year.value})"
    if unit and unit.value in ("week", "month", "year", "quarter") and not unit.plural:
        return f"rel({relative.value if relative else 0},{unit.value})"
    return None


def _calendar_unit(hit: Hit) -> Reading | None:
    relative, unit = hit["r"], hit["u"]
    if unit.plural:
        name = "next" if relative.value == "1" else "last"
        return ("DURATION", f"{name}(X,{unit.value})") if relative.value != "0" else None
    if unit.value == "day":
        if relative.word == "this":
            return None
        return "DATE", f"shift({relative.value},day,@)"
    if relative.word == "following" and unit.value in UNITS_BIG:
        return "DATE", f"shift(1,{unit.value},@)"
    if unit.value not in UNITS_BIG:
        return None
    if unit.value == "weekend" and relative.value == "0":
        return "DATE", "weekend(~,this)"
    return "DATE", f"rel({relative.value},{unit.value})"


def _count(hit: Hit) -> str | None:
    """How many units the match speaks of: a number, or X for "a few"."""
    number, word = hit.get("n"), hit.get("w")
    if word:
        return word.value
    if number is None:
        return "1"
    value = number.number
    return None if value > 5000 else f"{value:g}"


def _stretch(hit: Hit) -> Reading | None:
    count, unit = _count(hit), hit["u"].value
    if count is None or (not hit["u"].plural and count not in ("1",) and hit.get("n") is None):
        return None
    name = "next" if hit["r"].value == "1" else "last"
    return "DURATION", f"{name}({count},{unit})"


def _shifted(hit: Hit) -> Reading | None:
    count, unit = _count(hit), hit["u"].value
    if count is None:
        return None
    sign = "-" if hit["k"].symbol in "k" or hit["k"].value == "-1" else ""
    if count == "X" and (sign or not _base(hit)):
        return "DATE", "ref(PAST_REF)" if sign else "ref(FUTURE_REF)"
    if hit["k"].symbol in "er":
        base = _base(hit)
        if base is None and hit["k"].word in ("after", "before"):
            return None  # "two months after he left": a length, from nowhere in the calendar
        return "DATE", f"shift({sign}{count},{unit},{base or '@'})"
    return "DATE", f"shift({sign}{count},{unit})"


def _base(hit: Hit) -> str | None:
    """The time that a shift starts from when it stands beside it."""
    if (deictic := hit.get("bn")):
        return f"rel({deictic.value},day)"
    if (whole := hit.get("bd")):
        return f"date({whole.value})"
    if (weekday := hit.get("bw")):
        return f"weekday({weekday.value},~)"
    if (month := hit.get("bm")):
        day = _day_number(hit["bmd"])
        return f"month-day({month.value}-{day:02d},~)" if day else None
    if (feast := hit.get("bh")):
        return f"holiday({feast.value},~)"
    return None


def _from_there(hit: Hit) -> Reading | None:
    count, unit = _count(hit), hit["u"].value
    base = _base(hit) or ("rel(0,day)" if hit.get("now") else None)
    if count in (None, "X") or base is None:
        return None
    sign = "-" if hit["k"].value == "-1" else ""
    return "DATE", f"shift({sign}{count},{unit},{base})" if base != "rel(0,day)" else f"shift({sign}{count},{unit})"


def _duration(hit: Hit) -> Reading | None:
    count, unit = _count(hit), hit["u"]
    if count is None or unit.value == "weekend" or hit.get("age"):
        return None
    if unit.value == "quarter" and not unit.plural and not (hit.get("n") and count == "1"):
        return None
    if hit.get("half"):
        count = f"{float(count) + 0.5:g}" if count != "X" else count
    if not hit.get("n") and not hit.get("w") and hit.get("a"):
        if _is_rate(hit):
            return "SET", f"set({duration_value('1', unit.value)})"
        if unit.plural or unit.value in ("second", "quarter") or (hit["a"].word == "one" and unit.value == "day"):
            return None
    if hit.get("n") and hit["n"].symbol == "Y" and not unit.plural:
        return None
    return "DURATION", f"dur({duration_value(count, unit.value)})"


def _whole_unit(hit: Hit) -> Reading | None:
    """All day, a full year, another week, half an hour."""
    if hit["u"].plural or hit["u"].value in ("second", "weekend", "quarter"):
        return None
    if hit.get("g") and hit["g"].word not in ("full", "whole", "entire", "all"):
        return None
    return "DURATION", f"dur({duration_value('0.5' if hit.get('j') else '1', hit['u'].value)})"


def _and_half(hit: Hit) -> Reading | None:
    return ("DURATION", f"dur({duration_value('1.5', hit['u'].value)})") if not hit["u"].plural else None


def _is_rate(hit: Hit) -> bool:
    """Whether "a year" means each year: after an amount, a number of times, or "per"."""
    start = hit.match.start()
    return start > 0 and (hit.before in ("times", "once", "twice", "per", "dollars", "cents", "barrels", "million", "billion", "percent", "%")
                          or hit.lexemes[start - 1].symbol == "#" or hit.lexemes[start - 1].word[:1].isdigit())  # fmt: skip


def _bare_units(hit: Hit) -> Reading | None:
    unit = hit["u"]
    if not unit.plural or unit.value == "weekend":
        return None
    if hit.before not in ("for", "in", "over", "after", "within", "of", "take", "took", "last", "than", "spent", "lasted", "lasting", "many", "or"):
        return None
    return "DURATION", f"dur({duration_value('X', unit.value)})"


def _long(hit: Hit) -> Reading | None:
    if hit["h"].word != "long":
        return None
    return "DURATION", f"dur({duration_value('X' if hit['u'].plural else '1', hit['u'].value)})"


def _decade(hit: Hit) -> Reading:
    return "DATE", f"date({hit['d'].value})"


def _century(hit: Hit) -> Reading | None:
    number = hit["o"].number
    return ("DATE", f"date({int(number) - 1:02d})") if hit["u"].value == "century" and 1 < number <= 30 else None


def _quarter(hit: Hit) -> Reading | None:
    if hit["q"].value != "quarter" or hit["q"].plural or not 1 <= hit["o"].number <= 4:
        return None
    number, year, relative = int(hit["o"].number), hit.get("y"), hit.get("r")
    if year:
        return "DATE", f"date({year.value}-Q{number})"
    if relative and (unit := hit.get("u")):
        return ("DATE", f"in(quarter({number},past),{_rel(relative, unit)})") if unit.value == "year" else None
    return "DATE", f"quarter({number},~)"


def _quarter_part(hit: Hit) -> Reading | None:
    value = hit["q"].value
    if "-" in value:
        return "DATE", f"date({value})"
    term = f"quarter({value[1]},~)"
    relative, unit = hit.get("r"), hit.get("u")
    if relative and unit:
        return ("DATE", f"in(quarter({value[1]},past),{_rel(relative, unit)})") if unit.value == "year" else None
    return "DATE", term


def _that_quarter(hit: Hit) -> Reading | None:
    if hit["u"].value != "quarter" or hit["u"].plural:
        return None
    return "DATE", "quarter(@q)"


def _year_ago_period(hit: Hit) -> Reading | None:
    if hit["y"].value not in ("year", "month", "week") or hit["y"].plural:
        return None
    return "DATE", f"shift(-1,{hit['y'].value},@q)"


def _season(hit: Hit) -> Reading | None:
    if year := hit.get("y"):
        return "DATE", f"date({year.value}-{hit['s'].value})"
    if (relative := hit.get("ry")) and (unit := hit.get("u")):
        return ("DATE", f"in(season({hit['s'].value},past),{_rel(relative, unit)})") if unit.value == "year" else None
    if hit["s"].word == "fall" and not hit.get("r") and hit.before not in ("in", "the"):
        return None
    return "DATE", f"season({hit['s'].value},{_direction(hit.get('r'))})"


def _holiday(hit: Hit) -> Reading:
    if year := hit.get("y"):
        return "DATE", f"in(holiday({hit['h'].value},past),date({year.value}))"
    if (relative := hit.get("ry")) and (unit := hit.get("u")) and unit.value == "year":
        return "DATE", f"in(holiday({hit['h'].value},past),{_rel(relative, unit)})"
    return "DATE", f"holiday({hit['h'].value},{_direction(hit.get('r'))})"


def _set(hit: Hit) -> Reading | None:
    number = f"{hit['n'].number:g}" if hit.get("n") else "2" if hit.get("other") else "1"
    item = hit["i"]
    if item.symbol == "u":
        return "SET", f"set({duration_value(number, item.value)})"
    if item.symbol in "WV":
        return "SET", f"set(XXXX-WXX-{item.value})"
    if item.symbol == "M":
        return "SET", f"set(XXXX-{item.value})"
    return "SET", f"set(XXXX-XX-XXT{item.value})"


def _adverb(hit: Hit) -> Reading:
    return "SET", f"set({hit['y'].value})"


def _year(hit: Hit) -> Reading | None:
    year = int(hit["y"].value)
    if not 1500 <= year <= 2100 or hit.before in ("than", "about", "nearly", "some", "flight", "room", "no", "number"):
        return None
    return "DATE", f"date({year})"


def _years(hit: Hit) -> Reading | None:
    first, last = int(hit["y"].value), hit["z"]
    year = int(last.value) if last.symbol == "Y" else first // 100 * 100 + int(last.number)
    if last.symbol == "#" and not (last.number == int(last.number) and len(last.word) == 2):
        return None
    return ("DATE", f"range(date({first}),date({year}))") if 1500 <= first < year <= 2100 else None


def _month_span(hit: Hit) -> Reading | None:
    first, last = _day_number(hit["d"]), _day_number(hit["z"])
    if first is None or last is None or first >= last:
        return None
    month, year = hit.get("m"), hit.get("y")
    if month is None:
        relative, unit = hit.get("r"), hit.get("u")
        if not relative or not unit or unit.value != "month":
            return None
        outer = _rel(relative, unit)
        return "DATE", f"range(in(day({first},past),{outer}),in(day({last},past),{outer}))"
    if year:
        return "DATE", f"range(date({year.value}-{month.value}-{first:02d}),date({year.value}-{month.value}-{last:02d}))"
    return "DATE", f"range(month-day({month.value}-{first:02d},~),month-day({month.value}-{last:02d},~))"


def _vague(hit: Hit) -> Reading:
    return "DATE", f"ref({hit['p'].value})"


def _current(hit: Hit) -> Reading | None:
    return ("DATE", "ref(PRESENT_REF)") if hit["i"].word == "current" else None


def _the_past(hit: Hit) -> Reading | None:
    follows = hit.lexemes[hit.match.end()].symbol if hit.match.end() < len(hit.lexemes) else "|"
    return ("DATE", "ref(PAST_REF)") if hit["l"].word == "past" and follows in "|,.&" else None


def _weekend(hit: Hit) -> Reading | None:
    return ("DATE", "weekend(~)") if hit["u"].value == "weekend" and not hit["u"].plural else None


def _end_of(hit: Hit) -> Reading | None:
    if hit["u"].value not in UNITS_BIG or hit["u"].plural:
        return None
    relative, word = hit.get("r"), {"-1": "early", "1": "late"}.get(hit["e"].value, hit["e"].value)
    if hit["e"].word in ("before", "after"):
        return None
    return "DATE", f"{word}(rel({relative.value if relative else 0},{hit['u'].value}))"


def _rest_of(hit: Hit) -> Reading | None:
    if hit["x"].word not in ("rest", "remainder") or hit["u"].value not in ("week", "month", "year", "quarter"):
        return None
    return "DATE", f"rest({hit['u'].value})"


def _that_day(hit: Hit) -> Reading | None:
    if hit["t"].word not in ("that", "same") and not hit.get("g"):
        around = hit["t"].word == "the" and hit.before in ("of", "in", "for", "during", "through", "over", "throughout")
        if around and hit["u"].value == "year" and hit.before in ("for", "over", "throughout"):
            return "DURATION", "dur(P1Y)"
        return ("DATE", f"rel(0,{hit['u'].value})") if around and hit["u"].value in ("week", "month", "year") and not hit["u"].plural else None
    if hit["u"].plural or hit["u"].value not in ("day", "week", "month", "year"):
        return None
    return "DATE", f"unit({hit['u'].value},@)"


def _day_beside(hit: Hit) -> Reading | None:
    if hit["u"].value not in ("day", "week", "month", "year") or hit["u"].plural:
        return None
    sign = "-" if hit["k"].value == "-1" else ""
    base = _base(hit)
    return ("DATE", f"shift({sign}1,{hit['u'].value},{base})") if base else None


def _week_of(hit: Hit) -> Reading | None:
    day = _day_number(hit["d"])
    starts = hit.get("s")
    if hit["u"].value not in ("week", "month") or day is None or (starts and starts.word not in ("starting", "beginning", "commencing", "ending")):
        return None
    year = hit.get("y")
    term = f"date({year.value}-{hit['m'].value}-{day:02d})" if year else f"month-day({hit['m'].value}-{day:02d},~)"
    return "DATE", f"unit({hit['u'].value},{term})"


_N = r"(?:(?P<n>[#Y])|A?(?P<w>w)F?|A)"
_YEAR_END = r"(?:,?(?P<y>Y)|,?F?T?(?P<r>[lxi])(?P<u>u))?"
_BASE = r"(?:(?P<bn>N)|(?P<bd>D)|(?P<bm>M)(?P<bmd>[#o])|(?:[lxi])?(?P<bw>W)|(?P<bh>H))"
_OUTER = r"[FI]T?(?:(?P<m>M)(?:,?(?P<y>Y))?|(?:(?P<r>[lxi])|T)?(?P<u>u))"
_OUTER_Y = r"(?:F|I)?T?(?:(?P<m>M)(?:,?(?P<y>Y))?|(?P<r>[lxi])?(?P<u>u))"
_SPECS: tuple[tuple[str, Builder], ...] = (
    (r"(?:i?W,?\(?-?)?(?P<d>D)", _whole_date),
    (r"(?:i?(?P<wd>W),?)?(?P<d>b)", _digits_day),
    (r"(?:i?(?P<wd>W),?[(-]?)?(?P<m>M)[-/.]?T?(?P<d>[#o])" + _YEAR_END + r"(?![-/]?#)", _month_day),
    (r"(?:(?P<wd>W),?T?)?T?(?P<d>[#o])[-.]?F?T?(?P<m>M)" + _YEAR_END.replace(",?(?P<y>Y)", "[,F]?(?P<y>Y)"), _month_day),
    (r"T(?P<d>o)", _day_of_month),
    (r"T?(?P<d>o)F?T?(?P<r>[lxi])(?P<u>u)", _day_of_month),
    (r"(?P<m>M)(?:[,F/-]*(?P<y>Y)|,?F?T?(?P<r>[lxi])(?P<u>u))", _month_year),
    (r"(?P<y>Y)[,/-]?(?P<m>M)(?P<r>)(?P<u>)", _month_year),
    (r"(?:T?(?P<r>[lxi])l?)?(?P<m>M)", _month),
    (r"(?:T?(?P<r>[lxi])l?)?(?P<w>W)(?:(?:IT|,|O)?(?P<p>t))?(?P<rw>)(?P<u>)(?P<d>)", _weekday),
    (r"(?P<w>W)[FO]?T?(?P<rw>[lxi])(?P<u>u)(?P<r>)(?P<d>)", _weekday),
    (r"T?(?P<rw>[lxi])(?P<u>u)O?(?P<w>W)(?P<r>)(?P<d>)", _weekday),
    (r"(?P<w>W),?T(?P<d>[#o])(?!u)(?P<r>)(?P<rw>)(?P<u>)", _weekday),
    (r"(?P<c>C),?O?(?P<r>[lxi])?(?P<w>W)(?P<rw>)(?P<u>)(?P<d>)", _weekday),
    (r"(?P<p>t),?O?(?P<r>[lxi])?(?P<w>W)(?P<rw>)(?P<u>)(?P<d>)", _weekday),
    (r"(?P<r>[lxi])?(?P<w>W),?O?(?P<c>C)(?P<rw>)(?P<u>)(?P<d>)", _weekday),
    (r"T?(?P<u>u)(?P<k>[er])" + _BASE, _day_beside),
    (r"i?W\((?P<m>M)-?(?P<d>[#o])\((?P<y>)(?P<r>)(?P<u>)", _month_day),
    (r"(?P<n>N)(?:t?,?O?(?P<c>C)|(?P<p>t))?", _deictic),
    (r"(?:(?P<p>t)|(?P<c>C)),?(?P<n>N)", _deictic),
    (r"T?(?P<r>[lxi])(?P<p>t)", _part_of_day),
    (r"T(?P<p>t)(?P<r>)", _part_of_day),
    (r"(?P<p>t)(?P<r>)(?<!T)", lambda hit: _part_of_day(hit) if hit["p"].word in ("overnight", "midnight", "noon", "midday") else None),
    (r"(?P<c>C)(?P<p>)", _clock),
    (r"(?P<c>[C#])IT(?P<p>t)", _clock),
    (r"T?(?P<o>[ol])(?P<w>W)" + _OUTER, _nth),
    (r"T?(?P<o>[ol])(?P<v>u)" + _OUTER, _nth_unit),
    (r"T?(?P<o>[ol])(?P<v>u)[FI](?P<y>Y)(?P<m>)(?P<r>)(?P<u>)", _nth_unit),
    (r"T?(?:i(?=l))?(?P<r>[lxi])g*(?P<u>u)", _calendar_unit),
    (r"T?(?P<r>[lx])" + _N + r"-?(?P<u>u)", _stretch),
    (_N + r"-?(?P<u>u)(?P<k>k)", _shifted),
    (_N + r"-?(?P<u>u)(?P<k>[er])(?:" + _BASE + r")?", _shifted),
    (_N + r"(?P<u>u)(?:(?P<k>[er])|f)(?:" + _BASE + r"|(?P<now>P))", lambda hit: _from_there(hit) if hit.get("k") else _from_now(hit)),
    (r"T?(?:o|L|o(?=#))?" + _N + r"(?:&A(?P<half>j))?J*-?(?P<u>u)(?:-?(?P<age>h))?(?P<a>)", _duration),
    (r"(?P<a>A)(?P<u>u)(?:-?(?P<age>h))?(?P<n>)(?P<w>)(?P<half>)", _duration),
    (r"(?:(?<!T)A?(?P<g>g)|Z|(?P<j>j))-?A?(?P<u>u)", _whole_unit),
    (r"A(?P<u>u)&A?j", _and_half),
    (r"(?P<u>u)", _bare_units),
    (r"(?P<u>u)-(?P<h>h)", _long),
    (r"T?(?P<d>d)", _decade),
    (r"T?(?P<o>o)-?(?P<u>u)", _century),
    (r"T?g*-?(?P<o>o)-?(?P<q>u)(?:,?F?T?g*(?:(?P<y>Y)|(?P<r>[lxi])(?P<u>u)))?", _quarter),
    (r"T?(?:(?P<y>Y)|(?P<r>[lxi])(?P<u>u)'?),?T?g*(?P<o>o)-?(?P<q>u)", _quarter),
    (r"(?P<q>Q)(?:F?T?(?P<r>[lxi])(?P<u>u))?", _quarter_part),
    (r"T?[LT]g*(?P<u>u)", _that_quarter),
    (r"T?g*(?P<y>u)-?[ek]u?", _year_ago_period),
    (r"(?:T|I|(?:T?(?P<r>[lxi])l?))(?P<s>S)(?P<y>)(?P<ry>)(?P<u>)", _season),
    (r"T?(?P<s>S)(?:[,F]?(?P<y>Y)|F?T?(?P<ry>[lxi])(?P<u>u))(?P<r>)", _season),
    (r"T?(?P<r>[lxi])?(?P<h>H)(?:[,F]*(?P<y>Y)|,?F?(?P<ry>[lxi])(?P<u>u))?", _holiday),
    (r"v(?P<other>w)?(?P<n>#)?(?P<i>[uWMt])", _set),
    (r"(?P<i>V)(?P<n>)(?P<other>)", _set),
    (r"(?P<y>y)", _adverb),
    (r"T?g?(?:(?<=u))?(?P<y>Y)", _year),
    (r"f?(?P<y>Y)(?:-|2|&)(?P<z>[Y#])(?!u)", _years),
    (r"f?(?P<m>M)f?(?P<d>[#o])[-2&](?P<z>[#o])(?!u)(?:,?(?P<y>Y))?(?P<r>)(?P<u>)", _month_span),
    (r"f?(?P<d>[#o])[-2&](?P<z>[#o])F?(?P<m>M)(?:,?(?P<y>Y))?(?P<r>)(?P<u>)", _month_span),
    (r"f?(?P<d>[#o])[-2&](?P<z>[#o])[FI]?(?P<r>[lxi])(?P<u>u)(?P<m>)(?P<y>)", _month_span),
    (r"(?P<p>P)", _vague),
    (r"(?P<i>i)(?!u|l|[MWStH])", _current),
    (r"T(?P<p>P)", lambda hit: _vague(hit) if hit["p"].word == "future" else None),
    (r"T(?P<l>l)(?![#wAuMWStH])", _the_past),
    (r"T?(?P<u>u)", _weekend),
    (r"T?(?P<e>E)F?T?(?P<r>[lxi])?(?P<u>u)", _end_of),
    (r"(?P<e>[Eer])IT(?P<u>u)(?P<r>)", _end_of),
    (r"(?P<u>u)'?-?(?P<e>E)(?P<r>)", _end_of),
    (r"(?P<x>_)F?(?:T|i)?(?P<u>u)", _rest_of),
    (r"(?P<t>T)(?P<g>g)?(?P<u>u)", _that_day),
    (r"T?(?P<u>u)F(?P<m>M)\.?(?P<d>[#o])(?:,?(?P<y>Y))?", _week_of),
    (r"T?(?P<u>u)(?P<s>[_E])O?(?P<m>M)(?P<d>[#o])(?:,?(?P<y>Y))?", _week_of),
)


def _from_now(hit: Hit) -> Reading | None:
    count, base = _count(hit), _base(hit)
    if count in (None, "X"):
        return None
    return "DATE", f"shift({count},{hit['u'].value},{base})" if base else f"shift({count},{hit['u'].value})"


RULES: tuple[Rule, ...] = tuple((re.compile(pattern), build) for pattern, build in _SPECS)
