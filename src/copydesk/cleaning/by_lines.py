"""A line's text → the names of those who, it says, wrote the article."""

from __future__ import annotations

import re
from dataclasses import dataclass

from copydesk.cleaning.stamps import find_stamps
from copydesk.reference.given_names import is_given_name

LONGEST = 140
MAX_NAMES, MAX_NAME_WORDS = 6, 5
# How a line in one of the larger news languages begins that says whose work the text is.
_LEAD = (
    r"(?:(?:erstellt|geschrieben|verfasst|veröffentlicht|eingestellt|gepostet|aufgezeichnet|written|posted|published|reported|story|words|text|texte|texto|article|"
    r"publié|écrit|rédigé|propos recueillis|escrito|publicado|redactado|scritto|pubblicato|geschreven|geplaatst|napisan[ey]|"
    r"(?:eine?\s|une?\s|blog\s|gast-?)?(?:kolumne|beitrag|gastbeitrag|blogbeitrag|kommentar|analyse|interview|essay|reportage|glosse|chronique|tribune|bericht|column|opinion|commentary|comment))"
    r"(?:\s(?:beitrag|post|on|am|le|el)(?=\s))?\s+)"
)
_BY = re.compile(rf"^[\W_]{{0,8}}(?P<lead>{_LEAD}?)(?:by|von|vom|par|por|door)\s*:?\s+(?=\S)", re.IGNORECASE)
_BARE_BY = re.compile(
    r"^[\W_]{0,8}(?:di|da|av|af|przez)\s+(?=[A-ZÀ-Þ])|^By(?=[A-Z][a-z])|^Escribe\s+(?=[A-ZÀ-Þ])", re.IGNORECASE
)
_LATER_BY = re.compile(
    r"^(?:posted|published|written|erstellt|veröffentlicht|publié|publicado)\b.{3,60}?\s(?:by|von|par|por)\s+(?=\S)",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"^[\W_]{0,4}(?:autor(?:in|en|es|a|i|zy|ka)?|authors?|auteur(?:e|s|rice)?|autore|text(?:e|o)?|testo|tekst|текст|redakteur(?:in)?|verfasser(?:in)?|"
    r"(?:written|posted|story|words) by|by|von|par|por|автор(?:ы)?|skribent|forfatter|kirjoittaja|szerző|yazar|συντάκτης|الكاتب|reporter|journalist(?:e|in)?|interview(?: von)?)\s?(?P<mark>:|$)\s*",
    re.IGNORECASE)  # fmt: skip
_AND = frozenset(("and", "und", "et", "y", "e", "og", "och", "&", "/", "i", "и"))
PARTICLES = frozenset(
    (
        "de",
        "von",
        "van",
        "der",
        "den",
        "la",
        "le",
        "al",
        "bin",
        "ben",
        "da",
        "di",
        "dos",
        "del",
        "della",
        "el",
        "ter",
        "ten",
        "zu",
        "af",
        "ibn",
        "du",
        "do",
        "e",
    )
)
_STOPS = frozenset(
    ("published", "updated", "posted", "veröffentlicht", "aktualisiert", "monday", "tuesday", "wednesday", "thursday",
     "friday", "saturday", "sunday", "montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag",
     "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche", "the", "for", "in", "on", "at", "staff",
     "senior", "chief", "special")
)  # fmt: skip
_BEHIND = re.compile(
    r"^\s*(?:$|[|•·,–—\-/(+\[]|\d|(?:am|on|in|under|at|le|el|für|for|from|vom|unter|dans|em|en|published|updated|posted|staff|senior|chief|special|monday|tuesday|wednesday|thursday|friday|saturday|sunday|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """The names that a line gives, and whether they stand with words that say so in full."""

    names: tuple[str, ...]
    sure: bool


def take_names(text: str) -> tuple[list[str], str]:
    """The names with which a text begins, joined by commas or "and", and what is left behind them."""
    names: list[str] = []
    current: list[str] = []
    rest = text
    while rest:
        token = re.match(r"\s*([^\s,;|•·–—()\[\]+]+)([,;]?)\s*", rest)
        if token is None:
            break
        word, comma = token.group(1), token.group(2)
        lowered = word.casefold().rstrip(":")
        if lowered in _AND and current:
            names.append(" ".join(current))
            current = []
        elif _is_name_word(word, lowered) or (current and lowered in PARTICLES):
            current.append(word)
        else:
            break
        if len(current) > MAX_NAME_WORDS or len(names) >= MAX_NAMES:
            return [], text
        rest = rest[token.end() :]
        if comma and current:
            names.append(" ".join(current))
            current = []
    while current and current[-1].casefold() in PARTICLES:
        current.pop()
    if current:
        names.append(" ".join(current))
    return names, rest


def _is_name_word(word: str, lowered: str) -> bool:
    first = word.lstrip("“\"'‘(@")[:1]
    return (
        first.isalpha()
        and not first.islower()
        and lowered.rstrip(".") not in _STOPS
        and not any(c.isdigit() for c in word)
    )


def names_in_line(text: str, before: str = "") -> Named | None:
    """Whom a line names as its article's writers, by its own words or by the label in the line before; else None."""
    text = " ".join(text.split())
    if not text or len(text) > LONGEST:
        return None
    later = _LATER_BY.match(text)
    by = later or _BY.match(text) or _BARE_BY.match(text)
    if by is not None:
        names, rest = take_names(text[by.end() :])
        lead = later is not None or bool(by.groupdict().get("lead"))
        dated = bool(find_stamps(rest))
        if not names or not _BEHIND.match(rest) or (len(rest.split()) > 10 and not dated and not lead):
            return None
        whole = lead or dated or any(" " in n for n in names)
        return Named(names=tuple(names), sure=lead or dated or not rest) if whole else None
    label = _LABEL.match(text)
    if label is not None and label.group("mark"):
        names, rest = take_names(text[label.end() :])
        return Named(names=tuple(names), sure=True) if names and _BEHIND.match(rest) else None
    label = _LABEL.match(" ".join(before.split())) if len(before) < 24 else None
    if label is not None and label.end() == len(before.strip()):
        names, rest = take_names(text)
        return Named(names=tuple(names), sure=True) if names and not rest.strip() else None
    return None


def name_beside_stamp(text: str) -> str | None:
    """The name that stands alone with a time stamp in one line: a given name and more, or any behind a mark."""
    if len(text) > 90:
        return None
    stamps = find_stamps(text)
    if len(stamps) != 1:
        return None
    for place, part in enumerate((text[: stamps[0].start], text[stamps[0].end :])):
        for piece in re.split(r"\s*[|•·]\s*", part):
            names, rest = take_names(piece)
            if len(names) != 1 or not 2 <= len(names[0].split()) <= 3 or rest.strip():
                continue
            if is_given_name(names[0].split()[0]) or (place == 1 and "|" in part):
                return names[0]
    return None


def is_byline(text: str) -> bool:
    """Whether a line does nothing but say who wrote the article."""
    found = names_in_line(text) if len(text) <= 100 else None
    return found is not None and found.sure
