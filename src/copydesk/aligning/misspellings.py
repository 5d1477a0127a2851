"""Names that two articles spell differently by one letter, where transliteration does not explain it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations

from rapidfuzz.distance import Levenshtein

from copydesk.aligning.ground import Contest, Ground
from copydesk.model.stories import Entity
from copydesk.reference import gazetteer
from copydesk.text.normalise import fold

LETTERS_MIN = 6
NAMES_MAX = 400
UNITS_MAX = 12  # of one spelling that a side lists
SLIPS_MAX = 2  # articles that make one slip; a spelling of more is another name
_ALIKE = 0.35  # least cosine of two sentences that name the same thing in two spellings
_SILENT = frozenset("h'- ")
_ENDINGS = frozenset("snih")  # plural, demonym, "-i", "-ah": another word form, not another name
_VOWELS = frozenset("aeiouy")
_REGIONAL = [
    (re.compile(pattern), one)
    for pattern, one in (
        (r"tre(s?)$", r"ter\1"), (r"our", "or"), (r"is(e|ed|ing|ation|ations)$", r"iz\1"), (r"ence$", "ense"), (r"ogue$", "og"),
        (r"mme$", "m"), (r"ae|oe", "e"), (r"ll", "l"), (r"ys(e|ed|ing)$", r"yz\1"),
    )
]  # fmt: skip
_SOUNDS = [
    frozenset(pair)
    for pair in ("vw", "kc", "kq", "cq", "sz", "ij", "yj", "ks", "bp", "dt", "gj", "gk", "cs", "fv", "bv", "lr")
]


def contest_names(ground: Ground) -> Iterator[Contest]:
    """The contests over how a name is spelt."""
    spelt = _spellings(ground)
    plain = {" ".join(_words(n)): n for n in sorted(spelt, key=lambda n: (len(spelt[n][0]), n))}
    found = sorted(plain.values())[:NAMES_MAX]
    slips: dict[frozenset[str], Contest] = {}
    called = _called(ground)
    for one, other in combinations(found, 2):
        if not differ_by_slip(one, other, any("organization" in spelt[n][1] for n in (one, other))):
            continue
        sides = [(name, spelt[name][0]) for name in (one, other)]
        if not _is_rare(sides, ground) or _are_two_people(one, other, called):
            continue
        if _same_matter(sides[0][1], sides[1][1], ground):
            odd = frozenset(_words(one)) ^ frozenset(_words(other))
            contest = Contest(
                slot="name",
                about=f"spelling of {max(sides, key=lambda s: (len(s[1]), s[0]))[0]}",
                sides=tuple((name, _spread(units, ground)) for name, units in sides),
                told=(one, other),
            )
            if odd not in slips or _weight(slips[odd]) < _weight(contest):
                slips[odd] = contest  # "Bergdahl" and "Bowe Bergdahl" are one slip
    yield from slips.values()


def _weight(contest: Contest) -> int:
    return sum(len(units) for _, units in contest.sides)


def _called(ground: Ground) -> dict[str, set[str]]:
    """By a person's last word, the first words by which the story's people of that name are called."""
    found: dict[str, set[str]] = {}
    for entity in ground.resolution.entities:
        for alias in entity.aliases if entity.type == "person" else ():
            first, *rest = _words(alias.text) or [""]
            if rest:
                found.setdefault(rest[-1], set()).add(first)
    return found


def _are_two_people(one: str, other: str, called: dict[str, set[str]]) -> bool:
    """Whether two surnames are those of people with other given names: Mitch McConnell, Bob McDonnell."""
    ours, theirs = (called.get(_words(name)[-1], set()) for name in (one, other))
    return bool(ours) and bool(theirs) and not ours & theirs


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
    ours, theirs = _words(one), _words(other)
    if len(ours) != len(theirs):
        return False
    odd = [(a, b) for a, b in zip(ours, theirs, strict=True) if a != b]
    if len(odd) != 1:
        return False
    a, b = odd[0]
    if _by_region(a) == _by_region(b):
        return False
    if a.isalpha() and b.isalpha() and is_organization and len(ours) >= 3 and a == ours[-1]:
        return (
            len(a) >= 5 and len(b) >= 5 and a[:3] == b[:3] and a.rstrip("s") != b.rstrip("s")
        )  # "… Airlines", "… Airways"
    return min(len(a), len(b)) >= 5 and Levenshtein.distance(a, b) == 1 and _is_slip(a, b, is_organization)


def _is_rare(sides: list[tuple[str, tuple[int, ...]]], ground: Ground) -> bool:
    """Whether one of two spellings can be a slip: few articles have it, and it is no country's own ("German", "Koreas")."""
    (few, rarer), _ = sorted((len({ground.units[n].index for n in units}), name) for name, units in sides)
    if few > SLIPS_MAX:
        return False
    return all(gazetteer().country_of(word) is None for word in (rarer, rarer.removesuffix("s"), rarer + "n"))


def _words(name: str) -> list[str]:
    """The words of a name without its article."""
    words = fold(name).replace("-", " ").split()
    return words[1:] if len(words) > 1 and words[0] == "the" else words


def _by_region(word: str) -> str:
    """One spelling for what British and American English spell differently: "centre", "harbour", "defence"."""
    for pattern, one in _REGIONAL:
        word = pattern.sub(one, word)
    return word


def _is_slip(a: str, b: str, is_organization: bool) -> bool:
    if len(a) == len(b):
        x, y = next((p, q) for p, q in zip(a, b, strict=True) if p != q)
        at = next(i for i, (p, q) in enumerate(zip(a, b, strict=True)) if p != q)
        if x in _VOWELS and y in _VOWELS:  # people and places are carried from script to script with other vowels
            return is_organization and not {*a[max(0, at - 1) : at], *a[at + 1 : at + 2]} & _VOWELS
        return x.isalpha() and y.isalpha() and 0 < at < len(a) - 1 and frozenset((x, y)) not in _SOUNDS
    if a.endswith("s") and b.endswith("s"):
        a, b = a[:-1], b[:-1]  # "Koreans", "Koreas"
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
