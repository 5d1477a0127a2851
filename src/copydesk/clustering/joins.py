"""What joins or bars two articles for certain: copy links and the user's word."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from copydesk.clustering.options import ClusteringOptions
from copydesk.linking import Constraints
from copydesk.model.articles import Article
from copydesk.model.copies import CopyLink
from copydesk.model.corrections import Correction, names_article

Pair = tuple[str, str]
Likeness = Callable[[str, str], float]
_NOTHING: set[str] = set()


@dataclass(frozen=True, slots=True, kw_only=True)
class Joins:
    """The certain pairs, by article id, with the reason of each; no chain of `must` joins a pair of `cannot`."""

    must: Mapping[Pair, str]
    cannot: Mapping[Pair, str]

    def differing(self, other: Joins) -> set[str]:
        """The articles of a pair that only one of the two has."""
        pairs = (self.must.keys() ^ other.must.keys()) | (self.cannot.keys() ^ other.cannot.keys())
        return {article for pair in pairs for article in pair}


NO_JOINS = Joins(must={}, cannot={})


class Ties:
    """The certain pairs by article."""

    def __init__(self, joins: Joins = NO_JOINS) -> None:
        self._must: dict[str, set[str]] = {}
        self._cannot: dict[str, set[str]] = {}
        for pairs, table in ((joins.must, self._must), (joins.cannot, self._cannot)):
            for pair in pairs:
                _tie(table, pair)

    def add(self, pair: Pair) -> None:
        """A pair more that must be together."""
        _tie(self._must, pair)

    def of(self, article: str) -> set[str]:
        """The articles that must be together with this one."""
        return self._must.get(article, _NOTHING)

    def any(self, ones: Sequence[str], others: Sequence[str]) -> bool:
        """Whether a certain pair lies between these."""
        return any(not table.get(a, _NOTHING).isdisjoint(others) for table in (self._must, self._cannot) for a in ones)

    def among(self, articles: Sequence[str]) -> Constraints:
        """The pairs both of whose articles are here, by place; `articles` are in order of id."""
        places = {article: i for i, article in enumerate(articles)}
        must, cannot = (
            tuple(
                sorted(
                    (i, places[other])
                    for article, i in places.items()
                    for other in table.get(article, _NOTHING)
                    if article < other and other in places
                )
            )
            for table in (self._must, self._cannot)
        )
        return Constraints(must=must, cannot=cannot)


def _tie(table: dict[str, set[str]], pair: Pair) -> None:
    for article, other in (pair, pair[::-1]):
        table.setdefault(article, set()).add(other)


def find_joins(
    links: tuple[CopyLink, ...], said: Mapping[Pair, tuple[str, str]], likeness: Likeness, options: ClusteringOptions
) -> Joins:
    """Copy links that cover enough of the copy, overruled by what the user said. `likeness` is asked for pairs of
    articles of these links only.

    A link that was judged and not seen word for word joins only articles that are somewhat alike as wholes: true
    ones on the sets under stories/ have a likeness of .42 and more, false ones .25 at most.

    What the user parts stays apart: a copy link that would bring it together by a detour is left out, the weakest
    of the links first.
    """
    cannot = {pair: why for pair, (verdict, why) in said.items() if verdict == "not-same"}
    must = {pair: why for pair, (verdict, why) in said.items() if verdict == "same"}
    groups = _Groups(cannot)
    for a, b in sorted(must):
        groups.join(a, b, whatever=True)
    strong = [x for x in links if x.origin is not None and x.origin != x.copy and x.coverage >= options.copy_joins]
    for link in sorted(strong, key=lambda x: (-x.coverage, x.origin or "", x.copy)):
        pair = pair_of(link.origin or "", link.copy)
        if pair in cannot or (link.kind != "verbatim" and likeness(*pair) < options.copy_likeness):
            continue
        if groups.join(*pair):
            must.setdefault(pair, _describe(link))
    return Joins(must=must, cannot=cannot)


class _Groups:
    """Articles joined so far, and which of them may not meet."""

    def __init__(self, apart: Mapping[Pair, str]) -> None:
        self._parent: dict[str, str] = {}
        self._barred: dict[str, set[str]] = {}
        for a, b in sorted(apart):
            self._barred.setdefault(a, set()).add(b)
            self._barred.setdefault(b, set()).add(a)

    def _root(self, article: str) -> str:
        while (above := self._parent.get(article, article)) != article:
            self._parent[article] = self._parent.get(above, above)
            article = above
        return article

    def join(self, a: str, b: str, whatever: bool = False) -> bool:
        """Whether the two are in one group now."""
        new, old = sorted((self._root(a), self._root(b)))
        if old == new:
            return True
        if not whatever and old in self._barred.get(new, ()):
            return False
        self._parent[old] = new
        for other in sorted(self._barred.pop(old, ())):
            self._barred[other].discard(old)
            if other != new:
                self._barred[other].add(new)
                self._barred.setdefault(new, set()).add(other)
        return True


def what_was_said(corrections: tuple[Correction, ...], articles: Mapping[str, Article]) -> dict[Pair, tuple[str, str]]:
    """What the user says of pairs of articles: the verdict, and the words for it. The last word holds."""
    found: dict[Pair, tuple[str, str]] = {}
    for correction in corrections:
        if correction.subject != "story":
            continue
        why = f"user: {correction.verdict} story" + (f" ({correction.reason})" if correction.reason else "")
        for a in _meant(articles, correction.left):
            for b in _meant(articles, correction.right):
                if a != b:
                    found[pair_of(a, b)] = (correction.verdict, why)
    return found


def pair_of(a: str, b: str) -> Pair:
    """The pair of two articles, in order of id."""
    return (a, b) if a < b else (b, a)


def _meant(articles: Mapping[str, Article], reference: str) -> list[str]:
    return [a.id for a in articles.values() if names_article(reference, article_id=a.id, path=a.path)]


def _describe(link: CopyLink) -> str:
    return f"{link.coverage:.0%} of {link.copy} is {link.kind} from {link.origin}"
