"""What an encoder keeps: in memory, and on a shelf from one run to the next."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import numpy as np
import pytest

from copydesk.language.encoder import DIMENSIONS, BlankEncoder, CachedEncoder, FloatMatrix, MiniLmEncoder
from copydesk.language.parts import PartRows
from copydesk.model.parts import Parts
from copydesk.store import MemoryCache

FERRY, CHOIR, CLERK = "A ferry ran aground.", "The choir won a prize.", "A clerk read the minutes."


class Watched(MiniLmEncoder):
    """The shipped encoder, and what it was asked to encode."""

    def __init__(self) -> None:
        super().__init__(workers=1)
        self.asked: list[str] = []

    def encode(self, sentences: Sequence[str]) -> FloatMatrix:
        self.asked += sentences
        return super().encode(sentences)

    def encode_parts(self, asked: Sequence[Parts]) -> Iterator[PartRows]:
        self.asked += [parts.sentence for parts in asked]
        return super().encode_parts(asked)


def test_a_sentence_is_encoded_once() -> None:
    inner = Watched()
    encoder = CachedEncoder(inner)
    first = encoder.encode([FERRY, CHOIR, FERRY])
    again = encoder.encode([CHOIR, FERRY])
    assert sorted(inner.asked) == [FERRY, CHOIR]
    assert np.array_equal(first, again[[1, 0, 1]])


def test_what_was_kept_is_not_encoded_in_the_next_run() -> None:
    shelf = MemoryCache()
    before = CachedEncoder(MiniLmEncoder(workers=1), shelf)
    vectors = before.encode([FERRY, CHOIR])
    before.keep()
    inner = Watched()
    after = CachedEncoder(inner, shelf)
    assert np.array_equal(after.encode([CHOIR, CLERK, FERRY])[[2, 0]], vectors)
    assert inner.asked == [CLERK]


def test_what_was_passed_over_or_forgotten_is_not_on_the_shelf() -> None:
    shelf = MemoryCache()
    encoder = CachedEncoder(MiniLmEncoder(workers=1), shelf)
    encoder.encode([CLERK])
    encoder.pass_over()
    encoder.encode([FERRY, CHOIR])
    encoder.keep()
    encoder.forget([CHOIR])
    inner = Watched()
    CachedEncoder(inner, shelf).encode([FERRY, CHOIR, CLERK])
    assert sorted(inner.asked) == [CLERK, CHOIR]


def test_the_pieces_of_a_sentence_make_up_its_vector() -> None:
    encoder = MiniLmEncoder(workers=1)
    for sentence, (places, pieces) in zip([FERRY, CHOIR], encoder.encode_pieces([FERRY, CHOIR]), strict=True):
        mean = pieces.mean(axis=0)
        assert np.allclose(mean / np.linalg.norm(mean), encoder.encode([sentence])[0])
        words = [sentence[start:end] for start, end in places if end]
        assert len(places) == len(pieces) and "".join(words) == sentence.replace(" ", "")


def parts_of(sentence: str) -> Parts:
    """The first and the last half of a sentence, and its words."""
    middle, words = sentence.index(" ", len(sentence) // 2), re.finditer(r"\w+", sentence)
    rough = tuple(((m.start(), m.end()),) for m in words)
    return Parts(sentence=sentence, fine=(((0, middle),), ((middle, len(sentence)),)), rough=rough)


def same(one: Iterable[PartRows], other: Iterable[PartRows]) -> bool:
    return all(np.array_equal(a, b) for x, y in zip(one, other, strict=True) for a, b in zip(x, y, strict=True))


def test_parts_do_not_depend_on_how_many_sentences_are_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = [parts_of(s) for s in (FERRY, CHOIR, CLERK)]
    encoder = CachedEncoder(MiniLmEncoder(workers=2), MemoryCache())
    whole = list(encoder.encode_parts(asked))
    monkeypatch.setattr("copydesk.language.encoder.PIECES_AT_ONCE", 1)
    assert same(whole, encoder.encode_parts(asked))
    assert [len(rough) for _, rough in whole] == [len(parts.rough) for parts in asked]


def test_the_first_row_of_a_sentence_is_its_own_and_the_others_are_of_its_parts() -> None:
    encoder = MiniLmEncoder(workers=1)
    ((fine, rough),) = encoder.encode_parts([parts_of(FERRY)])
    assert np.allclose(fine[0], encoder.encode([FERRY])[0], atol=1e-6)
    assert np.allclose(np.linalg.norm(fine, axis=1), 1.0) and np.allclose(np.linalg.norm(rough, axis=1), 1.0, atol=1e-3)
    assert not np.allclose(fine[1], fine[2], atol=0.05)


def test_a_part_in_which_no_piece_lies_is_zeros() -> None:
    asked = Parts(sentence=FERRY, fine=((),), rough=(((90, 95),),))
    ((fine, rough),) = MiniLmEncoder(workers=1).encode_parts([asked])
    assert fine[0].any() and not fine[1].any() and not rough.any()


def test_parts_that_were_kept_are_the_same_and_not_encoded_in_the_next_run() -> None:
    shelf, asked = MemoryCache(), [parts_of(FERRY), parts_of(CHOIR)]
    before = CachedEncoder(MiniLmEncoder(workers=1), shelf)
    rows = list(before.encode_parts(asked))
    before.keep()
    inner = Watched()
    assert same(rows, CachedEncoder(inner, shelf).encode_parts(asked))
    assert inner.asked == []


def test_other_parts_of_a_sentence_than_those_kept_are_encoded() -> None:
    shelf = MemoryCache()
    before = CachedEncoder(MiniLmEncoder(workers=1), shelf)
    list(before.encode_parts([parts_of(FERRY)]))
    before.keep()
    other = replace(parts_of(FERRY), rough=(((0, 3), (4, 9)),))
    inner = Watched()
    assert same(MiniLmEncoder(workers=1).encode_parts([other]), CachedEncoder(inner, shelf).encode_parts([other]))
    assert inner.asked == [FERRY]


def test_parts_that_were_forgotten_or_put_longest_ago_are_not_on_the_shelf(monkeypatch: pytest.MonkeyPatch) -> None:
    shelf = MemoryCache()
    encoder = CachedEncoder(MiniLmEncoder(workers=1), shelf)
    for sentence in (CLERK, FERRY, CHOIR):
        list(encoder.encode_parts([parts_of(sentence)]))
        encoder.keep()
    encoder.forget([CHOIR])
    monkeypatch.setattr("copydesk.language.encoder.PARTS_KEPT", 1)
    encoder.trim()
    inner = Watched()
    list(CachedEncoder(inner, shelf).encode_parts([parts_of(s) for s in (CLERK, FERRY, CHOIR)]))
    assert inner.asked == [CLERK, CHOIR]


def test_a_blank_encoder_gives_zeros() -> None:
    ((fine, rough),) = BlankEncoder().encode_parts([parts_of(FERRY)])
    assert (
        fine.shape == (3, DIMENSIONS)
        and len(rough) == len(parts_of(FERRY).rough)
        and not fine.any()
        and not rough.any()
    )
