"""A desk through kills, full disks, folders that may not be written, and others who write too."""

from __future__ import annotations

import os
import resource
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from bench.kills import kill_often
from copydesk import desk
from copydesk.errors import CopydeskError, DeskError, StoreError
from copydesk.model.desks import SearchQuery
from copydesk.store import SqliteStore
from tests.desk.conftest import open_at, write_pile

Opened = Callable[[], desk.Desk]
KILLS = 10  # python -m bench kills does more


def test_a_desk_that_is_killed_loses_nothing_and_goes_on(tmp_path: Path) -> None:
    tally = kill_often(tmp_path, KILLS, seed=1)
    assert tally.kills >= KILLS
    assert (tally.lost, tally.unsound, tally.different) == (0, [], 0)
    assert tally.told > 0 and tally.compared > 0


def in_a_child(work: Callable[[], None]) -> str:
    """What a child of this process says went wrong, "" when nothing did."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            work()
        except CopydeskError as error:
            os.write(writing, f"{type(error).__name__}: {error}".encode())
        except BaseException as error:
            os.write(writing, f"unexpected {error!r}".encode())
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as said:
        words = said.read().decode()
    os.waitpid(child, 0)
    return words


def test_a_full_disk_ends_as_a_clear_message_and_loses_nothing(place: Path, tmp_path: Path) -> None:
    folder = place / "desk"
    (tmp_path / "more").mkdir()
    for number in range(40):
        words = " ".join(f"word{number}x{i}" for i in range(2000))
        (tmp_path / "more" / f"{number}.txt").write_text(f"Quay {number} is closed\n\n{words}.", encoding="utf-8")
    told = tmp_path / "told"

    def fill() -> None:
        limit = (folder / desk.STORE_NAME).stat().st_size + 100_000
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))  # every file ends there, as on a full disk
        with open_at(folder) as found:
            desk.add(found, [tmp_path / "more"], told=lambda s: told.open("a").write(f"{s.capture}\n") and None)

    words = in_a_child(fill)
    assert words.startswith("StoreError") and "make room" in words, words
    with open_at(folder) as found:
        assert list(desk.check_desk(found)) == []
        reported = told.read_text().split() if told.exists() else []
        assert all(found.store.became(c) not in (None, "waiting") for c in reported)
        assert len(desk.list_stories(found)) == 2
        desk.add(found, [tmp_path / "more"])
        assert found.store.counts().captures == 44 and found.store.counts().waiting == 0


def test_a_folder_that_may_only_be_read_is_read_and_not_written(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def may(path: object, mode: int) -> bool:
        return mode != os.W_OK

    monkeypatch.setattr(os, "access", may)  # root, as which tests may run, may write everywhere
    before = (place / "desk" / desk.STORE_NAME).read_bytes()
    with open_at(place / "desk") as found:
        assert len(desk.list_stories(found)) == 2 and desk.search(found, "ferry")
        assert list(desk.check_desk(found)) == []
        for write in (
            lambda: desk.add_feeds(found, ["https://port.example/rss"]),
            lambda: desk.add(found, [write_pile(place / "more")]),
            lambda: desk.undo(found) if desk.read_log(found) else found.store.mark("seen", "1"),
        ):
            with pytest.raises(StoreError, match="may only be read"):
                write()
    assert (place / "desk" / desk.STORE_NAME).read_bytes() == before


def test_a_second_writer_waits_its_turn_or_says_that_it_is_not_its_turn(place: Path) -> None:
    path = place / "desk" / desk.STORE_NAME
    first, hasty, patient = SqliteStore(path), SqliteStore(path, busy_seconds=0.1), SqliteStore(path, busy_seconds=20)
    entered, finished = threading.Event(), []

    def wait_and_write() -> None:
        entered.set()
        patient.mark("patient", "1")
        finished.append(True)

    with first.writing():
        first.mark("first", "1")
        with pytest.raises(StoreError, match="another run holds it"):
            hasty.mark("hasty", "1")
        waiter = threading.Thread(target=wait_and_write)
        waiter.start()
        entered.wait()
        assert not finished
    waiter.join()
    assert hasty.marked("patient") == hasty.marked("first") == "1" and hasty.marked("hasty") is None


def test_a_reader_beside_a_writer_sees_what_was_there_before(place: Path) -> None:
    with open_at(place / "desk") as writer, open_at(place / "desk") as reader:
        stories = desk.list_stories(reader)
        with writer.store.writing():
            writer.store.put_stories([], {}, [])
            assert desk.list_stories(reader) == stories
        assert desk.list_stories(reader) == ()


def test_one_update_at_a_time(place: Path) -> None:
    with (
        open_at(place / "desk") as first, open_at(place / "desk") as second, first.updating(),
        pytest.raises(DeskError, match="being updated by another"), second.updating(wait_seconds=0.1),
    ):  # fmt: skip
        pass


def test_many_threads_read_one_desk(opened: Opened) -> None:
    wrong: list[object] = []
    with opened() as found:

        def read() -> None:
            try:
                for row in desk.list_stories(found):
                    assert desk.open_dossier(found, row.id).story.id == row.id
            except BaseException as error:
                wrong.append(error)

        threads = [threading.Thread(target=read) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert wrong == []


@pytest.mark.parametrize("damage", ["record", "half", "words", "text"])
def test_check_finds_damage(place: Path, damage: str) -> None:
    path = place / "desk" / desk.STORE_NAME
    with closing(sqlite3.connect(path)) as file, file:
        match damage:
            case "record":
                file.execute("UPDATE articles SET record = x'00' WHERE number = 1")
            case "half":
                file.execute("DELETE FROM cache WHERE key LIKE 'dossier/%'")
            case "words":
                file.execute("DELETE FROM words WHERE rowid = 1")
            case "text":
                file.execute("UPDATE captures SET sha256 = 'other' WHERE seq = 1")
    with open_at(place / "desk") as found:
        assert len(list(desk.check_desk(found))) >= 1


def test_a_damaged_file_is_refused_with_words(place: Path, tmp_path: Path) -> None:
    shutil.copytree(place / "desk", tmp_path / "damaged")
    path = tmp_path / "damaged" / desk.STORE_NAME
    path.write_bytes(b"not a database at all" * 500)
    with pytest.raises(StoreError, match="not a store of copydesk, or is damaged"):
        desk.open_desk(tmp_path / "damaged")


def test_an_older_store_is_brought_up_to_date(tmp_path: Path) -> None:
    from copydesk.store.schema import APPLICATION, MIGRATIONS

    path = tmp_path / "desk.sqlite"
    with closing(sqlite3.connect(path)) as old, old:
        for statement in MIGRATIONS[0]:
            old.execute(statement)
        old.execute("INSERT INTO cache VALUES ('key', x'01')")
        old.execute(f"PRAGMA application_id = {APPLICATION}")
        old.execute("PRAGMA user_version = 1")
    store = SqliteStore(path)
    assert store.cache.get("key") == b"\x01" and store.counts().articles == 0
    store.close()


def test_a_store_without_beginnings_of_words_finds_them_when_it_was_brought_up_to_date(tmp_path: Path) -> None:
    from copydesk.store.schema import APPLICATION, MIGRATIONS

    path = tmp_path / "desk.sqlite"
    with closing(sqlite3.connect(path)) as old, old:
        for statement in (*MIGRATIONS[0], *MIGRATIONS[1]):
            old.execute(statement)
        old.execute("INSERT INTO articles VALUES (1, 'a-1', NULL, '2026', 1, NULL, NULL, NULL, NULL, NULL, '', x'00')")
        old.execute(
            "INSERT INTO words (rowid, headline, body, who) VALUES (1, 'Ferry aground', 'The Kestrel struck sand.', '')"
        )
        old.execute(f"PRAGMA application_id = {APPLICATION}")
        old.execute("PRAGMA user_version = 2")
    store = SqliteStore(path)
    for words in ("k*", "kestr*", "ferry"):
        assert [hit.article for hit in store.search(SearchQuery(must=(words,)))] == ["a-1"]
    assert store.search(SearchQuery(must=("estr*",))) == () and store.rare_words(["kestrel", "quay"], 5) == ("kestrel",)
    store.close()


def test_an_error_of_a_desk_ends_the_command_with_its_words(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "copydesk", "stories", "--desk", str(tmp_path)], capture_output=True, check=False
    )
    assert done.returncode == 2 and b"is no desk; make one with: copydesk new" in done.stderr and not done.stdout


def test_a_pile_of_nothing_usable_is_said_and_ends_with_two(tmp_path: Path) -> None:
    from tests.cli.test_commands import call

    (tmp_path / "pile").mkdir()
    (tmp_path / "pile" / "a.bin").write_bytes(bytes(range(256)) * 10)
    assert call("new", str(tmp_path / "desk")).returncode == 0
    done = call("add", str(tmp_path / "pile"), "--desk", str(tmp_path / "desk"))
    assert done.returncode == 2 and b"skipped" in done.stderr
    assert write_pile(tmp_path / "pile", ("choir.txt",))
    assert call("add", str(tmp_path / "pile"), "--desk", str(tmp_path / "desk")).returncode == 3
