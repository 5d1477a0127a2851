"""Invented stories for the tests of resolving, annotated by the shipped tagger."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from functools import cache

from copydesk.annotating import AnnotatingOptions, annotate
from copydesk.language.tagger import Tagger
from copydesk.model.articles import Article, Block
from copydesk.model.corrections import Correction
from copydesk.model.piles import Pile
from copydesk.model.stories import Entity, Resolution, Story
from copydesk.model.times import UNKNOWN_WHEN
from copydesk.resolving import ResolvingOptions, resolve


@cache
def _tagger() -> Tagger:
    return Tagger()


def article(name: str, text: str, headline: str = "") -> Article:
    """An article of one body block; a headline stands before it."""
    whole = f"{headline}\n\n{text}" if headline else text
    start = len(whole) - len(text)
    blocks = [Block(kind="body", start=start, end=len(whole), at=start, reason="test")]
    if headline:
        blocks.insert(0, Block(kind="headline", start=0, end=len(headline), at=0, reason="test"))
    return Article(
        id=name, path=f"{name}.txt", url=None, sha256=hashlib.sha256(whole.encode()).hexdigest(), headline=headline,
        byline=None, dateline=None, outlet=None, language="en", compared=True, reason=None, published=UNKNOWN_WHEN,
        modified=None, observed=None, credits=(), text=whole, source_text=whole, blocks=tuple(blocks),
    )  # fmt: skip


def pile_of(texts: Mapping[str, str], corrections: Sequence[Correction] = ()) -> Pile:
    """The annotated pile of some texts by article id; a first line that a blank line follows is the headline."""
    articles = []
    for name in sorted(texts):
        headline, gap, body = texts[name].partition("\n\n")
        articles.append(article(name, body, headline) if gap else article(name, texts[name]))
    markups = tuple(annotate(articles, _tagger(), AnnotatingOptions()))
    return Pile(articles=tuple(articles), markups=markups, corrections=tuple(corrections))


def resolve_texts(texts: Mapping[str, str], corrections: Sequence[Correction] = ()) -> Resolution:
    """The resolution of one story of these texts."""
    return resolve_pile(pile_of(texts, corrections))


def resolve_pile(pile: Pile) -> Resolution:
    """The resolution of a pile that is one story."""
    story = Story(id="s-test", articles=tuple(a.id for a in pile.articles), membership=())
    return resolve(pile, story, ResolvingOptions())


def with_alias(resolution: Resolution, text: str) -> list[Entity]:
    """The entities that have a spelling."""
    return [e for e in resolution.entities if any(a.text == text for a in e.aliases)]


def the(resolution: Resolution, text: str) -> Entity:
    """The one entity that has a spelling."""
    (entity,) = with_alias(resolution, text)
    return entity


HARBOUR = {
    "a": (
        "Mayor opens new pier in Port Vessel\n\n"
        "The mayor of Port Vessel, Adela Lundqvist, opened the new pier on Monday. Lundqvist said the pier would bring "
        "ferries back to the town. \"We have waited thirty years for this pier,\" she said. Harbour engineer Tomas "
        "Berkovich warned that the piles need care. The Bureau of Tidal Affairs (BTA) paid for half of the work."
    ),
    "b": (
        "Port Vessel gets its pier\n\n"
        "Adela Lundquist, who has been mayor since spring, told reporters: \"We have waited thirty years for this pier.\" "
        "Mr Berkovitch, an engineer, said the piles need care every winter. The BTA said it paid half of the costs. "
        "Lundquist thanked the fishermen of Port Vessel."
    ),
}  # fmt: skip
