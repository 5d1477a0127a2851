"""Judged page → dateline, outlet, address, language: each stated or found, else None."""

from __future__ import annotations

import re
from collections.abc import Sequence

import py3langid

from copydesk.cleaning.blocks import Judged
from copydesk.cleaning.bylines import author_boxes, is_no_name
from copydesk.cleaning.kinds import find_byline
from copydesk.cleaning.metadata import PageMeta
from copydesk.cleaning.repeats import host_of
from copydesk.cleaning.stamps import find_stamps, split_archived
from copydesk.model.captures import Capture
from copydesk.reference.sources import has_outlet_form, outlet_of_host, read_credited

_PLACE = r"[A-Z][\w.’'ÀÉÜÖÄ-]*(?:[\s,]{1,2}(?:(?:of|de|la|le|and|the|al|el)\s)?[A-Z][\w.’'-]*){0,5}"
_DASH = r"(?:[–—―]|-{1,3})"
_DATE = r"(?:,?\s(?:[A-Z][a-z]{2,8}\.?\s\d{1,2}|\d{1,2}\s[A-Z][a-z]{2,8}\.?)(?:,?\s\d{4})?)?"
_DATELINES = (
    re.compile(rf"(?:(?P<place>{_PLACE}){_DATE},?\s)?\((?P<source>[^()\n]{{2,40}})\)\s?{_DASH}\s?(?=\S)"),
    re.compile(rf"(?P<place>[A-ZÀ-Þ][A-ZÀ-Þ.’'-]{{2,}}(?:[\s/-][A-ZÀ-Þ][A-ZÀ-Þ.’'-]+){{0,3}}(?:,\s[A-Z][\w. -]{{1,24}})?){_DATE}\s?{_DASH}{{1,2}}\s(?=[\"“‘A-Z])"),
    re.compile(rf"(?P<place>[A-Z][a-zà-ÿ’'-]+(?:\s[A-Z][a-zà-ÿ’'-]+){{0,2}},\s[A-Z][\w.’'-]+(?:\s[A-Z][\w.’'-]+){{0,2}}){_DATE}\s?[–—]\s(?=[\"“‘A-Z])"),
)  # fmt: skip
_WORKS_FOR = re.compile(r"\b(?:for|at|with|of)\s((?:[Tt]he\s)?[A-Z][\w’'-]{1,20}(?:\s[A-Z][\w’'-]{1,20}){1,3})")
_NO_PLACE = frozenset(
    ("FILE", "PHOTO", "PHOTOS", "VIDEO", "WATCH", "LIVE", "UPDATE", "UPDATED", "BREAKING", "EXCLUSIVE", "OPINION", "ANALYSIS",
     "COMMENT", "CORRECTION", "NOTE", "READ", "MORE", "NEW", "ALERT", "TOPSHOT", "GALLERY", "AUDIO", "LISTEN", "QUIZ", "POLL",
     "EDITORIAL", "REVIEW", "INTERVIEW", "FEATURE", "FACTBOX", "TIMELINE", "EXPLAINER")
)  # fmt: skip
_NOTICE_NAME = re.compile(
    r"(?:©|\(c\)|copyright)\s{0,2}(?:©|\(c\))?\s{0,2}(?:(?:19|20)\d\d(?:\s?[-–]\s?(?:19|20)?\d\d)?)?,?\s{0,2}(?:by\s)?([A-Z][^.,|©()\n]{1,60}?)\s{0,2}(?=[.,|]|\sAll\s|\sall\s|$)",
    re.IGNORECASE,
)


def find_dateline(text: str) -> tuple[int, str, str] | None:
    """Length, place and source ("" where there is none) of the dateline with which a paragraph begins."""
    head = text[:160]
    for pattern in _DATELINES:
        found = pattern.match(head)
        if found is None:
            continue
        source = (found.groupdict().get("source") or "").strip()
        place = (found.group("place") or "").strip(" ,")
        if place.split()[:1] and place.split()[0] in _NO_PLACE:
            continue
        if source and not place and not (source[0].isupper() or read_credited(source)):
            continue
        return found.end(), place, source
    return None


_HOST = re.compile(r"(?:[a-z0-9-]{1,63}\.){1,6}[a-z]{2,24}")  # an outlet that is stated by its address, in small letters


def outlet_of(
    capture: Capture, meta: PageMeta, url: str | None, judged: Sequence[Judged], source_text: str
) -> str | None:
    """Whose page it is: as stated, as the page names its site, by its host, by its copyright notice, else None."""
    said = capture.said("outlet")
    if said is not None and said[0].strip():
        name = " ".join(said[0].split())
        return outlet_of_host(name) or name.removeprefix("www.") if _HOST.fullmatch(name) else name
    for statement in meta.sites:
        if statement.where != "json-ld" and not is_no_name(statement.value):
            return statement.value
    host = host_of(split_archived(url)[0] if url else None)
    known = outlet_of_host(host) if host else None
    if known:
        return known
    if meta.sites and not is_no_name(meta.sites[0].value):
        return meta.sites[0].value
    if host:
        return host
    for j in reversed(judged):
        if j.kind == "legal":
            found = _NOTICE_NAME.search(source_text[j.start : min(j.end, j.start + 400)])
            if found and not is_agency(found.group(1)):
                return " ".join(found.group(1).split())
    return _named_in_frame(judged, source_text)


def _named_in_frame(judged: Sequence[Judged], source_text: str) -> str | None:
    """The outlet that a line above the text names, alone, before a date or behind the writer's name; else the author box."""
    for place, j in enumerate(judged):
        if j.kind == "body":
            break
        text = " ".join(source_text[j.start : min(j.end, j.start + 200)].split())
        stamps = find_stamps(text)
        if j.kind == "byline":
            text = (find_byline(text) or "").rpartition(",")[2]
        elif stamps:
            text = text[: stamps[0].start]
        elif place > 1 or j.kind != "furniture":
            continue
        name = text.strip(" ,|·•–—-:")
        if 1 < len(name.split()) <= 5 and has_outlet_form(name) and name[0].isupper() and not is_agency(name):
            return name
    for _, description in author_boxes(judged, source_text):
        for found in _WORKS_FOR.finditer(description):
            if has_outlet_form(found.group(1)) and not is_agency(found.group(1)):
                return found.group(1)
    return None


def is_agency(name: str) -> bool:
    """Whether a name in a notice or credit is a news agency's."""
    source = read_credited(" ".join(name.split()))
    return source is not None and source.kind == "agency"


def notice_holder(text: str) -> str:
    """Whose name a copyright notice gives, "" when none."""
    found = _NOTICE_NAME.search(text[:600])
    return found.group(1).strip() if found else ""


def url_of(capture: Capture, meta: PageMeta) -> str | None:
    """The article's address: as stated, else as the page gives it itself."""
    said = capture.said("url")
    if said is not None and said[0].strip():
        return said[0].strip()
    return next((s.value for s in meta.urls if s.value.startswith(("http://", "https://"))), None)


def language_of(text: str, declared: str) -> str:
    """ISO 639-1 code of the text's language; of a few words what the page declares, else "und"."""
    letters = sum(c.isalpha() for c in text[:3000])
    if letters < 40:
        return declared[:2] if len(declared) >= 2 and declared[:2].isalpha() else "und"
    return str(py3langid.classify(text[:1500])[0])
