"""What clustering knew at the last update, kept on the desk: this one weighs and scores only what has come since."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from hashlib import sha256

import msgspec

from copydesk.clustering import ROWS_A_PART, Clustering, Kept, KeptRows
from copydesk.clustering import VERSION as CLUSTERING
from copydesk.desk.columns import Columns
from copydesk.desk.project import Desk
from copydesk.store import Form

SHELF = "clustering/"  # how the keys of what is kept begin
HEAD = SHELF + "head"
VERSION = "2"  # of how it is kept
MARK = 24  # letters of a name made of content


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What is kept but for the rows; the name of what all of it rests on, and of what is known of each article."""

    setting: str
    marks: tuple[str, ...]
    kept: Kept


HELD = Form(Held, level=0)  # numbers hardly become less, and are read at every update
ROWS = Form(KeptRows, level=0)


def load_kept(desk: Desk, columns: Columns) -> Kept | None:
    """What was kept, with the articles of it that changed; None where it does not hold any more: then all is worked out anew."""
    record = desk.store.cache.get(HEAD)
    if record is None:
        return None
    try:
        held = HELD.unpack(record)
        ids, marks = held.kept.articles.ids, _marks(desk, columns)
        if held.setting != _setting(desk) or not marks.keys() >= set(ids):
            return None
        changed = tuple(article for article, mark in zip(ids, held.marks, strict=True) if marks[article] != mark)
        if not held.kept.holds_without(changed):
            return None
        parts = [_part_key(n) for n in range(-(-len(ids) // ROWS_A_PART))]
        records = desk.store.cache.get_all(parts)
        return replace(held.kept, rows=tuple(ROWS.unpack(records[key]) for key in parts), changed=changed)
    except (ValueError, KeyError):  # another version's, or damaged: it can be worked out anew
        return None


def keep_clustering(desk: Desk, columns: Columns, clustering: Clustering) -> None:
    """Keeps what clustering knows, inside a transaction. Of one article it knows nothing that another could rest on."""
    kept, standing = clustering.kept()
    ids = kept.articles.ids
    if len(ids) < 2:
        drop_kept(desk)
        return
    if standing == 0:
        drop_kept(desk)
    for number, rows in enumerate(kept.rows, start=standing):
        desk.store.cache.put(_part_key(number), ROWS.pack(rows))
    marks = _marks(desk, columns)
    held = Held(setting=_setting(desk), marks=tuple(marks[article] for article in ids), kept=replace(kept, rows=()))
    desk.store.cache.put(HEAD, HELD.pack(held))


def drop_kept(desk: Desk) -> None:
    """Forgets what was kept."""
    desk.store.cache.trim(SHELF, 0)


def _part_key(number: int) -> str:
    return f"{SHELF}rows/{number}"


def _setting(desk: Desk) -> str:
    """All that does not depend on an article."""
    setting = (VERSION, CLUSTERING, desk.tools.encoder.name, sorted(asdict(desk.options.clustering).items()))
    return sha256(msgspec.msgpack.encode(setting)).hexdigest()[:MARK]


def _marks(desk: Desk, columns: Columns) -> dict[str, str]:
    """A name for all that clustering reads of each article: its key, and the day on which it was seen, where one without a
    day of publication stands."""
    found = {}
    for article, key in zip(columns.articles, columns.keys, strict=True):
        seen = "" if article.observed is None else article.observed.isoformat()
        found[article.id] = sha256(f"{key}/{seen}".encode()).hexdigest()[:MARK]
    return found
