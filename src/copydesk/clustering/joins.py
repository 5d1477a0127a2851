"""What joins or bars two articles for certain: copy links and the user's word."""

from __future__ import annotations

from dataclasses import dataclass

from copydesk.linking import Constraints
from copydesk.model.copies import CopyLink
from copydesk.model.corrections import names_article
from copydesk.model.piles import Pile

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Joins:
    """The certain pairs, by place in the pile, with the reason of each. `must` outranks `cannot` nowhere: both are
    free of contradictions, as the user's word has already removed what it contradicts."""

    must: dict[Pair, str]
    cannot: dict[Pair, str]

    def as_constraints(self) -> Constraints:
        return Constraints(must=tuple(sorted(self.must)), cannot=tuple(sorted(self.cannot)))


def certain_joins(pile: Pile, coverage: float) -> Joins:
    """Copy links that cover at least this share of the copy, overruled by the user's corrections about stories."""
    place = {article.id: i for i, article in enumerate(pile.articles)}
    must: dict[Pair, str] = {}
    for link in pile.trace.links:
        if link.origin in place and link.copy in place and link.coverage >= coverage:
            pair = _pair(place[link.origin], place[link.copy])
            must.setdefault(pair, _describe(link))
    cannot: dict[Pair, str] = {}
    for correction in pile.corrections:
        if correction.subject != "story":
            continue
        said = f"user: {correction.verdict} story" + (f" ({correction.reason})" if correction.reason else "")
        for a in _meant(pile, correction.left):
            for b in _meant(pile, correction.right):
                pair = _pair(a, b)
                if a == b:
                    continue
                (must if correction.verdict == "same" else cannot)[pair] = said
                (cannot if correction.verdict == "same" else must).pop(pair, None)
    return Joins(must=must, cannot=cannot)


def _pair(a: int, b: int) -> Pair:
    return (a, b) if a < b else (b, a)


def _meant(pile: Pile, reference: str) -> list[int]:
    return [i for i, a in enumerate(pile.articles) if names_article(reference, article_id=a.id, path=a.path)]


def _describe(link: CopyLink) -> str:
    return f"{link.coverage:.0%} of {link.copy} is {link.kind} from {link.origin}"
