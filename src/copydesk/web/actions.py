"""Forms that readers send → what is put on the desk, and what they know better."""

from __future__ import annotations

import csv
import hmac
import re
import tempfile
from collections.abc import Awaitable, Callable, Sequence
from hashlib import sha256
from pathlib import Path

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from copydesk import desk
from copydesk.errors import CopydeskError
from copydesk.model.corrections import Subject
from copydesk.web.asking import ID, RefusedError, checked_id, local
from copydesk.web.jobs import add_files_work, add_urls_work, fetch_work
from copydesk.web.pages import room_of, status_of, trouble
from copydesk.web.room import Room

FILES_MAX, FIELDS_MAX, FIELD_MAX, URLS_MAX = 200, 2_000, 2_000_000, 200
REASON_MAX = 500
SUBJECTS: tuple[Subject, ...] = ("entity", "link", "story")
_UNSAFE = re.compile(r"[^\w.-]+")

Change = Callable[[Room, Request, FormData], str]


def action(work: Change) -> Callable[[Request], Awaitable[Response]]:
    """An endpoint for a form: refused without what the desk's own forms carry, and led on afterwards."""

    async def endpoint(request: Request) -> Response:
        room = room_of(request)
        try:
            async with request.form(max_files=FILES_MAX, max_fields=FIELDS_MAX, max_part_size=FIELD_MAX) as form:
                if not hmac.compare_digest(_word(form, "csrf", 100).encode(), str(request.state.csrf).encode()):
                    raise RefusedError(
                        403, "that form is from before the desk was opened, or from another site: load the page again"
                    )
                address = await room.run(work, room, request, form)
            return RedirectResponse(address, status_code=303)
        except RefusedError as refused:
            return await room.run(trouble, room, request, (refused.status, refused.words))
        except CopydeskError as error:
            status = status_of(error)
            return await room.run(trouble, room, request, (400 if status == 404 else status, str(error)))

    return endpoint


def _word(form: FormData, name: str, most: int = REASON_MAX) -> str:
    found = form.get(name, "")
    if not isinstance(found, str):
        raise RefusedError(400, f"{name}: found a file, expected words")
    if len(found) > most:
        raise RefusedError(400, f"{name}: {len(found):,} characters are more than {most:,}")
    return found.strip()


def _ids(form: FormData, name: str) -> list[str]:
    found = [v for v in form.getlist(name) if isinstance(v, str)]
    if any(ID.fullmatch(v) is None for v in found):
        raise RefusedError(400, f"{name}: found what is no id")
    return found


def _id(form: FormData, name: str) -> str:
    """An id, also out of the address of a page or behind the words that a list offers."""
    found = _word(form, name).rstrip("/").rpartition("/")[2].partition("#")[0].partition("?")[0].split()
    return checked_id(found[0] if found else "", status=400)


def add(room: Room, request: Request, form: FormData) -> str:
    """Addresses, pasted text and files, put behind what the desk is doing."""
    update = _word(form, "update") == "1"
    urls = tuple(dict.fromkeys(_word(form, "urls", 100_000).split()))
    if len(urls) > URLS_MAX:
        raise RefusedError(400, f"{len(urls):,} addresses are more than {URLS_MAX} at a time")
    wrong = next((u for u in urls if not u.startswith(("http://", "https://"))), None)
    if wrong is not None:
        raise RefusedError(400, f"{wrong[:80]!r} is no address; expected one that begins with http:// or https://")
    files = [f for f in form.getlist("files") if isinstance(f, UploadFile) and f.filename]
    text = _word(form, "text", FIELD_MAX)
    if not (urls or files or text):
        raise RefusedError(400, "nothing was given; paste a text, name addresses, or choose files")
    job = None
    if files or text:
        folder = _stage(files, text, _said(form))
        title = " and ".join(([f"{len(files)} files"] if files else []) + (["a pasted text"] if text else []))
        job = room.jobs.start(f"Add {title}", add_files_work(folder, update=update and not urls))
    if urls:
        job = room.jobs.start(f"Add {len(urls)} addresses", add_urls_work(urls, update=update))
    return f"/log/{job.number}" if job is not None else "/log"


def _said(form: FormData) -> tuple[str, str, str]:
    """What is said of a pasted text: its address, outlet and day."""
    return _word(form, "url", 2_000), _word(form, "outlet"), _word(form, "published", 40)


def _stage(files: Sequence[UploadFile], text: str, said: tuple[str, str, str]) -> Path:
    """A folder of its own with the files under safe names, each once, and what is known of the pasted text."""
    folder = Path(tempfile.mkdtemp(prefix="copydesk-"))
    held = folder / "files"
    held.mkdir()
    for upload in files:
        path = held / safe_name(upload.filename or "")
        count = 1
        while path.exists():
            count += 1
            path = held / f"{count}-{safe_name(upload.filename or '')}"
        with path.open("wb") as out:
            while chunk := upload.file.read(1_000_000):
                out.write(chunk)
    if text:
        name = f"pasted-{sha256(text.encode('utf-8', 'replace')).hexdigest()[:12]}.txt"
        (held / name).write_text(text, encoding="utf-8", errors="replace")
        if any(said):
            with (folder / "about.csv").open("w", encoding="utf-8", errors="replace", newline="") as out:
                csv.writer(out).writerows([("path", "url", "outlet", "published"), (name, *said)])
    return folder


def safe_name(name: str) -> str:
    """The last part of a file's name without anything that could lead elsewhere."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return _UNSAFE.sub("-", last).strip(".-")[-100:] or "unnamed"


def update(room: Room, request: Request, form: FormData) -> str:
    return f"/log/{room.update().number}"


def fetch(room: Room, request: Request, form: FormData) -> str:
    return f"/log/{room.jobs.start('Ask the feeds for news', fetch_work).number}"


def merge(room: Room, request: Request, form: FormData) -> str:
    """Two stories are one."""
    story = checked_id(str(request.path_params["id"]))
    desk.merge(room.desk, [story, _id(form, "other")], _word(form, "reason"))
    room.update()
    return f"/stories/{story}#s-correct"


def split(room: Room, request: Request, form: FormData) -> str:
    """Articles of a story belong to none of it; with `to`, to that other story."""
    story, articles, reason = checked_id(str(request.path_params["id"])), _ids(form, "article"), _word(form, "reason")
    if not articles:
        raise RefusedError(400, "tick the articles that do not belong to this story")
    to = desk.find_story(room.desk, _id(form, "to")) if _word(form, "to") else None
    if to is not None and to.id == desk.find_story(room.desk, story).id:
        raise RefusedError(400, "they are in that story already; name another one")
    desk.split(room.desk, story, articles, reason)
    if to is not None:
        for article in articles:
            desk.say_same(room.desk, article, to.articles[0], subject="story", reason=reason)
    room.update()
    return f"/stories/{story}#s-correct"


def seen(room: Room, request: Request, form: FormData) -> str:
    """All that is new in a story was looked at."""
    opened = room.shelf.open(checked_id(str(request.path_params["id"])))
    room.looks.forget(opened.row.id, opened.dossier, room.now())
    return f"/stories/{opened.row.id}"


def say(room: Room, request: Request, form: FormData) -> str:
    """Two names, two copies or two articles are the same, or are not."""
    subject = next((s for s in SUBJECTS if s == _word(form, "subject")), None)
    verdict = _word(form, "verdict")
    if subject is None or verdict not in ("same", "not-same"):
        raise RefusedError(400, "expected a subject (entity, link or story) and a verdict (same or not-same)")
    left, right, reason = _word(form, "left"), _word(form, "right"), _word(form, "reason")
    if not left or not right:
        raise RefusedError(400, "name both of the two")
    speak = desk.say_same if verdict == "same" else desk.say_not_same
    speak(room.desk, left, right, subject=subject, reason=reason)
    room.update()
    return local(_word(form, "back", 600), "/log")


def undo(room: Room, request: Request, form: FormData) -> str:
    """A correction is taken back."""
    found = _word(form, "number", 12)
    if not (found.isascii() and found.isdigit()):
        raise RefusedError(400, f"number: found {found!r}, expected that of a correction")
    desk.undo(room.desk, int(found))
    room.update()
    return local(_word(form, "back", 600), "/log")
