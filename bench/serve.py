"""The desk in the browser: milliseconds a page, the middle one and the 95th of a hundred, on a desk of many articles.

Articles and stories are made up (`BENCH_SERVE_ARTICLES`, four a story): each story has a dossier with facts, claims,
copies, quotes and entities as many as a usual one, and each asking is for another story, so that no page is answered
from memory that a reader would not have warmed. Requests go through the whole application, but not over a socket.
"""

from __future__ import annotations

import os
import random
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import perf_counter

from starlette.testclient import TestClient

from bench.rows import Request, Row
from copydesk import desk
from copydesk.desk.looking import DOSSIER
from copydesk.model.articles import Article, Block
from copydesk.model.copies import CopyLink, Passage, Voice, VoiceShare
from copydesk.model.desks import ArticleVoice, StoredText, StoryRow
from copydesk.model.dossiers import Dossier, Statement, TracedArticle
from copydesk.model.spans import Span, Stretch
from copydesk.model.stories import Alias, Claim, Conflict, Entity, Fact, Membership, Moment, Quote, Side, Story, Support
from copydesk.model.times import When
from copydesk.store import SqliteStore
from copydesk.web import Rules, make_app

ARTICLES = int(os.environ.get("BENCH_SERVE_ARTICLES", "20000"))
A_STORY, SENTENCES, WORDS = 4, 18, 22
LARGE = 60  # articles of the one large story
ASKED = 100
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
LETTERS = "bdfgklmnprstvz"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Made:
    """One article with where its sentences stand."""

    article: Article
    sentences: tuple[tuple[int, int], ...]


def run(request: Request) -> Iterator[Row]:
    """Each page in turn over different stories, first reading included."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        desk.create_desk(folder).close()
        store = SqliteStore(folder / desk.STORE_NAME)
        rows = fill(store, ARTICLES)
        store.close()
        with TestClient(make_app(folder, Rules(), lambda: NOON), base_url="http://127.0.0.1:8642") as client:
            start = perf_counter()
            client.get("/")
            yield _row("first_front_ms", (perf_counter() - start) * 1000, 1)
            rng = random.Random(5)
            pages = _pages(rng, rows)
            for page, make in pages.items():
                taken = [_timed(client, make()) for _ in range(ASKED)]
                yield from _rows(page, taken)
            yield from _rows("large_story_again", [_timed(client, f"/stories/{rows[0].id}") for _ in range(20)])


def _pages(rng: random.Random, rows: Sequence[StoryRow]) -> dict[str, Callable[[], str]]:
    def some() -> StoryRow:
        return rows[rng.randrange(1, len(rows))]

    def pair() -> str:
        row = some()
        return f"/compare?a={row.articles[0]}&b={row.articles[1]}"

    return {
        "front": lambda: "/",
        "front_filtered": lambda: f"/?voices=2&outlet=outlet{rng.randrange(400)}",
        "story": lambda: f"/stories/{some().id}",
        "article": lambda: f"/articles/{some().articles[0]}?show=claims&show=voices",
        "compare": pair,
        "search": lambda: f"/search?q={_word(rng)[:2]}*",
        "sources": lambda: "/sources",
        "now": lambda: "/now?after=0",
        "api_story": lambda: f"/api/stories/{some().id}",
    }


def fill(store: SqliteStore, count: int) -> list[StoryRow]:
    """Puts made-up stories on a desk, the first a large one."""
    rng = random.Random(3)
    vocabulary = [_word(rng) for _ in range(20_000)]
    rows: list[StoryRow] = []
    voices: list[ArticleVoice] = []
    number = 0
    while number < count:
        with store.writing():
            for _ in range(100):
                if number >= count:
                    break
                size = min(LARGE if not rows else A_STORY, count - number)
                made = [_article(rng, vocabulary, number + i) for i in range(size)]
                number += size
                dossier = _dossier(f"s-{len(rows):012x}", made)
                key = f"dossier/{len(rows):032x}"
                store.cache.put(key, DOSSIER.pack(dossier))
                for m in made:
                    store.put_text(StoredText(article=m.article, capture=m.article.id, number=1, added=NOON, key=None))
                voices += [
                    ArticleVoice(article=t.article.id, voice=s.voice, name=s.voice, share=s.share)
                    for t in dossier.articles
                    for s in t.voices
                ]
                rows.append(_row_of(rng, dossier, key))
    store.put_stories(rows, {}, voices)
    return rows


def _article(rng: random.Random, vocabulary: Sequence[str], number: int) -> _Made:
    headline = " ".join(rng.choices(vocabulary, k=8)).capitalize()
    text, places = headline, []
    for i in range(SENTENCES):
        text += "\n\n" if i % 3 == 0 else " "
        start = len(text)
        text += " ".join(rng.choices(vocabulary, k=WORDS)).capitalize() + "."
        places.append((start, len(text)))
    day = date(2026, 1, 1) + timedelta(days=number % 300)
    article = Article(
        id=f"a-{number:012x}", path=f"made/{number}.txt", url=f"https://outlet{number % 400}.example/{number}", sha256="0" * 64,
        headline=headline, byline=None, dateline=None, outlet=f"outlet{number % 400}", language="en", compared=True, reason=None,
        published=_when(day), modified=None, observed=None, credits=(), text=text, source_text=text,
        blocks=(Block(kind="headline", start=0, end=len(headline), at=0, reason="made up"),),
    )  # fmt: skip
    return _Made(article=article, sentences=tuple(places))


def _when(day: date) -> When:
    return When(value=day.isoformat(), earliest=day, latest=day, precision="day", method="made up")


def _dossier(name: str, made: Sequence[_Made]) -> Dossier:
    """A dossier in which the first two articles share text and every sentence is a fact."""
    articles = [m.article for m in made]
    voice_of = {a.id: f"v-{i:012x}" for i, a in enumerate(articles)}
    voice_of[articles[-1].id] = voice_of[articles[0].id]
    claims, facts = [], []
    for place in range(SENTENCES):
        spans = [
            Span(article=m.article.id, start=m.sentences[place][0], end=m.sentences[place][1])
            for m in made[: 1 + place % len(made)]
        ]
        names = [f"c-{name}-{place}-{i}" for i in range(len(spans))]
        claims += [
            Claim(
                id=c,
                article=s.article,
                start=s.start,
                end=s.end,
                voice=voice_of[s.article],
                speaker=None,
                modality="happened",
                slots=(),
            )
            for c, s in zip(names, spans, strict=True)
        ]
        heard = {voice_of[s.article] for s in spans}
        facts.append(Fact(
            id=f"f-{name}-{place}", text=articles[0].text[spans[0].start : spans[0].end], status="corroborated" if len(heard) > 1 else "single-voice",
            claims=tuple(names), support=tuple(Support(span=s, voice=voice_of[s.article]) for s in spans), articles=len(spans), voices=len(heard),
            omitted_by=(), when=None, entities=(), weight=0.5, reasons=("made up",),
        ))  # fmt: skip
    first, last = made[0], made[-1]
    passages = tuple(
        Passage(origin=Stretch(start=a[0], end=a[1]), copy=Stretch(start=b[0], end=b[1]), kind="edited", similarity=0.9)
        for a, b in list(zip(first.sentences, last.sentences, strict=True))[:8]
    )
    link = CopyLink(
        origin=first.article.id, origin_voice=None, copy=last.article.id, kind="edited", coverage=0.5, score=0.9, direction="known",
        passages=passages, reasons=("made up",),
    )  # fmt: skip
    entities = tuple(
        Entity(
            id=f"e-{name}-{i}", type="person", name=f"Name {i}", aliases=(Alias(text=f"Name {i}", count=2, articles=(first.article.id,)),),
            roles=(), place=None, reasons=(),
            mentions=tuple(Span(article=m.article.id, start=m.sentences[i][0], end=m.sentences[i][0] + 6) for m in made),
        )
        for i in range(12)
    )  # fmt: skip
    quotes = tuple(
        Quote(
            id=f"q-{name}-{i}", speaker=entities[i].id, speaker_text="", kind="direct", text=f.text, cue="said", via=(),
            support=(f.support[0].span,), variants=(), reasons=(),
        )
        for i, f in enumerate(facts[:6])
    )  # fmt: skip
    moments = tuple(
        Moment(when=_when(date(2026, 5, i + 1)), modality="happened", text=f.text, support=(f.support[0].span,))
        for i, f in enumerate(facts[:8])
    )
    sides = tuple(
        Side(value=str(i), when=None, text=facts[i].text, support=(facts[i].support[0].span,), voices=())
        for i in range(2)
    )
    conflict = Conflict(
        id=f"x-{name}",
        kind="conflict",
        about="people",
        slot="number",
        facts=(facts[0].id,),
        sides=sides,
        reason="made up",
    )
    distinct = dict.fromkeys(voice_of.values())
    return Dossier(
        story=Story(id=name, articles=tuple(a.id for a in articles), membership=tuple(Membership(article=a.id, reasons=()) for a in articles)),
        headline=articles[0].headline, when=_when(date(2026, 5, 1)), where=(), who=(entities[0].id,),
        summary=tuple(Statement(text=f.text, support=(f.support[0].span,)) for f in facts[:5]),
        voices=tuple(
            Voice(id=v, name=v, kind="outlet", articles=tuple(a for a, w in voice_of.items() if w == v), reasons=()) for v in distinct
        ),
        copies=(link,) if first is not last else (), entities=entities, quotes=quotes, timeline=moments, claims=tuple(claims), facts=tuple(facts),
        conflicts=(conflict,),
        articles=tuple(
            TracedArticle(
                article=a, voices=(VoiceShare(voice=voice_of[a.id], share=1.0, spans=(Stretch(start=0, end=len(a.text)),), reasons=()),),
                warnings=(),
            )
            for a in articles
        ),
    )  # fmt: skip


def _row_of(rng: random.Random, dossier: Dossier, key: str) -> StoryRow:
    at = NOON - timedelta(hours=rng.randrange(2_000))
    return StoryRow(
        id=dossier.story.id, key=key, headline=dossier.headline, articles=dossier.story.articles,
        voices=tuple((v.id, v.name) for v in dossier.voices), facts=len(dossier.facts),
        corroborated=sum(f.voices > 1 for f in dossier.facts), disputed=0, conflicts=1, value="2026-05-01", earliest=date(2026, 5, 1),
        latest=date(2026, 5, 1), outlets=tuple(sorted({t.article.outlet or "" for t in dossier.articles})), languages=("en",), places=(),
        arrivals=tuple(sorted(at + timedelta(minutes=rng.randrange(3_000)) for _ in dossier.articles)), added=at, changed=at,
    )  # fmt: skip


def _word(rng: random.Random) -> str:
    return "".join(rng.choice(LETTERS) + rng.choice("aeiou") for _ in range(rng.randint(2, 4)))


def _timed(client: TestClient, address: str) -> float:
    start = perf_counter()
    answer = client.get(address)
    taken = (perf_counter() - start) * 1000
    if answer.status_code != 200:
        raise RuntimeError(f"{address} was answered with {answer.status_code}")
    return taken


def _row(metric: str, value: float, n: int) -> Row:
    return Row(bench="serve", system="copydesk", metric=metric, value=value, n=n)


def _rows(name: str, taken: Sequence[float]) -> Iterator[Row]:
    for metric, share in (("p50", 0.5), ("p95", 0.95)):
        yield _row(f"{name}_{metric}_ms", sorted(taken)[min(len(taken) - 1, int(share * len(taken)))], ARTICLES)
