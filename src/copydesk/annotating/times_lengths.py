"""A match of the grammar → a length of time, a stretch beside the anchor, a shift, a recurrence."""

from __future__ import annotations

from copydesk.annotating.times_hits import (
    Hit,
    Reading,
    base_of,
    count_of,
)
from copydesk.text.calendar_units import duration_value


def stretch(hit: Hit) -> Reading | None:
    count, unit = count_of(hit), hit["u"].value
    if count is None or (not hit["u"].plural and count not in ("1",) and hit.get("n") is None):
        return None
    name = "next" if hit["r"].value == "1" else "last"
    return "DURATION", f"{name}({count},{unit})"


def shifted(hit: Hit) -> Reading | None:
    count, unit = count_of(hit), hit["u"].value
    if count is None:
        return None
    sign = "-" if hit["k"].symbol in "k" or hit["k"].value == "-1" else ""
    if unit == "decade" and count != "X":
        count, unit = f"{float(count) * 10:g}", "year"  # said of a year, give or take, not of ten
    base = base_of(hit)
    if hit["k"].symbol in "er" and base is None and hit["k"].word in ("after", "before"):
        return None  # "two months after he left": a length, from nowhere in the calendar
    if hit["k"].symbol in "er" and not base and (count == "X" or unit in ("second", "minute", "hour")):
        return "DURATION", f"shift({sign}{count},{unit},@)"  # how long after what was told, on no day of its own
    if count == "X" and (sign or not base):
        return "DATE", f"some({sign}1,{unit})"
    if hit["k"].symbol in "er":
        return "DATE", f"shift({sign}{count},{unit},{base or '@'})"
    return "DATE", f"shift({sign}{count},{unit})"


def ahead(hit: Hit) -> Reading | None:
    """In two weeks: a day ahead where the clause looks ahead, else a length; `annotating.times` decides."""
    count, unit = count_of(hit), hit["u"]
    if (
        hit.lexemes[hit.match.start()].word != "in"
        or count in (None, "X")
        or unit.value in ("weekend", "second", "minute", "hour")
    ):
        return None
    if hit.get("n") is None and hit.get("w") is None and (unit.plural or unit.value == "quarter"):
        return None
    return "DATE", f"ahead({count},{unit.value})"


def from_there(hit: Hit) -> Reading | None:
    count, unit = count_of(hit), hit["u"].value
    base = base_of(hit) or ("rel(0,day)" if hit.get("now") else None)
    if count in (None, "X") or base is None:
        return None
    sign = "-" if hit["k"].value == "-1" else ""
    return "DATE", f"shift({sign}{count},{unit},{base})" if base != "rel(0,day)" else f"shift({sign}{count},{unit})"


def from_now(hit: Hit) -> Reading | None:
    count, base = count_of(hit), base_of(hit)
    if count in (None, "X"):
        return None
    return "DATE", f"shift({count},{hit['u'].value},{base})" if base else f"shift({count},{hit['u'].value})"


def day_beside(hit: Hit) -> Reading | None:
    if hit["u"].value not in ("day", "week", "month", "year") or hit["u"].plural:
        return None
    sign = "-" if hit["k"].value == "-1" else ""
    base = base_of(hit)
    return ("DATE", f"shift({sign}1,{hit['u'].value},{base})") if base else None


def duration(hit: Hit) -> Reading | None:
    count, unit = count_of(hit), hit["u"]
    if count is None or unit.value == "weekend" or hit.get("age"):
        return None
    if (
        unit.value == "quarter"
        and unit.plural
        and (hit.after == "of" or hit.lexemes[hit.match.start("u") - 1].symbol == "-")
    ):
        return None  # three-quarters of it
    if unit.value == "quarter" and not unit.plural and not (hit.get("n") and count == "1"):
        return None
    if hit.get("half"):
        count = f"{float(count) + 0.5:g}" if count != "X" else count
    if not hit.get("n") and not hit.get("w"):
        if _is_rate(hit):
            return "SET", f"set({duration_value('1', unit.value)})"
        if unit.plural or unit.value in ("second", "quarter") or (_article(hit) == "one" and unit.value == "day"):
            return None
    if hit.get("n") and hit["n"].symbol == "Y" and not unit.plural:
        return None
    return "DURATION", f"dur({duration_value(count, unit.value)})"


def whole_unit(hit: Hit) -> Reading | None:
    """All day, a full year, another week, half an hour."""
    if hit["u"].plural or hit["u"].value in ("second", "weekend", "quarter"):
        return None
    if hit.get("g") and hit["g"].word not in ("full", "whole", "entire", "all"):
        return None
    return "DURATION", f"dur({duration_value('0.5' if hit.get('j') else '1', hit['u'].value)})"


def and_half(hit: Hit) -> Reading | None:
    return ("DURATION", f"dur({duration_value('1.5', hit['u'].value)})") if not hit["u"].plural else None


def _article(hit: Hit) -> str:
    """The "a", "an" or "one" of a match."""
    return next((x.word for x in hit.lexemes[hit.match.start() : hit.match.end()] if x.symbol == "A"), "")


def _is_rate(hit: Hit) -> bool:
    """Whether "a year" means each year: after an amount, a number of times, or "per"."""
    start = hit.match.start()
    return start > 0 and (hit.before in ("times", "once", "twice", "per", "dollars", "cents", "barrels", "million", "billion", "percent", "%")
                          or hit.lexemes[start - 1].symbol == "#" or hit.lexemes[start - 1].word[:1].isdigit())  # fmt: skip


def bare_units(hit: Hit) -> Reading | None:
    unit = hit["u"]
    if not unit.plural or unit.value == "weekend" or hit.before_is("matter", "of"):
        return None
    if hit.before not in (
        "for",
        "in",
        "over",
        "after",
        "within",
        "of",
        "take",
        "took",
        "last",
        "than",
        "spent",
        "lasted",
        "lasting",
        "many",
        "or",
    ):
        return None
    return "DURATION", f"dur({duration_value('X', unit.value)})"


def either_units(hit: Hit) -> Reading | None:
    """Weeks or months: the smaller says how long at least."""
    if not hit["u"].plural or not hit["z"].plural:
        return None
    return "DURATION", f"dur({duration_value('X', hit['u'].value)})"


def year_ago_stretch(hit: Hit) -> Reading | None:
    """The year-earlier nine months: a length."""
    count = count_of(hit)
    return (
        ("DURATION", f"dur({duration_value(count, hit['u'].value)})")
        if count and hit["y"].value == "year" and hit["u"].plural
        else None
    )


def lasting(hit: Hit) -> Reading | None:
    if hit["h"].word != "long":
        return None
    return "DURATION", f"dur({duration_value('X' if hit['u'].plural else '1', hit['u'].value)})"


def recurrence(hit: Hit) -> Reading | None:
    number = f"{hit['n'].number:g}" if hit.get("n") else "2" if hit.get("other") else "1"
    item = hit["i"]
    if item.symbol == "u":
        return "SET", f"set({duration_value(number, item.value)})"
    if item.symbol in "WV":
        return "SET", f"set(XXXX-WXX-{item.value})"
    if item.symbol == "M":
        return "SET", f"set(XXXX-{item.value})"
    return "SET", f"set(XXXX-XX-XXT{item.value})"


def adverb(hit: Hit) -> Reading:
    return "SET", f"set({hit['y'].value})"
