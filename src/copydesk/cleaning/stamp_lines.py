"""Judged lines → the time stamps that date the article, told from the page's own date and from other articles' dates."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from copydesk.cleaning.datings import PlacedStamp
from copydesk.cleaning.features import columns_of, words_of
from copydesk.cleaning.flatten import Inside
from copydesk.cleaning.headlines import Heading
from copydesk.cleaning.judge import Judgement
from copydesk.cleaning.source import SourceText
from copydesk.cleaning.stamps import LONGEST_STAMP, Sense, Stamp, find_stamps, label_sense

NEAR = 12  # lines before the first paragraph and behind the last that still belong to the article's own frame
FOOT = 3  # lines behind the last paragraph where a time stamp that says what it is still dates the article
EDGE = 3  # lines at either end of the body where a line that is only a stamp is the article's, not a chapter's
ABOVE = 2  # lines over the headline where what the markup calls its date is its date
MASTHEADS = 2  # more different days in a page's frame are its teasers'
LONGEST_STAMP_LINE = 80
LABEL = 16  # characters in which a label at a line's beginning stands
BARE_WORDS, FRAMED_WORDS = 2, 6  # beside a stamp alone; beside one with a label before it or a mark behind it
LISTED = 3  # more different days in lines of their own are a list of articles
_MARK = re.compile(r"\s{0,2}(?:\d{1,2}:\d\d(?:\suhr)?\s{0,2})?[|•·–—/,-]", re.IGNORECASE)
_SIGNED = re.compile(r"^\s*[-–—]+\s|@\w")  # a name and date under a quoted post: its day, not the article's
_FRAME = int(Inside.NAV | Inside.FOOTER)
_ABOUT = int(Inside.ABOUT)
_OTHERS = int(Inside.RELATED | Inside.COMMENT | Inside.NAV | Inside.FOOTER)
_BESIDE = re.compile(
    r"\d{1,2}[:.h]\d\d(?::\d\d)?|\d{1,2}\s?[ap]\.?m\b|\W+|\d+|\b(?:uhr|at|um|à|a|as|on|am|den|le|of|et|est|edt|gmt|utc|cet|bst|ist|min|read|hrs?)\b",
    re.IGNORECASE,
)


def is_stamp_line(text: str) -> bool:
    """Whether a line is a time stamp and hardly anything else: a label, a weekday, a place."""
    if len(text) > LONGEST_STAMP_LINE:
        return False
    stamps = find_stamps(text)
    if not stamps:
        return False
    rest = text[: stamps[0].start] + " " + text[stamps[-1].end :]
    framed = label_sense(text[:LABEL]) != "plain" or (stamps[0].start < 4 and _MARK.match(text, stamps[0].end))
    return len(_BESIDE.sub(" ", rest).split()) <= (FRAMED_WORDS if framed else BARE_WORDS)


def only_stamps(source: SourceText, body: Sequence[int]) -> frozenset[int]:
    """The lines taken for body that only date the article: at its ends, or with a label."""
    ends = {*body[:EDGE], *body[-2:]}
    return frozenset(
        i for i in body
        if is_stamp_line(source.lines[i].text)
        and (i in ends or any(s.sense != "plain" for s in find_stamps(source.lines[i].text)))
    )  # fmt: skip


def date_stamps(source: SourceText, judgement: Judgement, heading: Heading, body: Sequence[int]) -> list[PlacedStamp]:
    """The time stamps of the article's own frame: beside headline and byline, and in the page's masthead."""
    if not source.lines:
        return []
    under = [i for i in body if heading.line is not None and i > heading.line]
    first = (under or body)[0] if body else len(source.lines)
    last = body[-1] if body else len(source.lines) - 1
    title = heading.line if heading.line is not None and heading.line <= first else None
    in_body = set(body)
    placed: list[PlacedStamp] = []
    for i in range(
        max(0, min(first, title if title is not None else first) - 40), min(len(source.lines), last + FOOT + 1)
    ):
        line = source.lines[i]
        if i in in_body or i == heading.line or len(line.text) > LONGEST_STAMP or _SIGNED.search(line.text):
            continue
        if first < i <= last and not (_with_title(source, i, title) and is_stamp_line(line.text)):
            continue
        for stamp in _labelled(source, i):
            masthead = _is_masthead(source, judgement, (i, title, first), stamp)
            behind = i > last and stamp.sense == "plain"
            if masthead is None or (i > last and masthead) or (behind and not _signs(source, i, last)):
                continue
            start, end = line.start + stamp.start, line.start + stamp.end
            placed.append(PlacedStamp(stamp=stamp, start=start, end=end, masthead=masthead, behind=behind))
    heads = {p.stamp.day for p in placed if p.masthead}
    return placed if len(heads) <= MASTHEADS else [p for p in placed if not p.masthead or p.stamp.weekday is not None]


def other_days(source: SourceText, stamps: Sequence[PlacedStamp]) -> frozenset[date]:
    """The days that stand in a page but do not date its article: in its text, as its masthead, as its last change."""
    own = {p.stamp.day for p in stamps if not p.masthead and p.stamp.sense != "modified"}
    others = {p.stamp.day for p in stamps if p.masthead}
    listed: set[date] = set()
    for i, line in enumerate(source.lines):
        prose = not is_stamp_line(line.text)
        labelled = _days_of(line.text) if prose else _labelled(source, i)
        others.update(s.day for s in labelled if prose or s.sense == "modified" or s.weekday is not None)
        if not prose:
            listed.update(s.day for s in find_stamps(line.text))
    if len(listed) > LISTED:
        others |= listed
    return frozenset(others - own)


_YEAR = re.compile(r"(?:19|20)\d\d")


def _days_of(text: str) -> Iterator[Stamp]:
    """The days of a line of any length, read around each year in it."""
    end = 0
    for found in _YEAR.finditer(text[:20_000]):
        if found.start() >= end:
            begin = max(end, found.start() - 60)
            end = found.end() + 40
            yield from find_stamps(text[begin:end])


def _with_title(source: SourceText, i: int, title: int | None) -> bool:
    """Whether a line among a page's text stands close under its headline, in no list of other articles."""
    if source.marks is None or title is None:
        return False
    return 0 < i - title <= NEAR and not source.marks[i].inside & _OTHERS


def _signs(source: SourceText, i: int, last: int) -> bool:
    """Whether a bare date stands right under a page's text, as under a letter, and in no list of other articles."""
    if source.marks is None or i - last > 2:
        return False
    return not source.marks[i].inside & _OTHERS and is_stamp_line(source.lines[i].text)


def _labelled(source: SourceText, i: int) -> Iterator[Stamp]:
    """The stamps of a line; one without a label has that of the line before it, when that is a label alone."""
    stamps = find_stamps(source.lines[i].text)
    if not stamps:
        return
    before = source.lines[i - 1].text if i else ""
    label: Sense = (
        label_sense(before) if len(before) < 40 and len(words_of(before)) <= 4 and not find_stamps(before) else "plain"
    )
    for place, stamp in enumerate(stamps):
        bare = place == 0 and stamp.sense == "plain" and stamp.start < 4
        yield stamp if not bare or label == "plain" else stamp.as_(label)


def _is_masthead(
    source: SourceText, judgement: Judgement, places: tuple[int, int | None, int], stamp: Stamp
) -> bool | None:
    """Whether a stamp is the page's own date; None when it stands too far from both headline and masthead to tell."""
    i, title, first = places
    if stamp.sense != "plain":
        return None if title is not None and i < title - NEAR else False
    at = columns_of()
    around = range(max(0, i - 2), min(len(source.lines), i + 3))
    framed = any(judgement.rows[j, at["chrome_share"]] > 0.5 or "°" in source.lines[j].text for j in around if j != i)
    if source.marks is not None and source.marks[i].inside & _FRAME:
        return True if is_stamp_line(source.lines[i].text) else None
    before = i < title if title is not None else i < first - 2
    if (
        before
        and source.marks is not None
        and title is not None
        and title - i <= ABOVE
        and source.marks[i].inside & _ABOUT
    ):
        return False
    if before and (stamp.weekday is not None or (i < 4 and framed and not stamp.clock)):
        return True
    if before and title is not None and title - i > 4:
        return None
    return False
