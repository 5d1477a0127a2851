"""python training/clustering_background.py [DATA]: how common terms are in news → clustering/background.npz.

Counts, over every article of every set in DATA/scale/, in how many articles each term stands, and keeps a sketch that
lists no term. Takes about ten seconds.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections import Counter
from pathlib import Path

import numpy as np

from copydesk.clustering.background import FILE, sketch
from copydesk.clustering.terms import words_of

LEAST = 3  # a term of one or two articles says nothing about news at large
OUT = Path(__file__).parent.parent / "src" / "copydesk" / "clustering" / FILE


def main(data: Path) -> None:
    counts: Counter[str] = Counter()
    documents = 0
    for path in sorted((data / "scale").glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                record = json.loads(line)
                counts.update(set(words_of(f"{record.get('headline') or ''}\n\n{record['text']}")))
                documents += 1
    table = sketch(counts, LEAST)
    np.savez_compressed(OUT, steps=table, documents=np.int64(documents))
    kept = sum(c >= LEAST for c in counts.values())
    print(f"{documents} articles, {kept} of {len(counts)} terms, {OUT.stat().st_size} bytes in {OUT}")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/data"))
