"""Lines → the headline: what the page or its container states, found again in the text, or the line that reads like one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from copydesk.cleaning.features import Matrix, columns_of, words_of
from copydesk.cleaning.flatten import Inside, Mark
from copydesk.cleaning.lines import Line, line_key
from copydesk.cleaning.metadata import PageMeta
from copydesk.cleaning.titles import SEPARATED, PageView, choose_heading, heading_above, is_site

MAX_LABEL = 120
_CUT_OFF = re.compile(r"\s*(?:…|\.\.\.|\[…\]).{0,3}$")
_SENTENCE = re.compile(r"^.{20,}?[.!?][\"”’')]{0,2}(?=\s+[A-Z“\"‘]|$)", re.DOTALL)
_BANNED = ("turn_stamp", "turn_byline", "turn_share", "turn_photo", "turn_count", "turn_prompt", "turn_comments", "turn_legal",
           "turn_tags", "turn_credit", "turn_advert", "starts_symbol")  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """The headline's words; `line` is its place among the lines, None when it stands in none of them."""

    words: str
    line: int | None
    reason: str


def without_site(title: str, sites: Sequence[str]) -> str:
    """A page's title without the site's name and the section before or behind it."""
    pieces = SEPARATED.split(title)
    if len(pieces) < 2:
        return title.strip()
    known = {line_key(s) for s in sites if s}
    pieces = [p for p in pieces if line_key(p) not in known] or pieces
    longest = max(pieces, key=lambda p: (len(words_of(p)), -pieces.index(p)))
    kept = [p for p in pieces if len(words_of(p)) > 3 or p is longest]
    if len(kept) == len(pieces) and len(pieces) == len(SEPARATED.split(title)) and len(words_of(pieces[-1])) <= 4:
        kept = kept[:-1]
    first = title.find(kept[0])
    return title[first : title.find(kept[-1], first) + len(kept[-1])].strip()


def stated_headlines(meta: PageMeta) -> list[str]:
    """What a page says its headline is, the most trusted first: its head, then its title without the site's name."""
    sites = [s.value for s in meta.sites]
    found = [_without_known(s.value, sites) for s in meta.headlines]
    if meta.title:
        found.append(without_site(meta.title, sites))
    return [h for h in dict.fromkeys(found) if h and not is_site(h, sites)]


def _without_known(title: str, sites: Sequence[str]) -> str:
    """A stated headline without the site's name behind it; other pieces of it stay."""
    head, *rest = SEPARATED.split(title)
    return head.strip() if rest and all(is_site(piece, sites) for piece in rest) else title.strip()


def find_heading(
    lines: Sequence[Line], judgement: tuple[Matrix, Sequence[float]], stated: Sequence[str], page: PageView | None
) -> Heading:
    """The headline.

    `judgement` holds the lines' features and their probabilities of being article, `stated` what its container or the
    user says the headline is; `page` what the page itself says, None for flattened text.
    """
    rows, kept = judgement
    marks = page.marks if page is not None else None
    for words in stated:
        place = _find_stated(lines, words, marks)
        if place is not None:
            return Heading(
                words=lines[place].text, line=place, reason="the headline: it says what is stated of the article"
            )
    if page is not None and not stated:
        chosen = choose_heading(lines, page, kept)
        if chosen is not None:
            reason = (
                "the headline: the heading that fits best what the page says of itself"
                if chosen.line is not None
                else "stated"
            )
            return Heading(words=chosen.words, line=chosen.line, reason=reason)
    if stated:
        return Heading(words=stated[0], line=None, reason="stated")
    place = _best_line(lines, rows, kept)
    if place is not None:
        return Heading(
            words=lines[place].text, line=place, reason="the headline: the line above the text that reads like one"
        )
    place = heading_above(lines, page, kept) if page is not None else None
    if place is not None:
        return Heading(
            words=lines[place].text, line=place, reason="the headline: the first heading right above the text"
        )
    first = next((i for i, p in enumerate(kept) if p >= 0.5), None)
    return Heading(words=_label(lines[first].text) if first is not None else "", line=None, reason="the first sentence")


def _label(text: str) -> str:
    """The first sentence as a label, cut at a word when it is long."""
    found = _SENTENCE.search(text[:1000])
    sentence = " ".join((found.group() if found else text[:1000]).split())
    return sentence if len(sentence) <= MAX_LABEL else sentence[:MAX_LABEL].rsplit(" ", 1)[0] + " …"


def _find_stated(lines: Sequence[Line], stated: str, marks: Sequence[Mark] | None) -> int | None:
    """The line that holds the stated headline's words and hardly any more; an h1 before others, then the first."""
    wanted = line_key(_CUT_OFF.sub("", stated))
    words = set(wanted.split())
    if not words:
        return None
    best: tuple[float, int] | None = None
    for i, line in enumerate(lines):
        if len(line.text) > 3 * len(stated) + 40:
            continue
        key = line_key(_CUT_OFF.sub("", line.text))
        have = set(key.split())
        if not have:
            continue
        same = len(words & have) / len(words | have)
        if key == wanted:
            same = 2.0
        elif len(words) > 4 and (key.startswith(wanted) or wanted.startswith(key)) and len(have) > 3:
            same = max(same, 0.9)
        if same < 0.6 or (len(words) < 3 and same < 1):
            continue
        if marks is not None:
            same += 0.5 * (marks[i].tag == "h1") + 0.2 * (marks[i].tag == "h2") - 0.6 * bool(marks[i].inside & _ASIDE)
        if best is None or same > best[0] + 1e-9:
            best = (same, i)
    return best[1] if best is not None else None


_ASIDE = int(Inside.NAV | Inside.RELATED | Inside.FOOTER | Inside.ASIDE | Inside.LIST | Inside.COMMENT)


def _best_line(lines: Sequence[Line], rows: Matrix, kept: Sequence[float]) -> int | None:
    """Of the lines above the first paragraph the one that reads most like a headline of what follows."""
    at = columns_of()
    long = [i for i, line in enumerate(lines) if kept[i] >= 0.5 and (rows[i, at["ends"]] or len(line.text) > 200)
            and len(words_of(line.text)) >= 12]  # fmt: skip
    first = long[0] if long else next((i for i, p in enumerate(kept) if p >= 0.5), len(lines))
    candidates = list(range(max(0, first - 30), first))
    if long and _is_lead(lines, long):
        candidates.append(first)
    shown = [line_key(_CUT_OFF.sub("", line.text)) for line in lines[: first + 1]]
    best: tuple[float, int] | None = None
    for i in candidates:
        text = lines[i].text
        count = len(words_of(text))
        if not 2 <= count <= 40 or rows[i, [at[b] for b in _BANNED]].any() or rows[i, at["chrome_share"]] > 0.5:
            continue
        if len(SEPARATED.split(text)) > 3 or not any(w[0].isupper() for w in words_of(text)):
            continue
        cut_off = bool(_CUT_OFF.search(text))
        echoed = any(
            j != i and len(k) > 15 and _shows(k, shown[i]) and _CUT_OFF.search(lines[j].text)
            for j, k in enumerate(shown)
        )
        ends = text.endswith(".") and not text.endswith("...")
        score = (
            2.0 * rows[i, at["cohesion_core"]] + min(count, 9) / 6 - 1.2 * ends + 2.5 * echoed
            - 0.12 * min(first - i, 12) - 0.4 * cut_off - 1.0 * (count < 4) + 0.3 * (i == 0) - 0.8 * (i == first and not echoed)
            + 0.8 * (i == 0 and count > 3 and bool(rows[i, at["gap_after"]])) + 1.0 * (shown.count(shown[i]) > 1 and not ends)
        )  # fmt: skip
        if best is None or score > best[0]:
            best = (score, i)
    return best[1] if best is not None and best[0] > 0.9 else None


def _shows(breadcrumb: str, title: str) -> bool:
    """Whether a line that is cut off shows the beginning of a title, whatever stands before it."""
    head = " ".join(title.split()[:4])
    return len(head) > 12 and head in breadcrumb and breadcrumb != title


def _is_lead(lines: Sequence[Line], long: Sequence[int]) -> bool:
    """Whether the first paragraph may be a headline that ends with a full stop: furniture stands between it and the rest."""
    return len(long) > 2 and long[1] - long[0] > 2 and len(lines[long[0]].text) < 250


def repeats_heading(text: str, heading: str) -> bool:
    """Whether a line only says the headline again, whole or cut off."""
    key, said = line_key(_CUT_OFF.sub("", text)), line_key(_CUT_OFF.sub("", heading))
    return bool(key) and (key == said or (len(key.split()) > 3 and said.startswith(key)))
