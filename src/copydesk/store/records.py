"""Nouns → bytes, and back."""

from __future__ import annotations

import re
import zlib
from datetime import date, datetime
from typing import Generic, TypeVar

import msgspec

from copydesk.model.articles import Article
from copydesk.model.captures import Capture
from copydesk.model.corrections import Correction
from copydesk.model.desks import StoryRow
from copydesk.model.fetching import FeedState, PageState

Noun = TypeVar("Noun")
SURROGATES = re.compile("[\ud800-\udfff]")
LEVEL = 3  # of zlib: half the time of the default for a twentieth more bytes


class Form(Generic[Noun]):
    """How one kind of noun is written: MessagePack, packed. What was written by a version with fewer fields is read."""

    def __init__(self, kind: type[Noun], level: int = LEVEL) -> None:
        self._level = level
        self._decoder = msgspec.msgpack.Decoder(kind)
        self._encoder = msgspec.msgpack.Encoder()

    def pack(self, noun: Noun) -> bytes:
        try:
            content = self._encoder.encode(noun)
        except UnicodeEncodeError:
            content = self._encoder.encode(_mended(msgspec.to_builtins(noun, builtin_types=(bytes, date, datetime))))
        return zlib.compress(content, self._level)

    def unpack(self, record: bytes) -> Noun:
        """Raises ValueError for bytes that are not such a noun."""
        try:
            return self._decoder.decode(zlib.decompress(record))
        except (zlib.error, msgspec.MsgspecError) as error:
            raise ValueError(f"a record that cannot be read ({error})") from error


def _mended(value: object) -> object:
    """The same without halves of surrogate pairs, one character each, so that every place stays."""
    if isinstance(value, str):
        return SURROGATES.sub("\ufffd", value)
    if isinstance(value, dict):
        return {_mended(k): _mended(v) for k, v in value.items()}
    return [_mended(v) for v in value] if isinstance(value, (list, tuple)) else value


ARTICLE = Form(Article)
CAPTURE = Form(Capture)
CORRECTION = Form(Correction)
FEED = Form(FeedState)
PAGE = Form(PageState)
STORY = Form(StoryRow)
