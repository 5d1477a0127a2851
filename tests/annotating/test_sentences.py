"""Where sentences end, by rules alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.text.sentences import find_paragraphs, find_sentences


def cut(text: str) -> list[str]:
    return [text[a:b] for a, b in find_sentences(text)]


@pytest.mark.parametrize(
    "sentences",
    [
        ["The ferry left.", "It came back."],
        ["Col. Ada Quill spoke to Mr. Orrin P. Vance.", "He nodded."],
        ["The U.N. mission in the U.S. Senate building closed.", "The doors stayed shut."],
        ["No. 5 in the list is a boat.", "No. 6 is not."],
        ["“We lost it,” he said.", "“All of it.”", "Then he left."],
        ['"Is it over?" she asked.', "Nobody knew."],
        ["It cost 3.5 million kr. in all, he said.", "They paid."],
        ["He works for Vessel Inc. in Port Vessel.", "She works for Lamp Co.", "The firms are old."],
        ["It opened at 9 a.m. on Monday.", "It closed at 5 p.m.", "The end"],
        ["The talks stalled. .", "Then they went on."],
        ["They wondered… and waited.", "Nothing came."],
    ],
)
def test_sentences_end_where_a_reader_would_end_them(sentences: list[str]) -> None:
    assert cut(" ".join(sentences)) == sentences


def test_a_sentence_needs_no_full_stop() -> None:
    assert cut("a line without an end") == ["a line without an end"]


def test_a_full_stop_without_a_space_ends_a_sentence_before_a_capital() -> None:
    assert cut("The ship sank.The crew lived.") == ["The ship sank.", "The crew lived."]


def test_paragraphs_end_at_blank_lines_and_after_finished_lines() -> None:
    text = "A headline\n\nOne line.\nAnother line\nwrapped here.\n \nLast"
    assert [text[a:b] for a, b in find_paragraphs(text)] == [
        "A headline",
        "One line.",
        "Another line\nwrapped here.",
        "Last",
    ]


@given(st.text(alphabet='aA.!?”“" \n…0', max_size=60))
def test_no_visible_character_is_lost_or_doubled(text: str) -> None:
    pieces = [
        text[a:b]
        for start, end in find_paragraphs(text)
        for piece in [text[start:end]]
        for a, b in [(start + x, start + y) for x, y in find_sentences(piece)]
    ]
    assert "".join("".join(pieces).split()) == "".join(text.split())
