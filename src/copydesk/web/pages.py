"""Addresses → pages."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from itertools import islice

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from copydesk import desk
from copydesk.compiling.sources import one_line
from copydesk.errors import CopydeskError, DeskError, StoreError
from copydesk.model.desks import HIT_END, HIT_START, Hit
from copydesk.web import asking
from copydesk.web.asking import RefusedError
from copydesk.web.fronts import ORDERS, PAGE, choose, front_row, newest_arrival
from copydesk.web.readings import (
    read_article,
    read_comparisons,
    read_entity,
    said_of_link,
    said_of_names,
    said_of_story,
)
from copydesk.web.room import Room
from copydesk.web.stories import make_story_page

HITS_MAX, SKIPPED_PAGE, EVENTS_MAX = 60, 200, 12
OTHERS_MAX = 60  # stories that a merge offers by name
PASSAGE_MAX = 4_000  # a longer one makes an address that servers refuse

Work = Callable[[Room, Request], Response]


def room_of(request: Request) -> Room:
    room = request.app.state.room
    if not isinstance(room, Room):
        raise TypeError("the application has no desk")
    return room


def page(work: Work) -> Callable[[Request], Awaitable[Response]]:
    """An endpoint that answers from a reader's thread, errors as a page."""

    async def endpoint(request: Request) -> Response:
        room = room_of(request)
        try:
            return await room.run(work, room, request)
        except RefusedError as refused:
            return await room.run(trouble, room, request, (refused.status, refused.words))
        except CopydeskError as error:
            return await room.run(trouble, room, request, (status_of(error), str(error)))

    return endpoint


def status_of(error: CopydeskError) -> int:
    return 404 if isinstance(error, DeskError) else 503 if isinstance(error, StoreError) else 400


def show(room: Room, request: Request, template: str, values: Mapping[str, object], status: int = 200) -> HTMLResponse:
    """A page with what every page has: the search, what the desk is doing, and what its forms carry."""
    shared: dict[str, object] = {
        "csrf": request.state.csrf, "here": request.url.path + (f"?{request.url.query}" if request.url.query else ""),
        "job": room.jobs.current(), "last_event": room.desk.store.last_event(), "query": "", "desk_name": room.desk.folder.resolve().name,
    }  # fmt: skip
    return HTMLResponse(room.render(template, shared | dict(values)), status_code=status)


def trouble(room: Room, request: Request, what: tuple[int, str]) -> Response:
    """An error as a page; a store that cannot be read cannot even say what the desk is doing."""
    status, said = what
    values = {
        "csrf": request.state.csrf,
        "here": "/",
        "job": None,
        "last_event": 0,
        "query": "",
        "desk_name": "",
        "status": status,
        "words": said,
    }
    return HTMLResponse(room.render("trouble.html.j2", values), status_code=status)


def front(room: Room, request: Request) -> Response:
    """The stories that a reader wants to see, and how the desk stands."""
    wanted = asking.wanted(request)
    offset = asking.number(request, "offset", 0)
    rows = room.shelf.rows()
    chosen = choose(rows, wanted)
    newest = newest_arrival(rows)
    counts = room.desk.store.counts()
    return show(room, request, "front.html.j2", {
        "rows": [front_row(row, newest) for row in chosen[offset : offset + PAGE]], "total": len(chosen), "all": len(rows),
        "wanted": wanted, "choices": room.choices(), "counts": counts, "orders": ORDERS,
        "outside": counts.articles - sum(len(row.articles) for row in rows),
        "voices": len({v for row in rows for v, _ in row.voices}), "offset": offset,
        "next": asking.with_query(request, offset=offset + PAGE) if offset + PAGE < len(chosen) else "",
        "before": asking.with_query(request, offset=max(0, offset - PAGE)) if offset else "",
        "with_order": {o: asking.with_query(request, order=o, offset="") for o in ORDERS},
    })  # fmt: skip


def story(room: Room, request: Request) -> Response:
    """A story's dossier as it stands now."""
    opened = room.shelf.open(asking.read_id(request))
    if opened.row.id != request.path_params["id"]:
        return RedirectResponse(f"/stories/{opened.row.id}", status_code=307)
    now = room.now()
    news = room.looks.look(opened.row.id, opened.dossier, now)
    room.looks.flush(now)
    near = _near(room, opened.row.id, opened.row.places, opened.row.outlets)
    return show(room, request, "story.html.j2", {
        "s": room.shelf.shown(opened, lambda: make_story_page(opened.dossier, room.like())), "row": opened.row, "news": news,
        "id": "s", "said": said_of_story(room, opened), "near": near,
    })  # fmt: skip


def _near(room: Room, story: str, places: tuple[str, ...], outlets: tuple[str, ...]) -> list[tuple[str, str]]:
    """Other stories that may be of the same event: first those of the same places."""
    wanted = set(places)
    rows = [row for row in room.shelf.rows() if row.id != story]
    rows.sort(key=lambda row: -len(wanted.intersection(row.places)))
    return [(row.id, one_line(row.headline) or row.id) for row in rows[:OTHERS_MAX]]


def article(room: Room, request: Request) -> Response:
    """An article's text with the layers that were switched on."""
    name = asking.read_id(request)
    shown = read_article(room, name, asking.asked(request))
    if shown.id != name:
        return RedirectResponse(f"/articles/{shown.id}", status_code=307)
    return show(
        room, request, "article.html.j2", {"a": shown, "layer_names": ("voices", "claims", "quotes", "names", "times")}
    )


def compare(room: Room, request: Request) -> Response:
    """Two articles and more, passage beside passage."""
    first, second = asking.query_id(request, "a"), asking.query_id(request, "b")
    others = [asking.checked_id(o, status=400) for o in request.query_params.getlist("with")[:2]]
    view = read_comparisons(room, first, [second, *others])
    return show(room, request, "compare.html.j2", {"c": view, "said": said_of_link(room, view.pairs[0])})


def entity(room: Room, request: Request) -> Response:
    """One person, organization or place of a story, and where else its name stands."""
    view = read_entity(room, asking.read_id(request), asking.query_id(request, "story", needed=False))
    return show(room, request, "entity.html.j2", {"e": view, "said": said_of_names(room, [a for a, _ in view.aliases])})


def search(room: Room, request: Request) -> Response:
    """What a search finds, or how to search."""
    query, like = asking.words(request, "q", 2_000), asking.words(request, "like", PASSAGE_MAX)
    hits: list[tuple[Hit, list[tuple[str, bool]]]] = []
    problem = ""
    try:
        found = desk.search(room.desk, query, limit=HITS_MAX) if query else ()
        found = desk.search_like(room.desk, like, limit=HITS_MAX) if like and not query else found
        hits = [(hit, marked(hit.snippet)) for hit in found]
    except DeskError as error:
        problem = str(error)
    rows = {row.id: row for row in room.shelf.rows()}
    stories = [rows[s] for s in dict.fromkeys(hit.story for hit, _ in hits if hit.story) if s in rows]
    return show(room, request, "search.html.j2", {
        "query": query, "like": like, "hits": hits, "problem": problem, "stories": stories[:8], "rows": rows, "most": HITS_MAX,
    }, 400 if problem else 200)  # fmt: skip


def marked(snippet: str) -> list[tuple[str, bool]]:
    """A snippet in runs, those that were asked for told apart."""
    runs: list[tuple[str, bool]] = []
    for part in snippet.split(HIT_START):
        hit, end, rest = part.partition(HIT_END)
        runs += [(hit, True), (rest, False)] if end else [(hit, False)]
    return [run for run in runs if run[0]]


def sources(room: Room, request: Request) -> Response:
    """Outlets and agencies, with how much of their output is their own."""
    return show(room, request, "sources.html.j2", {"t": room.sources(), "feeds": desk.list_feeds(room.desk)})


def skipped(room: Room, request: Request) -> Response:
    """What did not become an article, and why."""
    offset = asking.number(request, "offset", 0)
    found = list(islice(desk.list_skipped(room.desk), offset, offset + SKIPPED_PAGE + 1))
    return show(room, request, "skipped.html.j2", {
        "lines": found[:SKIPPED_PAGE], "offset": offset, "total": room.desk.store.counts().skipped,
        "next": asking.with_query(request, offset=offset + SKIPPED_PAGE) if len(found) > SKIPPED_PAGE else "",
    })  # fmt: skip


def adding(room: Room, request: Request) -> Response:
    """Where articles are put on the desk."""
    return show(
        room,
        request,
        "add.html.j2",
        {"most": room.rules.upload_max // 1_000_000, "feeds": len(desk.list_feeds(room.desk))},
    )


def jobs(room: Room, request: Request) -> Response:
    """What the desk did for its readers, the corrections among it."""
    log = desk.read_log(room.desk)[::-1]
    events = room.desk.store.events(after=max(0, room.desk.store.last_event() - 40), limit=40)[::-1]
    return show(room, request, "work.html.j2", {"jobs": room.jobs.all(), "log": log[:200], "happened": events})


def job(room: Room, request: Request) -> Response:
    """One piece of work, watched."""
    found = room.jobs.find(int(request.path_params["number"]))
    if found is None:
        raise RefusedError(404, "there is no such work; what was done before the desk was opened is not listed")
    return show(room, request, "job.html.j2", {"found": found})


def now(room: Room, request: Request) -> Response:
    """A piece of a page: what the desk is doing, and what came since event `after`."""
    after = asking.number(request, "after", room.desk.store.last_event(), 999_999_999)
    events = room.desk.store.events(after=after, limit=EVENTS_MAX)
    done = next((j for j in room.jobs.all() if j.over), None)
    values = {"job": room.jobs.current(), "events": events, "done": done}
    return HTMLResponse(room.render("now.html.j2", values))
