"""The tagger's spans and runs of proper nouns → where names stand, titles, articles and possessives cut off."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc

from copydesk.model.markup import NameType
from copydesk.reference.gazetteer import gazetteer
from copydesk.reference.stopwords import STOPWORDS
from copydesk.reference.titles import HONORIFICS, RANKS, TITLE_FILLERS, is_title_word

_TYPES: dict[str, NameType] = {
    "PERSON": "person", "ORG": "organization", "NORP": "other", "GPE": "place", "LOC": "place", "FAC": "place",
    "EVENT": "event", "WORK_OF_ART": "work", "LAW": "work", "PRODUCT": "other",
}  # fmt: skip
_CALENDAR = frozenset(
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march", "april", "june", "july", "august", "september", "october", "november", "december", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "today", "yesterday", "tomorrow", "tonight", "gmt", "est", "edt", "pst", "pdt", "cet", "bst", "utc", "am", "pm", "christmas", "easter"]
)
_LEAD = re.compile(r"(?:(?:the|a|an|our|his|her|their|its|this|that|these|those|my|your|both|all|some|many)\b|[\W_])+", re.I)
_POSSESSIVE = re.compile(r"(?:['’]s|['’])$")
_INNER_POSSESSIVE = re.compile(r"['’]s?\s+(?=[A-Z])")
_TAIL = re.compile(r"(?:[^\w.)&!+]|(?<=\w\w)\.)+$")
_JOINERS = frozenset({"-", "&", "de", "la", "del", "al", "el", "bin", "ben", "van", "von", "der", "du", "da", "dos", "ibn", "ul", "ud", "–"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch that may be a name, the type that the tagger gives it, and how it was found."""

    start: int
    end: int
    type: NameType
    tagged: bool


def find_pieces(doc: Doc, text: str) -> Iterator[Piece]:
    """The tagger's names and the runs of proper nouns that it left out, in order, tidied."""
    for start, end, kind, tagged in sorted({*_entities(doc), *_runs(doc)}):
        yield from _tidy(text, Piece(start=start, end=end, type=kind, tagged=tagged))


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
        if (token is not None and free and token.pos_ == "PROPN" and (token.text[0].isupper() or _is_mixed(token.text))) or (token is not None and free and run and token.text in _JOINERS and i + 1 < len(doc) and doc[i + 1].pos_ == "PROPN"):
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
    """A piece without what is no part of the name, in two where a possessive joins two names."""
    start, end = piece.start, piece.end
    newline = text.find("\n", start, end)
    if newline >= 0:
        end = newline
    start, end = _trim(text, start, end)
    for match in _INNER_POSSESSIVE.finditer(text, start, end):
        owner = text[start : match.start()]
        if gazetteer().country_of(owner) or (gazetteer().find(owner) and not gazetteer().find(text[start:end])):
            yield from _tidy(text, Piece(start=start, end=match.start(), type="place", tagged=piece.tagged))
            yield from _tidy(text, Piece(start=match.end(), end=end, type=piece.type, tagged=piece.tagged))
            return
    if piece.type == "person" or not piece.tagged:
        start, before = _without_titles(text, start, end)
        yield from before
    if end - start < 2 or not _can_be_name(text[start:end]):
        return
    yield Piece(start=start, end=end, type=piece.type, tagged=piece.tagged)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while True:
        before = start, end
        lead = _LEAD.match(text, start, end)
        if lead and lead.end() < end and not text[start:end].startswith(("The Hague", "al-", "el-")):
            start = lead.end()
        tail = _TAIL.search(text[start:end])
        if tail:
            end = start + tail.start()
        possessive = _POSSESSIVE.search(text[start:end])
        if possessive and possessive.start() > 0:
            end = start + possessive.start()
        if (start, end) == before or start >= end:
            return start, end


def _without_titles(text: str, start: int, end: int) -> tuple[int, list[Piece]]:
    """Where the name begins behind its titles ("Foreign Minister Ana Brook"), and the nationality among them."""
    words = list(re.finditer(r"\S+", text[start:end]))
    titles, cut, found = 0, 0, []
    for i, word in enumerate(words[:-1]):
        plain = word.group().strip(",")
        adjective = gazetteer().is_adjective(plain)
        if adjective and i == cut:
            found.append(Piece(start=start + word.start(), end=start + word.start() + len(plain), type="other", tagged=True))
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
    plain = [w.casefold().strip(".'’") for w in words]
    if all(w in _CALENDAR or w in STOPWORDS or is_title_word(w) or w.isdigit() for w in plain) and name not in ("US", "WHO", "IT"):
        return name.isupper() and 1 < len(name) < 6 and plain[0] not in _CALENDAR and not is_title_word(plain[0])
    return not re.search(r"https?:|www\.|@", name)
