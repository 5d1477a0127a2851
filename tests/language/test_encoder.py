"""What an encoder keeps: in memory, and on a shelf from one run to the next."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from copydesk.language.encoder import BlankEncoder, CachedEncoder, FloatMatrix, MiniLmEncoder
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


def test_pieces_do_not_depend_on_how_many_sentences_are_asked_for(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    encoder = CachedEncoder(MiniLmEncoder(workers=2))
    whole = [pieces for _, pieces in encoder.encode_pieces([FERRY, CHOIR, CLERK])]
    monkeypatch.setattr("copydesk.language.encoder.PIECES_AT_ONCE", 1)
    assert all(np.array_equal(one, other) for one, other in zip(whole, (p for _, p in encoder.encode_pieces([FERRY, CHOIR, CLERK])), strict=True))


def test_a_blank_encoder_gives_no_pieces() -> None:
    assert [len(places) for places, _ in BlankEncoder().encode_pieces([FERRY, CHOIR])] == [0, 0]
