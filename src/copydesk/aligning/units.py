"""Sentences → units: the stretches of text that each become one claim."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from copydesk.aligning.clauses import split_sentence
from copydesk.aligning.options import AligningOptions
from copydesk.model.articles import Article
from copydesk.model.markup import Markup, Sentence
from copydesk.model.piles import Pile
from copydesk.model.spans import Span
from copydesk.text.normalise import find_words

_NO_WORD = frozenset({"PUNCT", "SPACE", "SYM"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """One clause or sentence of one article: its place in the pile, in the text and among the tokens.

    `place` is 0 at the article's first sentence and 1 at its last.
    """

    index: int
    article: Article
    markup: Markup
    sentence: Sentence
    start: int
    end: int
    first: int
    last: int
    place: float

    @property
    def span(self) -> Span:
        return Span(article=self.article.id, start=self.start, end=self.end)

    @property
    def text(self) -> str:
        return self.article.text[self.start : self.end]

    @property
    def sentence_text(self) -> str:
        return self.article.text[self.sentence.start : self.sentence.end]


def find_units(pile: Pile, options: AligningOptions) -> tuple[Unit, ...]:
    """The units of every compared article, in order of article and place; at most `claims_max`, shared evenly."""
    compared = [i for i, a in enumerate(pile.articles) if a.compared]
    most = max(1, options.claims_max // max(1, len(compared)))
    return tuple(unit for i in compared for unit in _units_of(i, pile, options)[:most])


def distinct(units: Sequence[Unit]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The first unit of each wording, and for each unit the place of its wording among these.

    A sentence that many articles carry is weighed once: a reprint makes no word common and no agreement stronger.
    """
    place: dict[str, int] = {}
    firsts: list[int] = []
    rows = []
    for n, unit in enumerate(units):
        key = " ".join(w.key for w in find_words(unit.text))
        if key not in place:
            place[key] = len(firsts)
            firsts.append(n)
        rows.append(place[key])
    return tuple(firsts), tuple(rows)


def _units_of(index: int, pile: Pile, options: AligningOptions) -> list[Unit]:
    article, markup = pile.articles[index], pile.markups[index]
    sentences = [s for s in markup.sentences if _says_something(markup, s, options)]
    units = []
    for n, sentence in enumerate(sentences):
        for first, last in split_sentence(markup.tokens, sentence, options):
            units.append(
                Unit(
                    index=index, article=article, markup=markup, sentence=sentence,
                    start=max(sentence.start, markup.tokens.start[first]),
                    end=min(sentence.end, markup.tokens.end[last - 1]),
                    first=first, last=last, place=n / max(1, len(sentences) - 1),
                )
            )  # fmt: skip
    return units


def _says_something(markup: Markup, sentence: Sentence, options: AligningOptions) -> bool:
    """Whether a sentence says something that another article could say too: no headline, no fragment."""
    words = sum(markup.tokens.pos[i] not in _NO_WORD for i in range(sentence.first, sentence.last))
    return not sentence.is_headline and words >= options.words_min
