"""Shipped tables and typed look-ups: agencies and outlets, places, words of attribution, titles."""

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
    "Outlet",
    "Source",
    "find_agency",
    "find_outlet",
    "has_agency_form",
    "outlet_of_host",
    "read_credited",
]
