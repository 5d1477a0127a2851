"""Probabilities of lines → the lines to keep."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from copydesk.cleaning.features import line_features
from copydesk.cleaning.judge import KEEP_AT_LEAST, Judgement, find_likely
from copydesk.cleaning.lines import Line, split_lines
from copydesk.model.articles import Repeats

ALONE = Repeats(pages=1, by_pile={}, by_outlet={})
PARAGRAPH = "The ferry to the outer islands stayed in port on Monday while divers looked at its broken rudder"


def judged(texts: list[str], kept: list[float]) -> tuple[list[Line], Judgement]:
    lines = split_lines("\n\n".join(texts), 1_000)
    assert len(lines) == len(texts)
    return lines, Judgement(rows=line_features(lines, "", "", ALONE), kept=np.array(kept))


def test_of_a_text_that_is_doubted_as_a_whole_the_likeliest_lines_are_kept() -> None:
    lines, judgement = judged(
        ["Weather", "Sport", PARAGRAPH + ".", PARAGRAPH + " again.", "Imprint"], [0.01, 0.02, 0.4, 0.36, 0.01]
    )
    assert find_likely(lines, judgement, 0.5, is_page=False).tolist() == [False, False, True, True, False]


def test_where_the_judge_is_sure_a_doubtful_line_stays_out() -> None:
    lines, judgement = judged([f"{PARAGRAPH} {n}." for n in range(9)] + [PARAGRAPH], [0.99] * 9 + [0.4])
    assert find_likely(lines, judgement, 0.5, is_page=False).tolist() == [True] * 9 + [False]


def test_a_page_is_cut_where_the_options_say() -> None:
    lines, judgement = judged([PARAGRAPH, PARAGRAPH + " again"], [0.4, 0.45])
    assert not find_likely(lines, judgement, 0.5, is_page=True).any()
    assert find_likely(lines, judgement, 0.42, is_page=True).tolist() == [False, True]


def test_a_heading_over_other_articles_is_not_let_in_by_doubt() -> None:
    lines, judgement = judged(["You may also like", PARAGRAPH + ".", PARAGRAPH + " again."], [0.45, 0.45, 0.45])
    assert find_likely(lines, judgement, 0.5, is_page=False).tolist() == [False, True, True]


def test_of_a_text_that_nothing_speaks_for_nothing_is_kept() -> None:
    lines, judgement = judged([PARAGRAPH, PARAGRAPH + " again"], [KEEP_AT_LEAST / 2, 0.0])
    assert not find_likely(lines, judgement, 0.5, is_page=False).any()
    lines, judgement = judged([PARAGRAPH], [0.0])
    assert not find_likely(lines, judgement, 0.5, is_page=False).any()


@given(st.lists(st.floats(0.0, 1.0), min_size=1, max_size=12), st.floats(0.2, 0.9))
def test_doubt_only_ever_lets_lines_in_and_in_order_of_their_likelihood(kept: list[float], keep_from: float) -> None:
    lines, judgement = judged([f"{PARAGRAPH} {n}." for n in range(len(kept))], kept)
    likely = find_likely(lines, judgement, keep_from, is_page=False)
    assert all(likely[i] for i, p in enumerate(kept) if p >= keep_from)
    assert all(not likely[j] or likely[i] for i, p in enumerate(kept) for j, q in enumerate(kept) if p >= q)
