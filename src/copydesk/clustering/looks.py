"""Article, Terms → what clustering sees of it, and why two articles are alike.

Four views: the words of the whole text, of its opening, of its names, and the meaning of the opening. The first three
are one sparse row, so that one product gives their sum.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

import numpy as np
from numpy.typing import NDArray

from copydesk.clustering.rarity import Rarity
from copydesk.clustering.terms import parts_of, views_of
from copydesk.linking.columns import FloatColumn, FloatMatrix, IntColumn
from copydesk.model.articles import Article
from copydesk.model.wordings import Terms

# What each view counts for. Tuned on the sets under stories/ and copies/ and on examples/ together (`python -m evals
# stories`): mixtures with a third to a half of meaning are within .005 of each other there; names count this much
# so that an eyewitness's tale, whose opening tells nothing of the event, finds its story by its places and people.
OF_TEXT, OF_LEAD, OF_NAMES, OF_MEANING = 0.25, 0.1, 0.3, 0.35
VIEWS = (OF_TEXT, OF_LEAD, OF_NAMES)
# The clock. Stories last for months, and crawl days given as publication must not split them: with .15 for a season
# newscluster has .0064 less (`python -m evals stories`).
NEAR_DAYS, FAR_DAYS = 60, 300  # publication this far apart costs nothing; this far, all of FAR_COST
FAR_COST = 0.1  # what two reports of like things lose for being of another season
YEAR, YEAR_SLACK, YEAR_COST = 365.25, 20.0, 0.15  # what they lose besides when whole years lie between, give or take
DIGITS = 5  # of the weight of a key: what is left after rounding does not depend on the order of a sum
KEYS = 48  # terms of an article by which others are found
KEY_RAREST = 1 / 400  # share of articles below which a term is no better a key for being rarer
KEY_SHARE = 0.05  # a term that more of all news has is no key


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What is seen of one article, whatever else is in the pile: numbers of terms and 1 + log of their counts, a view
    each; the days between which it was published, NaN when open; `place` is where it stands in order of publication."""

    terms: tuple[IntColumn, ...]
    counts: tuple[FloatColumn, ...]
    meaning: FloatMatrix
    earliest: float
    latest: float
    place: tuple[float, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A look with its terms weighed: one sparse row over terms × views, and the article's keys."""

    columns: NDArray[np.int32]
    weights: NDArray[np.float32]
    keys: tuple[int, ...]


def look_at(article: Article, terms: Terms, meaning: FloatMatrix, rarity: Rarity) -> Look:
    """The look of one article; `rarity` numbers its terms."""
    numbers = np.concatenate([rarity.number(part) for part in parts_of(terms)])
    found = [_in_order(numbers[places], counts) for places, counts in views_of(terms)]
    seen = article.published.earliest or article.published.latest or article.observed
    return Look(
        terms=tuple(terms for terms, _ in found),
        counts=tuple(counts for _, counts in found),
        meaning=meaning,
        earliest=_day(article.published.earliest),
        latest=_day(article.published.latest),
        place=(inf if seen is None else float(seen.toordinal()), article.id),
    )


def _day(day: object) -> float:
    return np.nan if day is None else float(day.toordinal())  # type: ignore[attr-defined]


def _in_order(terms: IntColumn, counts: IntColumn) -> tuple[IntColumn, FloatColumn]:
    order = np.argsort(terms, kind="stable")
    logs = 1.0 + np.log(counts.astype(np.float64))
    return terms[order], logs[order]


def weigh(look: Look, rarity: Rarity) -> Row:
    """The row of a look under what is known of its terms now."""
    columns, weights = [], []
    for view, (terms, counts, share) in enumerate(zip(look.terms, look.counts, VIEWS, strict=True)):
        weight = counts * rarity.of(terms)
        length = float(np.sqrt(np.square(weight).sum()))
        columns.append((terms * len(VIEWS) + view).astype(np.int32))
        weights.append((weight * (np.sqrt(share) / length if length else 0.0)).astype(np.float32))
    return Row(columns=np.concatenate(columns), weights=np.concatenate(weights), keys=_keys(look, rarity))


def _keys(look: Look, rarity: Rarity) -> tuple[int, ...]:
    """The terms that tell most, with rarity beyond KEY_RAREST of no account: what nobody else has finds nobody. Of equal
    terms all articles prefer the same, those of the smaller hash."""
    chosen = rarity.in_news(look.terms[0]) <= KEY_SHARE
    terms, counts = look.terms[0][chosen], look.counts[0][chosen]
    weight = np.round(counts * np.minimum(rarity.of(terms), -np.log(KEY_RAREST)), DIGITS)
    return tuple(terms[np.lexsort((rarity.hashes(terms), -weight))[:KEYS]].tolist())


def cost_of_days(days: FloatColumn, others: FloatColumn) -> FloatColumn:
    """What the days between publications cost, earliest and latest of one article held against a row for each other:
    what comes back every year is another event each time."""
    gaps = np.fmax(days[0] - others[:, 1], others[:, 0] - days[1])
    apart = np.fmax(gaps, 0.0)  # 0 where a day is not known
    far = np.clip((apart - NEAR_DAYS) / (FAR_DAYS - NEAR_DAYS), 0.0, 1.0)
    years = np.maximum(np.round(apart / YEAR), 1.0)
    annual = np.abs(apart - years * YEAR) <= YEAR_SLACK
    cost: FloatColumn = FAR_COST * far + YEAR_COST * annual
    return cost


def days_apart(a: Look, b: Look) -> float:
    """The least number of days between two publications; 0 where one of them is not known."""
    gaps = [g for g in (a.earliest - b.latest, b.earliest - a.latest) if not np.isnan(g)]
    return max(0.0, *gaps) if gaps else 0.0


def describe_pair(a: tuple[Look, Row], b: tuple[Look, Row]) -> str:
    """Why two articles are as alike as they are, in words."""
    wording, _, names = (cosine / share for cosine, share in zip(_cosines(a[1], b[1]), VIEWS, strict=True))
    meaning = float(a[0].meaning.astype(np.float64) @ b[0].meaning.astype(np.float64))
    days = int(days_apart(a[0], b[0]))
    undated = any(np.isnan(x.earliest) and np.isnan(x.latest) for x, _ in (a, b))
    time = "no day to compare" if undated else "published the same day" if days == 0 else f"published {days} days apart"
    return f"wording {wording:.2f}, names {names:.2f}, meaning of the openings {meaning:.2f}, {time}"


def _cosines(a: Row, b: Row) -> list[float]:
    """What the terms that both have add up to, view by view."""
    common, at, to = np.intersect1d(a.columns, b.columns, assume_unique=True, return_indices=True)
    products = a.weights[at].astype(np.float64) * b.weights[to]
    return [float(products[common % len(VIEWS) == view].sum()) for view in range(len(VIEWS))]
