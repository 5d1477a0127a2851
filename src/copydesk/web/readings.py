"""A desk → what the pages of an article, a comparison and an entity show."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from copydesk import desk
from copydesk.compiling.sources import one_line
from copydesk.desk.columns import article_key_of, load_markup
from copydesk.errors import CopydeskError, DeskError
from copydesk.model.articles import Article
from copydesk.model.corrections import Correction
from copydesk.model.desks import Hit, Said
from copydesk.model.markup import Markup
from copydesk.model.registers import RegisterLink
from copydesk.model.stories import Entity, Fact, Quote
from copydesk.web.articles import ArticlePage, Asked, Known, make_article_page
from copydesk.web.compares import Comparison, compare, find_link
from copydesk.web.places import article_address, compare_address
from copydesk.web.room import Room
from copydesk.web.shelf import Opened

ELSEWHERE_MAX, FACTS_MAX, QUOTES_MAX, MENTIONS_MAX = 30, 60, 60, 60
SENTENCE = 220  # characters of an article around a mention


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """One article beside the first, with names for both."""

    comparison: Comparison
    left: str
    right: str
    arrow: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparisons:
    """An article beside one or more others; `others` are more of its story, with their addresses."""

    pairs: tuple[Pair, ...]
    story: str
    headline: str
    others: tuple[tuple[str, str, bool], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityPage:
    """An entity of one story: `mentions` by article, `elsewhere` in other stories."""

    id: str
    name: str
    type: str
    place: str
    story: str
    headline: str
    aliases: tuple[tuple[str, int], ...]
    roles: tuple[tuple[str, str], ...]
    reasons: tuple[str, ...]
    quotes: tuple[Quote, ...]
    facts: tuple[Fact, ...]
    mentions: tuple[tuple[str, str, tuple[str, str, str]], ...]
    mention_count: int
    links: tuple[RegisterLink, ...]
    elsewhere: tuple[Hit, ...]


def read_article(room: Room, name: str, asked: Asked) -> ArticlePage:
    """The page of the article of an id or its beginning. Raises DeskError."""
    found = desk.find_article(room.desk, name)
    opened = room.shelf.story_of(found.id)
    dossier = opened.dossier if opened is not None else None
    texts = room.desk.store.texts(found.id)
    diffs = desk.diff_article(room.desk, found.id) if len(texts) > 1 else ()
    known = Known(article=found, markup=_markup(room, found), dossier=dossier, diffs=diffs, like=room.like())
    return make_article_page(known, asked)


def _markup(room: Room, article: Article) -> Markup | None:
    """What was found in an article, None before the first update that reads it: no page works it out."""
    try:
        return load_markup(room.desk, article_key_of(room.desk, article))
    except (KeyError, ValueError, CopydeskError):
        return None


def read_comparisons(room: Room, first: str, others: Sequence[str]) -> Comparisons:
    """The first article beside each of the others. Raises DeskError."""
    left = desk.find_article(room.desk, first)
    opened = room.shelf.story_of(left.id)
    labels = _labels(opened)
    pairs = tuple(
        _pair(room, left, desk.find_article(room.desk, other), (opened, labels)) for other in dict.fromkeys(others)
    )
    shown = {left.id, *(p.comparison.right.id for p in pairs)}
    rest = [t.article for t in opened.dossier.articles if t.article.id not in shown] if opened else []
    links = opened.dossier.copies if opened else ()
    return Comparisons(
        pairs=pairs, story=opened.row.id if opened else "", headline=one_line(opened.row.headline) if opened else "",
        others=tuple((labels[a.id], compare_address(left.id, a.id), find_link(links, left.id, a.id) is not None) for a in rest[:60]),
    )  # fmt: skip


def _pair(room: Room, left: Article, right: Article, known: tuple[Opened | None, dict[str, str]]) -> Pair:
    if left.id == right.id:
        raise DeskError(f"{left.id} is given twice; name two different articles")
    opened, labels = known
    link = find_link(opened.dossier.copies, left.id, right.id) if opened else None
    if link is None:  # a copy may stand in another story
        there = room.shelf.story_of(right.id)
        link = find_link(there.dossier.copies, left.id, right.id) if there else None
    arrow = "·" if link is None else "↔" if link.direction == "unknown" else "→" if link.origin == left.id else "←"
    return Pair(
        comparison=compare(left, right, link), left=labels.get(left.id) or _label(left), right=labels.get(right.id) or _label(right),
        arrow=arrow, reasons=tuple(_tell(r, labels) for r in link.reasons) if link else (),
    )  # fmt: skip


def _labels(opened: Opened | None) -> dict[str, str]:
    """A name for each article of a story: its outlet, with a number where two have the same."""
    names: dict[str, str] = {}
    taken: dict[str, int] = {}
    for traced in opened.dossier.articles if opened else ():
        name = _label(traced.article)
        taken[name] = taken.get(name, 0) + 1
        names[traced.article.id] = name if taken[name] == 1 else f"{name} ({taken[name]})"
    return names


def _label(article: Article) -> str:
    path = article.path.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]
    return one_line(article.outlet or "") or one_line(path) or article.id


def _tell(reason: str, labels: dict[str, str]) -> str:
    told = one_line(reason)
    for article, name in labels.items():
        told = told.replace(article, name)
    return told


def read_entity(room: Room, name: str, story: str) -> EntityPage:
    """The page of an entity of a story; the story is looked for when it is not named. Raises DeskError."""
    opened = room.shelf.open(story) if story else room.shelf.open_entity(name)
    dossier = opened.dossier
    found = next((e for e in dossier.entities if e.id == name), None)
    if found is None:
        raise DeskError(f"story {opened.row.id} has no entity {name!r}; its page lists them")
    place = found.place
    text_of = {t.article.id: t.article for t in dossier.articles}
    held = [(m, text_of[m.article]) for m in found.mentions if m.article in text_of and not m.in_source]
    return EntityPage(
        id=found.id, name=one_line(found.name), type=found.type, story=opened.row.id, headline=one_line(opened.row.headline),
        place=f"{place.lat:.2f}, {place.lon:.2f} {place.country}" if place is not None else "",
        aliases=tuple((one_line(a.text), a.count) for a in found.aliases),
        roles=tuple((one_line(r.text), article_address(r.support[0].article, r.support[0]) if r.support else "") for r in found.roles),
        reasons=tuple(one_line(r) for r in found.reasons), quotes=tuple(q for q in dossier.quotes if q.speaker == name)[:QUOTES_MAX],
        facts=tuple(f for f in dossier.facts if name in f.entities)[:FACTS_MAX], mention_count=len(found.mentions),
        mentions=tuple((_label(a), article_address(a.id, m), _around(a.text, m.start, m.end)) for m, a in held[:MENTIONS_MAX]),
        links=found.links, elsewhere=_elsewhere(room, found, opened.row.id),
    )  # fmt: skip


def _around(text: str, start: int, end: int) -> tuple[str, str, str]:
    half = SENTENCE // 2
    return text[max(0, start - half) : start], text[start:end], text[end : end + half]


def _elsewhere(room: Room, entity: Entity, story: str) -> tuple[Hit, ...]:
    """Articles of other stories that hold the same name: whether the same is meant is for the reader to say."""
    name = " ".join(entity.name.replace('"', " ").split())
    if not any(c.isalnum() for c in name):
        return ()
    try:
        hits = desk.search(room.desk, f'who:"{name[:200]}"', limit=ELSEWHERE_MAX + len(entity.mentions))
    except CopydeskError:
        return ()
    return tuple(hit for hit in hits if hit.story != story)[:ELSEWHERE_MAX]


def said_of_story(room: Room, opened: Opened) -> tuple[Said, ...]:
    """The corrections in force that name an article of this story."""
    inside = set(opened.row.articles)
    return tuple(
        s for s in _in_force(room) if s.correction.subject != "entity" and inside.intersection(_sides(s.correction))
    )


def said_of_link(room: Room, pair: Pair) -> tuple[Said, ...]:
    """What was said of the link between two articles, the last word last."""
    wanted = {pair.comparison.left.id, pair.comparison.right.id}
    return tuple(s for s in _in_force(room) if s.correction.subject == "link" and set(_sides(s.correction)) == wanted)


def said_of_names(room: Room, names: Iterable[str]) -> tuple[Said, ...]:
    wanted = set(names)
    return tuple(
        s
        for s in _in_force(room)
        if s.correction.subject == "entity" and wanted & {s.correction.left, s.correction.right}
    )


def _in_force(room: Room) -> list[Said]:
    return [s for s in desk.read_log(room.desk) if s.undone is None]


def _sides(correction: Correction) -> list[str]:
    return [*correction.left.split(), *correction.right.split()]
