"""What units mean, read within their sentences."""

from __future__ import annotations

import numpy as np

from copydesk.aligning.meanings import read_meanings
from copydesk.aligning.options import AligningOptions
from copydesk.aligning.units import find_units
from tests.aligning.stories import encoder, tell

BOTH = "The ferry ran aground off Oderholm on Monday, and the owner of the ferry sacked the captain on Tuesday."


def test_a_sentence_of_two_clauses_has_one_vector_and_its_clauses_two() -> None:
    units = find_units(tell({"a": BOTH}).pile, AligningOptions())
    meanings = read_meanings(units, encoder())
    assert len(units) == 2
    assert np.array_equal(meanings.sentences[0], meanings.sentences[1])
    assert not np.allclose(meanings.clauses[0], meanings.clauses[1], atol=0.05)
    assert np.allclose(meanings.sentences[0], encoder().encode([units[0].sentence_text])[0], atol=1e-6)


def test_every_word_of_a_unit_has_a_row_of_length_one() -> None:
    units = find_units(
        tell({"a": BOTH, "b": "The captain of the ferry was sacked by the owner."}).pile, AligningOptions()
    )
    meanings = read_meanings(units, encoder())
    assert [len(keys) for keys in meanings.keys] == np.diff(meanings.bounds).tolist()
    assert np.allclose(np.linalg.norm(meanings.words.astype(np.float32), axis=1), 1.0, atol=0.01)


def test_a_word_is_read_within_its_sentence() -> None:
    told = tell({"a": "The bank of the river Orle gave way.", "b": "The bank lent the mayor of Oderholm money."})
    meanings = read_meanings(find_units(told.pile, AligningOptions()), encoder())
    first, second = (
        meanings.words[meanings.bounds[n] + meanings.keys[n].index("bank")].astype(np.float32) for n in (0, 1)
    )
    assert 0.2 < float(first @ second) < 0.95
