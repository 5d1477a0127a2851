from __future__ import annotations

from typing import Any, TypeAlias

import pytest
from spacy.language import Language
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc

from copydesk.language.rules import LOOKED_UP, RULER, look_up_rules, read_rules
from copydesk.language.tagger import Tagger, TaggerChoice, choose_package, load_pipeline

Patterns: TypeAlias = list[list[dict[int | str, Any]]]

COLUMNS: list[int | str] = ["ORTH", "TAG", "POS", "DEP", "HEAD", "LEMMA", "MORPH", "ENT_TYPE", "SENT_START"]
TEXTS = (
    "Heron's skipper said the ferry ain't lost: there's fuel, there are boats, and nothin' she'd done had sunk her.",
    "“I have told you that it was raining,” he said to me, “and y'all got wet. Who gets what?” They're gone.",
    "Which of those did he mean? That which had been seen to burn \n\n, which cost $5.50 (#3) -- e.g. a ship's mast.",
    "Do n't. Does it? Wan na leave? Gonna go: let's be better than the best, worse off, and the most quickly mended.",
    "",
    " \n ",
    "Oldmouth",
)


@pytest.fixture(scope="module")
def shipped() -> Language:
    return load_pipeline(choose_package(TaggerChoice()))


def test_every_token_gets_what_the_shipped_pipeline_gives_it(shipped: Language) -> None:
    for plain, ours in zip(shipped.pipe(TEXTS), Tagger().tag(TEXTS), strict=True):
        assert plain.to_array(COLUMNS).tolist() == ours.to_array(COLUMNS).tolist(), plain.text


def test_the_rules_are_looked_up_in_place_of_the_ruler() -> None:
    pipeline = load_pipeline(choose_package(TaggerChoice()))
    look_up_rules(pipeline)
    assert LOOKED_UP in pipeline.pipe_names and RULER not in pipeline.pipe_names
    assert pipeline.pipe_names.index(LOOKED_UP) < pipeline.pipe_names.index("lemmatizer")


def told(shipped: Language, patterns: Patterns, index: int = 0) -> tuple[Doc, Doc]:
    """A line as a ruler of its own and as the looked-up one give it, with rules of the test's own."""
    docs = []
    for looked_up in (False, True):
        pipeline = Language(shipped.vocab)
        ruler = pipeline.add_pipe(RULER)
        assert isinstance(ruler, AttributeRuler)
        ruler.add(patterns=patterns, attrs={"LEMMA": "heron"}, index=index)
        ruler.add(patterns=[[{"LOWER": "the"}]], attrs={"LEMMA": "later", "POS": "DET"})
        if looked_up:
            look_up_rules(pipeline)
            assert LOOKED_UP in pipeline.pipe_names
        words = ["The", "Heron", "and", "the", "heron", "saw", "The", "The", "Tern"]
        docs.append(pipeline(Doc(shipped.vocab, words=words)))
    return docs[0], docs[1]


@pytest.mark.parametrize(
    ("patterns", "index"),
    [
        ([[{"LOWER": "the"}]], 0),
        ([[{"LOWER": "the"}, {"LOWER": "heron"}]], 1),
        ([[{"LOWER": "the"}, {"LOWER": "heron"}]], -1),
        ([[{"LOWER": "the"}, {"LOWER": "the"}], [{"LOWER": "the"}, {"LOWER": {"IN": ["gull", "tern"]}}]], 1),
        ([[{"LOWER": {"REGEX": "^he"}}], [{"LOWER": {"NOT_IN": ["the", "heron", ""]}}]], 0),
    ],
)
def test_rules_of_any_known_form_give_the_same(shipped: Language, patterns: Patterns, index: int) -> None:
    plain, ours = told(shipped, patterns, index)
    assert [t.lemma_ for t in plain] == [t.lemma_ for t in ours]
    assert [t.pos_ for t in plain] == [t.pos_ for t in ours]
    assert "heron" in [t.lemma_ for t in ours] or patterns == [[{"LOWER": "the"}]]


@pytest.mark.parametrize(
    "pattern",
    [[{"ORTH": "Heron"}], [{"LOWER": "a"}] * 3, [{"LOWER": "a", "OP": "+"}], [{"LOWER": {"FUZZY": "a"}}], [{}]],
)
def test_a_ruler_that_asks_for_more_stays_in_place(shipped: Language, pattern: list[dict[int | str, Any]]) -> None:
    pipeline = Language(shipped.vocab)
    ruler = pipeline.add_pipe(RULER)
    assert isinstance(ruler, AttributeRuler)
    ruler.add(patterns=[pattern], attrs={"LEMMA": "x"})
    assert read_rules(ruler) is None
    look_up_rules(pipeline)
    assert pipeline.pipe_names == [RULER]
