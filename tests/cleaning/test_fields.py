"""Headline, byline, dateline, outlet, language, and whether an article can be compared."""

from __future__ import annotations

import pytest

from copydesk.cleaning import CleaningOptions, clean
from copydesk.cleaning.fields import find_dateline
from copydesk.cleaning.headlines import without_site
from copydesk.model.articles import Article, Repeats
from copydesk.model.captures import Stated
from tests.cleaning.pages import HEADLINE, PARAGRAPHS, article_text, capture, furnished_page, furnished_text

ALONE = Repeats(pages=1, by_pile={}, by_outlet={})


def read(text: str, stated: tuple[Stated, ...] = (), medium: str = "text") -> Article:
    found = clean(capture(text, "html" if medium == "html" else "text", stated), ALONE, CleaningOptions())
    assert isinstance(found, Article)
    return found


def test_the_headline_is_the_line_above_the_text_and_stands_first_in_it() -> None:
    for text in (article_text(), furnished_text()):
        article = read(text)
        assert article.headline == HEADLINE
        assert article.text.startswith(HEADLINE + "\n\n")


def test_text_without_a_headline_gets_a_label_that_is_not_in_it_twice() -> None:
    article = read("\n\n".join(PARAGRAPHS))
    assert article.headline
    assert PARAGRAPHS[0].startswith(article.headline.removesuffix(" …"))
    assert article.text.count(PARAGRAPHS[0]) == 1
    assert not any(b.kind == "headline" for b in article.blocks)


def test_a_stated_headline_is_found_in_the_text() -> None:
    article = read("Coast\n\n" + article_text(), (Stated(by="container", headline=HEADLINE.upper()),))
    assert article.headline == HEADLINE
    assert [b.kind for b in article.blocks].count("headline") == 1


def test_a_headline_said_again_is_dropped() -> None:
    article = read(HEADLINE + "\n\n" + article_text())
    assert article.text.count(HEADLINE) == 1
    assert any(b.reason == "says the headline again" for b in article.blocks)


def test_a_title_loses_its_site_and_section() -> None:
    assert without_site("Quay sold at last | The Vessel Lantern", ["The Vessel Lantern"]) == "Quay sold at last"
    assert without_site("Quay sold at last, council says - Vessel News", []) == "Quay sold at last, council says"
    assert without_site("Quay sold at last", []) == "Quay sold at last"


def test_a_dateline_is_a_block_of_its_own_and_the_paragraph_goes_on_behind_it() -> None:
    article = read(HEADLINE + "\n\nPORT VESSEL (Reuters) – " + "\n\n".join(PARAGRAPHS))
    assert article.dateline == "PORT VESSEL (Reuters)"
    (block,) = [b for b in article.blocks if b.kind == "dateline"]
    assert article.source_text[block.start : block.end] == "PORT VESSEL (Reuters) –"
    assert article.text == HEADLINE + "\n\n" + "\n\n".join(PARAGRAPHS)


def test_datelines_are_told_from_sentences() -> None:
    for text in (
        "Kestrel Bay, Vesselia — The mayor",
        "HALDEN - The mayor",
        "(AFP) -- The mayor",
        "PORT VESSEL, Feb 3 (dpa) - The mayor",
    ):
        assert find_dateline(text) is not None, text
    for text in (
        "The mayor — a sailor — said",
        "It is (as he said) – well",
        "“Yes — no”, she said",
        "Port — the drink",
        "NATO said",
    ):
        assert find_dateline(text) is None, text


def test_byline_and_outlet_are_read_from_the_page_and_from_its_lines() -> None:
    for article in (read(furnished_text()), read(furnished_page(), medium="html")):
        assert article.byline == "Tamsin Orrel"
        assert article.outlet == "The Vessel Lantern"


def test_what_is_stated_comes_before_what_is_found() -> None:
    stated = (Stated(by="user", outlet="The Ledger", byline="By Greta Pell", url="https://ledger.example/a"),)
    article = read(furnished_page(), stated, medium="html")
    assert (article.outlet, article.byline, article.url) == ("The Ledger", "Greta Pell", "https://ledger.example/a")


def test_a_host_stands_for_an_outlet_that_nobody_names() -> None:
    article = read(article_text(), (Stated(by="container", url="https://www.lantern.example/news/1"),))
    assert article.outlet == "lantern.example"


@pytest.mark.parametrize(
    ("stated", "outlet"),
    [("www.bbc.com", "BBC"), ("www.lantern.example", "lantern.example"), ("Lantern.example", "Lantern.example")],
)
def test_an_outlet_stated_by_its_address_gets_its_name(stated: str, outlet: str) -> None:
    assert read(article_text(), (Stated(by="container", outlet=stated),)).outlet == outlet


def test_another_language_is_kept_but_not_compared() -> None:
    text = "\n\n".join([
        "Der Hafenrat hat den Verkauf des ältesten Kais verschoben, weil die Mitglieder mehr Zeit für die Prüfung brauchen.",
        "Die Bürgermeisterin sagte am Dienstag, niemand wolle den Kai in Eile verkaufen, und man schulde das den Menschen dort.",
        "Eine zweite Abstimmung ist für die erste Woche des kommenden Monats geplant, sagte ein Sprecher der Stadt.",
    ])  # fmt: skip
    article = read(text)
    assert (article.language, article.compared, article.reason) == ("de", False, "language de has no pack")
    assert "Hafenrat" in article.text


def test_a_paywall_stub_is_not_compared() -> None:
    article = read(
        "\n\n".join(
            [
                HEADLINE,
                PARAGRAPHS[0],
                "The council had been ...",
                "Subscribe to continue reading",
                "Already a subscriber? Log in",
            ]
        )
    )
    assert not article.compared
    assert article.reason is not None
    assert article.reason.startswith("paywall stub")


def test_a_sentence_is_too_short_to_compare() -> None:
    article = read("The quay is closed.")
    assert not article.compared
    assert article.text == "The quay is closed."


def test_wrapped_lines_become_paragraphs() -> None:
    words = " ".join(PARAGRAPHS[:2]).split()
    lines = [" ".join(words[i : i + 10]) for i in range(0, len(words), 10)]
    article = read(HEADLINE + "\n\n" + "\n".join(lines) + "\n\n" + PARAGRAPHS[2])
    body = [article.source_text[b.start : b.end] for b in article.blocks if b.kind == "body"]
    assert body == ["\n".join(lines), PARAGRAPHS[2]]


def test_sentences_broken_at_a_link_become_whole() -> None:
    broken = PARAGRAPHS[1].replace(" two offers ", "\ntwo offers\n")
    article = read("\n\n".join([HEADLINE, PARAGRAPHS[0], broken, PARAGRAPHS[2]]))
    assert [b.kind for b in article.blocks] == ["headline", "body", "body", "body"]


def test_a_sentence_about_the_source_is_a_credit_not_article() -> None:
    article = read(article_text() + "\n\nSome information in this report came from Reuters.\n\n(AFP)")
    last = article.blocks[-2:]
    assert [b.kind for b in last] == ["credit", "credit"]
    assert {c.name for c in article.credits} >= {"Reuters", "AFP"}
    assert "Reuters" not in article.text


def test_an_author_box_names_writer_and_outlet() -> None:
    box = [
        "Greta Pell",
        "A journalist for nine years, I cover harbours and their people for The Morrow Observer.",
        "Related Articles",
        "Close",
    ]
    article = read("\n\n".join([HEADLINE, *PARAGRAPHS, *box]))
    assert (article.byline, article.outlet) == ("Greta Pell", "The Morrow Observer")
    assert "journalist" not in article.text


def test_an_outlet_is_read_beside_the_date() -> None:
    assert read("\n\n".join([HEADLINE, "The Halden Gazette, 14 May 2024", *PARAGRAPHS])).outlet == "The Halden Gazette"
    assert read("\n\n".join([HEADLINE, "By Greta Pell, Radio Halden", *PARAGRAPHS])).outlet == "Radio Halden"
