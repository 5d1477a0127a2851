"""Where quotations stand, by their marks alone."""

from __future__ import annotations

import time
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from copydesk.annotating.quotations import find_quotations


def inner(text: str) -> list[str]:
    return [text[q.first : q.last] for q in find_quotations(text)]


def test_marks_are_paired_whatever_their_shape() -> None:
    assert inner('He said “one two” and "three four" and «five six».') == ["one two", "three four", "five six"]


def test_two_apostrophes_are_one_mark() -> None:
    assert inner("''It wasn't me,'' she said.") == ["It wasn't me,"]


def test_an_apostrophe_is_no_mark() -> None:
    assert inner("The ministers’ plan and the ’90s and rock ’n’ roll aren’t quotes.") == []


def test_single_marks_hold_words_with_apostrophes() -> None:
    assert inner("'We didn't know, and they don't care,' he said.") == ["We didn't know, and they don't care,"]


def test_nested_marks_belong_to_the_outer_quotation() -> None:
    assert inner("“He told me ‘go away’ and left,” she said.") == ["He told me ‘go away’ and left,"]


def test_an_unclosed_quotation_ends_with_its_paragraph() -> None:
    quotations = find_quotations("“First part of it.\n\n“Second part.”\n\nNo quotation.")
    assert [q.closed for q in quotations] == [False, True]
    assert all(q.alone for q in quotations)


def test_a_mark_the_wrong_way_round_still_opens() -> None:
    assert inner("She added that ”we are ready to sail.”") == ["we are ready to sail."]


def test_a_mark_right_behind_a_comma_opens_where_none_is_open() -> None:
    assert inner("Quill said,“Look, the pier is gone.” He left.") == ["Look, the pier is gone."]
    assert inner("“We sail at noon,“ she said.") == ["We sail at noon,"]


def test_a_mark_that_a_space_follows_opens_at_the_start_of_a_paragraph() -> None:
    assert inner("The letter goes on.\n\n” … and the pier will be mended,” wrote Quill.") == [
        "… and the pier will be mended,"
    ]
    assert inner("It was late.\n\n” and nobody came.") == []


@given(st.text(alphabet="ab “”\"'‘’«».,\n", max_size=120))
def test_quotations_never_overlap(text: str) -> None:
    quotations = find_quotations(text)
    for left, right in pairwise(quotations):
        assert left.start < left.end <= right.start


def test_a_wall_of_marks_takes_no_time() -> None:
    start = time.process_time()
    find_quotations("'a " * 10_000)
    find_quotations("“a " * 10_000)
    find_quotations('" ' * 10_000)
    assert time.process_time() - start < 10


def test_a_single_mark_closes_what_a_double_one_opened() -> None:
    assert inner("“We shall mend the pier,’ she wrote. Then the mayor left.") == ["We shall mend the pier,"]


def test_a_nested_single_mark_closes_nothing_but_its_own() -> None:
    assert inner("“He told me ‘go away,’ and then ‘come back,’ and I did.") == [
        "He told me ‘go away,’ and then ‘come back,’ and I did."
    ]
