"""The numbers and times that two units give → whether they agree or differ."""

from __future__ import annotations

from copydesk.aligning.units import Unit
from copydesk.model.markup import QuantityMention
from copydesk.model.stories import Resolution
from copydesk.model.times import Interval, When
from copydesk.text.calendar import ground

BASE_UNITS = {
    "kilometre": ("metre", 1000.0), "centimetre": ("metre", 0.01), "millimetre": ("metre", 0.001), "mile": ("metre", 1609.34),
    "foot": ("metre", 0.3048), "inch": ("metre", 0.0254), "yard": ("metre", 0.9144), "ton": ("kilogram", 1000.0),
    "tonne": ("kilogram", 1000.0), "pound": ("kilogram", 0.4536), "ounce": ("kilogram", 0.02835), "gram": ("kilogram", 0.001),
    "acre": ("hectare", 0.4047), "mile/hour": ("kilometre/hour", 1.609),
}  # fmt: skip
ALIKE = 0.02  # share by which one amount in two units may differ


def numbers_of(unit: Unit) -> tuple[QuantityMention, ...]:
    """The quantities within a unit."""
    return tuple(q for q in unit.markup.quantities if unit.start <= q.start < unit.end)


def number_evidence(ours: tuple[QuantityMention, ...], theirs: tuple[QuantityMention, ...]) -> tuple[float, float]:
    """How many numbers are alike (log), and whether numbers of one kind stand against each other with none alike."""
    if not ours or not theirs:
        return 0.0, 0.0
    alike = sum(
        any(a.ordinal == b.ordinal and abs(a.value - b.value) <= 0.005 * abs(a.value) for b in theirs) for a in ours
    )
    differ = not alike
    return float(alike > 0) + 0.5 * float(alike > 1), float(differ)


def amount_evidence(ours: tuple[QuantityMention, ...], theirs: tuple[QuantityMention, ...]) -> tuple[float, float]:
    """Whether some amounts of one thing agree, units of one kind brought to one (400 pounds, 181 kg); whether they only differ."""
    if not ours or not theirs:
        return 0.0, 0.0
    agree = differ = False
    for one in ours:
        for other in theirs:
            (unit, value), (unit_other, value_other) = in_base(one), in_base(other)
            if unit == unit_other and (unit or not one.counted or not other.counted or one.counted == other.counted):
                close = abs(value - value_other) <= ALIKE * max(abs(value), abs(value_other))
                agree, differ = agree or close, differ or not close
    return float(agree), float(differ and not agree)


def in_base(quantity: QuantityMention) -> tuple[str, float]:
    """A quantity's unit and value, units of one kind brought to one: feet and miles to metres."""
    name, scale = BASE_UNITS.get(quantity.unit, (quantity.unit, 1.0))
    return name, quantity.value * scale


def times_of(unit: Unit, resolution: Resolution) -> tuple[Interval, ...]:
    """The days that a unit names, read from the day its article was published."""
    published = resolution.published.get(unit.article.id, unit.article.published)
    found = []
    for mention in unit.markup.times:
        if unit.start <= mention.start < unit.end and mention.type in ("DATE", "TIME"):
            interval = ground_between(mention.expression, published)
            if interval is not None:
                found.append(interval)
    return tuple(found)


def ground_between(expression: str, published: When) -> Interval | None:
    """The days that an expression can mean when written on any day of `published`; None when that says nothing."""
    anchors = (published.earliest, published.latest)
    known = [g for g in (ground(expression, anchor) for anchor in anchors) if g.precision != "unknown"]
    if len(known) < 2 or all(g.interval.earliest is None and g.interval.latest is None for g in known):
        return None
    starts = [g.interval.earliest for g in known]
    ends = [g.interval.latest for g in known]
    return Interval(
        earliest=min((s for s in starts if s is not None), default=None) if None not in starts else None,
        latest=max((e for e in ends if e is not None), default=None) if None not in ends else None,
    )


def time_evidence(ours: tuple[Interval, ...], theirs: tuple[Interval, ...]) -> tuple[float, float]:
    if not ours or not theirs:
        return 0.0, 0.0
    meet = any(a.meets(b) for a in ours for b in theirs)
    return float(meet), float(not meet)
