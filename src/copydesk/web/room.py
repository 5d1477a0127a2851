"""One opened desk with all that answers a request: readers, the worker, looks, templates."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import TypeVar

from jinja2 import ChoiceLoader, Environment, PackageLoader, PrefixLoader, StrictUndefined
from markupsafe import Markup

from copydesk import desk
from copydesk.compiling.sources import plural, printable
from copydesk.model.dossiers import Brief
from copydesk.reference.gazetteer import gazetteer
from copydesk.web.fronts import Choices, find_choices
from copydesk.web.guard import Rules
from copydesk.web.jobs import Job, Jobs, update_work
from copydesk.web.looks import Looks
from copydesk.web.outlets import OutletReader, SourceTable
from copydesk.web.shelf import Kept, Shelf

READERS = 4  # threads: each keeps a connection to the store, so their number never grows

Answer = TypeVar("Answer")


class Room:
    """What stands behind every page of one desk."""

    def __init__(self, folder: Path, rules: Rules, now: Callable[[], datetime] = desk.utc_now) -> None:
        self.rules = rules
        self.now = now
        self.desk = desk.open_desk(folder, now=now)
        self.shelf = Shelf(self.desk)
        self.jobs = Jobs(folder, now)
        self.looks = Looks(self.desk.store)
        self.templates = make_environment()
        self._pool = ThreadPoolExecutor(max_workers=READERS, thread_name_prefix="copydesk-read")
        outlets = OutletReader(self.desk.store)
        self._sources = Kept[SourceTable](outlets.read)
        self._choices = Kept[Choices](lambda: find_choices(self.shelf.rows()))

    async def run(self, work: Callable[..., Answer], *args: object) -> Answer:
        """What the work gives, done by one of the readers."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, partial(work, *args))

    def sources(self) -> SourceTable:
        return self._sources.at(self.shelf.stamp())

    def choices(self) -> Choices:
        return self._choices.at(self.shelf.stamp())

    def like(self) -> Brief:
        """An empty brief with what every brief of this desk says of itself."""
        return Brief(
            generated=self.now(), version=version("copydesk"), options=self.desk.options.as_tables(), articles=(), skipped=(),
            dossiers=(),
        )  # fmt: skip

    def update(self) -> Job:
        """An update behind what waits; one that waits already is enough."""
        waiting = next((j for j in self.jobs.all() if j.state == "waiting" and j.title == UPDATE), None)
        return waiting or self.jobs.start(UPDATE, update_work)

    def render(self, template: str, values: Mapping[str, object]) -> str:
        return self.templates.get_template(template).render(values)

    def warm(self) -> None:
        """Reads ahead what takes longest over a large desk, so that no reader waits for it."""
        self._pool.submit(self.choices)
        self._pool.submit(
            lambda: [
                self.templates.get_template(f"{name}.html.j2") for name in ("front", "story", "article", "compare")
            ]
        )
        self._pool.submit(lambda: gazetteer().towns_within(0, 1, 0, 1))  # the ground of the maps
        self._pool.submit(self.sources)

    def close(self) -> None:
        self.looks.flush()
        self.jobs.close()
        self._pool.shutdown(wait=True, cancel_futures=True)
        self.desk.close()


UPDATE = "Bring the stories up to date"


def make_environment() -> Environment:
    """The templates, and beneath "brief/" those of the dossier on paper."""
    environment = Environment(
        loader=ChoiceLoader(
            [
                PackageLoader("copydesk.web", "templates"),
                PrefixLoader({"brief": PackageLoader("copydesk.compiling.html", "templates")}),
            ]
        ),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_finalize,
    )
    environment.filters["plural"] = plural
    environment.filters["stamp"] = lambda at: at.strftime("%Y-%m-%d %H:%M") if at is not None else ""
    environment.filters["percent"] = lambda share: f"{share:.0%}"
    return environment


def _finalize(value: object) -> object:
    """Every string that a template puts out, without what could turn it round or hide in it."""
    return printable(value) if isinstance(value, str) and not isinstance(value, Markup) else value
