"""Two short texts → what aligning finds for and against their saying the same thing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from copydesk.aligning import AligningOptions
from copydesk.aligning.align import Weighed, weigh
from copydesk.aligning.compare import can_both_hold
from copydesk.aligning.evidence import FEATURES
from copydesk.aligning.judge import load_judge
from copydesk.aligning.modality import find_modality, negation_at
from copydesk.aligning.terms import content_words
from copydesk.aligning.values import find_values
from copydesk.annotating import AnnotatingOptions, annotate
from copydesk.language.encoder import CachedEncoder
from copydesk.language.tagger import Tagger
from copydesk.linking.columns import FloatColumn, FloatMatrix
from copydesk.model.articles import Article, Block
from copydesk.model.markup import Markup
from copydesk.model.piles import Pile
from copydesk.model.stories import Story
from copydesk.model.times import UNKNOWN_WHEN
from copydesk.resolving import ResolvingOptions, resolve

BEST = ("words in common", "meaning of the clauses", "meaning of the sentences", "numbers agree", "numbers differ", "times differ", "only one denies", "other names")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A text with its markup."""

    article: Article
    markup: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two texts as one story of two articles, `score` the judge's probability of each pair of wordings."""

    weighed: Weighed
    score: FloatColumn

    def units(self, side: int) -> list[int]:
        """The clauses of one text (0 or 1)."""
        return [n for n, unit in enumerate(self.weighed.units) if unit.article.id == self.ids[side]]

    @property
    def ids(self) -> tuple[str, str]:
        one, other = self.weighed.resolution.story.articles
        return one, other

    def best(self) -> dict[int, int]:
        """For each wording the place of its likeliest pair with the other text."""
        found: dict[int, int] = {}
        for n in np.argsort(self.score, kind="stable").tolist():
            found[int(self.weighed.evidence.left[n])] = found[int(self.weighed.evidence.right[n])] = n
        return found

    def probability(self, one: int, other: int) -> float:
        """The judge's that two clauses say the same."""
        ours, theirs = sorted((self.weighed.rows[one], self.weighed.rows[other]))
        if ours == theirs:
            return 1.0
        at = np.flatnonzero((self.weighed.evidence.left == ours) & (self.weighed.evidence.right == theirs))
        return float(self.score[at[0]]) if len(at) else 0.0


class Reader:
    """Reads texts once each, and pairs of them by the product's own functions."""

    def __init__(self, encoder: CachedEncoder) -> None:
        self._encoder = encoder
        self._told: dict[str, Told] = {}
        self._options = AligningOptions(words_min=1)

    def read(self, texts: Iterable[str]) -> None:
        """Annotates the texts that are new."""
        articles = [_article(t) for t in dict.fromkeys(texts) if t not in self._told]
        for article, markup in zip(articles, annotate(articles, Tagger(), AnnotatingOptions()), strict=True):
            self._told[article.text] = Told(article=article, markup=markup)

    def pair(self, ours: str, theirs: str) -> Pair:
        """The two texts, which have been read, as one story."""
        told = [self._told[ours], self._told[theirs]]
        pile = Pile(articles=tuple(t.article for t in told), markups=tuple(t.markup for t in told))
        story = Story(id="s-pair", articles=tuple(a.id for a in pile.articles), membership=())
        weighed = weigh(pile, resolve(pile, story, ResolvingOptions()), self._encoder, self._options)
        score = load_judge().probability(weighed.evidence.features) if weighed.claims else np.zeros(0)
        return Pair(weighed=weighed, score=score)


def _article(text: str) -> Article:
    key = hashlib.sha256(text.encode()).hexdigest()
    return Article(
        id="a-" + key[:12], path="", url=None, sha256=key, headline="", byline=None, dateline=None, outlet=None, language="en", compared=True,
        reason=None, published=UNKNOWN_WHEN, modified=None, observed=None, credits=(), text=text, source_text=text,
        blocks=(Block(kind="body", start=0, end=len(text), at=0, reason="given"),),
    )  # fmt: skip


def support(pair: Pair, side: int) -> FloatColumn:
    """How well the other text supports what the text on one side says: the least and mean of its clauses' evidence."""
    units, best = pair.units(side), pair.best()
    features = pair.weighed.evidence.features
    held = {w for n in pair.units(1 - side) for w in content_words(pair.weighed.units[n])}
    columns = [FEATURES.index(name) for name in BEST]
    rows = []
    for n in units:
        at = best.get(pair.weighed.rows[n])
        words = content_words(pair.weighed.units[n])
        found = sum(w in held for w in words)
        told = [float(pair.score[at]), *features[at, columns].tolist()] if at is not None else [0.0] * (1 + len(columns))
        rows.append([*told, found / max(1, len(words)), float(len(words) - found)])
    grid: FloatMatrix = np.array(rows or [[0.0] * (len(BEST) + 3)], dtype=np.float32)
    return np.concatenate([grid.min(axis=0), grid.mean(axis=0), grid.max(axis=0)]).astype(np.float64)


def clashes(pair: Pair) -> FloatColumn:
    """Values of one kind that cannot both hold, numbers and names that only one text gives, and who denies or doubts."""
    units, resolution = pair.weighed.units, pair.weighed.resolution
    sides = [set(pair.units(0)), set(pair.units(1))]
    values = find_values(units, resolution)
    ours, theirs = ([v for v in values if v.unit in side] for side in sides)
    against = sum(
        any(o.slot == t.slot and o.kind == t.kind for t in theirs)
        and not any(o.slot == t.slot and o.kind == t.kind and can_both_hold(o, t) for t in theirs)
        for o in ours
    )
    figures = [{round(q.value, 2) for n in sorted(side) for q in units[n].markup.quantities if units[n].start <= q.start < units[n].end} for side in sides]
    names = [{w.casefold() for n in side for m in units[n].markup.names if units[n].start <= m.start < units[n].end for w in m.text.split()} for side in sides]
    denies = [any(negation_at(units[n]) is not None for n in side) for side in sides]
    doubts = [any(find_modality(units[n]) in ("denied", "alleged") for n in side) for side in sides]
    return np.array([
        against, len(figures[0] - figures[1]), len(figures[1] - figures[0]), len(names[0] - names[1]), len(names[1] - names[0]),
        *denies, *doubts, denies[0] != denies[1], doubts[0] != doubts[1],
    ], dtype=np.float64)  # fmt: skip


def in_pairs(texts: Sequence[tuple[str, str]], reader: Reader) -> Iterator[Pair]:
    """Each two texts compared, in order."""
    reader.read(t for pair in texts for t in pair)
    for ours, theirs in texts:
        yield reader.pair(ours, theirs)
