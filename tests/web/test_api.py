"""The JSON API answers as its document says, whatever it is asked."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import CHECKS  # noqa: F401 - registers them
from starlette.testclient import TestClient

from copydesk.compiling import load_schema
from copydesk.web.openapi import document
from tests.web.conftest import BASE

schema = schemathesis.openapi.from_dict(json.loads(document()))


@pytest.fixture(scope="module")
def ids(client: TestClient) -> dict[str, str]:
    story = client.get("/api/stories").json()["stories"][0]
    found = client.get(f"/api/stories/{story['id']}").json()["stories"][0]
    return {
        "story": story["id"],
        "article": story["articles"][0],
        "other": story["articles"][1],
        "entity": found["entities"][0]["id"],
    }


@schema.parametrize()
@settings(
    max_examples=12, deadline=None, phases=[Phase.explicit, Phase.generate], suppress_health_check=list(HealthCheck)
)
def test_no_request_makes_the_desk_fail(case: schemathesis.Case, client: TestClient) -> None:
    given = case.as_transport_kwargs(base_url=BASE)
    answer = client.request(given["method"], given["url"], params=given.get("params"), headers=given.get("headers"))
    assert answer.status_code in (200, 400, 404, 405), answer.text[:300]
    if answer.headers["content-type"] == "application/json":
        answer.json()


def test_what_is_answered_is_what_the_document_says(client: TestClient, ids: dict[str, str]) -> None:
    described = json.loads(document())
    asked = {
        "/api/stories": "/api/stories", "/api/articles/{id}": f"/api/articles/{ids['article']}",
        "/api/compare": f"/api/compare?a={ids['article']}&b={ids['other']}", "/api/entities/{id}": f"/api/entities/{ids['entity']}",
        "/api/search": "/api/search?q=pier", "/api/sources": "/api/sources", "/api/skipped": "/api/skipped", "/api/events": "/api/events",
        "/api/corrections": "/api/corrections", "/api/status": "/api/status", "/api/jobs": "/api/jobs",
    }  # fmt: skip
    for path, address in asked.items():
        answer = client.get(address)
        assert answer.status_code == 200, address
        wanted = described["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        jsonschema.validate(answer.json(), wanted | {"components": described["components"]})


def test_a_story_is_a_valid_brief(client: TestClient, ids: dict[str, str]) -> None:
    found = client.get(f"/api/stories/{ids['story']}").json()
    jsonschema.validate(found, load_schema())
    assert found["stories"][0]["id"] == ids["story"]


@pytest.mark.parametrize("address", [
    "/api/stories?voices=-1", "/api/stories?order=loudest", "/api/stories?after=2026-13-01", "/api/search?q=", "/api/search?q=after:never",
    "/api/compare?a=x", "/api/stories?limit=99999999999999999999", "/api/articles/%00", "/api/stories/%ff%fe", "/api/jobs/x", "/api/jobs/77",
])  # fmt: skip
def test_what_cannot_be_answered_is_said_in_words(client: TestClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code in (400, 404)
    assert answer.json()["error"]


def test_reading_changes_nothing_on_the_desk(client: TestClient, made: Path, ids: dict[str, str]) -> None:
    before = client.get("/api/status").json()
    for address in ("/", f"/stories/{ids['story']}", f"/articles/{ids['article']}", "/sources", "/log"):
        client.get(address)
    after = client.get("/api/status").json()
    assert after["counts"] == before["counts"]
    assert after["last_event"] == before["last_event"]


def test_the_log_does_not_call_old_events_news(client: TestClient) -> None:
    found = client.get("/log").text
    assert "formed" in found
    assert "since you opened this page" not in found
