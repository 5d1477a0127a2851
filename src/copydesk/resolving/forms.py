"""Mentions → forms: each distinct spelling of a story once, and which two of them may be one entity."""

from __future__ import annotations

import hashlib
import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from copydesk.linking import Candidates, join_keys
from copydesk.model.markup import NameType
from copydesk.model.piles import Pile
from copydesk.reference import GazetteerPlace, find_agency, find_outlet, gazetteer
from copydesk.reference.naming import DIVISIONS, LEGAL_FORMS
from copydesk.resolving.mentions import Mention
from copydesk.resolving.spelling import (
    FAIR,
    PART_MIN,
    STRONG,
    Name,
    alike_words,
    initials,
    is_acronym,
    is_subsequence,
    same_person,
    skeleton,
)

_AND = re.compile(r"\s*(?:,|;|,?\s+and|&|,?\s+or)\s+(?:(?:[Tt]he|[A-Z][a-z]{1,3}\.?)\s+)?")
_IN_BRACKETS = re.compile(r"\s*,?\s*\(\s*(?:the\s+)?[“\"']?")
CAPITALS = "capitals inside a sentence"  # the reason of a name that only its capitals made one
KEY_MAX = 120  # forms that may share a key; a commoner key ("united", "new") tells nothing by itself
FUZZY_LETTERS = 6  # letters from which a name other than a person's may be another's misspelling


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One spelling: its folded words, its commonest type, its mentions by place in the list of mentions.

    `acronym` tells that it is one word of capitals, `plain` how many of its words are not;
    `written` is the name as it stands in the text, not in capitals if it can be helped.
    """

    key: Name
    type: NameType
    mentions: tuple[int, ...]
    articles: frozenset[str]
    acronym: bool
    plain: int
    written: str

    @property
    def full(self) -> bool:
        """Whether it is a person's name of two parts or more."""
        return self.type == "person" and len(self.key) > 1 and len(self.key[-1]) > 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """Two forms (by number, `left` < `right`) that may be one entity, how surely, and why."""

    left: int
    right: int
    strength: float
    reason: str


def list_forms(mentions: Sequence[Mention]) -> list[Form]:
    """The forms of a story in order of their key. A form has the type that most of its mentions have."""
    by_key: dict[Name, list[int]] = {}
    for i, m in enumerate(mentions):
        by_key.setdefault(m.key, []).append(i)
    forms = []
    for key in sorted(by_key):
        held = by_key[key]
        votes = Counter(mentions[i].type for i in held)
        votes.update("person" for i in held if mentions[i].address)  # "Mr X" is a person, whatever the tagger says
        forms.append(
            Form(
                key=key,
                written=max(sorted(mentions[i].text for i in held), key=lambda t: not t.isupper()),
                type=min(votes, key=lambda t: (-votes[t], t)),
                mentions=tuple(held),
                articles=frozenset(mentions[i].article for i in held),
                acronym=len(key) == 1 and any(_capitals(mentions[i].text) for i in held),
                plain=min(sum(not w.isupper() for w in mentions[i].text.split()) for i in held),
            )
        )
    return forms


def _capitals(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return 2 <= len(letters) <= 8 and sum(c.isupper() for c in letters) >= max(2, len(letters) - 1)


def side_by_side(pile: Pile, mentions: Sequence[Mention]) -> set[tuple[Name, Name]]:
    """Pairs of keys that some article lists one after the other: two names there are two things."""
    text_of = {a.id: a.text for a in pile.articles}
    found: set[tuple[Name, Name]] = set()
    for a, b in itertools.pairwise(mentions):
        near = a.article == b.article and 0 <= b.start - a.end < 16 and a.key != b.key
        if near and _AND.fullmatch(text_of[a.article][a.end : b.start]):
            found.update(((a.key, b.key), (b.key, a.key)))
    return found


def explained(pile: Pile, mentions: Sequence[Mention]) -> set[tuple[Name, Name]]:
    """Pairs (long, short) where the text puts the short form in brackets behind the long one."""
    text_of = {a.id: a.text for a in pile.articles}
    found: set[tuple[Name, Name]] = set()
    for a, b in itertools.pairwise(mentions):
        if a.article == b.article and len(b.key) == 1 and len(a.key) > 1 and 0 <= b.start - a.end < 12:
            text = text_of[a.article]
            told = (
                b.type == "organization" and b.found_by != CAPITALS
            )  # people are not abbreviated: the long form is none
            long = (told and a.type != "place") or a.type in ("organization", "other", "work", "event")
            fits = long and not gazetteer().find(b.text) and not _is_source_of_another(b.text, a.text)
            fits = fits or is_acronym(b.key[0], a.key)
            if fits and _IN_BRACKETS.fullmatch(text[a.end : b.start]) and ")" in text[b.end : b.end + 3]:
                found.add((a.key, b.key))
    return found


def _is_source_of_another(short: str, long: str) -> bool:
    """Whether a bracket names an agency or outlet, as in "PORT VESSEL (AP)", and what stands before it is none of its names."""
    source = find_agency(short) or find_outlet(short)
    return source is not None and source not in (find_agency(long), find_outlet(long))


def tie_forms(forms: Sequence[Form], told: set[tuple[Name, Name]]) -> Iterator[Tie]:
    """The pairs of forms that may be one entity; only those that share a key are compared."""
    number = {form.key: i for i, form in enumerate(forms)}
    for long, short in sorted(told):
        i, j = sorted((number[long], number[short]))
        yield Tie(left=i, right=j, strength=1.0, reason="given in brackets behind the long form")
    pairs = _blocked(forms)
    placed: dict[int, list[tuple[GazetteerPlace, Tie]]] = {}
    for i, j in zip(pairs.left.tolist(), pairs.right.tolist(), strict=True):
        strength, reason = _compare(forms[i], forms[j])
        if strength >= FAIR:
            yield Tie(left=i, right=j, strength=strength, reason=reason)
        elif (bare := _without_its_place(i, j, forms)) is not None:
            tie = Tie(left=i, right=j, strength=FAIR, reason="the same name without its place")
            placed.setdefault(bare[0], []).append((bare[1], tie))
    for _, found in sorted(placed.items()):
        if len({place for place, _ in found}) == 1:  # "United" of two towns is neither's
            yield from (tie for _, tie in found)


def _without_its_place(i: int, j: int, forms: Sequence[Form]) -> tuple[int, GazetteerPlace] | None:
    """The form that is the other's without the place in front, and that place; both stand in one article: "Oderholm
    Pilots", "the Pilots"."""
    short, long = sorted((i, j), key=lambda n: len(forms[n].key))
    a, b = forms[short], forms[long]
    if "person" in (a.type, b.type) or b.type == "place" or a.acronym or len(a.key[-1]) < PART_MIN - 1:
        return None
    if len(b.key) <= len(a.key) or b.key[-len(a.key) :] != a.key or not a.articles & b.articles:
        return None
    town = " ".join(b.written.split()[: len(b.written.split()) - len(a.written.split())])
    places = gazetteer().find(town)
    return (short, places[0]) if places and not gazetteer().find(a.written) else None


def _blocked(forms: Sequence[Form]) -> Candidates:
    """The pairs of forms worth comparing: they share a word's sound or beginning, their letters, or a place."""
    owners, keys = [], []
    for i, form in enumerate(forms):
        for key in sorted(_keys(form)):
            owners.append(i)
            keys.append(
                int.from_bytes(hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")
            )
    return join_keys(np.array(owners, dtype=np.int64), np.array(keys, dtype=np.uint64), key_max=KEY_MAX)


def _keys(form: Form) -> set[str]:
    keys = {f"sound {skeleton(w)}" for w in (form.key[0], form.key[-1]) if len(w) > 1}
    keys |= {f"begins {w[:4]}" for w in (form.key[0], form.key[-1]) if len(w) >= PART_MIN}
    keys |= {"letters " + "".join(core(form.key, form.type)), "letters " + "".join(form.key)}
    if form.acronym:
        keys.add(f"acronym {form.key[0]}")
    if len(form.key) > 1:
        keys |= {"acronym " + initials(form.key), "acronym " + "".join(w[0] for w in form.key)}
    if form.type == "place":
        keys |= {f"place {p.kind} {p.name} {p.country}" for p in gazetteer().find(form.written) if p.kind != "city"}
    return keys


def _compare(a: Form, b: Form) -> tuple[float, str]:
    if a.full and b.full:
        strength = same_person(a.key, b.key)
        why = (
            "the same name, longer and shorter" if is_subsequence(*sorted((a.key, b.key), key=len)) else "spelled alike"
        )
        return strength, why
    if "person" in (a.type, b.type) and (a.full or b.full or a.type == b.type):
        if a.type == b.type and not a.full and not b.full:
            return alike_words(a.key, b.key), "spelled alike"
        return 0.0, ""
    short, long = (a, b) if len(a.key) <= len(b.key) else (b, a)
    if (
        short.acronym
        and not long.acronym
        and is_acronym(short.key[0], long.key)
        and long.plain > 1
        and _free(short, long)
    ):
        return 0.95, "first letters of the long form"
    cores = [core(f.key, f.type) for f in (a, b)]
    joined = ["".join(c) for c in cores]
    if "".join(a.key) == "".join(b.key) and len("".join(a.key)) >= FUZZY_LETTERS:
        return 1.0, "the same letters"
    if joined[0] == joined[1] and (cores[0] != cores[1] or a.type == b.type) and len(joined[0]) >= FUZZY_LETTERS:
        return 1.0, "the same name but for its legal form, division or spacing"
    if cores[0] == cores[1] and a.type == b.type:
        return 1.0, "the same name but for its legal form, division or spacing"
    if a.type != b.type and min(len(a.key), len(b.key)) < 2:
        strength = alike_words(a.key, b.key) if len(min(a.key[0], b.key[0], key=len)) >= FUZZY_LETTERS else 0.0
        known = any(gazetteer().find(f.written) or gazetteer().is_adjective(f.written) for f in (a, b))
        return (strength, "spelled alike") if strength >= STRONG and not known else (0.0, "")
    if {a.type, b.type} <= {"organization", "place"} and _is_shorter(short.key, long.key):
        return 0.85, "the same name with words left out"
    if a.type == b.type == "place" and gazetteer().find(a.written) and gazetteer().find(b.written):
        return (0.9, "one place in the gazetteer") if _one_place(a, b) else (0.0, "")
    letters = min(len("".join(a.key)), len("".join(b.key)))
    if gazetteer().is_adjective(a.written) != gazetteer().is_adjective(b.written):
        return 0.0, ""  # "South Sudan" is a country, "South Sudanese" a people
    if len(a.key) == len(b.key) and letters >= FUZZY_LETTERS and not (a.acronym or b.acronym):
        return alike_words(a.key, b.key), "spelled alike"
    return 0.0, ""


def _is_shorter(short: Name, long: Name) -> bool:
    """Whether a name of three words or more is another's with inner words left out, or with its country before it."""
    if len(short) < 3 or not is_subsequence(short, long) or short[-1] != long[-1]:
        return False
    return short[0] == long[0] or (long[-len(short) :] == short and country_word(long[: -len(short)]))


def _free(short: Form, long: Form) -> bool:
    """Whether an acronym can be this name's: a country's letters stand for nothing else."""
    wide = [p for p in gazetteer().find(short.key[0].upper()) if p.kind != "city"]
    return not wide or long.type == "place"


def _one_place(a: Form, b: Form) -> bool:
    """Whether two names are the same country or region of the gazetteer."""
    wide = [{(p.kind, p.name, p.country) for p in gazetteer().find(f.written) if p.kind != "city"} for f in (a, b)]
    return bool(wide[0] & wide[1])


def country_word(words: Name) -> bool:
    """Whether folded words are a country's name, adjective or usual letters."""
    written = " ".join(w.capitalize() for w in words)
    return gazetteer().country_of(written) is not None or "".join(words) in ("us", "uk", "eu", "un", "usa")


def core(key: Name, kind: NameType) -> Name:
    """A name without the small words, an organization's without "Inc.", a place's without "province"."""
    idle = DIVISIONS if kind == "place" else LEGAL_FORMS if kind == "organization" else frozenset()
    kept = tuple(w for w in key if w not in idle and w not in ("and", "of", "for", "the"))
    return kept or key
