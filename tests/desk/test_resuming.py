"""What clustering knew at one update is taken up by the next, and left where it no longer holds."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bench.kills import read_facts
from copydesk import desk
from copydesk.clustering.looks import Look, Row, weigh
from copydesk.clustering.rarity import Rarity
from copydesk.desk.columns import load_columns
from copydesk.desk.resting import at_rest, searched
from copydesk.desk.resuming import HEAD, SHELF, load_kept
from copydesk.options import Options
from tests.desk.conftest import ARTICLES, open_at, write_pile

OLDER = (
    "choir.txt",
    "wire.txt",
    "herald.txt",
)  # the others were published after the choir, so terms are learned of it alone


@pytest.fixture
def weighed(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The articles that were weighed; terms are learned of the one that was published first."""
    found: list[str] = []

    def watch(look: Look, rarity: Rarity) -> Row:
        found.append(look.place[1])
        return weigh(look, rarity)

    monkeypatch.setattr("copydesk.clustering.streaming.weigh", watch)
    monkeypatch.setattr("copydesk.clustering.streaming.learned_from", lambda count: min(count, 1))
    return found


def grown(folder: Path) -> desk.Desk:
    """An open desk that was updated with three articles."""
    desk.create_desk(folder / "desk").close()
    found = open_at(folder / "desk")
    desk.add(found, [write_pile(folder / "pile", OLDER)])
    desk.update(found)
    return found


def add_the_rest(found: desk.Desk, folder: Path) -> None:
    desk.add(found, [write_pile(folder / "pile")])
    desk.update(found)


def all_at_once(folder: Path) -> object:
    desk.create_desk(folder / "once").close()
    with open_at(folder / "once") as found:
        add_the_rest(found, folder)
        return read_facts(found)


def test_an_update_weighs_what_is_new_alone_and_ends_as_all_at_once(tmp_path: Path, weighed: list[str]) -> None:
    with grown(tmp_path) as found:
        before = set(found.store.article_ids())
        assert sorted(weighed) == sorted(before)
        weighed.clear()
        add_the_rest(found, tmp_path)
        assert set(weighed) == set(found.store.article_ids()) - before and len(weighed) == 1
        assert read_facts(found) == all_at_once(tmp_path)


@pytest.mark.parametrize(("file", "count"), [("wire.txt", 1), ("choir.txt", 3)])
def test_an_edited_text_has_all_weighed_anew_only_where_terms_were_learned_of_it(
    tmp_path: Path, weighed: list[str], file: str, count: int
) -> None:
    with grown(tmp_path) as found:
        edited = ARTICLES[file].replace("seven", "nine").replace("October", "August")
        (tmp_path / "pile" / file).write_text(edited, encoding="utf-8")
        weighed.clear()
        assert [s.became for s in desk.add(found, [tmp_path / "pile"]).settled] == ["revision"]
        desk.update(found)
        assert len(weighed) == len(set(weighed)) == count
        desk.create_desk(tmp_path / "once").close()
        with open_at(tmp_path / "once") as once:
            desk.add(once, [tmp_path / "pile"])
            desk.update(once)
            assert [s[1:] for s in stories_of(found)] == [s[1:] for s in stories_of(once)]


def stories_of(found: desk.Desk) -> list[tuple[str, tuple[str, ...], int, int]]:
    """The stories of a desk by headline: an article keeps the id of its first text, so those of two desks may differ."""
    rows = found.store.stories()
    return sorted((row.id, tuple(sorted(name for _, name in row.voices)), len(row.articles), row.facts) for row in rows)


def test_other_options_have_all_weighed_anew(tmp_path: Path, weighed: list[str]) -> None:
    with grown(tmp_path) as found:
        assert load_kept(found, load_columns(found)) is not None
        found.options = replace(Options(), clustering=replace(Options().clustering, near=3))
        assert load_kept(found, load_columns(found)) is None


@pytest.mark.parametrize("damage", [b"", b"nonsense"])
def test_what_cannot_be_read_is_worked_out_anew(tmp_path: Path, weighed: list[str], damage: bytes) -> None:
    for key in (HEAD, SHELF + "rows/0"):
        folder = tmp_path / key.replace("/", "-")
        with grown(folder) as found:
            if damage:
                found.store.cache.put(key, damage)
            else:
                found.store.cache.drop(key)
            weighed.clear()
            add_the_rest(found, folder)
            assert len(weighed) == 4 and load_kept(found, load_columns(found)) is not None


def test_a_forgotten_article_takes_what_clustering_knew_along(tmp_path: Path, weighed: list[str]) -> None:
    with grown(tmp_path) as found:
        rows = SHELF + "rows/0"
        assert found.store.cache.get_all([HEAD, rows]).keys() == {HEAD, rows}
        desk.forget(found, found.store.article_ids()[:1])
        assert not found.store.cache.get_all([HEAD, rows])
        desk.update(found)
        assert len(found.store.stories()) and load_kept(found, load_columns(found)) is not None


def test_one_article_alone_keeps_nothing_since_its_opening_was_not_read(tmp_path: Path) -> None:
    desk.create_desk(tmp_path / "desk").close()
    with open_at(tmp_path / "desk") as found:
        desk.add(found, [write_pile(tmp_path / "pile", ("wire.txt",))])
        desk.update(found)
        assert found.store.cache.get(HEAD) is None
        add_the_rest(found, tmp_path)
        assert read_facts(found) == all_at_once(tmp_path)


def test_circles_are_searched_for_again_when_an_update_has_ended() -> None:
    with searched():
        with at_rest():
            assert not gc.isenabled()
            held = [[n] for n in range(10)]
        assert gc.isenabled() and gc.get_freeze_count() >= len(held)
    assert gc.get_freeze_count() == 0


def test_every_story_that_is_told_says_why_its_articles_are_there(tmp_path: Path, weighed: list[str]) -> None:
    with grown(tmp_path) as found:
        add_the_rest(found, tmp_path)
        told = [desk.open_dossier(found, row.id).story for row in found.store.stories()]
        assert {m.article for story in told for m in story.membership} == set(found.store.article_ids())
        assert all(m.reasons for story in told for m in story.membership)
