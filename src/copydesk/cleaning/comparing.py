"""Article text → the reason why it cannot be compared with others, None when it can."""

from __future__ import annotations

import re

from copydesk.cleaning.features import words_of
from copydesk.cleaning.options import CleaningOptions

OPENING_WORDS, STUB_WORDS = 60, 150  # what stands before a paywall; the longer only where it breaks off
_WALL = re.compile(
    r"(?:subscribe|sign (?:in|up)|log ?in|register|join)(?: now| today)? (?:to|and) (?:continue|read|keep|unlock|access|view)|"
    r"(?:already|not yet) a (?:subscriber|member)|subscribers? only|for subscribers|(?:continue|keep) reading with|"
    r"to (?:read|view|see) (?:the (?:full|whole|rest)|this (?:story|article)|more),? (?:please )?(?:subscribe|register|sign|log)|"
    r"(?:want|get) to (?:read|keep reading)|(?:article|content|story) is (?:reserved|only|available|exclusively)[^.\n]{0,40}(?:subscriber|member)|"
    r"(?:free|monthly) (?:articles?|stories) (?:left|remaining|this month)|you(?:'|’)?ve (?:reached|read)|start (?:your )?(?:free )?trial|unlock (?:this|the)|"
    r"full access|premium content|jetzt (?:weiterlesen|abonnieren)|réservé aux abonnés|solo para suscriptores",
    re.IGNORECASE,
)
_BREAKS_OFF = re.compile(r"(?:…|\.\.\.|\[…\]|\[\.\.\.\])[\s\"”’)»\]]{0,3}$")


def find_obstacle(body: str, dropped: str, language: str, options: CleaningOptions) -> str | None:
    """Why an article is listed but not compared. `dropped` is what stands behind it, where a paywall speaks."""
    count = len(words_of(body))
    if language not in options.languages.split():
        if language == "und" and count < options.min_words:
            return _too_short(count)
        return f"language {language} has no pack"
    asks = _WALL.search(dropped[:4_000]) or _WALL.search(body[-400:])
    if asks and (count < OPENING_WORDS or (count < STUB_WORDS and _BREAKS_OFF.search(body[-10:]))):
        return f"paywall stub: {count} words, then “{' '.join(asks.group().split())}”"
    return _too_short(count) if count < options.min_words else None


def _too_short(count: int) -> str:
    if count == 1:
        return "one word"
    return f"too short to compare: {count} words"
