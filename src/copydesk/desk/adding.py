"""Inputs → captures kept → articles, revisions, or the reason why not."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from typing import BinaryIO, TypeVar

from copydesk import pipeline
from copydesk.cleaning import lines_of
from copydesk.desk.crediting import credited
from copydesk.desk.project import Desk
from copydesk.desk.renaming import renamed
from copydesk.model.articles import Article, Repeats
from copydesk.model.captures import Capture, Skipped
from copydesk.model.desks import Event, Settled, StoredText
from copydesk.reading import page_key, read, read_about
from copydesk.text.normalise import find_words

BATCH = 16  # captures kept, or cleaned, in one transaction: a kill loses less than a second's work
ALIKE = 0.5  # share of four-word runs from which a file found again under its path is the same article
GRAM = 4
PAGES = 0  # the key under which a store counts pages

Item = TypeVar("Item")
Told = Callable[[Settled], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What an add, a fetch or a rest of one brought: every capture settled now, and what was no capture."""

    settled: tuple[Settled, ...] = ()
    known: int = 0  # captures that the desk had already, byte for byte
    skipped: tuple[Skipped, ...] = ()

    def count(self, became: str) -> int:
        return sum(s.became == became for s in self.settled)


def join_added(parts: Sequence[Added]) -> Added:
    """Several as one."""
    return Added(
        settled=tuple(s for part in parts for s in part.settled),
        known=sum(part.known for part in parts),
        skipped=tuple(s for part in parts for s in part.skipped),
    )


def tell_nobody(settled: Settled) -> None:
    """Nobody is told."""


def add(
    desk: Desk,
    inputs: Sequence[str | Path],
    *,
    about: Path | None = None,
    stdin: BinaryIO | None = None,
    told: Told = tell_nobody,
) -> Added:
    """Every article of the inputs on the desk. What was told of is kept, whatever happens afterwards.

    Files, folders and containers as `copydesk brief` takes them. What an earlier run left waiting is settled too.
    Raises CorrectionsError, StoreError.
    """
    found = read([str(i) for i in inputs], desk.options.reading, stdin=stdin, about=read_about(about) if about else ())
    known, skipped = 0, []
    done = 0
    desk.progress("reading", 0, None)
    for batch in batches(found, BATCH):
        captures = [c for c in batch if isinstance(c, Capture)]
        lost = [c for c in batch if isinstance(c, Skipped)]
        known += len(captures) - keep(desk, captures, lost)
        skipped += lost
        done += len(batch)
        desk.progress("reading", done, None)
    return Added(settled=tuple(settle_all(desk, told)), known=known, skipped=tuple(skipped))


def keep(desk: Desk, captures: Sequence[Capture], skipped: Sequence[Skipped] = ()) -> int:
    """Keeps captures in one transaction and counts their lines; gives how many were new."""
    keys = [_line_keys(desk, capture) for capture in captures]
    now, new = desk.now(), 0
    with desk.store.writing():
        for capture, (content, lines) in zip(captures, keys, strict=True):
            if not desk.store.put_capture(capture, now):
                continue
            new += 1
            if not desk.store.line_counts([content]):  # pages of the same text count as one page
                desk.store.count_lines([content, *lines])
        for lost in skipped:
            desk.store.put_skipped(lost, now)
    return new


def settle_all(desk: Desk, told: Told = tell_nobody) -> Iterator[Settled]:
    """Cleans what waits, a batch a transaction, and gives what became of each."""
    total, done = desk.store.counts().waiting, 0
    while waiting := desk.store.waiting(BATCH):
        repeats = _repeats(desk, waiting)
        quiet = replace(desk.tools, progress=lambda *far: None)
        cleaned = pipeline.clean_all(waiting, quiet, desk.options, repeats)
        fresh = []
        with desk.store.writing():
            for capture, article in zip(waiting, cleaned, strict=True):
                if desk.store.became(capture.id) == "waiting":  # else another process was quicker
                    fresh.append(_settle(desk, capture, article))
        for settled in fresh:
            told(settled)
            yield settled
        done += len(waiting)
        desk.progress("cleaning", done, max(total, done))


def _settle(desk: Desk, capture: Capture, article: Article | Skipped) -> Settled:
    if isinstance(article, Skipped):
        settled = Settled(
            capture=capture.id, path=capture.path, became="skipped", reason=f"{article.stage}: {article.reason}"
        )
    else:
        settled = _settle_article(desk, capture, credited(article, capture))
    desk.store.settle(settled)
    return settled


def _settle_article(desk: Desk, capture: Capture, article: Article) -> Settled:
    key, now = article_key(article), desk.now()
    held = desk.store.article_at(key) if key is not None else None
    texts = desk.store.texts(held) if held is not None else ()
    if texts and key is not None and key.startswith("path:") and not _alike(texts[-1].article.text, article.text):
        texts, key = (), None  # another article now lies under the same name
    if not texts:
        desk.store.put_text(StoredText(article=article, capture=capture.id, number=1, added=now, key=key))
        return Settled(capture=capture.id, path=capture.path, became="article", article=article.id)
    first = texts[0].article.id
    if texts[-1].article.text == article.text:
        return Settled(capture=capture.id, path=capture.path, became="same", article=first)
    number = texts[-1].number + 1
    newer = renamed(article, first)
    desk.store.put_text(StoredText(article=newer, capture=capture.id, number=number, added=now, key=key))
    words = f"{article.headline or capture.path}: text {number} differs from the one before"
    desk.store.tell(Event(at=now, kind="revised", story=desk.store.story_of(first), article=first, words=words))
    return Settled(capture=capture.id, path=capture.path, became="revision", article=first)


def article_key(article: Article) -> str | None:
    """By what a later capture of an article is known: its address, else the path of its file; None for a home page."""
    if article.url:
        key = page_key(article.url)
        return f"url:{key}" if "/" in key or "?" in key else None
    if article.path.startswith("-"):
        return None
    return path_key(article.path)


def path_key(path: str) -> str:
    """The key of an article without an address: where its file lies."""
    return f"path:{os.path.abspath(path)}"  # noqa: PTH100 - no link is followed: a path inside a container is no path


def _alike(one: str, other: str) -> bool:
    """Whether most of the shorter text's wording stands in the other."""
    grams = []
    for text in (one, other):
        words = [word.key for word in find_words(text)]
        grams.append({tuple(words[i : i + GRAM]) for i in range(max(1, len(words) - GRAM + 1))})
    return len(grams[0] & grams[1]) >= ALIKE * min(map(len, grams))


def _line_keys(desk: Desk, capture: Capture) -> tuple[int, tuple[int, ...]]:
    """The number of a capture's content, and those of what its lines are counted under."""
    found = lines_of(capture, desk.options.cleaning)
    content = number_of(b"content\t" + capture.content)
    if found is None:
        return content, ()
    site, keys = found
    names = [f"\t{key}" for key in keys] + [f"{site}\t{key}" for key in keys if site]
    return content, (PAGES, *sorted({number_of(name.encode("utf-8", "replace")) for name in names}))


def _repeats(desk: Desk, captures: Sequence[Capture]) -> Repeats:
    """The lines of these captures that stand on two pages of the desk or more."""
    by_pile: dict[str, int] = {}
    by_outlet: dict[str, int] = {}
    for capture in captures:
        site, keys = lines_of(capture, desk.options.cleaning) or ("", frozenset())
        by_pile |= {key: number_of(f"\t{key}".encode("utf-8", "replace")) for key in keys}
        if site:
            by_outlet |= {f"{site}\t{key}": number_of(f"{site}\t{key}".encode("utf-8", "replace")) for key in keys}
    counts = desk.store.line_counts([PAGES, *by_pile.values(), *by_outlet.values()])
    return Repeats(
        pages=counts.get(PAGES, 0),
        by_pile={key: counts[n] for key, n in by_pile.items() if counts.get(n, 0) > 1},
        by_outlet={key: counts[n] for key, n in by_outlet.items() if counts.get(n, 0) > 1},
    )


def number_of(name: bytes) -> int:
    """A whole number for a name, as SQLite holds it; never 0."""
    return int.from_bytes(blake2b(name, digest_size=8).digest(), "big", signed=True) or 1


def batches(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """The items in lists of so many."""
    waiting = iter(items)
    while batch := list(islice(waiting, size)):
        yield batch
