"""What fingerprints promise."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from copydesk.text.shingles import hash_ngrams, hash_words, winnow

words = st.lists(st.sampled_from("abcdefghij"), max_size=40)
N, WINDOW = 3, 4


def fingerprints(text: list[str]) -> set[int]:
    grams = hash_ngrams(hash_words(text), N)
    return set(grams[winnow(grams, WINDOW)].tolist())


@given(words, st.lists(st.sampled_from("klmnopqrst"), min_size=N + WINDOW - 1, max_size=20), words)
def test_a_common_run_as_long_as_the_window_is_always_found(
    before: list[str], run: list[str], after: list[str]
) -> None:
    assert fingerprints(before + run) & fingerprints(run + after)


@given(words)
def test_n_grams_are_equal_just_where_the_words_are(text: list[str]) -> None:
    grams = hash_ngrams(hash_words(text), N).tolist()
    runs = [tuple(text[i : i + N]) for i in range(len(text) - N + 1)]
    assert len(grams) == max(0, len(runs))
    assert len(set(grams)) == len(set(runs))


def test_hashes_are_the_same_in_every_run() -> None:
    assert hash_words(["quay"]).tolist() == [13007566195008537132]
    assert hash_ngrams(hash_words(["a", "b", "c"]), 3).tolist() == [11706785948834155836]


def test_short_texts_have_one_fingerprint_or_none() -> None:
    assert fingerprints(["a"]) == set()
    assert len(fingerprints(["a", "b", "c"])) == 1
