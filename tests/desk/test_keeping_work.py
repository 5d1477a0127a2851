"""What an update keeps for the next one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from copydesk import desk
from copydesk.clustering import ClusteringOptions, cluster, count_terms
from copydesk.desk.columns import TERMS_FORM, WORDING_FORM, load_columns, terms_key, wording_key
from copydesk.language.encoder import PARTS, PARTS_KEPT, CachedEncoder, MiniLmEncoder
from copydesk.language.parts import PartRows
from copydesk.model.dossiers import Dossier
from copydesk.model.parts import Parts
from copydesk.model.piles import Pile
from copydesk.tracing import TracingOptions, build_corpus, find_altered_language, read_wording, trace
from tests.desk.conftest import load_tools, open_at, write_pile


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


class Watched(MiniLmEncoder):
    """The shipped encoder, and the sentences whose parts it was asked for."""

    def __init__(self) -> None:
        super().__init__(workers=1)
        self.asked: list[str] = []

    def encode_parts(self, asked: Sequence[Parts]) -> Iterator[PartRows]:
        self.asked += [parts.sentence for parts in asked]
        return super().encode_parts(asked)


def open_watched(folder: Path) -> tuple[desk.Desk, Watched]:
    found, inner = open_at(folder), Watched()
    found.tools = replace(load_tools(), encoder=CachedEncoder(inner, found.store.cache))
    return found, inner


def test_a_story_that_grows_has_no_sentence_encoded_twice_and_is_told_as_if_it_had(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pile = write_pile(tmp_path / "pile")
    told: list[Dossier] = []
    asked: dict[int, list[str]] = {}
    for kept in (PARTS_KEPT, 0):
        monkeypatch.setattr("copydesk.language.encoder.PARTS_KEPT", kept)
        desk.create_desk(tmp_path / str(kept)).close()
        for files in (("wire.txt", "radio.txt"), ("herald.txt",)):
            found, inner = open_watched(tmp_path / str(kept))
            with found:
                desk.add(found, [pile / name for name in files])
                desk.update(found)
                asked.setdefault(kept, []).extend(inner.asked)
                (row,) = desk.list_stories(found)
                told.append(desk.open_dossier(found, row.id))
    assert told[:2] == told[2:] and told[0] != told[1]
    assert len(asked[PARTS_KEPT]) == len(set(asked[0])) < len(asked[0])


def test_terms_that_were_kept_find_the_stories_that_terms_counted_anew_find(place: Path) -> None:
    with open_at(place / "desk") as found:
        held, options, encoder = load_columns(found), ClusteringOptions(), load_tools().encoder
        whole = held.pile()
        assert len(whole.terms) == len(held.articles) and len(cluster(whole, encoder, options)) > 1
        assert cluster(replace(whole, terms={}), encoder, options) == cluster(whole, encoder, options)
        for article, markup in zip(held.articles, held.markups, strict=True):
            assert (
                TERMS_FORM.unpack(TERMS_FORM.pack(count_terms(article, markup, options.lead_words)))
                == held.terms[article.id]
            )


def test_what_was_counted_of_a_forgotten_article_is_gone(place: Path) -> None:
    with open_at(place / "desk") as found:
        held = load_columns(found)
        keys = [name(found, key) for key in held.keys for name in (terms_key, wording_key)]
        assert found.store.cache.get_all(keys).keys() == set(keys)
        desk.forget(found, [a.id for a in held.articles])
        assert not found.store.cache.get_all(keys)


def told_desk(folder: Path) -> tuple[desk.Desk, Watched]:
    """An open desk with the story of two articles told, and what watches its encoder."""
    pile = write_pile(folder / "pile", ("wire.txt", "radio.txt"))
    desk.create_desk(folder / "desk").close()
    found, inner = open_watched(folder / "desk")
    desk.add(found, [pile])
    desk.update(found)
    return found, inner


def test_what_was_read_of_a_forgotten_articles_sentences_is_gone(tmp_path: Path) -> None:
    found, inner = told_desk(tmp_path)
    with found:
        kept = {found.tools.encoder._parts_key(sentence) for sentence in inner.asked}
        assert kept and kept == found.store.cache.get_all(sorted(kept)).keys()
        assert all(key.startswith(PARTS) for key in kept)
        desk.forget(found, found.store.article_ids())
        assert not found.store.cache.get_all(sorted(kept))


def test_parts_on_the_shelf_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("copydesk.language.encoder.PARTS_KEPT", 2)
    found, inner = told_desk(tmp_path)
    with found:
        kept = found.store.cache.get_all(sorted({found.tools.encoder._parts_key(sentence) for sentence in inner.asked}))
        assert len(inner.asked) > 2 and len(kept) == 2
        assert list(desk.check_desk(found)) == []
