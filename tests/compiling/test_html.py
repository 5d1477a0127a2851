from __future__ import annotations

import re
from collections import Counter
from copy import deepcopy
from dataclasses import replace

import lxml.html
import pytest

from copydesk.compiling import to_html
from copydesk.model.dossiers import Brief

from .sample import HOSTILE, make_brief


@pytest.fixture(scope="module")
def brief() -> Brief:
    return make_brief()


@pytest.fixture(scope="module")
def page(brief: Brief) -> str:
    return to_html(brief)


@pytest.fixture(scope="module")
def tree(page: str) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(page)


def test_hostile_text_is_inert(tree: lxml.html.HtmlElement) -> None:
    allowed = {
        "html", "head", "meta", "title", "style", "body", "header", "main", "footer", "section", "article", "aside", "nav",
        "p", "b", "i", "q", "br", "a", "h1", "h2", "h3", "ol", "ul", "li", "dl", "dt", "dd", "div", "span", "small", "details",
        "summary", "blockquote", "code", "table", "thead", "tbody", "tr", "th", "td",
        "svg", "tspan", "defs", "marker", "path", "rect", "circle", "text", "g",
    }  # fmt: skip
    assert {e.tag for e in tree.iter() if isinstance(e.tag, str)} <= allowed
    assert [a for e in tree.iter() for a in e.attrib if a.startswith("on") or a in ("src", "srcset", "action")] == []
    assert "alert('x')" in tree.text_content()


def test_nothing_is_asked_of_another_machine(tree: lxml.html.HtmlElement) -> None:
    for element, attribute, link, _ in tree.iterlinks():
        assert link.startswith("#") or (element.tag == "a" and attribute == "href" and link.startswith("https://")), (
            link
        )
    style = "".join(tree.xpath("//style/text()")) + "".join(tree.xpath("//@style"))
    assert "url(" not in style and "@import" not in style
    policy = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy and "default-src 'none'" in policy[0] and "script" not in policy[0]


def test_no_character_turns_the_text_round(page: str) -> None:
    assert "\u202e" in HOSTILE and not re.search("[\u202a-\u202e\u2066-\u2069\x00-\x08]", page)


def test_every_link_leads_to_a_place_that_exists_once(tree: lxml.html.HtmlElement) -> None:
    ids = Counter(tree.xpath("//@id"))
    assert [i for i, n in ids.items() if n > 1] == []
    targets = {h[1:] for h in tree.xpath("//@href") if h.startswith("#")}
    assert targets - ids.keys() == set()


def test_every_statement_opens_the_words_it_rests_on_and_they_lead_back(
    tree: lxml.html.HtmlElement, brief: Brief
) -> None:
    for fact in [f for d in brief.dossiers for f in d.facts]:
        said = next(a for a in tree.xpath("//li[contains(@class,'fact')]//a[@class='said']") if same(a, fact.text))
        words = tree.get_element_by_id(said.get("href")[1:])
        assert same(words, fact.text)
        label = said.xpath("ancestor::li[1]/@id")[0]
        assert words.xpath(f"following::a[@class='back' and @href='#{label}']")


def same(element: lxml.html.HtmlElement, text: str) -> bool:
    """Whether an element shows a text, its small links aside."""
    element = deepcopy(element)
    for link in element.xpath(".//a[@class='back' or @class='arrow' or starts-with(@class,'tag')]"):
        link.drop_tree()
    return re.sub(r"\W", "", element.text_content()) == re.sub(r"\W|[\u202a-\u202e]", "", text)


def test_quotes_conflicts_dates_and_credits_link_into_the_articles(tree: lxml.html.HtmlElement) -> None:
    for part in ("conflict", "quote", "side"):
        assert tree.xpath(f"//*[contains(@class,'{part}')]//a[@class='said']/@href"), part
    assert tree.xpath("//section[contains(@class,'timeline')]//a[@class='said']/@href")
    assert tree.xpath("//aside//a[starts-with(@href,'#a') and contains(@href,'s-')]")


def test_the_count_of_articles_and_voices_comes_first(tree: lxml.html.HtmlElement) -> None:
    story = tree.get_element_by_id("s1")
    assert " ".join(story.text_content().split()).startswith("6 articles, 3 voices (1 not compared)")


def test_words_that_count_for_no_voice_say_why(brief: Brief) -> None:
    dossier = next(d for d in brief.dossiers if any(f.voices > 1 for f in d.facts))
    fact = next(f for f in dossier.facts if f.voices > 1)
    compared = {t.article.id for t in dossier.articles if t.article.compared}
    one = next(s for s in fact.support if s.voice is not None and s.span.article in compared)
    loose = tuple(replace(s, voice=None) if s is one else s for s in fact.support)
    left = len({s.voice for s in loose if s.voice is not None})
    doubted = replace(fact, support=loose, voices=left, status="corroborated" if left > 1 else "single-voice")
    facts = tuple(doubted if f is fact else f for f in dossier.facts)
    page = to_html(replace(brief, dossiers=tuple(replace(d, facts=facts) if d is dossier else d for d in brief.dossiers)))
    assert "too little alike to count" in page
    assert "too little alike to count" not in to_html(brief)


def test_every_article_and_every_skipped_input_is_on_the_page(tree: lxml.html.HtmlElement, brief: Brief) -> None:
    assert len(tree.xpath("//details[@class='source']")) == len(brief.articles)
    last = tree.get_element_by_id("skipped").text_content()
    assert all(s.stage in last for s in brief.skipped) and "photo.jpg" in last


def test_the_same_brief_gives_the_same_page_whatever_its_order(page: str, brief: Brief) -> None:
    assert to_html(replace(brief, dossiers=brief.dossiers[::-1], articles=brief.articles[::-1])) == page


def test_a_brief_without_stories_says_so() -> None:
    empty = replace(make_brief(), dossiers=(), articles=())
    assert "No story could be made" in to_html(empty)


def test_a_voice_of_single_passages_is_named_but_not_counted(tree: lxml.html.HtmlElement) -> None:
    voices = tree.get_element_by_id("s1-voices")
    assert "Hill Radio" in voices.text_content()
    assert voices.xpath("./h2/small/text()") == ["3"]


def test_of_very_many_stories_those_of_one_article_are_shown_in_short(
    brief: Brief, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = [d for d in brief.dossiers if len(d.story.articles) == 1]
    several = [d for d in brief.dossiers if len(d.story.articles) > 1]
    assert alone and several
    monkeypatch.setattr("copydesk.compiling.html.page.STORIES_MAX", 1)
    page = lxml.html.document_fromstring(to_html(brief))
    by_headline = {str(s.findtext("header/h1")): s for s in page.iter("article") if s.get("class") == "story"}
    for dossier in alone:
        short = by_headline[dossier.headline]
        assert not short.find_class("fact") and not short.find_class("quote") and not short.find_class("map")
        assert f"its {len(dossier.facts)} claims" in short.text_content()
        first = dossier.articles[0].article.text.split()[0]
        assert first in short.find_class("articles")[0].text_content()
    for dossier in several:
        facts = [e for e in by_headline[dossier.headline].iter("li") if e.get("class") == "fact"]
        assert len(facts) == len(dossier.facts)
