"""A desk: how fast articles come onto it and stories are brought up to date, how that grows, and how fast a search is.

Articles are those of scale/ in order of publication, as a desk sees them, the newest of them those that come to it; of each
the first `CHARS` characters, so that a desk of thousands is built in minutes. BENCH_DESK_ARTICLES sets how many are on it
before; BENCH_DESK_AT names a folder where that desk is built once and left: then only its growth is measured, in a copy. Growth is in processor seconds, so that a machine that does other work counts for little; searches are timed by the
clock, on `SEARCHED` articles of made-up words, as frequent as words are.
"""

from __future__ import annotations

import os
import random
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import perf_counter, process_time

import numpy as np

from bench.rows import Request, Row
from copydesk import desk
from copydesk.desk.adding import keep, settle_all
from copydesk.model.articles import Article
from copydesk.model.captures import Capture, Stated
from copydesk.model.desks import ArticleVoice, StoredText, StoryRow
from copydesk.model.times import When
from copydesk.store import SqliteStore
from evals.rows import read_records

CHARS = 700
NEW = 100  # articles that come to a desk
BEFORE = int(os.environ.get("BENCH_DESK_ARTICLES", "3900"))  # that are on it already: scale/ has 4,000
AT = os.environ.get("BENCH_DESK_AT")
SEARCHED = 20_000
WORDS = 60_000  # different ones
QUERIES = 100  # of each form
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def run(request: Request) -> Iterator[Row]:
    """Growth over articles of scale/, then searches."""
    files = sorted((request.data / "scale").glob("*.jsonl.gz")) if request.data.is_dir() else []
    with tempfile.TemporaryDirectory() as folder:
        if files:
            captures = read_captures(files[0])[-BEFORE - NEW :]
            if AT:
                yield from growth_again(Path(folder), Path(AT), (captures[:-NEW], captures[-NEW:]))
                return
            yield from growth(Path(folder), captures[:-NEW], captures[-NEW:])
        else:
            print(f"bench: no scale/ under {request.data}", file=sys.stderr)
        yield from searches(Path(folder))


def read_captures(path: Path) -> list[Capture]:
    """The records of a file as captures in order of publication, those without a day first; each cut at the end of a word."""
    found = []
    for record in sorted(read_records(path), key=lambda r: (str(r.get("published") or ""), str(r["id"]))):
        stated = Stated(by="container", url=record.get("url"), outlet=record.get("outlet"), published=record.get("published"))
        text = str(record["text"])[:CHARS].rpartition(" ")[0]
        content = f"{record.get('headline') or ''}\n\n{text}".encode()
        found.append(Capture(id=str(record["id"]), path=str(record["id"]), content=content, medium="text", stated=(stated,)))
    return found


def put(folder: Path, captures: Sequence[Capture]) -> tuple[float, float]:
    """The processor seconds of adding captures to the desk of a folder, and of the update behind it, with models loaded."""
    with desk.open_desk(folder) if (folder / desk.STORE_NAME).exists() else desk.create_desk(folder) as found:
        list(found.tools.tagger.tag(["Load the models first."]))
        found.tools.encoder.encode(["Load the models first."])
        start = process_time()
        for first in range(0, len(captures), 16):
            keep(found, captures[first : first + 16])
        for _ in settle_all(found):
            pass
        added = process_time()
        desk.update(found)
        return added - start, process_time() - added


def growth(folder: Path, before: Sequence[Capture], new: Sequence[Capture]) -> Iterator[Row]:
    """What the same articles cost on an empty desk and on one that holds others, and whether both ways end alike."""
    put(folder / "warm", new[:8])  # what is loaded at the first use is no price of the first desk
    empty = put(folder / "empty", new)
    added, updated = put(folder / "grown", before)
    yield Row(bench="desk", system="copydesk", metric="add_per_s", value=len(before) / added, n=len(before))
    yield Row(bench="desk", system="copydesk", metric="first_update_per_s", value=len(before) / updated, n=len(before))
    idle = put(folder / "grown", ())[1]
    yield Row(bench="desk", system="copydesk", metric="idle_update_ms_per_article", value=1000 * idle / len(before), n=len(before))
    yield from growth_rows(empty, put(folder / "grown", new), len(before))
    with desk.open_desk(folder / "grown") as found:
        size = sum(p.stat().st_size for p in (folder / "grown").iterdir()) / max(1, len(before) + len(new))
        yield Row(bench="desk", system="copydesk", metric="bytes_per_article", value=size, n=found.store.counts().articles)
    put(folder / "once", [*before, *new])
    yield from same_rows(folder / "once", folder / "grown")


def growth_again(folder: Path, at: Path, captures: tuple[Sequence[Capture], Sequence[Capture]]) -> Iterator[Row]:
    """The growth of a copy of a desk that was built before, or is now and stays."""
    before, new = captures
    put(at, () if (at / desk.STORE_NAME).exists() else before)  # of another version it is brought up to date
    shutil.copytree(at, folder / "grown")
    put(folder / "warm", new[:8])
    yield from growth_rows(put(folder / "empty", new), put(folder / "grown", new), len(before))
    size = sum(p.stat().st_size for p in (folder / "grown").iterdir()) / (len(before) + len(new))
    yield Row(bench="desk", system="copydesk", metric="bytes_per_article", value=size, n=len(before) + len(new))


def growth_rows(empty: tuple[float, float], grown: tuple[float, float], before: int) -> Iterator[Row]:
    """Processor seconds of adding and updating on both desks, and their ratio."""
    for name, (first, second) in (("empty", empty), ("grown", grown)):
        yield Row(bench="desk", system="copydesk", metric=f"{name}_add_s", value=first, n=NEW)
        yield Row(bench="desk", system="copydesk", metric=f"{name}_update_s", value=second, n=NEW)
    yield Row(bench="desk", system="ratio", metric=f"grown_to_empty_{before}", value=sum(grown) / sum(empty), n=NEW)


def same_rows(once: Path, grown: Path) -> Iterator[Row]:
    """The share of stories that both desks have: the same articles; then the same voices, and the same facts."""
    found: list[dict[frozenset[str], tuple[frozenset[str], frozenset[tuple[str, str]]]]] = []
    for folder in (once, grown):
        with desk.open_desk(folder) as opened:
            dossiers = (desk.open_dossier(opened, row.id) for row in desk.list_stories(opened))
            found.append({
                frozenset(d.story.articles): (frozenset(v.id for v in d.voices), frozenset((f.id, f.status) for f in d.facts))
                for d in dossiers
            })  # fmt: skip
    first, second = found
    both = first.keys() & second.keys()
    for metric, same in (
        ("same_stories", len(both)),
        ("same_voices", sum(first[k][0] == second[k][0] for k in both)),
        ("same_facts", sum(first[k][1] == second[k][1] for k in both)),
    ):
        yield Row(bench="desk", system="copydesk", metric=metric, value=same / max(1, len(first)), n=len(first))


def searches(folder: Path) -> Iterator[Row]:
    """Milliseconds of searches of each form, the middle one and the 95th of a hundred."""
    rng = random.Random(7)
    store = SqliteStore(folder / "searched" / "desk.sqlite")
    start = perf_counter()
    vocabulary = fill(store, SEARCHED)
    yield Row(bench="desk", system="copydesk", metric="indexed_per_s", value=SEARCHED / (perf_counter() - start), n=SEARCHED)
    store.close()
    (folder / "searched" / "copydesk.toml").touch()
    with desk.open_desk(folder / "searched") as found:
        forms: dict[str, Callable[[], str]] = {
            "word": lambda: _word(rng, vocabulary),
            "two_words": lambda: f"{_word(rng, vocabulary)} {_word(rng, vocabulary)}",
            "phrase": lambda: f'"{vocabulary[0]} {_word(rng, vocabulary)}"',
            "who_and_day": lambda: f"{_word(rng, vocabulary)} who:{_word(rng, vocabulary)} after:2026-03",
            "outlet": lambda: f"{vocabulary[rng.randrange(3)]} outlet:outlet{rng.randrange(40)}",
            "voice": lambda: f"{_word(rng, vocabulary)} voice:voice{rng.randrange(40)}",
            "story": lambda: f"{vocabulary[1]} story:s-{rng.randrange(SEARCHED // 4)}",
            "begin": lambda: f"{_word(rng, vocabulary)[:4]}*",
            "begin_short": lambda: f"{_word(rng, vocabulary)[:2]}*",
        }
        every: list[float] = []
        for name, make in forms.items():
            taken = [_timed(found, make()) for _ in range(QUERIES)]
            every += taken
            yield from _rows(name, taken)
        passages = [" ".join(_word(rng, vocabulary) for _ in range(60)) for _ in range(QUERIES)]
        taken = [_timed_like(found, passage) for passage in passages]
        yield from _rows("like", taken)
        yield from _rows("all", [*every, *taken])


def fill(store: SqliteStore, count: int) -> list[str]:
    """Puts made-up articles into a store, words as frequent as in speech; gives the words, the most frequent first."""
    rng = random.Random(11)
    letters = "bdfgklmnprstvz"
    vocabulary = sorted({"".join(rng.choice(letters) + rng.choice("aeiou") for _ in range(rng.randint(2, 5))) for _ in range(WORDS)})
    rng.shuffle(vocabulary)
    ranks = np.random.default_rng(11).zipf(1.2, size=count * 250)
    words = [vocabulary[int(r) - 1] if r <= len(vocabulary) else vocabulary[int(r) % len(vocabulary)] for r in ranks]
    rows, voices = [], []
    for first in range(0, count, 500):
        with store.writing():
            for i in range(first, min(count, first + 500)):
                article = _article(i, words[i * 250 : i * 250 + 250])
                store.put_text(StoredText(article=article, capture=article.id, number=1, added=NOON, key=f"url:{i}"))
                store.set_names({article.id: "\n".join(w.title() for w in words[i * 250 : i * 250 + 250 : 25])})
                voices.append(ArticleVoice(article=article.id, voice=f"v-{i % 400}", name=f"voice{i % 400}", share=1.0))
    for story in range(count // 4):
        articles = tuple(f"a-{i:06}" for i in range(story * 4, story * 4 + 4))
        rows.append(StoryRow(
            id=f"s-{story}", key=f"k-{story}", headline="made up", articles=articles, voices=(), facts=0, corroborated=0,
            disputed=0, conflicts=0, value=None, earliest=None, latest=None, outlets=(), languages=(), places=(), arrivals=(),
            added=NOON, changed=NOON,
        ))  # fmt: skip
    store.put_stories(rows, {}, voices)
    return vocabulary


def _article(number: int, words: Sequence[str]) -> Article:
    day = date(2026, 1, 1) + timedelta(days=number % 300)
    text = " ".join(words[:8]) + "\n\n" + " ".join(words[8:])
    return Article(
        id=f"a-{number:06}", path=f"made/{number}", url=None, sha256="0" * 64, headline=" ".join(words[:8]), byline=None,
        dateline=None, outlet=f"outlet{number % 400}", language="en", compared=True, reason=None,
        published=When(value=day.isoformat(), earliest=day, latest=day, precision="day", method="made up"), modified=None,
        observed=None, credits=(), text=text, source_text=text, blocks=(),
    )  # fmt: skip


def _word(rng: random.Random, vocabulary: Sequence[str]) -> str:
    """A frequent word as often as a rare one."""
    return vocabulary[min(len(vocabulary) - 1, int(np.exp(rng.uniform(0, np.log(len(vocabulary))))))]


def _timed(found: desk.Desk, query: str) -> float:
    start = perf_counter()
    desk.search(found, query)
    return (perf_counter() - start) * 1000


def _timed_like(found: desk.Desk, passage: str) -> float:
    start = perf_counter()
    desk.search_like(found, passage)
    return (perf_counter() - start) * 1000


def _rows(name: str, taken: Sequence[float]) -> Iterator[Row]:
    for metric, share in (("p50", 0.5), ("p95", 0.95)):
        value = sorted(taken)[min(len(taken) - 1, int(share * len(taken)))]
        yield Row(bench="desk", system="copydesk", metric=f"search_{name}_{metric}_ms", value=value, n=len(taken))
