"""What the network marks, and how an article is cut for it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.annotating import AnnotatingOptions, annotate
from copydesk.annotating.leanings import Leanings, lean_to_cuts, lean_to_proposal, lean_to_sources
from copydesk.annotating.marking import (
    BY_CONTENT,
    BY_CUE,
    BY_SOURCE,
    OWN_MAX,
    STRETCH_MAX,
    Marker,
    Marks,
    cut_stretches,
    first_pieces,
    load_marker,
)
from copydesk.annotating.readings import Reading, read
from copydesk.errors import ModelError
from copydesk.language.pieces import piece_table, whole_tokenizer
from copydesk.language.tagger import Tagger
from copydesk.model.articles import Article
from copydesk.model.markup import Sentence, Tokens
from copydesk.model.times import UNKNOWN_WHEN

TEXT = (
    "The ferry will sail again on Friday, harbour master Ada Quill said. The repairs cost a fortune.\n\n"
    "“We checked every bolt,” Quill told reporters. It rained all week."
)


def _article(text: str, language: str = "en") -> Article:
    return Article(
        id="a", path="a", url=None, sha256="", headline="", byline=None, dateline=None, outlet=None, language=language,
        compared=True, reason=None, published=UNKNOWN_WHEN, modified=None, observed=None, credits=(), text=text,
        source_text=text, blocks=(),
    )  # fmt: skip


@pytest.fixture(scope="module")
def reading() -> Reading:
    (markup,) = annotate([_article(TEXT)], Tagger(), AnnotatingOptions(quotes=False, times=False, quantities=False))
    return read(TEXT, markup.sentences, markup.tokens, markup.names)


def _plain(text: str) -> tuple[list[Sentence], Tokens]:
    """Sentences and words of a text that no tagger reads."""
    (markup,) = annotate([_article(text, "xx")], Tagger(), AnnotatingOptions())
    return list(markup.sentences), markup.tokens


def _at(reading: Reading, word: str) -> int:
    return reading.words.index(word)


@given(count=st.integers(0, 2000), starts=st.lists(st.integers(0, 1999), max_size=80))
def test_stretches_own_every_piece_once_and_are_never_too_long(count: int, starts: list[int]) -> None:
    stretches = list(cut_stretches(count, [s for s in starts if s < count]))
    assert [i for s in stretches for i in range(s.own_first, s.own_last)] == list(range(count))
    for s in stretches:
        assert 0 <= s.first <= s.own_first < s.own_last <= s.last <= count
        assert s.last - s.first <= STRETCH_MAX
        assert s.own_last - s.own_first <= OWN_MAX


def test_a_stretch_ends_where_a_sentence_starts() -> None:
    assert [s.own_first for s in cut_stretches(390, [0, 60, 100, 130, 250])] == [0, 130, 250]


@settings(deadline=None, max_examples=40)
@given(text=st.text(alphabet="abc é“”—’\n.,日😀İ[SEP]", min_size=1, max_size=120))
def test_a_tokens_first_piece_shares_a_character_with_it(text: str) -> None:
    _, tokens = _plain(text)
    offsets = whole_tokenizer().encode(text, add_special_tokens=False).offsets
    for i, piece in enumerate(first_pieces(offsets, tokens)):
        if piece >= 0:
            start, end = offsets[piece]
            assert start < tokens.end[i] and tokens.start[i] < end


@settings(deadline=None, max_examples=15)
@given(text=st.text(alphabet="abc é“”—’\n.,日😀İ[SEP]", max_size=900))
def test_any_text_is_marked_with_shares_that_add_up_to_one(text: str) -> None:
    sentences, tokens = _plain(text)
    marks = load_marker().mark(text, sentences, tokens)
    assert marks.shares.shape == (len(tokens), 4)
    assert np.allclose(marks.shares.sum(axis=1), 1.0, atol=1e-5)
    assert all(0.0 <= bond <= 1.0 for bonds in marks.bonds.values() for bond in bonds.values())


def test_who_said_what_is_marked_and_bound_to_its_own_cue(reading: Reading) -> None:
    marks, leanings = reading.marks, Leanings(reading=reading)
    said, told = _at(reading, "said"), _at(reading, "told")
    assert marks.cue_of(said) > 0.5 and marks.cue_of(told) > 0.5
    assert leanings.content(said).get(_at(reading, "ferry"), 0.0) > 0.5
    assert leanings.content(told).get(_at(reading, "bolt"), 0.0) > 0.5
    assert leanings.source(said).get(_at(reading, "ada"), 0.0) > 0.5
    assert leanings.content(told).get(_at(reading, "ferry"), 0.0) < 0.1
    assert marks.shares[_at(reading, "rained"), BY_CUE] < 0.1
    assert marks.shares[_at(reading, "fortune"), BY_CONTENT] < 0.3


def test_marks_do_not_depend_on_how_many_stretches_run_at_once(reading: Reading) -> None:
    long = "\n\n".join([TEXT] * 6)
    (markup,) = annotate([_article(long)], Tagger(), AnnotatingOptions(quotes=False, times=False, quantities=False))
    network = load_marker()._network
    one, four = (Marker(network, workers=n).mark(long, markup.sentences, markup.tokens) for n in (1, 4))
    assert np.array_equal(one.shares, four.shares)
    assert one.bonds == four.bonds


def test_the_numbers_lean_to_what_is_meant(reading: Reading) -> None:
    said = _at(reading, "said")
    statement = tuple(range(_at(reading, "the"), _at(reading, "friday") + 1))
    speaker = tuple(range(_at(reading, "harbour"), said))
    elsewhere = tuple(range(_at(reading, "repairs"), _at(reading, "fortune") + 1))
    right, wrong = lean_to_cuts(reading, said, [statement, elsewhere])
    assert right["leaning_f1"] > 0.8 > wrong["leaning_f1"]
    assert right["leaning_log_less"] == 0.0 > wrong["leaning_log_less"]
    by_speaker, by_other, by_nobody = lean_to_sources(reading, said, [speaker, elsewhere, ()])
    assert by_speaker["source_leans"] > 0.5 > by_other["source_leans"]
    assert by_nobody["source_leans"] == -1.0
    meant = dict(lean_to_proposal(reading, said, statement, speaker))
    idle = dict(lean_to_proposal(reading, _at(reading, "rained"), elsewhere, ()))
    assert meant["marked_cue"] > 0.5 > idle["marked_cue"]
    assert meant["content_leans"] > 0.5 > idle["content_leans"]


def test_a_broken_network_says_what_to_do() -> None:
    sentences, tokens = _plain("The ferry sails.")
    with pytest.raises(ModelError, match="reinstall copydesk"):
        Marker(b"no network").mark("The ferry sails.", sentences, tokens)


def test_the_table_gives_every_piece_a_vector_by_its_place() -> None:
    rows = piece_table().look_up([101, 2000, 2000, 102])
    assert rows.shape == (4, 384) and rows.dtype == np.float32
    assert np.isfinite(rows).all()
    assert not np.allclose(rows[1], rows[2])
    assert np.array_equal(piece_table().look_up([101, 2000]), rows[:2])


def test_columns_are_where_training_puts_them() -> None:
    assert (BY_SOURCE, BY_CUE, BY_CONTENT) == (1, 2, 3)


def test_words_of_one_cue_share_what_goes_with_them() -> None:
    shares = np.zeros((4, 4), dtype=np.float32)
    shares[[0, 1], BY_CUE], shares[[2, 3], BY_CONTENT] = 1.0, 1.0  # "quoted", "saying", two words
    bonds = {0: {0: 0.5, 1: 0.3, 2: 0.4, 3: 0.4}, 1: {0: 0.5, 1: 0.7, 2: 0.6, 3: 0.6}}
    marks = Marks(shares=shares, bonds=bonds)
    assert marks.bonds_of(1)[2] > 0.75 > marks.bonds[1][2]
    apart = Marks(shares=shares, bonds={0: {0: 1.0, 2: 0.9}, 1: {1: 1.0, 3: 0.9}})
    assert apart.bonds_of(0) == {0: 1.0, 2: 0.9}


def test_a_speaker_whom_a_newspaper_quotes_as_saying_is_no_stranger_to_it() -> None:
    text = (
        "The move was criticised by Bram Ostler, head of the dockers.\n\n"
        "“By doing so one says there are good piers and bad piers” for crews, the newspaper quoted him as saying."
    )
    (markup,) = annotate([_article(text)], Tagger(), AnnotatingOptions(times=False, quantities=False))
    (said,) = [q for q in markup.quotes if "good piers" in text[q.content[0].start : q.content[-1].end]]
    assert said.source_name == "Bram Ostler"
