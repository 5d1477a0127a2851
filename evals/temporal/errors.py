"""Gold and found times → the commonest errors by type. Types and counts alone: no text of a set is printed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from copydesk.text.calendar_grounded import split_term
from evals.temporal.timex import Timex, gold_of, pairs

TOP = 20


def commonest(records: Sequence[dict[str, Any]], found: Sequence[Sequence[Timex]]) -> list[tuple[int, str]]:
    """How often each type of error was made, the commonest first."""
    counts: Counter[str] = Counter()
    for record, times in zip(records, found, strict=True):
        counts.update(_errors(gold_of(record), times))
    return [(n, kind) for kind, n in sorted(counts.items(), key=lambda item: (-item[1], item[0]))][:TOP]


def _errors(gold: list[dict[str, Any]], times: Sequence[Timex]) -> Iterable[str]:
    matched, used = set(), set()
    for t, mention in pairs(gold, times):
        matched.add(t["start"])
        used.add(mention.start)
        if t["value"] != mention.value:
            same = " (another spelling)" if plain(t["value"]) == plain(mention.value) else ""
            yield f"value{same}: gold {shape(t['value'])}, read {shape(mention.value)} as {_make(mention)}"
        if (t["start"], t["end"]) != (mention.start, mention.end):
            yield f"span only: {t['type']} {'wider' if mention.end - mention.start > t['end'] - t['start'] else 'narrower'} than gold"
    yield from (f"missed: {t['type']} {shape(t['value'])}" for t in gold if t["start"] not in matched)
    yield from (f"not in gold: {m.type} {shape(m.value)} as {_make(m)}" for m in times if m.start not in used)


def _make(mention: Timex) -> str:
    """The kinds of terms that an expression is made of, without what they hold."""
    name, arguments = split_term(mention.reading)
    inside = split_term(arguments[-1])[0] if arguments and "(" in arguments[-1] else ""
    return f"{name}({inside})" if inside else name or "?"


def shape(value: str | None) -> str:
    """A value with 9 for every digit: 9999-W99."""
    return re.sub(r"\d", "9", value) if value else "nothing"


def plain(value: str | None) -> str | None:
    """A value in its shortest spelling: 1949-XX is 1949, 199X is 199, 2000-W7 is 2000-W07."""
    if value is None or not value[:1].isdigit():
        return value
    value = re.sub(r"(?:-XX|-WXX|-QX)+$", "", value)
    return re.sub(r"-W(\d)(?!\d)", r"-W0\1", re.sub(r"^(\d{2,3})X{1,2}$", r"\1", value))
