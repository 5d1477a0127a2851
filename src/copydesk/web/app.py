"""A desk's folder and rules → the application that answers its readers."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from importlib import resources
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from copydesk import desk
from copydesk.web import actions, pages
from copydesk.web.api import answer, problem
from copydesk.web.guard import Guard, Rules, TooLargeError
from copydesk.web.openapi import ROUTES, document
from copydesk.web.room import Room

KEEP = {"cache-control": "max-age=3600"}
GETS: tuple[tuple[str, pages.Work], ...] = (
    ("/", pages.front),
    ("/stories/{id}", pages.story),
    ("/articles/{id}", pages.article),
    ("/compare", pages.compare),
    ("/entities/{id}", pages.entity),
    ("/search", pages.search),
    ("/sources", pages.sources),
    ("/skipped", pages.skipped),
    ("/add", pages.adding),
    ("/log", pages.jobs),
    ("/log/{number:int}", pages.job),
    ("/now", pages.now),
)
POSTS: tuple[tuple[str, actions.Change], ...] = (
    ("/add", actions.add),
    ("/update", actions.update),
    ("/fetch", actions.fetch),
    ("/stories/{id}/merge", actions.merge),
    ("/stories/{id}/split", actions.split),
    ("/stories/{id}/seen", actions.seen),
    ("/say", actions.say),
    ("/undo", actions.undo),
)


def make_app(folder: Path, rules: Rules | None = None, now: Callable[[], datetime] = desk.utc_now) -> ASGIApp:
    """The whole as one ASGI application. Raises DeskError, OptionsError, StoreError."""
    chosen = rules or Rules()
    room = Room(folder, chosen, now)

    @asynccontextmanager
    async def living(app: Starlette) -> AsyncIterator[None]:
        room.warm()
        yield
        room.close()

    app = Starlette(
        routes=_routes(), lifespan=living, exception_handlers={TooLargeError: _too_large, HTTPException: _lost}
    )
    app.state.room = room
    return Guard(app, chosen)


def _routes() -> list[Route]:
    return [
        *(Route(path, actions.action(work), methods=["POST"]) for path, work in POSTS),
        *(Route(path, pages.page(work), methods=["GET"]) for path, work in GETS),
        *(Route(route.path, answer(route.work), methods=["GET"]) for route in ROUTES),
        Route("/api/openapi.json", _document, methods=["GET"]),
        Route("/static/{name}", _static, methods=["GET"]),
    ]


async def _document(request: Request) -> Response:
    return Response(document(), media_type="application/json")


async def _static(request: Request) -> Response:
    """One of three files; nothing else is ever read from the disk."""
    kind = {"page.css": "text/css", "desk.css": "text/css", "desk.js": "text/javascript"}
    name = str(request.path_params["name"])
    if name not in kind:
        raise HTTPException(404)
    package = "copydesk.compiling.html" if name == "page.css" else "copydesk.web"
    folder = "templates" if name == "page.css" else "static"
    text = resources.files(package).joinpath(folder, name).read_text(encoding="utf-8")
    return Response(text, media_type=kind[name], headers=KEEP)


async def _too_large(request: Request, error: Exception) -> Response:
    return PlainTextResponse("more was sent than may be\n", status_code=413)


async def _lost(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    words = {404: "there is no such page", 405: "that cannot be sent there"}.get(status, "that cannot be answered")
    if request.url.path.startswith("/api/"):
        return problem(status, words)
    room = pages.room_of(request)
    return await room.run(pages.trouble, room, request, (status, words))
