"""Source text → its lines: the non-blank stretches that cleaning judges one by one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from copydesk.cleaning.cues import FUNCTION_WORDS

_LINE = re.compile(r"[^\n\r\x0b\x0c\u2028\u2029\x85]+")
_CODE = re.compile(
    r"\"\s?:\s?[\"\[{\dtf]|\bfunction\b\s?\w{0,30}\s?\(|=>|\bvar\s\w+\s?=|\}\s?[,;)\]}]|&&|\|\||===?|\w\.\w+\(|[\w-]\s?:\s?[\w#.%\s-]{1,40};|\{\s?[\w\"'-]"
)
_CODE_BEGINS = re.compile(
    r"[\[{(!;}/<@.#]|(?:var|let|const|function|window|document|if|try|jquery|dataLayer|googletag)\b[\s.(={]",
    re.IGNORECASE,
)
_NOT_WORD = re.compile(r"[\W_]+")
_ENDS = re.compile(r"[.!?…:;\"”’'»)\]]\s*$")

FEW_WORDS = 4
MAX_JOINED = 20_000
MIN_WRAPPED_WIDTH = 40
MAX_WRAPPED_WIDTH = 140


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A non-blank stretch of the source text; `gap` tells whether a blank line stands before it."""

    start: int
    end: int
    text: str
    gap: bool


@lru_cache(maxsize=8192)
def line_key(text: str) -> str:
    """What two printings of one line have in common: lower-cased words, digits made alike, 160 characters at most."""
    words = _NOT_WORD.sub(" ", text[:400].lower()).strip()
    return re.sub(r"\d+", "0", words)[:160]


def is_code(text: str) -> bool:
    """Whether a line is script, style or data that a flattener took for words; a sentence that shows a tag is not."""
    head = text[:3000]
    marks = len(_CODE.findall(head))
    return marks >= 2 and (bool(_CODE_BEGINS.match(head)) or marks * 60 > len(head))


def split_lines(source_text: str, limit: int) -> list[Line]:
    """The lines of a text in order; hard-wrapped paragraphs come back whole, as one line each.

    Past `limit` lines the rest of the text is one last line.
    """
    lines: list[Line] = []
    last_end = 0
    for found in _LINE.finditer(source_text):
        raw = found.group()
        text = raw.strip()
        if not text:
            continue
        start = found.start() + raw.index(text)
        end = start + len(text)
        if len(lines) + 1 >= limit:
            end = len(source_text.rstrip())
            text = source_text[start:end]
        breaks = source_text[last_end:start]
        gap = not lines or breaks.replace("\r\n", "\n").count("\n") > 1
        lines.append(Line(start=start, end=end, text=text, gap=gap))
        last_end = end
        if len(lines) >= limit:
            break
    return _unwrap(lines, source_text) if _is_wrapped(lines) else _rejoin(lines, source_text)


def _rejoin(lines: list[Line], source_text: str) -> list[Line]:
    """The lines with sentences made whole that a flattener broke at a link or a bold word."""
    whole: list[Line] = []
    for line in lines:
        if whole and not line.gap and _is_broken_off(whole[-1].text, line.text):
            start = whole[-1].start
            whole[-1] = Line(start=start, end=line.end, text=source_text[start : line.end], gap=whole[-1].gap)
        else:
            whole.append(line)
    return whole


def _is_broken_off(first: str, second: str) -> bool:
    """Whether a sentence begun in one line goes on in the next: it has words enough to be one, and does not end."""
    if len(first) > MAX_JOINED or _ENDS.search(first[-8:]):
        return False
    words = first.rsplit(None, FEW_WORDS)
    if len(words) <= FEW_WORDS and not (second[0] in ",.;)’”" and len(second) > 1):
        return False
    if second[0].islower() or second[0] in ",.;)’”":
        return True
    last = words[-1].lower()
    return first[-1] in ",-–—(“‘" or last in FUNCTION_WORDS


def _is_wrapped(lines: list[Line]) -> bool:
    """Whether the text breaks its lines at a width, not at the ends of paragraphs.

    In wrapped text most lines that another follows at once are nearly as long as the longest and break off in
    mid-sentence.
    """
    pairs = [(a, b) for a, b in pairwise(lines) if not b.gap]
    if len(pairs) < 3:
        return False
    lengths = sorted(len(a.text) for a, _ in pairs)
    width = lengths[int(len(lengths) * 0.95)]
    if not MIN_WRAPPED_WIDTH <= width <= MAX_WRAPPED_WIDTH:
        return False
    broken = sum(1 for a, b in pairs if _continues(a, b, width))
    return broken >= 0.5 * len(pairs)


def _continues(first: Line, second: Line, width: int) -> bool:
    """Whether the second line goes on with the first one's sentence."""
    if len(first.text) < 0.6 * width or second.text[:1] in "•*>-–":
        return False
    word = second.text.split(None, 1)[0]
    return len(first.text) + 1 + len(word) > width - 12 or (not _ENDS.search(first.text) and second.text[:1].islower())


def _unwrap(lines: list[Line], source_text: str) -> list[Line]:
    pairs = [len(a.text) for a, b in pairwise(lines) if not b.gap]
    width = sorted(pairs)[int(len(pairs) * 0.95)]
    whole: list[Line] = []
    previous: Line | None = None
    for line in lines:
        if previous is not None and not line.gap and _continues(previous, line, width):
            start = whole[-1].start
            whole[-1] = Line(start=start, end=line.end, text=source_text[start : line.end], gap=whole[-1].gap)
        else:
            whole.append(line)
        previous = line
    return whole
