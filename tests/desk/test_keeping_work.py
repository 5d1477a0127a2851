"""What an update keeps for the next one: the words of bodies, and the vectors with which a story was told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from copydesk import desk, pipeline
from copydesk.desk.columns import WORDING_FORM, load_columns
from copydesk.language.encoder import CachedEncoder, FloatMatrix, MiniLmEncoder
from copydesk.model.dossiers import Dossier
from copydesk.model.piles import Pile
from copydesk.tracing import TracingOptions, build_corpus, find_altered_language, read_wording, trace
from tests.desk.conftest import load_tools, open_at, write_pile


class Watched(MiniLmEncoder):
    """The encoder, and every sentence that it was asked for."""

    def __init__(self) -> None:
        super().__init__(workers=1)
        self.asked: list[str] = []

    def encode(self, sentences: Sequence[str]) -> FloatMatrix:
        self.asked += sentences
        return super().encode(sentences)


def asked_in_telling(folder: Path) -> set[str]:
    """What the encoder was asked for while stories were told, in one update of a desk that was just opened."""
    watched, found = Watched(), set[str]()
    plain = pipeline.tell

    def tell(*given: Any) -> Dossier:
        first = len(watched.asked)
        dossier = plain(*given)
        found.update(watched.asked[first:])
        return dossier

    with open_at(folder) as opened, pytest.MonkeyPatch.context() as patched:
        patched.setattr(pipeline, "tell", tell)
        opened.tools = replace(opened.tools, encoder=CachedEncoder(watched, opened.shelf))
        desk.update(opened)
    return found


def test_a_story_told_anew_encodes_again_nothing_that_it_was_told_with(tmp_path: Path) -> None:
    desk.create_desk(tmp_path / "desk").close()
    with open_at(tmp_path / "desk") as found:
        desk.add(found, [write_pile(tmp_path / "first", ("wire.txt", "radio.txt", "choir.txt"))])
    before = asked_in_telling(tmp_path / "desk")
    with open_at(tmp_path / "desk") as found:
        desk.add(found, [write_pile(tmp_path / "second", ("herald.txt",))])
        told = max(desk.list_stories(found), key=lambda row: len(row.articles))
    after = asked_in_telling(tmp_path / "desk")
    with open_at(tmp_path / "desk") as found:
        assert len(desk.find_story(found, told.id).articles) == len(told.articles) + 1 == 3
    assert before and not before & after


def test_words_that_were_kept_trace_a_pile_as_words_read_anew(place: Path) -> None:
    with open_at(place / "desk") as found:
        held = load_columns(found)
        bare = Pile(articles=held.articles, markups=held.markups)
        kept = {a.id: w for a, w in zip(held.articles, held.wordings, strict=True)}
        wholly = replace(bare, wordings=kept)
        options, encoder = TracingOptions(), load_tools().encoder
        results = []
        for pile in (bare, wholly):
            traced = replace(pile, trace=trace(pile, encoder, options))
            results.append((traced.trace, find_altered_language(traced, options), build_corpus(pile).sentences))
        assert results[0] == results[1] and results[0][0].links
        for article, markup in zip(held.articles, held.markups, strict=True):
            read = read_wording(article, markup, options.words_max)
            assert WORDING_FORM.unpack(WORDING_FORM.pack(read)) == kept[article.id]
