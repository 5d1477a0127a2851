"""Names that two articles spell differently by one letter, where transliteration does not explain it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations

from rapidfuzz.distance import Levenshtein

from copydesk.aligning.ground import Contest, Ground
from copydesk.model.stories import Entity
from copydesk.text.normalise import fold

LETTERS_MIN = 6
NAMES_MAX = 400
UNITS_MAX = 12  # of one spelling that a side lists
_ALIKE = 0.35  # least cosine of two sentences that name the same thing in two spellings
_SILENT = frozenset("h'- ")
_ENDINGS = frozenset("snih")  # plural, demonym, "-i", "-ah": another word form, not another name
_VOWELS = frozenset("aeiouy")
_SOUNDS = [
    frozenset(pair)
    for pair in ("vw", "kc", "kq", "cq", "sz", "ij", "yj", "ks", "bp", "dt", "gj", "gk", "cs", "fv", "bv", "lr")
]


def contest_names(ground: Ground) -> Iterator[Contest]:
    """The contests over how a name is spelt."""
    spelt = _spellings(ground)
    plain = {" ".join(fold(n).replace("-", " ").split()): n for n in sorted(spelt, key=lambda n: (len(spelt[n][0]), n))}
    found = sorted(plain.values())[:NAMES_MAX]
    for one, other in combinations(found, 2):
        if not differ_by_slip(one, other, any("organization" in spelt[n][1] for n in (one, other))):
            continue
        sides = [(name, spelt[name][0]) for name in (one, other)]
        if _same_matter(sides[0][1], sides[1][1], ground):
            yield Contest(
                slot="name",
                about=f"spelling of {max(sides, key=lambda s: (len(s[1]), s[0]))[0]}",
                sides=tuple((name, _spread(units, ground)) for name, units in sides),
                told=(one, other),
            )


def _spellings(ground: Ground) -> dict[str, tuple[tuple[int, ...], frozenset[str]]]:
    """Each spelling with the units that hold it and the types of the entities that it names."""
    types: dict[str, set[str]] = {}
    for entity in ground.resolution.entities:
        for text in _texts(entity):
            types.setdefault(text, set()).add(entity.type)
    texts = [u.text for u in ground.units]
    held = {text: tuple(_places(text, texts)) for text in sorted(types)[:NAMES_MAX]}
    return {text: (units, frozenset(types[text])) for text, units in held.items() if units}


def _places(words: str, texts: Sequence[str]) -> Iterator[int]:
    """Which of the texts hold these words, as whole words."""
    pattern = None
    for n, text in enumerate(texts):
        if words in text:
            pattern = pattern or re.compile(rf"(?<!\w){re.escape(words)}(?!\w)")
            if pattern.search(text):
                yield n


def _spread(units: tuple[int, ...], ground: Ground) -> tuple[int, ...]:
    """As many units as a side lists, in order: every article's first, then every article's second, and so on."""
    turn: Counter[int] = Counter()
    turns = []
    for n in units:
        turns.append((turn[ground.units[n].index], n))
        turn[ground.units[n].index] += 1
    return tuple(sorted(n for _, n in sorted(turns)[:UNITS_MAX]))


def _texts(entity: Entity) -> list[str]:
    return [a.text for a in entity.aliases if sum(c.isalpha() for c in a.text) >= LETTERS_MIN and not a.text.isupper()]


def differ_by_slip(one: str, other: str, is_organization: bool) -> bool:
    """Whether two names differ in one word, by one letter that neither case, form nor transliteration explains."""
    ours, theirs = fold(one).replace("-", " ").split(), fold(other).replace("-", " ").split()
    if len(ours) != len(theirs):
        return False
    odd = [(a, b) for a, b in zip(ours, theirs, strict=True) if a != b]
    if len(odd) != 1:
        return False
    a, b = odd[0]
    if a.isalpha() and b.isalpha() and is_organization and len(ours) >= 3 and a == ours[-1]:
        return (
            len(a) >= 5 and len(b) >= 5 and a[:3] == b[:3] and a.rstrip("s") != b.rstrip("s")
        )  # "… Airlines", "… Airways"
    return min(len(a), len(b)) >= 5 and Levenshtein.distance(a, b) == 1 and _is_slip(a, b, is_organization)


def _is_slip(a: str, b: str, is_organization: bool) -> bool:
    if len(a) == len(b):
        x, y = next((p, q) for p, q in zip(a, b, strict=True) if p != q)
        at = next(i for i, (p, q) in enumerate(zip(a, b, strict=True)) if p != q)
        if x in _VOWELS and y in _VOWELS:  # people and places are carried from script to script with other vowels
            return is_organization and not {*a[max(0, at - 1) : at], *a[at + 1 : at + 2]} & _VOWELS
        return x.isalpha() and y.isalpha() and 0 < at < len(a) - 1 and frozenset((x, y)) not in _SOUNDS
    short, long = sorted((a, b), key=len)
    at = next((i for i, (p, q) in enumerate(zip(short, long, strict=False)) if p != q), len(short))
    letter = long[at]
    if at == 0 or letter in _SILENT or (at == len(short) and letter in _ENDINGS) or not letter.isalpha():
        return False
    return letter not in (long[at - 1 : at], long[at + 1 : at + 2]) and not (letter in _VOWELS and at < len(short))


def _same_matter(ours: tuple[int, ...], theirs: tuple[int, ...], ground: Ground) -> bool:
    """Whether some two units of different articles with the two spellings speak of the same matter."""
    articles = [{ground.units[n].article.id for n in side} for side in (ours, theirs)]
    if articles[0] == articles[1]:
        return False
    return any(
        ground.cosine(i, j) >= _ALIKE or ground.probability(i, j) >= 0.1
        for i in ours
        for j in theirs
        if ground.units[i].article.id != ground.units[j].article.id
    )
