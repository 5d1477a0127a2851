"""The tagger's spans and runs of proper nouns → where names stand, titles, articles and possessives cut off."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc

from copydesk.model.markup import NameType
from copydesk.reference.gazetteer import gazetteer
from copydesk.reference.organizations import find_organization
from copydesk.reference.sources import find_agency, find_outlet
from copydesk.reference.stopwords import STOPWORDS
from copydesk.reference.titles import (
    FACILITY_HEADS,
    HONORIFICS,
    KEPT_TITLES,
    OFFICES,
    ORGANIZATION_ENDS,
    PLACE_HEADS,
    RANKS,
    STRICT_TITLES,
    TITLE_FILLERS,
    is_title_word,
)
from copydesk.reference.words import word_set

_TYPES: dict[str, NameType] = {
    "PERSON": "person", "ORG": "organization", "NORP": "other", "GPE": "place", "LOC": "place", "FAC": "place",
    "EVENT": "event", "WORK_OF_ART": "work", "LAW": "work", "PRODUCT": "other",
}  # fmt: skip
_CALENDAR = word_set(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april june july august
    september october november december jan feb mar apr jun jul aug sep sept oct nov dec today yesterday
    tomorrow tonight gmt est edt pst pdt cet bst utc am pm christmas easter
    """
)
_LEAD = re.compile(r"(?:(?:the|a|an|our|his|her|their|its|this|that|these|those|my|your|courtesy of)\b|[\W_])+", re.I)
_CAPITAL_ARTICLE = re.compile(r"[a-z,;:]\s+[“\"]?The\s$")
_ABBREVIATED = re.compile(r"(?:\b(?:Inc|Corp|Co|Ltd|Jr|Sr|Bros|St|Ave|Blvd)|\b(?:[A-Z]\.)+[A-Z])$")
_STROKE = re.compile(r"\s?/\s?|\s[-–—|•]\s|\s?\(|\n")
_LISTED = re.compile(r",\s(?:and\s)?|\sand\s")
_CAPTION_TAIL = re.compile(r"\s+(?:Images?|Photos?|Pictures?|caption|PA|AP|AFP|EPA|Reuters|REUTERS|Getty|Rex|REX)$")
_CAPTION_LEAD = re.compile(r"(?:PA|AP|AFP|EPA|Reuters|REUTERS)\s+(?=[A-Z][a-z]+\s[A-Z][a-z])")
_FACILITY = re.compile(
    r"\s(?:(?:military|state|national|federal|refugee|detention|high-security|maximum-security)\s)?([a-z]{3,10})\b"
)
_LINK = re.compile(r"[-–](?:i|e|ye|al|el|ul|ud|us|as|ur|un)[-–]")  # "Mazar-i-Sharif", "Lashkar-e-Taiba", "Abd-al-Rahman"
_POSSESSIVE = re.compile(r"(?:['’]s|['’])$")
_INNER_POSSESSIVE = re.compile(r"['’]s?\s+(?=[A-Z])")
_TAIL = re.compile(r"(?:[^\w.)&!+]|(?<=\w\w)\.)+$")
_PAGE_WORDS = word_set(
    """
    email photo photos file image images video videos slideshow writing editing reporting report share follow
    read source sources agencies courtesy graphic story stories advertisement live update updates more related
    comments caption picture pictures text copyright topics tags newsletter subscribe headline headlines menu
    search home login register
    """
)
_SWITCHES = frozenset({"hide", "show", "toggle", "read", "view", "watch", "all"})  # with a word of pages: "Hide Caption"
_JUMBLE = re.compile(r"(?=\w*\d)(?=\w*[a-z])(?=\w*[A-Z])\w{7,}$")  # the tail of a shortened link
_JOINERS = frozenset(
    {
        "-",
        "&",
        "de",
        "la",
        "del",
        "al",
        "el",
        "bin",
        "ben",
        "van",
        "von",
        "der",
        "du",
        "da",
        "dos",
        "ibn",
        "ul",
        "ud",
        "–",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch that may be a name, the type that the tagger gives it, and how it was found."""

    start: int
    end: int
    type: NameType
    tagged: bool


def find_pieces(doc: Doc, text: str) -> Iterator[Piece]:
    """The tagger's names and the runs of proper nouns that it left out, in order, tidied."""
    rough = [Piece(start=start, end=end, type=kind, tagged=tagged)
             for start, end, kind, tagged in sorted({*_entities(doc), *_runs(doc)})]  # fmt: skip
    for piece in _joined(text, rough):
        yield from _tidy(text, piece)


def _joined(text: str, pieces: list[Piece]) -> list[Piece]:
    """Pieces of one name put together: a given name the tagger left out, "Islamic" + "State", "X's" + "Hospital"."""
    done: list[Piece] = []
    for piece in pieces:
        last = done[-1] if done else None
        kind = _join_type(text, last, piece) if last is not None and last.end <= piece.start else None
        if last is not None and kind is not None:
            done[-1] = Piece(start=last.start, end=piece.end, type=kind, tagged=last.tagged or piece.tagged)
        else:
            done.append(piece)
    return done


def _join_type(text: str, left: Piece, right: Piece) -> NameType | None:
    """The type of the name that two neighbours make up together; None when they are two names."""
    between, a, b = text[left.end : right.start], text[left.start : left.end], text[right.start : right.end]
    places = gazetteer()
    if _LINK.fullmatch(between) and a[:1].isupper() and b[:1].isupper():
        return "place" if places.find(text[left.start : right.end]) else right.type if left.type == "other" else left.type
    if between == " " and a[:1].isupper() and b[:1].isupper():
        plain = not any(
            places.country_of(w) or is_title_word(w) or w.casefold() in _CALENDAR | STOPWORDS for w in (a, b)
        )
        if plain and "person" in (left.type, right.type) and left.tagged != right.tagged:
            return "person" if len(a.split()) + len(b.split()) <= 4 else None
        if (
            left.tagged
            and left.type == "other"
            and right.type in ("organization", "other")
            and plain
            and not a.endswith("s")
        ):
            return "organization"
    if (a.endswith((" and", " &")) and between == " ") or (
        between in (" and ", " & ") and re.search(r" (?:for|of|on) ", a)
    ):
        return (
            "organization"
            if (left.type == "organization" and not right.tagged)
            or b.split()[-1].casefold() in PLACE_HEADS | ORGANIZATION_ENDS
            else None
        )
    words = [w.casefold() for w in b.split()]
    owner = re.fullmatch(r"['’]?s?\s", between) is not None and (between != " " or re.search(r"['’]s?$", a))
    if (
        owner
        and words
        and words[-1] in ORGANIZATION_ENDS | PLACE_HEADS
        and len(words) <= 4
        and (a.startswith("St") or not places.find(re.sub(r"['’]s?$", "", a)))
    ):
        return "organization" if words[-1] in ORGANIZATION_ENDS else "place"
    return None


def _entities(doc: Doc) -> Iterator[tuple[int, int, NameType, bool]]:
    for entity in doc.ents:
        kind = _TYPES.get(entity.label_)
        if kind is not None:
            yield entity.start_char, entity.end_char, kind, True


def _runs(doc: Doc) -> Iterator[tuple[int, int, NameType, bool]]:
    """Runs of capitalised proper nouns that no entity of any label touches."""
    run: list[int] = []
    for i in range(len(doc) + 1):
        token = doc[i] if i < len(doc) else None
        free = token is not None and token.ent_iob_ in ("O", "")
        if (
            token is not None and free and token.pos_ == "PROPN" and (token.text[0].isupper() or _is_mixed(token.text))
        ) or (
            token is not None
            and free
            and run
            and token.text in _JOINERS
            and i + 1 < len(doc)
            and doc[i + 1].pos_ == "PROPN"
        ):
            run.append(i)
        elif run:
            while run and doc[run[-1]].text in _JOINERS:
                run.pop()
            if run:
                yield doc[run[0]].idx, doc[run[-1]].idx + len(doc[run[-1]].text), "other", False
            run = []


def _is_mixed(word: str) -> bool:
    return any(c.isupper() for c in word) and len(word) > 2


def _tidy(text: str, piece: Piece) -> Iterator[Piece]:
    """A piece without what is no part of the name, in two where a possessive or a stroke joins two names."""
    start, end = _trim(text, piece.start, piece.end)
    start, end = _without_caption_words(text, start, end)
    parts = _parts(text, start, end)
    if len(parts) > 1:
        for a, b in parts:
            yield from _tidy(text, Piece(start=a, end=b, type=piece.type, tagged=piece.tagged))
        return
    for match in _INNER_POSSESSIVE.finditer(text, start, end):
        owner = text[start : match.start()]
        rest = text[match.end() : end]
        heads = rest.split()[-1].casefold() in ORGANIZATION_ENDS | PLACE_HEADS if rest.split() else True
        place = gazetteer().country_of(owner) is not None or (_is_large(owner) and (not heads or " " in rest))
        named = find_organization(owner) or find_agency(owner) or find_outlet(owner)
        other = find_organization(rest) or find_agency(rest) or find_outlet(rest)
        if place or named or other:
            kind: NameType = "place" if place else "organization" if named else piece.type
            yield from _tidy(text, Piece(start=start, end=match.start(), type=kind, tagged=piece.tagged))
            kind = "organization" if other else piece.type
            yield from _tidy(text, Piece(start=match.end(), end=end, type=kind, tagged=piece.tagged))
            return
    kind = piece.type
    first = text[start:end].split(" ", 1)[0].casefold().rstrip(".")
    if (
        first in STRICT_TITLES | {"prince", "princess", "king", "queen"}
        and piece.type not in ("person", "event", "work")
        and _is_person_like(text[start:end])
    ):
        kind = "person"
    if kind == "person" or not piece.tagged:
        start, before = _without_titles(text, start, end)
        yield from before
    if end - start < 2 or not _can_be_name(text[start:end]):
        return
    if text.startswith(".", end) and _keeps_stop(text[start : end + 1]):
        end += 1
    facility = _FACILITY.match(text, end)
    if facility and facility[1] in FACILITY_HEADS and (kind != "person" or " " not in text[start:end]):
        end, kind = facility.end(), "place"
    if _CAPITAL_ARTICLE.search(text[max(0, start - 12) : start]):
        titled = find_outlet("The " + text[start:end]) is not None
        if titled or kind in ("organization", "work", "other"):
            start, kind = text.rindex("The", 0, start), "organization" if titled else kind
    yield Piece(start=start, end=end, type=kind, tagged=piece.tagged)


def _parts(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The stretches of a tagged run that are names of their own: around strokes and dashes, in lists of countries."""
    whole = text[start:end]
    cuts = list(_STROKE.finditer(whole))
    if not cuts:
        listed = list(_LISTED.finditer(whole))
        words = _LISTED.split(whole)
        within = len(words) == 2 and ", " in whole and not gazetteer().find(whole) and _is_wide(words[1])
        cuts = listed if within or (len(words) > 1 and all(_is_large(w) for w in words)) else []
    bounds = [0, *(x for m in cuts for x in (m.start(), m.end())), len(whole)]
    return [(start + a, start + b) for a, b in zip(bounds[::2], bounds[1::2], strict=True) if b - a > 1]


def _is_wide(name: str) -> bool:
    """Whether a name is a country or region, as behind a town's ("Port Vessel, Ohio")."""
    return any(p.kind != "city" for p in gazetteer().find(name))


def _is_large(name: str) -> bool:
    """Whether a name is a region or a city of a hundred thousand or more."""
    return any(p.kind != "city" or p.population >= 100_000 for p in gazetteer().find(name))


def _without_caption_words(text: str, start: int, end: int) -> tuple[int, int]:
    """A name without the photo credit that a flattened caption glued to it ("Ana Brook Image", "Port Vessel AFP")."""
    while match := _CAPTION_TAIL.search(text, start, end):
        if match.start() <= start or find_agency(text[start:end], credited=True):
            break
        end = match.start()
    lead = _CAPTION_LEAD.match(text, start, end)
    if lead and lead.end() < end and not find_agency(text[start:end], credited=True):
        start = lead.end()
    return start, end


def _is_person_like(name: str) -> bool:
    """Whether a title and what follows can be a person: two to four words, none that organizations and places end in."""
    words = [w.casefold() for w in name.split()]
    return 2 <= len(words) <= 5 and not any(
        w in ORGANIZATION_ENDS | PLACE_HEADS or w in ("of", "and", "&") for w in words[1:]
    )


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while True:
        before = start, end
        lead = _LEAD.match(text, start, end)
        if lead and lead.end() < end and not text[start:end].startswith(("The Hague", "al-", "el-")):
            start = lead.end()
        tail = _TAIL.search(text[start:end])
        if tail and not _keeps_stop(text[start:end]):
            end = start + tail.start()
        if text[start:end].endswith((" and", " &", " of", " for")):
            end = start + text[start:end].rindex(" ")
        possessive = _POSSESSIVE.search(text[start:end])
        if possessive and possessive.start() > 0:
            end = start + possessive.start()
        if (start, end) == before or start >= end:
            return start, end


def _keeps_stop(name: str) -> bool:
    """Whether the full stop at the end belongs to the name ("Pa.", "Acme Inc.")."""
    return name.endswith(".") and (gazetteer().is_abbreviation(name) or _ABBREVIATED.search(name[:-1]) is not None)


def _without_titles(text: str, start: int, end: int) -> tuple[int, list[Piece]]:
    """Where the name begins behind its titles ("Foreign Minister Ana Brook"), and the nationality among them."""
    words = list(re.finditer(r"\S+", text[start:end]))
    if len(words) > 2 and words[0].group() == "First" and words[1].group() in ("Lady", "Minister"):
        return start + words[2].start(), []
    titles, cut = 0, 0
    found: list[Piece] = []
    for i in range(min(3, len(words) - 2), 0, -1):  # "Works Minister Ana Brook"
        if words[i].group().casefold() in OFFICES and len(words) - i > 2 and words[0].group() not in ("St", "St."):
            return _without_titles(text, start + words[i + 1].start(), end)
    for i, word in enumerate(words[:-1]):
        plain = word.group().strip(",")
        if plain.casefold() in KEPT_TITLES:
            break
        adjective = gazetteer().is_adjective(plain)
        if adjective and i == cut:
            found.append(
                Piece(start=start + word.start(), end=start + word.start() + len(plain), type="other", tagged=True)
            )
            cut = i + 1
        elif is_title_word(plain) or (plain.casefold() in TITLE_FILLERS):
            titles += is_title_word(plain)
            cut = i + 1
        else:
            break
    if cut == 0 or (titles == 0 and not found) or not words[cut].group()[0].isupper():
        return start, []
    if len(words) == 2 and not found and words[0].group().casefold().strip(".") not in HONORIFICS | RANKS:
        rest = words[1].group().casefold()
        if is_title_word(rest) or rest in STOPWORDS:
            return start, []
    return start + words[cut].start(), found


def _can_be_name(name: str) -> bool:
    """Whether words can be a name at all: letters with a capital, and no weekday, number, pronoun or title alone."""
    words = re.findall(r"[\w.’'&-]+", name)
    if not words or len(words) > 12 or not any(c.isalpha() for c in name) or name == name.lower():
        return False
    if len(words) == 1 and (words[0].casefold() in _PAGE_WORDS or _JUMBLE.match(words[0])):
        return False
    if len(words) > 1 and all(w.casefold() in _PAGE_WORDS | _SWITCHES for w in words):
        return False
    plain = [w.casefold().strip(".'’") for w in words]
    if all(
        w in _CALENDAR or w in STOPWORDS or is_title_word(w) or w in TITLE_FILLERS or w.isdigit() for w in plain
    ) and name not in ("US", "WHO", "IT"):
        return name.isupper() and 1 < len(name) < 6 and plain[0] not in _CALENDAR and not is_title_word(plain[0])
    return not re.search(r"https?:|www\.|@", name)
