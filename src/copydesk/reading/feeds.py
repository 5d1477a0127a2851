"""A saved RSS or Atom feed → Drafts, an entry an article."""

from __future__ import annotations

import calendar
import html
import io
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from time import struct_time
from typing import Protocol

from copydesk.model.captures import Stated
from copydesk.reading.drafts import Broken, Draft, inside_name, plain, too_big

TAG = re.compile(r"<[^<>]{0,2000}>")


class Entry(Protocol):
    """The part of feedparser's dictionaries that is used here."""

    def get(self, name: str, default: object = None) -> object: ...

    def __contains__(self, name: object) -> bool: ...  # for a time: not counting what stands in for a missing one


def read_feed(content: bytes, limit: int) -> Iterator[Draft | Broken]:
    """The entries of a feed that hold words: the longest of content and summary, with its markup."""
    import feedparser  # takes half a second that a run without feeds should not pay

    feed = feedparser.parse(io.BytesIO(content), sanitize_html=False, resolve_relative_uris=True)
    entries: list[Entry] = feed.entries
    if not entries:
        reason = f"a feed that cannot be read ({feed.bozo_exception})" if feed.bozo else "a feed without an entry"
        yield Broken(inside="", reason=reason[:300])
        return
    title = _line(feed.feed.get("title"))
    for place, entry in enumerate(entries, start=1):
        inside = inside_name(_text(entry.get("id")) or _text(entry.get("link")) or "") or str(place)
        words = _longest(entry)
        if words is None:
            yield Broken(inside=inside, reason="a feed entry without content or summary")
            continue
        marked = TAG.search(words) is not None
        body = (words if marked else html.unescape(words)).encode("utf-8", "replace")
        if len(body) > limit:
            yield too_big(inside, limit)
            continue
        stated = _stated(entry, title)
        yield Draft(inside=inside, content=body, medium="html" if marked else "text", charset="utf-8", stated=stated)
    if feed.bozo and _breaks(feed.bozo_exception):
        yield Broken(inside="", reason=f"a damaged feed, of which {len(entries)} entries were read ({feed.bozo_exception})"[:300])


def _longest(entry: Entry) -> str | None:
    bodies = entry.get("content")
    texts = [_text(body.get("value")) for body in bodies if isinstance(body, Mapping)] if isinstance(bodies, list) else []
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
