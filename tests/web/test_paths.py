"""What an editor does all day, in a real browser."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Page, expect
from starlette.testclient import TestClient

from tests.web.conftest import Served, Watched

WAIT = 240_000  # milliseconds that an update may take on a machine with other work


@pytest.fixture
def page(watch: Callable[..., Watched]) -> Iterator[Page]:
    found = watch()
    yield found.page
    assert found.wrongs == []


def story_about(client: TestClient, word: str) -> str:
    rows = client.get("/api/stories?limit=100").json()["stories"]
    return next(r["id"] for r in rows if word in r["headline"])


def updated(page: Page, address: str) -> None:
    """Waits until the desk has done what it was asked."""
    for _ in range(WAIT // 100):
        if page.request.get(f"{address}/api/status").json()["job"] is None:
            return
        page.wait_for_timeout(100)
    raise AssertionError("the desk is still at work")


def test_the_front_tells_articles_and_voices_loudest_and_narrows(page: Page, served: str) -> None:
    page.goto(served)
    sizes = page.eval_on_selector_all(
        "main *", "all => all.map(e => [e.className, parseFloat(getComputedStyle(e).fontSize)])"
    )
    loudest = max(size for _, size in sizes)
    assert page.eval_on_selector(".front > .count b", "e => parseFloat(getComputedStyle(e).fontSize)") == loudest
    expect(page.locator(".stories > li").first.locator(".count")).to_contain_text("9 articles")
    everything = page.locator(".stories > li").count()
    page.locator("input[name=disputed]").check()
    page.wait_for_url("**/?*disputed=1*")
    assert 0 < page.locator(".stories > li").count() < everything
    expect(page.locator(".stories .status.disputed").first).to_be_visible()


def test_a_fact_leads_to_the_words_it_rests_on(page: Page, client: TestClient, served: str) -> None:
    page.goto(f"{served}/stories/{story_about(client, 'Port Veyra')}")
    expect(page.locator(".lead .count")).to_contain_text("9 articles, 6 voices")
    fact = page.locator("#s-corroborated .fact").first
    identity = fact.get_attribute("id")
    assert identity is not None
    assert identity.startswith("f-")
    fact.locator(".notes a").first.click()
    expect(page.locator("#at")).to_be_visible()
    assert page.locator("#at").inner_text().strip() in page.locator(".copy").inner_text()


def test_conflicts_stand_side_by_side_and_updates_in_order(page: Page, client: TestClient, served: str) -> None:
    page.goto(f"{served}/stories/{story_about(client, 'Port Veyra')}")
    sides = page.locator("#s-conflicts .conflict").first.locator(".side")
    one, other = sides.nth(0).bounding_box(), sides.nth(1).bounding_box()
    assert one is not None
    assert other is not None
    assert one["y"] == other["y"]
    assert one["x"] < other["x"]
    assert page.locator("#s-updates .steps li .value").all_inner_texts() == ["2", "3"]


def test_an_edge_of_the_picture_opens_the_comparison(page: Page, client: TestClient, served: str) -> None:
    page.goto(f"{served}/stories/{story_about(client, 'Port Veyra')}")
    page.locator(".picture a:has(path.link)").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/compare?a=*&b=*")
    styles = {
        kind: page.eval_on_selector(f".k.{kind}", "e => getComputedStyle(e).borderLeftStyle")
        for kind in ("verbatim", "edited", "rewritten")
    }
    assert len(set(styles.values())) == 3  # told apart without colour
    expect(page.locator(".row.shared").first.locator(".tag b")).to_have_text(re.compile("verbatim|edited|rewritten"))


def test_layers_are_switched_on_without_any_script(
    watch: Callable[..., Watched], client: TestClient, served: str
) -> None:
    article = client.get("/api/search?q=dockworkers").json()["hits"][0]["article"]
    page = watch(java_script_enabled=False).page
    page.goto(f"{served}/articles/{article}")
    assert page.locator(".l-quote").count() == 0
    for layer in ("quotes", "names", "times", "claims"):
        page.locator(f"input[name=show][value={layer}]").check()
    page.locator("input[name=dropped]").check()
    page.get_by_role("button", name="Show").click()
    for mark in (".l-quote", ".l-name", ".l-time", ".copy a.back"):
        assert page.locator(mark).count() > 0, mark
    expect(page.locator("#dropped .meta b").first).to_be_visible()


def test_search_finds_an_article_and_its_story(page: Page, served: str) -> None:
    page.goto(served)
    page.get_by_role("searchbox").first.fill('"worn hydraulic lines"')
    page.keyboard.press("Enter")
    expect(page.locator(".hits mark").first).to_be_visible()
    page.locator(".hits a").first.click()
    expect(page.locator(".over a")).to_contain_text("Port Veyra")


def test_entities_sources_and_skipped_are_reached_by_links(page: Page, client: TestClient, served: str) -> None:
    page.goto(f"{served}/stories/{story_about(client, 'Port Veyra')}")
    page.locator("#s-entities li a", has_text="Ingrid Vasko").first.click()
    expect(page.locator("h1")).to_have_text("Ingrid Vasko")
    expect(page.locator("main")).to_contain_text("Wasko")
    page.get_by_role("link", name="Sources").click()
    expect(page.locator("tr", has_text="Coastline Today").first).to_contain_text("Meridian")
    page.get_by_role("link", name="Skipped", exact=True).click()
    expect(page.locator("table.skipped")).to_contain_text("onerror")


def test_a_rejected_link_stays_rejected_until_it_is_taken_back(page: Page, client: TestClient, changed: str) -> None:
    story = story_about(client, "Port Veyra")
    links = client.get(f"/api/stories/{story}").json()["stories"][0]["copies"]
    link = next(k for k in links if k["kind"] == "rewritten")
    pair = f"/compare?a={link['from']['article']}&b={link['to']}"
    page.goto(changed + pair)
    page.locator(".verdict input[name=reason]").fill("their own words")
    page.get_by_role("button", name="Reject").click()
    expect(page.locator(".said-list")).to_contain_text("their own words")
    updated(page, changed)
    page.goto(changed + pair)
    expect(page.locator(".count.small")).to_contain_text("No shared text")
    page.get_by_role("button", name="Take it back").click()
    updated(page, changed)
    page.goto(changed + pair)
    expect(page.locator(".count.small")).to_contain_text("is shared")


def test_an_article_is_split_off_with_a_reason_and_put_back(page: Page, client: TestClient, changed: str) -> None:
    story = story_about(client, "Port Veyra")
    page.goto(f"{changed}/stories/{story}#s-correct")
    before = page.locator("#s-articles .lines > li").count()
    page.locator("label.tick", has_text="Northgate Post").locator("input").check()
    page.locator("form[action$='/split'] input[name=reason]").fill("about grain")
    page.get_by_role("button", name="Split them off").click()
    updated(page, changed)
    page.goto(f"{changed}/stories/{story}")
    expect(page.locator("#s-articles .lines > li")).to_have_count(before - 1)
    expect(page.locator(".said-list")).to_contain_text("about grain")
    page.get_by_role("button", name="Take it back").click()
    updated(page, changed)
    page.goto(f"{changed}/stories/{story}")
    expect(page.locator("#s-articles .lines > li")).to_have_count(before)


def test_a_file_and_a_pasted_text_are_added_and_shown_as_new(
    page: Page, client: TestClient, changed: str, tmp_path: Path
) -> None:
    story = story_about(client, "Port Veyra")
    article = client.get(f"/api/stories/{story}").json()["articles"][0]["text"]
    file = tmp_path / "reprint.txt"
    file.write_text(
        article + "\n\nThe mayor of Port Veyra said that flags would fly at half mast on Sunday.\n", encoding="utf-8"
    )
    page.goto(f"{changed}/stories/{story}")
    count = page.locator("#s-articles .lines > li").count()
    page.goto(f"{changed}/add")
    page.locator("input[type=file]").set_input_files(file)
    page.locator("textarea[name=text]").fill(
        "Beekeepers of Harnfeld count their hives\n\nThe beekeepers of Harnfeld counted 4,100 hives in spring, chairman Odo Lenz said on Friday."
    )
    page.locator("input[name=outlet]").fill("Harnfeld Echo")
    page.locator("button.primary").click()
    page.wait_for_url("**/log/*")
    updated(page, changed)
    page.reload()
    expect(page.locator(".outcome")).to_contain_text("2 new articles")
    page.goto(f"{changed}/stories/{story}")
    expect(page.locator("#s-articles .lines > li")).to_have_count(count + 1)
    expect(page.locator(".since")).to_contain_text("1 new article")
    page.get_by_role("button", name="I have seen it").click()
    expect(page.locator(".since")).to_have_count(0)
    page.goto(f"{changed}/search?q=beekeepers")
    expect(page.locator(".hits")).to_contain_text("Harnfeld Echo")


def test_two_stories_are_merged_with_a_reason_and_parted_again(page: Page, client: TestClient, changed: str) -> None:
    story, other = story_about(client, "Port Veyra"), story_about(client, "orchestra")
    page.goto(f"{changed}/stories/{story}#s-correct")
    before = page.locator("#s-articles .lines > li").count()
    merge = page.locator("form[action$='/merge']")
    merge.locator("input[name=other]").fill(other)
    merge.locator("input[name=reason]").fill("both in one paper")
    page.get_by_role("button", name="Merge them").click()
    updated(page, changed)
    page.goto(f"{changed}/stories/{story}")
    expect(page.locator("#s-articles .lines > li")).to_have_count(before + 1)
    expect(page.locator(".said-list")).to_contain_text("both in one paper")
    page.get_by_role("button", name="Take it back").click()
    updated(page, changed)
    page.goto(f"{changed}/stories/{story}")
    expect(page.locator("#s-articles .lines > li")).to_have_count(before)


def test_an_article_is_moved_to_another_story_and_back(page: Page, client: TestClient, changed: str) -> None:
    story, other = story_about(client, "Port Veyra"), story_about(client, "orchestra")
    page.goto(f"{changed}/stories/{other}")
    before = page.locator("#s-articles .lines > li").count()
    page.goto(f"{changed}/stories/{story}#s-correct")
    page.locator("label.tick", has_text="Northgate Post").locator("input").check()
    split = page.locator("form[action$='/split']")
    split.locator("input[name=to]").fill(other)
    split.locator("input[name=reason]").fill("about culture")
    page.get_by_role("button", name="Split them off").click()
    updated(page, changed)
    page.goto(f"{changed}/stories/{other}")
    expect(page.locator("#s-articles .lines > li")).to_have_count(before + 1)
    expect(page.locator(".said-list")).to_contain_text("about culture")
    while page.get_by_role("button", name="Take it back").count():  # out of one story, and into the other
        page.get_by_role("button", name="Take it back").first.click()
        updated(page, changed)
        page.goto(f"{changed}/stories/{other}")
    expect(page.locator("#s-articles .lines > li")).to_have_count(before)


def test_files_dropped_on_the_page_are_sent(page: Page, changed: str) -> None:
    page.goto(f"{changed}/add")
    carried = page.evaluate_handle(
        """() => {
            const carried = new DataTransfer();
            const words = "Toads cross the road at Lindmoor\\n\\nVolunteers carried 900 toads across the road at Lindmoor on Sunday, warden Tilda Rask said.";
            carried.items.add(new File([words], "toads.txt", { type: "text/plain" }));
            return carried;
        }"""
    )
    page.dispatch_event("label.drop", "dragover", {"dataTransfer": carried})
    expect(page.locator("label.drop")).to_have_class(re.compile(r"\bover\b"))
    page.dispatch_event("label.drop", "drop", {"dataTransfer": carried})
    assert page.eval_on_selector("input[type=file]", "e => [...e.files].map(f => f.name)") == ["toads.txt"]
    page.locator("button.primary").click()
    page.wait_for_url("**/log/*")
    updated(page, changed)
    page.goto(f"{changed}/search?q=toads")
    expect(page.locator(".hits")).to_contain_text("Lindmoor")


def test_a_page_is_added_by_its_address(page: Page, made: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    said = " ".join(
        f"The lamp at Cape Orrin shone for {n} nights, keeper Bram Velt said on Friday." for n in (12, 40, 77)
    )
    (site / "lamp.html").write_text(
        f"<html><head><title>Lamp of Cape Orrin shines again</title></head><body><article><h1>Lamp of Cape Orrin shines again</h1><p>{said}</p></article></body></html>",
        encoding="utf-8",
    )
    folder = tmp_path / "desk"
    shutil.copytree(made, folder)
    (folder / "copydesk.toml").write_text('[fetching]\nprivate_hosts = "127.0.0.1"\ndelay = 0.0\n', encoding="utf-8")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(SimpleHTTPRequestHandler, directory=str(site))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        found = Served(folder)
        try:
            page.goto(f"{found.address}/add")
            page.locator("textarea[name=urls]").fill(f"http://127.0.0.1:{server.server_port}/lamp.html")
            page.locator("button.primary").click()
            page.wait_for_url("**/log/*")
            updated(page, found.address)
            page.goto(f"{found.address}/search?q=lamp")
            expect(page.locator(".hits")).to_contain_text("Cape Orrin")
        finally:
            found.stop()
            server.shutdown()
