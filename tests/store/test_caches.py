from __future__ import annotations

import multiprocessing
import pickle
import sqlite3
import tempfile
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.errors import StoreError
from copydesk.model.ports import Cache
from copydesk.store import MemoryCache, SqliteCache
from copydesk.store.schema import SCHEMA
from tests.store.work import fill

BACKENDS: dict[str, Callable[[Path], MemoryCache | SqliteCache]] = {
    "memory": lambda folder: MemoryCache(),
    "sqlite": lambda folder: SqliteCache(folder / "desk.store"),
}


@pytest.fixture(params=BACKENDS)
def cache(request: pytest.FixtureRequest, tmp_path: Path) -> Cache:
    return BACKENDS[request.param](tmp_path)


def test_what_was_put_is_got(cache: Cache) -> None:
    cache.put("key", b"value")
    assert cache.get("key") == b"value"
    assert cache.get("other") is None


def test_many_values_are_got_at_once(cache: Cache) -> None:
    for number in range(1200):
        cache.put(f"key {number}", str(number).encode())
    wanted = [f"key {number}" for number in range(0, 1400, 2)]
    assert cache.get_all(wanted) == {f"key {number}": str(number).encode() for number in range(0, 1200, 2)}
    assert cache.get_all([]) == {}


def test_the_last_value_of_a_key_counts(cache: Cache) -> None:
    cache.put("key", b"first")
    cache.put("key", b"second")
    assert cache.get("key") == b"second"


def test_of_the_values_under_a_prefix_those_put_last_stay(cache: Cache) -> None:
    for key in ("part/1", "part/2", "part/3", "other/1", "part/1"):
        cache.put(key, key.encode())
    cache.trim("part/", 2)
    assert sorted(cache.get_all(["part/1", "part/2", "part/3", "other/1"])) == ["other/1", "part/1", "part/3"]
    cache.trim("part/", 2)
    cache.trim("other/", 0)
    assert sorted(cache.get_all(["part/1", "part/2", "part/3", "other/1"])) == ["part/1", "part/3"]


def test_a_value_may_be_empty_or_large(cache: Cache) -> None:
    cache.put("empty", b"")
    cache.put("large", bytes(range(256)) * 20_000)
    assert cache.get("empty") == b""
    assert cache.get("large") == bytes(range(256)) * 20_000


def test_a_value_does_not_change_with_what_it_was_made_of(cache: Cache) -> None:
    value = bytearray(b"value")
    cache.put("key", value)
    value[:] = b"other"
    assert cache.get("key") == b"value"


def test_many_threads_share_a_cache(cache: Cache) -> None:
    def work(number: int) -> bytes | None:
        cache.put(f"key {number % 10}", str(number % 10).encode())
        return cache.get(f"key {number % 10}")

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(work, range(200))) == [str(n % 10).encode() for n in range(200)]


@pytest.mark.parametrize("backend", BACKENDS)
@settings(deadline=None, max_examples=20)
@given(puts=st.lists(st.tuples(st.text(st.characters(codec="utf-8"), max_size=3), st.binary(max_size=20)), max_size=20))
def test_a_cache_is_a_dictionary(backend: str, puts: list[tuple[str, bytes]]) -> None:
    with tempfile.TemporaryDirectory() as folder, closing(BACKENDS[backend](Path(folder))) as cache:
        for key, value in puts:
            cache.put(key, value)
        assert {key: cache.get(key) for key, _ in puts} == dict(puts)


def test_a_store_outlives_the_run(tmp_path: Path) -> None:
    path = tmp_path / "made" / "on the way" / "desk.store"
    with SqliteCache(path) as first:
        first.put("key", b"value")
    with SqliteCache(path) as second:
        assert second.get("key") == b"value"


def test_a_reader_sees_what_a_writer_beside_it_puts(tmp_path: Path) -> None:
    with SqliteCache(tmp_path / "s") as writer, SqliteCache(tmp_path / "s") as reader:
        writer.put("key", b"value")
        assert reader.get("key") == b"value"
        assert pickle.loads(pickle.dumps(reader)).get("key") == b"value"


def test_processes_write_to_one_store_at_once(tmp_path: Path) -> None:
    path = str(tmp_path / "s")
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as pool:
        assert list(pool.map(fill, [path] * 2, range(2))) == [40] * 2
    with SqliteCache(path) as cache:
        assert all(cache.get(f"{w} {n}") for w in range(2) for n in range(40))


def test_a_file_that_is_no_store_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("Notes about the quay. " * 100)
    with pytest.raises(StoreError, match="not a store of copydesk"):
        SqliteCache(path)
    assert path.read_text() == "Notes about the quay. " * 100


def test_a_database_of_another_program_is_refused(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "s")) as other:
        other.execute("CREATE TABLE notes (words TEXT)")
    with pytest.raises(StoreError, match="of another program"):
        SqliteCache(tmp_path / "s")


def test_a_store_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    SqliteCache(tmp_path / "s").close()
    with closing(sqlite3.connect(tmp_path / "s")) as later:
        later.execute("PRAGMA user_version = 99")
    with pytest.raises(StoreError, match=f"has schema 99, this copydesk knows {SCHEMA}"):
        SqliteCache(tmp_path / "s")


def test_a_path_that_cannot_be_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    for bad in (tmp_path, tmp_path / "file" / "s", Path("a\x00b")):
        with pytest.raises(StoreError, match="cannot be used as a store"):
            SqliteCache(bad)


def test_a_closed_store_says_so(tmp_path: Path) -> None:
    cache = SqliteCache(tmp_path / "s")
    cache.close()
    with pytest.raises(StoreError):
        cache.get("key")
