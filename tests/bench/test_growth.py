from __future__ import annotations

import gzip
import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from bench.__main__ import benches, main
from bench.picture import BASE, PEAK, TIME, draw_growth
from bench.rows import Row
from bench.whole import Piles, cut, half, read_captures, slopes

TEXT = "Heron reached the quay of Oldmouth at noon. " * 20
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def records(tmp_path: Path) -> Path:
    found = [
        {"id": f"r{n}", "headline": f"Ferry {n}", "text": TEXT, "url": f"https://a.example/{n}", "outlet": "Courier"}
        for n in range(4)
    ]
    path = tmp_path / "ferries.jsonl.gz"
    path.write_bytes(gzip.compress("\n".join(json.dumps(r) for r in found).encode()))
    return path


def test_pieces_are_no_longer_than_asked_and_follow_each_other() -> None:
    first, second = cut(TEXT, 100)
    assert len(first) <= 100 and len(second) <= 100
    assert TEXT.startswith(f"{first} {second} ")
    assert cut(TEXT, 0) == [TEXT]


def test_a_word_longer_than_a_piece_is_cut_and_a_short_text_is_one_piece() -> None:
    assert cut("x" * 250, 100) == ["x" * 100, "x" * 100]
    assert cut("The ferry sank.", 100) == ["The ferry sank."]


def test_every_pile_has_the_same_share_of_later_pieces(records: Path) -> None:
    pieces = read_captures(records, 6, 100)
    assert [c.id for c in pieces] == ["r0", "r0-2", "r1", "r1-2", "r2", "r2-2"]
    assert [c.id for c in read_captures(records, 3, 100)] == ["r0", "r0-2", "r1"]
    assert pieces[0].content.startswith(b"Ferry 0\n\nHeron") and b"Ferry 0" not in pieces[1].content
    assert pieces[0].stated[0].url is not None and pieces[1].stated[0].url is None


def test_whole_articles_are_read_without_a_piece(records: Path) -> None:
    assert [c.content.decode() for c in read_captures(records, 2)] == [f"Ferry {n}\n\n{TEXT}" for n in range(2)]


def test_half_a_pile_and_its_copies_are_as_many_again(records: Path) -> None:
    copied = half(read_captures(records, 4, 100))
    assert [c.id for c in copied] == ["r0", "r0-copy", "r0-2", "r0-2-copy"]
    assert b"Sign in" in copied[1].content and TEXT[:90].encode() in copied[1].content
    assert len(copied[3].content) > 20


def test_sizes_double_up_to_the_largest() -> None:
    assert Piles(path=Path("x"), largest=8000).sizes == [500, 1000, 2000, 4000, 8000]


def test_slopes_are_of_time_and_of_memory_above_the_models() -> None:
    done = {n: {"cpu_s": 0.1 * n, "base_mb": 600.0, "peak_mb": 600.0 + n**0.5} for n in (100, 200, 400)}
    found = {row.metric: row.value for row in slopes(done)}
    assert found["slope_time"] == pytest.approx(1.0) and found["slope_memory"] == pytest.approx(0.5)


def rows_of(sizes: dict[int, float]) -> list[Row]:
    values = [
        row
        for n, seconds in sizes.items()
        for row in ((TIME, seconds, n), (PEAK, 700.0 + n / 10, n), (BASE, 700.0, n), ("spacy.cpu_s", 1.0, n))
    ]
    return [Row(bench="growth", system="copydesk", metric=m, value=v, n=n) for m, v, n in values]


def test_the_picture_is_xml_with_a_dot_a_run_and_the_slopes_in_words() -> None:
    tree = ElementTree.fromstring(draw_growth(rows_of({100: 10.0, 200: 20.0, 400: 40.0})))
    titles = [t.text for t in tree.iter(f"{SVG}title")]
    assert titles == ["100 articles: 10.0", "200 articles: 20.0", "400 articles: 40.0"] * 2
    words = [t.text or "" for t in tree.iter(f"{SVG}text")]
    assert "seconds of the processor, slope 1.00" in words and "megabytes above the models, slope 1.00" in words


def test_every_dot_lies_inside_its_panel() -> None:
    tree = ElementTree.fromstring(draw_growth(rows_of({25: 0.4, 50: 1.7, 100: 9.0})))
    places = [(float(c.get("cx", "-1")), float(c.get("cy", "-1"))) for c in tree.iter(f"{SVG}circle")]
    assert all(60 <= x <= 400 and 44 <= y <= 290 for x, y in places)


def test_one_size_is_drawn_too() -> None:
    assert "slope 0.00" in draw_growth(rows_of({25: 3.0}))


def test_a_plot_is_of_growth_alone(capsys: pytest.CaptureFixture[str]) -> None:
    assert "growth" in benches() and "picture" not in benches()
    with pytest.raises(SystemExit):
        main(["names", "--plot", "x.svg"])
    assert "expected growth --plot FILE" in capsys.readouterr().err


def test_growth_without_its_data_says_so_and_draws_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["growth", "--data", str(tmp_path), "--plot", str(tmp_path / "x.svg")]) == 0
    assert "no scale/" in capsys.readouterr().err and not (tmp_path / "x.svg").exists()
