"""Judged page → who wrote its article: what its head, its markup and its lines say, weighed one against the other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape

from copydesk.cleaning.blocks import Judged
from copydesk.cleaning.by_lines import PARTICLES, name_beside_stamp, names_in_line
from copydesk.cleaning.kinds import ABOUT_AUTHOR, find_byline
from copydesk.cleaning.metadata import PageMeta
from copydesk.cleaning.titles import is_site, site_names
from copydesk.model.captures import Capture
from copydesk.reference.given_names import is_given_name
from copydesk.reference.sources import find_agency, has_outlet_form, read_credited

MAX_BYLINE = 120
MAX_NAMES = 20  # of one source that are weighed
ABOVE, BELOW, FOOT = 6, 12, 14  # lines around headline and last paragraph in which a page names its writer
# How far each source is believed, by eye on all 250 development pages (none kept unseen): re-run `python -m evals pages`.
_WEIGHTS = {
    "json-ld": 3.0, "meta author": 2.3, "article:author": 2.3, "meta twitter:creator": 1.0, "meta label": 2.2,
    "rel author": 2.3, "itemprop author": 2.2, "class author": 1.9, "class authors": 1.2, "by-line": 2.6, "line": 2.2,
    "foot": 1.6, "stamp": 1.3, "signed": 0.9, "box": 0.9,
}  # fmt: skip
_META = 2.2
_READ = frozenset(("by-line", "line", "foot", "stamp", "signed", "box"))  # read off the page's words: persons only
_AGREES, _MOST_AGREEING = 0.5, 3
_PERSON, _LONE, _OTHER, _ORGANIZATION, _PHRASE = 1.0, 0.7, 0.55, 0.3, 0.1
_GIVEN = 0.1
_OF_SITE = 0.4
_LEAST = 0.45
_NO_NAME = re.compile(
    r"^(?:https?:|www\.|[@#]|\w{0,12}admin\b|administrator|root|editor(?:ial)?$|user\b|webmaster|none$|null$|undefined|unknown|redaktion$|redacci[oó]n$|rédaction$|redazione$|posted$|staff$|guest$|author$|autor$|by$|(?:mon|tues|wednes|thurs|fri|satur|sun)day$|(?:mon|diens|donners|frei|sams|sonn)tag$|mittwoch$)|\.(?:com|org|net|de|at|ch|fr|es|it|nl|pl|eu|co|uk|br|info)\b|//",
    re.IGNORECASE,
)
_BY = re.compile(
    r"^(?:(?:(?:view|see) all (?:posts|articles|stories)|more|written|posted|published|reported|words|text|story|geschrieben|verfasst|eingestellt|veröffentlicht|escrito|publicado|écrit|publié|scritto)\s)?(?:by|von|vom|par|por|di|door|author|autor|autorin|redaktion)\s?:?\s+(?=\S)",
    re.IGNORECASE,
)
_AROUND = re.compile(
    r"(?:\s*[|•·]|\s+[–—-]\s|\s+(?:am|on|in|at|for|published|updated|posted|veröffentlicht|vom|le|under)\s+(?=\d|[A-Z][a-z]{2,8}\s\d|[A-Z][a-z]{2,8}day)|,?\s\d{1,2}(?:[./]\d|\.?\s[^\W\d]{3,9},?\s\d{4})|,?\s\d{1,2}:\d\d|\s@\w|"
    r",\s(?:staff|senior|chief|associated press|correspondent|reporter|editor)\b).*$",
    re.IGNORECASE | re.DOTALL)  # fmt: skip
_BETWEEN = re.compile(r"\s*[,;&/]\s*(?:(?:and|und|et|y|e)\s)?|\s(?:and|und|et|y|e|og|och)\s", re.IGNORECASE)
_TWICE = re.compile(r"^(\S.{2,60}?)\s\1$")
_DAY = re.compile(  # a day behind a name, or a month that is nobody's family name
    r"[\s,]+(?:on\s)?(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]{0,6}\.?\s\d{1,2}(?:,?\s\d{4})?|\d{1,2}\s[a-z]{3,9}\.?\s\d{4}|"
    r"(?:january|february|september|october|november|december))$",
    re.IGNORECASE)  # fmt: skip
_TITLE = re.compile(
    r"(?:,\s|(?<=[a-zß-ÿ])(?=[A-Z])|\s)(?:[A-Z][\w.&-]{1,14}\s){0,3}?(?:Staff|Senior|Chief|Business|Political|Sports|Freelance)?\s?(?:Writer|Reporter|Columnist|Correspondent|Staff Writer|Software Engineer)$"
)
_ROLE_BEHIND = re.compile(
    r"^(\S+\s\S.*?)\s(?:autor(?:in)?|author|(?:chef)?redakteur(?:in)?|journalist(?:in)?|reporter|editor)$",
    re.IGNORECASE,
)
_COLLECTIVE = re.compile(
    r"\b(?:redaktion\w*|redazione|rédaction|redacci[oó]n|redakcja|team|staff|desk|newsroom|online|news|verlag|gmbh|e\.\s?v\.|inc|ltd|anstalt|landesanstalt|institut\w*|verband|universit\w{1,5}|agentur|agency|press|presse\w*|info|archiv\w*|editors?|designed|edition|edited|comments?|view|share|listing|business|theme|article|beitrag|talk|domain|domena|sekretariat|secretariat|service|media|unbenannt|untitled|hrsg|photo|foto|translated|licen[cs]e|station|related|more|read)\b",
    re.IGNORECASE,
)
LONE_NAME = re.compile(
    r"[A-ZÀ-ÞА-Я][\w.’'-]{0,20}(?:\s(?:(?:de|van|von|al|bin|da|di)\s)?[A-ZÀ-ÞА-Я][\w.’'-]{0,20}){1,3}"
)
_SIGNED = re.compile(rf"[.!?…\"”“»]\s?\(({LONE_NAME.pattern})\)[\s+*#-]*$")
_IN_PARENTHESES = 0.4  # what a name in parentheses behind the last sentence is more than one alone
_LISTED = ("points to other articles", "comments", "says what a picture", "picture credit")


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """The names that one source gives, in its order, and how far the source is believed."""

    names: tuple[str, ...]
    source: str
    weight: float


def byline_of(capture: Capture, meta: PageMeta, judged: Sequence[Judged], source_text: str) -> str | None:
    """Who wrote it: as stated, else the names that head, markup and lines of the page bear out best."""
    said = capture.said("byline")
    if said is not None and said[0].strip():
        return _without_by(said[0])
    address = capture.said("url")
    sites = [*site_names(meta, address[0] if address else None), *(s.value for s in meta.sites[:MAX_NAMES])]
    candidates = [c for c in (_cleaned(c, sites) for c in _candidates(meta, judged, source_text)) if c is not None]
    if not candidates:
        return None
    best = max(candidates, key=lambda c: _score(c, candidates))  # the first of equals: sources come in their rank
    if _score(best, candidates) < _LEAST:
        return None
    return ", ".join(dict.fromkeys(_fuller(name, candidates) for name in best.names))


def _candidates(meta: PageMeta, judged: Sequence[Judged], source_text: str) -> Iterator[Candidate]:
    stated: dict[str, list[str]] = {}
    for statement in meta.authors:
        stated.setdefault(statement.where, []).append(statement.value)
    for where, values in stated.items():
        yield Candidate(names=tuple(values[:MAX_NAMES]), source=where, weight=_WEIGHTS.get(where, _META))
    for j in judged:
        if j.kind == "byline":
            text = _text(j, source_text)
            named = names_in_line(text)
            found = named.names if named is not None else tuple(filter(None, (find_byline(text),)))
            if found:
                yield Candidate(names=found, source="line", weight=_WEIGHTS["line"])
                break
    yield from _from_lines(judged, source_text, page=bool(meta.title or meta.headlines))
    for name, _ in author_boxes(judged, source_text):
        if name:
            yield Candidate(names=(name,), source="box", weight=_WEIGHTS["box"])


def _from_lines(judged: Sequence[Judged], source_text: str, *, page: bool) -> Iterator[Candidate]:
    """What the lines around the headline say, then those behind the text; a bare name there only on a page."""
    body = [i for i, j in enumerate(judged) if j.kind == "body"]
    title = next((i for i, j in enumerate(judged) if j.kind == "headline"), body[0] if body else 0)
    under = next((i for i in body if i > title), title)
    head = range(max(0, title - ABOVE), min(len(judged), max(under, title) + 3, title + BELOW))
    last = body[-1] if body else title
    foot = range(max(head.stop, last - 2), min(len(judged), last + FOOT))
    for place, part in (("head", head), ("foot", foot)):
        for i in part:
            text, before = _text(judged[i], source_text), _text(judged[i - 1], source_text) if i else ""
            if not text or len(text) > 140 or any(listed in judged[i].reason for listed in _LISTED):
                continue
            found = names_in_line(text, before)
            if found is not None:
                source = "foot" if place == "foot" else "by-line" if found.sure else "line"
                yield Candidate(names=found.names, source=source, weight=_WEIGHTS[source])
            elif place == "head" and page:
                name = name_beside_stamp(text)
                if name:
                    yield Candidate(names=(name,), source="stamp", weight=_WEIGHTS["stamp"])
    if page and body and last > under:
        text = " ".join(source_text[max(judged[last].start, judged[last].end - 80) : judged[last].end].split())
        signed = _SIGNED.search(text)
        if signed is not None and is_given_name(signed.group(1).split()[0]):
            yield Candidate(names=(signed.group(1),), source="signed", weight=_WEIGHTS["signed"] + _IN_PARENTHESES)
        elif LONE_NAME.fullmatch(text) and len(text.split()) <= 3 and is_given_name(text.split()[0]):
            yield Candidate(names=(text,), source="signed", weight=_WEIGHTS["signed"])


def _text(judged: Judged, source_text: str) -> str:
    return " ".join(source_text[judged.start : min(judged.end, judged.start + 200)].split())


def _cleaned(candidate: Candidate, sites: Sequence[str]) -> Candidate | None:
    """The candidate with its names alone, without roles and outlets; it weighs less where it only names the site."""
    names = dict.fromkeys(n for value in candidate.names for n in _split(_person(value)) if n)
    people = [n for n in names if _is_person(n) >= _LONE]
    kept = tuple(people if people and candidate.source in ("by-line", "line", "foot") else names)
    if not kept or (candidate.source in _READ and min(map(_is_person, kept)) < _LONE):
        return None
    named = all(is_site(n, sites) and _is_person(n) > _ORGANIZATION for n in kept)
    weight = candidate.weight * (_OF_SITE if named else 1.0)
    return Candidate(names=kept, source=candidate.source, weight=weight)


def _split(value: str) -> list[str]:
    """The names in a value one by one, where all its pieces are persons' names; else the value whole."""
    pieces = [p for p in _BETWEEN.split(value) if p]
    return pieces if len(pieces) > 1 and all(_is_person(p) >= _PERSON for p in pieces) else [value]


def _score(candidate: Candidate, candidates: Sequence[Candidate]) -> float:
    """How far a candidate is borne out: by its source, by how much its names are persons', by other sources."""
    form = sum(_is_person(n) for n in candidate.names) / len(candidate.names)
    own = {n.casefold() for n in candidate.names}
    others = {
        c.source for c in candidates
        if c.source != candidate.source and any(o == n or f" {o} " in f" {n} " or f" {n} " in f" {o} " for n in own for o in (x.casefold() for x in c.names))
    }  # fmt: skip
    return candidate.weight * form + _AGREES * form * min(len(others), _MOST_AGREEING)


def _is_person(name: str) -> float:
    """How much a name looks like a person's."""
    words = name.split()
    if _COLLECTIVE.search(name) or has_outlet_form(name) or read_credited(name, credited=False) is not None:
        return _ORGANIZATION
    if len(words) == 1:
        return _LONE if name[:1].isupper() and "." not in name else _ORGANIZATION if "." in name else _OTHER
    if any(w[:1].islower() and w not in PARTICLES for w in words):
        return _OTHER if len(words) < 4 else _PHRASE
    capitals = sum(not w[:1].islower() and not any(c.isdigit() for c in w) for w in words)
    if len(words) > 6 or capitals < 2:
        return _OTHER
    return _PERSON + _GIVEN * is_given_name(words[0])


def _fuller(name: str, candidates: Sequence[Candidate]) -> str:
    """The same person's name as other sources give it: in full for a given name alone, and without words before it."""
    others = [o for c in candidates for o in c.names if o != name and _is_person(o) >= _PERSON]
    if " " not in name:
        return next((o for o in others if o.casefold().startswith(f"{name.casefold()} ")), name)
    return next((o for o in others if name.casefold().endswith(f" {o.casefold()}") and "-" in name.split()[0]), name)


def author_boxes(judged: Sequence[Judged], source_text: str) -> Iterator[tuple[str, str]]:
    """Name ("" when it is not alone in its line) and description of each author box among the dropped lines."""
    before = ""
    for j in judged:
        text = " ".join(source_text[j.start : min(j.end, j.start + 600)].split())
        if j.kind == "furniture" and j.reason == ABOUT_AUTHOR:
            name = before if LONE_NAME.fullmatch(before) else ""
            yield name, text
        before = text if j.kind == "furniture" else ""


def _without_by(name: str) -> str:
    return _BY.sub("", " ".join(unescape(name).split()))


def _person(value: str) -> str:
    """The name in what a page states of its author, without the words around it; "" when it is none."""
    value = " ".join(unescape(value).split())
    found = names_in_line(value)
    name = _AROUND.sub("", ", ".join(found.names) if found else _BY.sub("", value)).strip(" ,;:|–—-·•/")
    name = _DAY.sub("", _TWICE.sub(r"\1", name))
    bare = _TITLE.sub("", name)
    name = bare if " " in bare else name
    name = _without_agency(_ROLE_BEHIND.sub(r"\1", name))
    head, comma, tail = name.rpartition(",")
    tail = tail.strip()
    if comma and len(head.split()) > 1 and (has_outlet_form(tail) or read_credited(tail, credited=False) is not None):
        name = head.strip()
    if len(name) > MAX_BYLINE or is_no_name(name) or not any(c.isalpha() for c in name):
        return ""
    return name


def _without_agency(name: str) -> str:
    """A person's name without the agency's behind it."""
    words = name.split()
    for count in (2, 1):
        if len(words) >= count + 2 and find_agency(" ".join(words[-count:]), credited=False) is not None:
            return " ".join(words[:-count]).strip(" ,/")
    return name


def is_no_name(value: str) -> bool:
    """Whether what a page states as a name is an address, a role, or a content system's own account."""
    return _NO_NAME.search(value) is not None or any(c in "={}<>" for c in value) or value[:1].isdigit()
