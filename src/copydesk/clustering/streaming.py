"""Articles, one at a time or many → stories that are the same whatever way they came.

What is known after N articles depends on the N articles alone: terms are weighed by the first of them in order of
publication (as many as `learned_from` says), candidates are told by that order, and groups are found anew
where a new article can be felt (`regrouping`). `cluster` is one `place` of everything. A likeness is a sum of whole
numbers, so it does not depend on the way either.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Sequence

import numpy as np

from copydesk.clustering.candidates import Keyring, Place
from copydesk.clustering.chains import follow_ups
from copydesk.clustering.grouping import Rules
from copydesk.clustering.joins import NO_JOINS, Joins, Ties, find_joins, what_was_said
from copydesk.clustering.keeping import (
    REAL,
    ROUGH,
    ROWS_A_PART,
    WHOLE,
    Kept,
    KeptArticles,
    KeptRows,
    pack,
    slices,
    unpack,
)
from copydesk.clustering.looks import Look, Row, describe_pair, look_at, weigh
from copydesk.clustering.options import ClusteringOptions
from copydesk.clustering.pairs import KnownPairs
from copydesk.clustering.rarity import Rarity, learned_from
from copydesk.clustering.regrouping import Groups
from copydesk.clustering.table import Table
from copydesk.clustering.telling import Grouped, Told
from copydesk.clustering.terms import count_terms, lead_of
from copydesk.linking.columns import FloatMatrix
from copydesk.model.articles import Article
from copydesk.model.copies import CopyLink
from copydesk.model.corrections import Correction
from copydesk.model.piles import Pile
from copydesk.model.ports import SentenceEncoder
from copydesk.model.stories import Story

FORGOTTEN, LEAST = 2, 1_000  # all is weighed anew when the table is so many times as long as the articles, or as this


class Clustering:
    """All that clustering knows of the articles placed so far."""

    def __init__(self, encoder: SentenceEncoder[FloatMatrix], options: ClusteringOptions) -> None:
        self._encoder = encoder
        self._options = options
        self._rarity = Rarity()
        self._articles: dict[str, Article] = {}
        self._looks: dict[str, Look] = {}
        self._table = Table()
        self._numbers: dict[str, int] = {}  # of each article in the table and on the ring
        self._names: list[str] = []  # the article of each number; a forgotten one keeps its own until all is weighed
        self._order: list[Place] = []  # of publication
        self._learned: tuple[int, Place | None] = (0, None)  # from how many articles, and the place of the last of them
        self._ring = Keyring(options.near, options.crowd)
        self._pairs = KnownPairs(options.threshold)
        self._links: tuple[CopyLink, ...] = ()
        self._links_of: dict[str, list[CopyLink]] = {}
        self._corrections: tuple[Correction, ...] = ()
        self._joins = NO_JOINS
        self._ties = Ties()
        self._standing = 0  # parts of rows that are as they were kept
        self._taken_up: Pile | None = None  # of what articles were, whose looks have no terms
        self._changed: frozenset[str] = frozenset()  # of these articles, until they are placed
        self._groups = Groups(_rules(options))

    @classmethod
    def resume(
        cls, kept: Kept, pile: Pile, encoder: SentenceEncoder[FloatMatrix], options: ClusteringOptions
    ) -> Clustering:
        """What was known when it was kept, under the same options; the pile holds all articles of it, with the texts
        and days that they had unless they are among those that changed: these are to be placed at once."""
        state = cls(encoder, options)
        state._taken_up, state._changed = pile, frozenset(kept.changed)
        ids = kept.articles.ids
        article_of = {a.id: a for a in pile.articles}
        state._articles = {a: article_of[a] for a in ids}
        state._rarity = Rarity.resume(kept.terms)
        days = unpack(kept.articles.days, REAL).reshape(-1, 3).tolist()
        for article, row, meaning, (day, earliest, latest) in zip(ids, *_rows_in(kept), days, strict=True):
            look = Look(terms=(), counts=(), meaning=meaning, earliest=earliest, latest=latest, place=(day, article))
            state._looks[article] = look
            state._numbers[article] = state._table.add(look, row)
        state._names = list(ids)
        state._order = sorted(look.place for look in state._looks.values())
        state._learned = (kept.learned, state._order[kept.learned - 1] if kept.learned else None)
        state._ring.resume([state._looks[a].place for a in ids], kept.articles.keys, kept.articles.key_counts)
        state._pairs = KnownPairs.resume(options.threshold, ids, kept.pairs)
        state._groups = Groups.resume(_rules(options), ids, kept.groups)
        must, cannot = (unpack(pairs, WHOLE).reshape(-1, 2).tolist() for pairs in (kept.must, kept.cannot))
        state._joins = Joins(
            must={(ids[a], ids[b]): "" for a, b in must}, cannot={(ids[a], ids[b]): "" for a, b in cannot}
        )
        state._ties = Ties(state._joins)
        state._standing = len(ids) // ROWS_A_PART
        return state

    def kept(self) -> tuple[Kept, int]:
        """All that is known, to be taken up again; and how many of the first parts of its rows are as they were when they were
        kept last: those are left out."""
        ids = sorted(self._numbers, key=self._numbers.__getitem__)
        numbers = [self._numbers[a] for a in ids]
        looks = [self._looks[a] for a in ids]
        keys, key_counts = self._ring.kept(numbers)
        place = {article: i for i, article in enumerate(ids)}
        days = (day for look in looks for day in (look.place[0], look.earliest, look.latest))
        first = self._standing * ROWS_A_PART
        kept = Kept(
            learned=self._learned[0],
            articles=KeptArticles(ids=tuple(ids), days=pack(days, REAL), keys=keys, key_counts=key_counts),
            terms=self._rarity.kept(),
            pairs=self._pairs.kept(ids),
            groups=self._groups.kept(ids),
            must=pack((place[a] for pair in sorted(self._joins.must) for a in pair), WHOLE),
            cannot=pack((place[a] for pair in sorted(self._joins.cannot) for a in pair), WHOLE),
            rows=tuple(
                _part_of([self._seen(a) for a in ids[at : at + ROWS_A_PART]])
                for at in range(first, len(ids), ROWS_A_PART)
            ),
        )
        return kept, self._standing

    def place(self, pile: Pile) -> None:
        """Takes in the articles of the pile that are new or whose text is, and its copy links and corrections in
        place of those before: they are to be of all articles, not of the new ones alone."""
        given = zip(pile.articles, pile.markups, strict=True)
        fresh = [(a, m) for a, m in given if a.id in self._changed or self._articles.get(a.id) != a]
        self._changed = frozenset()
        replaced = [a.id for a, _ in fresh if a.id in self._articles]
        touched = self._forget(replaced)
        vectors = self._encoder.encode([lead_of(a, self._options.lead_words) for a, _ in fresh])
        for (article, markup), vector in zip(fresh, vectors, strict=True):
            self._articles[article.id] = article
            terms = pile.terms.get(article.id) or count_terms(article, markup, self._options.lead_words)
            look = look_at(article, terms, vector, self._rarity)
            self._looks[article.id] = look
            insort(self._order, look.place)
        learned = self._learned
        touched |= self._weigh({a.id for a, _ in fresh})
        known = learned == self._learned and not replaced and self._taken_up is None
        touched |= self._bind(pile, {a.id for a, _ in fresh} if known else None)
        self._groups.regroup(touched & self._articles.keys(), self._pairs, self._ties)

    def drop(self, articles: Iterable[str]) -> None:
        """Forgets these articles."""
        touched = self._forget(articles)
        touched |= self._weigh(set())
        touched |= self._rebind()
        self._groups.regroup(touched & self._articles.keys(), self._pairs, self._ties)

    def groups(self) -> tuple[tuple[str, ...], ...]:
        """The articles of each story, stories and articles in order of id."""
        return self._groups.stories()

    def stories(self) -> tuple[Story, ...]:
        """The stories of all articles, in order of id, with why each article is where it is."""
        told = self.tell()
        return tuple(told.explain(story) for story in told.stories)

    def tell(self) -> Told:
        """The stories of all articles; reasons are found for those that are asked for, until something else is placed."""
        groups = self.groups()
        pairs = self._pairs.columns(sorted(self._articles))
        number = {article: i for i, group in enumerate(groups) for article in group}
        labels = np.array([number[a] for a in sorted(self._articles)], dtype=np.int64)
        latest = np.array([self._looks[a].latest for a in sorted(self._articles)], dtype=np.float64)
        grouped = Grouped(
            articles=tuple(sorted(self._articles)),
            labels=labels,
            pairs=pairs,
            earlier=follow_ups(latest, pairs, labels, self._options),
        )
        return Told(grouped, self._joins, self._seen)

    def likeness(self, a: str, b: str) -> float:
        """How alike two placed articles are, whether or not they are candidates."""
        return float(self._table.likeness(self._numbers[a], np.array([self._numbers[b]], dtype=np.int32))[0])

    def describe(self, a: str, b: str) -> str:
        """Why two placed articles are as alike as they are, in words."""
        return describe_pair(self._seen(a), self._seen(b))

    def _seen(self, article: str) -> tuple[Look, Row]:
        return self._looks[article], self._table.row(self._numbers[article])

    def _forget(self, articles: Iterable[str]) -> set[str]:
        """The articles that a forgotten one touched."""
        touched: set[str] = set()
        for article in sorted(set(articles) & self._articles.keys()):
            self._standing = 0
            touched |= self._groups.drop(article)
            for one, other in sorted(self._ring.drop(self._numbers[article])):
                a, b = self._names[one], self._names[other]
                self._pairs.part(a, b)
                score = self.likeness(a, b)
                if score >= self._options.floor:
                    self._pairs.add(a, [b], np.array([score], dtype=np.float64))
                touched |= {a, b}
            self._pairs.drop(article)
            del self._order[bisect_left(self._order, self._looks[article].place)]
            del self._articles[article], self._looks[article], self._numbers[article]
            touched.discard(article)
        return touched

    def _weigh(self, fresh: set[str]) -> set[str]:
        """Weighs and scores what is new, or everything where there is something new to be learned of terms."""
        count = learned_from(len(self._order))
        learned = (count, self._order[count - 1] if count else None)
        if learned != self._learned or len(self._table) > FORGOTTEN * max(len(self._numbers), LEAST):
            self._learned, self._standing = learned, 0
            self._look_again()
            self._rarity.learn(self._looks[a].terms[0] for _, a in self._order[:count])
            self._ring = Keyring(self._options.near, self._options.crowd)
            self._pairs = KnownPairs(self._options.threshold)
            self._table, self._numbers, self._names = Table(), {}, []
            fresh = set(self._looks)
        touched: set[str] = set()
        for _, article in sorted(self._looks[a].place for a in fresh):
            touched |= self._score(article)
        return touched

    def _look_again(self) -> None:
        """Looks at the articles that were taken up, whose rows are no longer those to go by."""
        pile, self._taken_up = self._taken_up, None
        if pile is None:
            return
        for article, markup in zip(pile.articles, pile.markups, strict=True):
            look = self._looks.get(article.id)
            if look is not None and not look.terms:
                terms = pile.terms.get(article.id) or count_terms(article, markup, self._options.lead_words)
                self._looks[article.id] = look_at(article, terms, look.meaning, self._rarity)

    def _score(self, article: str) -> set[str]:
        look = self._looks[article]
        row = weigh(look, self._rarity)
        number = self._numbers[article] = self._table.add(look, row)
        self._names.append(article)
        others, pushed = self._ring.add(number, look.place, row.keys)
        scores = self._table.likeness(number, others)
        kept = scores >= self._options.floor
        near = [self._names[o] for o in others[kept].tolist()]
        self._pairs.add(article, near, scores[kept])
        parted = {(self._names[one], self._names[other]) for one, other in sorted(pushed)}
        # of two that were not alike nothing changes
        return {article} | {a for pair in sorted(parted) if self._pairs.part(*pair) for a in pair}

    def _bind(self, pile: Pile, fresh: set[str] | None) -> set[str]:
        """Takes over the copy links and corrections; the articles for which what is certain changed. `fresh` are the
        only articles that are new, None where any likeness may be."""
        same = pile.trace.links is self._links and pile.corrections == self._corrections
        if pile.trace.links is not self._links:
            self._links, self._links_of = pile.trace.links, {}
            for link in pile.trace.links:
                for article in {link.origin or link.copy, link.copy}:
                    self._links_of.setdefault(article, []).append(link)
        self._corrections = pile.corrections
        if not same or fresh is None or self._corrections:
            return self._rebind()
        links = tuple(x for a in sorted(fresh) for x in self._links_of.get(a, ()) if self._holds(x))
        more = find_joins(links, {}, self.likeness, self._options).must
        for pair in more:
            self._ties.add(pair)
        self._joins = Joins(must={**self._joins.must, **more} if more else self._joins.must, cannot={})
        return {a for pair in more for a in pair}

    def _rebind(self) -> set[str]:
        said = what_was_said(self._corrections, self._articles)
        links = tuple(x for x in self._links if self._holds(x))
        joins = find_joins(links, said, self.likeness, self._options)
        touched = joins.differing(self._joins)
        self._joins, self._ties = joins, Ties(joins)
        return touched

    def _holds(self, link: CopyLink) -> bool:
        return link.origin in self._articles and link.copy in self._articles


def _rules(options: ClusteringOptions) -> Rules:
    return Rules(
        threshold=options.threshold,
        contrast=options.contrast,
        lone=options.lone,
        tight=options.tight,
        seam=options.seam,
    )


def _part_of(seen: Sequence[tuple[Look, Row]]) -> KeptRows:
    return KeptRows(
        lengths=pack((len(row.columns) for _, row in seen), WHOLE),
        columns=pack(np.concatenate([row.columns for _, row in seen]), WHOLE),
        weights=pack(np.concatenate([row.weights for _, row in seen]), ROUGH),
        meanings=pack(np.concatenate([look.meaning for look, _ in seen]), ROUGH),
    )


def _rows_in(kept: Kept) -> tuple[list[Row], list[FloatMatrix]]:
    """The rows of all articles, and their meanings."""
    rows: list[Row] = []
    meanings: list[FloatMatrix] = []
    for part in kept.rows:
        columns, weights = unpack(part.columns, WHOLE), unpack(part.weights, ROUGH)
        lengths = unpack(part.lengths, WHOLE).tolist()
        rows += [Row(columns=columns[inside], weights=weights[inside], keys=()) for inside in slices(lengths)]
        meanings += list(unpack(part.meanings, ROUGH).reshape(len(lengths), -1))
    return rows, meanings
