"""How alike two spellings of a name are, whoever transliterated them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz.distance import JaroWinkler, Levenshtein

from copydesk.reference.naming import GENERATIONS, SMALL
from copydesk.reference.nicknames import is_nickname
from copydesk.resolving.letters import letters_logit

Name = tuple[str, ...]

# Letters and groups of letters that spellings of one sound differ in, longest first; what remains are consonants.
_SOUNDS: tuple[tuple[str, str], ...] = (
    ("tsch", "c"),
    ("sch", "s"),
    ("shch", "s"),
    ("tch", "c"),
    ("tsh", "c"),
    ("dzh", "j"),
    ("dj", "j"),
    ("zh", "j"),
    ("kh", "k"),
    ("gh", "g"),
    ("ph", "f"),
    ("sh", "s"),
    ("ch", "c"),
    ("cz", "c"),
    ("ck", "k"),
    ("qu", "k"),
    ("th", "t"),
    ("dh", "d"),
    ("ts", "s"),
    ("tz", "s"),
    ("ks", "x"),
    ("gue", "ge"),
    ("gui", "gi"),
    ("ou", "u"),
    ("q", "k"),
    ("w", "v"),
    ("z", "s"),
)
_SOFT_C = re.compile(r"c(?=[eiy])")
_VOWEL_SOUNDS: tuple[tuple[str, str], ...] = (("oo", "u"), ("ee", "i"), ("y", "i"), ("j", "i"), ("o", "u"))
_SOFT = frozenset("aeiouyj")
_VOWELS = re.compile(r"[aeiouyhj]+")
_TWICE = re.compile(r"(.)\1+")
STRONG, FAIR, INITIAL = 0.9, 0.75, 0.6
ALIKE = 0.93  # Jaro-Winkler of two parts from which they may be one; tuned on names/ against the nearest other name
TRANSCRIBED = 1.6  # log-odds of the learned letters from which two parts may be one; set where dossiers loses nothing
PART_MIN = 5  # letters from which a difference in spelling can be forgiven
SOUND_MIN = 3  # letters from which two spellings may be one sound


@lru_cache(maxsize=1 << 15)
def sounds(part: str) -> str:
    """A folded name part as it sounds, vowels kept: "dmitri" and "dmitry", "yusuf" and "youssouf" sound alike."""
    told = _SOFT_C.sub("s", part)
    for written, meant in _SOUNDS:
        told = told.replace(written, meant)
    for written, meant in _VOWEL_SOUNDS:
        told = told.replace(written, meant)
    return _TWICE.sub(r"\1", told).replace("c", "k")


@lru_cache(maxsize=1 << 15)
def skeleton(part: str) -> str:
    """The consonants of how a folded name part sounds: "bokari" and "bukhara" have one skeleton."""
    told = sounds(part)
    first = "a" if told[:1] in _SOFT else told[:1]
    return first + _VOWELS.sub("", told[1:])


@lru_cache(maxsize=1 << 15)
def part_likeness(a: str, b: str) -> float:
    """How surely two folded name parts are one, 0 to 1: the same, an initial, another transliteration, a slip."""
    if a == b:
        return 1.0
    if len(a) == 1 or len(b) == 1:
        return INITIAL if a[:1] == b[:1] else 0.0
    if min(len(a), len(b)) < SOUND_MIN or not a.isalpha() or not b.isalpha():
        return 0.0
    if sounds(a) == sounds(b):
        return STRONG
    if min(len(a), len(b)) >= PART_MIN - 1 and a.removesuffix("e") == b.removesuffix("e"):
        return FAIR  # "Clark", "Clarke"
    if min(len(a), len(b)) < PART_MIN:
        return 0.0
    edits = Levenshtein.distance(a, b)
    if skeleton(a) == skeleton(b) and len(skeleton(a)) > 1:
        return STRONG if edits <= 2 else FAIR
    if edits == 1:
        return STRONG if a[0] == b[0] else FAIR
    if JaroWinkler.similarity(a, b) >= ALIKE and edits <= 2 and a[0] == b[0]:
        return FAIR
    return FAIR if letters_logit(a, b) >= TRANSCRIBED else 0.0


def same_person(a: Name, b: Name) -> float:
    """How surely two full names (two parts or more) name one person, 0 when they cannot.

    The given names and the surnames must both agree, a given name with its familiar form too; one may have middle names or a second surname that the other
    leaves out. Different generations ("Jr.") are different people.
    """
    if {p for p in a if p in GENERATIONS} != {p for p in b if p in GENERATIONS}:
        return 0.0
    a, b = tuple(p for p in a if p not in GENERATIONS), tuple(p for p in b if p not in GENERATIONS)
    short, long = (a, b) if len(a) <= len(b) else (b, a)
    if len(short) < 2:
        return 0.0
    given = part_likeness(short[0], long[0]) or FAIR * is_nickname(short[0], long[0])
    if not given:
        return 0.0
    if short[-1] != long[-1] and is_subsequence(short, long):
        return STRONG if given == 1.0 else FAIR
    last = part_likeness(short[-1], long[-1]) if min(len(short[-1]), len(long[-1])) > 1 else 0.0
    middle = short[1:-1]
    if last and middle and len(long) > 2 and not any(part_likeness(m, n) for m in middle for n in long[1:-1]):
        return 0.0
    return min(given, last)


def is_subsequence(short: Sequence[str], long: Sequence[str]) -> bool:
    """Whether all parts of one name stand in the other in the same order."""
    rest = iter(long)
    return all(part in rest for part in short)


def alike_words(a: Name, b: Name) -> float:
    """How surely two names of the same number of words are spellings of one, 0 when they cannot be."""
    if len(a) != len(b):
        return 0.0
    anchored = any(x == y and len(x) >= PART_MIN - 1 for x, y in zip(a, b, strict=True))
    return min(_word_likeness(x, y, anchored) for x, y in zip(a, b, strict=True))


def _word_likeness(x: str, y: str, anchored: bool) -> float:
    """How surely two words are one; beside a word that both names have, one vowel may differ in a short word, too."""
    if x == y:
        return 1.0
    if min(len(x), len(y)) < 2:
        return 0.0
    short = anchored and min(len(x), len(y)) == PART_MIN - 1 and len(x) == len(y) and x.isalpha() and y.isalpha()
    if short and skeleton(x) == skeleton(y) and Levenshtein.distance(x, y) == 1:
        return FAIR
    return part_likeness(x, y)


def initials(name: Name) -> str:
    """The first letters of the words that an acronym is made of."""
    return "".join(word[0] for word in name if word not in SMALL)


def is_acronym(short: str, name: Name) -> bool:
    """Whether folded letters abbreviate a name of two words or more: by its first letters, small words in or out."""
    if len(name) < 2 or len(short) < 2:
        return False
    return short in (initials(name), "".join(word[0] for word in name))
