"""The query of a request → what is asked, with bounds; what cannot be read is refused in words."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import urlencode

from starlette.requests import Request

from copydesk.web.articles import LAYERS, Asked, Place
from copydesk.web.fronts import ORDERS, Wanted

ID = re.compile(r"[A-Za-z0-9_.-]{1,80}")
PLACE = re.compile(r"([0-9]{1,9})-([0-9]{1,9})")
WORDS_MAX = 300  # characters of a filter
NUMBER_MAX = 1_000_000


class RefusedError(Exception):
    """A request that cannot be answered, with the status and the words for it."""

    def __init__(self, status: int, words: str) -> None:
        super().__init__(words)
        self.status = status
        self.words = words


def read_id(request: Request, name: str = "id") -> str:
    """An id from the path."""
    return checked_id(str(request.path_params[name]))


def query_id(request: Request, name: str, *, needed: bool = True) -> str:
    """An id from the query; "" when it is not needed and not there."""
    found = request.query_params.get(name, "")
    if not found and not needed:
        return ""
    return checked_id(found, status=400)


def checked_id(name: str, status: int = 404) -> str:
    if ID.fullmatch(name) is None:
        raise RefusedError(
            status, f"{name[:40]!r} is no id; a story's begins with s-, an article's with a-, an entity's with e-"
        )
    return name


def number(request: Request, name: str, default: int, largest: int = NUMBER_MAX) -> int:
    """A whole number from nought to `largest`."""
    found = request.query_params.get(name, "")
    if not found:
        return default
    if not (found.isascii() and found.isdigit()) or len(found) > 9 or int(found) > largest:
        raise RefusedError(400, f"{name}: found {found[:40]!r}, expected a whole number from 0 to {largest:,}")
    return int(found)


def flag(request: Request, name: str) -> bool:
    """Whether a box is ticked."""
    found = request.query_params.get(name, "")
    if found not in ("", "0", "1", "true", "false", "on"):
        raise RefusedError(400, f"{name}: found {found[:40]!r}, expected 1 or 0")
    return found in ("1", "true", "on")


def words(request: Request, name: str, most: int = WORDS_MAX) -> str:
    found = request.query_params.get(name, "")
    if len(found) > most:
        raise RefusedError(400, f"{name}: {len(found):,} characters are more than {most:,}")
    return found.strip()


def day(request: Request, name: str) -> date | None:
    """A day written as YYYY-MM-DD."""
    found = request.query_params.get(name, "")
    if not found:
        return None
    try:
        if len(found) != 10:
            raise ValueError
        return date.fromisoformat(found)
    except ValueError:
        raise RefusedError(400, f"{name}: found {found[:40]!r}, expected a day like 2026-11-22") from None


def wanted(request: Request) -> Wanted:
    """What the front page is asked for."""
    order = request.query_params.get("order", "") or "weight"
    chosen = next((o for o in ORDERS if o == order), None)
    if chosen is None:
        raise RefusedError(400, f"order: found {order[:40]!r}, expected one of {', '.join(ORDERS)}")
    return Wanted(
        voices=number(request, "voices", 0, 10_000), disputed=flag(request, "disputed"), single=flag(request, "single"),
        outlet=words(request, "outlet"), language=words(request, "language", 20), place=words(request, "place"),
        first=day(request, "after"), last=day(request, "before"), order=chosen,
    )  # fmt: skip


def asked(request: Request) -> Asked:
    """What of an article is to be shown."""
    place = None
    for name in ("at", "source"):
        found = request.query_params.get(name, "")
        match = PLACE.fullmatch(found)
        if found and match is None:
            raise RefusedError(400, f"{name}: found {found[:40]!r}, expected a stretch of the text like 120-180")
        if match is not None:
            place = Place(start=int(match[1]), end=int(match[2]), in_source=name == "source")
    layers = tuple(layer for layer in LAYERS if layer in request.query_params.getlist("show"))
    dropped = flag(request, "dropped") or (place is not None and place.in_source)
    return Asked(layers=layers, dropped=dropped, place=place)


def with_query(request: Request, **changed: object) -> str:
    """The query of this request with some of it changed, as an address on the same page."""
    pairs = [(k, v) for k, v in request.query_params.multi_items() if k not in changed and v]
    pairs += [(k, str(v)) for k, v in changed.items() if v]
    return "?" + urlencode(pairs, errors="replace")


def local(address: str, otherwise: str) -> str:
    """An address of this desk to go back to; anything else is not gone to."""
    if re.fullmatch(r"/(?![/\\])[\x21-\x7e]{0,500}", address) is None or "\\" in address:
        return otherwise
    return address
