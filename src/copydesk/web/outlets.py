"""Every article's voices → outlets and agencies, with how much of their output is their own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from copydesk.compiling.sources import one_line
from copydesk.model.ports import Store
from copydesk.reference.sources import agencies

SUPPLIERS_MAX = 4
BATCH = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Supplier:
    """A voice and the share of an outlet's text that it supplies."""

    name: str
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletLine:
    """An outlet: how many articles of it are compared, and whose text they carry. `own` is a share of its text."""

    name: str
    articles: int
    own: float
    sole: int  # articles that are wholly its own
    suppliers: tuple[Supplier, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceOut:
    """A voice in other outlets' articles: where it stands, and how many articles it supplies a third or more of."""

    name: str
    agency: bool
    articles: int
    outlets: int
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceTable:
    outlets: tuple[OutletLine, ...]
    voices: tuple[VoiceOut, ...]
    unplaced: int  # articles of no known outlet


class OutletReader:
    """Remembers each article's outlet: an article keeps it, and a desk of thousands is read only once."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._outlet: dict[str, str] = {}

    def read(self) -> SourceTable:
        """The table over all articles of the last update."""
        ids = self._store.article_ids()
        revised = self._store.revised()
        for part in _parts(i for i in ids if i not in self._outlet or i in revised):
            for article in self._store.articles(part):
                self._outlet[article.id] = one_line(article.outlet or "")
        held = [(i, self._outlet.get(i, ""), [(v.name, v.share) for v in self._store.article_voices(i)]) for i in ids]
        return make_table(held)


def make_table(held: Iterable[tuple[str, str, list[tuple[str, float]]]]) -> SourceTable:
    """Articles with their outlet and their voices' shares → the table."""
    by_outlet: dict[str, list[list[tuple[str, float]]]] = defaultdict(list)
    elsewhere: dict[str, list[tuple[str, float]]] = defaultdict(list)
    unplaced = 0
    for _, outlet, voices in held:
        if not voices:
            continue
        if outlet:
            by_outlet[outlet].append(voices)
        else:
            unplaced += 1
        for name, share in voices:
            if not same_name(name, outlet):
                elsewhere[name].append((outlet, share))
    names = {name for a in agencies() for name in (a.name, *a.aliases)}
    return SourceTable(
        outlets=tuple(
            sorted((_outlet(o, found) for o, found in by_outlet.items()), key=lambda x: (-x.articles, x.name))
        ),
        voices=tuple(
            sorted(
                (_voice(v, f, v in names) for v, f in elsewhere.items()), key=lambda x: (-x.articles, -x.share, x.name)
            )
        ),
        unplaced=unplaced,
    )


def same_name(voice: str, outlet: str) -> bool:
    """Whether a voice is the outlet's own."""
    return _plain(voice) == _plain(outlet)


def _plain(name: str) -> str:
    return one_line(name).casefold().removeprefix("the ")


def _outlet(name: str, articles: list[list[tuple[str, float]]]) -> OutletLine:
    shares: dict[str, float] = defaultdict(float)
    for voices in articles:
        for voice, share in voices:
            shares[name if same_name(voice, name) else voice] += share / len(articles)
    others = sorted(((v, s) for v, s in shares.items() if v != name), key=lambda x: (-x[1], x[0]))
    return OutletLine(
        name=name, articles=len(articles), own=min(1.0, shares.get(name, 0.0)),
        sole=sum(all(same_name(v, name) for v, _ in voices) for voices in articles),
        suppliers=tuple(Supplier(name=one_line(v), share=min(1.0, s)) for v, s in others[:SUPPLIERS_MAX]),
    )  # fmt: skip


def _voice(name: str, found: list[tuple[str, float]], agency: bool) -> VoiceOut:
    return VoiceOut(
        name=one_line(name), agency=agency, articles=sum(s >= 1 / 3 for _, s in found),
        outlets=len({o for o, _ in found if o}), share=sum(s for _, s in found) / len(found),
    )  # fmt: skip


def _parts(ids: Iterable[str]) -> Iterator[list[str]]:
    waiting = iter(ids)
    while part := list(islice(waiting, BATCH)):
        yield part
