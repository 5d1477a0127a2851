from __future__ import annotations

import numpy as np

from copydesk.clustering.background import background_shares, bucket, sketch
from copydesk.clustering.terms import words_of


def test_a_common_word_is_more_common_than_a_rare_one() -> None:
    the, council, heronry = background_shares(["the", "council", "xyzzyheronry"])
    assert the > 0.9
    assert the > council > heronry


def test_a_term_never_looks_rarer_than_it_is() -> None:
    counts = {f"term{i}": 3 + i % 50 for i in range(2_000)}
    table = sketch(counts, least=3)
    for term, count in counts.items():
        steps = min(int(table[row, bucket(term, salt)]) for row, salt in enumerate((b"a\t", b"b\t")))
        assert np.exp((steps - 1) / 24.0) >= count * 0.97


def test_terms_below_the_least_are_left_out() -> None:
    assert not sketch({"heron": 2}, least=3).any()


def test_the_possessive_and_the_curly_mark_do_not_make_another_word() -> None:
    assert words_of("Lund’s ferry, Lund's ferries") == ["lund", "ferry", "lund", "ferries"]


def test_a_text_of_any_length_is_cut() -> None:
    assert len(words_of("tide " * 20_000)) == 5_000
