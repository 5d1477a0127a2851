"""Bodies of states and between states that news never introduces: usual names and other spellings, from a table."""

from __future__ import annotations

from functools import cache

from copydesk.reference.shipped import read_rows


@cache
def _names() -> dict[str, str]:
    found: dict[str, str] = {}
    for name, others, _ in read_rows("organizations.tsv"):
        for written in (name, *filter(None, others.split("|"))):
            found[written] = name
    return found


def find_organization(text: str) -> str | None:
    """The usual name of a well-known organization, by a name as written; None when the table has none."""
    return _names().get(text)
