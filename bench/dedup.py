"""Finding copies in a large pile: articles a second from text to pairs, recall by kind of copy and precision, MinHash beside.

The pile is made, seeded, from scale/: seven in ten articles are the openings of its articles and, when these are used up,
articles put together from its sentences in another order with every word but the commonest exchanged for one of like
frequency, so that only idiom is in common. Three in ten are copies, each of an article of its own: cut to a stretch of 40 %,
10 % or 20 % of the words exchanged, left out or put in. Real articles that share text with an earlier one are left out.
COPYDESK_BENCH_ARTICLES sets the size. All run on one thread and split the same texts into words.
"""

from __future__ import annotations

import importlib
import importlib.util
import os
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count, islice
from pathlib import Path
from random import Random
from time import perf_counter

import numpy as np

from bench.rows import Request, Row
from copydesk.linking import join_keys
from copydesk.linking.columns import IntColumn, KeyColumn
from copydesk.text.normalise import find_words
from copydesk.text.shingles import hash_ngrams, hash_words
from copydesk.tracing import find_near_copies
from evals.rows import read_records

ARTICLES = 10_000
LENGTH = 2000  # characters of an article, its opening: some 330 words
ORIGINALS = 0.7
KINDS = ("cut_40", "edited_10", "edited_20")
SEED = 31
COMMONEST, BAND = 40, 64  # words that stay, and how many of like frequency are exchanged among themselves
REAL_SHARE = 0.03  # share of the shorter of two real articles' 8-grams from which they share text
SHINGLE, PERMUTATIONS, BANDS, JACCARD = 5, 128, 32, 0.5  # 32 bands of 4 rows: even odds at a Jaccard of .42
GRAM, GRAM_ARTICLES_MAX, CONTAINMENT = 8, 1000, 0.1
WORD = re.compile(r"\w+")
Pair = tuple[int, int]
Find = Callable[[Sequence[str]], "set[Pair]"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Copied:
    """A pile's texts, and which pair is a copy of which kind."""

    texts: list[str]
    kinds: dict[Pair, str]


def run(request: Request) -> Iterator[Row]:
    """Articles a second, recall by kind and precision; of each peer too, and the ratios of speed."""
    files = sorted((request.data / "scale").glob("*.jsonl.gz")) if request.data.is_dir() else []
    if not files:
        print(f"bench: no scale/ under {request.data}", file=sys.stderr)
        return
    copied = make_pile(files[0], int(os.environ.get("COPYDESK_BENCH_ARTICLES", ARTICLES)))
    speed = {}
    for name, find in {"copydesk": by_copydesk, **(peers() if request.peers else {})}.items():
        start = perf_counter()
        found = find(copied.texts)
        speed[name] = len(copied.texts) / (perf_counter() - start)
        yield Row(bench="dedup", system=name, metric="articles_per_s", value=speed[name], n=len(copied.texts))
        for kind in KINDS:
            wanted = {pair for pair, made in copied.kinds.items() if made == kind}
            yield Row(bench="dedup", system=name, metric=f"recall.{kind}", value=len(wanted & found) / len(wanted), n=len(wanted))
        right = len(found & copied.kinds.keys())
        yield Row(bench="dedup", system=name, metric="precision", value=right / max(1, len(found)), n=len(found))
    for name in list(speed)[1:]:
        ratio = speed["copydesk"] / speed[name]
        yield Row(bench="dedup", system="ratio", metric=f"speed_to_{name}", value=ratio, n=len(copied.texts))


def make_pile(path: Path, size: int) -> Copied:
    """So many articles, copies among them, in an order that tells nothing."""
    random = Random(SEED)
    real = [record["text"][:LENGTH] for record in read_records(path)]
    texts = list(islice(_originals(real), max(1, round(size * ORIGINALS))))
    origins = random.sample(range(len(texts)), min(size - len(texts), len(texts)))
    words = [word for text in texts[:200] for word in text.split(" ")]
    kinds = {}
    for i, origin in enumerate(origins):
        kind = KINDS[i % len(KINDS)]
        kinds[origin, len(texts)] = kind
        texts.append(_cut(texts[origin], random) if kind == "cut_40" else _edit(texts[origin], int(kind[-2:]) / 100, (words, random)))
    place = list(range(len(texts)))
    random.shuffle(place)
    shuffled = [""] * len(texts)
    for i, text in enumerate(texts):
        shuffled[place[i]] = text
    return Copied(texts=shuffled, kinds={(min(place[a], place[b]), max(place[a], place[b])): k for (a, b), k in kinds.items()})


def _originals(real: Sequence[str]) -> Iterator[str]:
    """The real articles that share no text with an earlier one, then ever more that have their words' frequencies."""
    apart = [real[i] for i in _apart(real)]
    yield from apart
    sentences = list(dict.fromkeys(s for text in apart for s in re.split(r"(?<=[.!?]) |\n+", text) if s))
    ranked = [w for w, _ in Counter(w.lower() for text in real for w in WORD.findall(text)).most_common()]
    for turn in count(1):
        random = Random(SEED + turn)
        other = ranked[:COMMONEST]
        for start in range(COMMONEST, len(ranked), BAND):
            band = ranked[start : start + BAND]
            other += random.sample(band, len(band))
        exchange = dict(zip(ranked, other, strict=True))
        random.shuffle(sentences)
        parts, length = [], 0
        for sentence in sentences:
            parts.append(_reworded(sentence, exchange))
            length += len(sentence) + 1
            if length >= LENGTH:
                yield " ".join(parts)
                parts, length = [], 0


def _reworded(sentence: str, exchange: Mapping[str, str]) -> str:
    return WORD.sub(lambda m: exchange[m.group().lower()], sentence)


def _apart(real: Sequence[str]) -> list[int]:
    """The numbers of the texts without text in common with an earlier one, by all their 8-grams."""
    owner, key, size = _grams(real)
    shared = join_keys(owner, key, key_max=GRAM_ARTICLES_MAX)
    much = shared.shared > REAL_SHARE * np.minimum(size[shared.left], size[shared.right])
    later = set(shared.right[much].tolist())
    return [i for i in range(len(real)) if i not in later]


def _grams(texts: Sequence[str]) -> tuple[IntColumn, KeyColumn, IntColumn]:
    grams = [np.unique(hash_ngrams(hash_words([w.key for w in find_words(t)]), GRAM)) for t in texts]
    size = np.array([len(g) for g in grams], dtype=np.int64)
    return np.repeat(np.arange(len(texts)), size), np.concatenate(grams), size


def _cut(text: str, random: Random) -> str:
    words = text.split(" ")
    kept = max(1, round(len(words) * 0.4))
    start = random.randrange(len(words) - kept + 1)
    return " ".join(words[start : start + kept])


def _edit(text: str, share: float, source: tuple[Sequence[str], Random]) -> str:
    """The text with this share of its words exchanged, left out, or followed by another, a third each."""
    words, random = source
    out = []
    for word in text.split(" "):
        if random.random() >= share:
            out.append(word)
            continue
        way = random.randrange(3)
        out += ([random.choice(words)], [], [word, random.choice(words)])[way]
    return " ".join(out)


def by_copydesk(texts: Sequence[str]) -> set[Pair]:
    found = find_near_copies(texts)
    return set(zip(found.left.tolist(), found.right.tolist(), strict=True))


def peers() -> dict[str, Find]:
    """The peers that can run here, by name."""
    found: dict[str, Find] = {"winnowing": by_winnowing}
    for name, find in (("datasketch", by_datasketch), ("rensa", by_rensa)):
        if importlib.util.find_spec(name):
            found[name] = find
        else:
            print(f"bench: the peer {name} is not installed: left out", file=sys.stderr)
    return found


def by_winnowing(texts: Sequence[str]) -> set[Pair]:
    """All 8-grams; a pair by the share of the smaller article's that the other has."""
    owner, key, size = _grams(texts)
    joined = join_keys(owner, key, key_max=30)
    enough = joined.shared >= CONTAINMENT * np.minimum(size[joined.left], size[joined.right])
    return set(zip(joined.left[enough].tolist(), joined.right[enough].tolist(), strict=True))


def by_datasketch(texts: Sequence[str]) -> set[Pair]:
    """MinHash-LSH of 5-word shingles."""
    datasketch = importlib.import_module("datasketch")
    index = datasketch.MinHashLSH(params=(BANDS, PERMUTATIONS // BANDS), num_perm=PERMUTATIONS)
    pairs = set()
    for number, text in enumerate(texts):
        made = datasketch.MinHash(num_perm=PERMUTATIONS, seed=1)
        made.update_batch([s.encode() for s in _shingles(text)])
        pairs |= {(other, number) for other in index.query(made)}
        index.insert(number, made, check_duplication=False)
    return pairs


def by_rensa(texts: Sequence[str]) -> set[Pair]:
    """The same by rensa's R-MinHash, all texts in one call."""
    os.environ.setdefault("RAYON_NUM_THREADS", "1")
    rensa = importlib.import_module("rensa")
    made = rensa.RMinHash.from_token_sets((_shingles(text) for text in texts), PERMUTATIONS, 1)
    index = rensa.RMinHashLSH(JACCARD, PERMUTATIONS, BANDS)
    index.insert_many(made)
    return {(min(i, j), max(i, j)) for i, near in enumerate(index.query_all(made)) for j in near if i != j}


def _shingles(text: str) -> list[str]:
    words = [w.lower() for w in WORD.findall(text)]
    return [" ".join(words[i : i + SHINGLE]) for i in range(max(1, len(words) - SHINGLE + 1))]
