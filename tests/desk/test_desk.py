"""A desk over its days: what is added, revised, corrected, forgotten, and told anew."""

from __future__ import annotations

import io
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from bench.kills import read_facts
from copydesk import desk, pipeline
from copydesk.compiling import check_brief, to_json
from copydesk.desk.updating import STATE
from copydesk.errors import DeskError
from copydesk.language.encoder import CachedEncoder, MiniLmEncoder
from copydesk.model.desks import Settled
from copydesk.model.dossiers import Dossier
from copydesk.model.piles import Pile
from copydesk.model.stories import Story
from tests.desk.conftest import ARTICLES, open_at, write_pile

Opened = Callable[[], desk.Desk]


def record(number: int, text: str, url: str = "https://port.example/ferry") -> str:
    """A line of JSON lines, as a crawler writes it."""
    return json.dumps(
        {"id": str(number), "url": url, "headline": "Ferry runs aground", "text": text, "outlet": "Port Post"}
    )


def add_lines(found: desk.Desk, *lines: str) -> desk.Added:
    return desk.add(found, ["-"], stdin=io.BytesIO("\n".join(lines).encode()))


def test_what_is_added_twice_is_kept_once(opened: Opened, made: Path) -> None:
    with opened() as found:
        again = desk.add(found, [made / "pile"])
        assert (again.known, again.settled, found.store.counts().captures) == (4, (), 4)


def test_each_capture_is_told_of_only_after_it_is_kept(tmp_path: Path) -> None:
    desk.create_desk(tmp_path / "desk").close()
    seen = []
    with open_at(tmp_path / "desk") as found, open_at(tmp_path / "desk") as beside:

        def told(settled: Settled) -> None:
            seen.append(beside.store.became(settled.capture))

        desk.add(found, [write_pile(tmp_path / "pile")], told=told)
    assert seen == ["article"] * 4


def test_an_update_with_nothing_new_tells_nothing_anew(opened: Opened) -> None:
    with opened() as found:
        before = desk.list_stories(found)
        assert desk.update(found).told == 0
        found.store.mark(STATE, "")  # worked out whole again it comes to the same
        assert desk.update(found).told == 0
        assert desk.list_stories(found) == before


def test_an_update_with_nothing_new_traces_nothing(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*given: object) -> None:
        raise AssertionError("nothing was to be found anew")

    with opened() as found:
        stories = len(desk.list_stories(found))
        with monkeypatch.context() as broken:
            broken.setattr(pipeline, "find_stories", fail)
            assert (desk.update(found).stories, desk.update(found).told) == (stories, 0)
            desk.say_not_same(found, *desk.list_stories(found)[0].articles[:2], subject="link")
            with pytest.raises(AssertionError):
                desk.update(found)


def test_an_article_that_is_forgotten_and_comes_again_is_in_a_story_again(opened: Opened, made: Path) -> None:
    with opened() as found:
        gone = next(r for r in desk.list_stories(found) if len(r.articles) == 1).articles[0]
        desk.forget(found, [gone])
        desk.add(found, [made / "pile"])
        desk.update(found)
        assert any(gone in row.articles for row in desk.list_stories(found))


def test_adding_bit_by_bit_ends_as_adding_all_at_once(opened: Opened, made: Path, tmp_path: Path) -> None:
    desk.create_desk(tmp_path / "slow").close()
    with open_at(tmp_path / "slow") as slow, opened() as whole:
        for name in ("choir.txt", "radio.txt", "herald.txt", "wire.txt"):
            desk.add(slow, [made / "pile" / name])
            desk.update(slow)
        assert read_facts(slow) == read_facts(whole)


def test_a_desk_finds_what_a_brief_finds(opened: Opened, made: Path) -> None:
    asked = desk.order([made / "pile"])
    brief = desk.make_brief(asked)
    with opened() as found:
        of_brief = {
            frozenset(d.story.articles): (
                frozenset(v.id for v in d.voices), frozenset((f.id, f.status) for f in d.facts),
            )
            for d in brief.dossiers
        }  # fmt: skip
        assert read_facts(found) == of_brief


def test_a_story_that_grows_keeps_its_id(opened: Opened, made: Path, tmp_path: Path) -> None:
    desk.create_desk(tmp_path / "slow").close()
    with open_at(tmp_path / "slow") as found:
        desk.add(found, [made / "pile" / "wire.txt"])
        desk.update(found)
        (first,) = desk.list_stories(found)
        desk.add(found, [made / "pile" / "herald.txt"])
        desk.update(found)
        (second,) = desk.list_stories(found)
        assert (first.id, len(first.articles), len(second.articles)) == (second.id, 1, 2)
        assert desk.open_dossier(found, first.id).story.id == first.id


def test_another_text_under_one_address_is_a_revision_and_no_second_voice(tmp_path: Path) -> None:
    desk.create_desk(tmp_path / "desk").close()
    text = (
        "A ferry ran aground off Port Sarn on Tuesday. {} people were hurt, the coastguard said. Nobody died, it added."
    )
    with open_at(tmp_path / "desk") as found:
        first = add_lines(found, record(1, text.format("Seven")))
        later = add_lines(found, record(2, text.format("Nine"), "http://www.port.example/ferry/?utm_source=mail#top"))
        again = add_lines(found, record(3, text.format("Nine")))
        assert [a.settled[0].became for a in (first, later, again)] == ["article", "revision", "same"]
        desk.update(found)
        (row,) = desk.list_stories(found)
        assert len(row.articles) == 1 and len(row.voices) == 1
        dossier = desk.open_dossier(found, row.id)
        (revision,) = dossier.articles[0].revisions
        present = dossier.articles[0].article.text
        assert [present[c.after.start : c.after.end] for c in revision.changes] == ["Nine"]
        touched = [f for f in dossier.facts if f.id in revision.facts]
        assert touched and all("Nine" in f.text for f in touched)
        (diff,) = desk.diff_article(found, row.articles[0])
        assert diff.before.text[diff.changes[0].before.start : diff.changes[0].before.end] == "Seven"
        assert set(diff.facts) == set(touched)
        assert check_brief(json.loads(to_json(desk.brief_of(found, row.id)))) == []


def test_an_edited_file_is_a_revision_and_another_article_under_its_name_is_not(tmp_path: Path) -> None:
    desk.create_desk(tmp_path / "desk").close()
    file = write_pile(tmp_path / "pile", ("radio.txt",)) / "radio.txt"
    with open_at(tmp_path / "desk") as found:
        desk.add(found, [file])
        file.write_text(ARTICLES["radio.txt"].replace("Twelve", "Fourteen"), encoding="utf-8")
        assert [s.became for s in desk.add(found, [file]).settled] == ["revision"]
        file.write_text(ARTICLES["choir.txt"], encoding="utf-8")
        assert [s.became for s in desk.add(found, [file]).settled] == ["article"]


def test_two_home_pages_are_two_articles(tmp_path: Path) -> None:
    desk.create_desk(tmp_path / "desk").close()
    with open_at(tmp_path / "desk") as found:
        lines = [
            record(n, ARTICLES[name], "https://port.example/") for n, name in enumerate(("radio.txt", "choir.txt"))
        ]
        assert [s.became for s in add_lines(found, *lines).settled] == ["article", "article"]


def test_a_split_holds_until_it_is_undone(opened: Opened) -> None:
    with opened() as found:
        ferry = next(r for r in desk.list_stories(found) if len(r.articles) == 3)
        radio = next(a for a in ferry.articles if "Radio" in (desk.find_article(found, a).outlet or ""))
        said = desk.split(found, ferry.id, [radio], "its own story")
        desk.update(found)
        assert found.store.story_of(radio) != ferry.id and len(desk.find_story(found, ferry.id).articles) == 2
        desk.update(found)
        assert found.store.story_of(radio) != ferry.id
        assert desk.undo(found).number == said.number
        desk.update(found)
        assert found.store.story_of(radio) == ferry.id
        assert [s.undone is None for s in desk.read_log(found)] == [False]


def test_a_merge_joins_stories_and_the_old_id_still_finds_them(opened: Opened) -> None:
    with opened() as found:
        first, second = desk.list_stories(found)
        desk.merge(found, [first.id, second.id], "one day on the coast")
        desk.update(found)
        (row,) = desk.list_stories(found)
        assert len(row.articles) == 4
        assert desk.find_story(found, first.id).id == desk.find_story(found, second.id).id == row.id
        assert any(
            "user: same story (one day on the coast)" in r
            for m in desk.open_dossier(found, row.id).story.membership
            for r in m.reasons
        )


def test_a_correction_must_name_what_is_there(opened: Opened) -> None:
    with opened() as found:
        row = desk.list_stories(found)[0]
        for wrong in (
            lambda: desk.merge(found, [row.id]), lambda: desk.merge(found, [row.id, "s-nowhere"]),
            lambda: desk.split(found, row.id, row.articles), lambda: desk.split(found, row.id, ["a-nowhere"]),
            lambda: desk.say_same(found, "Renn", "Renn", subject="entity"), lambda: desk.undo(found), lambda: desk.undo(found, 7),
            lambda: desk.say_not_same(found, row.articles[0], "nowhere", subject="link"),
        ):  # fmt: skip
            with pytest.raises(DeskError):
                wrong()
        assert desk.read_log(found) == ()


def test_a_link_that_the_user_denies_makes_a_voice_more(opened: Opened) -> None:
    with opened() as found:
        ferry = next(r for r in desk.list_stories(found) if len(r.articles) == 3)
        copies = desk.open_dossier(found, ferry.id).copies
        link = next(c for c in copies if c.origin)
        desk.say_not_same(found, link.origin or "", link.copy, subject="link")
        assert desk.update(found).told >= 1
        after = desk.open_dossier(found, ferry.id).copies
        assert not any({c.origin, c.copy} == {link.origin, link.copy} for c in after)


def test_a_forgotten_article_is_gone_and_its_story_is_told_anew(opened: Opened) -> None:
    with opened() as found:
        ferry = next(r for r in desk.list_stories(found) if len(r.articles) == 3)
        gone = ferry.articles[0]
        words = desk.find_article(found, gone).headline
        desk.forget(found, [gone])
        assert list(desk.check_desk(found)) == []
        assert desk.look(found).counts.outside == 2
        desk.update(found)
        assert all(gone not in row.articles for row in desk.list_stories(found))
        assert all(hit.article != gone for hit in desk.search(found, f'"{words}"'))
        with pytest.raises(DeskError):
            desk.find_article(found, gone)
        assert list(desk.check_desk(found, deep=True)) == []


def test_a_forgotten_article_takes_the_vectors_of_its_sentences_along(place: Path) -> None:
    desk.create_desk(place / "twice").close()
    with open_at(place / "twice") as found:
        found.tools = replace(found.tools, encoder=CachedEncoder(MiniLmEncoder(), found.store.cache))
        desk.add(found, [write_pile(place / "prints", ("wire.txt", "herald.txt"))])
        desk.update(found)
        assert _shelved(place / "twice") > 0
        desk.forget(found, [row for r in desk.list_stories(found) for row in r.articles])
        assert _shelved(place / "twice") == 0


def _shelved(folder: Path) -> int:
    with closing(sqlite3.connect(folder / desk.STORE_NAME)) as file:
        return int(file.execute("SELECT count(*) FROM cache WHERE key LIKE 'vector/%'").fetchone()[0])


def test_an_exported_desk_is_a_desk_again(opened: Opened, tmp_path: Path) -> None:
    with opened() as found:
        file = desk.export_desk(found, tmp_path / "kept.copydesk")
        with pytest.raises(DeskError, match="there already"):
            desk.export_desk(found, file)
        with desk.import_desk(file, tmp_path / "restored") as restored:
            assert read_facts(restored) == read_facts(found)
            assert list(desk.check_desk(restored)) == []
        with pytest.raises(DeskError, match="a desk already"):
            desk.import_desk(file, tmp_path / "restored")


def test_what_is_no_exported_desk_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("Notes about the quay.")
    with pytest.raises(DeskError, match="cannot be read as a desk"):
        desk.import_desk(tmp_path / "notes.txt", tmp_path / "restored")
    assert list((tmp_path / "restored").iterdir()) == []


def test_an_article_is_found_by_id_beginning_address_and_path(opened: Opened, made: Path) -> None:
    with opened() as found:
        article = desk.find_article(found, str(made / "pile" / "radio.txt"))
        assert desk.find_article(found, article.id) == desk.find_article(found, article.id[:9]) == article
        for wrong in ("", "a-", "a-zzz", "https://nowhere.example/"):
            with pytest.raises(DeskError):
                desk.find_article(found, wrong)


def test_nothing_is_lost_in_silence(tmp_path: Path) -> None:
    desk.create_desk(tmp_path / "desk").close()
    (tmp_path / "pile").mkdir()
    (tmp_path / "pile" / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    with open_at(tmp_path / "desk") as found:
        added = add_lines(
            found, record(1, ""), record(2, "A ferry ran aground off Port Sarn on Tuesday, injuring seven people.")
        )
        lost = desk.add(found, [tmp_path / "pile"])
        skipped = list(desk.list_skipped(found))
        assert len(skipped) == len(added.skipped) + len(lost.skipped) + added.count("skipped") + lost.count("skipped")
        assert all(s.reason and s.stage for s in skipped) and skipped


def test_a_fault_in_one_story_keeps_no_other_from_being_told(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail_once(story: Story, part: Pile, *given: object) -> Dossier:
        if len(story.articles) > 1:
            raise ZeroDivisionError("float division by zero")
        return tell(story, part, *given)  # type: ignore[arg-type]

    tell = pipeline.tell
    desk.create_desk(tmp_path / "desk").close()
    with open_at(tmp_path / "desk") as found:
        desk.add(found, [made / "pile"])
        with monkeypatch.context() as broken:
            broken.setattr(pipeline, "tell", fail_once)
            desk.update(found)
        ferry, choir = desk.list_stories(found)
        assert ferry.facts == 0 and len(ferry.voices) == 2 and choir.facts > 0
        assert [s.path for s in desk.list_skipped(found)] == [f"story {ferry.id}"]
        assert list(desk.check_desk(found, deep=True)) == []
        assert desk.update(found).told == 1
        assert desk.find_story(found, ferry.id).facts > 0 and list(desk.list_skipped(found)) == []


def test_every_brief_of_a_desk_is_sound(opened: Opened, tmp_path: Path) -> None:
    with opened() as found:
        assert list(desk.check_desk(found, deep=True)) == []
        files = desk.write_story(found, desk.list_stories(found)[0].id, tmp_path / "out")
        assert desk.open_brief(tmp_path / "out").stories[0].id == desk.list_stories(found)[0].id
        assert files.html.stat().st_size > 1000


def test_a_new_desk_needs_a_folder_of_its_own(opened: Opened, place: Path, tmp_path: Path) -> None:
    with pytest.raises(DeskError, match="a desk already"):
        desk.create_desk(place / "desk")
    with pytest.raises(DeskError, match="is no desk"):
        desk.open_desk(tmp_path)
    (place / "desk" / "inside").mkdir()
    assert desk.find_desk(place / "desk" / "inside") == place / "desk"
    with pytest.raises(DeskError, match="copydesk new"):
        desk.find_desk(Path("/"))
