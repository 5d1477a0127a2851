"""Prepared articles → one file a bucket, in which a block's articles lie together."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from copydesk.desk.corpus.blocks import Blocks
from copydesk.desk.corpus.schemas import load_arrow

BUCKETS = "_work/buckets"


def shuffle(files: Sequence[Path], blocks: Blocks, out: Path) -> list[str]:
    """The names of the buckets' files; a prepared file is in memory at a time, whatever the number of articles."""
    pa, ipc = load_arrow(), load_arrow("ipc")
    schema = pa.schema([("block", pa.int64()), ("article", pa.large_binary())])
    folder = out / BUCKETS
    folder.mkdir(parents=True, exist_ok=True)
    names = [f"{number:05}.arrows" for number in range(blocks.buckets)]
    streams = [(folder / f".{name}").open("wb") for name in names]
    writers = [ipc.new_stream(stream, schema) for stream in streams]
    first = 0
    for path in files:
        article = load_arrow("parquet").read_table(path, columns=["article"])["article"].combine_chunks()
        block = blocks.block[first : first + len(article)]
        bucket = blocks.bucket[first : first + len(article)]
        for number in np.unique(bucket).tolist():
            chosen = np.flatnonzero(bucket == number)
            rows = pa.record_batch([pa.array(block[chosen]), article.take(pa.array(chosen))], schema=schema)
            writers[number].write_batch(rows)
        first += len(article)
    for writer, stream, name in zip(writers, streams, names, strict=True):
        writer.close()
        stream.close()
        (folder / f".{name}").replace(folder / name)
    for left in folder.iterdir():
        if left.name not in set(names):
            left.unlink()
    return names
