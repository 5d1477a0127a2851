"""Readers' comments in flattened text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from copydesk.cleaning.lines import split_lines
from copydesk.cleaning.threads import find_threads

ARTICLE = [
    "Quay sale put off",
    "4 March 2031 at 9:15 am",
    "The council of the port met on Monday and put off the sale of the old quay until the spring of next year, as asked by two members.",
    "“Nobody wants to sell in a hurry,” the mayor said after the session.",
]
COMMENTS = [
    "dockhand77 says:", "4 March 2031 at 10:02 am", "They never ask the people who work there.",
    "Orla B. says:", "4 March 2031 at 10:40 am", "I would sell it tomorrow.", "Reply",
    "quayside says:", "4 March 2031 at 11:12 am", "You would not, Orla.", "Reply",
]  # fmt: skip


def inside(texts: list[str]) -> dict[str, bool]:
    lines = split_lines("\n\n".join(texts), 1000)
    return {line.text: bool(is_it) for line, is_it in zip(lines, find_threads(lines), strict=True)}


def test_a_thread_of_comments_is_found_and_the_article_before_it_is_not() -> None:
    found = inside([*ARTICLE, *COMMENTS])
    assert not any(found[text] for text in ARTICLE)
    assert all(found[text] for text in COMMENTS)


def test_a_live_report_with_times_is_no_thread() -> None:
    entries = [
        piece
        for hour in range(8)
        for piece in (f"4 March 2031, {hour + 9}:15", f"Speaker {hour} takes the floor in the council.")
    ]
    assert not any(inside([*ARTICLE, *entries]).values())


def test_a_text_that_is_all_comments_is_left_alone() -> None:
    assert not any(inside(COMMENTS).values())


def test_an_article_that_quotes_people_is_no_thread() -> None:
    said = [f"“Number {i} will not do,” the mayor of the old port town of Sarne says of the offer." for i in range(12)]
    assert not any(inside([*ARTICLE, *said]).values())


@given(st.lists(st.sampled_from([*ARTICLE, *COMMENTS, "Home", "12 votes"]), max_size=40))
def test_every_line_is_judged_and_one_long_line_stays_outside(texts: list[str]) -> None:
    lines = split_lines("\n\n".join(texts), 1000)
    found = find_threads(lines)
    assert len(found) == len(lines)
    if found.any():
        assert any(not is_it and len(line.text.split()) >= 25 for line, is_it in zip(lines, found, strict=True))
