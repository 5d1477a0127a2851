"""Words → the form in which they are compared, each with its place."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

# Letters and digits, with an apostrophe inside (straight, curly, or curly and read in the wrong encoding) or the second
# half of a letter that was read in the wrong encoding.
_LETTER = r"(?:(?!â€)[^\W_])"
_WORD = re.compile(rf"{_LETTER}+(?:(?:['’‘ʼ`´]|â€™){_LETTER}+|(?<=[ÃÂ])[\u0080-\u00bf]{_LETTER}*)*")
_APOSTROPHE = re.compile(r"['’‘ʼ`´]|â€™")
_MISREAD = re.compile(r"[ÃÂâ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")
_SUFFIXES = (
    "ations",
    "ation",
    "ments",
    "ment",
    "ings",
    "ing",
    "ness",
    "ies",
    "ied",
    "ers",
    "ed",
    "es",
    "er",
    "ly",
    "s",
)
STEM_MIN = 3  # letters that must remain
KNOWN_MAX = 8_000  # characters of a text whose words are remembered for a while

# The closed word classes of English, folded: articles, pronouns, prepositions, conjunctions, auxiliaries and the like.
_CLOSED = """
    a about above across after again against all almost along already also although always am among an and another
    any anyone anything are around as at away back be became because become been before behind being below between
    both but by can cannot come could did do does doing done down during each either else enough even ever every
    everyone few first for from further get go going got had has have having he her here hers herself him himself his
    how however i if in into is it its itself just last least less let like made make many may me might mine more most
    much must my myself near need neither never next no nobody none nor not nothing now of off often on once one only
    onto or other others our ours ourselves out over own per quite rather said same say says several shall she should
    since so some someone something still such take than that the their theirs them themselves then there these they
    this those though through thus till to together too toward towards under until up upon us very via was way we well
    went were what whatever when where whether which while who whom whose why will with within without would yet you
    your yours yourself dont didnt doesnt isnt wasnt arent werent hasnt havent hadnt cant couldnt wouldnt shouldnt wont
    im ive id ill youre youve hes shes theyre theyve weve were thats theres
"""
FUNCTION_WORDS = frozenset(_CLOSED.split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One word of a text: its place and its folded form."""

    start: int
    end: int
    key: str


def find_words(text: str) -> Iterator[Word]:
    """The words of a text in order, folded; marks, dashes and symbols are no words."""
    return iter(_words_of(text)) if len(text) <= KNOWN_MAX else _find_words(text)


def _find_words(text: str) -> Iterator[Word]:
    for match in _WORD.finditer(text):
        yield Word(start=match.start(), end=match.end(), key=fold(match.group()))


@lru_cache(maxsize=128)  # a story's articles and sentences are read for their words some ten times over
def _words_of(text: str) -> tuple[Word, ...]:
    return tuple(_find_words(text))


@lru_cache(maxsize=1 << 16)
def fold(word: str) -> str:
    """The word without case, accents, apostrophes and mis-decoded letters: "Café’s" and "cafes" are one."""
    if word.isascii():
        return word.replace("'", "").lower() if "'" in word else word.lower()
    plain = _APOSTROPHE.sub("", repair(word))
    decomposed = unicodedata.normalize("NFKD", plain.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c)) or word.casefold()


def repair(word: str) -> str:
    """The word with UTF-8 that was read as Windows-1252 put right, where that gives valid text."""
    if not _MISREAD.search(word):
        return word
    try:
        return word.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return word


@lru_cache(maxsize=1 << 16)
def stem(key: str) -> str:
    """A folded word without its common English endings, at most once each; "reported", "reports" → "report".

    Rough on purpose: it serves comparison, where two forms must meet and a wrong root does no harm.
    """
    for suffix in _SUFFIXES:
        if key.endswith(suffix) and len(key) - len(suffix) >= STEM_MIN and not key.endswith("ss"):
            root = key[: -len(suffix)]
            if suffix in ("ies", "ied"):
                return root + "y"
            return (
                root[:-1]
                if len(root) > STEM_MIN and root[-1] == root[-2] and root[-1] not in "lse"
                else root.rstrip("e")
            )
    return key.rstrip("e") if len(key) > STEM_MIN else key


def is_number(key: str) -> bool:
    """Whether a folded word is written in digits, as "12", "2017", "12mph"."""
    return key[:1].isdigit()
