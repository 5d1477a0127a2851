"""Every page can be read by anybody: with a screen reader, on a telephone, in the dark."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from starlette.testclient import TestClient

from tests.web.conftest import Watched


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
