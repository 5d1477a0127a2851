"""Articles → how alike each two are in what they tell of, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from scipy.sparse import csr_array

from copydesk.clustering.background import background_shares
from copydesk.clustering.terms import lead_of, lead_terms, name_terms, text_terms, vocabulary
from copydesk.linking import ScoredPairs
from copydesk.linking.columns import FloatColumn, FloatMatrix, IntColumn
from copydesk.model.piles import Pile
from copydesk.model.ports import SentenceEncoder

# What each view counts for. Tuned on the sets under stories/ and copies/ and on examples/ together (`python -m evals
# stories`): mixtures with a third to a half of meaning are within .005 of each other there; names count this much
# so that an eyewitness's tale, whose opening tells nothing of the event, finds its story by its places and people.
OF_TEXT, OF_LEAD, OF_MEANING, OF_NAMES = 0.25, 0.1, 0.35, 0.3
BACKGROUND_WEIGHT = 2_000  # articles that the background counts for beside the pile's own
NEAR_DAYS, FAR_DAYS = 60, 300  # publication this far apart costs nothing; this far, the whole penalty
FAR_PENALTY = 0.15  # what the same event a year later loses; crawl days given as publication must not split a story
FLOOR = 0.1  # pairs less alike than this count as not alike at all
ROWS = 512  # rows compared with all others at once


@dataclass(frozen=True, slots=True, kw_only=True)
class Views:
    """One row an article in each view, rows of length 1; `earliest` and `latest` are days, NaN when open."""

    text: csr_array
    lead: csr_array
    names: csr_array
    meaning: FloatMatrix
    earliest: FloatColumn
    latest: FloatColumn

    def __len__(self) -> int:
        return len(self.earliest)


def look_at(pile: Pile, encoder: SentenceEncoder[FloatMatrix], words: int) -> Views:
    """The views of every article of a pile. `words` is the length of what counts as the lead."""
    leads = [lead_of(article, words) for article in pile.articles]
    return Views(
        text=weigh_terms([text_terms(a) for a in pile.articles]),
        lead=weigh_terms([lead_terms(a, words) for a in pile.articles]),
        names=weigh_terms([name_terms(m) for m in pile.markups]),
        meaning=encoder.encode(leads),
        earliest=_days([a.published.earliest for a in pile.articles]),
        latest=_days([a.published.latest for a in pile.articles]),
    )


def weigh_terms(counts: Sequence[Counter[str]]) -> csr_array:
    """Unit rows of (1 + log count) × log rarity; how rare a term is, is learned from the pile and the background."""
    columns = vocabulary(counts)
    owners = np.zeros(len(columns))
    for count in counts:
        owners[[columns[t] for t in count]] += 1.0
    share = (owners + BACKGROUND_WEIGHT * background_shares(columns)) / (len(counts) + BACKGROUND_WEIGHT)
    rarity = -np.log(np.minimum(np.maximum(share, 1e-9), 1.0))
    rows, places, values = [], [], []
    for row, count in enumerate(counts):
        for term in sorted(count):
            rows.append(row)
            places.append(columns[term])
            values.append((1.0 + np.log(count[term])) * rarity[columns[term]])
    matrix = csr_array((values, (rows, places)), shape=(len(counts), max(1, len(columns))), dtype=np.float64)
    length = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    scale = csr_array((1.0 / np.where(length > 0, length, 1.0), (range(len(counts)), range(len(counts)))))
    return csr_array(scale @ matrix)


def _days(days: Sequence[date | None]) -> FloatColumn:
    return np.array([np.nan if d is None else float(d.toordinal()) for d in days], dtype=np.float64)


def all_pairs(views: Views) -> ScoredPairs:
    """Every pair of articles that is alike at all, with its likeness."""
    lefts, rights, scores = [], [], []
    for start in range(0, len(views), ROWS):
        rows = np.arange(start, min(start + ROWS, len(views)))
        block = likeness(views, rows)
        left, right = np.nonzero((block >= FLOOR) & (rows[:, None] < np.arange(len(views))[None, :]))
        lefts.append(left + start)
        rights.append(right)
        scores.append(block[left, right])
    nothing = np.zeros(0, dtype=np.int64)
    return ScoredPairs(
        left=np.concatenate([nothing, *lefts]),
        right=np.concatenate([nothing, *rights]),
        score=np.concatenate([nothing.astype(np.float64), *scores]),
    )


def likeness(views: Views, rows: IntColumn) -> FloatColumn:
    """How alike these articles are to every article, one row each."""
    alike: FloatColumn = (
        OF_TEXT * (views.text[rows] @ views.text.T).toarray()
        + OF_LEAD * (views.lead[rows] @ views.lead.T).toarray()
        + OF_NAMES * (views.names[rows] @ views.names.T).toarray()
        + OF_MEANING * (views.meaning[rows] @ views.meaning.T).astype(np.float64)
        - FAR_PENALTY * np.clip((days_apart(views, rows) - NEAR_DAYS) / (FAR_DAYS - NEAR_DAYS), 0.0, 1.0)
    )
    return alike


def days_apart(views: Views, rows: IntColumn) -> FloatColumn:
    """The least number of days between two publications; 0 where one of them is not known."""
    after = views.earliest[rows][:, None] - views.latest[None, :]
    before = views.earliest[None, :] - views.latest[rows][:, None]
    return np.nan_to_num(np.maximum(np.maximum(after, before), 0.0), nan=0.0)


def describe_pair(views: Views, a: int, b: int) -> str:
    """Why two articles are as alike as they are, in words."""
    rows = np.array([a], dtype=np.int64)
    wording = (views.text[[a]] @ views.text[[b]].T).toarray()[0, 0]
    names = (views.names[[a]] @ views.names[[b]].T).toarray()[0, 0]
    meaning = float(views.meaning[a] @ views.meaning[b])
    days = int(days_apart(views, rows)[0, b])
    undated = bool(np.isnan(views.earliest[a]) or np.isnan(views.earliest[b]))
    time = "no day to compare" if undated else "published the same day" if days == 0 else f"published {days} days apart"
    return f"wording {wording:.2f}, names {names:.2f}, meaning of the openings {meaning:.2f}, {time}"
