"""A match of the grammar → the day, month, season, year or clock time that its words mean."""

from __future__ import annotations

from copydesk.annotating.times_hits import (
    UNITS_BIG,
    Hit,
    Reading,
    container,
    day_number,
    direction_of,
    unit_away,
)
from copydesk.text.calendar_units import duration_value


def whole_date(hit: Hit) -> Reading:
    return "DATE", f"date({hit['d'].value})"


def digits_day(hit: Hit) -> Reading | None:
    """4/22, and where a weekday or "on" stands before it 4-22 and 4.22."""
    mark, place = hit["d"].value[0], hit["d"].value[1:]
    weekday = hit.get("wd")
    if not weekday and hit.before not in (
        ("on",) if mark != "/" else ("on", "from", "to", "by", "until", "till", "since", "through")
    ):
        return None
    return "DATE", f"month-day({place},~)"


def month_day(hit: Hit) -> Reading | None:
    day = day_number(hit["d"])
    spelt = not hit["d"].word[0].isdigit()
    if (
        day is None
        or (hit["d"].symbol == "#" and "." in hit["d"].word)
        or (spelt and hit.lexemes[hit.match.start("d") - 1].symbol == ".")
    ):
        return None
    place = f"{hit['m'].value}-{day:02d}"
    if year := hit.get("y"):
        return "DATE", f"date({year.value}-{place})"
    if (relative := hit.get("r")) and (unit := hit.get("u")):
        return ("DATE", f"in(month-day({place},past),{unit_away(relative, unit)})") if unit.value == "year" else None
    weekday = hit.get("wd")
    return "DATE", f"month-day({place},~,{weekday.value})" if weekday else f"month-day({place},~)"


def day_of_month(hit: Hit) -> Reading | None:
    """The 27th where no noun follows; the 20th of next month."""
    number = day_number(hit["d"])
    if number is None:
        return None
    if (relative := hit.get("r")) and (unit := hit.get("u")):
        return (
            ("DATE", f"in(day({number},past),{unit_away(relative, unit)})")
            if unit.value == "month" and not unit.plural
            else None
        )
    bare = (
        not hit["d"].word[0].isdigit() or hit["d"].symbol == "#"
    )  # "the twenty-second", "the 27": at the end, after "on" or "for"
    alone = hit.before in ("on", "for", "by", "until", "since") and hit.next_symbol in "|."
    if bare and (not alone or (number < 20 and hit["d"].symbol == "o")):
        return None
    if hit.next_symbol not in "|,.OI&2" or hit.before in ("his", "her", "their"):
        return None
    return "DATE", f"day({number},~)"


def month_year(hit: Hit) -> Reading | None:
    if (relative := hit.get("r")) and (unit := hit.get("u")):
        return (
            ("DATE", f"in(month({hit['m'].value},past),{unit_away(relative, unit)})") if unit.value == "year" else None
        )
    return "DATE", f"date({hit['y'].value}-{hit['m'].value})"


def month(hit: Hit) -> Reading:
    return "DATE", f"month({hit['m'].value},{direction_of(hit.get('r'))})"


def weekday(hit: Hit) -> Reading | None:
    term = f"weekday({hit['w'].value},{direction_of(hit.get('r'))})"
    if (relative := hit.get("rw")) and (unit := hit.get("u")):
        if unit.value != "week" or unit.plural:
            return None
        term = f"in(weekday({hit['w'].value},past),{unit_away(relative, unit)})"
    if day := hit.get("d"):
        number = day_number(day)
        if number is None or (not day.word[0].isdigit() and hit.next_symbol not in "|,.OI&2"):
            return None
        term = f"day({number},~,{hit['w'].value})"
    return _in_day(hit, term)


def _in_day(hit: Hit, term: str) -> Reading:
    """A day with the clock time or part of the day that stands beside it."""
    clock, part = hit.get("c"), hit.get("p")
    if clock:
        return "TIME", f"clock({clock.value},{term})"
    if part and part.word.endswith("s") and term.startswith("weekday(") and not hit.get("r"):
        return "SET", f"set(XXXX-WXX-{hit['w'].value}T{part.value})"
    if part:
        return "TIME", f"{'clock' if ':' in part.value else 'part'}({part.value},{term})"
    return "DATE", term


def deictic(hit: Hit) -> Reading:
    term = f"rel({hit['n'].value},day)"
    part = hit.get("p")
    if hit["n"].word == "tonight" and not hit.get("c") and not (part and ":" in part.value):
        return "TIME", f"part(NI,{term})"
    return _in_day(hit, term)


def part_of_day(hit: Hit) -> Reading | None:
    relative, part = hit.get("r"), hit["p"]
    if (hit.next_symbol == "F" and not relative) or hit.before == "high":
        return None  # "the night of Oct. 23" is named by its date; high noon
    if (relative and relative.word == "following") or (relative and relative.value == "1"):
        return _in_day(hit, "shift(1,day,@)")
    return (
        _in_day(
            hit,
            f"rel({relative.value},day)"
            if relative and relative.value == "-1"
            else "@"
            if not relative
            else "rel(0,day)",
        )
        if part
        else None
    )


def narrow_part(hit: Hit) -> Reading | None:
    """Mid-afternoon, late evening: of the day spoken of."""
    part = hit.get("p") or hit["p2"]
    return None if ":" in part.value else ("TIME", f"part({part.value},@)")


def part_beside(hit: Hit) -> Reading | None:
    """The night before, the morning after, at the end of its phrase: of the day before or after that spoken of."""
    if hit.next_symbol not in "|,.&" or hit["k"].word not in ("before", "after"):
        return None
    return _in_day(hit, f"shift({'-1' if hit['k'].word == 'before' else '1'},day,@)")


def clock(hit: Hit) -> Reading | None:
    if hit["c"].symbol == "#":
        hour = int(hit["c"].number)
        if not 1 <= hour <= 12:
            return None
        late = hit["p"].value in ("AF", "EV") or (hit["p"].value == "NI" and hour >= 6)
        return "TIME", f"clock({hour % 12 + (12 if late else 0):02d}:00,@)"
    return "TIME", f"clock({hit['c'].value},@)"


def nth(hit: Hit) -> Reading | None:
    nth = int(hit["o"].number) if hit["o"].symbol == "o" else -1
    if not -1 <= nth <= 5:
        return None
    outer = container(hit)
    return ("DATE", f"nth({nth},{hit['w'].value},{outer})") if outer else None


def nth_here(hit: Hit) -> Reading | None:
    """Third Tuesday, of this month; a possessor before it makes it somebody's."""
    number = int(hit["o"].number)
    return (
        ("DATE", f"nth({number},{hit['w'].value},rel(0,month))")
        if 1 <= number <= 5 and hit.before_symbol not in "T'A"
        else None
    )


def nth_unit(hit: Hit) -> Reading | None:
    nth = int(hit["o"].number) if hit["o"].symbol == "o" else -1
    outer = container(hit)
    if not outer or nth > 53 or hit["v"].plural or hit["v"].value not in ("day", "week", "weekend", "month", "quarter"):
        return None
    if hit["v"].value == "quarter":
        return ("DATE", f"in(quarter({nth},past),{outer})") if 1 <= nth <= 4 else None
    return "DATE", f"nth-unit({nth},{hit['v'].value},{outer})"


def calendar_unit(hit: Hit) -> Reading | None:
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
    if relative.word == "past" and unit.value in ("decade", "century"):
        return "DURATION", f"last(1,{unit.value})"
    if unit.value == "weekend" and relative.value == "0":
        return "DATE", "weekend(~,this)"
    return "DATE", f"rel({relative.value},{unit.value})"


def numbered_week(hit: Hit) -> Reading | None:
    """Week 10, of the year as the calendar counts; a season's or a course's weeks have an "of" or a possessor beside them."""
    number = int(hit["n"].number)
    if hit["u"].value != "week" or hit["u"].plural or not 1 <= number <= 53 or hit.next_symbol in "Fu'":
        return None
    return "DATE", f"nth-unit({number},week,rel(0,year))"


def decade(hit: Hit) -> Reading:
    return "DATE", f"date({hit['d'].value})"


def century(hit: Hit) -> Reading | None:
    number = hit["o"].number
    return ("DATE", f"date({int(number) - 1:02d})") if hit["u"].value == "century" and 1 < number <= 30 else None


def quarter(hit: Hit) -> Reading | None:
    if hit["q"].value != "quarter" or hit["q"].plural or not 1 <= hit["o"].number <= 4:
        return None
    number, year, relative = int(hit["o"].number), hit.get("y"), hit.get("r")
    if year:
        return "DATE", f"date({year.value}-Q{number})"
    if relative and (unit := hit.get("u")):
        return ("DATE", f"in(quarter({number},past),{unit_away(relative, unit)})") if unit.value == "year" else None
    return "DATE", f"quarter({number},~)"


def half_of(hit: Hit) -> Reading | None:
    number = int(hit["o"].number) if hit["o"].symbol == "o" else 2
    if number > 2:
        return None
    if year := hit.get("y"):
        return "DATE", f"date({year.value}-H{number})"
    return ("DATE", f"in(half({number},past),{unit_away(hit['r'], hit['u'])})") if hit["u"].value == "year" else None


def quarter_part(hit: Hit) -> Reading | None:
    value = hit["q"].value
    if "-" in value:
        return "DATE", f"date({value})"
    term = f"quarter({value[1]},~)"
    relative, unit = hit.get("r"), hit.get("u")
    if relative and unit:
        return ("DATE", f"in(quarter({value[1]},past),{unit_away(relative, unit)})") if unit.value == "year" else None
    return "DATE", term


def latest_year(hit: Hit) -> Reading | None:
    return ("DATE", "rel(-1,year)") if hit["u"].value == "year" and not hit["u"].plural else None


def that_quarter(hit: Hit) -> Reading | None:
    if hit["u"].value != "quarter" or hit["u"].plural or hit.next_symbol == "-":
        return None
    return "DATE", "quarter(@q)"


def that_period(hit: Hit) -> Reading:
    """The latest period: the quarter that was reported on, where one was."""
    return "DATE", "quarter(@q,named)"


def that_quarter_of(hit: Hit) -> Reading | None:
    """The 1987 period, the 1987 quarter: that of the quarter that was reported on, where one was."""
    if hit["u"].symbol == "u" and (hit["u"].value != "quarter" or hit["u"].plural):
        return None
    return "DATE", f"in(@q,date({hit['y'].value}))"


def year_ago_quarter(hit: Hit) -> Reading | None:
    """The year-earlier third quarter; the quarter a year ago."""
    if hit["y"].value != "year" or hit["u"].value != "quarter" or hit["u"].plural:
        return None
    ordinal = hit.get("o")
    return "DATE", f"shift(-1,year,{f'quarter({int(ordinal.number)},past)' if ordinal else 'quarter(@q)'})"


def year_ago_period(hit: Hit) -> Reading | None:
    if hit["y"].value not in ("year", "month", "week") or hit["y"].plural:
        return None
    return "DATE", f"shift(-1,{hit['y'].value},@q)"


def season(hit: Hit) -> Reading | None:
    if year := hit.get("y"):
        return "DATE", f"date({year.value}-{hit['s'].value})"
    if (relative := hit.get("ry")) and (unit := hit.get("u")):
        return (
            ("DATE", f"in(season({hit['s'].value},past),{unit_away(relative, unit)})") if unit.value == "year" else None
        )
    if hit["s"].word == "fall" and not hit.get("r") and hit.before not in ("in", "the"):
        return None
    return "DATE", f"season({hit['s'].value},{direction_of(hit.get('r'))})"


def holiday(hit: Hit) -> Reading:
    if year := hit.get("y"):
        return "DATE", f"in(holiday({hit['h'].value},past),date({year.value}))"
    if (relative := hit.get("ry")) and (unit := hit.get("u")) and unit.value == "year":
        return "DATE", f"in(holiday({hit['h'].value},past),{unit_away(relative, unit)})"
    return "DATE", f"holiday({hit['h'].value},{direction_of(hit.get('r'))})"


def year(hit: Hit) -> Reading | None:
    year = int(hit["y"].value)
    start = hit.match.start()
    compared = hit.before == "than" and start > 1 and hit.lexemes[start - 2].word in ("later", "earlier", "sooner")
    if (
        not 1500 <= year <= 2100
        or (hit.before == "than" and not compared)
        or hit.before in ("about", "nearly", "some", "flight", "room", "no", "number")
    ):
        return None
    return "DATE", f"date({year})"


def years(hit: Hit) -> Reading | None:
    first, last = int(hit["y"].value), hit["z"]
    if hit.lexemes[hit.match.start("z") - 1].symbol == "&" and hit.lexemes[hit.match.start()].word != "between":
        return None
    year = int(last.value) if last.symbol == "Y" else first // 100 * 100 + int(last.number)
    if last.symbol == "#" and not (last.number == int(last.number) and len(last.word) == 2):
        return None
    return ("DATE", f"range(date({first}),date({year}))") if 1500 <= first < year <= 2100 else None


def month_span(hit: Hit) -> Reading | None:
    first, last = day_number(hit["d"]), day_number(hit["z"])
    if first is None or last is None or first >= last:
        return None
    month, year = hit.get("m"), hit.get("y")
    if month is None:
        relative, unit = hit.get("r"), hit.get("u")
        if not relative or not unit or unit.value != "month":
            return None
        outer = unit_away(relative, unit)
        return "DATE", f"range(in(day({first},past),{outer}),in(day({last},past),{outer}))"
    if year:
        return (
            "DATE",
            f"range(date({year.value}-{month.value}-{first:02d}),date({year.value}-{month.value}-{last:02d}))",
        )
    return "DATE", f"range(month-day({month.value}-{first:02d},~),month-day({month.value}-{last:02d},~))"


def days_of_week(hit: Hit) -> Reading | None:
    if hit["u"].value != "week" or hit["u"].plural:
        return None
    week = unit_away(hit["rw"], hit["u"])
    first, last = (f"in(weekday({hit[name].value},past),{week})" for name in ("w", "z"))
    return "DATE", f"range({first},{last})"


def vague(hit: Hit) -> Reading | None:
    if hit["p"].word == "future" and hit.before_symbol == "A":
        return None  # some future, not what is to come
    if hit["p"].word == "soon":
        return None if hit.before in ("as", "too", "how") or hit.after in ("after", "as") else ("DATE", "soon(~)")
    if hit["p"].word == "now" and hit.next_symbol == "," and hit.before_symbol in "|.(":
        return None  # "Now, she said"
    return "DATE", f"ref({hit['p'].value})"


def current(hit: Hit) -> Reading | None:
    return ("DATE", "ref(PRESENT_REF)") if hit["i"].word == "current" else None


def the_past(hit: Hit) -> Reading | None:
    """The past, at the end of its phrase or after "in"; an adjective is told from it by its tag."""
    ends = hit.next_symbol in "|,.&" or (hit.before == "in" and hit.next_symbol == "_")
    return ("DATE", "ref(PAST_REF)") if hit["l"].word == "past" and ends else None


def weekend(hit: Hit) -> Reading | None:
    return (
        ("DATE", "weekend(~)")
        if hit["u"].value == "weekend" and not hit["u"].plural and hit.before_symbol != "A"
        else None
    )


def end_of(hit: Hit) -> Reading | None:
    if hit["u"].value not in UNITS_BIG or hit["u"].plural:
        return None
    relative, word = hit.get("r"), {"-1": "early", "1": "late"}.get(hit["e"].value, hit["e"].value)
    if hit["e"].word in ("before", "after"):
        return None
    return "DATE", f"{word}(rel({relative.value if relative else 0},{hit['u'].value}))"


def rest_of(hit: Hit) -> Reading | None:
    if hit["x"].word not in ("rest", "remainder") or hit["u"].value not in ("week", "month", "year", "quarter"):
        return None
    return "DATE", f"rest({hit['u'].value})"


def that_day(hit: Hit) -> Reading | None:
    if hit["t"].word == "these" and hit["u"].word == "days" and not hit.get("g"):
        return "DATE", "ref(PRESENT_REF)"
    if hit["t"].word == "the" and hit["u"].word == "day" and hit.after in ("before", "after"):
        return "DATE", "beside(day)"
    if hit["t"].word not in ("that", "same") and not hit.get("g"):
        around = hit["t"].word == "the" and hit.before in ("of", "in", "for", "during", "through", "over", "throughout")
        if around and hit["u"].plural and hit.next_symbol != "Y":
            return "DURATION", f"dur({duration_value('X', hit['u'].value)})"
        if (
            around
            and hit["u"].value == "year"
            and (hit.after in ("ended", "ending") or hit.before in ("over", "throughout"))
        ):
            return "DURATION", "dur(P1Y)"  # a fiscal year, that has no place in the calendar
        return (
            ("DATE", f"rel(0,{hit['u'].value})")
            if around and hit["u"].value in ("week", "month", "year") and not hit["u"].plural
            else None
        )
    if hit["u"].plural or hit["u"].value not in ("day", "week", "month", "year"):
        return None
    if hit["u"].value == "year" and hit["t"].word != "that" and (g := hit.get("g")) and g.word not in ("same", "very"):
        return ("DURATION", "dur(P1Y)") if hit.after in ("ended", "ending") else ("DATE", "rel(0,year)")
    return "DATE", f"unit({hit['u'].value},@)"


def week_of(hit: Hit) -> Reading | None:
    day = day_number(hit["d"])
    starts = hit.get("s")
    if (
        hit["u"].value not in ("week", "month")
        or day is None
        or (starts and starts.word not in ("starting", "beginning", "commencing", "ending"))
    ):
        return None
    year = hit.get("y")
    term = f"date({year.value}-{hit['m'].value}-{day:02d})" if year else f"month-day({hit['m'].value}-{day:02d},~)"
    return "DATE", f"unit({hit['u'].value},{term})"
