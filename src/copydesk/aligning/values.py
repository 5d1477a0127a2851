"""Units → the values they give: numbers, durations, dates, with what they are of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from copydesk.aligning.figures import BASE_UNITS, ground_between
from copydesk.aligning.likenesses import class_of
from copydesk.aligning.surroundings import (
    PRISON,
    aged,
    described,
    governing,
    measured,
    nearby,
    people_state,
    token_at,
    what_lasts,
)
from copydesk.aligning.units import Unit
from copydesk.model.markup import QuantityMention, TimeMention
from copydesk.model.spans import Span
from copydesk.model.stories import Entity, Resolution, SlotName
from copydesk.model.times import Interval, When

_HOURS = {
    "second": 1 / 3600,
    "minute": 1 / 60,
    "hour": 1.0,
    "day": 24.0,
    "week": 168.0,
    "month": 730.0,
    "year": 8766.0,
    "decade": 87660.0,
}
_IN_YEARS = {"day": 1 / 365.25, "week": 7 / 365.25, "month": 1 / 12}  # of an age
_SUBSET = re.compile(r"\s*of\s+(?:whom|which|them|those|these|the)\b", re.I)
_WHOLE = re.compile(r"\bof\s+(?:the|its|their|some|these|those)\s+$", re.I)
_ANYBODY = frozenset(
    class_of(w)
    for w in (
        "person",
        "people",
        "man",
        "woman",
        "other",
        "victim",
        "worker",
        "individual",
        "killed",
        "injured",
        "fatality",
    )
) | {""}
_SIGNED = re.compile(r"\(@\w{1,30}\)\W{0,3}$")
_FISCAL = re.compile(r"\bfiscal\b", re.I)
RECENT_DAYS = 100
NAME_GAP = 3  # code points between a name and the age behind it
_CLOCK = re.compile(r"clock\((?P<hour>\d\d):(?P<minute>\d\d),")
_ABOUT = re.compile(r"\b(?:about|around|approximately|roughly|shortly|just|some time|nearly)\b[\w\s]{0,8}$", re.I)
HOUR_GIVE, ABOUT_GIVE = 30.0, 5.0  # minutes
YEARS_MAX = 10  # a stretch of more years dates nothing
_SCORE = re.compile(r"\d\s?[-–]\s?$")  # "a 34-6 win" counts nothing
_SCORED = re.compile(r"\s?[-–]\s?\d")
_NOT_COUNTED = re.compile(r"\s+(?:others?|more|further|additional|the|an?|his|her|its|their|our)\b", re.I)
_BEFORE_NOUN = frozenset({"compound", "nummod", "nmod", "amod", "poss", "npadvmod"})
_HOUR_BEFORE = re.compile(
    r"\b(?:at|around|about|by|before|after|since|from|until|till|to|between|and|past|just|shortly)\s+(?:\w+\s+)?$", re.I
)
_HOUR_BEHIND = re.compile(r"\W{0,2}(?:hours|hrs|local|gmt|utc|[ap]\.?m\b|[a-z]{0,2}st\b|[a-z]{0,2}dt\b)", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One value that a unit gives.

    `kind` is what two values must share to be compared at all ("killed", "unit metre deep"), `counted` whom it counts
    when that is more than "people"; `core` the words that govern the value, `near` those around it. `low` to `high` is
    what the words allow: numbers, hours or day numbers. `reckoned` says how a date is given, `edition` what it sets apart
    from others of its kind ("the 2018 Games"),
    `is_recent` whether it lies shortly before the article came out, `is_listed` whether its unit gives other dates, too.
    """

    unit: int
    slot: SlotName
    kind: str
    about: str
    text: str
    value: str
    low: float
    high: float
    start: int
    end: int
    core: frozenset[str]
    near: frozenset[str]
    counted: str = ""
    reckoned: str = ""
    edition: str = ""
    is_recent: bool = False
    is_listed: bool = False

    @property
    def middle(self) -> float:
        """The value as one number, the bound that is known when the other is open."""
        if self.low == float("-inf"):
            return self.high
        return self.low if self.high == float("inf") else (self.low + self.high) / 2


def find_values(units: Sequence[Unit], resolution: Resolution) -> list[Value]:
    """The values of every unit, in order."""
    found: list[Value | None] = []
    for n, unit in enumerate(units):
        taken = [(t.start, t.end) for t in unit.markup.times if t.type in ("DATE", "TIME")]
        found += [
            _number(n, unit, q, resolution)
            for q in unit.markup.quantities
            if unit.start <= q.start < unit.end and not any(a <= q.start < b for a, b in taken)
        ]
        inside = [t for t in unit.markup.times if unit.start <= t.start < unit.end]
        found += [_date(n, unit, t, resolution) for t in inside if t.type == "DATE"]
        found += [_clock_time(n, unit, t) for t in inside if t.type == "TIME"]
    return [v for v in found if v is not None]


def _number(n: int, unit: Unit, quantity: QuantityMention, resolution: Resolution) -> Value | None:
    text = unit.article.text
    at = token_at(unit, quantity.start, quantity.end)
    if at is None or _SUBSET.match(text, quantity.end, quantity.end + 12):
        return None
    if _SCORE.search(text, max(0, quantity.start - 4), quantity.start) or _SCORED.match(
        text, quantity.end, quantity.end + 4
    ):
        return None
    low = float("-inf") if quantity.low is None else quantity.low
    high = float("inf") if quantity.high is None else quantity.high
    slot, kind, about, scale = _kind(unit, quantity, at)
    if quantity.counted == "age" and (person := _named_before(unit, quantity, resolution)) is not None:
        kind, about = f"age {person.id}", f"age of {person.name}"  # two brothers share a surname
    is_thing = slot == "number" and about == quantity.counted
    if not kind or (is_thing and _NOT_COUNTED.match(text, quantity.end, quantity.end + 12)):
        return None  # "six other ships" are no count of the ships, "on lap seven the car" counts no cars
    counted = class_of(quantity.counted) if quantity.counted else ""
    if quantity.ordinal and slot == "number":
        high = float("inf")  # "a third man has died": three at least
    if _WHOLE.search(text, max(0, quantity.start - 12), quantity.start):
        kind = f"all {kind}"
    return Value(
        unit=n, slot=slot, kind=kind, about=about, text=text[quantity.start : quantity.end].strip(), value=_plain(quantity), low=low * scale,
        high=high * scale, start=quantity.start, end=quantity.end, core=governing(unit, at), near=nearby(unit, at),
        counted="" if counted in _ANYBODY else counted,
    )  # fmt: skip


def _named_before(unit: Unit, quantity: QuantityMention, resolution: Resolution) -> Entity | None:
    """The person whom the words right before an age name."""
    for name in unit.markup.names:
        if name.type == "person" and 0 <= quantity.start - name.end <= NAME_GAP:
            span = Span(article=unit.article.id, start=name.start, end=name.end)
            held = resolution.entity_of.get(span)
            return next((e for e in resolution.entities if e.id == held), None)
    return None


def _kind(unit: Unit, quantity: QuantityMention, at: int) -> tuple[SlotName, str, str, float]:
    """The slot, the kind, what a reader calls it, and the scale to a common unit."""
    state = people_state(unit, at)
    noun = class_of(quantity.counted) if quantity.counted else ""
    if quantity.counted == "age":
        whose = aged(unit, quantity, at)
        return "number", f"age {whose}" if whose else "", "age", _IN_YEARS.get(quantity.unit, 1.0)
    if quantity.ordinal and state.startswith("killed"):
        return "number", state, "people killed", 1.0
    if quantity.ordinal:
        return "ordinal", " ".join(["ordinal", noun, *described(unit, at)]) if noun else "", quantity.counted, 1.0
    if quantity.unit in _HOURS:
        event = what_lasts(unit, at, quantity.end)
        about = "time in prison" if event == PRISON else f"length of the {event}"
        return "duration", f"duration {event}" if event else "", about, _HOURS[quantity.unit]
    if quantity.unit:
        name, scale = BASE_UNITS.get(quantity.unit, (quantity.unit, 1.0))
        return "number", " ".join(["unit", name, *measured(unit, at)]), quantity.counted or quantity.unit, scale
    if state:
        return "number", state, f"people {state}", 1.0
    return "number", " ".join([noun, *measured(unit, at)]) if noun else "", quantity.counted, 1.0


def _plain(quantity: QuantityMention) -> str:
    number = f"{quantity.value:.0f}" if quantity.value == int(quantity.value) else f"{quantity.value:g}"
    if not quantity.unit or (quantity.counted == "age" and quantity.unit == "year"):
        return number
    if quantity.unit in _HOURS:
        return f"{number} {quantity.unit}{'' if number == '1' else 's'}"
    return f"{number} {quantity.unit}"


def _date(n: int, unit: Unit, time: TimeMention, resolution: Resolution) -> Value | None:
    at = token_at(unit, time.start, time.end)
    published = resolution.published.get(unit.article.id, unit.article.published)
    interval = ground_between(time.expression, published)
    if (
        at is None
        or interval is None
        or interval.earliest is None
        or interval.latest is None
        or time.precision == "unknown"
    ):
        return None
    if _FISCAL.search(unit.article.text, max(0, time.start - 8), time.end):
        return None  # another year's accounts
    if _SIGNED.search(unit.article.text[max(0, time.start - 80) : time.start]):
        return None  # when a quoted post was written: two posts never contradict each other by their dates
    if (interval.latest - interval.earliest).days > 366 * YEARS_MAX:
        return None
    return Value(
        unit=n, slot="date", kind="date", about="date", text=unit.article.text[time.start : time.end], value=_days(interval),
        low=float(interval.earliest.toordinal()), high=float(interval.latest.toordinal()), start=time.start, end=time.end,
        core=governing(unit, at), near=nearby(unit, at), reckoned=_reckoned(time.expression) + _ahead(interval, published),
        edition=_edition(unit, at, time.end), is_recent=_is_recent(interval, published),
        is_listed=sum(t.type == "DATE" and unit.start <= t.start < unit.end for t in unit.markup.times) > 1,
    )  # fmt: skip


def _clock_time(n: int, unit: Unit, time: TimeMention) -> Value | None:
    """A time of day to the minute; what is given in whole hours may lie half an hour off, what is about then, a little."""
    found = _CLOCK.match(time.expression)
    at = token_at(unit, time.start, time.end)
    if found is None or at is None:
        return None
    minute = 60.0 * int(found["hour"]) + int(found["minute"])
    text = unit.article.text
    if not (
        any(c.isalpha() for c in text[time.start : time.end])
        or _HOUR_BEFORE.search(text, max(0, time.start - 24), time.start)
        or _HOUR_BEHIND.match(text, time.end, time.end + 12)
    ):
        return None  # how long a video is
    about = _ABOUT.search(text, max(0, time.start - 16), time.start)
    give = HOUR_GIVE if not int(found["minute"]) else ABOUT_GIVE if about else 0.0
    core = governing(unit, at)
    return Value(
        unit=n, slot="date", kind="clock", about="time", text=unit.article.text[time.start : time.end], value=f"{found['hour']}:{found['minute']}",
        low=minute - give, high=minute + give, start=time.start, end=time.end, core=core, near=nearby(unit, at), reckoned="clock",
    )  # fmt: skip


def _edition(unit: Unit, at: int, end: int) -> str:
    """The class of the noun that a date stands before ("the 2009 final", "an Oct. 19 meeting"), "" of any other date."""
    tokens = unit.markup.tokens
    noun = tokens.head[at]
    before = tokens.dep[at] in _BEFORE_NOUN and at < noun < unit.last and tokens.start[noun] >= end
    return class_of(tokens.lemma[noun]) if before and tokens.pos[noun] in ("NOUN", "PROPN") else ""


def _reckoned(expression: str) -> str:
    """How an expression gives its day: by weekday, by the calendar, or counted from when it was written."""
    if re.search(r"\b(?:rel|shift|last|next|rest|in|ref|weekend|holiday|unit)\(", expression):
        return "counted"
    return "weekday" if "weekday(" in expression else "calendar"


def _ahead(interval: Interval, published: When) -> str:
    """Whether a day was still to come when it was written of: what is planned contradicts nothing that happened."""
    is_ahead = published.latest is not None and interval.earliest is not None and interval.earliest > published.latest
    return " ahead" if is_ahead else ""


def _is_recent(interval: Interval, published: When) -> bool:
    """Whether a day is at most `RECENT_DAYS` before the article came out, or after it."""
    if published.earliest is None or interval.latest is None:
        return False
    return (published.earliest - interval.latest).days <= RECENT_DAYS


def _days(interval: Interval) -> str:
    first, last = str(interval.earliest), str(interval.latest)
    if first == last:
        return first
    if first.endswith("-01-01") and last == first[:4] + "-12-31":
        return first[:4]
    return first[:7] if first[:7] == last[:7] and first.endswith("-01") and last[8:] >= "28" else f"{first}/{last}"
