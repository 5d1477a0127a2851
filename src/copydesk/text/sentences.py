"""Text → where its paragraphs and sentences stand, by rules alone."""

from __future__ import annotations

import re

_BLANK = re.compile(r"\n[ \t\r\f\v\u00a0]*\n\s*")
_LINE_END = re.compile(r"[ \t\r\u00a0]*\n[ \t\r\u00a0]*")
_WRAPPED_MAX = 120  # no line of hard-wrapped text is longer; where one is, every line break is meant
OPENING = "“‘«„\"'(["
CLOSING = "”’»“\"')]"
_END = re.compile(r"[.!?…]+[”’»“\"')\]]*")
_WORD_BEFORE = re.compile(r"[^\s(“\"‘'«„\[]{1,24}$")

# Abbreviations that stand before a name or number: a full stop after them ends no sentence.
_BEFORE_NAME_WORDS = (
    "mr mrs ms mx dr prof sr sra st rev fr hon gov sen rep reps sens gen lt col maj capt cmdr cpl sgt adm brig cap "
    "pvt supt insp det amb atty dist asst dep pres pfc msgt ssgt vs v no nos art arts fig figs pp vol sec ch pt op "
    "mt ft mme mlle m sig sgr messrs esq cf viz al approx est ca bros"
)
_BEFORE_NAME = frozenset(_BEFORE_NAME_WORDS.split())
# Abbreviations that may end a sentence: the word after them decides.
_OPEN_WORDS = (
    "jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thurs fri sat sun inc corp co ltd plc llc "
    "jr sr ph.d m.d b.a m.a etc ave blvd rd st bldg dept univ assn calif fla ga ill ind kan ky la mass md mich minn "
    "miss mo mont neb nev okla ore pa tenn tex va vt wash wis wyo ariz ark colo conn del ala a.m p.m e.g i.e"
)
_OPEN = frozenset(_OPEN_WORDS.split())
_INITIALS = re.compile(r"(?:[A-Za-z]\.)*[A-Za-z]$")
_SENTENCE_STARTERS_WORDS = (
    "the a an this that these those he she it they we i you his her its their our my in on at as but and or if when "
    "while after before since although however there here what who why how where for from with by to one no not some "
    "many most officials police"
)
_SENTENCE_STARTERS = frozenset(_SENTENCE_STARTERS_WORDS.split())


def find_paragraphs(text: str) -> list[tuple[int, int]]:
    """The stretches between blank lines, trimmed; a line break ends one too, save in hard-wrapped text inside a sentence."""
    found: list[tuple[int, int]] = []
    start = 0
    for gap in [*_BLANK.finditer(text), None]:
        end = gap.start() if gap else len(text)
        found.extend(_cut_lines(text, start, end))
        start = gap.end() if gap else end
    return found


def _cut_lines(text: str, start: int, end: int) -> list[tuple[int, int]]:
    gaps = list(_LINE_END.finditer(text, start, end))
    ends = [start, *(g.end() for g in gaps)]
    wrapped = (
        all(g.start() - a <= _WRAPPED_MAX for a, g in zip(ends, gaps, strict=False)) and end - ends[-1] <= _WRAPPED_MAX
    )
    pieces = []
    for gap in gaps:
        before = text[max(start, gap.start() - 2) : gap.start()]
        finished = before.rstrip(CLOSING)[-1:] in (".", "!", "?", "…", ":") or before[-1:] in ("”", '"', "»")
        if finished or not (wrapped or text[gap.end() : gap.end() + 1].islower()):
            pieces.append((start, gap.start()))
            start = gap.end()
    pieces.append((start, end))
    return [trimmed for piece in pieces if (trimmed := _trim(text, *piece))]


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None


def find_sentences(text: str) -> list[tuple[int, int]]:
    """The sentences of one paragraph, trimmed, in order; every visible character lies in just one of them."""
    found = []
    start = 0
    for match in _END.finditer(text):
        if match.end() > start and _ends_sentence(text, match):
            if trimmed := _trim(text, start, match.end()):
                found.append(trimmed)
            start = match.end()
    if trimmed := _trim(text, start, len(text)):
        found.append(trimmed)
    return _join_lone_marks(text, found)


def _join_lone_marks(text: str, sentences: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Puts a "sentence" of punctuation alone (a stray full stop, a lone closing mark) to the one before."""
    joined: list[tuple[int, int]] = []
    for start, end in sentences:
        if joined and not any(c.isalnum() for c in text[start:end]):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _ends_sentence(text: str, match: re.Match[str]) -> bool:
    after = text[match.end() : match.end() + 40]
    marks = match.group()
    if not after.strip():
        return True
    glued = not after[0].isspace()
    rest = after.lstrip()
    first = rest.lstrip(OPENING)[:1]
    before = text[max(0, match.start() - 26) : match.start()]
    found = _WORD_BEFORE.search(before)
    word = found.group() if found else ""
    if glued:
        # A full stop without the space after it: a lower-case word, then a capitalised one.
        return (
            marks == "."
            and len(word) > 2
            and word[-2:].islower()
            and after[:2].istitle()
            and "." not in word
            and (len(after) > 1 and after[1].islower())
        )
    if not (first.isupper() or first.isdigit() or not first.isascii()):
        # "…" he said: a lower-case word goes on with the sentence; dashes, bullets and the like start anew.
        return not first.isalpha() and rest[:1] not in (",", ";", ".", "-", "–", "—", ")", "]", "&", "/")
    if marks[0] == "." and not marks.startswith(".."):
        return _full_stop_ends(word, rest, closed=len(marks) > 1)
    return True


def _full_stop_ends(word: str, rest: str, *, closed: bool) -> bool:
    low = word.lower()
    following = rest.lstrip(OPENING).split(maxsplit=1)[0].strip(",.;:!?”’\"'") if rest.strip() else ""
    starts_anew = following.lower() in _SENTENCE_STARTERS or rest[:1] in OPENING
    if low in _BEFORE_NAME and low not in ("no", "st", "art", "est", "al"):
        return False
    if low in ("no", "nos", "art", "fig", "vol", "sec", "pp"):
        return not following[:1].isdigit()
    if low == "st":
        return starts_anew
    if _INITIALS.match(word) and (len(word) == 1 or "." in word):
        if len(word) == 1 and word.islower():
            return True
        if word == "I":
            return starts_anew
        return starts_anew and (len(word) > 1 or closed)
    if low in _OPEN:
        return starts_anew and not following[:1].isdigit()
    return True
