"""What joins or bars two articles for certain: copy links and the user's word."""

from __future__ import annotations

from dataclasses import dataclass

from copydesk.clustering.options import ClusteringOptions
from copydesk.linking import Constraints, ScoredPairs
from copydesk.model.copies import CopyLink
from copydesk.model.corrections import names_article
from copydesk.model.piles import Pile

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Joins:
    """The certain pairs, by place in the pile, with the reason of each; no chain of `must` joins a pair of `cannot`."""

    must: dict[Pair, str]
    cannot: dict[Pair, str]

    def as_constraints(self) -> Constraints:
        return Constraints(must=tuple(sorted(self.must)), cannot=tuple(sorted(self.cannot)))


def certain_joins(pile: Pile, pairs: ScoredPairs, options: ClusteringOptions) -> Joins:
    """Copy links that cover enough of the copy, overruled by the user's corrections about stories.

    A link that was judged and not seen word for word joins only articles that are somewhat alike as wholes: true
    ones on the sets under stories/ have a likeness of .42 and more, false ones .25 at most.

    What the user parts stays apart: a copy link that would bring it together by a detour is left out, the weakest
    of the links first.
    """
    said = _said(pile)
    cannot = {pair: why for pair, (verdict, why) in said.items() if verdict == "not-same"}
    must = {pair: why for pair, (verdict, why) in said.items() if verdict == "same"}
    place = {article.id: i for i, article in enumerate(pile.articles)}
    links = [x for x in pile.trace.links if x.origin in place and x.copy in place and x.coverage >= options.copy_joins]
    chosen = pairs.score >= options.copy_likeness
    alike = set(zip(pairs.left[chosen].tolist(), pairs.right[chosen].tolist(), strict=True))
    groups = _Groups(len(pile.articles), cannot)
    for a, b in sorted(must):
        groups.join(a, b, whatever=True)
    for link in sorted(links, key=lambda x: (-x.coverage, x.origin or "", x.copy)):
        pair = _pair(place[link.origin or ""], place[link.copy])
        if pair not in cannot and (link.kind == "verbatim" or pair in alike) and groups.join(*pair):
            must.setdefault(pair, _describe(link))
    return Joins(must=must, cannot=cannot)


class _Groups:
    """Articles joined so far, and which of them may not meet."""

    def __init__(self, count: int, apart: dict[Pair, str]) -> None:
        self._group = list(range(count))
        self._apart = sorted(apart)

    def join(self, a: int, b: int, whatever: bool = False) -> bool:
        """Whether the two are in one group now."""
        old, new = sorted((self._group[a], self._group[b]), reverse=True)
        if old == new:
            return True
        if not whatever and any({self._group[x], self._group[y]} == {old, new} for x, y in self._apart):
            return False
        self._group = [new if g == old else g for g in self._group]
        return True


def _said(pile: Pile) -> dict[Pair, tuple[str, str]]:
    """What the user says of pairs of articles: the verdict, and the words for it. The last word holds."""
    found: dict[Pair, tuple[str, str]] = {}
    for correction in pile.corrections:
        if correction.subject != "story":
            continue
        why = f"user: {correction.verdict} story" + (f" ({correction.reason})" if correction.reason else "")
        for a in _meant(pile, correction.left):
            for b in _meant(pile, correction.right):
                if a != b:
                    found[_pair(a, b)] = (correction.verdict, why)
    return found


def _pair(a: int, b: int) -> Pair:
    return (a, b) if a < b else (b, a)


def _meant(pile: Pile, reference: str) -> list[int]:
    return [i for i, a in enumerate(pile.articles) if names_article(reference, article_id=a.id, path=a.path)]


def _describe(link: CopyLink) -> str:
    return f"{link.coverage:.0%} of {link.copy} is {link.kind} from {link.origin}"
