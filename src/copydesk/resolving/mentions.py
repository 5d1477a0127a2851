"""A name as it stands in one article."""

from __future__ import annotations

from dataclasses import dataclass

from copydesk.model.markup import NameType
from copydesk.resolving.spelling import Name


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A name as it stands in one article, without form of address and possessive.

    `key` holds its folded words; `address` the form of address before it, "" when there is none, which begins at
    `address_start`; `sentence` counts from 0. `found_by` is the tagger's reason or says where the name was learned.
    """

    article: str
    start: int
    end: int
    text: str
    key: Name
    type: NameType
    address: str
    address_start: int
    sentence: int
    found_by: str
