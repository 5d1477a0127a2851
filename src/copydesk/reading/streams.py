"""Opening files: gzip undone, never more than the limits allow, and what broke off is said, not raised."""

from __future__ import annotations

import io
import zlib
from typing import BinaryIO

from copydesk.reading.options import ReadingOptions

GZIP = b"\x1f\x8b"
HEAD_BYTES = 1 << 16  # what sniffing looks at
CHUNK = 1 << 16


class Opened(io.RawIOBase):
    """A stream of content with its first bytes known beforehand (`head`).

    It ends early, with the reason in `broken`, where the file or a limit does; it never raises for bad data.
    """

    def __init__(self, raw: BinaryIO, options: ReadingOptions) -> None:
        super().__init__()
        self._raw = raw
        self._options = options
        self._taken = 0
        self._given = 0
        self._rest = b""
        self._unused = b""
        self._inflate: zlib._Decompress | None = None
        self.broken: str | None = None
        start = self._take(2)
        self.packed = start == GZIP
        if self.packed:
            self._inflate = zlib.decompressobj(31)
            self._unused = start
        else:
            self._rest = start
        self.head = self._fill(HEAD_BYTES)
        self._rest = self.head

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        if not self._rest:
            self._rest = self._next()
        given, self._rest = self._rest[: len(buffer)], self._rest[len(buffer) :]
        buffer[: len(given)] = given
        return len(given)

    def take_all(self, limit: int) -> bytes | None:
        """All that is left, None when that is more than `limit` bytes; then no more than that was read."""
        content = self._fill(limit + 1)
        return content if len(content) <= limit else None

    def _fill(self, size: int) -> bytes:
        pieces = [self._rest]
        have = len(self._rest)
        self._rest = b""
        while have < size and (piece := self._next()):
            pieces.append(piece)
            have += len(piece)
        content = b"".join(pieces)
        self._rest = content[size:]
        return content[:size]

    def _take(self, size: int) -> bytes:
        try:
            piece = self._raw.read(size) or b""
        except OSError as error:
            self.broken = f"cannot be read on: {error.strerror or error}"
            return b""
        self._taken += len(piece)
        return piece

    def _next(self) -> bytes:
        """The next piece of content, empty at the end."""
        if self.broken:
            return b""
        piece = self._unpack() if self.packed else self._take(CHUNK)
        self._given += len(piece)
        return piece

    def _unpack(self) -> bytes:
        options = self._options
        while self._inflate is not None:
            packed = self._unused or self._take(CHUNK)
            self._unused = b""
            if not packed:
                self.broken = self.broken or "the gzip data break off before their end"
                return b""
            try:
                piece = self._inflate.decompress(packed, CHUNK)
            except zlib.error as error:
                self.broken = f"the gzip data are damaged ({error})"
                return b""
            if self._inflate.eof:
                self._member_after(self._inflate.unused_data)
            else:
                self._unused = self._inflate.unconsumed_tail
            given = self._given + len(piece)
            if given > options.unpacked_bytes:
                self.broken = f"unpacks to more than {options.unpacked_bytes:,} bytes"
            elif given > options.ratio_from_bytes and given > options.unpacked_ratio * self._taken:
                self.broken = f"unpacks to more than {options.unpacked_ratio} times its size"
            if piece:
                return piece
            if self.broken:
                return b""
        return b""

    def _member_after(self, unused: bytes) -> None:
        """Goes on with the next gzip member; zeros and other matter behind the last one are padding."""
        if len(unused) < 2:
            unused += self._take(CHUNK)
        self._inflate = zlib.decompressobj(31) if unused and GZIP.startswith(unused[:2]) else None
        self._unused = unused
