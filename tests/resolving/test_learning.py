"""What most articles of a run call a name holds in the story whose tagger errs, too."""

from __future__ import annotations

from dataclasses import replace

from copydesk.model.markup import NameType
from copydesk.model.piles import Pile
from copydesk.resolving import kinds_in, learn_kinds
from copydesk.resolving.kinds import BY_PILE
from tests.resolving.stories import pile_of, resolve_pile, the

SAID = "Talks with Karro Venn went on in the harbour town. The papers of Karro Venn were read aloud there."


def tagged(texts: dict[str, str], kinds: dict[str, NameType]) -> Pile:
    """A pile in which the tagger calls "Karro Venn" what it is told to, article by article."""
    pile = pile_of(texts)
    markups = tuple(
        replace(
            m,
            names=tuple(
                replace(n, type=kinds[m.article], reason="tagger") if n.text == "Karro Venn" else n for n in m.names
            ),
        )
        for m in pile.markups
    )
    assert all(any(n.text == "Karro Venn" for n in m.names) for m in markups)
    return replace(pile, markups=markups)


def learned(kind: NameType, articles: int) -> dict[tuple[str, ...], NameType]:
    texts = {f"b{n}": SAID for n in range(articles)}
    return learn_kinds(tagged(texts, dict.fromkeys(texts, kind)))


def test_a_kind_that_other_stories_agree_on_mends_the_tagger_s() -> None:
    pile = tagged({"a": SAID}, {"a": "organization"})
    assert the(resolve_pile(pile), "Karro Venn").type == "organization"
    mended = the(resolve_pile(replace(pile, kinds=learned("person", 3))), "Karro Venn")
    assert mended.type == "person"
    assert any(BY_PILE in reason for reason in mended.reasons)


def test_a_kind_that_most_agree_on_needs_three_articles_and_most_of_them() -> None:
    assert learned("person", 2) == {}
    assert learned("person", 3) == {("karro", "venn"): "person"}
    texts = {f"b{n}": SAID for n in range(4)}
    split: dict[str, NameType] = {"b0": "person", "b1": "person", "b2": "organization", "b3": "organization"}
    assert ("karro", "venn") not in learn_kinds(tagged(texts, split))


def test_what_is_told_plainly_in_the_story_outweighs_the_pile() -> None:
    pile = tagged(
        {"a": "Mr Karro Venn spoke. Mr Karro Venn sat down. Mr. Karro Venn left early, and nobody minded."},
        {"a": "person"},
    )
    wrong: dict[tuple[str, ...], NameType] = {("karro", "venn"): "organization"}
    assert the(resolve_pile(replace(pile, kinds=wrong)), "Karro Venn").type == "person"


def test_a_story_rests_on_the_kinds_of_its_own_names_that_its_tagger_calls_otherwise() -> None:
    wide: dict[tuple[str, ...], NameType] = {("karro", "venn"): "person", ("else", "where"): "place"}
    assert kinds_in(replace(tagged({"a": SAID}, {"a": "organization"}), kinds=wide)) == ((("karro", "venn"), "person"),)
    assert kinds_in(replace(tagged({"a": SAID}, {"a": "person"}), kinds=wide)) == ()
