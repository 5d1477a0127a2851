"""What changed → the groups of all articles, found anew only where the change can be felt.

Grouping merges the two most alike groups first, so groups that do not become one have no say in each other: what is
found among the articles of some groups alone is what is found of them among all. After a change, the groups it touched
are found anew; then each is tried with every other group near it, and where the two would have merged at any time that
one is drawn in too, until none is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from copydesk.clustering.grouping import Grouping, Rules, group_pairs
from copydesk.clustering.joins import Ties
from copydesk.clustering.keeping import REAL, WHOLE, KeptGroups, pack, slices, unpack
from copydesk.clustering.pairs import KnownPairs
from copydesk.linking import ScoredPairs, members

CERTAIN = 1.0  # likeness of two articles that must be together, so that both draw the same others
SHARE = 8  # where a change touches more than one in so many articles, whole components are grouped

Group = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """A group before it is cut at its seams: its articles in order of id, how much of a line each is, the lowest
    likeness at which two parts of it became one, and the stories that it is cut into."""

    articles: Group
    weights: tuple[float, ...]
    least: float
    parts: tuple[Group, ...]


class Groups:
    """The groups of all articles; a group goes by its first article."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._name_of: dict[str, str] = {}
        self._wholes: dict[str, Whole] = {}

    @classmethod
    def resume(cls, rules: Rules, ids: Sequence[str], kept: KeptGroups) -> Groups:
        """The groups of these articles as they were kept."""
        found = cls(rules)
        places, part = unpack(kept.articles, WHOLE).tolist(), unpack(kept.parts, WHOLE).tolist()
        weights, least = unpack(kept.weights, REAL).tolist(), unpack(kept.least, REAL).tolist()
        for inside, lowest in zip(slices(unpack(kept.sizes, WHOLE).tolist()), least, strict=True):
            articles = tuple(ids[place] for place in places[inside])
            parts: list[list[str]] = [[] for _ in range(max(part[inside]) + 1)]
            for article, number in zip(articles, part[inside], strict=True):
                parts[number].append(article)
            whole = Whole(
                articles=articles, weights=tuple(weights[inside]), least=lowest, parts=tuple(tuple(p) for p in parts)
            )
            found._wholes[articles[0]] = whole
            found._name_of.update((article, articles[0]) for article in articles)
        return found

    def kept(self, ids: Sequence[str]) -> KeptGroups:
        """The groups; `ids` are all articles."""
        place = {article: i for i, article in enumerate(ids)}
        wholes = [self._wholes[name] for name in sorted(self._wholes)]
        part_of = {article: number for w in wholes for number, part in enumerate(w.parts) for article in part}
        return KeptGroups(
            sizes=pack((len(w.articles) for w in wholes), WHOLE),
            articles=pack((place[a] for w in wholes for a in w.articles), WHOLE),
            weights=pack((share for w in wholes for share in w.weights), REAL),
            parts=pack((part_of[a] for w in wholes for a in w.articles), WHOLE),
            least=pack((w.least for w in wholes), REAL),
        )

    def stories(self) -> tuple[Group, ...]:
        """The groups after the cuts, in order of their first articles."""
        return tuple(sorted(part for whole in self._wholes.values() for part in whole.parts))

    def drop(self, article: str) -> set[str]:
        """Forgets an article and the group that it was in; the others of that group."""
        if article not in self._name_of:
            return set()
        return self._undo(self._name_of[article]) - {article}

    def regroup(self, touched: set[str], pairs: KnownPairs, ties: Ties) -> None:
        """Finds anew what changed likenesses or ties of these articles may have changed; every one of them is here."""
        if SHARE * len(touched) > len(self._name_of):
            for component in _components(touched, pairs, ties):
                self._put(component, _find(component, self._rules, pairs, ties))
            return
        inside = self._with_groups(touched)
        apart: set[tuple[Group, str]] = set()
        while True:
            articles = sorted(inside)
            found = _find(articles, self._rules, pairs, ties)
            drawn: set[str] = set()
            for whole in found:
                before = self._wholes.get(whole.articles[0])
                if before is not None and before.articles == whole.articles and touched.isdisjoint(whole.articles):
                    continue  # as it was: what it is apart from it is apart from still
                for name in self._near(whole.articles, inside, pairs, ties):
                    if (whole.articles, name) in apart:
                        continue
                    if self._meets(whole, self._wholes[name], pairs, ties):
                        drawn |= set(self._wholes[name].articles)
                    else:
                        apart.add((whole.articles, name))
            if not drawn:
                self._put(articles, found)
                return
            inside |= drawn

    def _with_groups(self, articles: set[str]) -> set[str]:
        found = set(articles)
        for name in {self._name_of[a] for a in articles if a in self._name_of}:
            found |= set(self._wholes[name].articles)
        return found

    def _near(self, group: Group, inside: set[str], pairs: KnownPairs, ties: Ties) -> list[str]:
        """The groups outside that have an article strongly alike, or tied, to one of this group."""
        others = {other for a in group for found in (pairs.strong(a), ties.of(a)) for other in found}
        return sorted({self._name_of[o] for o in others - inside if o in self._name_of})

    def _meets(self, one: Whole, other: Whole, pairs: KnownPairs, ties: Ties) -> bool:
        """Whether a merge across the two would have come before their own, or would come after them."""
        if not ties.any(one.articles, other.articles):
            highest, mean = _across(one, other, pairs)
            if highest < min(one.least, other.least) and mean < self._rules.threshold:
                return False  # each part was nearer to what it did become one with
        found = _find(sorted((*one.articles, *other.articles)), self._rules, pairs, ties)
        return {w.articles for w in found} != {one.articles, other.articles}

    def _put(self, articles: Iterable[str], found: list[Whole]) -> None:
        for name in {self._name_of[a] for a in articles if a in self._name_of}:
            self._undo(name)
        for whole in found:
            self._wholes[whole.articles[0]] = whole
            self._name_of.update((a, whole.articles[0]) for a in whole.articles)

    def _undo(self, name: str) -> set[str]:
        articles = self._wholes.pop(name).articles
        for article in articles:
            del self._name_of[article]
        return set(articles)


def _find(articles: list[str], rules: Rules, pairs: KnownPairs, ties: Ties) -> list[Whole]:
    if len(articles) == 1:
        group = (articles[0],)
        return [Whole(articles=group, weights=(1.0,), least=np.inf, parts=(group,))]
    known = pairs.columns(articles)
    constraints = ties.among(articles)
    left, right = (np.array([p[side] for p in constraints.must], dtype=np.int64) for side in (0, 1))
    certain = ScoredPairs(
        left=np.concatenate([known.left, left]),
        right=np.concatenate([known.right, right]),
        score=np.concatenate([known.score, np.full(len(left), CERTAIN)]),
    )
    return list(_wholes(articles, group_pairs(len(articles), certain, rules, constraints)))


def _wholes(articles: list[str], found: Grouping) -> Iterator[Whole]:
    parts: dict[int, list[Group]] = {}
    for places in members(found.cut):
        parts.setdefault(int(found.whole[places[0]]), []).append(tuple(articles[i] for i in places))
    for number, places in enumerate(members(found.whole)):
        yield Whole(
            articles=tuple(articles[i] for i in places),
            weights=tuple(found.part[places].tolist()),
            least=float(found.least[number]),
            parts=tuple(parts[number]),
        )


def _across(one: Whole, other: Whole, pairs: KnownPairs) -> tuple[float, float]:
    """The highest likeness of two articles across, and the mean likeness of the lines."""
    known = pairs.columns((*one.articles, *other.articles))
    first = len(one.articles)
    across = (known.left < first) & (known.right >= first)
    weights = np.array((*one.weights, *other.weights))
    shares = known.score[across] * weights[known.left[across]] * weights[known.right[across]]
    mean = float(shares.sum()) / (sum(one.weights) * sum(other.weights))
    return float(known.score[across].max(initial=0.0)), mean


def _components(touched: set[str], pairs: KnownPairs, ties: Ties) -> Iterator[list[str]]:
    """The articles that can be reached from these, component by component."""
    done: set[str] = set()
    for start in sorted(touched):
        if start in done:
            continue
        found, edge = {start}, [start]
        while edge:
            article = edge.pop()
            for other in (pairs.strong(article) | ties.of(article)) - found:
                found.add(other)
                edge.append(other)
        done |= found
        yield sorted(found)
