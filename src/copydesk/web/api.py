"""The same as JSON: what the pages show, for programs."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from copydesk import desk
from copydesk.compiling import to_json
from copydesk.errors import CopydeskError, DeskError
from copydesk.model.articles import Article
from copydesk.model.captures import Skipped
from copydesk.model.copies import CopyLink
from copydesk.model.desks import ArticleVoice, Counts, Event, Hit, Said, StoryRow
from copydesk.model.stories import Entity, Fact, Quote
from copydesk.web import asking
from copydesk.web.asking import RefusedError
from copydesk.web.fronts import PAGE, choose
from copydesk.web.jobs import Job
from copydesk.web.outlets import SourceTable
from copydesk.web.pages import HITS_MAX, PASSAGE_MAX, room_of, status_of
from copydesk.web.places import brief_of_one
from copydesk.web.readings import read_comparisons
from copydesk.web.room import Room

LIMIT_MAX, EVENTS_MAX = 1_000, 500

Answering = Callable[[Room, Request], object]
ENCODER = msgspec.json.Encoder()


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryList:
    """Stories that were asked for: `total` of them, `stories` those from `offset` on."""

    total: int
    offset: int
    stories: tuple[StoryRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleAnswer:
    """An article with its story, its voices by share, and how many texts it has had."""

    article: Article
    story: str | None
    voices: tuple[ArticleVoice, ...]
    texts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CompareAnswer:
    """Two articles' copy link, None when none is known; shares are of each body."""

    a: str
    b: str
    link: CopyLink | None
    shared_a: float
    shared_b: float


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityAnswer:
    """An entity of a story with what it says and what is said of it."""

    story: str
    entity: Entity
    quotes: tuple[Quote, ...]
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HitList:
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SkippedList:
    total: int
    offset: int
    skipped: tuple[Skipped, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EventList:
    """What came after event number `after`, and the number to ask behind next time."""

    last: int
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidList:
    corrections: tuple[Said, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class JobList:
    jobs: tuple[Job, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusAnswer:
    """How the desk stands; `outside` articles are in no story until the next update."""

    counts: Counts
    outside: int
    last_event: int
    now: datetime
    job: Job | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Why there is no answer."""

    error: str


def answer(work: Answering) -> Callable[[Request], Awaitable[Response]]:
    """An endpoint that answers in JSON, errors too."""

    def whole(room: Room, request: Request) -> Response:
        found = work(room, request)
        content = found if isinstance(found, bytes) else ENCODER.encode(found)
        return Response(content, media_type="application/json")

    async def endpoint(request: Request) -> Response:
        room = room_of(request)
        try:
            return await room.run(whole, room, request)
        except RefusedError as refused:
            return problem(refused.status, refused.words)
        except CopydeskError as error:
            return problem(status_of(error), str(error))

    return endpoint


def problem(status: int, words: str) -> Response:
    return Response(ENCODER.encode(Problem(error=words)), status_code=status, media_type="application/json")


def stories(room: Room, request: Request) -> StoryList:
    found = choose(room.shelf.rows(), asking.wanted(request))
    offset, limit = asking.number(request, "offset", 0), asking.number(request, "limit", PAGE, LIMIT_MAX)
    return StoryList(total=len(found), offset=offset, stories=tuple(found[offset : offset + limit]))


def story(room: Room, request: Request) -> bytes:
    opened = room.shelf.open(asking.read_id(request))
    return room.shelf.shown_as(opened, "json", lambda: to_json(brief_of_one(opened.dossier, room.like())))


def article(room: Room, request: Request) -> ArticleAnswer:
    found = desk.find_article(room.desk, asking.read_id(request))
    store = room.desk.store
    return ArticleAnswer(
        article=found,
        story=store.story_of(found.id),
        voices=store.article_voices(found.id),
        texts=len(store.texts(found.id)),
    )


def compare(room: Room, request: Request) -> CompareAnswer:
    first, second = asking.query_id(request, "a"), asking.query_id(request, "b")
    shown = read_comparisons(room, first, [second]).pairs[0].comparison
    return CompareAnswer(
        a=shown.left.id, b=shown.right.id, link=shown.link, shared_a=shown.shared_left, shared_b=shown.shared_right
    )


def entity(room: Room, request: Request) -> EntityAnswer:
    name, story = asking.read_id(request), asking.query_id(request, "story", needed=False)
    opened = room.shelf.open(story) if story else room.shelf.open_entity(name)
    found = next((e for e in opened.dossier.entities if e.id == name), None)
    if found is None:
        raise RefusedError(404, f"story {opened.row.id} has no entity {name!r}")
    return EntityAnswer(
        story=opened.row.id, entity=found, quotes=tuple(q for q in opened.dossier.quotes if q.speaker == name),
        facts=tuple(f for f in opened.dossier.facts if name in f.entities),
    )  # fmt: skip


def search(room: Room, request: Request) -> HitList:
    query, like = asking.words(request, "q", 2_000), asking.words(request, "like", PASSAGE_MAX)
    limit = asking.number(request, "limit", HITS_MAX, LIMIT_MAX)
    try:
        found = (
            desk.search_like(room.desk, like, limit=limit)
            if like and not query
            else desk.search(room.desk, query, limit=limit)
        )
    except DeskError as error:
        raise RefusedError(400, str(error)) from error
    return HitList(hits=found)


def sources(room: Room, request: Request) -> SourceTable:
    return room.sources()


def skipped(room: Room, request: Request) -> SkippedList:
    offset, limit = asking.number(request, "offset", 0), asking.number(request, "limit", 200, LIMIT_MAX)
    found = tuple(islice(desk.list_skipped(room.desk), offset, offset + limit))
    return SkippedList(total=room.desk.store.counts().skipped, offset=offset, skipped=found)


def events(room: Room, request: Request) -> EventList:
    after, limit = asking.number(request, "after", 0), asking.number(request, "limit", 100, EVENTS_MAX)
    found = room.desk.store.events(after=after, limit=limit)
    return EventList(last=found[-1].seq if found else max(after, 0), events=found)


def corrections(room: Room, request: Request) -> SaidList:
    return SaidList(corrections=desk.read_log(room.desk))


def status(room: Room, request: Request) -> StatusAnswer:
    counts = room.desk.store.counts()
    inside = sum(len(row.articles) for row in room.shelf.rows())
    return StatusAnswer(
        counts=counts, outside=max(0, counts.articles - inside), last_event=room.desk.store.last_event(), now=room.now(),
        job=room.jobs.current(),
    )  # fmt: skip


def jobs(room: Room, request: Request) -> JobList:
    return JobList(jobs=room.jobs.all())


def job(room: Room, request: Request) -> Job:
    name = str(request.path_params["number"])
    found = room.jobs.find(int(name)) if name.isascii() and name.isdigit() and len(name) < 10 else None
    if found is None:
        raise RefusedError(404, "there is no such work")
    return found
