"""What a story looked like when it was last looked at → what is new in it now."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b
from threading import Lock

from copydesk.errors import StoreError
from copydesk.model.dossiers import Dossier
from copydesk.model.ports import Store
from copydesk.model.stories import Fact

SITTING = timedelta(minutes=30)  # looks that lie closer together are one: what was new stays marked as new
FLUSH = timedelta(minutes=5)
IDS_MAX = 4_000


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What came to a story since the last look, None of it at the first."""

    since: datetime
    articles: tuple[str, ...]
    facts: tuple[Fact, ...]
    risen: tuple[Fact, ...]  # from one voice to several
    disputed: tuple[Fact, ...]
    conflicts: tuple[str, ...]

    @property
    def any(self) -> bool:
        return bool(self.articles or self.facts or self.risen or self.disputed or self.conflicts)


class Looks:
    """Remembers looks; written to the desk now and then and at the end, so that no page waits for a writer."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._seen: dict[str, dict[str, dict[str, str]]] = {}
        self._dirty: set[str] = set()
        self._flushed: datetime | None = None
        self._lock = Lock()

    def look(self, story: str, dossier: Dossier, at: datetime) -> News | None:
        """What is new since the look before this sitting; this one is remembered."""
        now = _seen_of(dossier)
        with self._lock:
            held = self._seen.get(story) or self._load(story)
            last, before = held.get("last", {}), held.get("before", {})
            if not last:
                held = {"last": _stamped(now, at)}
            elif at - _time(last) > SITTING:
                held, before = {"before": last, "last": _stamped(now, at)}, last
            elif {k: v for k, v in last.items() if k != "at"} != now:
                before = before or last
                held = {"before": before, "last": _stamped(now, at)}
            else:
                self._seen[story] = held
                return _news(before, dossier) if before else None
            self._seen[story] = held
            self._dirty.add(story)
        return _news(before, dossier) if before else None

    def forget(self, story: str, dossier: Dossier, at: datetime) -> None:
        """All of it was seen."""
        with self._lock:
            self._seen[story] = {"last": _stamped(_seen_of(dossier), at)}
            self._dirty.add(story)

    def flush(self, at: datetime | None = None) -> None:
        """Keeps what is not yet kept; with `at` only when the last time is a while ago."""
        with self._lock:
            if at is not None and self._flushed is not None and at - self._flushed < FLUSH:
                return
            if at is not None and self._flushed is None:
                self._flushed = at
                return
            self._flushed = at
            waiting = {story: json.dumps(self._seen[story]) for story in sorted(self._dirty)}
            self._dirty.clear()
        try:
            with self._store.writing():
                for story, words in waiting.items():
                    self._store.mark(f"looked/{story}", words)
        except (
            StoreError
        ):  # a desk that may only be read, or a writer that takes long: nothing that anybody wrote is lost
            pass

    def _load(self, story: str) -> dict[str, dict[str, str]]:
        try:
            found = json.loads(self._store.marked(f"looked/{story}") or "{}")
        except (ValueError, StoreError):
            return {}
        return found if isinstance(found, dict) else {}


def _seen_of(dossier: Dossier) -> dict[str, str]:
    """Everything in a dossier that may be new, small."""
    found = {_short(a): "a" for a in dossier.story.articles}
    found |= {_short(c.id): "c" for c in dossier.conflicts}
    found |= {_short(f.id): f.status[0] for f in dossier.facts}
    return dict(list(found.items())[:IDS_MAX])


def _short(name: str) -> str:
    return blake2b(name.encode("utf-8", "replace"), digest_size=5).hexdigest()


def _stamped(seen: dict[str, str], at: datetime) -> dict[str, str]:
    return seen | {"at": at.isoformat()}


def _time(seen: dict[str, str]) -> datetime:
    return datetime.fromisoformat(seen["at"])


def _news(before: dict[str, str], dossier: Dossier) -> News:
    was = {f.id: before.get(_short(f.id)) for f in dossier.facts}
    return News(
        since=_time(before),
        articles=tuple(a for a in dossier.story.articles if _short(a) not in before),
        facts=tuple(f for f in dossier.facts if was[f.id] is None),
        risen=tuple(f for f in dossier.facts if was[f.id] == "s" and f.status == "corroborated"),
        disputed=tuple(f for f in dossier.facts if was[f.id] not in (None, "d") and f.status == "disputed"),
        conflicts=tuple(c.id for c in dossier.conflicts if _short(c.id) not in before),
    )
