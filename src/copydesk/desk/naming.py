"""Stories of this update, stories of the last → ids that last: a story that grows keeps its name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from copydesk.model.desks import Event, StoryRow
from copydesk.model.stories import Story


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """The stories under the ids by which the desk knows them, and where an id that is gone went."""

    stories: tuple[Story, ...]
    renamed: dict[str, str]


def name_stories(stories: Sequence[Story], before: Sequence[StoryRow], former: Iterable[str] = ()) -> Named:
    """Each story takes the id of the old one with which it shares most articles; each old id is given once.

    Of two that would take one id the one with more of its articles does, then the one that was there with more, then
    the first by content. A new story keeps the id of its content, unless that id is or was another's.
    """
    old_of = {article: row.id for row in before for article in row.articles}
    shared = [Counter(old_of[a] for a in story.articles if a in old_of) for story in stories]
    offers = sorted((-n, old, stories[i].id, i) for i, counts in enumerate(shared) for old, n in counts.items())
    ids: dict[int, str] = {}
    given: set[str] = set()
    for _, old, _, i in offers:
        if i not in ids and old not in given:
            ids[i] = old
            given.add(old)
    taken = {row.id for row in before} | set(former)
    for i, story in enumerate(stories):
        if i not in ids:
            ids[i] = free_id(story.id, taken)
            taken.add(ids[i])
    name_of = {story.id: ids[i] for i, story in enumerate(stories)}
    renamed = {}
    for row in before:
        if row.id not in given:
            heirs = Counter(ids[i] for i, counts in enumerate(shared) for _ in range(counts.get(row.id, 0)))
            if heirs:
                renamed[row.id] = min(heirs, key=lambda heir: (-heirs[heir], heir))
    named = (replace(s, id=name_of[s.id], part_of=None if s.part_of is None else name_of[s.part_of]) for s in stories)
    return Named(stories=tuple(sorted(named, key=lambda s: s.id)), renamed=renamed)


def free_id(name: str, taken: set[str]) -> str:
    """The id itself, or another of its kind made from it when it is taken."""
    kind, found, count = name.partition("-")[0], name, 1
    while found in taken:
        count += 1
        found = f"{kind}-" + sha256(f"{name}/{count}".encode()).hexdigest()[:12]
    return found


def changes(rows: Sequence[StoryRow], before: Sequence[StoryRow], renamed: dict[str, str], at: datetime) -> list[Event]:
    """What happened to the stories since the last update, in words."""
    old = {row.id: row for row in before}
    headline = {row.id: row.headline for row in rows}
    events = []
    for row in rows:
        held = set(old[row.id].articles) if row.id in old else set()
        came, left = len(set(row.articles) - held), len(held - set(row.articles))
        if row.id not in old:
            events.append(
                Event(at=at, kind="formed", story=row.id, article=None, words=f"{row.headline}: {_count(came)}")
            )
            continue
        if came:
            events.append(
                Event(at=at, kind="grew", story=row.id, article=None, words=f"{row.headline}: {_count(came)} more")
            )
        if left:
            events.append(
                Event(at=at, kind="parted", story=row.id, article=None, words=f"{row.headline}: {_count(left)} less")
            )
    for gone, heir in sorted(renamed.items()):
        words = f"{old[gone].headline}: now part of {headline.get(heir, heir)}"
        events.append(Event(at=at, kind="joined", story=heir, article=None, words=words))
    return events


def _count(n: int) -> str:
    return f"{n} article" if n == 1 else f"{n} articles"
