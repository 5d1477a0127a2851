"""Short and familiar forms of given names: "Bill" for "William"."""

from __future__ import annotations

from functools import cache

from copydesk.reference.shipped import read_rows
from copydesk.text.normalise import fold


@cache
def _names_of() -> dict[str, frozenset[str]]:
    """Each folded name or form with the names that it may stand for, itself among them."""
    found: dict[str, set[str]] = {}
    for name, forms in read_rows("nicknames.tsv"):
        for form in (name, *forms.split()):
            found.setdefault(fold(form), set()).add(fold(name))
    return {form: frozenset(names) for form, names in found.items()}


def is_nickname(one: str, other: str) -> bool:
    """Whether one of two folded given names is a familiar form of the other; two forms of one name are not."""
    if one == other:
        return False
    return one in _names_of().get(other, ()) or other in _names_of().get(one, ())
