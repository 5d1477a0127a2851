"""The words in a credit's place → the names of agencies and outlets in them."""

from __future__ import annotations

import re

from copydesk.cleaning.credit_rules import Rule
from copydesk.reference.gazetteer import gazetteer
from copydesk.reference.given_names import is_given_name
from copydesk.reference.sources import Source, find_agency, find_outlet, has_agency_form, read_credited
from copydesk.reference.stopwords import STOPWORDS
from copydesk.reference.words import word_set

# What a name in a credit's place must hold to be a place instead; no set was needed to choose it.
PLACE_POPULATION_MIN = 500_000
_SPLIT = re.compile(r"\s*(?:/|;|\||,)\s*|\s+(?:and|&|via)\s+")
_WORD = re.compile(r"(?:dpa|epd|[A-Z0-9À-ÞА-Я][\w.’'&+-]*|of|the|de|la|le|du|da|do|el|and|for|in|al|di|des|&)$")
_TRAILER = re.compile(
    r"\s+(?:(?i:staff|reporters?|writers?|correspondents?|news\s?desk|newsroom|bureau|photo|images))$|/\s?File$"
)
_NO_NAME = word_set(
    """
    video photo photos file image images audio watch live update updated updates continued exclusive opinion
    editorial analysis breaking advertisement sponsored subscribe share read more agencies staff reporter
    correspondent author team us me you here there this that it email newsletter comments twitter facebook
    instagram youtube whatsapp telegram linkedin getty january february march april may june july august
    september october november december monday tuesday wednesday thursday friday saturday sunday unknown
    supplied screenshot handout courtesy wikipedia wikimedia internet archive representational representative
    optional corrects corrected adds recasts graphic satire pictured left right center centre above below a an
    the in on at of and or to no not new mr mrs ms dr
    """
)  # fmt: skip
_SURNAME_WORDS = word_set(
    """
    post star mail sun eagle reader pilot voice globe express record register wire desk leader reporter media
    press mercury banner messenger monitor wired
    """
)  # fmt: skip


def same_source(name: str, other: str | None) -> bool:
    """Whether two written names are of one outlet: case, article and a host's ending apart ("WXYZ Sarn", "sarn.com")."""
    if other is None:
        return False
    host = re.fullmatch(r"(?:www\.)?((?:[\w-]+\.)+)\w+(?:/.*)?", other)
    a, b = (re.sub(r"^the\s+|\W", "", text.casefold()) for text in (name, host[1] if host else other))
    return a == b or (host is not None and len(b) > 5 and (b in a or a in b) and len(a) > 5)


def is_person_like(name: str) -> bool:
    """Whether a name can be a person's: two to four words with capitals that no table and no form knows as a source."""
    words = name.split()
    if not 2 <= len(words) <= 4 or not all(
        w[0].isupper() and w.replace("-", "").replace("’", "").isalpha() for w in words
    ):
        return False
    return read_credited(name) is None


def split_names(line: str, place: tuple[int, int], rule: Rule) -> list[tuple[int, int]]:
    start, end = place
    dated = re.search(r"\s+\d{1,2}/\d{1,2}/\d{2,4}\b", line[start:end])
    end = start + dated.start() if dated else end
    whole = line[start:end]
    if find_agency(whole, credited=True) or find_outlet(whole, credited=True):
        return [(start, end)]
    pieces, at = [], start
    for match in [*_SPLIT.finditer(whole), None]:
        stop = start + match.start() if match else end
        if line[at:stop].strip():
            pieces.append((at, stop))
        at = start + match.end() if match else end
    joined = len(pieces) > 1 and "/" not in whole and "," not in whole
    if (
        joined
        and rule.strictness == "any"
        and not any(read_credited(line[a:b]) for a, b in pieces)
        and read_credited(whole)
    ):
        return [place]
    trimmed = []
    for a, b in pieces:
        lead = re.match(r"\s*(?:[Tt]he\s+(?=[A-Z]))?\s*", line[a:b])
        a += lead.end() if lead else 0
        cut = _TRAILER.search(line[a:b])
        b = a + cut.start() if cut and cut.start() > 1 else b
        trimmed.append((a, a + len(line[a:b].rstrip(" .,;:"))))
    return trimmed


def accept_name(name: str, rule: Rule, own: str | None) -> Source | None:
    """Whom a name in a credit's place stands for, None where the rule may not accept such a name."""
    source = read_credited(name)
    if source is None or not source.by.startswith("table"):
        source = _known_part(name) or source
    if rule.kind != "photo" and ((source is not None and source.name == "Getty Images") or "Getty" in name):
        return None
    if source is not None and source.by.startswith("table"):
        return None if rule.strictness == "agency" and source.kind != "agency" else source
    if rule.strictness == "known" or not (is_name(name) or (rule.lower and _is_handle(name))):
        return None
    if rule.strictness == "agency":
        return source if source is not None and source.kind == "agency" else None
    if own is not None and same_source(name, own):
        return source or Source(name=name, kind="outlet", by="the page's own outlet")
    if source is not None:
        words = name.split()
        person = rule.strictness == "formed" and len(words) == 2 and words[-1].casefold() in _SURNAME_WORDS
        return None if person and not has_agency_form(name) else source
    return _unknown(name, rule)


def _known_part(name: str) -> Source | None:
    """The agency or outlet of the tables that stands behind a person's name ("ANA BROOK Associated Press")."""
    owner = re.fullmatch(r"(.{2,40}?)['’]s?\s+[A-Z].{2,40}", name)
    known = read_credited(owner[1]) if owner else None
    if known is not None and known.by.startswith("table"):
        return known
    words = name.split()
    for at in range(2, min(5, len(words))):
        if not all(w[0].isupper() for w in words[:at]):
            return None
        tail = re.sub(
            r"\s+(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?\s+\d{1,2}$", "", " ".join(words[at:])
        )
        known = read_credited(tail)
        if known is not None and known.by.startswith("table") and len(tail) > 2:
            return known
    return None


def _unknown(name: str, rule: Rule) -> Source | None:
    """A source of which only its place in the credit tells; never a person, a place or a number."""
    if _is_known_place(name) or (is_given_name(name.split()[0]) and " " in name):
        return None
    acronym = re.fullmatch(r"[A-Z][A-Za-z]?[A-Z]{1,4}", name) is not None
    if rule.strictness == "any" or (rule.kind in ("photo", "contribution") and acronym):
        return Source(name=name, kind="unknown", by="a name in a credit's place")
    if acronym and name.isupper():
        return Source(name=name, kind="unknown", by="initials in a credit's place")
    return None


def _is_known_place(name: str) -> bool:
    """Whether a reader would take a name for a place: half the names of agencies are small towns somewhere too."""
    return any(p.kind != "city" or p.population >= PLACE_POPULATION_MIN for p in gazetteer().find(name))


def _is_handle(text: str) -> bool:
    """Whether one word in small letters can be a source as pages write it ("lanternnews24")."""
    return re.fullmatch(r"[a-z][a-z0-9]{2,19}", text) is not None and text not in _NO_NAME and text not in STOPWORDS


def is_name(text: str) -> bool:
    """Whether words can be a name: one to six, each with a capital or a joining word, none of a page's own words."""
    words = text.split()
    if not words or words[0] in ("By", "From", "Via", "Source", "Sources", "With", "Text", "Credit", "Copyright"):
        return False
    if not 1 <= len(words) <= 6 or not (text[:1].isupper() or text[:1].isdigit()) or len(text) < 2:
        return False
    if not all(_WORD.match(w) for w in words) or not any(c.isalpha() for c in words[0]) or re.fullmatch(r"\w-\w", text):
        return False
    return not any(w.casefold().strip(".") in _NO_NAME for w in (words[0], words[-1]) if w not in ("The", "New"))
