"""One record of JSON or CSV, whoever wrote it → Draft: the names under which each field is known, in order of rank."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TypeAlias

from copydesk.model.captures import Medium, Stated
from copydesk.reading.dates import iso_day, iso_time
from copydesk.reading.drafts import Broken, Draft, inside_name, plain, too_big

Value: TypeAlias = bool | int | float | str | Sequence["Value"] | Mapping[str, "Value"] | None

# Names as they are met without case, "_", "-" and spaces: ours, trafilatura, Media Cloud, schema.org, ninjs, JSON
# Feed, news-please, newspaper4k, Elasticsearch and the usual news interfaces.
ID = ("id", "storiesid", "storyid", "articleid", "guid", "identifier", "uuid", "uri", "@id")
URL = ("url", "link", "weburl", "canonicalurl", "articleurl", "permalink", "mainentityofpage")
OUTLET = (
    "outlet",
    "medianame",
    "sitename",
    "publisher",
    "publication",
    "sourcehostname",
    "hostname",
    "sourcedomain",
    "domain",
)
HEADLINE = ("headline", "title", "webtitle", "name", "headlines", "titlepage")
BYLINE = ("byline", "author", "authors", "creator", "writer")
PUBLISHED = (
    "published",
    "publishedat",
    "datepublished",
    "publisheddate",
    "publisheddatetime",
    "publishdate",
    "datepublish",
    "publicationdate",
    "pubdate",
    "webpublicationdate",
    "firstpublished",
    "date",
    "firstcreated",
    "contentcreated",
    "versioncreated",
)
MODIFIED = (
    "modified",
    "modifiedat",
    "datemodified",
    "modifieddate",
    "datemodify",
    "updated",
    "updatedat",
    "lastmodified",
    "versioncreated",
)
OBSERVED = (
    "observed",
    "observedat",
    "fetched",
    "fetchedat",
    "crawled",
    "crawledat",
    "retrieved",
    "retrievedat",
    "datedownload",
    "capturedat",
)
TEXT = (
    "text",
    "body",
    "content",
    "articlebody",
    "bodytext",
    "contenttext",
    "storytext",
    "articletext",
    "fulltext",
    "maintext",
    "rawtext",
    "bodies",
    "article",
)
HTML = ("html", "contenthtml", "bodyhtml", "bodyxhtml", "rawhtml", "articlehtml")
SUMMARY = ("summary", "description", "abstract", "excerpt")  # read where nothing longer is there
SOURCE = ("source", "infosources")
NESTED = ("fields", "source", "article", "document")  # objects whose fields are the record's own, where it has no text

PASSAGE_IN = ("rendered", "value", "text", "html")  # where an object keeps the words of a text field

UNSEEN = re.compile(r"[\s_-]+")
TAG = re.compile(r"<[^<>]{0,1000}>")
MARKUP = re.compile(
    r"<(?:p|div|br|span|a|h[1-6]|ul|figure|img|html|body|article|blockquote)\b[^<>]{0,1000}>", re.IGNORECASE
)


def same_name(name: str) -> str:
    """A field's name as the tables above have it: "datePublished", "date_published" and "Date published" are one."""
    return UNSEEN.sub("", name).lower()


class Fields:
    """A record's fields, found under any of their names."""

    def __init__(self, record: Mapping[str, Value]) -> None:
        self._names = [str(name) for name in record]
        self._values: dict[str, Value] = {}
        for name, value in record.items():
            self._values.setdefault(same_name(str(name)), value)
        for name in NESTED:
            inner = self._values.get(name)
            if isinstance(inner, Mapping) and not self.passage(*TEXT, *HTML):
                for key, value in inner.items():
                    if name != "source" or same_name(str(key)) in TEXT + HTML:
                        self._values.setdefault(same_name(str(key)), value)

    def text(self, *names: str) -> str | None:
        """The first of the named fields that holds words, None when none does."""
        for name in names:
            found = _words(self._values.get(name))
            if found:
                return found
        return None

    def named(self, *names: str) -> str | None:
        """As `text`, but never a bare number: some interfaces give an author's or an outlet's number, not its name."""
        return next((found for name in names if (found := self.text(name)) and not found.isdigit()), None)

    def passage(self, *names: str) -> str | None:
        """As `text`, character for character; the paragraphs of a list are parted by blank lines."""
        for name in names:
            value = self._values.get(name)
            if isinstance(value, str) and value.strip():
                return plain(value)
            if isinstance(value, Mapping):
                inner = next((i for i in map(value.get, PASSAGE_IN) if isinstance(i, str) and i.strip()), None)
                if inner is not None:
                    return plain(inner)
            elif isinstance(value, Sequence) and not isinstance(value, str):
                parts = [part for part in map(_words, value) if part]
                if parts:
                    return parts[0] if isinstance(value[0], Mapping) else "\n\n".join(parts)
        return None

    def raw(self, name: str) -> Value:
        return self._values.get(name)

    @property
    def shown(self) -> str:
        """The names of the fields there are, for a message."""
        return plain(", ".join(self._names[:12]))[:200] + (", …" if len(self._names) > 12 else "") or "none"


def holds_article(record: Mapping[str, Value]) -> bool:
    """Whether a record has a field for an article's words, be it empty."""
    names = {same_name(str(name)) for name in record}
    return bool(names.intersection(TEXT + HTML)) or ("fields" in names)


def draft(record: Mapping[str, Value], number: str, limit: int) -> Draft | Broken:
    """One record's article; `number` (its line or place) names it when it has no id of its own."""
    fields = Fields(record)
    inside = inside_name(fields.text(*ID) or "") or number
    text, page = fields.passage(*TEXT), fields.passage(*HTML)
    content = text or page
    if content is None and fields.text("headline", "title", *URL):
        content = fields.passage(*SUMMARY)
    if content is None:
        return Broken(inside=inside, reason=f"a record without text (its fields: {fields.shown})")
    encoded = content.encode("utf-8", "replace")
    if len(encoded) > limit:
        return too_big(inside, limit)
    medium: Medium = (
        "html" if (text is None and page is not None) or len(MARKUP.findall(content[:20_000])) >= 2 else "text"
    )
    return Draft(inside=inside, content=encoded, medium=medium, charset="utf-8", stated=_stated(fields))


def _stated(fields: Fields) -> Stated:
    url = fields.text(*URL)
    outlet = fields.named(*OUTLET)
    origin = fields.text(*SOURCE)
    if origin is not None and _is_address(origin):
        url, origin = url or origin, None
    elif outlet is None:
        outlet, origin = origin, None
    return Stated(
        by="container",
        url=url if url is not None and _is_address(url) else None,
        outlet=outlet,
        headline=fields.text(*HEADLINE),
        byline=fields.named(*BYLINE),
        published=_time(fields, PUBLISHED),
        modified=_time(fields, MODIFIED),
        observed=_day(fields, OBSERVED),
        source=origin if origin != outlet else None,
    )


def _time(fields: Fields, names: Sequence[str]) -> str | None:
    for name in names:
        value = fields.raw(name)
        if isinstance(value, str | int | float) and not isinstance(value, bool) and (found := iso_time(value)):
            return found
    return None


def _day(fields: Fields, names: Sequence[str]) -> date | None:
    found = _time(fields, names)
    return iso_day(found) if found is not None else None


def _is_address(text: str) -> bool:
    return text.startswith(("http://", "https://", "//"))


def _words(value: Value) -> str | None:
    """A field's value as words: of an object its name or value, of a list its items, joined."""
    if isinstance(value, str):
        return plain(value).strip() or None
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, Mapping):
        rendered = value.get("rendered")  # WordPress: with markup and entities
        if isinstance(rendered, str):
            return plain(html.unescape(TAG.sub("", rendered))).strip() or None
        for name in ("name", "value", "text", "title", "@id", "id", "url"):
            inner = value.get(name)
            if isinstance(inner, str) and inner.strip():
                return plain(inner).strip()
        return None
    words = [_words(v) for v in value if not isinstance(v, Sequence) or isinstance(v, str)]
    return ", ".join(w for w in words if w) or None
