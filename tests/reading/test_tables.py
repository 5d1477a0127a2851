from __future__ import annotations

import gzip
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.reading import ReadingOptions
from tests.reading.tools import read_all

BODY = "The quay of Port Vessel reopened.\n\nShips came in at noon."


def one(tmp_path: Path, record: Any, name: str = "a.json") -> Any:
    """The single capture of a file that holds one JSON value."""
    (tmp_path / name).write_text(json.dumps(record))
    captures, skipped = read_all(tmp_path / name)
    assert skipped == []
    (capture,) = captures
    return capture


def test_a_record_gives_its_text_and_all_that_it_states(tmp_path: Path) -> None:
    capture = one(
        tmp_path,
        {
            "id": "r-1",
            "url": "https://post.vessel.example/1",
            "outlet": "Vessel Post",
            "headline": "Quay reopens",
            "byline": "Ann Tiller",
            "published": "2031-05-06",
            "modified": "2031-05-07 10:11:12",
            "observed": "2031-05-08",
            "text": BODY,
        },
    )
    assert capture.path == str(tmp_path / "a.json/r-1")
    assert (capture.content.decode(), capture.medium, capture.charset) == (BODY, "text", "utf-8")
    (stated,) = capture.stated
    assert (stated.by, stated.url, stated.outlet) == ("container", "https://post.vessel.example/1", "Vessel Post")
    assert (stated.headline, stated.byline) == ("Quay reopens", "Ann Tiller")
    assert (stated.published, stated.modified) == ("2031-05-06", "2031-05-07T10:11:12")
    assert stated.observed == date(2031, 5, 8)


def test_trafilaturas_json_needs_no_mapping(tmp_path: Path) -> None:
    capture = one(
        tmp_path,
        {
            "title": "Quay reopens",
            "author": "Ann Tiller",
            "hostname": "vessel.example",
            "date": "2031-05-06",
            "fingerprint": "f00",
            "id": None,
            "license": None,
            "comments": "",
            "raw_text": "flat",
            "text": BODY,
            "language": None,
            "image": None,
            "filedate": "2031-06-01",
            "source": "https://vessel.example/1",
            "source-hostname": "Vessel Post",
            "excerpt": "Short.",
            "categories": "",
            "tags": "",
        },
    )
    (stated,) = capture.stated
    assert capture.content.decode() == BODY
    assert (stated.url, stated.outlet, stated.headline) == ("https://vessel.example/1", "Vessel Post", "Quay reopens")
    assert (stated.published, stated.source) == ("2031-05-06", None)


def test_a_schema_org_article_needs_no_mapping(tmp_path: Path) -> None:
    capture = one(
        tmp_path,
        {
            "@context": "https://schema.org",
            "@graph": [
                {"@type": "Organization", "name": "Vessel Post"},
                {
                    "@type": ["NewsArticle"],
                    "headline": "Quay reopens",
                    "articleBody": BODY,
                    "datePublished": "2031-05-06T07:08:09Z",
                    "dateModified": "2031-05-07",
                    "author": [{"name": "Ann Tiller"}, {"name": "Bo Mast"}],
                    "publisher": {"@type": "Organization", "name": "Vessel Post"},
                    "mainEntityOfPage": {"@id": "https://v.example/1"},
                },
            ],
        },
    )
    (stated,) = capture.stated
    assert capture.content.decode() == BODY
    assert (stated.byline, stated.outlet, stated.url) == ("Ann Tiller, Bo Mast", "Vessel Post", "https://v.example/1")
    assert (stated.published, stated.modified) == ("2031-05-06T07:08:09+00:00", "2031-05-07")


def test_ninjs_needs_no_mapping(tmp_path: Path) -> None:
    capture = one(
        tmp_path,
        {
            "uri": "tag:ans.example:1",
            "type": "text",
            "versioncreated": "2031-05-07T01:02:03Z",
            "firstcreated": "2031-05-06T01:02:03Z",
            "headline": "Quay reopens",
            "byline": "Ann Tiller",
            "body_xhtml": "<p>The quay</p><p>reopened.</p>",
        },
    )
    assert (capture.medium, capture.path) == ("html", str(tmp_path / "a.json/tag:ans.example:1"))
    assert capture.stated[0].published == "2031-05-06T01:02:03+00:00"
    assert capture.stated[0].modified == "2031-05-07T01:02:03+00:00"


def test_a_post_of_wordpress_needs_no_mapping(tmp_path: Path) -> None:
    capture = one(
        tmp_path,
        {
            "id": 5,
            "date": "2031-05-06T07:08:09",
            "link": "https://v.example/1",
            "title": {"rendered": "The mayor&#8217;s <i>quay</i>"},
            "content": {"rendered": "<p>The quay</p><p>reopened.</p>", "protected": False},
            "excerpt": {"rendered": "<p>Short</p>"},
            "author": 7,
        },
    )
    assert (capture.content, capture.medium) == (b"<p>The quay</p><p>reopened.</p>", "html")
    assert (capture.stated[0].headline, capture.stated[0].url) == ("The mayor’s quay", "https://v.example/1")
    assert capture.stated[0].byline is None  # 7 is a number of theirs


@pytest.mark.parametrize(
    "wrapped",
    [
        {"articles": [{"id": "1", "text": "A"}, {"id": "2", "text": "B"}]},
        [{"id": "1", "text": "A"}, {"id": "2", "text": "B"}],
        {
            "status": "ok",
            "response": {"results": [{"id": "1", "fields": {"body": "A"}}, {"id": "2", "fields": {"body": "B"}}]},
        },
        {"hits": {"hits": [{"_source": {"id": "1", "text": "A"}}, {"_source": {"id": "2", "text": "B"}}]}},
        {
            "version": "https://jsonfeed.org/version/1.1",
            "items": [{"id": 1, "content_text": "A"}, {"id": 2, "content_text": "B"}],
        },
    ],
)
def test_lists_are_found_in_what_they_are_wrapped_in(tmp_path: Path, wrapped: Any) -> None:
    (tmp_path / "a.json").write_text(json.dumps(wrapped))
    captures, skipped = read_all(tmp_path)
    assert [(Path(c.path).name, c.content) for c in captures] == [("1", b"A"), ("2", b"B")]
    assert skipped == []


def test_a_bad_line_costs_one_record(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(
        '{"text": "A"}\n{broken\n\n5\n{"text": " "}\n{"id": "e", "text": "E"}\n{"text": "cut'
    )
    captures, skipped = read_all(tmp_path)
    assert [Path(c.path).name for c in captures] == ["1", "e"]
    assert [Path(s.path).name for s in skipped] == ["2", "4", "5", "7"]


def test_records_of_one_id_are_told_apart(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"id": "x", "text": "A"}\n' * 3)
    captures, _ = read_all(tmp_path)
    assert len({c.id for c in captures}) == 3
    assert [Path(c.path).name for c in captures] == ["x", "x#2", "x#3"]


@given(st.text(min_size=1).filter(str.strip))
def test_a_text_keeps_every_character(text: str) -> None:
    captures, _ = read_all("-", stdin=json.dumps({"text": text}).encode())
    kept = captures[0].content.decode()
    assert len(kept) == len(text)
    assert all(a == b or b in "\ufffd" for a, b in zip(text, kept, strict=True))


def test_half_of_a_surrogate_pair_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"headline": "A\\ud800B", "text": "C\\udc00D"}')
    capture = read_all(tmp_path)[0][0]
    assert capture.content.decode() == "C\ufffdD"
    assert capture.stated[0].headline == "A\ufffdB"


def test_markup_in_a_text_field_is_a_page(tmp_path: Path) -> None:
    assert one(tmp_path, {"body": "<p>The quay</p><p>reopened.</p>"}).medium == "html"
    assert one(tmp_path, {"body": "Waves < 2 m and > 1 m."}).medium == "text"
    assert one(tmp_path, {"body": ["The quay", "reopened."]}).content == b"The quay\n\nreopened."


def test_json_that_is_no_article_is_said(tmp_path: Path) -> None:
    (tmp_path / "package.json").write_text('{"name": "tool", "description": "Does things.", "version": 1}')
    (tmp_path / "deep.json").write_text("[" * 100_000)
    (tmp_path / "list.json").write_text("[]")
    captures, skipped = read_all(tmp_path)
    assert captures == []
    assert {Path(s.path).name for s in skipped} == {"1", "deep.json", "list.json"}


def test_media_clouds_table_needs_no_mapping(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(
        "stories_id,title,url,publish_date,media_name,text\n"
        '77,"Quay, at last",https://v.example/1,2031-05-06 07:08:09,Vessel Post,"The quay\nreopened."\n'
        "78,Rain,https://v.example/2,05/06/2031,Vessel Post,It rained.\n"
    )
    captures, skipped = read_all(tmp_path)
    assert skipped == []
    assert [(Path(c.path).name, c.content) for c in captures] == [("77", b"The quay\nreopened."), ("78", b"It rained.")]
    assert captures[0].stated[0].headline == "Quay, at last"
    assert [c.stated[0].published for c in captures] == ["2031-05-06T07:08:09", None]  # 5 June or 6 May


def test_a_bad_row_costs_one_record_and_rows_without_id_have_their_line(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b'\xef\xbb\xbfheadline;text\nA;"One\nTwo"\n\nB;x;y\nC;caf\xe9\nD;\n')
    captures, skipped = read_all(tmp_path)
    assert [(Path(c.path).name, c.content.decode()) for c in captures] == [("2", "One\nTwo"), ("6", "café")]
    assert [Path(s.path).name for s in skipped] == ["5", "7"]


def test_a_table_without_text_is_one_skip(tmp_path: Path) -> None:
    (tmp_path / "about.csv").write_text("path,outlet\na.txt,Vessel Post\nb.txt,Vessel Post\n")
    captures, skipped = read_all(tmp_path)
    assert captures == []
    assert len(skipped) == 1
    assert "path, outlet" in skipped[0].reason


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.jsonl", '{"id": "1", "text": "Le môle"}\n{"id": "2", "text": "rouvert"}\n'),
        ("a.csv", "id\ttext\n1\tLe môle\n2\trouvert\n"),
        ("a.json", '[{"id": "1", "text": "Le môle"},\n {"id": "2", "text": "rouvert"}]'),
    ],
)
def test_tables_are_read_in_every_unicode(tmp_path: Path, name: str, content: str, charset: str) -> None:
    (tmp_path / name).write_bytes(content.encode(charset))
    captures, skipped = read_all(tmp_path)
    assert [c.content.decode() for c in captures] == ["Le môle", "rouvert"]
    assert skipped == []


def test_standard_input_is_json_lines() -> None:
    captures, skipped = read_all("-", "-", stdin=b'broken\n{"id": "s", "text": "A"}\n')
    assert [c.path for c in captures] == ["-/s"]
    assert [s.path for s in skipped] == ["-/1"]
    assert len(read_all("-", stdin=gzip.compress(b'{"text": "A"}\n'))[0]) == 1


@pytest.mark.parametrize("given", [b"", b"Just some text.\nAnd more.\n"])
def test_standard_input_without_json_lines_is_said_once(given: bytes) -> None:
    captures, skipped = read_all("-", stdin=given)
    assert captures == []
    assert len(skipped) == 1
    assert len(read_all("-")[1]) == 1


def test_a_record_over_the_limit_costs_itself_alone(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(
        json.dumps({"text": "x" * 5000}) + '\n{"text": "y"}\n' + "z" * 2_000_000 + '\n{"text": "w"}\n'
    )
    captures, skipped = read_all(tmp_path, options=ReadingOptions(capture_bytes=1000))
    assert [c.content for c in captures] == [b"y", b"w"]
    assert [Path(s.path).name for s in skipped] == ["1", "3"]
