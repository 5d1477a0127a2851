from __future__ import annotations

from pathlib import Path

import pytest

from copydesk.reading.sniffing import sniff
from tests.reading.tools import read_all

PAGE = b"<!DOCTYPE html>\n<html><head><title>Quay</title></head><body><p>The quay reopened.</p></body></html>"
XHTML = b'<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x"><html><body><p>Q</p></body></html>'


@pytest.mark.parametrize(
    ("content", "name", "form"),
    [
        (b"The quay reopened.", "a.txt", "text"),
        (b"The quay reopened.", "a.html", "text"),
        (b"The quay reopened.", "a", "text"),
        (b"The quay reopened.", "www.post.vessel.example_2031", "text"),
        (PAGE, "a.html", "html"),
        (PAGE, "a.txt", "html"),
        (PAGE, "a.php", "html"),
        (PAGE, "a.xml", "html"),
        (b"<!-- saved -->\n" + PAGE, "a.txt", "html"),
        (PAGE.decode().encode("utf-16"), "a.html", "html"),
        (XHTML, "a.xhtml", "html"),
        (b"<Note of the editor> The quay reopened <p>", "a.txt", "text"),
        (b"<script>alert(1)</script> </style> The quay", "a.txt", "text"),
        (b'{"text": "x"}\n{"text": "y"}', "a.json", "jsonl"),
        (b'{"text": "x"}', "a.json", "json"),
        (b'{\n "text": "x"\n}', "a.jsonl", "json"),
        (b'broken\n{"text": "y"}', "a.jsonl", "jsonl"),
        (b'{"text": "x"}', "a", "json"),
        (b"WARC/1.0\r\nWARC-Type: warcinfo", "a.txt", "warc"),
        (b'<?xml version="1.0"?><rss version="2.0">', "a.xml", "feed"),
        (b'<feed xmlns="http://www.w3.org/2005/Atom">', "a.html", "feed"),
        (b"id,text\n1,x", "a.csv", "csv"),
    ],
)
def test_the_content_says_what_a_file_is_before_its_ending_does(content: bytes, name: str, form: str) -> None:
    assert sniff(content, name, named=False) == form


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"%PDF-1.7 x", "a.txt", "PDF"),
        (b"PK\x03\x04 x", "a.txt", "ZIP"),
        (b"\x89PNG\r\n", "a.html", "PNG"),
        (bytes(range(256)) * 20, "a.txt", "binary"),
        (b"text with a tail " + b"\x00" * 90, "a.txt", "binary"),
        (b"", "a.txt", "empty"),
        (b"\xef\xbb\xbf \r\n", "a.txt", "white space"),
        (b"# Notes", "a.md", ".md"),
        (b'<?xml version="1.0"?><urlset></urlset>', "a.xml", "neither a page nor a feed"),
        (b"The quay", "a.rss", "no feed"),
        (b"The quay", "a.warc", "no WARC record"),
    ],
)
def test_what_cannot_be_read_is_said_in_words(content: bytes, name: str, words: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    captures, skipped = read_all(tmp_path)
    assert captures == []
    assert words in skipped[0].reason


def test_a_text_with_a_foreign_ending_is_read_when_the_user_names_it(tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text("The quay reopened.")
    assert read_all(tmp_path)[0] == []
    assert len(read_all(tmp_path / "notes.md")[0]) == 1
    assert len(read_all(tmp_path / "*.md")[0]) == 1


def test_bytes_of_a_text_are_kept_as_they_are(tmp_path: Path) -> None:
    content = b"\xef\xbb\xbf caf\xe9 \xff\r\n x \t"
    (tmp_path / "a.txt").write_bytes(content)
    assert read_all(tmp_path)[0][0].content == content
