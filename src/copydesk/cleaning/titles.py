"""A page's lines and what its head says → which heading is the article's, weighed one against the other.

Every line that could be a headline is a candidate. What the page's head says of the article (JSON-LD, og:title, the
title element and its pieces) supports those that say the same; their element and place speak for or against them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from copydesk.cleaning.features import words_of
from copydesk.cleaning.flatten import Inside, Mark
from copydesk.cleaning.lines import Line, line_key
from copydesk.cleaning.metadata import PageMeta
from copydesk.cleaning.repeats import host_of
from copydesk.cleaning.stamps import split_archived

SEPARATED = re.compile(r"\s+(?:[|»·•–—]|-{1,2}|::|<|›)\s+|\s*\|\s*")
_COLON = re.compile(r":\s+")
_CUT_OFF = re.compile(r"\s*(?:…|\.\.\.|\[…\]).{0,3}$")
_ASIDE = int(Inside.NAV | Inside.RELATED | Inside.FOOTER | Inside.ASIDE | Inside.COMMENT)
_FRAME = int(Inside.LIST | Inside.CHROME | Inside.HIDDEN | Inside.PROMO)
_NOT_TOP = int(Inside.NAV | Inside.FOOTER | Inside.ASIDE | Inside.COMMENT | Inside.LIST | Inside.HIDDEN)
_TITLED = int(Inside.TITLE)
_HEADINGS = ("h1", "h2", "h3", "h4")
MAX_WORDS = 45
LONG_NAME = 5  # words: a site's name of so many that is also stated as headline was filled in wrongly
LONGEST_SECTION = 3  # words
MAX_TOPS = 4  # a page of more first headings has none
_AROUND_SITE = 5  # letters beside the site's name: an article, "com", "online" without its "on"
_TWICE = re.compile(r"\s*([^|»–—]{8,100}?)\s*[|»–—]\s*\1\s*$")  # a name that the template and a plug-in both append
SLACK = 20  # characters that a line may have more than its key: quotes, dashes, spaces
BORNE_OUT = 4  # words of a heading that repeats a piece of the title: so many do not by chance
UNDER = 6  # lines under the first heading in which one that says more of it may stand
SURE = 0.9  # probability of a line's being article under which a heading is the article's, where nothing is said of it
SENTENCE = 12  # words of a line that is text and no label
FULL = 5  # lines of text under which a heading is not theirs
HALF = 0.5  # support that a first heading needs where another says what the page's head says
MAX_CANDIDATES = 2_000  # lines of one page that are weighed
# Weights set by eye on all 250 development pages (no half was kept unseen): re-run `python -m evals pages`.
_LINKED, _SHARED, _TITLE, _FIRST_PIECE, _PIECE, _AFTER_COLON = 1.0, 0.9, 0.8, 0.85, 0.5, 0.45
_MORE_WITNESSES = 0.15
_H1, _ONLY_H1, _H2, _CLASS = 0.7, 0.5, 0.2, 0.2
_IN_ASIDE, _IN_FRAME, _BEHIND, _OF_SITE = 0.9, 0.3, 0.6, 1.5
_NO_HEADING = 0.7  # a line that is no heading, by its element or class
_PIECE_BESIDE = 0.2  # a later piece of the title element where the page says its headline elsewhere: site or section
_UNSEEN = 0.6  # what is said of the headline but stands in no line
# Words that page makers give to the part of a heading that stands over the headline itself.
_KICKER = re.compile(
    r"kicker|(?:over|roof|top|eye|sub)-?_?line\b|overline|roofline|topline|dachzeile|spitzmarke|oberzeile|(?:pre|super|sup|sur|ante|over)-?_?titl|surtitre|antetitulo|"
    r"volanta|occhiello|cintillo|eyebrow|(?:^|[\s_-])(?:label|categor\w*|rubri\w{1,3}|prefix|badge|colon|aural|sr-only|h\dsmall|small)(?:$|[\s_-])|hidden",
    re.IGNORECASE)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class PageView:
    """What is known of a page beside its lines: each line's mark, what its head says, and its tree."""

    marks: Sequence[Mark]
    meta: PageMeta
    tree: Any | None
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """The heading: its words, and the line that holds them, None when they stand in none."""

    words: str
    line: int | None


def site_names(meta: PageMeta, url: str | None) -> list[str]:
    """What the site is called: by the page's head, by its host, and by a title that ends with one name twice."""
    said = {line_key(s.value) for s in meta.headlines[:12]}
    names = [
        s.value for s in meta.sites[:20]
        if not SEPARATED.search(s.value) and not (len(words_of(s.value)) >= LONG_NAME and line_key(s.value) in said)
    ]  # fmt: skip
    host = host_of(split_archived(url)[0]) if url else None
    if host:
        label = max(host.split(".")[:-1] or [host], key=len)
        names.append(label)
    twice = _TWICE.search(meta.title)
    if twice:
        names.append(twice.group(1))
    return names


def is_site(text: str, sites: Sequence[str]) -> bool:
    """Whether a heading or a piece of a title only names the site."""
    key = line_key(text)
    if not key:
        return True
    if len(key) > 80:
        return False
    joined = key.replace(" ", "")
    for site in sites:
        known = line_key(site)
        together = known.replace(" ", "")
        if key == known or (len(key) > 3 and known.startswith(key + " ")):
            return True
        if len(together) > 3 and together in joined and len(joined) <= len(together) + _AROUND_SITE:
            return True
    return False


def claims_of(meta: PageMeta, sites: Sequence[str]) -> dict[str, tuple[float, int, str]]:
    """What the page's head says the headline is, by its key: weight, number of witnesses, words."""
    claims: dict[str, tuple[float, int, str]] = {}

    def add(words: str, weight: float) -> None:
        key = line_key(_CUT_OFF.sub("", words))
        if key and not is_site(words, sites):
            held = claims.get(key, (0.0, 0, words))
            claims[key] = (max(held[0], weight), held[1] + 1, held[2] if held[1] else words.strip())

    for statement in meta.headlines[:12]:
        words = _without_site(statement.value, sites)
        weight = _LINKED if statement.where == "json-ld" or statement.where.endswith("headline") else _SHARED
        add(words, weight)
        for piece, share in _pieces(words):
            add(piece, weight * share)
    words = _without_site(meta.title, sites)
    add(words, _TITLE)
    for piece, share in _pieces(words):
        section = bool(meta.headlines) and (share == _PIECE or len(words_of(piece)) <= LONGEST_SECTION)
        add(piece, _PIECE_BESIDE if section else share)
    return claims


def _without_site(title: str, sites: Sequence[str]) -> str:
    """A title without the site's name before and behind it; "" when it says nothing else."""
    twice = _TWICE.search(title)
    if twice:
        title = title[: twice.start()]
    for _ in range(4):
        cuts = list(SEPARATED.finditer(title))[:12]
        if cuts and is_site(title[cuts[-1].end() :], sites):
            title = title[: cuts[-1].start()]
        elif cuts and is_site(title[: cuts[0].start()], sites):
            title = title[cuts[0].end() :]
        else:
            break
    head, colon, rest = title.partition(": ")
    if colon and is_site(head, sites):
        title = rest
    return "" if is_site(title, sites) else title.strip()


def _pieces(title: str) -> Iterator[tuple[str, float]]:
    """The pieces of a title between its separators, from its beginning on also joined, and what stands behind a colon."""
    cuts = list(SEPARATED.finditer(title))[:8]
    ends = [c.start() for c in cuts]
    starts = [0, *(c.end() for c in cuts)]
    for end in ends:
        yield title[:end], _FIRST_PIECE
    for start, end in zip(starts[1:], [*ends[1:], len(title)], strict=False):
        yield title[start:end], _PIECE
    found = _COLON.search(title[: ends[0]] if ends else title)
    if found:
        yield title[found.end() : ends[0] if ends else len(title)], _AFTER_COLON


def choose_heading(lines: Sequence[Line], view: PageView, kept: Sequence[float]) -> Chosen | None:
    """The heading of a page's article, `kept` its lines' probabilities of being that; None when nothing speaks for any."""
    text_lines = [i for i, p in enumerate(kept) if p >= 0.5 and len(words_of(lines[i].text)) >= SENTENCE]
    first = text_lines[0] if text_lines else len(lines)
    below = text_lines[FULL] if len(text_lines) > FULL else len(lines)
    sites = site_names(view.meta, view.url)
    claims = claims_of(view.meta, sites)
    longest = max(map(len, claims), default=0) + SLACK
    places = [
        i for i, m in enumerate(view.marks) if m.tag in _HEADINGS or m.inside & _TITLED or len(lines[i].text) <= longest
    ][:MAX_CANDIDATES]  # fmt: skip
    first_headings = _first_headings(view.tree)
    tops = [
        i for i in places
        if first_headings.get(lines[i].text) and not view.marks[i].inside & _NOT_TOP and not is_site(lines[i].text, sites)
    ]  # fmt: skip
    elsewhere = any(
        view.marks[i].inside & _TITLED and not view.marks[i].inside & _ASIDE and i not in tops
        and claims.get(line_key(lines[i].text), (0.0, 0, ""))[0] >= _TITLE
        for i in places
    ) or any(
        view.marks[i].tag in _HEADINGS and not view.marks[i].inside & _NOT_TOP and i not in tops and tops and tops[0] < i <= first + 1
        and len(words_of(lines[i].text)) >= BORNE_OUT and line_key(lines[i].text) in claims for i in places
    )  # fmt: skip
    best: tuple[float, int] | None = None
    for i in places:
        text, mark = lines[i].text, view.marks[i]
        heading = mark.tag in _HEADINGS
        key = line_key(_CUT_OFF.sub("", text))
        titled = heading or bool(mark.inside & _TITLED)
        support = _support(key, claims, fuzzy=titled) * (1 if titled else _NO_HEADING)
        if not key or (not heading and support <= 0) or len(words_of(text)) > MAX_WORDS:
            continue
        aside = bool(mark.inside & _ASIDE) and not (len(tops) == 1 and i in tops)
        score = support - _IN_ASIDE * aside - _IN_FRAME * bool(mark.inside & _FRAME) - _BEHIND * (i > first + 1)
        score -= _OF_SITE * is_site(text, sites)
        if i in tops and i < below and claims.get(key, (1.0, 0, ""))[0] > _PIECE_BESIDE:
            believed = support > (HALF if elsewhere else 0) or (
                not elsewhere and i == tops[0] and len(tops) <= MAX_TOPS
            )
            score += _H1 * believed + _ONLY_H1 * (believed and len(tops) == 1)
        elif mark.tag == "h2" and not aside:
            score += _H2
        score += _CLASS * bool(mark.inside & _TITLED)
        if best is None or score > best[0] + 1e-9:
            best = (score, i)
    unseen = max(
        ((w + _MORE_WITNESSES * (n - 1), said) for w, n, said in claims.values()), key=lambda c: c[0], default=None
    )
    if best is not None and best[0] > 0.35 and (unseen is None or best[0] >= _UNSEEN * unseen[0]):
        text = lines[best[1]].text
        fuller = _fuller(lines, view, (text, best[1]), first)
        if fuller is not None:
            return fuller
        whole = max((h for h in first_headings if text in h and _votes(h, claims)), key=len, default=text)
        return Chosen(words=whole if whole != text else _without_kicker(text, view, claims), line=best[1])
    if unseen is None:
        return None
    return _fuller(lines, view, (unseen[1], first + 1 - UNDER), first) or Chosen(words=unseen[1], line=None)


def _fuller(lines: Sequence[Line], view: PageView, said: tuple[str, int], first: int) -> Chosen | None:
    """The heading right above the text, close under the one that is `said`, that goes on where that ends.

    Where only its title element names a page, its first heading may name the part of the site; of a single word it
    need not even stand at the beginning.
    """
    if view.meta.headlines:
        return None
    begin = line_key(said[0]).split()
    for i in range(max(0, said[1] + 1), min(said[1] + 1 + UNDER, first + 2, len(lines))):
        words = line_key(lines[i].text).split()
        if (
            view.marks[i].tag not in _HEADINGS
            or view.marks[i].inside & _NOT_TOP
            or not len(begin) < len(words) <= MAX_WORDS
        ):
            continue
        if words[: len(begin)] == begin or (len(begin) == 1 and any(word.startswith(begin[0]) for word in words)):
            return Chosen(words=lines[i].text, line=i)
    return None


def heading_above(lines: Sequence[Line], view: PageView, kept: Sequence[float]) -> int | None:
    """The first heading that stands right above a line that is surely article: for pages that say nothing of theirs."""
    sites = site_names(view.meta, view.url)
    for i, mark in enumerate(view.marks[:-1]):
        if kept[i + 1] < SURE or mark.inside & _NOT_TOP or not (mark.tag in _HEADINGS or mark.inside & _TITLED):
            continue
        if 0 < len(words_of(lines[i].text)) <= MAX_WORDS and not is_site(lines[i].text, sites):
            return i
    return None


def _first_headings(tree: Any | None) -> dict[str, bool]:
    """The texts of the page's first-rank headings and their pieces; whether none of them is a step of a path."""
    found: dict[str, bool] = {}
    for element in tree.iter("h1") if tree is not None else ():
        if len(found) > MAX_TOPS * 20:
            break
        path = any(
            "breadcrumb" in f"{e.get('class') or ''} {e.get('id') or ''}".lower()
            for e in (element, *element.iterancestors())
        )
        whole = " ".join("".join(element.itertext()).split())
        for piece in (element, *element):
            text = " ".join("".join(piece.itertext()).split()) if isinstance(piece.tag, str) else ""
            if 2 * len(text) > len(whole):
                found[text] = found.get(text, False) or not path
    return found


def _support(key: str, claims: dict[str, tuple[float, int, str]], *, fuzzy: bool) -> float:
    """How far what the head says supports a line: in full by the same words, in part by most of them."""
    held = claims.get(key)
    best = held[0] + _MORE_WITNESSES * min(held[1] - 1, 3) if held is not None else 0.0
    if not fuzzy or held is not None:
        return best
    have = set(key.split())
    for other, (weight, _, _) in claims.items():
        words = set(other.split())
        same = len(words & have) / len(words | have)
        if len(have) > 3 and len(words) > 3 and (key.startswith(other) or other.startswith(key)):
            same = max(same, 0.9)
        elif len(have) > 1 and (other.startswith(key) or other.endswith(key)):
            same = max(same, 0.6)
        if same >= 0.5:
            best = max(best, 0.8 * same * weight)
    return best


def _without_kicker(text: str, view: PageView, claims: dict[str, tuple[float, int, str]]) -> str:
    """The headline alone, where its heading holds a kicker too: by class names, else by what the page's head says."""
    if view.tree is None:
        return text
    for element in view.tree.iter(*_HEADINGS):
        if " ".join("".join(element.itertext()).split()) != text:
            continue
        parts = [(" ".join(words.split()), names) for words, names in _parts(element)]
        parts = [(words, names) for words, names in parts if words]
        if len(parts) < 2:
            return text
        kept = " ".join(words for words, names in parts if not _KICKER.search(names)).strip(" :|–-")
        if kept and kept != text and (len(words_of(kept)) > 1 or len(kept) > 5):
            return kept if kept in text else text
        votes = {words: _votes(words, claims) for words, _ in parts if len(words_of(words)) > 2}
        part, most = max(votes.items(), key=lambda v: v[1], default=("", 0))
        return part if most > _votes(text, claims) and part in text else text
    return text


def _votes(words: str, claims: dict[str, tuple[float, int, str]]) -> int:
    """How many statements of the page's head are these words in full."""
    weight, witnesses, _ = claims.get(line_key(words), (0.0, 0, ""))
    return witnesses if weight >= _TITLE else 0


def _parts(element: Any) -> Iterator[tuple[str, str]]:
    """The pieces of text right inside a heading, each with its element's name and class names."""
    if element.text:
        yield element.text, ""
    for child in element:
        if isinstance(child.tag, str):
            inner = list(child)
            names = f"{child.tag if child.tag == 'small' else ''} {child.get('class') or ''}"[:200]
            if (
                len(inner) > 1
                and not (child.text or "").strip()
                and child.tag not in ("small", "em", "b", "strong", "i")
            ):
                yield from ((words, f"{names} {more}") for words, more in _parts(child))
            else:
                yield "".join(child.itertext()), names
        if child.tail:
            yield child.tail, ""
