"""Pieces of a sentence → a vector for it and for each part that is asked for, and those vectors as bytes, and back."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from copydesk.model.parts import Part, Parts

FloatMatrix: TypeAlias = NDArray[np.float32]
Places: TypeAlias = Sequence[tuple[int, int]]  # where each piece starts and ends
PartRows: TypeAlias = tuple[FloatMatrix, FloatMatrix]  # the sentence and its fine parts; its rough parts
_NUMBER, _FINE, _ROUGH = np.dtype("<i4"), np.dtype("<f4"), np.dtype("<f2")


def pool(asked: Parts, places: Places, pieces: FloatMatrix) -> PartRows:
    """A row for the sentence and each fine part, and for each rough part: the direction of the mean of its pieces, zeros
    where none lies in it. Rough rows are rounded to half precision, so that they are the same when they were kept."""
    whole = direction(pieces)
    filled = [
        (start, end, k) for k, (start, end) in enumerate(places) if start < end
    ]  # the pieces that frame it have no letters
    fine = np.stack([whole, *(_pooled(filled, pieces, part) for part in asked.fine)])
    rough = np.zeros((len(asked.rough), pieces.shape[1]), dtype=_ROUGH)
    for n, part in enumerate(asked.rough):
        rough[n] = _pooled(filled, pieces, part)
    return fine, rough.astype(np.float32)


def no_rows(asked: Parts, dimensions: int) -> PartRows:
    """Zeros in place of the rows."""
    shapes = (1 + len(asked.fine), dimensions), (len(asked.rough), dimensions)
    return np.zeros(shapes[0], dtype=np.float32), np.zeros(shapes[1], dtype=np.float32)


def pack_rows(asked: Parts, rows: PartRows) -> bytes:
    """The rows as bytes, with the parts that they are of."""
    return b"".join((_heading(asked), rows[0].astype(_FINE).tobytes(), rows[1].astype(_ROUGH).tobytes()))


def unpack_rows(asked: Parts, record: bytes, dimensions: int) -> PartRows | None:
    """The rows, bit for bit as they were packed; None where the bytes hold other parts than these."""
    heading = _heading(asked)
    fine, rough = (1 + len(asked.fine)) * dimensions, len(asked.rough) * dimensions
    middle = len(heading) + fine * _FINE.itemsize
    if len(record) != middle + rough * _ROUGH.itemsize or not record.startswith(heading):
        return None
    first = np.frombuffer(record, dtype=_FINE, count=fine, offset=len(heading)).reshape(-1, dimensions)
    second = np.frombuffer(record, dtype=_ROUGH, count=rough, offset=middle).reshape(-1, dimensions)
    return first, second.astype(np.float32)


def _heading(asked: Parts) -> bytes:
    numbers = [len(asked.fine), len(asked.rough)]
    for part in (*asked.fine, *asked.rough):
        numbers.append(len(part))
        for stretch in part:
            numbers += stretch
    return np.array([len(numbers), *numbers], dtype=_NUMBER).tobytes()


def _pooled(filled: Sequence[tuple[int, int, int]], pieces: FloatMatrix, stretches: Part) -> FloatMatrix:
    """The direction of the mean of the pieces that lie in stretches of their sentence; zeros where none does. `filled`
    holds where each piece starts and ends, in order, and which it is."""
    inside: set[int] = set()
    for first, last in stretches:
        at = bisect_right(filled, first, key=_end)
        while at < len(filled) and filled[at][0] < last:
            inside.add(filled[at][2])
            at += 1
    return direction(pieces[sorted(inside)])


def _end(piece: tuple[int, int, int]) -> int:
    return piece[1]


def direction(rows: FloatMatrix) -> FloatMatrix:
    """The mean of rows, of length 1; zeros where there is none."""
    if not len(rows):
        return np.zeros(rows.shape[1], dtype=np.float32)
    mean: FloatMatrix = rows.mean(axis=0)
    length = float(np.linalg.norm(mean))
    return mean / np.float32(length) if length else mean
