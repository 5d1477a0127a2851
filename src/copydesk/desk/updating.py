"""What is on the desk → its stories: every stage over all articles, each told anew only where something changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from pathlib import Path

import msgspec

from copydesk import pipeline
from copydesk.aligning import VERSION as ALIGNING
from copydesk.clustering import VERSION as CLUSTERING
from copydesk.compiling import VERSION as COMPILING
from copydesk.desk.adding import settle_all
from copydesk.desk.columns import Columns, load_columns, load_markup
from copydesk.desk.correcting import corrections_in_force
from copydesk.desk.lasting import keep_entities
from copydesk.desk.naming import changes, name_stories
from copydesk.desk.project import Desk
from copydesk.desk.resting import at_rest, searched
from copydesk.desk.resuming import keep_clustering, load_kept
from copydesk.desk.revisions import with_revisions
from copydesk.errors import CopydeskError
from copydesk.model.articles import ArticleWarning
from copydesk.model.captures import Skipped
from copydesk.model.copies import Trace
from copydesk.model.corrections import Correction, names_article
from copydesk.model.desks import ArticleVoice, StoredText, StoryRow
from copydesk.model.dossiers import Dossier
from copydesk.model.piles import Pile
from copydesk.model.stories import Story
from copydesk.resolving import VERSION as RESOLVING
from copydesk.resolving import kinds_in, registered_in
from copydesk.store import Form
from copydesk.tracing import VERSION as TRACING

DOSSIER = Form(Dossier)
ENTRY = "1"  # version of what goes into a dossier's key
SHARE_DIGITS = 3
STATE = "updated"  # under which note the store knows what the last update rested on
LISTED = "/listed"  # ends the key of a story that could not be told


@dataclass(frozen=True, slots=True, kw_only=True)
class Updated:
    """What an update did: how many articles and stories there are, and how many stories were told anew."""

    articles: int
    stories: int
    told: int
    unused: tuple[Correction, ...] = ()


def update(desk: Desk) -> Updated:
    """Brings the stories to what is on the desk. Killed at any point it goes on, the next time, where it stopped.

    The stories, facts and voices are those of one run over all articles at once, whatever the order in which they came.
    Raises DeskError when another update holds the desk, StoreError.
    """
    with desk.updating(), searched():
        for _ in settle_all(desk):
            pass
        columns = load_columns(desk)
        corrections = corrections_in_force(desk)
        unused = tuple(c for c in corrections if not _is_used(c, columns))
        state = _state(desk, columns, corrections)
        if state == desk.store.marked(STATE) and not desk.store.counts().outside:
            return Updated(articles=len(columns.articles), stories=len(desk.store.stories()), told=0, unused=unused)
        desk.tools.encoder.pass_over()
        with at_rest():
            kept = load_kept(desk, columns)
            known = frozenset(() if kept is None else kept.articles.ids).difference(
                () if kept is None else kept.changed
            )
            columns.terms.fetch(a.id for a in columns.articles if a.id not in known)
            found = pipeline.find_stories(columns.pile(corrections), desk.tools, desk.options, kept)
            with desk.store.writing():
                desk.tools.encoder.keep()
                keep_clustering(desk, columns, found.clustering)
            before = desk.store.stories()
            named = name_stories(found.stories, before)
            parts = list(found.pile.split(named.stories))
        rows, told = _tell_all(desk, columns, (named.stories, parts), (found, before))
        _keep(desk, rows, (before, named.renamed), _voices(found.pile.trace))
        desk.store.mark(STATE, "" if any(row.key.endswith(LISTED) for row in rows) else state)
        return Updated(articles=len(columns.articles), stories=len(named.stories), told=told, unused=unused)


def _state(desk: Desk, columns: Columns, corrections: Sequence[Correction]) -> str:
    """All that the stories of a desk rest on, in one name: where it is that of the last update there is nothing to do."""
    register = desk.options.resolving.links
    content = (
        (ENTRY, TRACING, CLUSTERING, RESOLVING, ALIGNING, COMPILING, desk.tools.encoder.name),
        sorted((stage, sorted(table.items())) for stage, table in desk.options.as_tables().items()),
        sha256(Path(register).read_bytes()).hexdigest() if register and Path(register).is_file() else "",
        columns.keys,
        [(a.path, a.url, a.outlet, a.byline, a.sha256, a.compared, a.credits) for a in columns.articles],
        list(corrections),
    )
    return sha256(msgspec.msgpack.encode(content, enc_hook=str)).hexdigest()[:32]


def _tell_all(
    desk: Desk,
    columns: Columns,
    grouped: tuple[Sequence[Story], Sequence[Pile]],
    known: tuple[pipeline.FoundStories, tuple[StoryRow, ...]],
) -> tuple[list[StoryRow], int]:
    """Every story as a list shows it, and how many had to be told; each dossier is kept as soon as it is told."""
    found, before = known
    warnings = found.warnings
    key_of = dict(zip((a.id for a in columns.articles), columns.keys, strict=True))
    old, revised = {row.id: row for row in before}, desk.store.revised()
    setting = _setting(desk)
    rows: list[StoryRow] = []
    told = 0
    for done, (story, part) in enumerate(zip(*grouped, strict=True), start=1):
        texts = {a: desk.store.texts(a) for a in story.articles if a in revised}
        key = _dossier_key(setting, story, part, (key_of, texts, warnings))
        row = old.get(story.id)
        if row is None or row.key != key:
            record = desk.store.cache.get(key)  # of an update that was cut off
            if record is None:
                whole = replace(part, markups=tuple(load_markup(desk, key_of[a.id]) for a in part.articles))
                key, bare = _tell(desk, found.explain(story), (key, whole), warnings)
                last = None if row is None else desk.store.cache.get(row.key)
                dossier = keep_entities(with_revisions(bare, texts), None if last is None else DOSSIER.unpack(last))
                with desk.store.writing():
                    desk.store.cache.put(key, DOSSIER.pack(dossier))
                    desk.tools.encoder.keep()  # a story that grows is told anew, its sentences need not be encoded anew
                told += 1
            else:
                dossier = DOSSIER.unpack(record)
            row = row_of(dossier, key, row)
            desk.progress("compiling", done, len(grouped[0]))
        rows.append(replace(row, part_of=story.part_of))  # what it follows may change without it
    return rows, told


def _tell(
    desk: Desk, story: Story, known: tuple[str, Pile], warnings: Mapping[str, tuple[ArticleWarning, ...]]
) -> tuple[str, Dossier]:
    """A story's dossier and its key.

    A fault of copydesk's own in one story must not keep a whole desk from its news: such a story is listed without
    facts, under a key that the next update does not take for done, and the desk says so.
    """
    key, part = known
    place = f"story {story.id}"
    try:
        dossier = pipeline.tell(story, part, (desk.tools.encoder, desk.options), warnings)
        desk.store.drop_skipped(place, "compiling")
        return key, dossier
    except CopydeskError:
        raise
    except Exception as error:  # whatever it is, it is this story's alone
        reason = f"{type(error).__name__}: {error}; its articles are listed without facts: please report this"
        desk.store.put_skipped(Skipped(path=place, stage="compiling", reason=reason), desk.now())
        return f"{key}{LISTED}", pipeline.list_only(story, part, warnings)


def _setting(desk: Desk) -> tuple[object, ...]:
    """What every dossier of the desk rests on."""
    tables = (asdict(desk.options.resolving), asdict(desk.options.aligning))
    return (ENTRY, RESOLVING, ALIGNING, COMPILING, sorted(tables[0].items()), sorted(tables[1].items()))


def _dossier_key(
    setting: tuple[object, ...],
    story: Story,
    part: Pile,
    known: tuple[dict[str, str], dict[str, tuple[StoredText, ...]], Mapping[str, tuple[ArticleWarning, ...]]],
) -> str:
    """What a dossier rests on, in one name.

    Scores, and reasons with numbers in them, are left out: they move a little with every article that comes, however
    far from the story, and decide nothing any more once links, shares and stories stand.
    """
    keys, texts, warnings = known
    trace = part.trace
    content = (
        setting,
        (story.id, [keys[a] for a in story.articles]),
        [(a.path, a.url, a.outlet, a.byline, a.sha256, a.compared) for a in part.articles],
        [
            (x.origin, x.origin_voice, x.copy, x.kind, x.direction, [(p.origin, p.copy) for p in x.passages])
            for x in trace.links
        ],
        [(x.id, x.voice, x.spans) for x in trace.lines],
        [(v.id, v.name, v.kind, v.articles) for v in trace.voices],
        [
            (a, [(s.voice, round(s.share, SHARE_DIGITS), s.spans) for s in shares])
            for a, shares in sorted(trace.shares.items())
        ],
        [(a, [(w.start, w.end, w.stands_for) for w in warnings.get(a, ())]) for a in story.articles],
        [(a, [t.capture for t in found]) for a, found in sorted(texts.items())],
        [c for c in part.corrections if _concerns(c, part)],
        (registered_in(part) if part.register else (), kinds_in(part)),
    )
    return "dossier/" + sha256(msgspec.msgpack.encode(content)).hexdigest()[:32]


def _concerns(correction: Correction, part: Pile) -> bool:
    """Whether a correction speaks of a name or an article of this story."""
    sides = (correction.left, correction.right)
    if correction.subject == "entity":
        names = {name.text for markup in part.markups for name in markup.names}
        return bool(names.intersection(sides))
    return any(names_article(side, article_id=a.id, path=a.path) for a in part.articles for side in sides)


def _is_used(correction: Correction, columns: Columns) -> bool:
    """Whether both things that a correction names are on the desk."""
    sides = (correction.left, correction.right)
    if correction.subject == "entity":
        return {name.text for markup in columns.markups for name in markup.names}.issuperset(sides)
    return all(any(names_article(side, article_id=a.id, path=a.path) for a in columns.articles) for side in sides)


def _keep(
    desk: Desk,
    rows: Sequence[StoryRow],
    known: tuple[tuple[StoryRow, ...], dict[str, str]],
    voices: Sequence[ArticleVoice],
) -> None:
    """The stories in place of the ones before, in one transaction."""
    before, renamed = known
    now, added = desk.now(), desk.store.added()
    with desk.store.writing():
        alive = frozenset(desk.store.article_ids())  # one may have been forgotten meanwhile: its story waits
        kept = [
            replace(
                row,
                arrivals=tuple(sorted(added[a] for a in row.articles)),
                added=row.added or now,
                changed=row.changed or now,
            )
            for row in rows
            if alive.issuperset(row.articles)
        ]
        desk.store.put_stories(kept, renamed, [v for v in voices if v.article in alive])
        for event in changes(kept, before, renamed, now):
            desk.store.tell(event)
        held = {row.key for row in kept}
        for row in (*before, *rows):
            if row.key not in held:
                desk.store.cache.drop(row.key)
        desk.tools.encoder.trim()


def row_of(dossier: Dossier, key: str, before: StoryRow | None) -> StoryRow:
    """A dossier as a list shows it."""
    names = {e.id: e.name for e in dossier.entities}
    articles = [t.article for t in dossier.articles]
    return StoryRow(
        id=dossier.story.id, key=key, headline=dossier.headline, articles=dossier.story.articles,
        voices=tuple((v.id, v.name) for v in dossier.voices), facts=len(dossier.facts),
        corroborated=sum(f.voices >= 2 for f in dossier.facts), disputed=sum(f.status == "disputed" for f in dossier.facts),
        conflicts=sum(c.kind == "conflict" for c in dossier.conflicts), value=dossier.when.value,
        earliest=dossier.when.earliest, latest=dossier.when.latest,
        outlets=tuple(sorted({a.outlet for a in articles if a.outlet})), languages=tuple(sorted({a.language for a in articles})),
        places=tuple(names[p] for p in dossier.where if p in names), arrivals=(),
        added=None if before is None else before.added, changed=None,
    )  # fmt: skip


def _voices(trace: Trace) -> list[ArticleVoice]:
    names = {v.id: v.name for v in trace.voices}
    return [
        ArticleVoice(article=article, voice=s.voice, name=names.get(s.voice, s.voice), share=s.share)
        for article, shares in sorted(trace.shares.items())
        for s in shares
    ]
