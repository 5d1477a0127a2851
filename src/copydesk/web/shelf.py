"""A desk → what its pages read, kept between requests until somebody writes to the desk."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Generic, TypeVar

from copydesk import desk
from copydesk.errors import DeskError
from copydesk.model.desks import StoryRow
from copydesk.model.dossiers import Dossier

DOSSIERS_MAX = 24  # opened ones that are kept
SEARCHED_MAX = 400  # dossiers that are opened to find an entity that nobody has met yet

Found = TypeVar("Found")
Stamp = tuple[tuple[int, int], ...]


@dataclass
class Kept(Generic[Found]):
    """Something worked out from the whole desk, anew when the desk has changed."""

    make: Callable[[], Found]
    stamp: Stamp = ()
    held: Found | None = None
    lock: Lock = field(default_factory=Lock)

    def at(self, stamp: Stamp) -> Found:
        with self.lock:
            if self.held is None or self.stamp != stamp:
                self.held, self.stamp = self.make(), stamp
            return self.held


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A story with its dossier."""

    row: StoryRow
    dossier: Dossier


class Shelf:
    """What pages read of a desk. Safe to use from many threads; nothing here writes."""

    def __init__(self, found: desk.Desk) -> None:
        self.desk = found
        self._files = [found.folder / name for name in (desk.STORE_NAME, f"{desk.STORE_NAME}-wal")]
        self._rows = Kept(lambda: desk.list_stories(self.desk))
        self._dossiers: OrderedDict[str, Dossier] = OrderedDict()
        self._shown: OrderedDict[str, object] = OrderedDict()
        self._story_of: dict[str, str] = {}  # entity → story, of every dossier that was opened
        self._lock = Lock()

    def stamp(self) -> Stamp:
        """Another value after every write to the desk, whoever wrote."""
        return tuple(_state(path) for path in self._files)

    def rows(self) -> tuple[StoryRow, ...]:
        """Every story, most voices first."""
        return self._rows.at(self.stamp())

    def open(self, story: str) -> Opened:
        """A story by its id, a former id, the beginning of one, or an article's id. Raises DeskError."""
        row = desk.find_story(self.desk, story)
        with self._lock:
            dossier = self._dossiers.get(row.key)
            if dossier is not None:
                self._dossiers.move_to_end(row.key)
        if dossier is None:
            dossier = desk.open_dossier(self.desk, row.id)
            with self._lock:
                self._dossiers[row.key] = dossier
                while len(self._dossiers) > DOSSIERS_MAX:
                    self._dossiers.popitem(last=False)
                self._story_of.update((entity.id, row.id) for entity in dossier.entities)
        return Opened(row=row, dossier=dossier)

    def shown(self, opened: Opened, make: Callable[[], Found]) -> Found:
        """A page made of a dossier, kept as long as the dossier stands."""
        return self.shown_as(opened, "page", make)

    def shown_as(self, opened: Opened, form: str, make: Callable[[], Found]) -> Found:
        """What was made of a dossier in one form, kept as long as the dossier stands."""
        key = f"{form}/{opened.row.key}"
        with self._lock:
            held = self._shown.get(key)
        if held is None:
            held = make()
            with self._lock:
                self._shown[key] = held
                while len(self._shown) > DOSSIERS_MAX:
                    self._shown.popitem(last=False)
        return held  # type: ignore[return-value]

    def story_of(self, article: str) -> Opened | None:
        """The story that an article is in, None before the first update that reads it."""
        story = self.desk.store.story_of(article)
        if story is None:
            return None
        try:
            return self.open(story)
        except DeskError:  # an update has just put another in its place
            return None

    def open_entity(self, entity: str) -> Opened:
        """The story that an entity is of. Raises DeskError."""
        known = self._story_of.get(entity)
        for story in [known] if known is not None else [row.id for row in self.rows()[:SEARCHED_MAX]]:
            try:
                opened = self.open(story)
            except DeskError:
                continue
            if any(e.id == entity for e in opened.dossier.entities):
                return opened
        raise DeskError(f"no entity {entity!r} was found; a story's page leads to its entities")


def _state(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except OSError:
        return 0, 0
    return found.st_mtime_ns, found.st_size
