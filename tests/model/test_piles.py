"""A pile's parts, one by one and all at once."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from copydesk.model.articles import Article
from copydesk.model.copies import CopyLink, Line, Trace, Voice, VoiceShare
from copydesk.model.markup import Markup, Tokens
from copydesk.model.piles import Pile
from copydesk.model.spans import Span
from copydesk.model.stories import Story
from copydesk.model.times import UNKNOWN_WHEN

NONE = Tokens(start=(), end=(), lemma=(), pos=(), tag=(), dep=(), head=())
COUNT = 6


def article(number: int) -> Article:
    return Article(
        id=f"a{number}", path=f"{number}.txt", url=None, sha256="0" * 64, headline="", byline=None, dateline=None, outlet=None,
        language="en", compared=True, reason=None, published=UNKNOWN_WHEN, modified=None, observed=None, credits=(), text="x",
        source_text="x", blocks=(),
    )  # fmt: skip


def pile(links: list[tuple[int | None, int]], shares: list[tuple[int, int]]) -> Pile:
    """Six articles with these links from origin to copy, and these shares of article and voice."""
    held: dict[str, tuple[VoiceShare, ...]] = {}
    for a, v in shares:
        held[f"a{a}"] = (*held.get(f"a{a}", ()), VoiceShare(voice=f"v{v}", share=0.5, spans=(), reasons=()))
    voices = tuple(
        Voice(
            id=f"v{v}",
            name=f"{v}",
            kind="outlet",
            articles=tuple(sorted({f"a{a}" for a, w in shares if w == v and a % 2})),
            reasons=(),
        )
        for v in sorted({v for _, v in shares})
    )
    copies = tuple(
        CopyLink(
            origin=None if o is None else f"a{o}", origin_voice="v1" if o is None else None, copy=f"a{c}", kind="edited", coverage=1.0,
            score=1.0, direction="known", passages=(), reasons=(),
        )
        for o, c in links
    )  # fmt: skip
    lines = tuple(
        Line(
            id=f"l{n}",
            voice="v1",
            spans=tuple(Span(article=f"a{a}", start=0, end=1) for a in (o, c) if a is not None),
            reasons=(),
        )
        for n, (o, c) in enumerate(links)
    )
    markups = tuple(
        Markup(article=f"a{n}", sentences=(), tokens=NONE, names=(), quotes=(), times=(), quantities=())
        for n in range(COUNT)
    )
    trace = Trace(links=copies, lines=lines, voices=voices, shares=held)
    return Pile(articles=tuple(article(n) for n in range(COUNT)), markups=markups, trace=trace)


places = st.integers(0, COUNT - 1)


@given(
    st.lists(st.tuples(st.none() | places, places), max_size=8),
    st.lists(st.tuples(places, st.integers(0, 3)), max_size=8, unique=True),
    st.lists(st.integers(0, 3), min_size=COUNT, max_size=COUNT),
)
def test_splitting_a_pile_gives_each_story_the_part_that_it_would_get_alone(
    links: list[tuple[int | None, int]], shares: list[tuple[int, int]], labels: list[int]
) -> None:
    whole = pile(links, shares)
    stories = [
        Story(id=f"s{label}", articles=tuple(f"a{n}" for n in range(COUNT) if labels[n] == label), membership=())
        for label in sorted(set(labels))
    ]
    assert list(whole.split(stories)) == [whole.of(story) for story in stories]
