"""The routes of the JSON API, and the document that describes them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from typing import TypeAlias

import msgspec

from copydesk.compiling.contract import BriefRecord
from copydesk.web import api
from copydesk.web.fronts import ORDERS, PAGE
from copydesk.web.jobs import Job
from copydesk.web.outlets import SourceTable

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"

ID: dict[str, Json] = {"type": "string", "pattern": "^[A-Za-z0-9_.-]{1,80}$"}
FLAG: dict[str, Json] = {"type": "string", "enum": ["0", "1"]}
DAY: dict[str, Json] = {"type": "string", "format": "date"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One parameter of a route: where it stands, and what it may be."""

    name: str
    schema: dict[str, Json]
    where: str = "query"
    needed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One address of the API: what answers, and what the answer is."""

    path: str
    gives: str
    work: api.Answering
    record: type
    parameters: tuple[Parameter, ...] = ()


def _number(default: int, most: int = 1_000_000) -> dict[str, Json]:
    return {"type": "integer", "minimum": 0, "maximum": most, "default": default}


def _text(most: int) -> dict[str, Json]:
    return {"type": "string", "maxLength": most}


_ID = Parameter(name="id", schema=ID, where="path", needed=True)
_STORY = Parameter(name="story", schema=ID)
_OFFSET = Parameter(name="offset", schema=_number(0))

ROUTES: tuple[Route, ...] = (
    Route(
        path="/api/stories", gives="Stories, by weight of independent voices and novelty unless another order is asked for",
        work=api.stories, record=api.StoryList,
        parameters=(
            Parameter(name="voices", schema=_number(0, 10_000)), Parameter(name="disputed", schema=FLAG),
            Parameter(name="single", schema=FLAG), Parameter(name="outlet", schema=_text(300)),
            Parameter(name="language", schema=_text(20)), Parameter(name="place", schema=_text(300)),
            Parameter(name="after", schema=DAY), Parameter(name="before", schema=DAY),
            Parameter(name="order", schema={"type": "string", "enum": list(ORDERS)}),
            Parameter(name="limit", schema=_number(PAGE, api.LIMIT_MAX)), _OFFSET,
        ),
    ),
    Route(path="/api/stories/{id}", gives="A story's dossier, as brief.json has it", work=api.story, record=BriefRecord, parameters=(_ID,)),
    Route(path="/api/articles/{id}", gives="An article", work=api.article, record=api.ArticleAnswer, parameters=(_ID,)),
    Route(
        path="/api/compare", gives="What two articles share, passage by passage", work=api.compare, record=api.CompareAnswer,
        parameters=(Parameter(name="a", schema=ID, needed=True), Parameter(name="b", schema=ID, needed=True)),
    ),
    Route(path="/api/entities/{id}", gives="An entity of a story", work=api.entity, record=api.EntityAnswer, parameters=(_ID, _STORY)),
    Route(
        path="/api/search", gives="Articles by words, names, outlets, voices, stories and days; or worded like a passage",
        work=api.search, record=api.HitList,
        parameters=(
            Parameter(name="q", schema=_text(2_000)), Parameter(name="like", schema=_text(4_000)),
            Parameter(name="limit", schema=_number(60, api.LIMIT_MAX)),
        ),
    ),
    Route(path="/api/sources", gives="Outlets and agencies, and how much of their output is their own", work=api.sources, record=SourceTable),
    Route(
        path="/api/skipped", gives="What did not become an article, and why", work=api.skipped, record=api.SkippedList,
        parameters=(Parameter(name="limit", schema=_number(200, api.LIMIT_MAX)), _OFFSET),
    ),
    Route(
        path="/api/events", gives="What the desk did or found", work=api.events, record=api.EventList,
        parameters=(Parameter(name="after", schema=_number(0)), Parameter(name="limit", schema=_number(100, api.EVENTS_MAX))),
    ),
    Route(path="/api/corrections", gives="What readers said, and took back", work=api.corrections, record=api.SaidList),
    Route(path="/api/status", gives="How the desk stands", work=api.status, record=api.StatusAnswer),
    Route(path="/api/jobs", gives="What the desk is doing for its readers", work=api.jobs, record=api.JobList),
    Route(
        path="/api/jobs/{number}", gives="One piece of work", work=api.job, record=Job,
        parameters=(Parameter(name="number", schema={"type": "integer", "minimum": 0, "maximum": 999_999_999}, where="path", needed=True),),
    ),
)  # fmt: skip


@cache
def document() -> bytes:
    """The OpenAPI document."""
    records = [*dict.fromkeys([r.record for r in ROUTES]), api.Problem]
    schemas, parts = msgspec.json.schema_components(records, ref_template="#/components/schemas/{name}")
    of = dict(zip(records, schemas, strict=True))
    problem = {"description": "Why there is no answer", "content": {"application/json": {"schema": of[api.Problem]}}}
    paths = {
        route.path: {
            "get": {
                "operationId": route.work.__name__,
                "summary": route.gives,
                "parameters": [
                    {"name": p.name, "in": p.where, "required": p.needed, "schema": p.schema} for p in route.parameters
                ],
                "responses": {
                    "200": {"description": route.gives, "content": {"application/json": {"schema": of[route.record]}}},
                    "400": problem,
                    "404": problem,
                    "503": problem,
                },
            }
        }
        for route in ROUTES
    }
    return msgspec.json.encode(
        {
            "openapi": "3.1.0",
            "info": {
                "title": "copydesk",
                "version": version("copydesk"),
                "description": "A desk, for programs. Everything is read; nothing is changed.",
            },
            "paths": paths,
            "components": {"schemas": parts, "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}},
        }
    )
