from __future__ import annotations

import gzip
import importlib.util
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from copydesk.desk import corpus
from copydesk.desk.corpus import finding, joining, prepare, schemas
from copydesk.desk.corpus.blocks import BLOCK_MAX, make_blocks
from copydesk.desk.corpus.shards import find_shards, read_shard
from copydesk.errors import InputError, OptionsError
from copydesk.linking import ScoredPairs
from copydesk.model.captures import Capture
from copydesk.options import Options
from copydesk.reading import ReadingOptions
from copydesk.tracing import find_near_copies

pytest.importorskip("pyarrow", reason="pyarrow is not installed (copydesk[corpus])")
pytest.importorskip("fsspec", reason="fsspec is not installed (copydesk[corpus])")
import pyarrow as pa
import pyarrow.dataset
import pyarrow.parquet as pq

BARGE = (
    "A barge loaded with grain hit the second pillar of the Marrow Bridge in Osterby on Tuesday morning, the port office said. "
    "Three people were taken to hospital with broken bones. "
    "“Nobody should use the bridge before Friday,” harbour master Ilse Tamm told reporters at the quay."
)
BARGE_ELSEWHERE = (
    "The Marrow Bridge in Osterby stayed closed on Wednesday after a grain barge struck one of its pillars. "
    "A police spokesman said four people had been hurt. Traffic was sent over the Lower Ferry, where drivers waited for hours."
)
TRAM = (
    "The council of Lorvik voted by 14 to 9 on Monday to build a tram to the hospital. "
    "Mayor Peder Aasland said the line would cost 80 million crowns and open in 2027."
)
CHEESE = (
    "A dairy in Upper Quell has sold a wheel of cheese that lay in its cellar for thirty years. "
    "The buyer, a restaurant, wants to serve it at a wedding in the autumn."
)
RECORDS = [
    {"id": "1", "headline": "Barge strikes Marrow Bridge", "outlet": "Coast News", "published": "2024-05-07", "text": BARGE},
    {"id": "2", "headline": "Council votes for tram", "outlet": "Lorvik Post", "published": "2024-05-06", "text": TRAM},
    {"id": "3", "headline": "Bridge closed after barge hits it", "outlet": "Inland Echo", "published": "2024-05-07",
     "text": BARGE + " (Coast News)"},
    {"id": "4", "headline": "Osterby bridge still closed after barge accident", "outlet": "Harbour Gazette",
     "published": "2024-05-08", "text": BARGE_ELSEWHERE},
    {"id": "5", "headline": "Old cheese sold", "outlet": "Quell Weekly", "published": "2023-01-03", "text": CHEESE},
]  # fmt: skip


def write_shards(folder: Path) -> Path:
    """Two shards: JSON lines, packed, and Parquet."""
    folder.mkdir(parents=True)
    with gzip.open(folder / "one.jsonl.gz", "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps(record) + "\n" for record in RECORDS[:2])
    pq.write_table(pa.Table.from_pylist(RECORDS[2:]), folder / "two.parquet")
    return folder


def make(shards: Path, out: Path, tables: str | None = None, engine: str = "serial") -> corpus.Corpus:
    options = Options()
    options = replace(options, engine=replace(options.engine, name=engine, workers=2))
    return corpus.make_corpus(corpus.order_corpus([str(shards)], out, tables, options))


def read(out: Path, table: str) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = pyarrow.dataset.dataset(out / table, format="parquet").to_table().to_pylist()
    return rows


def files(out: Path) -> dict[str, bytes]:
    return {str(p.relative_to(out)): p.read_bytes() for p in sorted(out.rglob("*")) if p.is_file()}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Path]]:
    """Five articles in two shards, and all tables made of them."""
    folder = tmp_path_factory.mktemp("corpus")
    shards = write_shards(folder / "shards")
    make(shards, folder / "out")
    yield shards, folder / "out"


def test_every_table_is_there_with_the_columns_that_are_documented(whole: tuple[Path, Path]) -> None:
    for table, columns in corpus.TABLES.items():
        schema = pyarrow.dataset.dataset(whole[1] / table, format="parquet").schema
        assert schema.names == [c.name for c in columns], table
    held = json.loads((whole[1] / corpus.MANIFEST).read_text(encoding="utf-8"))
    assert held["schema"] == schemas.SCHEMA
    assert {name: size["rows"] for name, size in held["tables"].items()} == {
        t: len(read(whole[1], t)) for t in corpus.TABLES
    }


def test_the_documentation_names_every_table_and_column() -> None:
    page = Path("docs/scale.md").read_text(encoding="utf-8")
    for table, columns in corpus.TABLES.items():
        (line,) = [line for line in page.splitlines() if line.startswith(f"| `{table}` |")]
        assert line.split("`")[3::2] == [c.name for c in columns], table


def test_articles_of_two_shards_are_joined_by_copy_and_by_event(whole: tuple[Path, Path]) -> None:
    headline = {row["id"]: row["headline"] for row in read(whole[1], "articles")}
    copies = {(headline[row["origin"]], headline[row["copy"]]) for row in read(whole[1], "copies") if row["origin"]}
    assert copies == {("Barge strikes Marrow Bridge", "Bridge closed after barge hits it")}
    stories: dict[object, set[object]] = {}
    for row in read(whole[1], "memberships"):
        stories.setdefault(row["story"], set()).add(headline[row["article"]])
    assert sorted(len(held) for held in stories.values()) == [1, 1, 3]
    assert sum(len(held) for held in stories.values()) == len(RECORDS)
    told = [row for row in read(whole[1], "stories") if row["told"]]
    assert [(row["articles"], row["voices"]) for row in told] == [(3, 2)]


def test_what_a_story_tells_points_at_words_of_its_articles(whole: tuple[Path, Path]) -> None:
    text = {row["id"]: str(row["text"]) for row in read(whole[1], "articles")}
    entities = {row["name"] for row in read(whole[1], "entities")}
    assert "Ilse Tamm" in entities
    (quote,) = [row for row in read(whole[1], "quotes") if row["kind"] == "direct"]
    span = quote["support"][0]  # type: ignore[index]
    assert "Nobody should use the bridge" in text[span["article"]][span["start"] : span["end"]]
    assert {row["status"] for row in read(whole[1], "facts")} >= {"single-voice"}
    for row in read(whole[1], "facts"):
        for support in row["support"]:  # type: ignore[attr-defined]
            assert text[support["article"]][support["start"] : support["end"]].strip()


def test_a_second_run_does_nothing_again_and_a_lost_chunk_alone_is_made_anew(
    whole: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    shards, out = whole
    before = files(out)
    cleaned: list[str] = []
    clean = prepare.clean
    monkeypatch.setattr(prepare, "clean", lambda c, r, o: (cleaned.append(c.path), clean(c, r, o))[1])
    assert make(shards, out).told == 0
    assert cleaned == []
    (mark,) = (out / "_work/prepared").glob("two*.json")
    (chunk,) = (out / "_work/prepared").glob("two*.parquet")
    mark.unlink()
    chunk.unlink()
    assert make(shards, out).told == 0
    assert [path.rpartition("/")[2] for path in cleaned] == ["3", "4", "5"]
    assert files(out) == before


def test_a_shard_that_changed_is_read_again_and_one_that_went_leaves_nothing(tmp_path: Path) -> None:
    shards = write_shards(tmp_path / "shards")
    tables = "articles,credits"
    assert make(shards, tmp_path / "out", tables).articles == 5
    (shards / "two.parquet").unlink()
    with (shards / "three.jsonl").open("w", encoding="utf-8") as lines:
        lines.write(json.dumps(RECORDS[4]) + "\n")
    assert make(shards, tmp_path / "out", tables).articles == 3
    assert {row["shard"] for row in read(tmp_path / "out", "articles")} == {"one.jsonl.gz", "three.jsonl"}
    assert not (tmp_path / "out/copies").exists()
    (tmp_path / "out/credits").joinpath(next(p.name for p in (tmp_path / "out/credits").glob("three*"))).unlink()
    assert make(shards, tmp_path / "out", tables).tables["credits"].files == 2


@pytest.mark.skipif(importlib.util.find_spec("ray") is None, reason="Ray is not installed (copydesk[ray])")
def test_ray_gives_the_same_bytes(whole: tuple[Path, Path], tmp_path: Path) -> None:
    shards, out = whole
    make(shards, tmp_path / "out", engine="ray")
    assert files(tmp_path / "out") == files(out)


def test_a_join_in_many_partitions_is_the_join_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [" ".join(f"w{(i * 7 + j * j) % 97}" for j in range(60)) for i in range(40)]
    texts += [text[: len(text) // 2] for text in texts[:9]] + ["word " * 3]
    owner, key = prepare.fingerprint_texts(texts)
    half = len(texts) // 2
    files = []
    for number, chosen in enumerate((range(half), range(half, len(texts)))):
        rows = [np.unique(key[owner == i]) for i in chosen]
        files.append(tmp_path / f"{number}.parquet")
        pq.write_table(pa.table({"fingerprints": pa.array(rows, type=pa.list_(pa.uint64()))}), files[-1])
    whole = find_near_copies(texts)
    for entries in (joining.ENTRIES, 50):
        monkeypatch.setattr(joining, "ENTRIES", entries)
        joined = finding.find_near(files, len(texts), tmp_path / "joins")
        pairs = list(zip(joined.pairs.left.tolist(), joined.pairs.right.tolist(), strict=True))
        assert pairs == list(zip(whole.left.tolist(), whole.right.tolist(), strict=True))
        assert (joined.keys_cut, joined.pairs_cut) == (whole.keys_cut, whole.pairs_cut)
    assert len(whole) >= 9
    assert not list((tmp_path / "joins").iterdir())


def test_many_prints_of_one_text_hang_together(tmp_path: Path) -> None:
    _, key = prepare.fingerprint_texts([" ".join(f"w{j * j % 89}" for j in range(80))])
    rows = [np.unique(key)] * 40 + [np.unique(key)[:1]] * 5
    path = tmp_path / "prints.parquet"
    pq.write_table(pa.table({"fingerprints": pa.array(rows, type=pa.list_(pa.uint64()))}), path)
    joined = finding.find_near([path], len(rows), tmp_path / "joins")
    blocks = make_blocks(len(rows), joined.pairs)
    assert sorted(blocks.sizes().tolist()) == [1, 1, 1, 1, 1, 40]
    assert joined.keys_cut == len(np.unique(key))


def test_a_word_that_many_have_joins_neighbours_in_time_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "CROWD", 1)
    monkeypatch.setattr(finding, "EVENT_FLOOR", 0.0)
    monkeypatch.setattr(finding, "WORDS_MIN", 1)
    path = tmp_path / "words.parquet"
    pq.write_table(pa.table({"words": pa.array([[1], [1, 2], [1], [2], [3], [1]], type=pa.list_(pa.uint64()))}), path)
    days = np.array([30, 10, 20, 10, 10, finding.UNDATED])
    pairs = finding.find_alike([path], days, tmp_path / "joins").pairs
    assert list(zip(pairs.left.tolist(), pairs.right.tolist(), strict=True)) == [(0, 2), (1, 2), (1, 3), (1, 5)]


def test_articles_with_few_words_in_common_are_not_held_against_each_other(tmp_path: Path) -> None:
    path = tmp_path / "words.parquet"
    rows = [[1, 2, 3], [1, 2, 3], [4, 5, 6, 7], [4, 5, 6, 7], [8]]
    pq.write_table(pa.table({"words": pa.array(rows, type=pa.list_(pa.uint64()))}), path)
    pairs = finding.find_alike([path], np.full(len(rows), 10), tmp_path / "joins").pairs
    assert list(zip(pairs.left.tolist(), pairs.right.tolist(), strict=True)) == [(2, 3)]


def test_a_block_too_large_falls_apart_where_it_hangs_together_least() -> None:
    n = BLOCK_MAX
    chain = np.arange(2 * n - 1)
    score = np.where(chain == n - 1, 0.2, 0.9)
    blocks = make_blocks(2 * n + 1, ScoredPairs(left=chain, right=chain + 1, score=score))
    assert blocks.sizes().tolist() == [n, n, 1]
    assert (blocks.pairs_cut, blocks.copies_cut) == (1, 0)
    prints = ScoredPairs(left=np.zeros(2 * n, dtype=np.int64), right=np.arange(1, 2 * n + 1), score=np.full(2 * n, 2.0))
    cut = make_blocks(2 * n + 1, prints)
    assert max(cut.sizes()) <= n
    assert cut.copies_cut == cut.pairs_cut > 0
    assert make_blocks(0, ScoredPairs(left=chain[:0], right=chain[:0], score=score[:0])).buckets == 0


def test_the_blocks_of_a_bucket_stay_together() -> None:
    pairs = ScoredPairs(left=np.array([0, 1]), right=np.array([4_000, 2]), score=np.array([1.5, 0.4]))
    blocks = make_blocks(5_000, pairs)
    assert blocks.bucket[0] == blocks.bucket[4_000]
    assert blocks.bucket[1] == blocks.bucket[2]
    assert blocks.buckets == 5


def test_shards_lie_on_any_path_and_their_articles_have_ids_of_their_own() -> None:
    import fsspec

    system = fsspec.filesystem("memory")
    for folder in ("a", "b"):
        with system.open(f"/news/{folder}/day.jsonl", "wb") as stream:
            stream.write((json.dumps(RECORDS[0]) + "\n").encode())
    with system.open("/news/page.warc.gz", "wb") as stream:
        stream.write(gzip.compress(warc_record(b"<html><body><p>" + TRAM.encode() + b"</p></body></html>")))
    with system.open("/news/readme.txt", "wb") as stream:
        stream.write(b"not a shard")
    shards, passed_over = find_shards(["memory://news"])
    assert [s.name for s in shards] == ["a/day.jsonl", "b/day.jsonl", "page.warc.gz"]
    assert [s.path for s in passed_over] == ["memory:///news/readme.txt"]
    found = [c for s in shards for c in read_shard(s, ReadingOptions()) if isinstance(c, Capture)]
    assert len({c.id for c in found}) == 3
    assert found[0].path == "memory:///news/a/day.jsonl/1"
    assert found[2].medium == "html"
    with pytest.raises(InputError, match=r"both called day.jsonl: give the folder above"):
        find_shards(["memory://news/a", "memory://news/b"])
    with pytest.raises(InputError, match="no such file or folder"):
        find_shards(["memory://nothing"])


def warc_record(page: bytes) -> bytes:
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\n"
        "WARC-Target-URI: http://lorvik.example/tram\r\nWARC-Date: 2024-05-07T10:00:00Z\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return io.BytesIO(head.encode() + http + b"\r\n\r\n").getvalue()


def test_a_wrong_table_and_a_missing_library_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    assert corpus.choose_tables("copies") == ("articles", "skipped", "copies")
    with pytest.raises(OptionsError, match="no table is called 'fact'"):
        corpus.choose_tables("articles,fact")

    def nothing(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(schemas.importlib, "import_module", nothing)
    with pytest.raises(OptionsError, match=r"needs pyarrow, .* pip install 'copydesk\[corpus\]'"):
        schemas.load_arrow("parquet")
    with pytest.raises(OptionsError, match=r"needs fsspec"):
        schemas.load_fsspec()


def test_a_lone_article_is_cut_into_sentences_by_rules(whole: tuple[Path, Path]) -> None:
    lone = next(row for row in read(whole[1], "articles") if row["headline"] == "Old cheese sold")
    spans = [(r["start"], r["end"]) for r in read(whole[1], "lines") if r["article"] == lone["id"]]
    assert [str(lone["text"])[a:b].startswith("A dairy") for a, b in spans] == [True]
