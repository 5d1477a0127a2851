"""Capitals in the middle of a sentence that the tagger made no name of → names."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from copydesk.model.markup import Markup, NameMention, NameType
from copydesk.reference.naming import ADDRESS, NUMBERED, OFFICES, ORGANIZATION_WORDS, PLACE_WORDS
from copydesk.resolving.forms import CAPITALS
from copydesk.resolving.repairs import Lexicon
from copydesk.text.normalise import Word, find_words

_INSIDE = frozenset({"of", "for", "and", "the", "de", "del", "von", "van", "al", "&"})  # small words inside a name
_GAPS = (" ", "\u00a0", " & ", "-")
ACRONYM_LEAST = 3  # letters of a word in capitals that may be a name by itself


def find_untagged(
    text: str, markup: Markup, taken: Sequence[tuple[int, int]], lexicon: Lexicon
) -> Iterator[NameMention]:
    """Runs of two capitalised words or more, and words with capitals inside, where no name was found.

    The first word of a sentence counts only where the story writes it in capitals elsewhere, too. Headlines, whose
    capitals say nothing, are left out.
    """
    proper = {s for s, pos in zip(markup.tokens.start, markup.tokens.pos, strict=True) if pos == "PROPN"}
    for sentence in markup.sentences:
        if sentence.is_headline or _shouted(text[sentence.start : sentence.end]):
            continue
        words = [
            Word(start=w.start + sentence.start, end=w.end + sentence.start, key=w.key)
            for w in find_words(text[sentence.start : sentence.end])
        ]
        for run in _runs(text, words, taken):
            name = _name(text, run, (sentence.start, proper), lexicon)
            if name is not None:
                yield name


def _shouted(sentence: str) -> bool:
    """Whether most words of a sentence are capitalised, as in a heading."""
    words = [w for w in sentence.split() if w[:1].isalpha()]
    return sum(w[0].isupper() for w in words) * 3 > 2 * len(words)


def _runs(text: str, words: Sequence[Word], taken: Sequence[tuple[int, int]]) -> Iterator[list[Word]]:
    run: list[Word] = []
    for w in words:
        near = bisect_left(taken, (w.end,)) - 1  # the last name that begins before the word ends; names do not overlap
        free = near < 0 or taken[near][1] <= w.start
        capital = any(c.isupper() for c in text[w.start : w.end]) or bool(NUMBERED.match(text, w.start, w.end))
        joined = not run or text[run[-1].end : w.start] in _GAPS
        if free and joined and (capital or (run and w.key in _INSIDE)):
            run.append(w)
            continue
        yield run
        run = [w] if free and capital else []
    yield run


def _name(text: str, run: list[Word], place: tuple[int, set[int]], lexicon: Lexicon) -> NameMention | None:
    start, proper = place
    while run and (run[-1].key in _INSIDE):
        run = run[:-1]
    titled = len(run) > 1 and text[run[0].start : run[0].end] == "The" and run[0].start != start
    while run and (
        run[0].key in _INSIDE
        or run[0].key in ADDRESS
        or run[0].key in OFFICES
        or (run[0].start == start and not _known_capital(run, lexicon))
    ):
        run = run[1:]
    if not run:
        return None
    if len(run) == 1:
        letters = text[run[0].start : run[0].end]
        capitals = sum(c.isupper() for c in letters)
        plural = letters.endswith("s") and letters[:-1].isupper()
        shaped = (
            len(letters) >= ACRONYM_LEAST and not plural and (capitals > 1 or (capitals == 1 and letters[0].isdigit()))
        )
        if not titled and not NUMBERED.match(letters) and (not shaped or run[0].key in lexicon.small):
            return None
        return _mention(text, run, "organization")
    if sum(w.start in proper for w in run) * 2 < len(run) or len(run) > 8:
        return None
    if all(w.key in lexicon.small for w in run if w.key not in _INSIDE):
        return None
    keys = {run[0].key, run[-1].key}
    kind: NameType = "organization"
    if keys & PLACE_WORDS:
        kind = "place"
    elif len(run) <= 3 and not keys & ORGANIZATION_WORDS and not any(w.key in _INSIDE for w in run):
        kind = "person"
    return _mention(text, run, kind)


def _known_capital(run: list[Word], lexicon: Lexicon) -> bool:
    return run[0].key not in lexicon.small and len(run) > 1 and lexicon.pairs[run[0].key, run[1].key] > 0


def _mention(text: str, run: Sequence[Word], kind: NameType) -> NameMention:
    start, end = run[0].start, run[-1].end
    if text[end - 2 : end] in ("'s", "’s"):
        end -= 2
    return NameMention(start=start, end=end, text=text[start:end], type=kind, reason=CAPITALS)
