"""Lines of flattened text → those that belong to readers' comments, by the marks that such threads repeat.

A comment prints who, when and what one may do with it, over and over; nothing in an article does. Where markup is left,
class names say it and `judge.without_comments` hears them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from copydesk.cleaning.cues import MONTHS
from copydesk.cleaning.lines import Line

MAX_MARK = 90  # characters of a line that is a mark
MAX_NAME = 40  # characters of a line before the first mark that names who comments
MAX_APART = 16  # lines from one mark to the next, that is the longest comment
MIN_MARKS, MIN_SURE = 4, 2
MIN_BESIDE = 25  # words of a line outside, without which the whole text would be comments

# What only a comment says of itself.
_SURE = re.compile(
    r"\b(?:says|said|wrote|writes|commented|schrieb|schreibt|sagt|dijo|dice|a écrit|dit|ha scritto|disse|comentou|skriver|pisze|пишет)\s?:$|"
    r"^\W{0,3}(?:log in to )?(?:reply|repl(?:y|ies) to|report(?: abuse| comment)?|permalink|upvote|downvote|flag|antworten|melden|répondre|signaler|responder|denunciar|rispondi|"
    r"beantwoorden|odpowiedz|svara|ответить)\b.{0,30}$|^\W{0,3}\d{1,5}\s?(?:votes?|upvotes?|points?|likes?)\W{0,3}$|^\W{0,3}rating:?\s?(?:\d{1,5}\s?votes?)?\W{0,3}$",
    re.IGNORECASE)  # fmt: skip
_WHEN = re.compile(
    rf"\b(?:\d{{1,2}}\.?\s?(?:de\s)?{MONTHS}|{MONTHS}\.?\s?\d{{1,2}})\b.{{0,20}}\d{{1,2}}[:.h]\d{{2}}|\b\d{{1,4}}[./-]\d{{1,2}}[./-]\d{{1,4}}\b.{{0,12}}\d{{1,2}}:\d{{2}}|"
    r"\b\d{1,2} (?:second|minute|min|hour|hr|day|week|month|year)s? ago\b|\bvor \d{1,2} (?:minuten?|stunden?|tag(?:en)?|wochen?|monat(?:en)?|jahr(?:en)?)\b|\bil y a \d{1,2} \w{2,9}\b|\bhace \d{1,2} \w{2,9}\b",
    re.IGNORECASE)  # fmt: skip


def find_threads(lines: Sequence[Line]) -> npt.NDArray[np.bool_]:
    """bool (lines,): whether a line stands in a thread of comments; none does where nothing but threads is found."""
    inside = np.zeros(len(lines), dtype=np.bool_)
    for first, last in _runs(lines):
        inside[first : last + 1] = True
    beside = any(not is_it and len(line.text.split()) >= MIN_BESIDE for line, is_it in zip(lines, inside, strict=True))
    return inside if beside else np.zeros(len(lines), dtype=np.bool_)


def _runs(lines: Sequence[Line]) -> list[tuple[int, int]]:
    """First and last line of each thread: from the names before its first sure mark to what follows its last one."""
    marks = [(i, kind) for i, line in enumerate(lines) if (kind := _mark(line.text)) > 0]
    runs: list[tuple[int, int]] = []
    begin = 0
    for k in range(1, len(marks) + 1):
        if k < len(marks) and marks[k][0] - marks[k - 1][0] <= MAX_APART:
            continue
        thread = marks[begin:k]
        begin = k
        if len(thread) < MIN_MARKS or sum(kind == 2 for _, kind in thread) < MIN_SURE:
            continue
        gaps = [b - a for (a, _), (b, _) in pairwise(thread)]
        # The article's own time stamp may stand as near as a comment's: the thread begins with what only comments say.
        first = next(i for i, kind in thread if kind == 2)
        while first > 0 and first > thread[0][0] - 2 and len(lines[first - 1].text) <= MAX_NAME:
            first -= 1
        runs.append((first, min(len(lines) - 1, thread[-1][0] + max(gaps) - 1)))
    return runs


def _mark(text: str) -> int:
    """2 for a line that only a comment has, 1 for one that says when, 0 for any other."""
    if len(text) > MAX_MARK:
        return 0
    if _SURE.search(text):
        return 2
    return int(_WHEN.search(text) is not None)
