"""Who wrote an article: what head, markup and lines say, without roles, outlets, dates and content systems' accounts."""

from __future__ import annotations

import pytest

from copydesk.cleaning import CleaningOptions, clean
from copydesk.cleaning.by_lines import is_byline, name_beside_stamp, names_in_line
from copydesk.model.articles import Article, Repeats
from copydesk.model.captures import Stated
from tests.cleaning.pages import HEADLINE, PARAGRAPHS, capture

ALONE = Repeats(pages=1, by_pile={}, by_outlet={})


def read(head: str = "", above: str = "", below: str = "", url: str = "https://vessellantern.example/1") -> Article:
    body = "".join(f"<p>{p}</p>" for p in PARAGRAPHS)
    page = f"<html><head><title>{HEADLINE}</title>{head}</head><body><article><h1>{HEADLINE}</h1>{above}{body}{below}</article></body></html>"
    found = clean(capture(page, "html", (Stated(by="container", url=url),)), ALONE, CleaningOptions())
    assert isinstance(found, Article)
    return found


@pytest.mark.parametrize(
    ("line", "before", "names"),
    [
        ("ByGreta Pell", "", ("Greta Pell",)),
        ("Von Greta Pell, Tamsin Orrel und Odo Brandt", "", ("Greta Pell", "Tamsin Orrel", "Odo Brandt")),
        ("Erstellt von Greta am Dienstag, 27. Februar 2024", "", ("Greta",)),
        ("Posted on February 27, 2024 by Greta Pell", "", ("Greta Pell",)),
        ("Eine Kolumne von Greta Pell", "", ("Greta Pell",)),
        ("Auteur : Anaïs van der Meer", "", ("Anaïs van der Meer",)),
        ("Greta Pell", "Autoren", ("Greta Pell",)),
        ("Par Greta Pell et Odo Brandt", "", ("Greta Pell", "Odo Brandt")),
    ],
)
def test_lines_name_writers_in_many_ways(line: str, before: str, names: tuple[str, ...]) -> None:
    found = names_in_line(line, before)
    assert found is not None
    assert found.names == names


@pytest.mark.parametrize(
    "line",
    [
        "By the time Greta Pell arrived it was over",
        "Von Halden nach Vessel fuhr sie allein",
        "Von Anfang an",
        "Greta Pell said so",
    ],
)
def test_sentences_name_none(line: str) -> None:
    assert names_in_line(line) is None
    assert not is_byline(line)


def test_a_name_beside_the_time_is_found_and_a_place_is_not() -> None:
    assert name_beside_stamp("27.02.2024 | 13:10 Uhr | Greta Orrel") == "Greta Orrel"
    assert name_beside_stamp("Kestrel Bay, 27 February 2024") is None


def test_an_author_given_by_reference_is_looked_up() -> None:
    graph = '{"@graph": [{"@type": "NewsArticle", "headline": "x", "author": {"@id": "#p"}}, {"@type": "Person", "@id": "#p", "name": "Greta Pell"}]}'
    assert read(f'<script type="application/ld+json">{graph}</script>').byline == "Greta Pell"


def test_a_person_outweighs_the_site_that_states_itself_as_author() -> None:
    head = '<meta name="author" content="Vessel Lantern"><meta property="og:site_name" content="Vessel Lantern">'
    assert read(head, '<p class="meta"><a rel="author" href="/p">Greta Pell</a></p>').byline == "Greta Pell"


def test_a_given_name_in_the_head_is_made_whole_by_the_page() -> None:
    assert read('<meta name="author" content="Greta">', "<p>Von Greta Pell</p>").byline == "Greta Pell"


@pytest.mark.parametrize(
    ("stated", "name"),
    [
        ("By Greta Pell, Staff Writer", "Greta Pell"),
        ("GRETA PELL, AP Business Writer", "GRETA PELL"),
        ("Greta Pell Associated Press", "Greta Pell"),
        ("Greta Pell February 27, 2024", "Greta Pell"),
        ("Greta Mayol", "Greta Mayol"),
        ("Greta Pell Greta Pell", "Greta Pell"),
        ("Greta Pell and Odo Brandt", "Greta Pell, Odo Brandt"),
        ("siteadmin", None),
        ("https://social.example/gretapell", None),
        ("(window.ads = window.ads || [])", None),
    ],
)
def test_a_stated_author_is_the_name_alone(stated: str, name: str | None) -> None:
    assert read(f'<meta name="author" content="{stated}">').byline == name


def test_the_label_of_a_shared_card_tells_that_its_value_is_the_author() -> None:
    head = '<meta name="twitter:label1" content="{}"><meta name="twitter:data1" content="Greta Pell">'
    assert read(head.format("Written by")).byline == "Greta Pell"
    assert read(head.format("Reading time")).byline is None


def test_scripts_in_a_byline_are_no_name() -> None:
    above = '<div class="author"><script>var shown = true;</script>Greta Pell</div>'
    assert read(above=above).byline == "Greta Pell"


def test_a_by_line_taken_for_text_leaves_it() -> None:
    article = read(above="<p>Eine Kolumne von Greta Pell</p>")
    assert article.byline == "Greta Pell"
    assert "Kolumne" not in article.text


def test_a_name_in_parentheses_behind_the_last_sentence_signs_the_text() -> None:
    assert (
        read(below="<p>The council will meet again in the spring to vote on it. (Anna Pell) +++</p>").byline
        == "Anna Pell"
    )
