"""Two written names → how likely they are spellings of one name, and whether they are."""

from __future__ import annotations

import math
from itertools import permutations

from copydesk.reference.naming import ADDRESS, GENERATIONS
from copydesk.resolving.letters import letters_logit
from copydesk.resolving.spelling import Name, is_subsequence
from copydesk.text.normalise import find_words

SAME = 0.5  # likeness from which two names are one
WORDS_MAX = 6  # words of a name that are compared
# Words before a surname that transcribers join, leave out or write as they please.
PARTICLES = frozenset(
    ["al", "el", "ul", "as", "ash", "ar", "an", "ad", "at", "az", "de", "da", "di", "du", "la", "le", "the"]
)
SONS = frozenset(["ben", "bin", "ibn", "ould", "wuld", "ag", "bint", "mint", "walad"])  # "son (daughter) of"
_ARTICLES = ("al", "el")
# A missing word, a word in another order: log-odds added. Set by hand on the project's own list of name pairs.
_LEFT_OUT, _TURNED, _INITIAL, _APART = -0.8, -0.6, 0.3, -9.0


def name_likeness(left: str, right: str) -> float:
    """How likely two written names are spellings of one name, 0 to 1; single parts and full names alike."""
    a, b = _words(left), _words(right)
    if not a or not b:
        return 0.0
    return 1.0 / (1.0 + math.exp(-_logit(a, b)))


def same_name(left: str, right: str) -> bool:
    """Whether two written names can name one person, however transcribed; a father and a son of one name are two."""
    return name_likeness(left, right) >= SAME


def _words(name: str) -> Name:
    words = [w.key for w in find_words(name)]
    while len(words) > 1 and words[0] in ADDRESS:
        words = words[1:]
    return tuple(words[:WORDS_MAX])


def _logit(a: Name, b: Name) -> float:
    if {p for p in a if p in GENERATIONS} != {p for p in b if p in GENERATIONS}:
        return _APART
    if a == b:
        return max(letters_logit(p, p) for p in a)
    best = max(_laid(x, y) for x in _readings(a) for y in _readings(b))
    glued = ("".join(a), "".join(b))
    if len(a) != len(b) or len(a) == 1:
        best = max(best, letters_logit(*glued) if len(a) == len(b) else _glued(*glued))
    return best


def _glued(a: str, b: str) -> float:
    """The same letters spaced otherwise: "Abdel Rahman", "Abdelrahman"."""
    return letters_logit(a, b) - 0.2 if min(len(a), len(b)) > 4 else _APART


def _readings(name: Name) -> set[Name]:
    """A name as it stands, and without its articles and words for "son of"."""
    kept = tuple(w for w in name if w not in PARTICLES and w not in SONS)
    bare = tuple(w[2:] if w.startswith(_ARTICLES) and len(w) > 5 else w for w in kept)
    return {r for r in (name, kept, bare) if r}


def _laid(a: Name, b: Name) -> float:
    """The log-odds of two readings: every word of the shorter beside one of the longer, the worst of them decides."""
    short, long = (a, b) if (len(a), a) <= (len(b), b) else (b, a)
    if len(short) == 1 and len(long) > 1:
        return _APART  # a surname or a given name alone names nobody
    best = _in_order(short, long)
    if len(short) == len(long) and 1 < len(short) < 4:
        for order in permutations(long):
            if order != long:
                best = max(best, _in_order(short, order) + _TURNED)
    return best


def _in_order(short: Name, long: Name) -> float:
    """The first and the last words beside each other, those between in order, words left out counted against it."""
    if len(short) == len(long):
        return min(_word(x, y) for x, y in zip(short, long, strict=True))
    ends = min(_word(short[0], long[0]), _word(short[-1], long[-1]))
    if is_subsequence(short, long) and short[0] == long[0]:
        ends = max(ends, 1.0)  # a second surname left out
    at = 1
    for word in short[1:-1]:
        scores = [_word(word, w) for w in long[at : len(long) - 1]]
        if not scores:
            return _APART
        found = max(range(len(scores)), key=lambda i: (scores[i], -i))
        ends = min(ends, scores[found])
        at += found + 1
    return ends + _LEFT_OUT * (len(long) - len(short)) * 0.5


def _word(x: str, y: str) -> float:
    if len(x) == 1 or len(y) == 1:
        return _INITIAL if x[:1] == y[:1] else _APART
    return letters_logit(x, y)
