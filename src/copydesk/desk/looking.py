"""A desk → what a reader asks of it: stories, articles, what changed, how it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path

from copydesk.desk.adding import path_key
from copydesk.desk.briefs import BriefFiles, write_brief
from copydesk.desk.project import Desk
from copydesk.desk.revisions import Diff, find_diffs, touched
from copydesk.errors import DeskError
from copydesk.model.articles import Article
from copydesk.model.captures import Skipped
from copydesk.model.desks import Counts, Event, StoryRow
from copydesk.model.dossiers import Brief, Dossier
from copydesk.reading import page_key
from copydesk.store import Form

DOSSIER = Form(Dossier)


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """How a desk stands: what it holds, what waits, and what happened last."""

    folder: Path
    counts: Counts
    due: int  # pages that the next fetch asks for
    events: tuple[Event, ...]


def list_stories(desk: Desk) -> tuple[StoryRow, ...]:
    """Every story of the last update: most voices first, then most articles, then the one that changed last."""

    def weight(row: StoryRow) -> tuple[int, int, float, str]:
        changed = 0.0 if row.changed is None else row.changed.timestamp()
        return -len(row.voices), -len(row.articles), -changed, row.id

    return tuple(sorted(desk.store.stories(), key=weight))


def find_story(desk: Desk, story: str) -> StoryRow:
    """The story of an id, a former id, the beginning of one, or the id of one of its articles. Raises DeskError."""
    row = desk.store.story(story) if story else None
    if row is None and (inside := desk.store.story_of(story)) is not None:
        row = desk.store.story(inside)
    if row is None:
        raise DeskError(f"{desk.folder} has no story {story!r}, or several that begin so; copydesk stories lists them")
    return row


def open_dossier(desk: Desk, story: str) -> Dossier:
    """The dossier of a story as the last update told it. Raises DeskError."""
    row = find_story(desk, story)
    record = desk.store.cache.get(row.key)
    if record is None:
        raise DeskError(f"the dossier of story {row.id} is missing from {desk.folder}; call copydesk update")
    dossier = DOSSIER.unpack(record)
    return replace(dossier, story=replace(dossier.story, part_of=row.part_of))


def brief_of(desk: Desk, story: str) -> Brief:
    """One story as a brief of its own, with all that the desk skipped."""
    dossier = open_dossier(desk, story)
    alone = replace(
        dossier, story=replace(dossier.story, part_of=None)
    )  # the story that it follows is not in this brief
    names = {"tagger": desk.tools.tagger.name, "encoder": desk.tools.encoder.name}
    return Brief(
        generated=desk.now(), version=version("copydesk"), options=desk.options.as_tables() | {"models": names},
        articles=dossier.articles, skipped=tuple(list_skipped(desk)), dossiers=(alone,),
    )  # fmt: skip


def write_story(desk: Desk, story: str, folder: Path) -> BriefFiles:
    """The four files of one story's brief in a folder. Raises DeskError, InputError."""
    return write_brief(brief_of(desk, story), folder)


def find_article(desk: Desk, article: str) -> Article:
    """The article of an id or its beginning, an address or a path, as it stands now. Raises DeskError."""
    found = next(desk.store.articles([article]), None)
    if found is None:
        ids = [i for i in desk.store.article_ids() if article and i.startswith(article)]
        if len(ids) > 1:
            raise DeskError(f"{len(ids)} articles begin with {article!r}: {', '.join(ids[:5])}; give more of the id")
        found = next(desk.store.articles(ids or _by_place(desk, article)), None)
    if found is None:
        raise DeskError(
            f"{desk.folder} has no article {article!r}; give an id, an address or a path as copydesk search prints it"
        )
    return found


def _by_place(desk: Desk, place: str) -> list[str]:
    keys = [f"url:{page_key(place)}", path_key(place)]
    found = [a for key in keys if (a := desk.store.article_at(key)) is not None]
    return found or [s.article for s in desk.store.settled() if s.path == place and s.article is not None][:1]


def diff_article(desk: Desk, article: str) -> tuple[Diff, ...]:
    """Each step from one text of an article to the next, the facts that the last one touches; empty for one text."""
    found = find_article(desk, article)
    diffs = list(find_diffs(desk.store.texts(found.id)))
    story = desk.store.story_of(found.id)
    if diffs and story is not None:
        last, facts = diffs[-1], open_dossier(desk, story).facts
        diffs[-1] = Diff(
            before=last.before, after=last.after, changes=last.changes, facts=touched(last.changes, found.id, facts)
        )
    return tuple(diffs)


def list_skipped(desk: Desk) -> Iterator[Skipped]:
    """Everything that did not become an article, with the stage that gave it up and why."""
    yield from desk.store.skipped()
    for settled in desk.store.settled("skipped"):
        stage, _, reason = (settled.reason or "cleaning: no reason was kept").partition(": ")
        yield Skipped(path=settled.path, stage=stage, reason=reason)


def look(desk: Desk, events: int = 10) -> Status:
    """How the desk stands, with the last things that happened."""
    last = desk.store.last_event()
    return Status(
        folder=desk.folder, counts=desk.store.counts(), due=len(desk.store.due_pages(desk.now())),
        events=desk.store.events(after=max(0, last - events), limit=events),
    )  # fmt: skip
