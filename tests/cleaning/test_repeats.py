"""Lines that recur: furniture on the pages of one outlet, reprints across outlets."""

from __future__ import annotations

from dataclasses import replace

from copydesk.cleaning import CleaningOptions, clean, find_repeats
from copydesk.cleaning.lines import line_key
from copydesk.model.articles import Article
from copydesk.model.captures import Capture, Stated
from tests.cleaning.pages import HEADLINE, PARAGRAPHS, article_text, capture

OPTIONS = CleaningOptions()
MOTTO = "The paper of the coast brings you the stories of its people from every harbour on every day of the year."


def page(number: int, outlet: str, lines: list[str]) -> Capture:
    stated = (Stated(by="container", outlet=outlet),)
    return replace(capture("\n\n".join(lines), stated=stated), id=f"p{number}", path=f"pile/p{number}")


THINGS = (
    "school",
    "bakery",
    "library",
    "ferry",
    "market",
    "theatre",
    "bridge",
    "mill",
    "clinic",
    "garden",
    "museum",
    "tower",
)
PEOPLE = (
    "teacher",
    "baker",
    "reader",
    "captain",
    "trader",
    "player",
    "builder",
    "miller",
    "nurse",
    "gardener",
    "keeper",
    "warden",
)


def other(number: int) -> list[str]:
    thing, person = THINGS[number % 12], PEOPLE[number % 12]
    return [
        f"The {thing} in the hill district opened its doors again on Monday after a week of repairs, said a {person} who works there.",
        f"The {person} said that those who use the {thing} had been looked after in the church hall and were glad to be back.",
        f"What the {thing} had to pay for it is more than the {person} had set aside for the year, the district said.",
    ]


def test_a_line_on_two_pages_of_an_outlet_is_counted_for_it() -> None:
    repeats = find_repeats([page(i, "The Lantern", [MOTTO, *other(i)]) for i in range(3)], OPTIONS)
    assert repeats.pages == 3
    assert repeats.by_outlet[f"the lantern\t{line_key(MOTTO)}"] == 3
    assert repeats.by_pile[line_key(MOTTO)] == 3


def test_a_line_on_one_page_is_not_kept() -> None:
    repeats = find_repeats(
        [page(1, "The Lantern", other(1)), page(2, "The Ledger", ["A line of its own.", *other(7)])], OPTIONS
    )
    assert line_key("A line of its own.") not in repeats.by_pile


def test_three_hundred_identical_files_count_as_one_page() -> None:
    pile = [page(i, "The Lantern", article_text().split("\n")) for i in range(300)]
    repeats = find_repeats(pile, OPTIONS)
    assert repeats.pages == 1
    article = clean(pile[0], repeats, OPTIONS)
    assert isinstance(article, Article)
    assert all(p in article.text for p in PARAGRAPHS)


def test_a_wire_story_reprinted_by_many_outlets_stays_article() -> None:
    pile = [page(i, f"Paper {i}", [HEADLINE, *PARAGRAPHS, f"Paper {i} is read in {i} towns."]) for i in range(8)]
    repeats = find_repeats(pile, OPTIONS)
    for made in pile:
        article = clean(made, repeats, OPTIONS)
        assert isinstance(article, Article)
        assert all(p in article.text for p in PARAGRAPHS)


def test_repeats_do_not_depend_on_the_order_of_the_pile() -> None:
    pile = [page(i, "The Lantern", [MOTTO, *other(i)]) for i in range(5)]
    assert find_repeats(pile, OPTIONS) == find_repeats(reversed(pile), OPTIONS)


def test_a_revision_on_the_same_site_stays_article() -> None:
    pile = [
        page(
            i,
            "The Lantern",
            [HEADLINE, *PARAGRAPHS, f"This is version {i} of our story about the quay, the editors said."],
        )
        for i in range(4)
    ]
    repeats = find_repeats(pile, OPTIONS)
    for made in pile:
        article = clean(made, repeats, OPTIONS)
        assert isinstance(article, Article)
        assert all(p in article.text for p in PARAGRAPHS)


def test_a_line_on_every_page_of_a_site_is_furniture_and_says_so() -> None:
    pile = [page(i, "The Lantern", [*other(i), MOTTO]) for i in range(12)]
    repeats = find_repeats(pile, OPTIONS)
    for made in pile:
        article = clean(made, repeats, OPTIONS)
        assert isinstance(article, Article)
        assert MOTTO not in article.text
        assert article.blocks[-1].reason.endswith("on 12 pages of this outlet")
        assert sum(line in article.text for line in other(int(made.id[1:]))) == 3
