"""Names: `find_names` reads one paragraph, then `settle_names` gives all names of an article one type throughout."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from spacy.tokens import Doc

from copydesk.annotating.name_spans import find_pieces
from copydesk.annotating.name_types import Seen, context_evidence, decide, own_evidence
from copydesk.model.markup import NameMention, NameType
from copydesk.reference.gazetteer import gazetteer
from copydesk.reference.given_names import is_given_name
from copydesk.reference.organizations import find_organization
from copydesk.reference.peoples import PEOPLES
from copydesk.reference.stopwords import STOPWORDS
from copydesk.reference.titles import ORGANIZATION_ENDS, PLACE_HEADS, is_title_word

AROUND = 40  # code points before and behind a name that tell its type
NAMES_MAX = 3_000  # distinct names that one article may have; beyond, the rest keep the tagger's type

_TAGGED, _CAPITALS = "tagger", "proper nouns"
_TWO_NAMES = re.compile(r"[A-Z][a-zà-ÿ’'-]+(?:\s[A-Z]\.)?(?:\s[A-Z][a-zà-ÿ’'A-Z-]+){1,2}")
_ACRONYM = re.compile(r"\(\s*(?:the\s+|or\s+)?[“\"]?([A-Z][A-Za-z&.]{0,6}[A-Z])[”\"]?\s*\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """An article's text: its title-case lines, the rest without them, and its words in lower case."""

    text: str
    shouted: tuple[tuple[int, int], ...]
    running: str
    lower: frozenset[str]

    def is_shouted(self, place: int) -> bool:
        at = bisect_right(self.shouted, (place, len(self.text) + 1)) - 1
        return at >= 0 and place < self.shouted[at][1]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Settled:
    """What the whole article says a name is."""

    type: NameType
    reason: str


def find_names(doc: Doc, text: str) -> tuple[NameMention, ...]:
    """The names of one paragraph with the tagger's types, titles and possessives cut off."""
    found = {
        NameMention(start=p.start, end=p.end, text=text[p.start : p.end], type=p.type,
                    reason=_TAGGED if p.tagged else _CAPITALS)
        for p in find_pieces(doc, text)
    }  # fmt: skip
    return tuple(sorted(found, key=lambda n: (n.start, n.end, n.reason)))


def settle_names(text: str, names: Sequence[NameMention]) -> tuple[NameMention, ...]:
    """An article's names, each with one type throughout, repeats that the tagger missed added, false ones dropped.

    `names` are those of its paragraphs, places counted in the article's text.
    """
    page = _read_page(text)
    names = [n for n in names if _is_plausible(page, n)]
    settled = _settle(page, names)
    nested = _swollen(page, names, settled)
    if nested:
        names = [n for n in names if n.text not in nested]
        settled = _settle(page, names)
    spread = [*names, *_acronyms(text, names), *_repeats(text, settled)]
    settled |= {n.text: _Settled(type=n.type, reason=n.reason) for n in spread if n.text not in settled}
    kept: list[NameMention] = []
    places = bytearray(len(text))
    for name in sorted(spread, key=lambda n: (n.start - n.end, n.start, n.reason)):
        if not any(places[name.start : name.end]):
            places[name.start : name.end] = b"\x01" * (name.end - name.start)
            what = settled[name.text]
            kept.append(NameMention(start=name.start, end=name.end, text=name.text, type=what.type, reason=what.reason))
    return tuple(sorted(kept, key=lambda n: (n.start, n.end)))


def _read_page(text: str) -> _Page:
    """An article's text split by what its capitals are worth: lines in which most words have one say little."""
    shouted, running, at = [], [], 0
    for line in re.finditer(r"[^\n]+", text):
        words = [w for w in re.findall(r"[^\W\d_]+", line.group()) if len(w) > 3]
        if len(words) >= 4 and sum(w[0].isupper() for w in words) >= 0.7 * len(words):
            shouted.append((line.start(), line.end()))
            running.append(text[at : line.start()])
            at = line.end()
    lower = frozenset(re.findall(r"(?<!\w)[a-z][\w’'-]*", text))
    return _Page(text=text, shouted=tuple(shouted), running="".join([*running, text[at:]]), lower=lower)


def _is_plausible(page: _Page, name: NameMention) -> bool:
    """Whether a stretch may be a name, by where its capitals stand: a line's or a sentence's first word proves nothing."""
    words = re.findall(r"[\w’'-]+", name.text)
    if not words:
        return False
    if len(words) == 1 and name.text.casefold() in ORGANIZATION_ENDS | PLACE_HEADS:
        return name.reason == _TAGGED and name.text.casefold() not in page.lower
    if _is_known(name.text):
        return True
    if name.text.isupper() and name.reason == _TAGGED and not page.is_shouted(name.start):
        return True
    if page.is_shouted(name.start):
        if any(w.casefold() in STOPWORDS or is_title_word(w) for w in (words[0], words[-1])) or len(words) > 4:
            return False
        if name.reason == _CAPITALS or len(words) > 1:
            ordinary = any(w.lower() in page.lower for w in words)
            return name.text in page.running or (name.reason == _TAGGED and not ordinary)
        return True
    if name.reason == _CAPITALS and len(words) == 1:
        before = page.text[max(0, name.start - 6) : name.start]
        first = re.search(r"(?:^|[.!?:\n][”\"’)]*\s*|[“\"‘(]\s*)$", before) is not None
        return not (first and (name.text.lower() in page.lower or page.text.count(name.text) == 1))
    return True


def _is_known(name: str) -> bool:
    places = gazetteer()
    return (
        places.is_adjective(name)
        or name in PEOPLES
        or find_organization(name) is not None
        or any(p.kind != "city" or p.population >= 100_000 for p in places.find(name))
    )


def _settle(page: _Page, names: Sequence[NameMention]) -> dict[str, _Settled]:
    text = page.text
    seen: dict[str, list[Seen]] = {}
    for n in names:
        seen.setdefault(n.text, []).append(
            Seen(before=text[max(0, n.start - AROUND) : n.start], after=text[n.end : n.end + AROUND], type=n.type,
                 tagged=n.reason == _TAGGED, title_case=page.is_shouted(n.start))
        )  # fmt: skip
    settled: dict[str, _Settled] = {}
    short: dict[str, tuple[str, float]] = {}
    for name in sorted(seen, key=lambda n: (-len(n.split()), n))[:NAMES_MAX]:
        if gazetteer().is_adjective(name) or name in PEOPLES:
            settled[name] = _Settled(type="other", reason="an adjective or a people in the tables")
            continue
        alone = " " not in name
        own = own_evidence(name, ordinary=alone and name.lower() in page.lower)
        around = context_evidence(seen[name], alone=alone)
        if not alone and own["organization"] + own["place"] == 0.0:
            last = context_evidence(seen.get(name.split()[-1], []), alone=True)
            around["person"] = around.get("person", 0.0) + max(0.0, last.get("person", 0.0))
            if any(s.tagged and s.type == "organization" for s in seen[name]) and _TWO_NAMES.fullmatch(name):
                around["person"] += PERSON_FORM_WEIGHT
        longer = short.get(name) if alone else None
        inherited: dict[NameType, float] = {settled[longer[0]].type: longer[1]} if longer else {}
        kind = decide((own, around, inherited))
        settled[name] = _Settled(type=kind, reason=_reason(kind, own, seen[name], longer))
        for word, weight in _short_forms(name, kind):
            if weight > short.get(word, ("", 0.0))[1]:
                short[word] = name, weight
    return settled


def _reason(
    kind: NameType, own: Mapping[NameType, float], seen: Sequence[Seen], longer: tuple[str, float] | None
) -> str:
    reasons = ["the tables"] if own.get(kind, 0.0) > 1.0 else []
    reasons += ["the tagger"] if any(s.tagged and s.type == kind for s in seen) else []
    reasons += [f"as in “{longer[0]}”"] if longer is not None else []
    return ", ".join(reasons) or "the words around"


# What a longer name of the same article says of a short one. Set on surface forms of annotated dossiers.
PERSON_FORM_WEIGHT = 0.8  # against a tagger that calls what it does not know an organization
SURNAME_WEIGHT, GIVEN_NAME_WEIGHT, SHORT_FORM_WEIGHT = 5.0, 3.5, 2.5


def _short_forms(name: str, kind: NameType) -> Iterator[tuple[str, float]]:
    """The words that may stand for a longer name alone, with what it then says of their type."""
    words = name.split()
    if len(words) > 1 and kind == "person":
        yield words[0], GIVEN_NAME_WEIGHT
        yield from ((word, SURNAME_WEIGHT) for word in words[1:])
    elif len(words) in (2, 3) and kind == "organization":
        yield words[0], SHORT_FORM_WEIGHT
        yield words[-1], SHORT_FORM_WEIGHT


def _swollen(page: _Page, names: Sequence[NameMention], settled: Mapping[str, _Settled]) -> frozenset[str]:
    """Names that are a known name with words beside it: a headline's verb, a party before a member's full name."""
    found = set()
    apart = {n.text for n in names}
    for name in apart:
        words = name.split()
        if len(words) < 2 or name not in settled:
            continue
        tails = [" ".join(words[i:]) for i in range(1, len(words))]
        heads = [" ".join(words[:i]) for i in range(1, len(words))]
        if settled[name].type == "person" and not is_given_name(words[0]):
            full = [t for t in tails if " " in t and t in apart and settled[t].type == "person"]
            if full:
                found.add(name)
        if name not in page.running and any(
            part in apart and part in page.running and settled[part].type in ("person", "place")
            for part in (*heads, *tails)
        ):
            found.add(name)
    return frozenset(found)


def _acronyms(text: str, names: Sequence[NameMention]) -> Iterator[NameMention]:
    """The short form that stands in brackets behind a name whose initials it has."""
    for name in names:
        match = _ACRONYM.match(text, name.end + 1) if text[name.end : name.end + 1] == " " else None
        if match is not None and " " in name.text and name.type != "person":
            initials = "".join(w[0] for w in re.findall(r"[^\W_]+", name.text) if w[0].isupper())
            short = re.sub(r"[^A-Z]", "", match[1])
            if len(short) > 1 and (short in initials or initials in short):
                kind: NameType = "organization" if name.type in ("organization", "other", "place") else name.type
                yield NameMention(start=match.start(1), end=match.end(1), text=match[1], type=kind,
                                  reason=f"stands for “{name.text}”")  # fmt: skip


def _repeats(text: str, settled: dict[str, _Settled]) -> Iterator[NameMention]:
    """Further places where a settled name stands, in capitals as well, that the tagger passed over."""
    forms: dict[str, str] = {}
    for name in sorted(settled):
        if len(name) < 3 or (settled[name].type == "other" and not gazetteer().is_adjective(name)):
            continue
        forms[name] = name
        if len(name) > 3 and settled[name].type == "place":
            forms.setdefault(name.upper(), name)
        words = name.split()
        if settled[name].type == "person" and len(words) in (2, 3, 4) and len(words[-1]) > 2 and words[-1][0].isupper():
            forms.setdefault(words[-1], name)
    by_words: dict[tuple[str, str], list[str]] = {}
    for form in sorted(forms, key=lambda f: (-len(f), f)):
        first = re.findall(r"\w+", form)
        if first and (form == forms[form] or form.casefold() not in STOPWORDS):
            by_words.setdefault((first[0], first[1] if len(first) > 1 else ""), []).append(form)
    found = list(re.finditer(r"\w+", text))
    for word, following in zip_longest(found, found[1:]):
        at, second = word.start(), following.group() if following is not None else ""
        if text[max(0, at - 1) : at] in ("#", "@", "/") and at:
            continue
        for form in (*by_words.get((word.group(), second), ()), *by_words.get((word.group(), ""), ())):
            end = at + len(form)
            if text.startswith(form, at) and not (text[end : end + 1].isalnum() or text[end : end + 1] in {"_", "@"}):
                what = settled[forms[form]]
                reason = what.reason if form == forms[form] else f"as in “{forms[form]}”"
                yield NameMention(start=at, end=end, text=form, type=what.type, reason=reason)
                break
