from __future__ import annotations

import gzip
import io
import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.reading import ReadingOptions
from copydesk.reading.drafts import Draft
from copydesk.reading.streams import Opened
from copydesk.reading.warc import read_warc
from tests.reading.tools import read_all, warc_record

TEXT = "The mayor of Port Vessel reopened the quay. " * 50
SMALL = ReadingOptions(capture_bytes=100_000, unpacked_bytes=3_000_000, ratio_from_bytes=200_000)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", TEXT.encode()),
        ("a.html", b"<html><body><p>" + TEXT.encode() + b"</p></body></html>"),
        ("a.jsonl", json.dumps({"id": "1", "text": TEXT}).encode()),
        ("a.json", json.dumps({"id": "1", "text": TEXT}).encode()),
        ("a.csv", b"id,text\n1," + TEXT.encode()),
        ("a.warc", warc_record(TEXT.encode(), name="1", kind="text/plain")),
    ],
)
def test_what_is_packed_is_read_as_what_it_is(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    (tmp_path / f"{name}.gz").write_bytes(
        gzip.compress(content[: len(content) // 2]) + gzip.compress(content[len(content) // 2 :])
    )
    captures, skipped = read_all(tmp_path)
    assert skipped == []
    plain, packed = captures
    assert (packed.content, packed.medium) == (plain.content, plain.medium)
    assert packed.path.replace(".gz", "") == plain.path


def test_a_packed_file_without_the_ending_is_known_by_its_bytes(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(gzip.compress(TEXT.encode()))
    assert read_all(tmp_path)[0][0].content == TEXT.encode()


def test_a_text_whose_packing_breaks_off_is_kept_and_marked(tmp_path: Path) -> None:
    text = "".join(f"Sentence {n} of the report is {n * 7919}. " for n in range(5000)).encode()
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(text)[:-4000])
    captures, skipped = read_all(tmp_path)
    assert captures[0].truncated
    assert text.startswith(captures[0].content) and len(captures[0].content) > 1000
    assert "break off" in skipped[0].reason


def test_records_before_the_break_are_read_whole(tmp_path: Path) -> None:
    lines = b"".join(json.dumps({"id": str(n), "text": f"{n * 7919} {TEXT}"}).encode() + b"\n" for n in range(4000))
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(lines)[:-3000])
    captures, skipped = read_all(tmp_path)
    assert len(captures) > 1000
    assert all(c.content.endswith(TEXT.encode()) for c in captures)
    assert any("break off" in s.reason for s in skipped)


def test_a_list_that_breaks_off_gives_its_whole_records(tmp_path: Path) -> None:
    whole = json.dumps([{"id": str(n), "text": f"Report {n}"} for n in range(5)])
    (tmp_path / "a.json").write_text(whole[:-20])
    captures, skipped = read_all(tmp_path)
    assert [Path(c.path).name for c in captures] == ["0", "1", "2", "3"]
    assert "behind record 4" in skipped[0].reason


def test_damaged_packing_is_said(tmp_path: Path) -> None:
    packed = bytearray(gzip.compress(bytes(n * 31 % 251 for n in range(90_000)).replace(b"\x00", b"a")))
    packed[len(packed) // 2] ^= 0xFF
    (tmp_path / "a.txt.gz").write_bytes(packed)
    assert read_all(tmp_path)[1] != []


def test_zeros_behind_the_packed_data_are_padding(tmp_path: Path) -> None:
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(TEXT.encode()) + b"\x00" * 512)
    captures, skipped = read_all(tmp_path)
    assert (len(captures), skipped) == (1, [])


def test_a_text_larger_than_the_limit_is_not_read_whole(tmp_path: Path) -> None:
    taken = 0

    class Counted(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            nonlocal taken
            piece = super().read(size)
            taken += len(piece)
            return piece

    opened = Opened(Counted(b"word " * 400_000), SMALL)
    assert opened.take_all(SMALL.capture_bytes) is None
    assert taken < 2 * SMALL.capture_bytes
    (tmp_path / "a.txt").write_bytes(b"word " * 400_000)
    captures, skipped = read_all(tmp_path, options=SMALL)
    assert captures == []
    assert "larger than 100,000 bytes" in skipped[0].reason


def test_a_bomb_is_left_where_it_passes_the_limits(tmp_path: Path) -> None:
    line = b'{"id": "1", "text": "Short"}\n'
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(line + b"\n" * 2_000_000))
    (tmp_path / "b.txt.gz").write_bytes(gzip.compress(b"a" * 2_000_000))
    noise = json.dumps({"text": "".join(chr(97 + n * n % 23) for n in range(60_000))}).encode() + b"\n"
    (tmp_path / "c.jsonl.gz").write_bytes(gzip.compress(line + noise * 60))
    (tmp_path / "d.gz").write_bytes(gzip.compress(gzip.compress(b"a")))
    captures, skipped = read_all(tmp_path, options=SMALL)
    assert [Path(c.path).parent.name for c in captures if c.content == b"Short"] == ["a.jsonl.gz", "c.jsonl.gz"]
    said = {Path(s.path).name: s.reason for s in skipped}
    assert "200 times its size" in said["a.jsonl.gz"]
    assert "larger than" in said["b.txt.gz"]
    assert "times its size" in said["c.jsonl.gz"] or "3,000,000" in said["c.jsonl.gz"]
    assert "gzip within gzip" in said["d.gz"]


def test_pages_of_a_warc_come_with_their_address_and_the_day_they_were_seen(tmp_path: Path) -> None:
    records = [
        warc_record(b"<p>The mayor\x92s quay</p>", url="https://post.vessel.example/quay", name="u1"),
        warc_record(
            b"5\r\nThe q\r\n4\r\nuay.\r\n0\r\n\r\n",
            kind="text/plain",
            name="u2",
            headers="Transfer-Encoding: chunked\r\n",
        ),
        warc_record(gzip.compress(b"<p>Packed</p>"), name="u3", headers="Content-Encoding: gzip\r\n"),
        warc_record(b"Kept as it was", kind="text/plain", type="resource", name="u4"),
        warc_record(b"<p>Gone</p>", status="404 Not Found", name="u5"),
        warc_record(b"\x89PNG", kind="image/png", name="u6"),
        warc_record(b"GET / HTTP/1.1\r\n\r\n", type="request", name="u7"),
    ]
    (tmp_path / "a.warc").write_bytes(b"".join(records))
    (tmp_path / "b.warc.gz").write_bytes(b"".join(map(gzip.compress, records)))
    captures, skipped = read_all(tmp_path)
    assert skipped == []
    assert [Path(c.path).name for c in captures] == ["u1", "u2", "u3", "u4"] * 2
    assert [c.content for c in captures[:4]] == [
        b"<p>The mayor\x92s quay</p>",
        b"The quay.",
        b"<p>Packed</p>",
        b"Kept as it was",
    ]
    assert [c.medium for c in captures[:4]] == ["html", "text", "html", "text"]
    assert captures[0].charset == "windows-1252"
    (stated,) = captures[0].stated
    assert (stated.url, stated.observed, stated.published) == (
        "https://post.vessel.example/quay",
        date(2031, 5, 6),
        None,
    )


@given(st.integers(min_value=12), st.booleans())
def test_wherever_a_warc_breaks_off_what_is_whole_is_kept_and_the_break_is_said(place: int, packed: bool) -> None:
    records = [warc_record(b"<p>The quay</p>", name=str(n)) for n in range(3)]
    pieces = [gzip.compress(r) if packed else r for r in records]
    whole = b"".join(pieces)
    cut = whole[: 12 + place % (len(whole) - 12)]
    opened = Opened(io.BytesIO(cut), ReadingOptions())
    found = list(read_warc(io.BufferedReader(opened), 1000))
    drafts = [f for f in found if isinstance(f, Draft)]
    ends = [
        sum(map(len, pieces[: n + 1])) - (0 if packed else 4) for n in range(3)
    ]  # an end of two line ends may be missing
    assert len(drafts) >= sum(end <= len(cut) for end in ends)
    assert all(d.content == b"<p>The quay</p>" for d in drafts)
    at_an_end = any(0 <= len(cut) - end <= (0 if packed else 4) for end in ends)
    assert at_an_end or len(drafts) < len(found) or opened.broken


def test_a_record_of_a_warc_that_is_too_large_or_cannot_be_unpacked_costs_itself_alone(tmp_path: Path) -> None:
    (tmp_path / "a.warc").write_bytes(
        warc_record(b"x" * 2_000_000, name="u1")
        + warc_record(b"y" * 200_000, name="u2")
        + warc_record(gzip.compress(b"z" * 5_000_000), name="u3", headers="Content-Encoding: gzip\r\n")
        + warc_record(b"not packed", name="u4", headers="Content-Encoding: gzip\r\n")
        + warc_record(b"<p>Fine</p>", name="u5")
    )
    captures, skipped = read_all(tmp_path, options=SMALL)
    assert [Path(c.path).name for c in captures] == ["u5"]
    assert [Path(s.path).name for s in skipped] == ["u1", "u2", "u3", "u4"]


def test_junk_within_a_warc_ends_it_and_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.warc").write_bytes(warc_record(b"<p>A</p>") + b"junk junk\r\n" + warc_record(b"<p>B</p>"))
    captures, skipped = read_all(tmp_path)
    assert [c.content for c in captures] == [b"<p>A</p>"]
    assert "was not read" in skipped[0].reason
