"""Toponyms of articles → the places of the gazetteer that they mean, by what else the article and its outlet name."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from statistics import median

from copydesk.model.articles import Article
from copydesk.reference import GazetteerPlace, gazetteer

# Weights of the grounds, in powers of ten of inhabitants; set by hand on all articles of places/, none held out. Over
# the two halves of its outlets acc161 is .82 and .88. To tune anew: python -m evals places.
STANDING = {"country": 8.0, "region": 7.0, "county": 4.0, "city": 0.0}  # what a bare name of that kind weighs
INHABITANTS = 0.8  # a city's weight a power of ten of its inhabitants
NAMED_BEHIND = 8.0  # the region or country stands behind the name: "Paris, Texas"
IN_ARTICLE, IN_OUTLET = 3.0, 5.0  # times the share of the article's (outlet's) names that lie in the same region
CAPITAL = 4.0  # more for a country's capital where no country bears the name
COUNTRY_PART = 0.5  # what the same country counts of that
NEAR_HOME, NEAR_KM = 3.0, 80.0  # right where the outlet is; how fast that fades
OUTLET_LEAST = 3  # articles of an outlet from which it has a home
_BEHIND = re.compile(r"\s?,\s+((?:[A-Z][\w.]*)(?:\s[A-Z][\w.]*){0,2})|\s\(([A-Z][\w. ]{1,24})\)")
_PARTS = frozenset(
    ["North", "South", "East", "West", "Northern", "Southern", "Eastern", "Western", "Central", "Upper", "Lower"]
)
_EARTH_KM = 6371.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Toponym:
    """A place name or a country's adjective as it stands in an article."""

    article: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaning:
    """Where the names of an article or an outlet lie: shares of countries and of regions, and the middle of its region."""

    countries: Mapping[str, float] = field(default_factory=dict)
    regions: Mapping[tuple[str, str], float] = field(default_factory=dict)
    middle: tuple[float, float] | None = None

    def share(self, place: GazetteerPlace) -> float:
        """How much of the names speak for a place's region, its country counting in part."""
        country = self.countries.get(place.country, 0.0)
        if place.kind == "country":
            return country
        region = self.regions.get((place.country, place.admin1), 0.0) if place.admin1 else country
        return (1 - COUNTRY_PART) * region + COUNTRY_PART * country


NOWHERE = Leaning()


def locate_toponyms(toponyms: Sequence[Toponym], articles: Sequence[Article]) -> list[GazetteerPlace | None]:
    """The place that each toponym means, None where the gazetteer has none of that name.

    A name means one place throughout an article. Articles of one outlet tell together where the outlet is at home.
    """
    text_of = {a.id: a.text for a in articles}
    outlet_of = {a.id: a.outlet or "" for a in articles}
    named: dict[str, dict[str, list[Toponym]]] = {}
    for t in toponyms:
        named.setdefault(t.article, {}).setdefault(t.text, []).append(t)
    by_outlet: dict[str, list[str]] = {}
    for article in sorted(named):
        by_outlet.setdefault(outlet_of[article], []).append(article)
    homes = {
        outlet: lean([t for a in held for t in named[a]])
        for outlet, held in by_outlet.items() if outlet and len(held) >= OUTLET_LEAST
    }  # fmt: skip
    meant: dict[tuple[str, str], GazetteerPlace | None] = {}
    for article, names in named.items():
        home, own = homes.get(outlet_of[article], NOWHERE), lean(list(names))
        for text, held in names.items():
            behind = [_behind(text_of[article], t) for t in held]
            meant[article, text] = _choose(text, [b for b in behind if b], own, home)
    return [meant[t.article, t.text] for t in toponyms]


def candidates(text: str) -> tuple[GazetteerPlace, ...]:
    """The places that a name may mean; an adjective means its country."""
    written = text.title() if text.isupper() and len(text) > 4 else text
    written = re.sub(r"\s+", " ", written.replace("’", "'")).removeprefix("the ").removeprefix("The ")
    if written.endswith("'s"):
        written = written[:-2]
    if code := gazetteer().country_of(written):
        places = tuple(p for p in gazetteer().find(written) if not gazetteer().is_adjective(written))
        country = tuple(
            GazetteerPlace(name=c.name, kind="country", lat=c.lat, lon=c.lon, country=code, admin1="", population=0)
            for c in gazetteer().countries if c.code == code
        )  # fmt: skip
        return places or country
    others = (written, f"{written}.", written.rstrip("."), f"{written} County", f"{written} Parish", _turned(written))
    return next((found for name in others if (found := gazetteer().find(name))), ())


def _turned(name: str) -> str:
    """The place that a part or a township is called after ("East Harbour", "Harbour Township"), "Mayo County" turned."""
    first, _, rest = name.partition(" ")
    if rest == "County":
        return f"County {first}"
    if first in _PARTS and rest:
        return rest
    return name.removesuffix(" Township").removesuffix(" Twp.")


def lean(texts: Sequence[str]) -> Leaning:
    """Where names lie, every name sharing its one vote among the regions that have a place of that name."""
    countries: Counter[str] = Counter()
    regions: Counter[tuple[str, str]] = Counter()
    held: dict[tuple[str, str], list[GazetteerPlace]] = {}
    for text in texts:
        places = candidates(text)
        if not places:
            continue
        wide = [p for p in places if p.kind in ("country", "region")]
        voters = [*wide, *_capitals_among(places)] if wide else places
        keys = sorted({(p.country, p.admin1) for p in voters})
        for country, admin1 in keys:
            countries[country] += 1 / len(keys)  # type: ignore[assignment]
            if admin1:
                regions[country, admin1] += 1 / len(keys)  # type: ignore[assignment]
        for p in places:
            if p.kind in ("city", "county"):
                held.setdefault((p.country, p.admin1), []).append(p)
    total = countries.total() or 1
    best = min(regions, key=lambda r: (-regions[r], r)) if regions else None
    return Leaning(
        countries={c: n / total for c, n in countries.items()},
        regions={r: n / total for r, n in regions.items()},
        middle=_middle(held.get(best, ())) if best else None,
    )


def _middle(places: Iterable[GazetteerPlace]) -> tuple[float, float] | None:
    listed = list(places)
    return (median(p.lat for p in listed), median(p.lon for p in listed)) if listed else None


def _behind(text: str, toponym: Toponym) -> str | None:
    """The name that stands behind a toponym as what it lies in."""
    match = _BEHIND.match(text, toponym.end, toponym.end + 60)
    return (match[1] or match[2]) if match else None


def _choose(text: str, behind: Sequence[str], own: Leaning, home: Leaning) -> GazetteerPlace | None:
    places = candidates(text)
    if not places:
        return None
    capitals = _capitals_among(places)
    within = {(p.country, p.admin1) for name in behind for p in _wide(name)}

    def weight(place: GazetteerPlace) -> float:
        total = STANDING[place.kind] + INHABITANTS * math.log10(place.population + 10)
        total += CAPITAL * (place in capitals)
        total += IN_ARTICLE * own.share(place) + IN_OUTLET * home.share(place)
        if place.kind in ("city", "county") and (
            (place.country, place.admin1) in within or (place.country, "") in within
        ):
            total += NAMED_BEHIND
        if home.middle and place.kind in ("city", "county"):
            total += NEAR_HOME * math.exp(-distance_km((place.lat, place.lon), home.middle) / NEAR_KM)
        return total

    return max(places, key=lambda p: (weight(p), p.population, p.name, p.country, p.admin1, p.lat))


def _capitals_among(places: Sequence[GazetteerPlace]) -> list[GazetteerPlace]:
    """The capitals of countries, where no place is a country itself ("Luxembourg")."""
    if any(p.kind == "country" for p in places):
        return []
    return [
        p for p in places if p.kind == "city" and p.population and p.name.startswith(_capitals().get(p.country, "\0"))
    ]


@cache
def _capitals() -> dict[str, str]:
    return {c.code: c.capital.partition(",")[0] for c in gazetteer().countries if c.capital}


def _wide(name: str) -> list[GazetteerPlace]:
    """The regions and countries that a name or its first words mean: "Ohio Tuesday" is Ohio."""
    words = name.split()
    for n in range(len(words), 0, -1):
        found = [p for p in candidates(" ".join(words[:n])) if p.kind in ("country", "region")]
        if found:
            return found
    return []


def distance_km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Great-circle distance of two places in degrees north and east."""
    lat_a, lon_a, lat_b, lon_b = map(math.radians, (*a, *b))
    half = math.sin((lat_b - lat_a) / 2) ** 2 + math.cos(lat_a) * math.cos(lat_b) * math.sin((lon_b - lon_a) / 2) ** 2
    return 2 * _EARTH_KM * math.asin(min(1.0, math.sqrt(half)))
