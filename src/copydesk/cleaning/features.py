"""Lines → what can be measured of each: one row of numbers a line, columns by `COLUMNS`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from copydesk.cleaning.cues import CHROME_WORDS, FUNCTION_WORDS, PERSON_WORDS, TURNS, find_turns
from copydesk.cleaning.lines import Line, line_key
from copydesk.model.articles import Repeats

Matrix = npt.NDArray[np.float64]

WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)?|\d+")
SENTENCE_END = re.compile(r"[.!?…][\"”’»')\]]{0,3}(?=\s|$)")
_ELLIPSIS = re.compile(r"(?:…|\.\.\.|\[…\]|\[\.\.\.\])[\s»>\])]{0,3}$")
_SEPARATOR = re.compile(r"[|»›>·•►▸→/]")
_ADDRESS = re.compile(r"https?://|www\.|\S@\S{1,60}\.\w|\.(?:com|org|net|co)\b")
_CLOSERS = re.compile(r"[\"”’'»)\]*\s]+$")
_DIGIT = re.compile(r"\d")
_QUOTE = re.compile(r"[\"“”„«»]")

OWN = (
    "words", "letters", "word_length", "function_share", "function_any", "ends", "ends_ellipsis", "ends_colon",
    "sentences", "commas", "title_share", "caps_share", "digit_share", "starts_lower", "starts_symbol", "starts_quote",
    "separators", "address", "quotes", "chrome_share", "gap", "gap_after", "same_on_page", "by_outlet", "outlet_share",
    "by_pile", "pile_share", "headline_share", "headline_is", "cohesion", "cohesion_core", "echo", "prose", "printed_before",
    "person_share",
    *(f"turn_{name}" for name, _ in TURNS),
)  # fmt: skip
WINDOWED = (
    "words",
    "prose",
    "ends",
    "ends_ellipsis",
    "function_share",
    "chrome_share",
    "turns",
    "outlet_share",
    "gap",
    "title_share",
)
SHIFTS = (-3, -2, -1, 1, 2, 3)
AROUND = (
    "position", "from_end", "prose_before", "prose_after", "prose_near", "in_core", "from_core", "since_related",
    "since_comments", "comments_near", "since_prose", "until_prose", "lines", "prose_share", "previous_open", "next_joins", "from_headline", "before_headline",
)  # fmt: skip
COLUMNS: tuple[str, ...] = (*OWN, *(f"{name}{shift:+d}" for shift in SHIFTS for name in WINDOWED), *AROUND)
_AT = {name: i for i, name in enumerate(COLUMNS)}
_LOG_CAP = 400


def columns_of() -> dict[str, int]:
    """The place of each column by its name."""
    return _AT


def words_of(text: str) -> list[str]:
    """The words of a line; a line of a megabyte is judged by its beginning."""
    return WORD.findall(text[:20_000])


def line_features(lines: Sequence[Line], headline: str, site: str, repeats: Repeats) -> Matrix:
    """One row a line. `headline` is what the page or its container says it is about ("" when nobody does)."""
    rows = np.zeros((len(lines), len(COLUMNS)))
    if not lines:
        return rows
    words = [words_of(line.text) for line in lines]
    keys = [line_key(line.text) for line in lines]
    _fill_own(rows, lines, words)
    _fill_recurring(rows, keys, site, repeats)
    _fill_likeness(rows, words, headline)
    _fill_around(rows, lines, words)
    return rows


def _fill_own(rows: Matrix, lines: Sequence[Line], words: Sequence[list[str]]) -> None:
    for i, (line, found) in enumerate(zip(lines, words, strict=True)):
        text = line.text if len(line.text) <= 20_000 else line.text[:20_000]
        lowered = [w.lower() for w in found]
        count = len(found)
        alphabetic = [w for w in found if not w[0].isdigit()]
        function = len([w for w in lowered if w in FUNCTION_WORDS])
        ends = _ends(text)
        ellipsis = _ELLIPSIS.search(text[-8:]) is not None
        sentences = len(SENTENCE_END.findall(text))
        share = function / count if count else 0.0
        capital = len([w for w in alphabetic if w[0].isupper()])
        big = len([w for w in alphabetic if w.isupper() and len(w) > 1])
        prose = min(1.0, count / 25) * (ends and not ellipsis) * min(1.0, share / 0.3) if count >= 6 else 0.0
        rows[i, :22] = (
            np.log1p(min(count, _LOG_CAP)), np.log1p(min(len(text), 3000)),
            sum(map(len, found)) / count if count else 0.0, share, function > 0, ends, ellipsis,
            text.endswith((":", "：")), np.log1p(min(sentences, 20)), min(5, text.count(",")) / 5,
            capital / len(alphabetic) if alphabetic else 0.0, big / len(alphabetic) if alphabetic else 0.0,
            len(_DIGIT.findall(text[:500])) / min(len(text), 500), text[0].islower(),
            not text[0].isalnum() and text[0] not in "\"“”‘’'„«(", text[0] in "\"“”‘’'„«",
            min(4, len(_SEPARATOR.findall(text[:500]))) / 4, _ADDRESS.search(text[:300]) is not None,
            min(4, len(_QUOTE.findall(text[:2000]))) / 4,
            len([w for w in lowered if w in CHROME_WORDS]) / count if count else 0.5, line.gap,
            i + 1 == len(lines) or lines[i + 1].gap,
        )  # fmt: skip
        rows[i, _AT["prose"]] = prose
        rows[i, _AT["person_share"]] = len([w for w in lowered if w in PERSON_WORDS]) / count if count else 0.0
        beginning = text[:300] + " " + text[-200:] if len(text) > 500 else text
        for name in find_turns(beginning):
            rows[i, _AT[f"turn_{name}"]] = 1.0


def _ends(text: str) -> bool:
    """Whether a line ends as a sentence does."""
    tail = _CLOSERS.sub("", text[-6:])
    return tail.endswith((".", "!", "?", "…", "。", "؟")) or text.endswith((".”", '."', "»"))


def _fill_recurring(rows: Matrix, keys: Sequence[str], site: str, repeats: Repeats) -> None:
    on_page = Counter(keys)
    above = Counter[str]()
    largest = max((repeats.by_outlet.get(f"{site}\t{k}", 0) for k in keys), default=0) if site else 0
    for i, key in enumerate(keys):
        rows[i, _AT["same_on_page"]] = min(3, on_page[key] - 1)
        rows[i, _AT["printed_before"]] = min(3, above[key])
        above[key] += 1
        here = repeats.by_outlet.get(f"{site}\t{key}", 0) if site else 0
        rows[i, _AT["by_outlet"]] = np.log1p(min(here, 50))
        rows[i, _AT["outlet_share"]] = here / largest if largest else 0.0
        pile = repeats.by_pile.get(key, 0)
        rows[i, _AT["by_pile"]] = np.log1p(min(pile, 50))
        rows[i, _AT["pile_share"]] = min(1.0, pile / repeats.pages * 5) if repeats.pages > 4 else 0.0


def _fill_likeness(rows: Matrix, words: Sequence[list[str]], headline: str) -> None:
    """How many of a line's telling words stand in the headline, elsewhere on the page, and in its long paragraphs."""
    wanted = {w.lower() for w in words_of(headline) if len(w) > 3}
    telling = [[w.lower() for w in ws[:200] if len(w) > 3 and w.lower() not in FUNCTION_WORDS] for ws in words]
    elsewhere = Counter(w for ws in telling for w in set(ws))
    long = [i for i, ws in enumerate(words) if len(ws) >= 20 and rows[i, _AT["ends"]]]
    core = Counter(w for i in long for w in set(telling[i]))
    in_long = set(long)
    runs = [{tuple(ws[j : j + 3]) for j in range(min(len(ws) - 2, 100))} for ws in telling]
    met_runs = Counter(run for some in runs for run in some)
    for i, ws in enumerate(telling):
        if runs[i]:
            rows[i, _AT["echo"]] = sum(met_runs[run] > 1 for run in runs[i]) / len(runs[i])
        if not ws:
            continue
        own = i in in_long
        rows[i, _AT["cohesion"]] = sum(elsewhere[w] > 1 for w in ws) / len(ws)
        rows[i, _AT["cohesion_core"]] = sum(core[w] > own for w in ws) / len(ws)
        if wanted:
            rows[i, _AT["headline_share"]] = sum(w in wanted for w in ws) / len(ws)
            met = len(wanted.intersection(ws)) / len(wanted)
            rows[i, _AT["headline_is"]] = met * rows[i, _AT["headline_share"]]


def _fill_around(rows: Matrix, lines: Sequence[Line], words: Sequence[list[str]]) -> None:
    n = len(lines)
    turns = rows[:, [_AT[f"turn_{name}"] for name, _ in TURNS]].max(axis=1)
    for name in WINDOWED:
        column = turns if name == "turns" else rows[:, _AT[name]]
        for shift in SHIFTS:
            moved = rows[:, _AT[f"{name}{shift:+d}"]]
            if shift < 0:
                moved[-shift:] = column[:shift] if n > -shift else 0.0
            elif n > shift:
                moved[:-shift] = column[shift:]
    prose = rows[:, _AT["prose"]] * np.array([min(len(ws), 60) for ws in words])
    total = prose.sum()
    before = np.cumsum(prose) - prose
    place = np.arange(n)
    rows[:, _AT["position"]] = place / n
    rows[:, _AT["from_end"]] = (n - 1 - place) / n
    rows[:, _AT["lines"]] = np.log1p(n)
    rows[:, _AT["prose_share"]] = (rows[:, _AT["prose"]] > 0.3).mean()
    if total > 0:
        rows[:, _AT["prose_before"]] = before / total
        rows[:, _AT["prose_after"]] = (total - before - prose) / total
    reach = np.convolve(prose, np.ones(11), mode="full")[5 : 5 + n]
    rows[:, _AT["prose_near"]] = np.log1p(np.maximum(reach - prose, 0.0))
    first, last = densest(prose - 4.0)
    rows[:, _AT["in_core"]] = (place >= first) & (place <= last)
    rows[:, _AT["from_core"]] = np.log1p(np.maximum(np.maximum(first - place, place - last), 0))
    good = rows[:, _AT["prose"]] > 0.45
    rows[:, _AT["since_prose"]] = _since(good)
    rows[:, _AT["until_prose"]] = _since(good[::-1])[::-1]
    rows[:, _AT["since_related"]] = _since(rows[:, _AT["turn_related"]] > 0)
    comments = rows[:, _AT["turn_comments"]] > 0
    rows[:, _AT["since_comments"]] = _since(comments)
    rows[:, _AT["comments_near"]] = np.convolve(comments, np.ones(21), mode="full")[10 : 10 + n] / 21
    headed = np.flatnonzero(rows[:, _AT["headline_is"]] > 0.7)
    if len(headed):
        rows[:, _AT["from_headline"]] = np.log1p(np.minimum(np.abs(place - headed[0]), 60))
        rows[:, _AT["before_headline"]] = place <= headed[-1] if len(headed) < 4 else place <= headed[0]
    for i in range(n):
        text = lines[i].text
        if i and not rows[i - 1, _AT["ends"]]:
            rows[i, _AT["previous_open"]] = 1.0
        if i + 1 < n and not rows[i, _AT["ends"]]:
            following = lines[i + 1].text
            rows[i, _AT["next_joins"]] = following[0].islower() or following[0] in ",.;:)’”" or text[-1] == ","


def _since(marked: npt.NDArray[np.bool_]) -> npt.NDArray[np.float64]:
    """For each line the log distance to the last marked one before it (itself not counted), far when there is none."""
    place = np.arange(len(marked))
    last = np.maximum.accumulate(np.where(marked, place, -1_000))
    previous = np.concatenate(([-1_000], last[:-1]))
    return np.asarray(np.log1p(np.minimum(place - previous, 40)), dtype=np.float64)


def densest(gains: npt.NDArray[np.float64]) -> tuple[int, int]:
    """First and last place of the run with the largest sum of gains."""
    best, best_from, best_to = -np.inf, 0, 0
    running, start = 0.0, 0
    for i, gain in enumerate(gains):
        if running <= 0:
            running, start = 0.0, i
        running += gain
        if running > best:
            best, best_from, best_to = running, start, i
    return best_from, best_to
