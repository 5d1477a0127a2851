"""Pile → warnings where an article's wording is its alone and the rest of the pile agrees on another for the same thing.

Two kinds of evidence, both counted in the pile and neither from a list of phrases: words put in another's place in a
reworded copy, and a title before a name that everybody else gives another word.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from copydesk.linking.columns import IntColumn
from copydesk.model.articles import ArticleWarning
from copydesk.model.copies import CopyLink
from copydesk.model.piles import Pile
from copydesk.model.spans import Span, Stretch
from copydesk.text.normalise import FUNCTION_WORDS, is_number, stem
from copydesk.tracing.corpus import Body, Corpus, build_corpus
from copydesk.tracing.options import TracingOptions

PHRASE_MAX = 3  # words that may stand in the place of others
AGREE_MIN = 2  # articles that write the usual words there: fewer are no agreement
# Different replacements in one article, at least, and a word of its text: fewer are copy-editing. Of the spun and
# translated articles of the copies set one in fifty has fewer, of real updates of one wire story (wirecopy) all do.
HABIT_MIN, HABIT_SHARE = 5, 0.015
SPELLING = 75.0  # likeness of letters from which two words are two spellings of one
WORDS_MAX = 6000  # of a passage that are aligned word by word
TITLE_AGREE_MIN = 2  # articles that give the same name the usual title
TITLE_SHARE = 2 / 3  # of the articles that give it any
RARE_SHARE = 0.1  # of the pile's articles that may have the odd word at all
WARNINGS_MAX = 40  # an article


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """One odd phrase by word places in its article, the usual one, where that stands, and how many have that."""

    place: tuple[int, int]
    usual: str
    support: tuple[Span, ...]
    reason: str
    agreed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wordings:
    """Which articles have which two words in a row, as pairs and articles in order of both, and who follows whom."""

    corpus: Corpus
    carriers: tuple[IntColumn, IntColumn]
    after: dict[int, frozenset[int]]

    def carried(self, body: Body, place: tuple[int, int]) -> frozenset[int]:
        """The articles that have a phrase with the word before it and the one after: those of its rarest two words."""
        pairs = body.pair[max(0, place[0] - 1) : place[1]]
        if not len(pairs):
            return frozenset()
        rarest = pairs[int(np.argmin(self.corpus.pair_articles[pairs]))]
        first, last = np.searchsorted(self.carriers[0], [rarest, rarest + 1])
        return frozenset(self.carriers[1][first:last].tolist())


def _carriers(corpus: Corpus) -> tuple[IntColumn, IntColumn]:
    width = max(1, len(corpus.bodies))
    owner = np.repeat(np.arange(len(corpus.bodies)), [len(body.pair) for body in corpus.bodies])
    both = np.sort(
        np.concatenate([*(body.pair for body in corpus.bodies), np.zeros(0, dtype=np.int64)]) * width + owner
    )
    both = both[np.diff(both, prepend=-1) > 0]
    return both // width, both % width


def _followers(pile: Pile, number: dict[str, int]) -> dict[int, frozenset[int]]:
    """For each article those that copied from it."""
    after: dict[int, set[int]] = {i: set() for i in range(len(pile.articles))}
    for link in pile.trace.links:
        if link.origin in number and link.direction != "unknown":
            after[number[link.origin]].add(number[link.copy])
    return {article: frozenset(copies) for article, copies in after.items()}


def find_altered_language(
    pile: Pile, options: TracingOptions, corpus: Corpus | None = None
) -> dict[str, tuple[ArticleWarning, ...]]:
    """For each article id the words that stand for others, with the articles that have the usual ones.

    `pile.trace` is filled; where it is not, only titles before names are looked at.
    """
    if not options.altered_language or not pile.articles:
        return {}
    corpus = corpus or build_corpus(pile, options.words_max)
    number = {a.id: i for i, a in enumerate(pile.articles)}
    found: dict[int, list[_Found]] = {}
    ground = _Wordings(corpus=corpus, carriers=_carriers(corpus), after=_followers(pile, number))
    for link in pile.trace.links:
        if link.origin in number and link.kind != "verbatim":
            for article, odd in _replaced(pile, ground, link, number):
                found.setdefault(article, []).append(odd)
    kept = {a: odd for a, odd in found.items() if _is_habit({o.usual for o in odd}, corpus.bodies[a])}
    for article, odd in _titles(pile, corpus):
        kept.setdefault(article, []).append(odd)
    return {pile.articles[a].id: _warn(pile, corpus.bodies[a], a, kept[a]) for a in sorted(kept)}


def _is_habit(replaced: set[str], body: Body) -> bool:
    return len(replaced) >= max(HABIT_MIN, HABIT_SHARE * len(body.word))


def _warn(pile: Pile, body: Body, article: int, found: list[_Found]) -> tuple[ArticleWarning, ...]:
    text = pile.articles[article].text
    strongest: dict[tuple[int, int], _Found] = {}
    for odd in found:
        held = strongest.get(odd.place)
        if held is None or (odd.agreed, odd.usual) > (held.agreed, held.usual):
            strongest[odd.place] = odd
    chosen = sorted(strongest.values(), key=lambda o: (-o.agreed, o.place))[:WARNINGS_MAX]
    warnings = []
    for odd in sorted(chosen, key=lambda o: o.place):
        start, end = int(body.word_start[odd.place[0]]), int(body.word_end[odd.place[1] - 1])
        warnings.append(
            ArticleWarning(
                kind="altered-language",
                start=start,
                end=end,
                text=text[start:end],
                stands_for=odd.usual,
                support=odd.support,
                reason=odd.reason,
            )
        )
    return tuple(warnings)


def _replaced(pile: Pile, ground: _Wordings, link: CopyLink, number: dict[str, int]) -> Iterator[tuple[int, _Found]]:
    """Words of the copy (of either article, where it is open which that is) that stand where the other has usual ones."""
    assert link.origin is not None
    ends = number[link.origin], number[link.copy]
    corpus = ground.corpus
    for passage in link.passages:
        if passage.origin is None:
            continue
        places = [_words_in(corpus.bodies[ends[0]], passage.origin), _words_in(corpus.bodies[ends[1]], passage.copy)]
        if any(last - first > WORDS_MAX for first, last in places):
            continue
        words = [corpus.bodies[n].word[first:last].tolist() for n, (first, last) in zip(ends, places, strict=True)]
        for (a, b), (x, y) in _exchanged(*words):
            stretches = (places[0][0] + a, places[0][0] + b), (places[1][0] + x, places[1][0] + y)
            for odd, usual in ((1, 0), (0, 1))[: 2 if link.direction == "unknown" else 1]:
                made = _one(pile, ground, (ends[odd], stretches[odd]), (ends[usual], stretches[usual]))
                if made is not None:
                    yield ends[odd], made


def _exchanged(left: list[int], right: list[int]) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Where a few words of one sequence stand for a few of the other, between words that both have."""
    blocks = Levenshtein.editops(left, right).as_matching_blocks()
    for before, after in pairwise(block for block in blocks if block.size):
        a, b, x, y = before.a + before.size, after.a, before.b + before.size, after.b
        if 0 < b - a <= PHRASE_MAX and 0 < y - x <= PHRASE_MAX:
            yield (a, b), (x, y)


def _one(
    pile: Pile, ground: _Wordings, odd: tuple[int, tuple[int, int]], usual: tuple[int, tuple[int, int]]
) -> _Found | None:
    """The warning that one phrase stands for another, where nobody else writes it and several write the other."""
    corpus = ground.corpus
    bodies = corpus.bodies[odd[0]], corpus.bodies[usual[0]]
    written = [[corpus.words[w] for w in b.word[p[0] : p[1]]] for b, p in zip(bodies, (odd[1], usual[1]), strict=True)]
    if all(is_number(w) for w in written[0]) or not _content(written[0]) or not _content(written[1]):
        return None
    if {stem(w) for w in written[0]} & {stem(w) for w in written[1]}:
        return None
    if fuzz.ratio(" ".join(written[0]), " ".join(written[1])) >= SPELLING:
        return None
    # Who copied the odd words from here does not make them usual.
    copied = ground.after[odd[0]]
    if ground.carried(bodies[0], odd[1]) - copied - {odd[0]}:
        return None
    agreed = len(ground.carried(bodies[1], usual[1]) - copied)
    if agreed < AGREE_MIN:
        return None
    article = pile.articles[usual[0]]
    start, end = int(bodies[1].word_start[usual[1][0]]), int(bodies[1].word_end[usual[1][1] - 1])
    return _Found(
        place=odd[1],
        usual=article.text[start:end],
        support=(Span(article=article.id, start=start, end=end),),
        reason=f"nobody else writes this of their own; {agreed} articles have the other words",
        agreed=agreed,
    )


def _content(words: list[str]) -> bool:
    return any(w not in FUNCTION_WORDS and len(w) > 2 for w in words)


def _words_in(body: Body, stretch: Stretch) -> tuple[int, int]:
    first = int(np.searchsorted(body.word_start, stretch.start, side="left"))
    return first, max(first, int(np.searchsorted(body.word_end, stretch.end, side="right")))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Title:
    """A modified title before a name, "Foreign Minister Adler": its two words, by number and place."""

    article: int
    place: int
    modifier: int


def _titles(pile: Pile, corpus: Corpus) -> Iterator[tuple[int, _Found]]:
    """Titles that one article alone gives to somebody whom the others agree to call otherwise."""
    common = corpus.small
    by_name: dict[tuple[int, int], list[_Title]] = {}
    for number, (article, body, markup) in enumerate(zip(pile.articles, corpus.bodies, pile.markups, strict=True)):
        ends = [name.end for name in markup.names if name.type == "person"]
        places = np.searchsorted(body.word_end, np.array(ends, dtype=np.int64), side="left").tolist()
        for end, last in zip(ends, places, strict=True):
            if last >= len(body.word) or body.word_end[last] != end:
                continue
            for place in (last - 2, last - 3):
                if place < 0 or not common[body.word[place + 1]] or not _is_title(article.text, body, place):
                    continue
                modifier, head = int(body.word[place]), int(body.word[place + 1])
                if _content([corpus.words[modifier]]) and _content([corpus.words[head]]):
                    title = _Title(article=number, place=place, modifier=modifier)
                    by_name.setdefault((int(body.word[last]), head), []).append(title)
    rare = max(1, int(RARE_SHARE * len(pile.articles)))
    # "French President" is one of many, "Foreign Minister" a title: its first word is an ordinary one.
    ordinary = {
        key: [t for t in titles if common[t.modifier] or corpus.articles_of[t.modifier] == 1]
        for key, titles in by_name.items()
    }
    for key in sorted(k for k, titles in ordinary.items() if titles):
        yield from _odd_titles(pile, corpus, ordinary[key], corpus.articles_of <= rare)


def _is_title(text: str, body: Body, place: int) -> bool:
    """Whether two words stand side by side, each with a capital."""
    starts, ends = body.word_start[place : place + 2].tolist(), body.word_end[place : place + 2].tolist()
    return text[ends[0] : starts[1]] == " " and text[starts[0]].isupper() and text[starts[1]].isupper()


def _odd_titles(
    pile: Pile, corpus: Corpus, titles: list[_Title], rare: np.ndarray[tuple[int], np.dtype[np.bool_]]
) -> Iterator[tuple[int, _Found]]:
    carriers: dict[int, set[int]] = {}
    for title in titles:
        carriers.setdefault(title.modifier, set()).add(title.article)
    usual = min(carriers, key=lambda m: (-len(carriers[m]), corpus.words[m]))
    everyone = set().union(*carriers.values())
    if len(carriers[usual]) < TITLE_AGREE_MIN or len(carriers[usual]) < TITLE_SHARE * len(everyone):
        return
    support: list[tuple[int, Span]] = []
    for title in titles:
        if title.modifier == usual and title.article not in {number for number, _ in support}:
            support.append((title.article, _span(pile, corpus, title)))
    spans = tuple(span for _, span in support)
    words = pile.articles[support[0][0]].text[spans[0].start : spans[0].end]
    for title in titles:
        own = corpus.bodies[title.article]
        alone = corpus.pair_articles[own.pair[title.place]] == 1 and rare[title.modifier]
        head = int(own.word[title.place + 1])
        both = bool(np.any((own.word[:-1] == usual) & (own.word[1:] == head)))
        if title.modifier != usual and alone and not both and len(carriers[title.modifier]) == 1:
            reason = f"{len(spans)} articles call the same person so, and none but this one writes it thus"
            yield (
                title.article,
                _Found(
                    place=(title.place, title.place + 2),
                    usual=words,
                    support=spans[:5],
                    reason=reason,
                    agreed=len(spans),
                ),
            )


def _span(pile: Pile, corpus: Corpus, title: _Title) -> Span:
    body = corpus.bodies[title.article]
    return Span(
        article=pile.articles[title.article].id,
        start=int(body.word_start[title.place]),
        end=int(body.word_end[title.place + 1]),
    )
