"""What holds of any markup, however odd its names: nothing is lost, nothing is outside of the text."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.model.markup import Markup, NameMention, Sentence, Tokens
from copydesk.model.piles import Pile
from tests.resolving.stories import article, resolve_pile

WORDS = st.sampled_from(
    [
        "Ada",
        "Lund",
        "Okker",
        "the",
        "of",
        "(BTA)",
        "said",
        "Mr",
        "President",
        "“Yes”",
        "Ю.",
        "李",
        "\n",
        "U.N.",
        "’s",
        "a/b",
        "#Tag",
        "of-",
        "é",
    ]
)
TYPES = st.sampled_from(["person", "organization", "place", "other", "work", "event"])


@st.composite
def piles(draw: st.DrawFn) -> Pile:
    articles, markups = [], []
    for number in range(draw(st.integers(1, 3))):
        text = " ".join(draw(st.lists(WORDS, min_size=0, max_size=14)))
        starts = [i for i, c in enumerate(text) if i == 0 or text[i - 1] == " "] if text else []
        ends = [i for i in range(len(text) + 1) if i == len(text) or text[i : i + 1] == " "]
        names = []
        for start in starts:
            if draw(st.booleans()):
                end = draw(st.sampled_from([e for e in ends if e > start] or [start + 1]))
                if end <= len(text) and (not names or names[-1].end <= start):
                    names.append(
                        NameMention(start=start, end=end, text=text[start:end], type=draw(TYPES), reason="test")
                    )  # type: ignore[arg-type]
        count = len(starts)
        tokens = Tokens(
            start=tuple(starts), end=tuple(min([e for e in ends if e >= s] or [len(text)]) for s in starts),
            lemma=tuple("x" for _ in starts), pos=("PROPN",) * count, tag=("NNP",) * count, dep=("dep",) * count,
            head=tuple(range(count)),
        )  # fmt: skip
        whole = (Sentence(start=0, end=len(text), first=0, last=count),) if draw(st.booleans()) else ()
        name = f"a{number}"
        articles.append(article(name, text))
        markups.append(Markup(
            article=name, sentences=whole, tokens=tokens, names=tuple(names), quotes=(), times=(), quantities=(),
        ))  # fmt: skip
    return Pile(articles=tuple(articles), markups=tuple(markups))


@settings(max_examples=60, deadline=None)
@given(piles())
def test_any_markup_resolves_to_entities_that_stand_in_the_text(pile: Pile) -> None:
    found = resolve_pile(pile)
    text = {a.id: a.text for a in pile.articles}
    ids = {e.id for e in found.entities}
    assert len(ids) == len(found.entities)
    assert set(found.entity_of.values()) <= ids
    assert {*found.who, *found.where} <= ids
    for entity in found.entities:
        assert entity.name in {a.text for a in entity.aliases}
        assert entity.mentions
        for span in entity.mentions:
            assert 0 <= span.start < span.end <= len(text[span.article])
    assert resolve_pile(pile) == found
