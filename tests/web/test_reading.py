"""Every page can be read by anybody: with a screen reader, on a telephone, in the dark."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from starlette.testclient import TestClient

from copydesk import desk
from copydesk.web import Rules, make_app
from tests.web.conftest import BASE, EXAMPLES, Watched


@pytest.fixture(scope="module")
def addresses(client: TestClient) -> list[str]:
    row = next(r for r in client.get("/api/stories?limit=100").json()["stories"] if "Port Veyra" in r["headline"])
    story = client.get(f"/api/stories/{row['id']}").json()["stories"][0]
    link = next(k for k in story["copies"] if k["kind"] == "edited")
    return [
        "/", f"/stories/{row['id']}",
        f"/articles/{link['to']}?show=voices&show=claims&show=quotes&show=names&show=times&dropped=1&at=60-90",
        f"/compare?a={link['from']['article']}&b={link['to']}", f"/entities/{story['entities'][3]['id']}?story={row['id']}",
        "/search?q=pier", "/sources", "/skipped", "/add", "/log", "/stories/none",
    ]  # fmt: skip


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_no_page_has_a_serious_fault_for_those_who_read_otherwise(
    watch: Callable[..., Watched], served: str, addresses: list[str], width: int, scheme: str
) -> None:
    page = watch(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True).page
    faults = []
    for address in addresses:
        page.goto(served + address)
        found = Axe().run(page).response["violations"]
        faults += [
            (address.split("?")[0], v["id"], [n["target"] for n in v["nodes"]][:3])
            for v in found
            if v["impact"] in ("serious", "critical")
        ]
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
    assert faults == []


def test_pages_can_be_printed(watch: Callable[..., Watched], served: str, addresses: list[str]) -> None:
    page = watch().page
    page.goto(served + addresses[1])
    page.emulate_media(media="print")
    assert not page.locator(".find").is_visible()
    assert page.locator(".lead .count").is_visible()
    assert page.pdf()[:5] == b"%PDF-"


def test_an_entity_s_page_names_its_record_in_the_register(tmp_path: Path, shared_models: None) -> None:
    (tmp_path / "people.csv").write_text("id,label,type\nQ7,Thomas Hallberg,human\n", encoding="utf-8")
    place = tmp_path / "desk"
    desk.create_desk(place).close()
    (place / "copydesk.toml").write_text(
        f"[resolving]\nlinks = {json.dumps(str(tmp_path / 'people.csv'))}\n", encoding="utf-8"
    )
    with desk.open_desk(place) as found:
        desk.add(found, [EXAMPLES / "harbour" / "pile" / "01-meridian.txt"])
        desk.update(found)
        (row,) = desk.list_stories(found)
        minister = next(e for e in desk.open_dossier(found, row.id).entities if e.links)
    with TestClient(make_app(place, Rules()), base_url=BASE) as client:
        page = client.get(f"/entities/{minister.id}?story={row.id}").text
    assert "In your register" in page and "<code>Q7</code>" in page
    assert "Thomas Hallberg" in page
