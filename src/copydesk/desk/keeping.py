"""A desk as a whole: checked, written to one file, read from one; and articles forgotten."""

from __future__ import annotations

import json
import shutil
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from copydesk.compiling import check_brief, to_json
from copydesk.desk.columns import drop_columns
from copydesk.desk.looking import brief_of, find_article, open_dossier
from copydesk.desk.project import STORE_NAME, Desk, open_desk
from copydesk.desk.resuming import drop_kept
from copydesk.errors import CopydeskError, DeskError
from copydesk.model.desks import Event
from copydesk.options import FILE_NAME
from copydesk.store import SqliteStore

HELD = (FILE_NAME, STORE_NAME)  # what an exported desk holds, and nothing else
UNPACKED_MAX = 500_000_000_000
OPTIONS_MAX = 1_000_000


def check_desk(desk: Desk, *, deep: bool = False) -> Iterator[str]:
    """What is wrong with a desk, in words; nothing when it is sound.

    The file, its records, and what must hold between them; every story's dossier is opened. With `deep` each is also
    written as a brief, and that is checked span by span.
    """
    yield from desk.store.faults()
    rows = desk.store.stories()
    for done, row in enumerate(rows, start=1):
        desk.progress("checking", done, len(rows))
        try:
            dossier = open_dossier(desk, row.id)
            brief = brief_of(desk, row.id) if deep else None
        except (CopydeskError, ValueError) as error:
            yield f"story {row.id}: {error}"
            continue
        if dossier.story.articles != row.articles:
            yield f"story {row.id} lists other articles than its dossier"
        if brief is not None:
            yield from (f"story {row.id}: {fault}" for fault in check_brief(json.loads(to_json(brief))))


def forget(desk: Desk, articles: Sequence[str]) -> tuple[str, ...]:
    """Takes articles off the desk: their captures, every text, and all that was found in them; gives their ids.

    The stories that told of them are gone until the next update. Raises DeskError before anything is forgotten when one
    is not there.
    """
    found = [find_article(desk, article) for article in articles]
    with desk.updating():
        for article in found:
            texts = desk.store.texts(article.id)
            with desk.store.writing():
                for text in texts:
                    drop_columns(desk, text.article)
                drop_kept(desk)
                desk.store.drop_article(article.id)
                words = f"article {article.id} was taken off the desk"
                desk.store.tell(Event(at=desk.now(), kind="forgot", story=None, article=article.id, words=words))
    return tuple(article.id for article in found)


def export_desk(desk: Desk, target: Path) -> Path:
    """The whole desk in one file, as it is at this moment; others may go on using it. Raises DeskError, StoreError."""
    if target.exists():
        raise DeskError(f"{target} is there already; name a file that is not")
    if not isinstance(desk.store, SqliteStore):
        raise DeskError(f"{desk.folder} is kept in memory and cannot be written to a file")
    part = target.with_name(target.name + ".part")
    try:
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".copydesk-") as folder:
            copy = Path(folder) / STORE_NAME
            desk.store.copy_to(copy)
            with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
                if (desk.folder / FILE_NAME).is_file():
                    archive.write(desk.folder / FILE_NAME, FILE_NAME)
                archive.write(copy, STORE_NAME)
        part.replace(target)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise DeskError(
            f"{target} cannot be written ({error.strerror or error}): make room, or name another file"
        ) from error
    return target


def import_desk(source: Path, folder: Path) -> Desk:
    """The desk of an exported file, in a folder that has none yet. Raises DeskError; then nothing is left behind."""
    if (folder / STORE_NAME).exists():
        raise DeskError(f"{folder} is a desk already; name a folder that is none")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder, prefix=".copydesk-") as name:
            unpacked = Path(name)
            _unpack(source, unpacked)
            SqliteStore(
                unpacked / STORE_NAME, create=False
            ).close()  # refuses what is no store before it is put in place
            for held in HELD[::-1]:
                if (unpacked / held).is_file() and not (folder / held).exists():
                    (unpacked / held).replace(folder / held)
    except (OSError, zipfile.BadZipFile, EOFError) as error:
        raise DeskError(
            f"{source} cannot be read as a desk ({error}); expected a file that copydesk export wrote"
        ) from error
    return open_desk(folder)


def _unpack(source: Path, folder: Path) -> None:
    with zipfile.ZipFile(source) as archive:
        held = {entry.filename: entry for entry in archive.infolist()}
        if STORE_NAME not in held or not set(held) <= set(HELD):
            raise DeskError(f"{source} is no exported desk: it holds {', '.join(sorted(held)[:5]) or 'nothing'}")
        if held[STORE_NAME].file_size > UNPACKED_MAX or (FILE_NAME in held and held[FILE_NAME].file_size > OPTIONS_MAX):
            raise DeskError(f"{source} would unpack to more than a desk may hold")
        for name in held:
            with archive.open(name) as packed, (folder / name).open("wb") as out:
                shutil.copyfileobj(packed, out)
