"""What clustering knew at the last update, kept on the desk: this one weighs and scores only what has come since."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from hashlib import sha256

import msgspec

from copydesk.clustering import ROWS_A_PART, Clustering, Kept, KeptRows
from copydesk.desk.columns import Columns, terms_key
from copydesk.desk.project import Desk
from copydesk.model.articles import Article
from copydesk.store import Form

SHELF = "clustering/"  # how the keys of what is kept begin
HEAD = SHELF + "head"
VERSION = "1"  # of how it is kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What is kept but for the rows, and the name of all that it rests on."""

    rests_on: str
    kept: Kept


HELD = Form(Held, level=0)  # numbers hardly become less, and are read at every update
ROWS = Form(KeptRows, level=0)


def load_kept(desk: Desk, columns: Columns) -> Kept | None:
    """What was kept, where every article of it is on the desk as it was and nothing else changed; else None: then all is
    worked out anew."""
    record = desk.store.cache.get(HEAD)
    if record is None:
        return None
    try:
        held = HELD.unpack(record)
        if held.rests_on != _rests_on(desk, columns, held.kept.articles.ids):
            return None
        parts = [_part_key(n) for n in range(-(-len(held.kept.articles.ids) // ROWS_A_PART))]
        records = desk.store.cache.get_all(parts)
        return replace(held.kept, rows=tuple(ROWS.unpack(records[key]) for key in parts))
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
    desk.store.cache.put(HEAD, HELD.pack(Held(rests_on=_rests_on(desk, columns, ids) or "", kept=replace(kept, rows=()))))


def drop_kept(desk: Desk) -> None:
    """Forgets what was kept."""
    desk.store.cache.trim(SHELF, 0)


def _part_key(number: int) -> str:
    return f"{SHELF}rows/{number}"


def _rests_on(desk: Desk, columns: Columns, ids: Sequence[str]) -> str | None:
    """The name of all that is known of these articles, None where one of them is not on the desk."""
    found = {a.id: (terms_key(desk, key), _seen(a)) for a, key in zip(columns.articles, columns.keys, strict=True)}
    if not found.keys() >= set(ids):
        return None
    setting = (VERSION, desk.tools.encoder.name, sorted(asdict(desk.options.clustering).items()))
    return sha256(msgspec.msgpack.encode((setting, [found[article] for article in ids]))).hexdigest()[:32]


def _seen(article: Article) -> str:
    """The day on which an article was seen: one without a day of publication stands there."""
    return "" if article.observed is None else article.observed.isoformat()
