"""What an update keeps for the next one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from copydesk.desk.columns import WORDING_FORM, load_columns
from copydesk.model.piles import Pile
from copydesk.tracing import TracingOptions, build_corpus, find_altered_language, read_wording, trace
from tests.desk.conftest import load_tools, open_at


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
