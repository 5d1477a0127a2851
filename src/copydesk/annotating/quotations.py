"""Text → the stretches that stand in quotation marks, whatever marks a page uses and however it lost some."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from copydesk.text.sentences import find_paragraphs

_OPENS = "“«„‟"
_CLOSES = "”»"
_STRAIGHT = '"＂'
_SINGLE_OPENS = "‘‚‹"
_SINGLE_CLOSES = "’›"
_BEFORE_OPEN = " \t\n\u00a0([{—–-/:>"
_LEADS = re.compile(r"[ \t\u00a0]{1,3}(?:…|\.\.|[A-Z])")  # a paragraph's first words set off from the mark before them
SPEAKER_LINE = re.compile(r"[A-Z][A-Z.’'-]+(?: [A-Z][A-Z.’'-]+){0,3}:")  # a speaker's name in a transcript
_SINGLE_MAX = 1200  # code points between single marks; an apostrophe far away closes nothing
_NEST_MAX = 20  # marks looked ahead to tell a nested quotation from one whose end was lost
_SINGLE_PLAIN_MAX = 80  # the same when no stop or comma stands before the closing mark


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """Words between quotation marks: `start` and `end` with the marks, `first` and `last` without them.

    `closed` False: the paragraph ended first, and a following paragraph that opens with a mark goes on with it.
    `paragraph` numbers the paragraph it stands in; `alone` tells that nothing but the quotation stands there.
    """

    start: int
    end: int
    first: int
    last: int
    closed: bool
    paragraph: int
    alone: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mark:
    start: int
    end: int
    opens: bool
    closes: bool
    single: bool


def find_quotations(text: str) -> tuple[Quotation, ...]:
    """The outermost quotations of an article's text, in order of place."""
    found: list[Quotation] = []
    for number, (start, end) in enumerate(find_paragraphs(text)):
        double = _pair(text, [m for m in _marks(text, start, end) if not m.single], (start, end), number)
        found.extend(double)
        taken = [(q.start, q.end) for q in double]
        found.extend(q for q in _pair_single(text, (start, end), number) if not _inside(q, taken))
    return tuple(sorted(found, key=lambda q: q.start))


def _inside(quotation: Quotation, taken: list[tuple[int, int]]) -> bool:
    at = bisect_right(taken, (quotation.start, quotation.start)) - 1
    return any(a < quotation.end and quotation.start < b for a, b in taken[max(0, at) : at + 2])


def _marks(text: str, start: int, end: int) -> list[_Mark]:
    """The double quotation marks of a stretch; two single ones side by side are one double mark."""
    marks = []
    i = start
    while i < end:
        char = text[i]
        width = 1
        if char in "'`´‘’" and i + 1 < end and text[i + 1] in "'`´‘’" and text[i + 1] == char:
            char, width = '"', 2
        if char in _OPENS or char in _CLOSES or char in _STRAIGHT:
            before = text[i - 1] if i > start else " "
            after = text[i + width] if i + width < end else " "
            # At the start of a paragraph there is nothing to close: “ … and so it went” opens in spite of the space.
            leads = i == start and _LEADS.match(text, i + width) is not None
            may_open = before in _BEFORE_OPEN and (leads or not after.isspace())
            may_close = not before.isspace() and i > start
            # “ right behind a comma or colon, said,“Now …”: it opens where nothing is open.
            tight = char == "“" and before in ",:" and after.isalnum()
            if tight:
                marks.append(_Mark(start=i, end=i + width, opens=True, closes=True, single=False))
            elif char in _OPENS and not (char == "“" and may_close and not may_open):
                marks.append(_Mark(start=i, end=i + width, opens=True, closes=False, single=False))
            elif char in _CLOSES and not (may_open and not may_close):
                marks.append(_Mark(start=i, end=i + width, opens=False, closes=True, single=False))
            else:
                # A straight mark, or a curly one that stands the wrong way round: its place decides.
                both = may_open == may_close
                marks.append(
                    _Mark(start=i, end=i + width, opens=may_open or both, closes=may_close or both, single=False)
                )
        i += width
    return marks


def _pair(text: str, marks: list[_Mark], bounds: tuple[int, int], paragraph: int) -> list[Quotation]:
    found = []
    opened: _Mark | None = None
    depth = 0
    for number, mark in enumerate(marks):
        if opened is None:
            if mark.opens:
                opened, depth = mark, 0
        elif mark.closes and (not mark.opens or depth == 0):
            if depth and not mark.opens:
                depth -= 1
                continue
            found.append(_quotation(text, (opened, (mark.start, mark.end)), bounds, paragraph))
            opened = None
        elif mark.opens and not mark.closes:
            depth = 1 if _closes_later(marks[number + 1 : number + 1 + _NEST_MAX]) > 1 else 0
    if opened is not None and (text[opened.end : bounds[1]].strip()):
        closer = _mistyped_close(text, opened.end, bounds[1]) or (bounds[1], bounds[1])
        found.append(_quotation(text, (opened, closer), bounds, paragraph))
    return found


def _mistyped_close(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Where a single mark closes what a double one opened: after a stop, before other words, opened by no single one."""
    nested = 0
    for i in range(start, end - 1):
        if text[i] in _SINGLE_OPENS and text[i - 1] in _BEFORE_OPEN and not text[i + 1].isspace():
            nested += 1
        elif text[i] in _SINGLE_CLOSES and text[i - 1] in ",.!?…" and text[i + 1].isspace():
            if not nested:
                return i, i + 1
            nested -= 1
    return None


def _closes_later(marks: list[_Mark]) -> int:
    """How many of these marks close before one opens."""
    count = 0
    for mark in marks:
        if mark.closes:
            count += 1
        elif mark.opens:
            break
    return count


def _quotation(text: str, marks: tuple[_Mark, tuple[int, int]], bounds: tuple[int, int], paragraph: int) -> Quotation:
    opened, closer = marks
    first, last = opened.end, closer[0]
    while first < last and text[first].isspace():
        first += 1
    while last > first and text[last - 1].isspace():
        last -= 1
    return Quotation(
        start=opened.start,
        end=closer[1],
        first=first,
        last=last,
        closed=closer[0] != closer[1],
        paragraph=paragraph,
        alone=(opened.start, closer[1]) == bounds,
    )


def _pair_single(text: str, bounds: tuple[int, int], paragraph: int) -> list[Quotation]:
    """Quotations in single marks, told from apostrophes by what stands around them."""
    start, end = bounds
    found = []
    i = start
    while i < end:
        char = text[i]
        before = text[i - 1] if i > start else " "
        after = text[i + 1] if i + 1 < end else " "
        opens = (char in _SINGLE_OPENS or char == "'") and before in _BEFORE_OPEN + '"“' and after.isalnum()
        if opens and (close := _single_close(text, i, bounds)) is not None:
            mark = _Mark(start=i, end=i + 1, opens=True, closes=False, single=True)
            found.append(_quotation(text, (mark, (close, close + 1)), bounds, paragraph))
            i = close + 1
        else:
            i += 1
    return found


def _single_close(text: str, opened: int, bounds: tuple[int, int]) -> int | None:
    """Where a quotation that opens with a single mark closes: a mark after a stop, else a near one after a word."""
    start, end = bounds
    closers = _SINGLE_CLOSES if text[opened] != "'" else "'"
    plain = far = None
    for i in range(opened + 2, min(end, opened + _SINGLE_MAX)):
        if text[i] not in closers:
            continue
        after = text[i + 1] if i + 1 < end else " "
        if after.isalnum():
            continue
        if text[i - 1] in ".,!?…":
            return i
        if plain is None and text[i - 1].isalnum() and i - opened <= _SINGLE_PLAIN_MAX:
            # "the ministers’ …": after an s it is more likely an apostrophe, unless the clause ends there.
            plain = i if text[i - 1] != "s" or after in ".,;:!?)—–" else None
            if plain is not None:
                return plain
        elif far is None and text[i - 1].isalnum() and text[i - 1] != "s":
            far = i
    # Far from its opening a mark after a word closes only what opens a paragraph or follows a stop.
    return far if opened == start or text[opened - 2 : opened].strip() in (",", ":") else None
