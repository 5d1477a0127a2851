"""What one article tells about a name: is it a person, an organization or a place? Evidence is counted, then weighed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from copydesk.model.markup import NameType
from copydesk.reference.gazetteer import gazetteer
from copydesk.reference.given_names import is_given_name
from copydesk.reference.organizations import find_organization
from copydesk.reference.sources import find_agency, find_outlet, has_agency_form, has_outlet_form
from copydesk.reference.titles import (
    EVENT_ENDS,
    FACILITY_HEADS,
    HONORIFICS,
    OFFICES,
    ORGANIZATION_ENDS,
    PLACE_HEADS,
    RANKS,
)
from copydesk.reference.words import word_set

_PLACE_BEFORE = re.compile(r"\b(?:in|near|outside|across|inside|throughout|around|toward|towards|leave|left|visit|visited|reach|invade|"
                           r"north of|south of|east of|west of)\s+"
                           r"(?:the\s+|central\s+|northern\s+|southern\s+|eastern\s+|western\s+|downtown\s+|nearby\s+)*$", re.I)  # fmt: skip
_WEAK_PLACE_BEFORE = re.compile(r"\b(?:at|from|to|of)\s+$", re.I)
_CITY_BEFORE = re.compile(
    r"\b(?:cities|city|town|village|capital|province|district|region|country|nation|island)s?(?:\s+(?:of|,))?\s*$"
)
_HEAD_BEHIND = re.compile(
    r"\s+(?:province|city|county|district|state|region|village|town|island|river|valley|forest|prison|airport)\b"
)
_REGION_BEHIND = re.compile(
    r"^,?\s+in\s+(?:the\s+)?(?:central|north|south|east|west)(?:ern|east|west|eastern|western)?\b|"
    r"^,\s+(?:a|an|the)\s+(?:[a-z-]+\s){0,3}(?:town|village|city|district|province|suburb|port|island|region|capital|neighbou?rhood)\b"
)
_TITLE_BEFORE = re.compile(r"\b([A-Za-z.’'-]+)\s+$")
_SPEAKS = re.compile(
    r"^,?\s+(?:said|says|told|added|wrote|tweeted|explained|insisted|recalled|asked|replied|admitted|joked|reports|reported|writes)\b"
)
_COMPANY = re.compile(r"^(?:['’]s)?\s+(?:spokes\w+|chief executive|CEO|shares|customers|employees|executives|headquarters|subsidiary|"
                      r"stock|investors|officials|board of directors)\b")  # fmt: skip
_GROUP_BEFORE = re.compile(r"\b(?:group|militants?|militia|faction|party|company|firm|airline|carrier|bank|agency|union|movement|cartel|gang|"
                           r"insurgents|network|charity|club|team|startup|giant|maker|retailer|sect|app|service|operator|rebels)\s+$")  # fmt: skip
_GROUP_BEHIND = re.compile(r"^[ -](?:militants?|fighters?|insurgents?|extremists?|gunmen|terrorists?|members?|group|insurgency|commanders?|"
                           r"rebels?|sect|jihadists?|executives?|linked|affiliated|backed|owned|run)\b")  # fmt: skip
_AGE = re.compile(r"^,\s+(?:\d{1,2}|aged\s+\d{1,2}|who)\b")
_SAID_BEFORE = re.compile(r"[”\"’,]\s+(?:said|says|added)\s+$")
_LAW_ENDS = word_set(
    "act bill treaty agreement accord code constitution doctrine resolution convention protocol amendment"
)
_FEAST = re.compile(r"(?:New Year|Christmas|Easter|Ramadan|Eid|Hanukkah|Thanksgiving|Halloween|Passover|Diwali)\b")
_ORGANIZATION_LEADS = word_set(
    """
    university ministry department bank institute office bureau council ministry board church club court house
    college academy committee association school hospital museum federation league order society
    """
)  # fmt: skip


# How much the tagger's word counts for a name of one word and for a longer one; with the small English pipeline a lone
# word called a person or an organization is often a place. Set on surface forms of annotated dossiers and on toponyms
# of local news; set them anew when the pipeline changes.
ALONE_WEIGHTS: dict[NameType, float] = {"person": 2.0, "organization": 1.7, "other": 1.0}
JOINED_WEIGHTS: dict[NameType, float] = {"person": 3.0, "organization": 2.2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One place where a name stands: the words around it, what the tagger called it, and whether in a headline."""

    before: str
    after: str
    type: NameType
    tagged: bool
    title_case: bool


def own_evidence(name: str, *, ordinary: bool) -> dict[NameType, float]:
    """What the tables and the name's own words say. `ordinary`: the article has the word in lower case as well."""
    words = re.findall(r"[\w.’'&-]+", name.removeprefix("The "))
    last, first = words[-1].casefold(), words[0].casefold()
    weights: dict[NameType, float] = {"person": 0.0, "organization": 0.0, "place": 0.0}
    cased = name.title() if name.isupper() and len(name) > 4 else name
    wide = [p for p in gazetteer().find(cased) if p.kind != "city"]
    cities = [p.population for p in gazetteer().find(cased) if p.kind == "city"]
    if gazetteer().country_of(name) or gazetteer().country_of(cased) or wide:
        weights["place"] += 6.0
    elif cities and not ordinary:
        largest = max(cities)
        weights["place"] += 4.0 if largest >= 500_000 else 2.8 if largest >= 100_000 else 1.4
    if len(words) > 1 and last in PLACE_HEADS | FACILITY_HEADS:
        weights["place"] += 3.6
    if (
        len(words) > 1
        and (last in ORGANIZATION_ENDS or first in _ORGANIZATION_LEADS or last.rstrip("s") in ORGANIZATION_ENDS)
    ) or any(w.casefold() in ORGANIZATION_ENDS and after in ("and", "&") for w, after in pairwise(words)):
        weights["organization"] += 4.0
    if last in EVENT_ENDS or last.endswith("fest") or _FEAST.match(name):
        weights["event"] = 4.0
    if find_organization(name):
        weights["organization"] += 6.0
    if len(words) > 1 and last in _LAW_ENDS:
        weights["work"] = 3.0
    if (
        2 <= len(words) <= 4
        and not any(weights.values())
        and is_given_name(words[0])
        and all(w[0].isupper() for w in words)
    ):
        weights["person"] += 3.0
    if name.startswith("The ") and has_outlet_form(name):
        weights["organization"] += 3.0
    if find_agency(name) or find_outlet(name) or has_agency_form(name):
        weights["organization"] += 5.0
    if re.fullmatch(r"[A-Z][A-Z&.-]{1,7}|[A-Z]{1,4}[a-z]?[A-Z]{1,4}s?", name) and not weights["place"]:
        weights["organization"] += 2.0
    return weights


def context_evidence(seen: Sequence[Seen], *, alone: bool) -> dict[NameType, float]:
    """What the tagger and the words around say, over every place where the name stands."""
    weights: dict[NameType, float] = {}
    tagged = [s for s in seen if s.tagged]
    for s in tagged:
        share = (0.4 if s.title_case else 1.0) / max(1, len(tagged))
        weights[s.type] = (
            weights.get(s.type, 0.0) + (ALONE_WEIGHTS if alone else JOINED_WEIGHTS).get(s.type, 2.5) * share
        )
    capped: dict[NameType, float] = {"person": 0.0, "organization": 0.0, "place": 0.0}
    for s in seen:
        if _CITY_BEFORE.search(s.before):
            capped["place"] += 3.0
        elif _PLACE_BEFORE.search(s.before):
            capped["place"] += 1.5
        elif _WEAK_PLACE_BEFORE.search(s.before):
            capped["place"] += 0.5
        if _HEAD_BEHIND.match(s.after) or _REGION_BEHIND.match(s.after):
            capped["place"] += 2.0
        title = _TITLE_BEFORE.search(s.before)
        if title is not None:
            word = title[1].casefold().strip(".,")
            capped["person"] += 4.0 if word in HONORIFICS | RANKS else 2.5 if word in OFFICES else 0.0
        if _SPEAKS.match(s.after) or _SAID_BEFORE.search(s.before):
            capped["person"] += 1.5
            capped["organization"] += 0.75
        if _GROUP_BEFORE.search(s.before) or _GROUP_BEHIND.match(s.after):
            capped["organization"] += 2.0
        if _COMPANY.match(s.after):
            capped["organization"] += 2.0
        if _AGE.match(s.after):
            capped["person"] += 1.0
        if s.before.endswith((" the ", "The ")):
            capped["organization"] += 0.5
            capped["person"] -= 0.5
    if capped["place"] >= 1.5 and capped["person"] <= 0.0 and "person" in weights:
        weights["person"] *= 0.6  # nobody is ever "in" a person
    for kind, weight in capped.items():
        weights[kind] = weights.get(kind, 0.0) + min(5.0, weight)
    return weights


def decide(evidence: Iterable[Mapping[NameType, float]]) -> NameType:
    """The type with the most weight, "other" when nothing speaks for any; ties go to the first in a fixed order."""
    total: dict[NameType, float] = {}
    for weights in evidence:
        for kind, weight in weights.items():
            total[kind] = total.get(kind, 0.0) + weight
    order: tuple[NameType, ...] = ("person", "organization", "place", "event", "work", "other")
    best = min(order, key=lambda kind: (-total.get(kind, 0.0), order.index(kind)))
    return best if total.get(best, 0.0) > 0.0 else "other"
