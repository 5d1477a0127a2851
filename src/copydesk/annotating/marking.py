"""Text and its tokens → how likely each one is source, cue or content, and of which cue.

A network reads stretches of an article with something of what stands around them: the all-MiniLM-L6-v2 encoder
(Apache-2.0), tuned on PolNeAR's training articles by training/marking.py, in whole numbers. For every word piece it gives four
shares (none, source, cue, content) and, by a product of two projections, which piece around is the cue that it goes with.
"""

from __future__ import annotations

import os
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib import resources
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from copydesk.errors import ModelError
from copydesk.language.pieces import CLOSING, OPENING, FloatMatrix, piece_table, whole_tokenizer
from copydesk.model.markup import Sentence, Tokens

if TYPE_CHECKING:  # slow to load, and an article in another language is never marked
    from onnxruntime import InferenceSession

NETWORK = "marks.onnx"
NONE, BY_SOURCE, BY_CUE, BY_CONTENT = range(4)
STRETCH_MAX = 190  # pieces read at once, besides the two that open and close; the network was tuned on as many
OWN_MAX = 144  # of these, pieces that are marked; the others only stand around them
SHORTEST = 30  # a stretch ends at the last sentence that fits, unless it would then be shorter
CUE_MIN = 0.3  # the least share of cue of a word that is taken for a part of one
SHARE_MIN = 0.02  # the least share of a token's bond to a cue that is kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """What the network makes of an article's tokens.

    `shares`: float32 of shape (tokens, 4), the columns none, source, cue and content; each row adds up to one.
    `listed`: the same as plain numbers, which are read faster one by one.
    `bonds`: for every token that may be a cue, the tokens that go with it and how surely, from 0 to 1.
    """

    shares: FloatMatrix
    bonds: Mapping[int, Mapping[int, float]]
    listed: Sequence[Sequence[float]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "listed", self.shares.tolist())

    def bonds_of(self, cue: int) -> dict[int, float]:
        """How surely every token goes with a cue or with another word of that cue ("quoted … as saying")."""
        own = self.bonds.get(cue, {})
        more: dict[int, float] = {}
        for word, share in own.items():
            if word != cue and self.shares[word, BY_CUE] >= CUE_MIN:
                for token, bond in self.bonds.get(word, {}).items():
                    more[token] = more.get(token, 0.0) + share * bond
        return {token: own.get(token, 0.0) + more.get(token, 0.0) for token in {**own, **more}}

    def cue_of(self, token: int) -> float:
        """How surely a token is a cue by itself, no mere part of one."""
        return float(self.shares[token, BY_CUE]) * self.bonds.get(token, {}).get(token, 0.0)


def no_marks(count: int) -> Marks:
    """The marks of tokens that nothing was read of."""
    shares = np.zeros((count, 4), dtype=np.float32)
    shares[:, NONE] = 1.0
    return Marks(shares=shares, bonds={})


class Marker:
    """A network that marks. Loads its file at the first use; every stretch runs by itself, one thread each."""

    def __init__(self, network: bytes, workers: int | None = None) -> None:
        self._network = network
        self._workers = workers or min(4, os.cpu_count() or 1)

    @cached_property
    def _session(self) -> InferenceSession:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        try:
            return onnxruntime.InferenceSession(self._network, options, providers=["CPUExecutionProvider"])
        except Exception as broken:
            raise ModelError(
                f"the network of quotes ({len(self._network)} bytes) can't be read: {broken}; reinstall copydesk"
            ) from broken

    def mark(self, text: str, sentences: Sequence[Sentence], tokens: Tokens) -> Marks:
        """The marks of one article. They depend on nothing but its text, tokens and sentences."""
        count = len(tokens)
        marks = no_marks(count)
        if not count:
            return marks
        encoding = whole_tokenizer().encode(text[: tokens.end[-1]], add_special_tokens=False)
        pieces, first_piece = encoding.ids, first_pieces(encoding.offsets, tokens)
        starts = [first_piece[s.first] for s in sentences if s.first < s.last]
        bonds: dict[int, dict[int, float]] = {}
        stretches = list(cut_stretches(len(pieces), [at for at in starts if at >= 0]))
        with ThreadPoolExecutor(self._workers) as pool:
            read = list(pool.map(lambda s: self._read(pieces[s.first : s.last]), stretches))
        places = np.asarray(first_piece)
        for stretch, (shares, arcs) in zip(stretches, read, strict=True):
            own = np.nonzero((places >= stretch.own_first) & (places < stretch.own_last))[0]
            seen = np.nonzero((places >= stretch.first) & (places < stretch.last))[0]
            rows, columns = places[own] - stretch.first + 1, places[seen] - stretch.first + 1
            marks.shares[own] = shares[rows]
            near = arcs[np.ix_(rows, columns)]
            for row, column in zip(*(found.tolist() for found in np.nonzero(near >= SHARE_MIN)), strict=True):
                bonds.setdefault(int(seen[column]), {})[int(own[row])] = float(near[row, column])
        return Marks(shares=marks.shares, bonds=bonds)

    def _read(self, pieces: Sequence[int]) -> tuple[FloatMatrix, FloatMatrix]:
        vectors = piece_table().look_up([OPENING, *pieces, CLOSING])
        shares, arcs = self._session.run(["labels", "arcs"], {"hidden": vectors[None]})
        return shares[0], arcs[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Pieces that are read at once, and those of them that are marked."""

    first: int
    last: int
    own_first: int
    own_last: int


def cut_stretches(count: int, starts: Sequence[int]) -> Iterator[Stretch]:
    """Stretches that together own every piece once, cut where sentences start as far as these are short enough."""
    ordered = sorted(set(starts))
    cuts = [0]
    while cuts[-1] < count:
        limit = cuts[-1] + OWN_MAX
        at = bisect_right(ordered, limit) - 1
        start = ordered[at] if at >= 0 else -1
        cuts.append(count if limit >= count else start if start > cuts[-1] + SHORTEST else limit)
    for own_first, own_last in pairwise(cuts):
        first = max(0, own_first - (STRETCH_MAX - (own_last - own_first)) // 2)
        last = min(count, first + STRETCH_MAX)
        yield Stretch(first=max(0, last - STRETCH_MAX), last=last, own_first=own_first, own_last=own_last)


def first_pieces(offsets: Sequence[tuple[int, int]], tokens: Tokens) -> list[int]:
    """For every token the first piece that shares a character with it, -1 for none."""
    found = [-1] * len(tokens)
    at = 0
    for number, (start, end) in enumerate(offsets):
        while at < len(tokens) and tokens.end[at] <= start:
            at += 1
        i = at
        while i < len(tokens) and tokens.start[i] < end:
            if found[i] < 0:
                found[i] = number
            i += 1
    return found


@cache
def load_marker() -> Marker:
    """The shipped network."""
    return Marker(resources.files("copydesk.annotating").joinpath("weights", NETWORK).read_bytes())
