"""RSS or Atom → a Feed of items; a saved one → Drafts, an entry an article."""

from __future__ import annotations

import calendar
import html
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from time import struct_time
from typing import Protocol

from copydesk.model.captures import Stated
from copydesk.reading.drafts import Broken, Draft, inside_name, plain, too_big
from copydesk.text.decoding import decode

TAG = re.compile(r"<[^<>]{0,2000}>")
ROOT = re.compile(r"<\w")
PROLOG_MAX = 20_000  # characters before the root: the parser's own search of them grows with their square
UTF8 = {"content-type": "application/xml; charset=utf-8"}  # it is decoded here, however it was sent
ATTRIBUTES_MAX = 200  # in one tag: the parser's time grows with their square
ITEM_END = re.compile(rb"</(?:[A-Za-z]{1,9}:)?(?:item|entry)\s{0,9}>")
ROOT_NAME = re.compile(rb"<((?:[A-Za-z]{1,9}:)?(?:rss|rdf|feed))[\s>]", re.IGNORECASE)
PERIODS = {"hourly": 3600.0, "daily": 86_400.0, "weekly": 604_800.0, "monthly": 2_592_000.0, "yearly": 31_536_000.0}


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One entry: where its page is, what the feed says of it, and its own words as a Draft, Broken when it has none."""

    link: str | None
    stated: Stated
    words: Draft | Broken


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed's items in its order. `period` is how many seconds it stays as it is.

    `trouble` says what stands in the way of reading it whole; `broken` that this is its make, and not that it is empty.
    """

    items: tuple[Item, ...] = ()
    title: str | None = None
    site: str | None = None
    period: float | None = None
    trouble: str | None = None
    broken: bool = False


class Entry(Protocol):
    """The part of feedparser's dictionaries that is used here."""

    def get(self, name: str, default: object = None) -> object: ...

    def __contains__(self, name: object) -> bool: ...  # for a time: not counting what stands in for a missing one


def read_feed(content: bytes, limit: int) -> Iterator[Draft | Broken]:
    """The entries of a feed that hold words: the longest of content and summary, with its markup."""
    feed = parse_feed(content, limit)
    yield from (item.words for item in feed.items)
    if feed.trouble is not None:
        yield Broken(inside="", reason=feed.trouble)


def parse_feed(content: bytes, limit: int, charset: str | None = None) -> Feed:
    """A feed, however broken, with what could be read of it; an item's words may have up to `limit` bytes.

    `charset` is what the transport said. Entities that the feed defines itself are not expanded.
    """
    import feedparser  # takes half a second that a run without feeds should not pay

    text = decode(content, charset).replace("<!ENTITY", "<!NOTHING")  # no feed needs entities of its own
    if ROOT.search(text, 0, PROLOG_MAX) is None:
        return Feed(trouble=f"a feed that does not begin within {PROLOG_MAX:,} characters", broken=True)
    if max(piece.partition(">")[0].count("=") for piece in text.split("<")) > ATTRIBUTES_MAX:
        return Feed(trouble=f"a feed with more than {ATTRIBUTES_MAX} attributes in one tag", broken=True)
    stream = io.BytesIO(text.encode("utf-8", "replace"))
    try:
        parsed = feedparser.parse(stream, sanitize_html=False, resolve_relative_uris=True, response_headers=UTF8)
    except Exception as error:  # it promises none, yet broken feeds get KeyError, ValueError and others out of it
        return Feed(trouble=f"a feed that cannot be read ({type(error).__name__}: {error})"[:300], broken=True)
    entries: list[Entry] = parsed.entries
    title = _line(parsed.feed.get("title"))
    broken = bool(parsed.bozo) and _breaks(parsed.bozo_exception)
    if entries:
        trouble = (
            f"a damaged feed, of which {len(entries)} entries were read ({parsed.bozo_exception})" if broken else None
        )
    else:
        trouble = f"a feed that cannot be read ({parsed.bozo_exception})" if parsed.bozo else "a feed without an entry"
    return Feed(
        items=tuple(_item(entry, str(place), title, limit) for place, entry in enumerate(entries, start=1)),
        title=title,
        site=_address(parsed.feed.get("link")),
        period=_period(parsed.feed),
        trouble=trouble[:300] if trouble is not None else None,
        broken=broken,
    )


def first_items(content: bytes, count: int) -> tuple[bytes, bool]:
    """A feed cut behind so many items and closed again, and whether any were cut off: parsing takes a second a thousand."""
    for place, end in enumerate(ITEM_END.finditer(content), start=1):
        if place == count:
            if ITEM_END.search(content, end.end()) is None:
                break
            root = ROOT_NAME.search(content)
            name = root.group(1) if root is not None else b"rss"
            channel = b"</channel>" if name.lower() == b"rss" else b""
            return content[: end.end()] + channel + b"</" + name + b">", True
    return content, False


def _item(entry: Entry, place: str, title: str | None, limit: int) -> Item:
    inside = inside_name(_text(entry.get("id")) or _text(entry.get("link")) or "") or place
    stated = _stated(entry, title)
    return Item(link=_link(entry), stated=stated, words=_words(entry, inside, stated, limit))


def _words(entry: Entry, inside: str, stated: Stated, limit: int) -> Draft | Broken:
    words = _longest(entry)
    if words is None:
        return Broken(inside=inside, reason="a feed entry without content or summary")
    marked = TAG.search(words) is not None
    body = (words if marked else html.unescape(words)).encode("utf-8", "replace")
    if len(body) > limit:
        return too_big(inside, limit)
    return Draft(inside=inside, content=body, medium="html" if marked else "text", charset="utf-8", stated=stated)


def _link(entry: Entry) -> str | None:
    """Where an entry's page is, as written; a guid stands in for a missing link only when it is an address."""
    text = _text(entry.get("link"))
    if text is None or (entry.get("guidislink") is True and text == _text(entry.get("id"))):
        return _address(entry.get("id"))
    return plain(text)


def _period(feed: Entry) -> float | None:
    """The seconds for which a feed says that it stays as it is (ttl, or the syndication module)."""
    minutes = _text(feed.get("ttl")) or ""
    if minutes.isascii() and minutes.isdigit():
        return float(minutes[:9]) * 60
    period = PERIODS.get((_text(feed.get("sy_updateperiod")) or "").lower())
    times = _text(feed.get("sy_updatefrequency")) or "1"
    return period / max(int(times[:6]), 1) if period is not None and times.isascii() and times.isdigit() else None


def _longest(entry: Entry) -> str | None:
    bodies = entry.get("content")
    texts = (
        [_text(body.get("value")) for body in bodies if isinstance(body, Mapping)] if isinstance(bodies, list) else []
    )
    found = [plain(t) for t in (*texts, _text(entry.get("summary"))) if t and t.strip()]
    return max(found, key=len) if found else None


def _stated(entry: Entry, title: str | None) -> Stated:
    source = entry.get("source")
    origin = _line(source.get("title")) or _text(source.get("href")) if isinstance(source, Mapping) else None
    return Stated(
        by="container",
        url=_address(entry.get("link")),
        outlet=title,
        headline=_line(entry.get("title")),
        byline=_author(entry),
        published=_time(entry.get("published_parsed")),
        modified=_time(entry.get("updated_parsed")) if "updated_parsed" in entry else None,
        source=plain(origin) if origin else None,
    )


def _author(entry: Entry) -> str | None:
    detail = entry.get("author_detail")
    name = _line(detail.get("name")) if isinstance(detail, Mapping) else None
    return name or _line(entry.get("author"))


def _text(value: object) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _address(value: object) -> str | None:
    """A link, not the bare guid that stands in for a missing one."""
    text = _text(value)
    return plain(text) if text is not None and text.startswith(("http://", "https://")) else None


def _line(value: object) -> str | None:
    """A title on one line, without the markup that feeds put into it."""
    text = _text(value)
    if text is None:
        return None
    return " ".join(plain(html.unescape(TAG.sub("", text))).split()) or None


def _time(value: object) -> str | None:
    if not isinstance(value, struct_time):
        return None
    try:
        return datetime.fromtimestamp(calendar.timegm(value), UTC).isoformat()
    except (ValueError, OverflowError, OSError):
        return None


def _breaks(error: object) -> bool:
    """Whether a complaint of the parser is about the feed's own make, not about its character set."""
    return "Encoding" not in type(error).__name__ and "NonXML" not in type(error).__name__
