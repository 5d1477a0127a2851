"""Tracing of growing piles: time, memory and their growth, MinHash-LSH beside it, and the pairs against brute force.

The piles are the first articles of scale/, cut to their first 700 characters, and for every four of them one that was
made from one of them: sentences left out, words exchanged. ×1 is 125 articles, ×32 is 4,000. Sentences are encoded
once, before the clock starts: what that costs is a row of its own and grows with unique sentences alone.
"""

from __future__ import annotations

import importlib
import importlib.util
import sys
import tracemalloc
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random
from time import perf_counter

import numpy as np

from bench.rows import Request, Row
from copydesk.language.encoder import CachedEncoder, MiniLmEncoder
from copydesk.model.articles import Article, Block
from copydesk.model.copies import Trace
from copydesk.model.markup import Markup, Sentence, Tokens
from copydesk.model.piles import Pile
from copydesk.model.times import UNKNOWN_WHEN
from copydesk.text.normalise import find_words
from copydesk.text.sentences import find_sentences
from copydesk.tracing import TracingOptions, trace
from evals.rows import read_records

UNIT, MULTIPLES = 125, (1, 2, 4, 8, 16, 32)
COPIES_EVERY = 5  # every fifth article is a copy
LENGTH = 700  # characters of an article: the encoder takes longer than all the rest
LEFT_OUT, EXCHANGED = 0.2, 0.05  # shares of a copy's sentences, and of its words
BRUTE = 2000  # articles on which every pair is held against every other
SHINGLE, PERMUTATIONS, JACCARD = 5, 128, 0.3
SEED = 11
NO_TOKENS = Tokens(start=(), end=(), lemma=(), pos=(), tag=(), dep=(), head=())


def run(request: Request) -> Iterator[Row]:
    """Seconds and megabytes a multiple, their slopes on a log-log scale, and the share of brute force's links found."""
    files = sorted((request.data / "scale").glob("*.jsonl.gz")) if request.data.is_dir() else []
    if not files:
        print(f"bench: no scale/ under {request.data}", file=sys.stderr)
        return
    pile = resample(files[0], UNIT * MULTIPLES[-1])
    encoder = CachedEncoder(MiniLmEncoder())
    start = perf_counter()
    unique = sorted({a.text[s.start : s.end] for a, m in zip(pile.articles, pile.markups, strict=True) for s in m.sentences})
    encoder.encode(unique)
    yield _row("encode_s_a_1000", (perf_counter() - start) / len(unique) * 1000, len(unique))
    sizes = [UNIT * m for m in MULTIPLES if UNIT * m <= len(pile.articles)]
    seconds, megabytes = [], []
    for n in sizes:
        taken, peak, found = _measure(first(pile, n), encoder)
        seconds.append(taken)
        megabytes.append(peak)
        yield _row("seconds", taken, n)
        yield _row("megabytes", peak, n)
        yield _row("links", len(found.links), n)
        yield _row("keys_cut", found.keys_cut, n)
    yield _row("slope_seconds", slope(sizes, seconds), sizes[-1])
    yield _row("slope_megabytes", slope(sizes, megabytes), sizes[-1])
    if request.peers:
        yield from _peer(pile, sizes)
    yield from _against_brute_force(first(pile, BRUTE), encoder)


def resample(path: Path, count: int) -> Pile:
    """So many articles: real ones and, every fifth, one that was made from an earlier one."""
    random = Random(SEED)
    texts: list[str] = []
    real = read_records(path)
    while len(texts) < count:
        if len(texts) % COPIES_EVERY == COPIES_EVERY - 1:
            texts.append(edit(random.choice(texts), random))
        elif (record := next(real, None)) is not None:
            texts.append(record["text"][:LENGTH])
        else:
            break
    return Pile(
        articles=tuple(bare_article(i, text) for i, text in enumerate(texts)),
        markups=tuple(_mark_up(i, text) for i, text in enumerate(texts)),
    )


def edit(text: str, random: Random, left_out: float = LEFT_OUT, exchanged: float = EXCHANGED) -> str:
    """A copy of a text with these shares of its sentences left out and of its words exchanged for others of it."""
    kept = [text[s:e] for s, e in find_sentences(text) if random.random() >= left_out] or [text]
    words = " ".join(kept).split(" ")
    return " ".join(random.choice(words) if random.random() < exchanged else word for word in words)


def bare_article(number: int, text: str) -> Article:
    """An article of which nothing is known but its text."""
    return Article(
        id=f"{number:06}", path=f"{number:06}", url=None, sha256="", headline="", byline=None, dateline=None, outlet=None,
        language="en", compared=True, reason=None, published=UNKNOWN_WHEN, modified=None, observed=None, credits=(),
        text=text, source_text=text, blocks=(Block(kind="body", start=0, end=len(text), at=0, reason="bench"),),
    )  # fmt: skip


def _mark_up(number: int, text: str) -> Markup:
    sentences = tuple(Sentence(start=s, end=e, first=0, last=0) for s, e in find_sentences(text))
    return Markup(article=f"{number:06}", sentences=sentences, tokens=NO_TOKENS, names=(), quotes=(), times=(), quantities=())


def first(pile: Pile, n: int) -> Pile:
    """The first articles of a pile."""
    return replace(pile, articles=pile.articles[:n], markups=pile.markups[:n])


def _measure(pile: Pile, encoder: CachedEncoder) -> tuple[float, float, Trace]:
    """Seconds and, in a second run that is slower for it, the peak of megabytes beyond what was held before."""
    start = perf_counter()
    found = trace(pile, encoder, TracingOptions())
    taken = perf_counter() - start
    tracemalloc.start()
    trace(pile, encoder, TracingOptions())
    peak = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    return taken, peak, found


def slope(sizes: Sequence[int], values: Sequence[float]) -> float:
    """The growth on a log-log scale: 1 is linear, 2 quadratic."""
    return float(np.polyfit(np.log(sizes), np.log(values), 1)[0]) if len(sizes) > 1 else 0.0


def _against_brute_force(pile: Pile, encoder: CachedEncoder) -> Iterator[Row]:
    """The links found with keys cut and pairs screened by their words, as a share of those that nothing cut and every
    sentence held against every other give."""
    wanted = _pairs(trace(pile, encoder, TracingOptions(fingerprint_articles_max=len(pile.articles), exhaustive=True)))
    found = _pairs(trace(pile, encoder, TracingOptions()))
    yield _row("brute_force_links", len(wanted), len(pile.articles))
    yield _row("brute_force_found", len(wanted & found) / max(1, len(wanted)), len(pile.articles))
    yield _row("beyond_brute_force", len(found - wanted), len(pile.articles))


def _pairs(found: Trace) -> set[frozenset[str]]:
    return {frozenset((x.origin, x.copy)) for x in found.links if x.origin is not None}


def _peer(pile: Pile, sizes: Sequence[int]) -> Iterator[Row]:
    """MinHash-LSH of 5-word shingles: near-duplicates, no passages, no direction."""
    if importlib.util.find_spec("datasketch") is None:
        print("bench: the peer datasketch is not installed: left out", file=sys.stderr)
        return
    datasketch = importlib.import_module("datasketch")
    seconds = []
    for n in sizes:
        start = perf_counter()
        index = datasketch.MinHashLSH(threshold=JACCARD, num_perm=PERMUTATIONS)
        pairs = 0
        for article in pile.articles[:n]:
            words = [w.key for w in find_words(article.text)]
            made = datasketch.MinHash(num_perm=PERMUTATIONS, seed=1)
            made.update_batch([" ".join(words[i : i + SHINGLE]).encode() for i in range(max(1, len(words) - SHINGLE + 1))])
            pairs += len(index.query(made))
            index.insert(article.id, made)
        seconds.append(perf_counter() - start)
        yield Row(bench="tracing", system="datasketch", metric="seconds", value=seconds[-1], n=n)
        yield Row(bench="tracing", system="datasketch", metric="links", value=pairs, n=n)
    yield Row(bench="tracing", system="datasketch", metric="slope_seconds", value=slope(sizes, seconds), n=sizes[-1])


def _row(metric: str, value: float, n: int) -> Row:
    return Row(bench="tracing", system="copydesk", metric=metric, value=value, n=n)
