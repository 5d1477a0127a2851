"""What a user can set about resolving."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolvingOptions:
    """Bounds and measures of one story's people, places and quotations."""

    spread_names: bool = True  # look for names found in one article in the others, where the tagger missed them
    pronouns: bool = True  # follow "he", "she" and "the minister" to a person
    quote_overlap: float = 0.6  # share of the shorter quotation's content words that a variant must hold
    links: str = ""  # an export of Wikidata (CSV) or OpenSanctions (FollowTheMoney JSON lines), or a folder of such
    main_entities: int = 8  # most that are named as who, and as where
