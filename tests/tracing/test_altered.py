"""What counts as altered language, and what does not."""

from __future__ import annotations

import re
from dataclasses import replace

from copydesk.language.encoder import CachedEncoder
from copydesk.model.articles import ArticleWarning
from copydesk.model.markup import NameMention
from copydesk.model.piles import Pile
from copydesk.tracing import TracingOptions, find_altered_language, trace
from tests.tracing.stories import INDEPENDENT, OTHER, REWORDED, WIRE, make_article, make_pile

OPTIONS = TracingOptions()
USUAL = (
    "Harbour Minister Vera Kollin opened the new lock on Monday.",
    "Harbour Minister Kollin praised the builders and cut a ribbon.",
    "The harbour minister spoke for ten minutes in the rain.",
)
ODD = (
    "Haven Minister Vera Kollin unlatched the fresh lock on Monday.",
    "Haven Minister Kollin lauded the constructors for their labour.",
)


def with_names(pile: Pile, *names: str) -> Pile:
    """The pile with these person names marked wherever they stand."""
    markups = []
    for article, markup in zip(pile.articles, pile.markups, strict=True):
        found = sorted({(m.start(), m.end()) for name in names for m in re.finditer(re.escape(name), article.text)})
        mentions = tuple(
            NameMention(start=s, end=e, text=article.text[s:e], type="person", reason="a test says so")
            for s, e in found
        )
        markups.append(replace(markup, names=mentions))
    return replace(pile, markups=tuple(markups))


def warnings_of(bodies: dict[str, tuple[str, ...]]) -> dict[str, tuple[ArticleWarning, ...]]:
    pile = make_pile([make_article(name, body, outlet=f"Outlet {name}") for name, body in bodies.items()])
    return find_altered_language(with_names(pile, "Kollin"), OPTIONS)


def test_a_title_that_everybody_else_writes_otherwise_is_altered() -> None:
    found = warnings_of({"a": USUAL, "b": (*USUAL[:2], *OTHER), "c": ODD, "d": USUAL})
    assert list(found) == ["c"]
    assert {(w.text, w.stands_for) for w in found["c"]} == {("Haven Minister", "Harbour Minister")}
    assert {s.article for s in found["c"][0].support} == {"a", "b", "d"}


def test_a_title_that_two_articles_write_is_not_altered() -> None:
    assert warnings_of({"a": USUAL, "b": USUAL, "c": ODD, "d": ODD}) == {}


def test_one_article_against_one_is_no_agreement() -> None:
    assert warnings_of({"a": USUAL, "c": ODD}) == {}


def test_an_article_that_knows_the_usual_title_is_not_altered() -> None:
    assert warnings_of({"a": USUAL, "b": USUAL, "c": (*ODD[:1], *USUAL[:2])}) == {}


def test_a_reworded_copy_alone_against_several_is_altered(encoder: CachedEncoder) -> None:
    articles = [make_article("wire", WIRE, outlet="Ossel Press Agency", published="2031-04-03")]
    articles += [make_article(f"p{i}", WIRE, outlet=f"Paper {i}", published="2031-04-04") for i in range(3)]
    articles.append(make_article("spun", REWORDED, outlet="Daily Mirage", published="2031-04-06"))
    pile = make_pile(articles)
    found = find_altered_language(replace(pile, trace=trace(pile, encoder, OPTIONS)), OPTIONS)
    assert set(found) == {"spun"}
    text = next(a.text for a in pile.articles if a.id == "spun")
    assert all(text[w.start : w.end] == w.text and w.support for w in found["spun"])


def test_ordinary_reports_are_not_altered(encoder: CachedEncoder) -> None:
    pile = make_pile([make_article(n, b) for n, b in (("a", WIRE), ("b", INDEPENDENT), ("c", OTHER), ("d", WIRE[:7]))])
    assert find_altered_language(replace(pile, trace=trace(pile, encoder, OPTIONS)), OPTIONS) == {}


def test_the_search_can_be_switched_off() -> None:
    pile = with_names(make_pile([make_article(n, b) for n, b in (("a", USUAL), ("b", USUAL), ("c", ODD))]), "Kollin")
    assert find_altered_language(pile, OPTIONS)
    assert find_altered_language(pile, replace(OPTIONS, altered_language=False)) == {}


def test_a_reprint_of_a_spun_copy_does_not_make_its_words_usual(encoder: CachedEncoder) -> None:
    articles = [make_article("wire", WIRE, outlet="Ossel Press Agency", published="2031-04-03")]
    articles += [make_article(f"p{i}", WIRE, outlet=f"Paper {i}", published="2031-04-04") for i in range(3)]
    articles.append(make_article("spun", REWORDED, outlet="Daily Mirage", published="2031-04-06"))
    articles.append(make_article("again", REWORDED, outlet="Weekly Mirage", published="2031-04-09"))
    pile = make_pile(articles)
    assert "spun" in find_altered_language(replace(pile, trace=trace(pile, encoder, OPTIONS)), OPTIONS)
