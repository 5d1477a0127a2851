from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.text.decoding import declared_charset, decode

LANGUAGES = [
    ("Le maire a annoncé que le port, fermé près d’un an, rouvrirait dès l'été à côté du vieux môle.", "cp1252"),
    ("Der Bürgermeister erklärte, der Hafen werde für große Schiffe geöffnet, aber später als geplant.", "cp1252"),
    ("Burmistrz ogłosił w środę, że port zostanie otwarty później, niż się spodziewano w mieście.", "cp1250"),
    ("Starosta ve středu oznámil, že přístav bude otevřen později, než se město těšilo.", "cp1250"),
    ("Belediye başkanı çarşamba günü limanın beklenenden geç açılacağını açıkladı.", "cp1254"),
    ("Мэр сообщил в среду, что порт откроется позже, чем надеялись в городе.", "cp1251"),
    ("Мэр сообщил в среду, что порт откроется позже, чем надеялись в городе.", "koi8-r"),
    ("Ο δήμαρχος είπε την Τετάρτη ότι το λιμάνι θα ανοίξει αργότερα από ό,τι ήλπιζε η πόλη.", "cp1253"),
    ("市長は水曜日、港の再開は予定より遅れると発表した。", "euc-jp"),
    ("市长星期三宣布，港口将比预期更晚重新开放，居民感到失望。", "gb18030"),
    ("The mayor’s “plan” for the café on the quay failed, she said.", "cp1252"),
]


@pytest.mark.parametrize(("text", "charset"), LANGUAGES)
def test_text_without_a_word_about_its_character_set_is_read(text: str, charset: str) -> None:
    assert decode(text.encode(charset), None) == text


@pytest.mark.parametrize(("text", "charset"), LANGUAGES)
def test_what_a_page_declares_is_believed_where_the_bytes_allow_it(text: str, charset: str) -> None:
    page = f'<html><head><meta charset="{charset}"></head><body>{text}</body></html>'
    assert decode(page.encode(charset), None) == page


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\x00\x1b\ufeff")))
def test_utf8_is_read_whatever_the_header_says(text: str) -> None:
    assert decode(text.encode(), "windows-1252") == text


@given(st.binary(max_size=300), st.sampled_from([None, "utf-8", "cp932", "hex", "rot13", "idna", "no-such", "\x00"]))
def test_any_bytes_give_text_that_can_be_written(content: bytes, charset: str | None) -> None:
    decode(content, charset).encode("utf-8")


@pytest.mark.parametrize("charset", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_decides_and_is_taken_off(charset: str) -> None:
    assert decode("Le môle".encode(charset), "cp1252") == "Le môle"


@pytest.mark.parametrize("charset", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark_is_seen_by_its_nuls(charset: str) -> None:
    assert decode("The quay of Port Vessel".encode(charset), None) == "The quay of Port Vessel"


def test_a_header_that_says_latin_1_means_windows_1252() -> None:
    assert decode(b"the mayor\x92s \xe9lan", "iso-8859-1") == "the mayor’s élan"


def test_a_declaration_that_the_bytes_contradict_is_not_believed() -> None:
    text = "Der Bürgermeister erklärte, der Hafen werde später geöffnet."
    assert decode(text.encode("cp1252"), "utf-8") == text


def test_a_broken_byte_does_not_spoil_the_rest_of_utf8() -> None:
    content = "«Là-bas, près du môle, à côté»".encode()
    assert decode(content[:10] + b"\xff" + content[10:], None).replace("\ufffd", "") == content.decode()


def test_an_escape_character_does_not_make_utf8_something_else() -> None:
    assert decode("\x1b[1mThe mayor’s plan\x1b[0m".encode(), None) == "\x1b[1mThe mayor’s plan\x1b[0m"


def test_the_declaration_is_found_in_pages_and_in_xml() -> None:
    assert declared_charset(b'<meta http-equiv="Content-Type" content="text/html; charset=ISO-8859-2">') == "ISO-8859-2"
    assert declared_charset(b'<?xml version="1.0" encoding="koi8-r"?>') == "koi8-r"
    assert declared_charset(b"no word about it") is None
