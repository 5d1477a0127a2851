"""Shipped tables and typed look-ups: agencies and outlets, places, words of attribution, titles."""

from copydesk.reference.gazetteer import Country, Gazetteer, GazetteerPlace, gazetteer
from copydesk.reference.sources import (
    Agency,
    Outlet,
    Source,
    find_agency,
    find_outlet,
    has_agency_form,
    outlet_of_host,
    read_credited,
)

__all__ = [
    "Agency",
    "Country",
    "Gazetteer",
    "GazetteerPlace",
    "Outlet",
    "Source",
    "find_agency",
    "find_outlet",
    "gazetteer",
    "has_agency_form",
    "outlet_of_host",
    "read_credited",
]
