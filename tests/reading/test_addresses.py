from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.reading import page_key
from copydesk.reading.addresses import Refusal, checked_address, same_site, untracked


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("file:///etc/passwd", "only http: and https:"),
        ("javascript:alert(1)", "only http: and https:"),
        ("port.example/a", "only http: and https:"),
        ("http:///a", "without a host"),
        ("http://ann:secret@port.example/", "user or password"),
        ("http://ann@port.example/", "user or password"),
        ("http://port.example/a b", "spaces or control"),
        ("http://port.example/\r\nX: y", "spaces or control"),
        ("http://port.example:0/", "port 0"),
        ("http://port.example:99999/", "port 99999"),
        ("http://[::1/", "no address"),
        ("http://port.example/" + "a" * 5000, "more than 4,000"),
    ],
)
def test_an_address_that_is_not_asked_is_refused_for_good_with_its_reason(written: str, said: str) -> None:
    with pytest.raises(Refusal, match=said) as caught:
        checked_address(written)
    assert caught.value.lasting


def test_an_address_is_asked_as_written_but_without_its_fragment() -> None:
    assert checked_address(" http://Port.example/a?utm_source=x#top ") == "http://port.example/a?utm_source=x"


def test_a_relative_address_is_read_from_where_it_was_found() -> None:
    assert checked_address("../b?x=1", "https://port.example/a/feed") == "https://port.example/b?x=1"


def test_a_host_of_other_letters_is_asked_under_its_ascii_name() -> None:
    assert checked_address("https://köln.example/a") == "https://xn--kln-sna.example/a"


@pytest.mark.parametrize(
    "spelling",
    [
        "http://port.example/a/b?x=1&y=2",
        "https://www.port.example/a/b/?y=2&x=1",
        "HTTPS://PORT.example:443/a/b?utm_source=feed&x=1&utm_medium=rss&y=2#c",
        "http://port.example./a/./c/../b?x=1&y=2&fbclid=abc",
        "http://port.example/%61/b?x=1&y=2&at_medium=RSS",
    ],
)
def test_all_spellings_of_an_address_have_one_key(spelling: str) -> None:
    assert page_key(spelling) == "port.example/a/b?x=1&y=2"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://port.example/a", "http://port.example/b"),
        ("http://port.example/a?id=1", "http://port.example/a?id=2"),
        ("http://port.example/a", "http://port.example:8080/a"),
        ("http://port.example/A", "http://port.example/a"),
        ("http://port.example/a%2Fb", "http://port.example/a/b"),
        ("http://port.example/a", "http://other.example/a"),
    ],
)
def test_addresses_of_different_pages_have_different_keys(one: str, other: str) -> None:
    assert page_key(one) != page_key(other)


@given(st.text(max_size=80) | st.from_regex(r"https?://[a-z\[\]:@.%]{0,12}[/?#][ -~]{0,30}", fullmatch=True))
def test_a_key_is_given_for_whatever_is_written(text: str) -> None:
    assert page_key(text) == page_key(text)
    untracked(text)


def test_only_what_tells_where_a_reader_came_from_is_taken_off() -> None:
    assert untracked("https://port.example/a?utm_source=x&id=7&gclid=1#top") == "https://port.example/a?id=7"
    assert untracked("https://port.example/a?b=%20c&d") == "https://port.example/a?b=%20c&d"


def test_a_site_is_known_under_the_names_of_its_feeds() -> None:
    assert same_site("www.port.example", "feeds.port.example")
    assert same_site("news.port.example", "port.example")
    assert not same_site("port.example", "notport.example")
    assert not same_site("", "port.example")
