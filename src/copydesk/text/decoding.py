"""Bytes → str: the character set is told by the bytes themselves, then by what was declared, then guessed."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16 LE, whose mark is its beginning
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# What pages declare → what they mean by it (the WHATWG encoding standard); Python's own names are narrower.
MEANT = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "latin-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
    "utf-16": "utf-16-le",
}

# What is guessed among: the character sets that news pages without a word about it are found in.
GUESSED = [
    "cp1252",
    "cp1250",
    "cp1251",
    "cp1253",
    "cp1254",
    "cp1255",
    "cp1256",
    "cp1257",
    "koi8_r",
    "gb18030",
    "big5",
    "cp932",
    "euc_jp",
    "cp949",
]

# Those of them that differ in a few letters only, with the letters that tell them apart. The common one comes first.
LATIN = {
    "cp1252": frozenset("àáâãäåæçèéêëìíîïñòóôõöøùúûüßœÉ"),
    "cp1250": frozenset("ąćęłńóśźżáčďéěíňřšťúůýžľĺôőűäöüăâîşţß"),
    "cp1254": frozenset("ğışçöüâîİŞ"),
    "cp1257": frozenset("āčēģīķļņšūžąęėįųõäöüåß"),
    "iso8859_2": frozenset("ąćęłńóśźżáčďéěíňřšťúůýžľĺôőűäöüăâîşţß"),
}

DECLARED_WITHIN = 4096  # bytes; the HTML standard asks for 1024, real pages put the declaration later
GUESSED_FROM = 1 << 16  # bytes that a guess looks at
BROKEN_SHARE = 0.02  # of the bytes may be undecodable before a declared character set is not believed
RARE_SHARE = 0.02  # of non-ASCII bytes below which a guess has too little to go by and Western European is taken
ASCII = bytes(range(128))
DECLARATION = re.compile(rb"""(?:charset|encoding)\s{0,8}=\s{0,8}["']?\s{0,8}([A-Za-z0-9._:-]{2,40})""", re.IGNORECASE)


def decode(content: bytes, charset: str | None) -> str:
    """The text of some bytes, without its byte order mark; never fails.

    `charset` is what the transport (an HTTP header) said. Well-formed UTF-8 is believed before any declaration:
    other text hardly ever looks so, and headers are often wrong. What cannot be decoded becomes U+FFFD.
    """
    for mark, name in BOMS:
        if content.startswith(mark):
            return content[len(mark) :].decode(name, "replace")
    wide = _wide(content)
    if wide is not None:
        return content.decode(wide, "replace")
    if not (content.isascii() and b"\x1b$" in content):  # the escapes of ISO-2022 are well-formed UTF-8
        try:
            return content.decode("utf-8")
        except UnicodeDecodeError:
            pass
    if _nearly_utf8(content):
        return content.decode("utf-8", "replace")
    for declared in (charset, declared_charset(content)):
        text = _as_declared(content, declared)
        if text is not None:
            return text
    return content.decode(_guess(content), "replace")


def declared_charset(content: bytes) -> str | None:
    """The character set that the beginning of a page or an XML file names, as written there; None when none is."""
    found = DECLARATION.search(content[:DECLARED_WITHIN])
    return found.group(1).decode("ascii") if found else None


def _wide(content: bytes) -> str | None:
    """The UTF-16 without a mark that mostly Latin text betrays by NULs in every other byte."""
    sample = content[:4096]
    if len(sample) < 4 or b"\x00" not in sample:
        return None
    even, odd, half = sample[0::2].count(0), sample[1::2].count(0), len(sample) / 2
    if odd > 0.5 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.5 * half and odd < 0.05 * half:
        return "utf-16-be"
    return None


def _nearly_utf8(content: bytes) -> bool:
    """Whether this is UTF-8 with some damage: more well-formed multi-byte characters than broken places."""
    text = content.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    multibyte = len(text) - len(text.encode("ascii", "ignore")) - broken
    return broken > 0 and multibyte >= 2 * broken


def _as_declared(content: bytes, charset: str | None) -> str | None:
    """The text in the declared character set, None when there is none or the bytes contradict it."""
    if not charset:
        return None
    try:
        name = codecs.lookup(charset.strip().strip("\"'")).name
        name = MEANT.get(name, name)
        text = content.decode(name, "replace")
    except (LookupError, ValueError, AssertionError):  # unknown, or one of Python's codecs that is not of text
        return None
    return text if text.count("\ufffd") <= BROKEN_SHARE * len(text) else None


def _guess(content: bytes) -> str:
    sample = content[:GUESSED_FROM]
    if b"\x1b$" in sample:
        return "iso2022_jp"
    rare = len(sample.translate(None, ASCII))
    if rare < RARE_SHARE * len(sample):
        return "cp1252"
    best = from_bytes(sample, cp_isolation=GUESSED).best()
    if best is None or best.encoding in LATIN:
        return _latin(sample)
    return best.encoding


def _latin(sample: bytes) -> str:
    """Which of the Latin character sets makes most of the bytes into lower-case letters that its languages use."""

    def known(name: str) -> int:
        letters = LATIN[name]
        return sum(c in letters for c in sample.decode(name, "replace"))

    return max(LATIN, key=known)  # the first of equals
