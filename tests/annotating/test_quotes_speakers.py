"""Whose name stands behind the source of a quote."""

from __future__ import annotations

import re

import pytest

from copydesk.annotating import AnnotatingOptions, annotate
from copydesk.annotating.readings import Reading, read
from copydesk.annotating.speakers import name_speakers
from copydesk.language.tagger import Tagger
from copydesk.model.articles import Article
from copydesk.model.markup import QuoteMention
from copydesk.model.spans import Stretch
from copydesk.model.times import UNKNOWN_WHEN


def _reading(tagger: Tagger, text: str) -> Reading:
    article = Article(
        id="a", path="a", url=None, sha256="", headline="", byline=None, dateline=None, outlet=None, language="en",
        compared=True, reason=None, published=UNKNOWN_WHEN, modified=None, observed=None, credits=(), text=text,
        source_text=text, blocks=(),
    )  # fmt: skip
    (markup,) = annotate([article], tagger, AnnotatingOptions(quotes=False, times=False, quantities=False))
    return read(text, markup.sentences, markup.tokens, markup.names)


def _quote(text: str, content: str, source: str) -> QuoteMention:
    at, by = (re.search(rf"\b{words}\b", text) for words in (content, source))
    assert at is not None and by is not None
    return QuoteMention(
        kind="indirect",
        content=(Stretch(start=at.start(), end=at.end()),),
        cue=None,
        source=Stretch(start=by.start(), end=by.end()),
        source_name=None,
        via=(),
        reason="",
    )


@pytest.mark.parametrize("between", [0, 1, 2], ids=["in the next sentence", "two sentences on", "three sentences on"])
def test_a_pronoun_may_stand_before_the_name_of_who_spoke_already(between: int) -> None:
    text = " ".join(
        ["The ferry will be sold soon, he told them.", *["The harbour was quiet."] * between, "So said Orrin Vance."]
    )
    reading = _reading(Tagger(), text)
    # The first quote's speaker is named after the pronoun that speaks in the second one.
    quotes = [_quote(text, "The ferry", "Orrin Vance"), _quote(text, "sold soon", "he")]
    named = name_speakers(reading, quotes)
    assert [q.source_name for q in named] == ["Orrin Vance", "Orrin Vance"]
