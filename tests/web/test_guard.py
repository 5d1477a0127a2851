"""Who is let in, and what a form must carry."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

from copydesk.errors import DeskError
from copydesk.web import Rules, make_app
from copydesk.web.actions import safe_name
from copydesk.web.app import GETS, POSTS
from copydesk.web.asking import local
from copydesk.web.command import address_of, command, make_rules
from tests.web.conftest import BASE

TOKEN = "a-token-of-some-length"


def csrf_of(client: TestClient, address: str = "/add") -> str:
    found = re.search(r'name="csrf" value="([0-9a-f]{64})"', client.get(address).text)
    assert found is not None
    return found[1]


@pytest.mark.parametrize(
    "host", ["attack.invalid", "127.0.0.1.attack.invalid", "attack.invalid:8642", "", "10.0.0.7:8642"]
)
def test_a_name_that_is_not_the_desks_is_not_answered(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"host": host}).status_code == 421


@pytest.mark.parametrize("host", ["127.0.0.1:8642", "localhost:8642", "LOCALHOST", "[::1]:8642"])
def test_this_machine_is_answered(client: TestClient, host: str) -> None:
    assert client.get("/add", headers={"host": host}).status_code == 200


@pytest.mark.parametrize("path", [path.replace("{id}", "s-1") for path, _ in POSTS])
def test_no_form_is_taken_without_its_csrf_token(client: TestClient, path: str) -> None:
    client.get("/add")
    assert client.post(path, data={}).status_code == 403
    assert client.post(path, data={"csrf": "0" * 64}).status_code == 403


@pytest.mark.parametrize(
    "headers", [{"origin": "http://attack.invalid"}, {"origin": "null"}, {"sec-fetch-site": "cross-site"}]
)
def test_a_form_from_another_site_is_refused_even_with_the_token(client: TestClient, headers: dict[str, str]) -> None:
    token = csrf_of(client)
    assert client.post("/update", data={"csrf": token}, headers=headers).status_code == 403


def test_a_token_of_one_visitor_is_none_for_another(client: TestClient, made: Path) -> None:
    token = csrf_of(client)
    client.cookies.clear()
    assert client.post("/update", data={"csrf": token}).status_code == 403


@pytest.mark.parametrize("path", [path.replace("{id}", "none").replace("{number:int}", "1") for path, _ in GETS])
def test_every_page_keeps_to_itself(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["x-content-type-options"] == "nosniff"


def test_no_page_has_inline_script_or_style(client: TestClient) -> None:
    story = client.get("/api/stories").json()["stories"][0]["id"]
    for path in ("/", f"/stories/{story}", "/add", "/sources"):
        text = client.get(path).text
        assert re.search(r"<script(?! src=\"/static/)|<style|\sstyle=|\son[a-z]+=\"", text) is None, path


def test_with_a_token_nobody_else_is_let_in(made: Path) -> None:
    with TestClient(make_app(made, Rules(token=TOKEN)), base_url=BASE, follow_redirects=False) as client:
        assert client.get("/").status_code == 401
        assert client.get("/?token=wrong").status_code == 401
        assert client.get("/api/status", headers={"authorization": f"Bearer {TOKEN}"}).status_code == 200
        answer = client.get(f"/search?q=pier&token={TOKEN}")
        assert (answer.status_code, answer.headers["location"]) == (303, "/search?q=pier")
        assert "HttpOnly" in answer.headers["set-cookie"]
        assert client.get("/").status_code == 200
        assert client.get(f"//attack.invalid/?token={TOKEN}").headers.get("location", "/") in ("/", "/attack.invalid/")


def test_an_address_that_others_reach_needs_a_token() -> None:
    with pytest.raises(DeskError, match="COPYDESK_TOKEN"):
        make_rules("0.0.0.0", None)
    with pytest.raises(DeskError, match="characters"):
        make_rules("127.0.0.1", "short")
    assert make_rules("192.168.1.5", TOKEN).hosts >= {"192.168.1.5", "localhost"}
    assert address_of("0.0.0.0", 8642, TOKEN) == f"http://127.0.0.1:8642/?token={TOKEN}"


def test_serve_says_what_it_takes() -> None:
    found = CliRunner().invoke(command, ["--help"])
    assert found.exit_code == 0
    assert "--token" in found.output


def test_what_is_sent_is_bounded(writable: TestClient) -> None:
    token = csrf_of(writable)
    answer = writable.post("/add", data={"csrf": token}, files={"files": ("big.txt", b"x" * 300_000)})
    assert answer.status_code == 413
    chunked = writable.post(
        "/add", content=(b"x" * 50_000 for _ in range(8)), headers={"content-type": "multipart/form-data; boundary=b"}
    )
    assert chunked.status_code in (400, 403, 413)


@pytest.mark.parametrize(("name", "safe"), [
    ("../../etc/passwd", "passwd"), ("..\\..\\boot.ini", "boot.ini"), ("<img onerror=x>.html", "img-onerror-x-.html"),
    ("", "unnamed"), ("...", "unnamed"), ("a/b/", "unnamed"),
])  # fmt: skip
def test_a_file_name_leads_nowhere_else(name: str, safe: str) -> None:
    assert safe_name(name) == safe


@pytest.mark.parametrize(
    "address",
    ["http://attack.invalid/", "//attack.invalid", "/\\attack.invalid", "javascript:alert(1)", "/a b", "/a\r\nx: y"],
)
def test_a_form_leads_back_to_no_other_site(address: str) -> None:
    assert local(address, "/log") == "/log"
    assert local("/stories/s-1?x=1#s-f2", "/log") == "/stories/s-1?x=1#s-f2"
