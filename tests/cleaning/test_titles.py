"""A page's headline: which of its headings, and which part of it."""

from __future__ import annotations

from copydesk.cleaning import CleaningOptions, clean
from copydesk.model.articles import Article, Repeats
from copydesk.model.captures import Stated
from tests.cleaning.pages import HEADLINE, PARAGRAPHS, capture

ALONE = Repeats(pages=1, by_pile={}, by_outlet={})


def read(head: str, above: str, url: str = "https://www.vessellantern.example/news/4711") -> Article:
    body = "".join(f"<p>{p}</p>" for p in PARAGRAPHS)
    page = f"<html><head>{head}</head><body>{above}<article>{body}</article></body></html>"
    found = clean(capture(page, "html", (Stated(by="container", url=url),)), ALONE, CleaningOptions())
    assert isinstance(found, Article)
    return found


def test_a_kicker_over_the_headline_is_not_of_it() -> None:
    title = f"<title>Quay sale: {HEADLINE} | The Vessel Lantern</title>"
    for above in (
        f'<h1><span class="article__kicker">Quay sale</span> <span>{HEADLINE}</span></h1>',
        f"<h1><small>Quay sale</small> {HEADLINE}</h1>",
        f'<h1><span class="overline">Quay sale</span><span class="sr-only">: </span><span class="head">{HEADLINE}</span></h1>',
    ):
        article = read(title, above)
        assert article.headline == HEADLINE
        assert article.text.startswith(HEADLINE + "\n\n")
        assert any(
            article.source_text[b.start : b.end].startswith("Quay sale") and b.at is None for b in article.blocks
        )


def test_the_page_s_own_words_tell_kicker_and_headline_apart_where_no_class_does() -> None:
    head = f'<title>{HEADLINE}</title><meta property="og:title" content="{HEADLINE}">'
    assert read(head, f"<h1><span>Quay sale</span> <b>{HEADLINE}</b></h1>").headline == HEADLINE


def test_a_word_in_italics_does_not_break_a_headline() -> None:
    article = read(f"<title>{HEADLINE}</title>", f"<h1>{HEADLINE.replace('delays', '<em>delays</em>')}</h1>")
    assert article.headline == HEADLINE


def test_a_heading_that_names_the_site_by_its_host_is_no_headline() -> None:
    above = f"<h1>Vessel Lantern</h1><h2>{HEADLINE}</h2>"
    for title in (f"Vessel Lantern » {HEADLINE}", f"{HEADLINE} | Vessel Lantern", f"Vessel Lantern: {HEADLINE}"):
        assert read(f"<title>{title}</title>", above).headline == HEADLINE


def test_a_name_that_two_templates_append_is_the_sites() -> None:
    tagline = "All harbours of the coast at a glance"
    head = f"<title>{HEADLINE}{tagline} | {tagline}</title>"
    assert read(head, f"<h1>{tagline}</h1><h1>{HEADLINE}</h1>").headline == HEADLINE


def test_the_pages_one_first_heading_outweighs_a_title_made_for_search() -> None:
    head = '<title>Anchor Quay: sale, price, date</title><meta property="og:title" content="Anchor Quay: sale, price, date">'
    assert read(head, f"<h1>{HEADLINE}</h1>").headline == HEADLINE


def test_the_name_of_a_section_is_no_headline() -> None:
    head = f'<title>Harbours | {HEADLINE}</title><meta property="og:title" content="{HEADLINE}">'
    above = f"<h1>Harbours</h1><h2>{HEADLINE}</h2>"
    assert read(head, above).headline == HEADLINE


def test_a_first_heading_in_the_path_to_the_page_yields_to_the_one_above_the_text() -> None:
    head = f'<title>Quay delayed</title><meta property="og:title" content="{HEADLINE}">'
    above = (
        f'<div class="breadcrumb"><a href="/">Home</a> <h1>Quay delayed</h1></div><h2 class="headline">{HEADLINE}</h2>'
    )
    assert read(head, above).headline == HEADLINE


def test_a_headline_broken_over_two_lines_is_one() -> None:
    first, second = HEADLINE[:30], HEADLINE[31:]
    head = f'<title>{HEADLINE}</title><meta property="og:title" content="{HEADLINE} | Vessel Lantern">'
    assert read(head, f"<h1>{first} <br>{second}</h1>").headline == HEADLINE


def test_a_stated_headline_that_stands_nowhere_is_given_without_the_site() -> None:
    article = read(f"<title>{HEADLINE} - The Vessel Lantern</title>", "")
    assert article.headline == HEADLINE
    assert not any(b.kind == "headline" for b in article.blocks)


def test_a_first_heading_that_nothing_bears_out_yields_to_the_title_elsewhere() -> None:
    above = f'<div class="logo"><h1>Фонарь Весселя</h1></div><div class="article-title">{HEADLINE}</div>'
    assert read(f"<title>{HEADLINE} - The Lantern</title>", above, "https://lantern.example/1").headline == HEADLINE


def test_a_headline_filled_in_as_the_sites_name_is_still_the_headline() -> None:
    site = f'<meta property="og:site_name" content="{HEADLINE}"><meta property="og:title" content="{HEADLINE}">'
    assert read(f"<title>{HEADLINE}</title>{site}", f"<h1>{HEADLINE}</h1>").headline == HEADLINE


def test_a_headline_under_a_content_systems_own_name_stands_above_one_that_comes_under_the_text() -> None:
    search = "Anchor Quay sale put off again by harbour board"
    body = "".join(f"<p>{p}</p>" for p in PARAGRAPHS * 2)
    page = (
        f'<html><head><title>{search}</title><meta property="og:title" content="{search}">'
        f'<meta property="vl:headline" content="{HEADLINE}"></head>'
        f"<body><article><h2>{HEADLINE}</h2>{body}</article><h1>{search}</h1></body></html>"
    )
    found = clean(capture(page, "html"), ALONE, CleaningOptions())
    assert isinstance(found, Article)
    assert found.headline == HEADLINE


def test_a_first_heading_that_names_the_section_yields_to_the_one_that_says_a_piece_of_the_title() -> None:
    title = f"Vessel Lantern - Notices - {HEADLINE}"
    head = f'<title>{title}</title><meta property="og:title" content="{title}">'
    assert read(head, f"<h1>Notices | Entry</h1><h2>{HEADLINE}</h2>").headline == HEADLINE


def test_a_heading_right_above_the_text_that_goes_on_where_the_first_ends_is_the_headline() -> None:
    title = "<title>Ships of our coast, part 9 | Vessel Lantern</title>"
    fuller = "Ships of our coast, part 9 – the two ferries of Kestrel Bay"
    above = f"<h1>Ships of our coast, part 9</h1><p>2 November 2021</p><h2>{fuller}</h2>"
    assert read(title, above).headline == fuller
    stated = title + '<meta property="og:title" content="Ships of our coast, part 9">'
    assert read(stated, above).headline == "Ships of our coast, part 9"


def test_a_page_that_says_nothing_of_itself_is_headed_by_what_stands_right_above_its_text() -> None:
    assert read("<title>Vessel Lantern</title>", "<h1>Vessel Lantern</h1><h2>Delayed</h2>").headline == "Delayed"
