"""What one article tells about a name: is it a person, an organization or a place? Evidence is counted, then weighed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from copydesk.model.markup import NameType
from copydesk.reference.gazetteer import gazetteer
from copydesk.reference.sources import find_agency, find_outlet, has_agency_form
from copydesk.reference.titles import HONORIFICS, OFFICES, ORGANIZATION_ENDS, PLACE_HEADS, RANKS

_PLACE_BEFORE = re.compile(r"\b(?:in|near|outside|across|inside|throughout|around|toward|towards|leave|left|visit|visited|reach|invade|"
                           r"north of|south of|east of|west of|city of|town of|village of|capital of|state of|province of)\s+"
                           r"(?:the\s+|central\s+|northern\s+|southern\s+|eastern\s+|western\s+|downtown\s+|nearby\s+)*$", re.I)  # fmt: skip
_WEAK_PLACE_BEFORE = re.compile(r"\b(?:at|from|to|of)\s+$", re.I)
_CITY_BEFORE = re.compile(r"\b(?:cities|city|town|village|capital|province|district|region|country|nation|island)s?(?:\s+(?:of|,))?\s*$")
_HEAD_BEHIND = re.compile(r"\s+(?:province|city|county|district|state|region|village|town|island|river|valley|forest|prison|airport)\b")
_TITLE_BEFORE = re.compile(r"\b([A-Za-z.’'-]+)\s+$")
_SPEAKS = re.compile(r"^,?\s+(?:said|says|told|added|wrote|tweeted|explained|insisted|recalled|asked|replied|admitted|joked)\b")
_AGE = re.compile(r"^,\s+(?:\d{1,2}|aged\s+\d{1,2}|who|whose|a\s+[a-z]+)\b")
_SAID_BEFORE = re.compile(r"[”\"’,]\s+(?:said|says|added)\s+$")
_ORGANIZATION_LEADS = frozenset(["university", "ministry", "department", "bank", "institute", "office", "bureau", "council", "ministry", "board", "church", "club", "court", "house", "college", "academy", "committee", "association", "school", "hospital", "museum", "federation", "league", "order", "society"])  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One place where a name stands: the words around it, what the tagger called it, and whether in a headline."""

    before: str
    after: str
    type: NameType
    tagged: bool
    title_case: bool


def own_evidence(name: str) -> dict[NameType, float]:
    """What the tables and the name's own words say."""
    words = re.findall(r"[\w.’'&-]+", name)
    last, first = words[-1].casefold(), words[0].casefold()
    weights: dict[NameType, float] = {"person": 0.0, "organization": 0.0, "place": 0.0}
    cased = name.title() if name.isupper() and len(name) > 4 else name
    wide = [p for p in gazetteer().find(cased) if p.kind != "city"]
    cities = [p.population for p in gazetteer().find(cased) if p.kind == "city"]
    if gazetteer().country_of(name) or gazetteer().country_of(cased) or wide:
        weights["place"] += 6.0
    elif cities:
        largest = max(cities)
        weights["place"] += 3.5 if largest >= 500_000 else 2.5 if largest >= 100_000 else 1.5
    if len(words) > 1 and last in PLACE_HEADS:
        weights["place"] += 3.0
    if len(words) > 1 and (last in ORGANIZATION_ENDS or first in _ORGANIZATION_LEADS or last.rstrip("s") in ORGANIZATION_ENDS):
        weights["organization"] += 4.0
    if find_agency(name) or find_outlet(name) or has_agency_form(name):
        weights["organization"] += 5.0
    if re.fullmatch(r"[A-Z][A-Z&.-]{1,7}|[A-Z]{1,4}[a-z]?[A-Z]{1,4}s?", name) and not weights["place"]:
        weights["organization"] += 2.0
    return weights


def context_evidence(seen: Sequence[Seen]) -> dict[NameType, float]:
    """What the tagger and the words around say, over every place where the name stands."""
    weights: dict[NameType, float] = {}
    tagged = [s for s in seen if s.tagged]
    for s in tagged:
        share = (0.4 if s.title_case else 1.0) / max(1, len(tagged))
        weights[s.type] = weights.get(s.type, 0.0) + 2.5 * share
    capped: dict[NameType, float] = {"person": 0.0, "organization": 0.0, "place": 0.0}
    for s in seen:
        if _PLACE_BEFORE.search(s.before) or _CITY_BEFORE.search(s.before):
            capped["place"] += 1.5
        elif _WEAK_PLACE_BEFORE.search(s.before):
            capped["place"] += 0.3
        if _HEAD_BEHIND.match(s.after):
            capped["place"] += 2.0
        title = _TITLE_BEFORE.search(s.before)
        if title is not None:
            word = title[1].casefold().strip(".,")
            capped["person"] += 4.0 if word in HONORIFICS | RANKS else 2.5 if word in OFFICES else 0.0
        if _SPEAKS.match(s.after) or _SAID_BEFORE.search(s.before):
            capped["person"] += 1.0
        if _AGE.match(s.after):
            capped["person"] += 1.0
        if s.before.endswith((" the ", "The ")):
            capped["organization"] += 0.5
            capped["person"] -= 0.5
    for kind, weight in capped.items():
        weights[kind] = weights.get(kind, 0.0) + min(5.0, weight)
    return weights


def decide(evidence: Iterable[Mapping[NameType, float]]) -> tuple[NameType, float]:
    """The type with the most weight and its lead over the next one; ties go to the first in a fixed order."""
    total: dict[NameType, float] = {}
    for weights in evidence:
        for kind, weight in weights.items():
            total[kind] = total.get(kind, 0.0) + weight
    order: tuple[NameType, ...] = ("person", "organization", "place", "event", "work", "other")
    ranked = sorted(order, key=lambda kind: (-total.get(kind, 0.0), order.index(kind)))
    best, second = ranked[0], ranked[1]
    if total.get(best, 0.0) <= 0.0:
        return "other", 0.0
    return best, total.get(best, 0.0) - total.get(second, 0.0)
