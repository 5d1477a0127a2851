"""Fingerprints of many articles at once, and the near copies that they find in texts."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from copydesk.text.normalise import find_words
from copydesk.text.shingles import hash_ngrams, hash_words, winnow
from copydesk.tracing import find_near_copies
from copydesk.tracing.fingerprints import GRAM, WINDOW, fingerprint, hash_texts
from tests.tracing.stories import INDEPENDENT, OTHER, WIRE

letters = st.sampled_from("aAbZz09 '’‘`´.,-–“_éÉßæâÃÂ©€™œ\u00a0\u0085\u0301ñıжЖ中\n")
written = st.lists(st.one_of(st.text(letters, max_size=40), st.text(max_size=20)), max_size=8)


@given(st.lists(st.lists(st.integers(0, 6), max_size=40), max_size=9))
def test_many_articles_at_once_have_the_fingerprints_that_each_has_alone(articles: list[list[int]]) -> None:
    words = [np.array(a, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15) for a in articles]
    owner, key = fingerprint(
        np.concatenate([*words, np.zeros(0, dtype=np.uint64)]), np.array([len(w) for w in words], dtype=np.int64)
    )
    for number, word in enumerate(words):
        grams = hash_ngrams(word, GRAM)
        assert key[owner == number].tolist() == grams[winnow(grams, WINDOW)].tolist()


@given(written)
def test_the_words_of_texts_are_those_of_find_words(texts: list[str]) -> None:
    keys = [[w.key for w in find_words(text)] for text in texts]
    bits, count = hash_texts(texts)
    assert count.tolist() == [len(k) for k in keys]
    flat = [k for some in keys for k in some]
    assert len({*zip(flat, bits.tolist(), strict=True)}) == len(set(flat)) == len(set(bits.tolist()))


def test_a_word_has_the_same_bits_wherever_it_stands() -> None:
    one, two = hash_texts(["quay"])[0], hash_texts(["The north", "and the QUAY, ‘Quáy’"])[0]
    assert one.tolist() == two[-2:-1].tolist() == two[-1:].tolist()


def test_fingerprints_are_as_tracing_takes_them_of_hashed_words() -> None:
    texts = [" ".join(WIRE), "", "A word.", " ".join(OTHER)]
    words = [hash_words([w.key for w in find_words(t)]) for t in texts]
    owner, _ = fingerprint(np.concatenate(words), np.array([len(w) for w in words], dtype=np.int64))
    assert set(owner.tolist()) == {0, 3}


def test_a_cut_and_an_edited_copy_are_found_and_another_report_is_not() -> None:
    edited = (
        " ".join(WIRE)
        .replace("Thursday", "Friday")
        .replace("boats", "barges")
        .replace("water", "flood")
        .replace("dykes", "walls")
    )
    found = find_near_copies([" ".join(t) for t in (WIRE, INDEPENDENT[4:], WIRE[3:7], OTHER)] + [edited])
    assert set(zip(found.left.tolist(), found.right.tolist(), strict=True)) >= {(0, 2), (0, 4)}
    assert not {1, 3} & {*found.left.tolist(), *found.right.tolist()}


def test_no_texts_have_no_near_copies() -> None:
    assert len(find_near_copies([])) == len(find_near_copies([""])) == 0
