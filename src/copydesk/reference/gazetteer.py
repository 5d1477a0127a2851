"""Place names → places: countries with their adjectives, states and regions, counties, cities, from shipped tables."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Literal

import numpy as np
import numpy.typing as npt

from copydesk.reference.keys import place_key
from copydesk.reference.shipped import read_rows, read_text

GazetteerKind = Literal["country", "region", "county", "city"]


@dataclass(frozen=True, slots=True, kw_only=True)
class GazetteerPlace:
    """A place of the tables: degrees north and east, ISO 3166 country ("" when in several), GeoNames admin1 code.

    `population` is 0 for regions and counties. A country's place is its rough middle.
    """

    name: str
    kind: GazetteerKind
    lat: float
    lon: float
    country: str
    admin1: str
    population: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """A country or territory: ISO 3166 alpha-2 code, usual name, other names, adjectives and demonyms, capital."""

    code: str
    name: str
    names: tuple[str, ...]
    adjectives: tuple[str, ...]
    capital: str
    lat: float
    lon: float


class Gazetteer:
    """The shipped places. Tables are read at the first use; the cities take about 0.1 s."""

    @cached_property
    def countries(self) -> tuple[Country, ...]:
        """Every country of the table."""
        return tuple(
            Country(
                code=code, name=name, names=_split(others), adjectives=_split(adjectives), capital=capital,
                lat=float(lat), lon=float(lon),
            )
            for code, name, others, adjectives, capital, lat, lon in read_rows("countries.tsv")
        )  # fmt: skip

    def find(self, name: str) -> tuple[GazetteerPlace, ...]:
        """The places of that name: countries, then regions, counties, and cities by population; () when there is none."""
        key = place_key(name)
        if not key or name == name.lower():
            return ()
        if name.endswith(".") and name in self._abbreviations:
            return self._abbreviations[name]
        wide = self._wide.get(key, ())
        if len(key) <= 3 and name.isupper():
            return wide  # "US", "UAE": initials name no city
        if len(key) <= 3 and name not in self._short_names:
            wide = ()  # "Car", "Us"
        return wide + self._counties.get(key, ()) + self._cities(key)

    def is_abbreviation(self, name: str) -> bool:
        """Whether a name with its full stop is a state's or province's short form ("Pa.", "N.S.")."""
        return name in self._abbreviations

    def towns_within(self, south: float, north: float, west: float, east: float) -> tuple[tuple[float, float], ...]:
        """(latitude, longitude) of the towns in a box of degrees, most people first; the first call takes about 0.2 s."""
        lat, lon = self._town_places[:, 0], self._town_places[:, 1]
        inside = self._town_places[(lat >= south) & (lat <= north) & (lon >= west) & (lon <= east)]
        return tuple((float(a), float(b)) for a, b in inside)

    def country_of(self, name: str) -> str | None:
        """The country that a name, adjective or demonym means ("Mali", "Malian", "Malians" → "ML"), else None."""
        return self._country_names.get(name) or self._adjectives.get(name)

    def is_adjective(self, word: str) -> bool:
        """Whether a word is a country's adjective or demonym, as written ("Malian", "Dutchman")."""
        return word in self._adjectives

    @cached_property
    def _abbreviations(self) -> dict[str, tuple[GazetteerPlace, ...]]:
        return {name: (place,) for names, place in self._regions for name in names if name.endswith(".")}

    @cached_property
    def _regions(self) -> tuple[tuple[tuple[str, ...], GazetteerPlace], ...]:
        found = []
        for code, name, others, country, lat, lon in read_rows("regions.tsv"):
            region = GazetteerPlace(
                name=name, kind="region", lat=float(lat), lon=float(lon), country=country.strip(),
                admin1=code.partition(".")[2].strip("-"), population=0,
            )  # fmt: skip
            found.append(((name, *_split(others)), region))
        return tuple(found)

    @cached_property
    def _short_names(self) -> frozenset[str]:
        regions = (name for names, _ in self._regions for name in names)
        return frozenset(n for n in (*self._country_names, *regions) if len(n) <= 3)

    @cached_property
    def _country_names(self) -> dict[str, str]:
        return {name: c.code for c in self.countries for name in (c.name, *c.names)}

    @cached_property
    def _adjectives(self) -> dict[str, str]:
        return {adjective: c.code for c in self.countries for adjective in c.adjectives}

    @cached_property
    def _wide(self) -> dict[str, tuple[GazetteerPlace, ...]]:
        found: dict[str, tuple[GazetteerPlace, ...]] = {}
        for c in self.countries:
            place = GazetteerPlace(
                name=c.name, kind="country", lat=c.lat, lon=c.lon, country=c.code, admin1="", population=0
            )
            for key in sorted({place_key(name) for name in (c.name, *c.names)}):
                found[key] = (*found.get(key, ()), place)
        for names, region in self._regions:
            for written in names:
                if not written.endswith("."):
                    found[place_key(written)] = (*found.get(place_key(written), ()), region)
        return found

    @cached_property
    def _counties(self) -> dict[str, tuple[GazetteerPlace, ...]]:
        found: dict[str, tuple[GazetteerPlace, ...]] = {}
        for key, name, lat, lon, country, admin1 in read_rows("counties.tsv.gz"):
            county = GazetteerPlace(
                name=name, kind="county", lat=float(lat), lon=float(lon), country=country, admin1=admin1, population=0
            )
            found[key] = (*found.get(key, ()), county)
        return found

    @cached_property
    def _lines(self) -> list[str]:
        return [line for line in read_text("cities.tsv.gz").split("\n") if line and not line.startswith("#")]

    @cached_property
    def _town_places(self) -> npt.NDArray[np.float64]:
        """Latitude and longitude a row, each town once, most people first."""
        rows = {
            (name, lat, lon, int(people)) for _, name, lat, lon, _, _, people in (x.split("\t") for x in self._lines)
        }
        ordered = sorted(rows, key=lambda row: (-row[3], row))
        return np.array([(float(lat), float(lon)) for _, lat, lon, _ in ordered], dtype=np.float64).reshape(-1, 2)

    def _cities(self, key: str) -> tuple[GazetteerPlace, ...]:
        lines, start = self._lines, f"{key}\t"
        found = []
        at = bisect_left(lines, start)
        while at < len(lines) and lines[at].startswith(start):
            _, name, lat, lon, country, admin1, population = lines[at].split("\t")
            found.append(
                GazetteerPlace(
                    name=name, kind="city", lat=float(lat), lon=float(lon), country=country, admin1=admin1,
                    population=int(population),
                )
            )  # fmt: skip
            at += 1
        return tuple(found)


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split("|") if part)


@cache
def gazetteer() -> Gazetteer:
    """The one gazetteer, its tables read once a process."""
    return Gazetteer()
