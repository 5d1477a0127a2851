"""Text → its word pieces, and the vectors with which the shipped sentence encoder begins.

The table of vectors is read out of the encoder's own file, so that a second network which starts from it need not
bring one: of its 23 MB it is the half.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

from copydesk.errors import ModelError
from copydesk.language.encoder import DIMENSIONS, MODEL, TOKENIZER

if TYPE_CHECKING:
    from tokenizers import Tokenizer

FloatMatrix: TypeAlias = NDArray[np.float32]

OPENING, CLOSING = 101, 102  # the pieces that stand before and behind every stretch
_PREFIX = "inner.embeddings."
_GRAPH, _INITIALIZER, _NAME, _RAW = 7, 5, 8, 9  # field numbers of onnx.proto
_EPSILON = 1e-12


class PieceTable:
    """The vectors of word pieces by their place in a stretch."""

    def __init__(self) -> None:
        path = MODEL.path()
        stored = {name: raw for name, raw in _initializers(path.read_bytes()) if name.startswith(_PREFIX)}
        try:
            self._pieces = np.frombuffer(stored[_PREFIX + "word_embeddings.weight_q"], dtype=np.int8).reshape(
                -1, DIMENSIONS
            )
            self._piece_scales = _float(stored[_PREFIX + "word_embeddings.weight_scale"])
            places = np.frombuffer(stored[_PREFIX + "position_embeddings.weight_q"], dtype=np.int8).reshape(
                -1, DIMENSIONS
            )
            place_scales = _float(stored[_PREFIX + "position_embeddings.weight_scale"])
            kinds = _float(stored[_PREFIX + "token_type_embeddings.weight"])
            self._gain = _float(stored[_PREFIX + "LayerNorm.weight"])
            self._shift = _float(stored[_PREFIX + "LayerNorm.bias"])
        except KeyError as missing:
            raise ModelError(f"{path} holds no table {missing}: reinstall copydesk") from missing
        self._places = places.astype(np.float32) * place_scales[:, None] + kinds[:DIMENSIONS]

    def look_up(self, pieces: Sequence[int]) -> FloatMatrix:
        """A row a piece, float32 of shape (len(pieces), 384), normalised; at most 512 pieces."""
        ids = np.asarray(pieces, dtype=np.int64)
        rows = self._pieces[ids].astype(np.float32) * self._piece_scales[ids, None] + self._places[: len(ids)]
        rows -= rows.mean(axis=1, keepdims=True)
        rows /= np.sqrt((rows * rows).mean(axis=1, keepdims=True) + _EPSILON)
        return np.asarray(rows * self._gain + self._shift, dtype=np.float32)


@cache
def piece_table() -> PieceTable:
    """The table, read once."""
    return PieceTable()


@cache
def whole_tokenizer() -> Tokenizer:
    """The encoder's tokenizer without its limit of length and without the pieces that open and close."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(TOKENIZER.path()))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def _float(raw: memoryview) -> FloatMatrix:
    return np.frombuffer(raw, dtype="<f4").astype(np.float32)


def _initializers(model: bytes) -> Iterator[tuple[str, memoryview]]:
    """The name and raw bytes of every tensor that an ONNX file stores; its hash was checked before."""
    for number, graph in _fields(memoryview(model)):
        if number != _GRAPH:
            continue
        for inner, tensor in _fields(graph):
            if inner == _INITIALIZER:
                parts = dict(_fields(tensor))
                if _NAME in parts and _RAW in parts:
                    yield bytes(parts[_NAME]).decode(), parts[_RAW]


def _fields(message: memoryview) -> Iterator[tuple[int, memoryview]]:
    """The length-delimited fields of one protocol-buffers message; the others are passed over."""
    at = 0
    while at < len(message):
        key, at = _varint(message, at)
        kind = key & 7
        if kind == 2:
            size, at = _varint(message, at)
            yield key >> 3, message[at : at + size]
            at += size
        elif kind == 0:
            _, at = _varint(message, at)
        elif kind in (1, 5):
            at += 8 if kind == 1 else 4
        else:
            raise ModelError(f"a field of kind {kind} in an ONNX file, expected 0, 1, 2 or 5: reinstall copydesk")


def _varint(message: memoryview, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = message[at]
        at += 1
        value |= (byte & 127) << shift
        if byte < 128:
            return value, at
        shift += 7
