"""A desk built once from the shipped examples and from articles that attack, served to a real browser."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, sync_playwright
from starlette.testclient import TestClient

from copydesk import desk, pipeline
from copydesk.desk import project
from copydesk.desk.briefs import make_tools
from copydesk.model.ports import be_silent
from copydesk.options import Options
from copydesk.web import Rules, make_app
from tests.web.attacks import write_attacks

EXAMPLES = Path(__file__).parents[2] / "examples"
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
BASE = "http://127.0.0.1:8642"
CHROMIUM = os.environ.get("COPYDESK_CHROMIUM", "/usr/bin/chromium")


@cache
def load_tools() -> pipeline.Tools:
    """The models, loaded once for all desks of a run."""
    return make_tools(Options(), be_silent, lambda: NOON)


@pytest.fixture(scope="session")
def shared_models() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(project, "make_tools", lambda *_: load_tools())
        yield


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory, shared_models: None) -> Path:
    """The folder of a desk that holds the examples and the attacks, brought up to date."""
    folder = tmp_path_factory.mktemp("desk")
    shutil.copytree(EXAMPLES / "harbour" / "pile", folder / "harbour")
    shutil.copytree(EXAMPLES / "three-stories" / "pile", folder / "three-stories")
    write_attacks(folder / "attacks")
    desk.create_desk(folder / "desk").close()
    with desk.open_desk(folder / "desk", now=lambda: NOON) as found:
        desk.add(found, [folder / "harbour", folder / "three-stories", folder / "attacks"])
        desk.update(found)
    return folder / "desk"


@pytest.fixture(scope="session")
def client(made: Path) -> Iterator[TestClient]:
    """Asks the desk without a network; changes nothing."""
    with TestClient(make_app(made, Rules(), lambda: NOON), base_url=BASE) as found:
        yield found


@pytest.fixture
def writable(made: Path, tmp_path: Path) -> Iterator[TestClient]:
    """Asks a copy of the desk, which may be changed."""
    shutil.copytree(made, tmp_path / "desk")
    with TestClient(make_app(tmp_path / "desk", Rules(upload_max=200_000)), base_url=BASE) as found:
        yield found


class Served:
    """A desk that listens on a port of this machine until it is stopped."""

    def __init__(self, folder: Path) -> None:
        app = make_app(folder, Rules())
        config = uvicorn.Config(app, host="127.0.0.1", port=0, log_level="warning")
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, daemon=True)
        self._thread.start()
        while not self._server.started:
            self._thread.join(0.02)
        port = self._server.servers[0].sockets[0].getsockname()[1]
        self.address = f"http://127.0.0.1:{port}"

    def stop(self) -> None:
        self._server.should_exit = True
        self._thread.join(20)


@pytest.fixture(scope="session")
def served(made: Path) -> Iterator[str]:
    """The address of the desk, which these tests only read."""
    found = Served(made)
    yield found.address
    found.stop()


@pytest.fixture(scope="module")
def changed(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a copy of the desk that tests may change."""
    folder = tmp_path_factory.mktemp("changed") / "desk"
    shutil.copytree(made, folder)
    found = Served(folder)
    yield found.address
    found.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not Path(CHROMIUM).is_file():
        pytest.skip(f"no Chromium at {CHROMIUM}: name one with COPYDESK_CHROMIUM")
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield found
        found.close()


class Watched:
    """A page that remembers what no page of a desk may do: open a dialog, fail, or break its own policy."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.wrongs: list[str] = []
        page.set_default_timeout(30_000)
        page.on("dialog", self._dialog)
        page.on("pageerror", lambda error: self.wrongs.append(f"error: {error}"))
        page.on("console", lambda m: self.wrongs.append(m.text) if "Content Security Policy" in m.text else None)
        page.on("request", self._request)

    def _dialog(self, dialog: object) -> None:
        self.wrongs.append("dialog")
        dialog.dismiss()  # type: ignore[attr-defined]

    def _request(self, request: object) -> None:
        url: str = request.url  # type: ignore[attr-defined]
        if not url.startswith("http://127.0.0.1:"):
            self.wrongs.append(f"request: {url}")


@pytest.fixture
def watch(browser: Browser) -> Iterator[Callable[..., Watched]]:
    """Makes pages of a browser of their own, with options of a context."""
    contexts = []

    def make(**options: object) -> Watched:
        context = browser.new_context(**options)  # type: ignore[arg-type]
        contexts.append(context)
        return Watched(context.new_page())

    yield make
    for context in contexts:
        context.close()
