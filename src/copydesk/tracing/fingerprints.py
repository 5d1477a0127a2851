"""Words of many articles → their winnowed fingerprints, and texts → the pairs that hold much of each other's words.

A pile of a hundred thousand articles is too large for sentences and vectors before it is known what is worth comparing:
here an article costs its words once, and no Python object but these.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice

import numpy as np

from copydesk.linking import Candidates, join_postings, post
from copydesk.linking.columns import BoolColumn, IntColumn, KeyColumn
from copydesk.text.normalise import find_words
from copydesk.text.shingles import hash_ngrams, hash_word

GRAM = 5  # words a fingerprint
WINDOW = 4  # any common run of GRAM + WINDOW - 1 = 8 words is found
TEXTS_A_PASS = 64  # texts whose words are held as columns at once
# Near copies share so many fingerprints, and this share of those of the article that has fewer; what is in more articles
# is idiom. Set on 10,000 articles of scale/ and copies of them (recall 1 still at .11); re-run `python -m bench dedup`.
NEAR_MIN, NEAR_SHARE, NEAR_ARTICLES_MAX = 4, 0.1, 12


def fingerprint(word: KeyColumn, count: IntColumn) -> tuple[IntColumn, KeyColumn]:
    """The fingerprints of articles whose words lie one behind the other, `count` of each: owner and key, by place.

    As `winnow` chooses them article by article; what comes twice in an article comes twice here.
    """
    owner = np.repeat(np.arange(len(count)), count)
    whole = owner[GRAM - 1 :] == owner[: max(0, len(owner) - GRAM + 1)]
    grams, owner = hash_ngrams(word, GRAM)[whole], owner[: len(whole)][whole]
    best, least, span = np.arange(len(grams)), grams, 1
    while span < WINDOW and len(best):
        step = min(span, WINDOW - span)
        later = least[step:] <= least[:-step]
        best = np.where(later, best[step:], best[:-step])
        least = np.where(later, least[step:], least[:-step])
        span += step
    inside = owner[WINDOW - 1 :] == owner[: max(0, len(owner) - WINDOW + 1)]
    chosen = np.zeros(len(grams), dtype=bool)
    chosen[best[: len(inside)][inside]] = True
    size = np.maximum(0, count - GRAM + 1)
    start = np.cumsum(size) - size
    for i in np.flatnonzero((size > 0) & (size < WINDOW)).tolist():
        last = int(start[i] + size[i])
        chosen[last - 1 - int(np.argmin(grams[start[i] : last][::-1]))] = True
    return owner[chosen].astype(np.int64), grams[chosen]


def fingerprint_texts(texts: Iterable[str]) -> tuple[IntColumn, KeyColumn]:
    """The fingerprints of texts, each numbered by its place; their words are those of `find_words`."""
    owners, keys, first = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.uint64)], 0
    rest = iter(texts)
    while some := list(islice(rest, TEXTS_A_PASS)):
        owner, key = fingerprint(*hash_texts(some))
        owners.append(owner + first)
        keys.append(key)
        first += len(some)
    return np.concatenate(owners), np.concatenate(keys)


def hash_texts(texts: Sequence[str]) -> tuple[KeyColumn, IntColumn]:
    """64 bits for each word of the texts, one text behind the other, and the number of words of each.

    The words are those of `find_words`, told apart in all texts at once; equal words have equal bits.
    """
    plain = [_letters(text) for text in texts]
    letter = np.frombuffer(b"\0".join([*plain, b""]), dtype=np.uint8)
    ends = np.cumsum([len(text) + 1 for text in plain])
    # An apostrophe between two letters is within their word, and not written.
    at = np.flatnonzero(letter == _APOSTROPHE)
    at = at[(at > 0) & (at < len(letter) - 1)]
    within = at[(letter[at - 1] > _APOSTROPHE) & (letter[at + 1] > _APOSTROPHE)]
    ends -= np.searchsorted(within, ends)
    letter = np.delete(letter, within)
    inside = letter > _APOSTROPHE
    edge = np.flatnonzero(np.diff(inside, prepend=False, append=False))
    start, stop = edge[::2], edge[1::2]
    with np.errstate(over="ignore"):
        power = np.cumprod(np.full(len(letter) + 1, _BASE, dtype=np.uint64), dtype=np.uint64)
        total = np.zeros(len(letter) + 1, dtype=np.uint64)
        np.cumsum(letter * power[:-1] * inside, out=total[1:])
        word: KeyColumn = (
            (total[stop] - total[start]) * power[::-1][start] * np.uint64(pow(_BASE, -len(letter), 1 << 64))
        )
    return word, np.diff(np.searchsorted(start, ends), prepend=0).astype(np.int64)


def _letters(text: str) -> bytes:
    """The text with each letter folded to a byte and all else as a gap; rarer scripts and signs go word by word."""
    try:
        plain = text.encode("cp1252").translate(_FOLDED)
    except UnicodeEncodeError:
        plain = _STRANGE
    if _STRANGE in plain:
        keys = (word.key for word in find_words(text))
        return b"\0".join(k.encode() if k.isascii() and k.isalnum() else b"%016x" % hash_word(k) for k in keys)
    return plain


def _fold_byte(byte: int) -> int:
    """What a byte of Windows-1252 is to a word: a folded letter, an apostrophe, a gap, or what needs more care."""
    letter = bytes([byte]).decode("cp1252", "replace")
    if letter in "'’‘´":
        return _APOSTROPHE
    if letter in "ÃÂâ`":  # the first three may begin a letter that was read in the wrong encoding
        return _STRANGE[0]
    key = "".join(word.key for word in find_words(letter))
    return (ord(key) if len(key) == 1 and key.isascii() else _STRANGE[0]) if key else 0


_APOSTROPHE, _STRANGE = 1, b"\xff"
_BASE = 0x9E3779B97F4A7C15  # odd, so that it can be divided by
_FOLDED = bytes(_fold_byte(byte) for byte in range(256))


def find_near_copies(texts: Iterable[str]) -> Candidates:
    """The pairs of texts of which one, cut or edited, holds much of the other's wording; for piles of any size."""
    postings = post(*fingerprint_texts(texts))
    joined = join_postings(postings, key_max=NEAR_ARTICLES_MAX)
    size = np.bincount(postings.owner)
    fewer = np.minimum(size[joined.left], size[joined.right])
    near: BoolColumn = (joined.shared >= NEAR_MIN) & (joined.shared >= NEAR_SHARE * fewer)
    return joined.keep(np.flatnonzero(near))
