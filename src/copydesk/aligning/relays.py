"""Claims whose words say that the fact comes from somebody else's report."""

from __future__ import annotations

import re
from collections.abc import Sequence

from copydesk.aligning.units import Unit
from copydesk.model.spans import Stretch
from copydesk.text.normalise import fold

_PAPER = re.compile(
    r"\b(?:Times|News|Post|Herald|Tribune|Gazette|Journal|Daily|Chronicle|Telegraph|Guardian|Observer|Press|Radio|TV|Television|"
    r"Globe|Star|Mail|Courier|Mirror|Agency|Broadcasting|Enquirer|Advertiser|Record|Dispatch|Examiner|Register|Sentinel)\b"
)
_BEFORE = re.compile(
    r"\b(?:told|according\s+to|reported\s+(?:by|in)|quoted\s+by|cited\s+by|interview\s+with|statement\s+to)\s+(?:the\s+)?(?:[\w.-]+\s+){0,3}$",
    re.I,
)
_AFTER = re.compile(r"\s*,?\s*(?:reports?|reported|quoted|cited|quotes|cites)\b", re.I)
_REACH = 60


def relays_of(units: Sequence[Unit]) -> list[frozenset[str]]:
    """For each unit the names, folded, of the agencies, papers and stations that its sentence credits for the fact."""
    return [frozenset(_credited(unit) | _named(unit) | _via(unit)) for unit in units]


def _credited(unit: Unit) -> set[str]:
    inside = Stretch(start=unit.sentence.start, end=unit.sentence.end)
    return {
        _key(c.name)
        for c in unit.article.credits
        if c.kind == "relay" and not c.span.in_source and Stretch(start=c.span.start, end=c.span.end).overlap(inside)
    }


def _named(unit: Unit) -> set[str]:
    text, sentence = unit.article.text, unit.sentence
    return {
        _key(name.text)
        for name in unit.markup.names
        if sentence.start <= name.start < sentence.end
        and _PAPER.search(name.text)
        and (
            _BEFORE.search(text, max(sentence.start, name.start - _REACH), name.start)
            or _AFTER.match(text, name.end, min(sentence.end, name.end + _REACH))
        )
    }


def _via(unit: Unit) -> set[str]:
    text = unit.article.text
    return {
        _key(text[via.start : via.end])
        for quote in unit.markup.quotes
        for via in quote.via
        if any(s.overlap(Stretch(start=unit.start, end=unit.end)) for s in quote.content)
    }


def _key(name: str) -> str:
    return re.sub(r"^the", "", "".join(c for c in fold(name) if c.isalnum()))
